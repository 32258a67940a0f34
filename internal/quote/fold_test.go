package quote

import (
	"bytes"
	"slices"
	"testing"
)

// slowFold is fold without the runs of bytes that fold to themselves.
func slowFold(src []byte, bare bool) form {
	f := folder{src: src, bare: bare}
	for i := 0; i < len(src); {
		i = f.step(i)
	}
	return form{f.out, f.at}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{
		"", "The talks, he said – “in the spring” – were over.", "3.5 … . . . .5 ,, << a >> b<c", "a  b\tc\n\nd (e) [f] g[1]2 h%, i : j ; k ! l ? m",
		"10² 1½ Ⅳ ﬁ ﬁ\u0301 e\u0301 é\u0301", "和平 协议，2026 年（a）b", "it's it’s -a- --b -- c \u00ADd\u200Be", "a\xffb\x00c", "x.y,z a. b, c.. d,, e'f g-h",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, bare := range []bool{false, true} {
			got, want := fold(src, bare), slowFold(src, bare)
			if !bytes.Equal(got.b, want.b) || !slices.Equal(got.at, want.at) {
				t.Fatalf("%q (bare %v) is %q %v, want %q %v", src, bare, got.b, got.at, want.b, want.at)
			}
		}
	})
}
