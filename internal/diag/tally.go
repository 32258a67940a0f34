package diag

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
)

// WriteTally writes how many diagnostics of each code a list has, and in how
// many files, the most frequent first: of a thousand lines nobody sees that
// they are three mistakes.
//
//	812 error[link/dangling] in 96 files, the first at content/a.md:3:9
//	  2 error[front/syntax] in 1 file, the first at content/b.md:2:1
func (l List) WriteTally(w io.Writer) error {
	type kind struct {
		severity Severity
		code     string
	}
	type tally struct {
		kind
		count int
		files map[string]bool
		first Span
	}
	found := map[kind]*tally{}
	var list []*tally
	for _, d := range l {
		k := kind{d.Severity, d.Code}
		t := found[k]
		if t == nil {
			t = &tally{kind: k, files: map[string]bool{}, first: d.Span}
			found[k], list = t, append(list, t)
		}
		t.count++
		if d.Span.File != nil {
			t.files[d.Span.File.Path] = true
		}
	}
	slices.SortStableFunc(list, func(a, b *tally) int {
		return cmp.Or(cmp.Compare(a.severity, b.severity), cmp.Compare(b.count, a.count), cmp.Compare(a.code, b.code))
	})
	b := bufio.NewWriter(w)
	for _, t := range list {
		fmt.Fprintf(b, "%7d %s[%s]", t.count, t.severity, t.code)
		switch n := len(t.files); {
		case n == 1:
			fmt.Fprintf(b, " in 1 file, the first at %s", t.first)
		case n > 1:
			fmt.Fprintf(b, " in %d files, the first at %s", n, t.first)
		}
		fmt.Fprintln(b)
	}
	return b.Flush()
}
