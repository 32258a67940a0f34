package verify

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"readout/internal/diag"
	"readout/internal/markdown"
	"readout/internal/record"
)

const article = `The ferry board met on Tuesday night in the town hall, an aide said.

"Fares will have to rise," she said -- once service improves. The mayor did not agree.

Asked about it, the mayor said he would consider it. The clerk said he would consider it too.
`

// source parses a source with one claim for each quotation. A quotation may
// begin with fields of its claim, one to the line, before "> ".
func source(t testing.TB, front string, quotations ...string) *record.Source {
	t.Helper()
	var b strings.Builder
	b.WriteString("---\ntitle: Ferry board meets\npublished: 2026-01-20\n" + front + "---\n")
	for i, q := range quotations {
		fields, words, ok := strings.Cut(q, "> ")
		if !ok {
			fields, words = "", q
		}
		fmt.Fprintf(&b, "## Claim %d\n- id: c%d\n- holder: [[mayor]]\n%s\n> %s\n\n", i+1, i+1, fields, words)
	}
	r, diags := record.Parse(record.KindSource, diag.NewFile("content/sources/ferry.md", []byte(b.String())), markdown.New(markdown.Options{}))
	if diags.HasErrors() {
		var out bytes.Buffer
		diags.WriteText(&out)
		t.Fatal(out.String())
	}
	return r.(*record.Source)
}

func text(s string) *diag.File { return diag.NewFile("content/private/ferry.txt", []byte(s)) }

func codes(l diag.List) string {
	var list []string
	for _, d := range l {
		list = append(list, d.Severity.String()+" "+d.Code)
	}
	return strings.Join(list, ", ")
}

func states(r *Result) string {
	var list []string
	for _, c := range r.Claims {
		for _, p := range c {
			list = append(list, string(p.State))
		}
	}
	return strings.Join(list, " ")
}

// lockOf proves a source against the article and returns its receipts, by way
// of the file.
func lockOf(t testing.TB, s *record.Source, article string) *Lock {
	t.Helper()
	r := Prove(Input{Source: s, Text: text(article)})
	if r.Diags.HasErrors() {
		t.Fatalf("%s", codes(r.Diags))
	}
	l, diags := ParseLock(diag.NewFile("content/quotes.lock", Renew([]*Result{r}, &Lock{}, "2026-02-01").Format()))
	if len(diags) > 0 {
		t.Fatalf("%s", codes(diags))
	}
	return l
}

