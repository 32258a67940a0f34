package quote

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"  a \t\r\n b ":          "a b",
		"a\u00a0b\u2009c\u3000d": "a b c d",
		`"a" ‘b’ «c»`:            "'a'b'c'",
		"«\u202fa\u202f»":        "'a'",
		"“‘a’ b”":                "'a'b'",
		"''a'' ``b'' ,,c``":      "'a'b'c'",
		"<<a>> < b":              "'a'< b",
		"it ’s":                  "it's",
		"a -- b — c – d-e ‑ f":   "a-b-c-d-e-f",
		"−5 ± 3":                 "-5 ± 3",
		"a... b . . . c …. d":    "a…b…c…d",
		"a.. b. .c":              "a.. b..c",
		"end. … .5":              "end… .5",
		"U.S. . . . x":           "U.S…x",
		"a\u00adb\u200bc\ufeff":  "abc",
		"ﬁ ① Å x² 10² 5¹0":       "fi 1 Å x2 10^2 5^1^0",
		"1½ ½ 3⁄4":               "1 1/2 1/2 3/4",
		"e\u0301 é":              "é é",
		"x , y ; z ! ( a ) %":    "x, y; z! (a)%",
		"[ a ] [ . . . ]":        "[a] […]",
		"部 长 NATO 盟":             "部长NATO盟",
		"（草案），":                  "(草案),",
		"３.５ ％":                  "3.5%",
		"¨ ´":                    "¨'",
		"ŉ ⒈":                    "ŉ ⒈",
		"\x00\xff\xfe":           "\uf700\uf7ff\uf7fe",
	} {
		if got := string(fold([]byte(in), false).b); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"[T]he [old] one":   "The old one",
		"a [“b”] c":         "a'b'c",
		"Article 5[1] x[2]": "Article 5^1 x2",
		"it. [...] And":     "it…And",
	} {
		if got := string(fold([]byte(in), true).b); got != want {
			t.Errorf("bare fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestInside(t *testing.T) {
	// Every offset at which a passage may begin or end is marked with a bar.
	for _, want := range []string{
		"|in|,| |out|.|", // punctuation belongs to no word
		"|non-NATO| |x|", "|a|—|b|", "|a|-|-|b|", "|a|-| |b|", "|pre|-| |and| |post-war|",
		"|can't| |’|em|", "|Moscow’s| |states|’| |x|", "|l’|accord| |qu'|il| |D'Angelo| |d'|Ukraine| |n'est| |aujourd'hui|",
		"|3.5| |600,000| |10:30| |22–23| |2014—2022| |1/2|", "|U.S|.| |e.g|.| |x|", "|end|.|The| |a.b|.|",
		"|$5| |€5| |US$5| |-$5| |−5| |+5| |~5| |<5|", "|25%| |25 |%| |5 |€| |x| |€| 5| |5°| |a| |%|",
		"|600 000| |x|", "|12 345 678| |2022| |600| |x|", "|.5| |x|",
		"|[|T]he| |talk[s|]|", "|word|[|sic|]| |5|[|1|]|", "|[|Monday| |night|]|",
		"|long-\nstanding| |a| |-| |b|", "|in\u00adconclusive|", "|e\u0301a|",
		"|和|平|,| |25|名| |5万| |三十|人| |不同|意|", "|プーチン|大|統|領|", "|나토가|", "|EU:s| |so|:|no|", `|צה"ל|`,
		"|10²| |1½|", "|AT&T| |x@y|",
	} {
		s := strings.ReplaceAll(want, "|", "")
		var got strings.Builder
		for p := range s + "x" {
			if !inside([]byte(s), p) {
				got.WriteByte('|')
			}
			if p < len(s) {
				got.WriteString(string([]rune(s[p:])[0]))
			}
		}
		if got.String() != want {
			t.Errorf("words of %q:\n got %s\nwant %s", s, got.String(), want)
		}
	}
}

func TestWordCount(t *testing.T) {
	for s, want := range map[string]int{
		"":                                  0,
		"one":                               1,
		" one,  two -- three ":              3,
		"the four-year-long war isn't over": 5,
		"$5 billion, 3.5 percent, 22–23":    5,
		"U.S. and U.K.":                     3,
		"one [two three] four":              2,
		"[one] […] [...]":                   0,
		"[T]he negotiat[ed] end":            3,
		"a[1] b":                            3,
		"non\u00adsense":                    1,
		"和平谈判":                              2,
		"和平谈":                               2,
		"- … “”":                            0,
	} {
		if got := WordCount(s); got != want {
			t.Errorf("WordCount(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"\n \n", nil},
		{"one", []string{"one"}},
		{"one\ntwo\n", []string{"one", "two"}},
		{"\ufeff one \r\n two\rthree\n\n", []string{"one", "two", "three"}},
		{"one\ntwo\n\nthree", []string{"one\ntwo", "three"}},
		{"\n\none\r\ntwo\r\n \t\r\n\r\nthree\r\n", []string{"one\r\ntwo", "three"}},
		{"one\u2028two\u2029\u2029three", []string{"one\u2028two", "three"}},
	} {
		x := NewText([]byte(c.text), nil)
		var got []string
		for _, p := range x.Paragraphs() {
			got = append(got, c.text[p.Start:p.End])
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("paragraphs of %q are %q, want %q", c.text, got, c.want)
		}
	}
	x := NewText([]byte("One two three.\nFour five."), nil)
	if got := x.Paragraphs(); got[0].Words != 3 || got[1].Words != 2 || x.Words() != 5 {
		t.Errorf("words: %v, %d", got, x.Words())
	}
}

func TestDigest(t *testing.T) {
	if a, b := Digest("“It’s — over…”"), Digest(`"It's -- over..."`); a != b {
		t.Error("quotations that fold alike differ")
	}
	for _, s := range []string{"it's - over...", "It is over", "“It’s [—] over…”"} {
		if Digest(s) == Digest("“It’s — over…”") {
			t.Errorf("%q has the same digest", s)
		}
	}
	const empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	if got := NewText(nil, nil).Digest(); got != empty {
		t.Errorf("digest of nothing is %s", got)
	}
}

func TestParseRepair(t *testing.T) {
	for s, want := range map[string]Repair{
		"β=—":     {"β", "—"},
		" x = y":  {" x ", " y"},
		"\ufffd=": {"\ufffd", ""},
		"==x":     {"=", "x"},
		"a b=c=d": {"a b", "c=d"},
		"â€™=’":   {"â€™", "’"},
	} {
		got, err := ParseRepair(s)
		if err != nil || got != want {
			t.Errorf("ParseRepair(%q) = %v, %v", s, got, err)
		}
		if err == nil && got.String() != s {
			t.Errorf("%q is written %q", s, got)
		}
	}
	for _, s := range []string{"", "x", "=", "=x", " =x", "e=x", "5=6", "β=β"} {
		if got, err := ParseRepair(s); err == nil {
			t.Errorf("ParseRepair(%q) = %v", s, got)
		}
	}
}

func TestRepairs(t *testing.T) {
	raw := "the region β including parts β and Ukraineâ€™s army of ?? men"
	x := NewText([]byte(raw), []Repair{{"β", "—"}, {"â€™", "’"}, {"?? men", "ten men"}})
	for q, kind := range map[string]Kind{
		"region — including parts -- and": Folded,
		"region β including parts":        Exact,
		"Ukraine's army of ten men":       Folded,
		"and Ukraine":                     Absent,
		"region including parts":          Absent,
	} {
		r := x.Find(q, Options{})
		if r.Kind != kind {
			t.Errorf("%q is %s, want %s", q, r.Kind, kind)
		}
	}
	r := x.Find("and Ukraine's army of ten men", Options{})
	if got := raw[r.Start:r.End]; got != "and Ukraineâ€™s army of ?? men" {
		t.Errorf("found %q", got)
	}
	if got := x.Raw(r.Start, r.End); got != "and Ukraine’s army of ten men" {
		t.Errorf("shown as %q", got)
	}
	if r := x.Find("ten men", Options{}); raw[r.Start:r.End] != "?? men" {
		t.Errorf("found %d-%d", r.Start, r.End)
	}
}

// TestConcurrent is for the race detector: a text is shared by many.
func TestConcurrent(t *testing.T) {
	x := NewText([]byte(english+"\nthe region β including"), []Repair{{"α", "—"}})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for _, q := range []string{"The two [...] draft", "[T]he trust is gone.", "two sides did publish", "the Lower [basin] asked"} {
				x.Find(q, Options{})
			}
			x.Digest()
			x.Damage()
			x.Paragraphs()
		})
	}
	group.Wait()
}

func TestDamage(t *testing.T) {
	for text, want := range map[string]string{
		"all is well — “fine”, l’été\u00a0», café…” Ô” 5 £": "",
		"the region β including parts β and":                "11:β=— 30:β=—",
		"the β-carotene, a β particle":                      "19: β = — ",
		"itâ€™s â€œfineâ€\u009d":                            "2:â€™=’ 12:â€œ=“ 23:â€\u009d=”",
		"it â€ x":                                           "3:â€=”",
		"Ã©tÃ©, Â£5, ðŸ˜€":                                  "0:Ã©=é 5:Ã©=é 11:Â£=£ 18:ðŸ˜€=😀",
		"ÐŸÑ€Ð¸":                                            "0:ÐŸ=П 4:Ñ€=р",
		"don\ufffdt, it\ufffds":                             "3:\ufffd=’ 11:\ufffd=’",
		"a \ufffd b\ufffdc":                                 "2:\ufffd 7:\ufffd",
		"a\u0092s b\xe9c":                                   "1:\u0092=’ 6:\xe9",
		"план B и я ǂ x Ω y αβ":                             "",
	} {
		var got []string
		for _, d := range NewText([]byte(text), nil).Damage() {
			s := fmt.Sprintf("%d:%s", d.Start, d.Found)
			if d.Repair != nil {
				s = fmt.Sprintf("%d:%s", d.Start, d.Repair)
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("damage of %q:\n got %q\nwant %q", text, s, want)
		}
	}
}

// FuzzLines holds what looks at whole words of memory, or for line feeds alone,
// to what looks at each byte.
func FuzzLines(f *testing.F) {
	for _, s := range []string{"", "a\n\nb", "a\r\nb\rc", "a\u2028b\u2029c\u0085d", "\n \n\u00A0\nx", "twelve bytes\nand “more” of them"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for p := 0; p < len(b) && onlyLF(b); {
			end, next := lineFeed(b, p)
			if e, n := lineEnd(b, p); e != end || n != next {
				t.Fatalf("%q: a line from %d to %d, the next at %d; want %d and %d", b, p, end, next, e, n)
			}
			p = next
		}
		for p := range b {
			want := p
			for want < len(b) && b[want] < 0x80 {
				want++
			}
			if got := skipASCII(b, p); got != want {
				t.Fatalf("%q: from %d on %d, want %d", b, p, got, want)
			}
		}
	})
}
