package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"readout/internal/record"
)

// long has characters of one to four octets at every offset.
var long = strings.Repeat("a", 70) + "é" + strings.Repeat("речка 日本 🕊 ", 20)

func TestFold(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", "\r\n"},
		{strings.Repeat("a", 75), strings.Repeat("a", 75) + "\r\n"},
		{strings.Repeat("a", 76), strings.Repeat("a", 75) + "\r\n a\r\n"},
		{strings.Repeat("a", 150), strings.Repeat("a", 75) + "\r\n " + strings.Repeat("a", 74) + "\r\n a\r\n"},
		{strings.Repeat("a", 74) + "é", strings.Repeat("a", 74) + "\r\n é\r\n"},
		{strings.Repeat("a", 72) + "🕊", strings.Repeat("a", 72) + "\r\n 🕊\r\n"},
		{strings.Repeat("a", 71) + "🕊", strings.Repeat("a", 71) + "🕊\r\n"},
		{strings.Repeat("a", 74) + " b", strings.Repeat("a", 74) + " \r\n b\r\n"},
	} {
		var s sheet
		if fold(&s, []byte(test.in)); string(s.b) != test.want {
			t.Errorf("fold(%q) = %q, want %q", test.in, s.b, test.want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"", long, strings.Repeat("\x80", 200), strings.Repeat(" ", 160)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.NewReplacer("\r", "", "\n", "").Replace(s)
		var to sheet
		fold(&to, []byte(s))
		folded, ok := strings.CutSuffix(string(to.b), "\r\n")
		if !ok {
			t.Fatalf("%q has no end", to.b)
		}
		for line := range strings.SplitSeq(folded, "\r\n") {
			if len(line) > 75 || utf8.ValidString(s) && !utf8.ValidString(line) {
				t.Errorf("%q is no line", line)
			}
		}
		if got := strings.ReplaceAll(folded, "\r\n ", ""); got != s {
			t.Errorf("%q unfolds to %q", s, got)
		}
	})
}

