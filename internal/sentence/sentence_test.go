package sentence

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

var texts = []string{
	"", "One. Two! “Three?” Four (five.) Six", "3.5 of U.S. and e.g. this. That... there, No. 5 Ltd.\nA line\r\nand\rmore\n\n",
	"Élan. É.A. À côté: “Non.” — Ça… va? ‘Oui’", "a\u0301. B\u00AD.C .D \u2028E\u0085F。G！H؟ I। J", "ab\x80. C", "x\xE2\x80", "..", ".a", "a.\u0301B", "\u0301.B", "ß.\u0301 ü. Ö",
}

// FuzzEnd compares the ends with those of the whole text.
func FuzzEnd(f *testing.F) {
	for _, s := range texts {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		at := 0
		for it := sentences.FromBytes(text); it.Next(); at = it.End() {
			if got := End(text, at); got != it.End() {
				t.Fatalf("%q: the sentence at %d ends at %d, want %d", text, at, got, it.End())
			}
		}
	})
}

// TestMarks: no character that is passed over ends a sentence, after a word,
// before one, or beside a space.
func TestMarks(t *testing.T) {
	for r := rune(1); r <= utf8.MaxRune; r++ {
		c := string(r)
		if !utf8.ValidRune(r) || mayEnd([]byte(c), 0) {
			continue
		}
		text := []byte("Aa" + c + "A " + c + " A" + c)
		if n, _, _ := sentences.SplitFunc(text, true); n != len(text) {
			t.Errorf("%U ends a sentence", r)
		}
	}
}

func BenchmarkEnd(b *testing.B) {
	text := []byte(strings.Repeat("It was read again in the spring, when the ice had gone – and the first boats’ crews “came in” from the islands with their salt. ", 20))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		for at := 0; at < len(text); {
			at = End(text, at)
		}
	}
}
