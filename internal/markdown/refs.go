package markdown

import (
	"bytes"

	"readout/internal/diag"
)

// A Ref is a link or a citation in the value of a list line.
type Ref struct {
	Kind HoleKind
	Span diag.Span // the whole construct

	// Of a link, as those of a Hole are.
	Target, Anchor string
	IsPath         bool
	Label          string // its text, without markup looked for; empty: use the target's name

	Cites []Citation // of a citation, at least one
}

func (w wiki) ref(s []byte) Ref {
	r := Ref{
		Kind:   Link,
		Target: collapse(s[w.target.start:w.target.end]),
		Anchor: collapse(s[w.anchor.start:w.anchor.end]),
	}
	if w.piped {
		r.Label = labelText(s[w.label.start:w.label.end])
	}
	return r
}

func labelText(s []byte) string { return string(decode(collapsed(s))) }

// AppendRefs appends to refs the links and the citations in the bytes of f from
// start to end, in order, by their grammar alone: for the value of a list line, of
// which nothing else is wanted. Code and escaped brackets are skipped, and so
// is what is malformed, which Parse has reported.
func AppendRefs(refs []Ref, f *diag.File, start, end int) []Ref {
	start, end = trim(f.Data, start, end)
	s := f.Data[start:end]
	before := len(refs)
	add := func(r Ref, at, n int) {
		r.Span = f.Span(start+at, start+at+n)
		refs = append(refs, r)
	}
	var open []int // brackets that may begin a CommonMark link
	code := backticks{s: s}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case c == '`':
			i = code.skip(i) - 1
		case c == '!' && bytes.HasPrefix(s[i:], []byte("![[")):
			i += 2
		case c == '[' && i+1 < len(s) && s[i+1] == '[' && !(i+2 < len(s) && s[i+2] == '['):
			w, p := scanWiki(s[i:])
			if p != nil {
				i++
				continue
			}
			if w.n > 0 {
				add(w.ref(s[i:]), i, w.n)
				i += w.n - 1
				continue
			}
			open = append(open, i)
		case c == '[' && i+1 < len(s) && s[i+1] == '@':
			cite, p := scanCite(s[i:], nil)
			if p != nil {
				i++
				continue
			}
			if cite.n > 0 {
				r := Ref{Kind: Cite, Cites: make([]Citation, len(cite.cites))}
				for k := range cite.cites {
					one := &cite.cites[k]
					one.span = f.Span(start+i+one.all.start, start+i+one.all.end)
					r.Cites[k] = one.citation(s[i:])
				}
				add(r, i, cite.n)
				i += cite.n - 1
				continue
			}
			open = append(open, i)
		case c == '[':
			open = append(open, i)
		case c == ']' && len(open) > 0:
			from := open[len(open)-1]
			open = open[:len(open)-1]
			if n := pathLink(s[i+1:]); n > 0 {
				path, anchor, ok := recordPath(destination(s[i+1 : i+1+n]))
				if ok {
					for len(refs) > before && refs[len(refs)-1].Span.Start > start+from { // in the label
						refs = refs[:len(refs)-1]
					}
					r := Ref{Kind: Link, Target: path, Anchor: anchor, IsPath: true, Label: labelText(s[from+1 : i])}
					add(r, from, i+1+n-from)
					open = open[:0] // a link holds no link
				}
				i += n
			}
		}
	}
	return refs
}

// PathLink returns the length of the "(destination "title")" at the head of s.
func pathLink(s []byte) int {
	if !opensDestination(s) {
		return 0
	}
	for i, c := range s {
		if c == ')' {
			return i + 1
		}
		if c == '[' || c == ']' {
			break
		}
	}
	return 0
}

func destination(s []byte) []byte {
	s = bytes.Trim(s, "()")
	if i := bytes.IndexAny(s, " \t\r\n"); i >= 0 {
		s = s[:i]
	}
	return bytes.Trim(s, "<>")
}

// Backticks finds where code spans end. A run of a length that has no other
// behind it is looked for once.
// https://spec.commonmark.org/0.31.2/#code-spans
type backticks struct {
	s    []byte
	last map[int]int // by length: where the last such run begins
}

// Skip returns the end of the code span that opens at i, or of its backticks
// if it is none.
func (b *backticks) skip(i int) int {
	n := runLength(b.s, i)
	if b.last == nil {
		b.last = map[int]int{}
		for j := i; j < len(b.s); j++ {
			if b.s[j] == '`' {
				k := runLength(b.s, j)
				b.last[k] = j
				j += k
			}
		}
	}
	if b.last[n] <= i {
		return i + n
	}
	for j := i + n; j < len(b.s); j++ {
		if b.s[j] == '`' {
			k := runLength(b.s, j)
			if k == n {
				return j + k
			}
			j += k - 1
		}
	}
	return i + n
}

func runLength(s []byte, i int) int {
	n := 0
	for i+n < len(s) && s[i+n] == '`' {
		n++
	}
	return n
}
