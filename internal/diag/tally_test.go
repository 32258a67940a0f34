package diag

import (
	"strings"
	"testing"
)

func TestWriteTally(t *testing.T) {
	a, b := NewFile("a.md", []byte("one\ntwo")), NewFile("b.md", []byte("three"))
	var l List
	l.Warnf(a.At(0), "x/often", "m")
	l.Warnf(a.At(1), "x/often", "n")
	l.Warnf(b.At(0), "x/often", "m")
	l.Errorf(a.At(5), "y/grave", "m")
	l.Warnf(a.At(5), "y/grave", "the same code, less grave")
	l.Noticef(Span{}, "z/nowhere", "m")
	var w strings.Builder
	if err := l.WriteTally(&w); err != nil {
		t.Fatal(err)
	}
	const want = `      1 error[y/grave] in 1 file, the first at a.md:2:2
      3 warning[x/often] in 2 files, the first at a.md:1:1
      1 warning[y/grave] in 1 file, the first at a.md:2:2
      1 notice[z/nowhere]
`
	if w.String() != want {
		t.Errorf("got\n%swant\n%s", &w, want)
	}
}
