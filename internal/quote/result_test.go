package quote

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// codes returns the severities and codes of a result's notes.
func codes(r Result) string {
	var s []string
	for _, n := range r.Notes {
		s = append(s, fmt.Sprintf("%s %s", n.Severity, strings.TrimPrefix(n.Code, "quote/")))
	}
	return strings.Join(s, ", ")
}

func TestNotes(t *testing.T) {
	long := strings.Repeat("word after word ", 30)
	text := english + long + "\n\n"
	x := NewText([]byte(text), nil)
	for _, c := range []struct {
		q    string
		opt  Options
		want string
	}{
		{"The two sides did not publish the draft.", Options{}, ""},
		{"the two sides did not publish the draft.", Options{}, ""},
		{"The two Sides did not publish the draft.", Options{}, "warning case"},
		{"did not publish", Options{}, "warning short"},
		{"[T]wo sides did not publish", Options{}, ""},
		{"During [The Spring] talks it was agreed", Options{}, ""},
		{"The two [basins] did not publish", Options{}, "notice bracket"},
		{"The two sides [...] publish the draft", Options{}, "warning hidden-negation"},
		{"The two sides did [never] publish the draft", Options{}, "notice bracket"},
		{"The two sides [happily] publish the draft", Options{}, "notice bracket, warning hidden-negation"},
		{"Observers from the U.S. and [not] Canada attended", Options{}, "notice bracket, warning hidden-negation"},
		{"The two sides did … the draft.", Options{}, "warning elision, warning hidden-negation"},
		{"The Upper Basin will not release water", Options{}, "warning cut-short"},
		{"A fourth round is planned for April 14 in Easton", Options{}, "warning cut-short"},
		{"authorized to speak publicly, said the meeting", Options{}, "warning cut-short"},
		{"It asked for $5", Options{}, "warning cut-short"},
		{"We'll sign when the figures are right", Options{}, ""},
		{"the draft. Mr. Okafor, the Upper", Options{}, ""},
		{"as one of them put it. The two sides did not publish", Options{}, "notice crosses-paragraph"},
		{long, Options{}, "error too-long"},
		{long, Options{Long: true}, ""},
		{long, Options{MaxWords: 100, WarnWords: 80}, "warning long"},
		{long + " or not", Options{}, "error too-long, error absent"},
		{`"The two sides did not publish the draft"`, Options{}, "warning outer-marks"},
		{"The two sides did publish", Options{}, "error absent"},
		{"the Upper Basin's chief engineer", Options{After: "Mr. Okafor,"}, ""},
		{"the Upper Basin's chief engineer", Options{After: "Mr. Nobody"}, "warning after-absent"},
		{"the Upper Basin's chief engineer", Options{Before: "RIVERTON"}, "warning before-absent"},
		{"Lower Basin", Options{}, "warning short, error ambiguous"},
	} {
		if got := codes(x.Find(c.q, c.opt)); got != c.want {
			t.Errorf("%.60q has the notes %q, want %q", c.q, got, c.want)
		}
	}
}

func TestHints(t *testing.T) {
	x := NewText([]byte(english), nil)
	damaged := NewText([]byte("the region β including parts β is theirs"), nil)
	for _, c := range []struct {
		x       *Text
		q, want string
	}{
		{x, "conclusive but useful", "it begins inside “inconclusive”"},
		{x, "a senior U.S. official, who was not authorize", "it ends inside “authorized”"},
		{x, "5 billion over ten years", "it begins inside “$5”"},
		{x, "The two sides did not publish the draft,", "without the “,” at its end it is in the source"},
		{x, "— two sides did not publish", "without the “—” at its start it is in the source"},
		{damaged, "the region — including parts", `the source looks damaged; with repairs: ["β=—"] the quotation is in it`},
		{x, "the two side[r] did not publish", "[r] is joined to a word and stands for no words; put the whole word in the brackets"},
		{x, "did not publish [...] closer to being settled", "its pieces stand in different paragraphs; quote each by itself"},
		{x, "The two sides [slowly] it ran to 25 pages", "a bracket stands for more than eight words; write [...] for what is left out"},
		{x, "The two [...] set aside for fish", "a piece of under three words stands in another sentence than its neighbours; quote more of it"},
		{x, "“During [the autumn talks] it was agreed", "the source has a bracket of its own here, which must be quoted as it stands"},
		{x, "[T]he trust is gone … letters stopped coming", "the source has an ellipsis of its own here; write [...] for what is left out"},
		{x, "The two sides did not [...] publish the graft", "this piece is not in the source: “publish the graft”"},
	} {
		r := c.x.Find(c.q, Options{})
		if !slices.ContainsFunc(r.Notes, func(n Note) bool {
			return n.Code == "quote/absent" && strings.HasPrefix(n.Message, "the quotation is not in the source; ") && strings.Contains(n.Message+"; ", "; "+c.want+"; ")
		}) {
			t.Errorf("%q is %s with the notes %v, want %q", c.q, r.Kind, r.Notes, c.want)
		}
	}
}