func TestProve(t *testing.T) {
	wide := Limits{MaxQuotedShare: 1}
	two := []string{"Fares will have to rise", "The mayor did not agree"}
	cut := "Fares [...] rise,” she said — once [the] service improves."
	tests := []struct {
		name   string
		front  string
		quotes []string // as they are
		locked []string // as they were when the lock was written; nil for no lock
		was    string   // the article when the lock was written; "" for the same
		text   string   // the article now; "" where it is not at hand
		limits Limits
		states string
		codes  string
	}{
		{"text, no lock", "", two, nil, "", article, wide, "verified verified", "warning lock/behind"},
		{"text and lock", "", two, two, "", article, wide, "verified verified", ""},
		{"lock alone", "", two, two, "", "", wide, "receipt receipt", ""},
		{"neither", "", two, nil, "", "", wide, "unverified unverified", "error quote/no-receipt, error quote/no-receipt"},
		{"neither, allowed", "", two, nil, "", "", Limits{AllowUnverified: true}, "unverified unverified", "warning quote/no-receipt, warning quote/no-receipt"},
		{
			"one word edited, lock alone", "",
			[]string{"Fares will have to rise", "The mayor did agree"},
			two, "", "", wide,
			"receipt unverified", "error quote/edited",
		},
		{
			"one word edited, with the text", "",
			[]string{"Fares will have to rise", "The mayor did agree"},
			two, "", article, wide,
			"verified unverified", "error quote/absent",
		},
		{
			"other marks and spaces, lock alone", "",
			[]string{"“Fares  will have to rise,”"},
			[]string{`"Fares will have to rise,"`},
			"", "", wide,
			"receipt", "",
		},
		{
			"claims in another order, lock alone", "",
			[]string{two[1], two[0]},
			two, "", "", wide,
			"receipt receipt", "",
		},
		{
			"claims in another order, with the text", "",
			[]string{two[1], two[0]},
			two, "", article, wide,
			"verified verified", "warning lock/behind",
		},
		{"elided, lock alone", "", []string{cut}, []string{cut}, "", "", wide, "receipt", ""},
		{"ambiguous", "", []string{"he would consider it"}, nil, "", article, wide, "unverified", "error quote/ambiguous"},
		{
			"settled by after", "",
			[]string{"- after: The clerk said\n> he would consider it"},
			nil, "", article, wide,
			"verified", "warning lock/behind",
		},
		{
			"the text moved", "", two, two, "A new first line.\n\n" + article, article, wide,
			"verified verified", "warning lock/behind",
		},
		{
			"the text lost a passage", "", two, two, article, strings.Replace(article, "did not agree", "agreed", 1), wide,
			"verified unverified", "error quote/absent",
		},
		{
			"the text lost a passage, as declared", "edition: changed\n", two, two, article, strings.Replace(article, "did not agree", "agreed", 1), wide,
			"verified lost", "warning quote/lost, warning lock/behind",
		},
		{
			"edition changed is no licence to edit", "edition: changed\n",
			[]string{two[0], "The mayor did agree"},
			two, article, article, wide,
			"verified unverified", "error quote/absent",
		},
		{"too much is quoted", "", two, two, "", article, Limits{MaxQuotedShare: 0.1}, "verified verified", "warning quote/share"},
		{"all may be quoted", "rights: full\n", two, two, "", article, Limits{MaxQuotedShare: 0.1}, "verified verified", ""},
		{
			"a repair that repairs nothing", "repairs: [\"β=—\"]\n", two, two, "", article, wide,
			"verified verified", "warning text/unused-repair",
		},
		{
			"a damaged text", "", two[1:], two[1:], "", strings.Replace(article, " -- ", " β ", 1), wide,
			"verified", "warning text/damaged, warning lock/behind",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := Input{Source: source(t, tt.front, tt.quotes...), Limits: tt.limits}
			if tt.text != "" {
				in.Text = text(tt.text)
			}
			if tt.locked != nil {
				was := tt.was
				if was == "" {
					was = article
				}
				in.Receipts = lockOf(t, source(t, "", tt.locked...), was).Sources["ferry"]
			}
			r := Prove(in)
			if got := states(r); got != tt.states {
				t.Errorf("states %q, want %q", got, tt.states)
			}
			if got := codes(r.Diags); got != tt.codes {
				t.Errorf("diagnostics %q, want %q", got, tt.codes)
			}
		})
	}
}

// The diagnostics of a quotation stand at the quotation.
func TestProveSpan(t *testing.T) {
	s := source(t, "", "Fares will have to rise", "The mayor did agree")
	r := Prove(Input{Source: s, Text: text(article)})
	if len(r.Diags) != 1 || r.Diags[0].Span.String() != "content/sources/ferry.md:15:3" {
		t.Fatalf("%v", r.Diags)
	}
	if notes := strings.Join(r.Diags[0].Notes, "\n"); !strings.Contains(notes, "not") || !strings.Contains(notes, "paragraph 2") {
		t.Errorf("the notes do not say what is missing, and where: %q", notes)
	}
}

// The lock of a proved source is the same file whatever it was made from, and
// receipts that say nothing new keep their dates.
func TestRenew(t *testing.T) {
	s := source(t, "", "Fares will have to rise", "The mayor did not agree")
	lock := lockOf(t, s, article)
	again := Renew([]*Result{Prove(Input{Source: s, Text: text(article), Receipts: lock.Sources["ferry"]})}, lock, "2026-03-03")
	if a, b := string(lock.Format()), string(again.Format()); a != b {
		t.Errorf("proving again changed the lock:\n%s\n%s", a, b)
	}
	without := Renew([]*Result{Prove(Input{Source: s, Receipts: lock.Sources["ferry"]})}, lock, "2026-03-03")
	if a, b := string(lock.Format()), string(without.Format()); a != b {
		t.Errorf("a source without its text lost its receipts:\n%s\n%s", a, b)
	}
	moved := Renew([]*Result{Prove(Input{Source: s, Text: text("One.\n\n" + article), Receipts: lock.Sources["ferry"]})}, lock, "2026-03-03")
	for _, x := range moved.Sources["ferry"].Receipts {
		if x.Date != "2026-03-03" || x.Paragraph != 3 {
			t.Errorf("a moved passage is %+v", x)
		}
	}
	fewer := source(t, "", "Fares will have to rise")
	dropped := Renew([]*Result{Prove(Input{Source: fewer, Receipts: lock.Sources["ferry"]})}, lock, "2026-03-03")
	if n := len(dropped.Sources["ferry"].Receipts); n != 1 {
		t.Errorf("%d receipts for one quotation", n)
	}
}

