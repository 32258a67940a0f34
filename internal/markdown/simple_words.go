package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"readout/internal/diag"
)

// This file reads the words of a block that simple.go has found: texts, wiki
// links, citations, and emphasis of nothing but a text.

// inlines parses the words of a block, and reports whether it knew all that is
// in them.
func (s *simple) inlines(n ast.Node, address bool) bool {
	lines := n.Lines()
	block := s.src[lines.At(0).Start:lines.At(lines.Len()-1).Stop]
	s.tilde = bytes.IndexByte(block, '~') >= 0 && bytes.Count(block, []byte("~")) == 1
	for i := range lines.Len() {
		seg := lines.At(i)
		if address && mayHoldAddress(s.src[seg.Start:seg.Stop]) || !s.line(n, seg.Start, seg.Stop) {
			n.RemoveChildren(n)
			return false
		}
	}
	return true
}

// line parses one line of a block.
func (s *simple) line(n ast.Node, start, stop int) bool {
	src := s.src[:stop]
	end, broken := stop, src[stop-1] == '\n'
	if broken {
		if end--; src[end-1] == ' ' { // two of them would break the line
			return false
		}
	}
	from := start // what is not yet in the tree
	for at := start; at < end; {
		size := 0
		switch c := src[at]; {
		case !marks[c], c == '!' && src[min(at+1, end-1)] != '[', c == '_' && s.inWord(start, at, end), c == '~' && s.tilde:
			at++
			continue
		case c == '*':
			size = s.emphasis(n, start, from, at, end)
		case c == '[' && at+1 < stop && src[at+1] == '[':
			size = s.link(n, from, at, stop)
		case c == '[' && at+1 < stop && src[at+1] == '@':
			size = s.cite(n, from, at, stop)
		case c == '[':
			if size := bracketed(src[at:end]); size > 0 {
				at += size
				continue
			}
		}
		if size == 0 {
			return false
		}
		at += size
		from = at
	}
	if broken {
		s.text(n, from, end).SetSoftLineBreak(true)
	} else if from < end {
		s.text(n, from, end)
	}
	return true
}

// marks are the bytes that may be more than text.
var marks = func() (t [256]bool) {
	for _, c := range "[!*_`~<\\" {
		t[c] = true
	}
	return t
}()

// text adds a text.
func (s *simple) text(n ast.Node, from, to int) *ast.Text {
	t := s.texts.take()
	t.Segment = text.NewSegment(from, to)
	n.AppendChild(n, t)
	return t
}

// add adds the text before a node, and the node.
func (s *simple) add(n ast.Node, from, at int, node ast.Node) {
	if from < at {
		s.text(n, from, at)
	}
	n.AppendChild(n, node)
}

// inWord reports whether the "_" at an offset is one of snake_case.
func (s *simple) inWord(start, at, end int) bool {
	return at > start && at+1 < end && isAlnum(s.src[at-1]) && isAlnum(s.src[at+1])
}

func isAlnum(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' }

// bracketed returns the length of the text in brackets at the head of a line,
// such as "[...]", 0 if it may be anything else. There are no definitions that a
// link might refer to.
func bracketed(line []byte) int {
	at := 1
	for at < len(line) && line[at] != ']' && !marks[line[at]] {
		at++
	}
	if at+1 < len(line) && (line[at+1] == '(' || line[at+1] == '[') || at == len(line) || line[at] != ']' || line[1] == '^' {
		return 0
	}
	return at + 1
}

// link parses the wiki link at an offset, of which the line ends at stop, and
// returns its length, 0 if it is not plainly one.
func (s *simple) link(n ast.Node, from, at, stop int) int {
	rest := s.src[at:stop]
	if len(rest) > 2 && rest[2] == '[' {
		return 0
	}
	w, p := scanWiki(rest)
	if p != nil || w.n == 0 || w.piped && bytes.ContainsAny(rest[w.label.start:w.label.end], labelMarks) {
		return 0
	}
	l := s.links.take()
	l.set(rest, w, at, at+w.target.start, at+w.n)
	if w.piped {
		s.text(l, at+w.label.start, at+w.label.end)
	}
	s.add(n, from, at, l)
	return w.n
}

// cite parses the citation at an offset likewise.
func (s *simple) cite(n ast.Node, from, at, stop int) int {
	rest := s.src[at:stop]
	cited := len(s.cited)
	found, p := scanCite(rest, s.cited)
	if p != nil || found.n == 0 {
		return 0
	}
	s.cited = found.cites
	found.cites = found.cites[cited:len(found.cites):len(found.cites)]
	c := s.cites.take()
	c.set(rest, found, at, at+found.n, func(r rng) diag.Span { return s.state.file.Span(at+r.start, at+r.end) })
	s.add(n, from, at, c)
	return found.n
}

// emphasis parses "*words*" or "**words**" likewise, where the marks can be
// nothing but those of the beginning and of the end.
// https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis
func (s *simple) emphasis(n ast.Node, start, from, at, end int) int {
	src := s.src[:end]
	size := stars(src, at)
	first := at + size
	last := first
	for last < end && !marks[src[last]] {
		last++
	}
	if size > 2 || stars(src, last) != size {
		return 0
	}
	if left, right := flanks(src[start:at], src[first:]); !left || right {
		return 0
	}
	if left, right := flanks(src[start:last], src[last+size:]); left || !right {
		return 0
	}
	e := s.emphases.take()
	e.Level = size
	e.SetPos(at)
	s.text(e, first, last)
	s.add(n, from, at, e)
	return last + size - at
}

// stars returns how many "*" stand at an offset.
func stars(src []byte, at int) int {
	n := 0
	for at+n < len(src) && src[at+n] == '*' {
		n++
	}
	return n
}

// flanks reports whether a run of "*" between two parts of a line flanks what
// is on its right, and what is on its left.
func flanks(before, after []byte) (left, right bool) {
	a, b := ' ', ' '
	if len(before) > 0 {
		a, _ = utf8.DecodeLastRune(before)
	}
	if len(after) > 0 {
		b, _ = utf8.DecodeRune(after)
	}
	left = !util.IsSpaceRune(b) && (!util.IsPunctRune(b) || util.IsSpaceRune(a) || util.IsPunctRune(a))
	right = !util.IsSpaceRune(a) && (!util.IsPunctRune(a) || util.IsSpaceRune(b) || util.IsPunctRune(b))
	return left, right
}