func TestPlaces(t *testing.T) {
	const text = "One: the talks went on. Two: the talks went on.\n\nThree: the talks went on, and The talks went on. Four."
	x := NewText([]byte(text), nil)
	at := func(n int) int {
		p := -1
		for range n {
			p += 1 + strings.Index(text[p+1:], "the talks went on")
		}
		return p
	}
	for _, c := range []struct {
		opt  Options
		want int // the place, from 1; 0 for none
	}{
		{Options{}, 0},
		{Options{After: "One:"}, 1},
		{Options{After: "two"}, 2},
		{Options{After: "Three"}, 3},
		{Options{After: "Four"}, 0},
		{Options{After: "Five"}, 0},
		{Options{Before: "Two"}, 1},
		{Options{Before: "Three"}, 2},
		{Options{Before: "Four"}, 3},
		{Options{Before: "One"}, 0},
		{Options{After: "One", Before: "Three"}, 0}, // both lie between, as near to one as far from the other
		{Options{After: "One", Before: "Two"}, 1},
		{Options{After: "on."}, 2},
		{Options{After: "thr"}, 0},
		{Options{After: ": "}, 0}, // equally near
	} {
		r := x.Find("the talks went on", c.opt)
		switch {
		case len(r.Places) != 3:
			t.Errorf("%+v: places %v", c.opt, r.Places)
		case c.want == 0 && (r.Kind != Ambiguous || r.Start != at(1)):
			t.Errorf("%+v: %s at %d", c.opt, r.Kind, r.Start)
		case c.want > 0 && (r.Kind != Exact || r.Start != at(c.want)):
			t.Errorf("%+v: %s at %d, want %d", c.opt, r.Kind, r.Start, at(c.want))
		}
	}
	r := x.Find("the talks went on", Options{})
	want := []Place{
		{5, 22, 1, "One: the talks went on. Two: the talks went on."},
		{29, 46, 1, "One: the talks went on. Two: the talks went on."},
		{56, 73, 2, "Three: the talks went on, and The talks went on. Four."},
	}
	if !reflect.DeepEqual(r.Places, want) {
		t.Errorf("places %v", r.Places)
	}

	// In pieces: the shortest runs count, and one that holds another does not.
	x = NewText([]byte("alpha beta gamma. alpha beta gamma, then delta zeta eta came\n\nalpha beta gamma and delta zeta eta"), nil)
	r = x.Find("alpha beta gamma [...] delta zeta eta", Options{})
	if r.Kind != Ambiguous || len(r.Places) != 2 || r.Places[0].Start != 18 || r.Places[1].Paragraph != 2 {
		t.Errorf("%s %v", r.Kind, r.Places)
	}
	r = x.Find("alpha beta gamma [...] delta zeta eta", Options{Before: "came"})
	if r.Kind != Elided || r.Start != 18 {
		t.Errorf("%s at %d", r.Kind, r.Start)
	}
	// A text of one word, many times.
	x = NewText([]byte(strings.Repeat("word ", 3000)), nil)
	if r = x.Find("word", Options{}); len(r.Places) != maxListed || !strings.Contains(r.Notes[1].Message, "at least 1000 places") {
		t.Errorf("%d places, %v", len(r.Places), r.Notes)
	}
}

