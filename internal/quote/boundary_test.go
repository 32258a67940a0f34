package quote

import (
	"testing"
	"unicode/utf8"
)

// slowCount is countWords without a glance at what can be told from one byte.
func slowCount(b []byte) int {
	n, unspacedRun := 0, 0
	var l rune
	for p := 0; p < len(b); {
		r, size := utf8.DecodeRune(b[p:])
		at := p
		p += size
		switch {
		case alnum(r) && unspaced(r):
			unspacedRun++
			l = 0
			continue
		case alnum(r):
			if l == 0 {
				n++
			}
			l = r
		case l != 0 && !invisible(b, r, at, p):
			if next, _ := after(b, p); !alnum(next) || !binds(l, r, next) {
				l = 0
			}
		}
		n += (unspacedRun + 1) / 2
		unspacedRun = 0
	}
	return n + (unspacedRun+1)/2
}

func FuzzCountWords(f *testing.F) {
	for _, s := range []string{
		"", "one", "four-year-long $5 war.The U.S. 3.5", "[T]he [sic] a[b]c", "和平协议 2026年 a和b", "it’s a\u00ADb c\u200Bd", "a-  -b a--b a\xffb",
		"10:30 EU:s Aa:a x_y a@b.c \"q\" שלום\"שלום 1,000 000", "a\nb\tc;d!e(f)",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := countWords([]byte(s)), slowCount([]byte(s)); got != want {
			t.Errorf("%q has %d words, want %d", s, got, want)
		}
	})
}
