package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Most bodies are nothing but headings, paragraphs, bullet lists of one line
// an item and quotations of one paragraph, and most of these are words, wiki
// links and citations with here and there an emphasis. What stands here reads
// such bodies, in a fraction of goldmark's time, into the tree that goldmark
// would make of them. It never guesses: at the first line that might begin
// anything else it gives up, and goldmark reads the body; at the first sign of
// anything else in the words of a block, goldmark reads these. A fuzz test
// compares the trees.

// simple reads the body that begins at start. It returns nil for one that it
// does not know whole.
func (d *Doc) simple(start int, st *state) ast.Node {
	// The marks of Obsidian are looked for where goldmark parts a text.
	if d.obsidian || d.traits&isRareSpace != 0 {
		return nil
	}
	s := simple{tree: d.tree, src: d.src, state: st}
	if !s.parse(start) {
		return nil
	}
	address := mayHoldAddress(d.src[start:])
	d.known = true
	for _, n := range s.words {
		if !s.inlines(n, address) {
			d.known = false
			d.engine.words(n, d.src, st, address)
		}
	}
	return &s.root
}

type simple struct {
	*tree
	src   []byte
	state *state

	last  place     // what the line before stands in, or the block before a blank line
	list  *ast.List // the latest
	leaf  ast.Node  // the block of words that is open, or nil
	first int       // its first line, among those of the tree
	tilde bool      // the words being read have one "~", which strikes nothing through

	looked, defines bool // there is a "]:" in the body, once that was looked for
}

type place uint8

const (
	inHeading place = iota // or nowhere
	inParagraph
	inList
	inQuote
)

// parse reads the blocks from an offset on, and reports whether it knew all.
func (s *simple) parse(at int) bool {
	for blank := true; at < len(s.src); {
		line, next := s.src[at:], len(s.src)
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line, next = line[:i], at+i+1
		}
		if len(line) == 0 {
			s.close()
			blank, at = true, next
			continue
		}
		known := true
		switch c := line[0]; {
		case c == '#':
			known = s.heading(line, at)
		case c == '-':
			known = !(blank && s.last == inList) && s.item(line, at, next)
		case c == '>' && !blank && s.last == inQuote:
			known = s.quoted(line)
			s.lines.Append(text.NewSegment(at+2, next))
		case c == '>':
			known = s.quote(line, at, next)
		case blank || s.last == inHeading:
			known = s.paragraph(line, at, next)
		case s.last == inParagraph:
			known = plainStart(line)
			s.lines.Append(text.NewSegment(at, next))
		default: // goes on with the paragraph of an item or a quotation
			known = false
		}
		if !known {
			return false
		}
		blank, at = false, next
	}
	s.close()
	return true
}

// open begins a block of words with its first line.
func (s *simple) open(n ast.Node, parent ast.Node, at, next int) {
	s.leaf, s.first = n, s.lines.Len()
	s.lines.Append(text.NewSegment(at, next))
	s.words = append(s.words, n)
	parent.AppendChild(parent, n)
}

// close ends the block of words that is open.
func (s *simple) close() {
	if s.leaf == nil {
		return
	}
	end := s.lines.Len()
	last := s.lines.At(end - 1)
	s.lines.Set(end-1, last.TrimRightSpace(s.src))
	own := s.leaf.Lines()
	*own = s.lines
	own.SetSliced(s.first, end)
	s.leaf = nil
}

// heading reads "## words".
func (s *simple) heading(line []byte, at int) bool {
	level := 0
	for level < len(line) && line[level] == '#' {
		level++
	}
	if level > 6 || level == len(line) || line[level] != ' ' || line[len(line)-1] == '#' {
		return false
	}
	words := bytes.Trim(line[level:], " ")
	if len(words) == 0 || words[len(words)-1] == '#' {
		return false
	}
	s.close()
	h := s.headings.take()
	h.Level = level
	h.SetPos(at)
	from := at + level + bytes.IndexByte(line[level:], words[0])
	s.open(h, &s.root, from, from+len(words))
	s.close()
	s.last = inHeading
	return true
}

// paragraph begins a paragraph.
func (s *simple) paragraph(line []byte, at, next int) bool {
	if !plainStart(line) || !s.opens(line, inParagraph) {
		return false
	}
	s.close()
	s.open(s.paragraphs.take(), &s.root, at, next)
	s.last = inParagraph
	return true
}

// item reads "- words".
func (s *simple) item(line []byte, at, next int) bool {
	if len(line) < 3 || line[1] != ' ' || !plainStart(line[2:]) || !s.opens(line[2:], inList) {
		return false
	}
	s.close()
	if s.last != inList {
		s.list = s.lists.take()
		s.list.Marker, s.list.IsTight = '-', true
		s.list.SetPos(at)
		s.root.AppendChild(&s.root, s.list)
		s.last = inList
	}
	item := s.items.take()
	item.Offset = 2
	item.SetPos(at)
	s.list.AppendChild(s.list, item)
	s.open(s.textBlocks.take(), item, at+2, next)
	return true
}

// quote begins a quotation.
func (s *simple) quote(line []byte, at, next int) bool {
	if !s.quoted(line) || !s.opens(line[2:], inQuote) {
		return false
	}
	s.close()
	q := s.quotes.take()
	q.SetPos(at)
	s.root.AppendChild(&s.root, q)
	s.open(s.paragraphs.take(), q, at+2, next)
	s.last = inQuote
	return true
}

// quoted reports whether a line is "> words".
func (s *simple) quoted(line []byte) bool {
	return len(line) > 2 && line[1] == ' ' && plainStart(line[2:])
}

// opens reports whether a block may begin with a line that plainStart knows:
// with one that begins with a bracket, a definition, an alert or a task might.
func (s *simple) opens(line []byte, in place) bool {
	if line[0] != '[' {
		return true
	}
	switch {
	case len(line) > 1 && line[1] == '[': // no label of a definition has a bracket in it
		return true
	case in == inParagraph, len(line) > 1 && line[1] == '@':
		if !s.looked {
			s.looked, s.defines = true, bytes.Contains(s.src, []byte("]:"))
		}
		return !s.defines
	}
	return false
}

// plainStart reports whether a line with these bytes at its head begins
// nothing but words, or goes on with them.
func plainStart(line []byte) bool {
	c := line[0]
	switch starts[c] {
	case startsWords:
		return c != '[' || len(line) == 1 || line[1] != '^' // which may be a footnote
	case startsNumber: // "12." may begin an item
		for i, c := range line {
			if c < '0' || c > '9' {
				return c != '.' && c != ')' || i > 9
			}
		}
		return true
	case startsMark: // "* " may begin an item, and "***" be a rule
		for _, c := range line {
			if c != line[0] {
				return starts[c] == startsWords || starts[c] == startsNumber
			}
		}
	}
	return false
}

const (
	startsWords = 1 + iota
	startsNumber
	startsMark
)

// starts says what a line may begin with that begins with a byte; 0 for what
// is left to goldmark.
var starts = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c >= utf8.RuneSelf, 'a' <= c|0x20 && c|0x20 <= 'z':
			t[c] = startsWords
		case '0' <= c && c <= '9':
			t[c] = startsNumber
		}
	}
	for _, c := range `"'()[]{}/.,;?!@$%&\` {
		t[c] = startsWords
	}
	t['*'], t['_'] = startsMark, startsMark
	return t
}()