func TestParts(t *testing.T) {
	x := NewText([]byte(english), nil)
	for q, want := range map[string][]Part{
		"The two sides did not":                         {{"The two sides did not", Proved}},
		"The two [basins] did not [...] the draft":      {{"The two ", Proved}, {"[basins]", Insertion}, {" did not ", Proved}, {"[...]", Elision}, {" the draft", Proved}},
		"During [the spring talks] it [surely] was":     {{"During [the spring talks] it ", Proved}, {"[surely]", Insertion}, {" was", Proved}},
		"[He said] [...] the draft. Mr. Okafor […]":     {{"[He said]", Insertion}, {"[...]", Elision}, {" the draft. Mr. Okafor ", Proved}, {"[…]", Elision}},
		"The two sides did (…) publish the draft":       {{"The two sides did ", Proved}, {"(…)", Elision}, {" publish the draft", Proved}},
		"“The two sides did not publish the draft”":     {{"The two sides did not publish the draft", Proved}},
		"until this is written down [...] recommend it": {{"until this is written down ", Proved}, {"[...]", Elision}, {" recommend it", Proved}},
	} {
		r := x.Find(q, Options{})
		if !reflect.DeepEqual(r.Parts, want) {
			t.Errorf("parts of %q (%s): %q", q, r.Kind, r.Parts)
		}
		n := 0
		for _, s := range r.Spans {
			if s.Start < r.Start || s.End > r.End || s.Start >= s.End {
				t.Errorf("%q: span %v outside %d-%d", q, s, r.Start, r.End)
			}
			n++
		}
		if n == 0 {
			t.Errorf("%q has no spans", q)
		}
	}
}