// A text that git would publish is warned of, unless its rights allow that.
func TestPublicText(t *testing.T) {
	for front, want := range map[string]string{"": "warning text/public, warning lock/behind", "rights: full\n": "warning lock/behind"} {
		r := Prove(Input{Source: source(t, front, "Fares will have to rise"), Text: diag.NewFile("content/sources/ferry.txt", []byte(article))})
		if got := codes(r.Diags); got != want {
			t.Errorf("%q: %s, want %s", front, got, want)
		}
	}
}

// A quotation that the article lost stays lost once the lock is written anew,
// with the text and without it.
func TestLostStaysLost(t *testing.T) {
	s := source(t, "edition: changed\n", "Fares will have to rise", "The mayor did not agree")
	lock := lockOf(t, s, article)
	now := text(strings.Replace(article, "did not agree", "agreed", 1))
	for range 3 {
		r := Prove(Input{Source: s, Text: now, Receipts: lock.Sources["ferry"]})
		if got := states(r); got != "verified lost" || r.Diags.HasErrors() {
			t.Fatalf("%s: %s", got, codes(r.Diags))
		}
		lock, _ = ParseLock(diag.NewFile("quotes.lock", Renew([]*Result{r}, lock, "2026-03-03").Format()))
		if date := lock.Sources["ferry"].Receipts[1].Date; date != "2026-02-01" {
			t.Errorf("it was last seen on %s", date)
		}
	}
	r := Prove(Input{Source: s, Receipts: lock.Sources["ferry"]})
	if got := states(r); got != "receipt lost" || len(r.Diags) > 0 {
		t.Errorf("without the text: %s, %s", got, codes(r.Diags))
	}
}

func TestParseLock(t *testing.T) {
	const good = "version 1 fold 1\n\nsource ferry sha256:ab words 12,14\nquote ferry#c1/1 sha256:cd exact para 2 bytes 70-93 on 2026-02-01\n"
	tests := []struct{ name, data, codes string }{
		{"good", good, ""},
		{"empty", "", ""},
		{"other version", "version 9 fold 1\n", "error lock/version"},
		{"other fold", "version 1 fold 999\n", "warning lock/version"},
		{"a merge", strings.Replace(good, "source", "<<<<<<< HEAD\nsource", 1), "error lock/conflict"},
		{"no source before", strings.Replace(good, "source ferry", "source other", 1), "error lock/syntax"},
		{"bad words", strings.Replace(good, "12,14", "12,x", 1), "error lock/syntax, error lock/syntax"},
		{"bad range", strings.Replace(good, "70-93", "93-70", 1), "error lock/syntax"},
		{"bad date", strings.Replace(good, "2026-02-01", "2026-02-31", 1), "error lock/syntax"},
		{"unknown line", good + "receipt x\n", "error lock/syntax"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, diags := ParseLock(diag.NewFile("quotes.lock", []byte(tt.data)))
			if got := codes(diags); got != tt.codes {
				t.Errorf("%q, want %q", got, tt.codes)
			}
		})
	}
}

// What was read is written back as it was.
func FuzzParseLock(f *testing.F) {
	s := source(f, "", "Fares will have to rise", "The mayor did not agree")
	f.Add(lockOf(f, s, article).Format())
	f.Add([]byte("version 1 fold 1\nsource a sha256:x words 1\nquote a#b/1 sha256:y exact para 1-2 bytes 0-9 on 2026-01-01\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, _ := ParseLock(diag.NewFile("quotes.lock", data))
		once := l.Format()
		again, diags := ParseLock(diag.NewFile("quotes.lock", once))
		if len(diags) > 0 {
			t.Fatalf("%s in\n%s", codes(diags), once)
		}
		if twice := again.Format(); !slices.Equal(once, twice) {
			t.Fatalf("%s\nbecame\n%s", once, twice)
		}
	})
}