func TestAppendText(t *testing.T) {
	for in, want := range map[string]string{
		"":                     "",
		`a,b;c\d:"e"`:          `a\,b\;c\\d:"e"`,
		"one\ntwo\r\nthree\r4": `one\ntwo\nthree\n4`,
		"\ttab\x00\x1b\x7f":    "\ttab",
		`\n`:                   `\\n`,
	} {
		if got := string(appendText(nil, in)); got != want {
			t.Errorf("appendText(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzAppendText(f *testing.F) {
	for _, s := range []string{"", `a,b;c\d`, "one\ntwo\r\n", `\n\\,`, long, "\xff"} {
		f.Add(s)
	}
	unescape := strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\,`, ",", `\;`, ";")
	f.Fuzz(func(t *testing.T, s string) {
		got := string(appendText(nil, s))
		if strings.ContainsAny(got, "\r\n") || !utf8.ValidString(got) {
			t.Errorf("%q is no text", got)
		}
		want := strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Cc, r) && r < 0x80 && r != '\t' && r != '\n' {
				return -1
			}
			return r
		}, lines(s))
		if back := unescape.Replace(got); back != want {
			t.Errorf("%q reads back as %q", want, back)
		}
	})
}

func TestCell(t *testing.T) {
	for in, want := range map[string]string{
		"":            "",
		"plain":       "plain",
		"=1":          "'=1",
		"+1":          "'+1",
		"-0043-03-15": "'-0043-03-15",
		"@a":          "'@a",
		"\tx":         "'\tx",
		"\rx":         "'\nx",
		"＝1":          "'＝1",
		"'tis":        "'tis",
		"'=1":         "''=1",
		"''@":         "'''@",
		"a=1":         "a=1",
		" =1":         " =1",
		"bad \xff":    "bad \uFFFD",
	} {
		if got := cell(in); got != want {
			t.Errorf("cell(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzTable(f *testing.F) {
	for _, s := range []string{"", "=1", "'=1", "a,b\"c", "one\r\ntwo\n", " lead", `\.`, "\xff", "''''@", "'"} {
		f.Add(s, "b")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		type pair struct{ a, b string }
		var s sheet
		table := newTable(&s, []column[pair]{
			{"a", func(p *pair) string { return p.a }},
			{"b", func(p *pair) string { return p.b }},
		}, 1)
		table.record(&pair{a, b})
		table.end()
		data := s.b
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[1]) != 2 {
			t.Fatalf("%q reads back as %q (%v)", data, rows, err)
		}
		for i, s := range []string{a, b} {
			if got, want := uncell(rows[1][i]), lines(strings.ToValidUTF8(s, "\uFFFD")); got != want {
				t.Errorf("%q reads back as %q", want, got)
			}
			if first, _ := utf8.DecodeRuneInString(rows[1][i]); formula(first) {
				t.Errorf("%q is a formula", rows[1][i])
			}
		}
	})
}

func TestIssued(t *testing.T) {
	for in, want := range map[string]string{
		"2031-03-02":           `{"date-parts":[[2031,3,2]]}`,
		"2031-03-02?":          `{"date-parts":[[2031,3,2]],"circa":true}`,
		"2031-03~":             `{"date-parts":[[2031,3]],"circa":true}`,
		"2031-03-XX":           `{"date-parts":[[2031,3]]}`,
		"2031":                 `{"date-parts":[[2031]]}`,
		"2031-XX-XX":           `{"date-parts":[[2031]]}`,
		"2031-21":              `{"date-parts":[[2031]],"season":1}`,
		"2031-24":              `{"date-parts":[[2031]],"season":4}`,
		"2031-03-02T10:30:00Z": `{"date-parts":[[2031,3,2]]}`,
		"2031-03-02/2031-04":   `{"date-parts":[[2031,3,2],[2031,4]]}`,
		"2031-03-02%/2031-04":  `{"date-parts":[[2031,3,2],[2031,4]],"circa":true}`,
		"-0043-03-15":          `{"date-parts":[[-44,3,15]]}`,
		"0000":                 `{"date-parts":[[-1]]}`,
		"203X":                 `{"literal":"2030s"}`,
		"2031-03-02/..":        `{"literal":"2 Mar 2031 onwards"}`,
		"2031-21/2031-22":      `{"literal":"spring 2031 – summer 2031"}`,
	} {
		d, err := record.ParseDate(in)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := json.Marshal(issuedOn(d))
		if string(got) != want {
			t.Errorf("%s is issued on %s, want %s", in, got, want)
		}
	}
	if issuedOn(record.Date{}) != nil {
		t.Error("no date is a date")
	}
}

// FuzzDates holds what is made of any two dates to its forms.
func FuzzDates(f *testing.F) {
	for _, s := range []string{
		"2031-03-02", "2031-03-02?", "2031-03~", "2031-XX", "203X", "20XX", "-0043-03-15", "Y12031", "2031-22",
		"2031-03-02/..", "../2031", "/2031-03", "2031-03/", "2031-03-02T10:30:00Z", "9999-12-31", "0000",
	} {
		f.Add(s, "2031-03-05")
		f.Add("", s)
	}
	sources := schema(f, "sources.csl")
	f.Fuzz(func(t *testing.T, a, b string) {
		start, _ := record.ParseDate(a)
		end, _ := record.ParseDate(b)
		if !start.IsZero() {
			issued, err := json.Marshal(issuedOn(start))
			if err != nil {
				t.Fatal(err)
			}
			v, err := jsonschema.UnmarshalJSON(strings.NewReader(`[{"id":"a","type":"document","title":"t","issued":` + string(issued) + `}]`))
			if err == nil {
				err = sources.Validate(v)
			}
			if err != nil {
				t.Errorf("%s is issued on %s: %v", a, issued, err)
			}
		}
		first, last, ok := days(&record.Meeting{Start: start, End: end})
		if ok && (first > last || len(basic(first)) != 8 || len(basic(last+1)) != 8) {
			t.Errorf("%s to %s is %v to %v", a, b, first, last)
		}
		if ok && start.IsZero() && end.IsZero() {
			t.Error("no date is a date")
		}
	})
}

func TestDays(t *testing.T) {
	for _, test := range []struct{ start, end, want string }{
		{"2031-03-04", "", "2031-03-04 2031-03-04"},
		{"2031-03-04?", "2031-03-05?", "2031-03-04 2031-03-05"},
		{"2031-03-04/2031-03-06", "", "2031-03-04 2031-03-06"},
		{"2031-02", "", "2031-02-01 2031-02-28"},
		{"2031-02", "2031-02-10", "2031-02-01 2031-02-10"},
		{"", "2031-03-05", "2031-03-05 2031-03-05"},
		{"../2031-03-05", "", "2031-03-05 2031-03-05"},
		{"2031-03-04/..", "", "2031-03-04 2031-03-04"},
		{"2031-03-04", "2031", "2031-03-04 2031-03-04"},
		{"2031-21", "", "2031-03-01 2031-05-31"},
		{"2031", "", ""},
		{"203X", "", ""},
		{"-0043-03-15", "", ""},
		{"9999-12-31", "", ""},
		{"", "", ""},
	} {
		parse := func(s string) (d record.Date) {
			if s == "" {
				return d
			}
			d, err := record.ParseDate(s)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		got := ""
		if first, last, ok := days(&record.Meeting{Start: parse(test.start), End: parse(test.end)}); ok {
			got = first.String() + " " + last.String()
		}
		if got != test.want {
			t.Errorf("from %q to %q is %q, want %q", test.start, test.end, got, test.want)
		}
	}
}
