package markdown

import (
	"strings"
	"testing"
)

// What passes for collapsed is what collapsing leaves as it is.
func FuzzCollapse(f *testing.F) {
	for _, s := range []string{"", " ", "a", "a b", " a", "a ", "a  b", "a\tb", "a\u00A0b", "é ’", "a\u3000", "\u1680", "\u2009x", "\u0085", "\xff \xe2", "\x00a"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, s []byte) {
		if got, want := collapse(s), strings.Join(strings.Fields(string(s)), " "); got != want {
			t.Errorf("%q becomes %q, want %q", s, got, want)
		}
	})
}
