package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// Texts and their words. A browser must find in them what is found here.
var folded = []struct{ text, want string }{
	{"The Ferry, it’s said, sails.", "the ferry it s said sails"},
	{"co-operate—or not", "co operate or not"},
	{"1,200,000 crowns; 3.5% at 10:30, not 7.", "1,200,000 crowns 3.5 at 10:30 not 7"},
	{"U.S. v. U.K., e.g.", "u s v u k e g"},
	{"Zoë Çelik, Łódź, İzmir, ÅNGSTRÖM", "zoe celik łodz izmir angstrom"},
	{"soft\u00adhyphen zero\u200bwidth \ufeffmark", "softhyphen zerowidth mark"},
	{"ﬁne ﬂags Ⅳ ｆｕｌｌ", "fine flags iv full"},
	{"10² and 1½ and ①", "10 2 and 1 1 2 and 1"},
	{"Мой дядя, её ёлка", "мой дядя её ёлка"},
	{"ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"},
	{"安全保障の話。", "安 全 保 障 の 話"},
	{"abc漢字def", "abc 漢 字 def"},
	{"ภาษาไทย ที่นี่คำ", "ภ า ษ า ไ ท ย ที่ นี่ คํ า"},
	{"한국어 단어", "한국어 단어"},
	{"שָׁלוֹם מُحَمَّد", "שלום מحمد"},
	{"हिन्दी शब्द", "हिन्दी शब्द"},
	{"👍🏽 ok ❤️", "ok"},
	{"", ""},
}

func TestFold(t *testing.T) {
	for _, test := range folded {
		if got, want := split(test.text), strings.Fields(test.want); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", test.text, got, want)
		}
	}
}

// FuzzWords holds the words of a text, which is folded in pieces and where it
// must be, to those of the whole of it folded, and to their own words.
func FuzzWords(f *testing.F) {
	for _, test := range folded {
		f.Add(test.text)
	}
	f.Add("a\u0301 \u0301b 1.\u00a02 ¼.5 \u1112\u1161\u11ab Ǆ")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		got := split(s)
		var p splitter
		p.foldedWords(fold(s))
		whole := p.list()
		if !slices.Equal(got, whole) {
			t.Errorf("%q: in pieces %q, as a whole %q", s, got, whole)
		}
		if again := split(strings.Join(got, " ")); !slices.Equal(got, again) {
			t.Errorf("%q: words %q, their words %q", s, got, again)
		}
		for _, w := range got {
			if w == "" || strings.ContainsAny(w, " \"\\|~#&<=>") {
				t.Errorf("%q has the word %q", s, w)
			}
		}
	})
}