func TestOffsets(t *testing.T) {
	x := NewText([]byte(english), nil)
	for q, want := range map[string]string{
		"and 'nobody walked out,'":                 "and “nobody walked out,”",
		"-- Negotiators from the Upper":            "— Negotiators from the Upper",
		"annual flow -":                            "annual flow --",
		"'sign or go home,' and":                   "‘Sign or go home,’ and",
		"The trust is gone.":                       "T]he trust is gone.",
		"trust is gone... And then":                "trust is gone.... And then",
		"isn't a question of trust.\"":             "isn't a question of trust.\"",
		"until this is written [x] recommend it.'": "until this is written down… we can't recommend it.”",
	} {
		r := x.Find(q, Options{})
		if !r.Kind.Proved() {
			t.Errorf("%q is %s", q, r.Kind)
		} else if got := english[r.Start:r.End]; got != want {
			t.Errorf("%q is at %q, want %q", q, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	x := NewText([]byte(english), nil)
	for _, c := range []struct {
		q       string
		similar float64
		want    []string
	}{
		{"A senior U.S. official, who was authorized to speak publicly", 0.947, []string{
			"the source has “not”, the quotation does not (a negation)",
		}},
		{"The two sides did not ever publish the draft", 0.941, []string{
			"the quotation has “ever”, the source does not",
		}},
		{"The Lower Basin's delegation, led by Dr. A. B. Lindqvist, calls the dispute", 0.926, []string{
			"the source has “called”, the quotation “calls”",
			"the source has “long-standing”, the quotation does not",
		}},
		{"water levels fell 13 percent; in the north they fell", 0.8, []string{
			"the source has “12”, the quotation “13” (a number)",
			"the source has “south”, the quotation “north”",
		}},
		{"until this is written down… we can recommend it", 0.944, []string{
			"the source has “can't”, the quotation “can” (a negation)",
		}},
		{"A fourth round is planned for April 14 in Weston, if both", 0.958, []string{
			"the source has “Easton,”, the quotation “Weston,” (a name)",
		}},
		{"The two sides did not publish, the draft", 0.99, []string{
			"the source has “publish”, the quotation “publish,” (only marks differ)",
		}},
	} {
		r := x.Find(c.q, Options{})
		if r.Nearest == nil {
			t.Errorf("%q has no nearest", c.q)
			continue
		}
		got := r.Nearest.Explain()[1:]
		if math.Abs(r.Nearest.Similarity-c.similar) > 0.01 {
			t.Errorf("%q is %.3f like %q, want %.3f", c.q, r.Nearest.Similarity, r.Nearest.Text, c.similar)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q:\n got %q\nwant %q", c.q, got, c.want)
		}
		if n := r.Nearest; english[n.Start:n.End] == "" || n.Paragraph < 1 || n.Similarity >= 1 {
			t.Errorf("%q: %+v", c.q, n)
		}
	}
	if r := x.Find("zebras quietly philosophise", Options{}); r.Nearest != nil {
		t.Errorf("nothing is near, but %q", r.Nearest.Text)
	}
	r := x.Find("The two sides did publish the draft", Options{})
	want := []DiffWord{{Same, "The two sides did", ""}, {Missing, "not", "negation"}, {Same, "publish the draft.", ""}}
	if !reflect.DeepEqual(r.Nearest.Diff, want) {
		t.Errorf("diff %q", r.Nearest.Diff)
	}
	if got := r.Nearest.Explain()[0]; got != "nearest is paragraph 2, 93 % alike: “The two sides did not publish the draft.”" {
		t.Error(got)
	}
}

func TestVerbatim(t *testing.T) {
	const text = "He said “‘No,’ they said,” and left -- or “ ‘stayed’ ”."
	x := NewText([]byte(text), nil)
	for q, want := range map[string]Kind{
		"“‘No,’ they said,” and": Exact,
		"‘No,’ they said,” and":  Exact,
		"'No,' they said,\" and": Folded,
		"“ ‘stayed’ ”":           Exact,
		"“ ‘stayed’":             Exact,
		"‘stayed’ ”":             Exact,
		"‘stayed’":               Exact,
		"“stayed”":               Folded,
	} {
		r := x.Find(q, Options{})
		if r.Kind != want {
			t.Errorf("%q is %s, want %s", q, r.Kind, want)
		}
		if r.Kind == Exact && text[r.Start:r.End] != q {
			t.Errorf("%q is at %q", q, text[r.Start:r.End])
		}
	}
}

// TestPathological gives the matcher what makes a careless one take time in
// the square of its input, or worse. Each takes milliseconds; the limit is
// for machines that are busy.
func TestPathological(t *testing.T) {
	words := "c " + strings.Repeat("a b ", 100_000) // c is there, but never after the rest
	brackets := strings.Repeat("[x] a ", 2000)
	for _, c := range []struct{ name, text, q string }{
		{"one word", words, "a"},
		{"periodic", words, strings.Repeat("a b ", 20_000)},
		{"periodic, absent", words, strings.Repeat("a b ", 20_000) + "c"},
		{"many elisions", words, strings.Repeat("a [...] ", 50) + "c"},
		{"more elisions", words, strings.Repeat("a [...] b [...] ", 3000) + "c"},
		{"many insertions", words, strings.Repeat("a [x] ", 50) + "c"},
		{"brackets side by side", words, "a b a b " + strings.Repeat("[x]", 55) + " a c"},
		{"bare ellipses", words, strings.Repeat("a … b ", 25) + "c"},
		{"mixed", words, strings.Repeat("a [b] a … b [...] ", 15) + "c"},
		{"brackets in both", brackets, strings.Repeat("[x] a ", 25) + "b"},
		{"open brackets", words, strings.Repeat("[", 50_000)},
		{"nested brackets", words, strings.Repeat("[", 25_000) + "x" + strings.Repeat("]", 25_000)},
		{"nested elisions", words, strings.Repeat("[", 20_000) + strings.Repeat("[...]", 20_000) + strings.Repeat("]", 20_000)},
		{"bracket pairs", words, strings.Repeat("[] a", 25_000)},
		{"quotation marks", strings.Repeat("' ", 200_000), strings.Repeat("' ", 1000) + "a"},
		{"dots", strings.Repeat(". ", 200_000), "a" + strings.Repeat(" .", 50_000)},
		{"commas", strings.Repeat(", ", 200_000), "a" + strings.Repeat(", ", 50_000)},
		{"accents", "e" + strings.Repeat("\u0301", 100_000), "e" + strings.Repeat("\u0301", 20_000) + "x"},
		{"invisible", strings.Repeat("\u200b", 200_000) + "a", "b" + strings.Repeat("\u200b", 50_000)},
		{"one long word", strings.Repeat("x", 400_000), strings.Repeat("x", 1000)},
		{"hyphens", strings.Repeat("x-", 200_000), "x-x-x"},
		{"digits", strings.Repeat("000 ", 100_000), "000 000"},
		{"damage", strings.Repeat("a β ", 100_000), "a — a c"},
		{"letters", strings.Repeat("ab β abc ", 40_000), "ab — abc d"},
	} {
		start := time.Now()
		x := NewText([]byte(c.text), nil)
		x.Find(c.q, Options{After: "a", Before: "b"})
		x.Damage()
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s took %v", c.name, d)
		} else {
			t.Logf("%-22s %v", c.name, d)
		}
	}
}

func TestIntricate(t *testing.T) {
	x := NewText([]byte(english), nil)
	r := x.Find(strings.Repeat("the [...] ", 200), Options{})
	if r.Kind != Absent || r.Notes[len(r.Notes)-1].Code != "quote/intricate" {
		t.Errorf("%s %v", r.Kind, r.Notes)
	}
}
