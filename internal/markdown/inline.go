package markdown

import (
	"bytes"
	"sort"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"readout/internal/diag"
)

// A linkNode is a wiki link. Its children are its label.
type linkNode struct {
	ast.BaseInline
	target, anchor []byte // with white space collapsed
	at             int    // offset of the target in the file
	piped          bool
	start, end     int // the whole, in the file
}

var kindLink = ast.NewNodeKind("ReadoutLink")

func (n *linkNode) Kind() ast.NodeKind         { return kindLink }
func (n *linkNode) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// set makes n the link w, scanned in s. The offsets are those of the file.
func (n *linkNode) set(s []byte, w wiki, start, at, end int) {
	n.target = collapsed(s[w.target.start:w.target.end])
	n.anchor = collapsed(s[w.anchor.start:w.anchor.end])
	n.piped = w.piped
	n.start, n.at, n.end = start, at, end
	n.SetPos(start)
}

// A citeNode is a citation.
type citeNode struct {
	ast.BaseInline
	cites      []rawCitation // of the bytes of s
	s          []byte
	start, end int
}

var kindCite = ast.NewNodeKind("ReadoutCite")

func (n *citeNode) Kind() ast.NodeKind         { return kindCite }
func (n *citeNode) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// set makes n the citation c, scanned in s. The offsets are those of the file;
// span turns a range of s into one.
func (n *citeNode) set(s []byte, c cited, start, end int, span func(rng) diag.Span) {
	n.cites, n.s = c.cites, s
	for i := range n.cites {
		n.cites[i].span = span(n.cites[i].all)
	}
	n.start, n.end = start, end
	n.SetPos(start)
}

// RefParser is the goldmark parser of wiki links and citations. It comes
// before all others that a "[" triggers.
type refParser struct{ label parser.Parser }

func (*refParser) Trigger() []byte { return []byte{'[', '!'} }

func (p *refParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	if len(line) < 2 {
		return nil
	}
	st := stateOf(pc)
	switch {
	case bytes.HasPrefix(line, []byte("![@")): // "He left![@log]" is no image
		number, pos := block.Position()
		block.Advance(1)
		s, _ := gather(block, "[", "]")
		block.SetPosition(number, pos)
		if c, prob := scanCite(s, nil); c.n == 0 && prob == nil {
			return nil
		}
		return literal(block, 1)
	case line[0] == '!':
		if !bytes.HasPrefix(line, []byte("![[")) {
			return nil
		}
		st.errorf(seg.Start, seg.Start+3, "markdown/embed", "a page cannot be embedded in another").
			Note("write [[id]] for a link, or ![description](file.png) for an image")
		return literal(block, 3)
	case line[1] == '[' && len(line) > 2 && line[2] == '[':
		return literal(block, 1) // [[[x]]] is a link in brackets
	case line[1] == '[':
		s, from := gather(block, "[[", "]]")
		w, prob := scanWiki(s)
		if prob != nil {
			d := st.errorf(from.offset(prob.at.start), from.end(prob.at), "markdown/link", "%s", prob.msg).Note("%s", prob.note)
			if w.n == 0 && parent.Kind() == east.KindTableCell {
				d.Note(`in a table, the bar of a link is written \|: [[id\|words]]`)
			}
			return literal(block, 2)
		}
		if w.n == 0 {
			return nil
		}
		n := new(linkNode)
		n.set(s, w, seg.Start, from.offset(w.target.start), from.end(rng{0, w.n}))
		if w.piped {
			p.addLabel(n, block.Source(), &from, w.label)
		}
		from.advance(block, w.n)
		return n
	case line[1] == '@':
		s, from := gather(block, "[", "]")
		c, prob := scanCite(s, nil)
		if prob != nil {
			st.errorf(from.offset(prob.at.start), from.end(prob.at), "markdown/citation", "%s", prob.msg).Note("%s", prob.note)
			return literal(block, 2)
		}
		if c.n == 0 {
			return nil
		}
		n := new(citeNode)
		n.set(s, c, seg.Start, from.end(rng{0, c.n}), func(r rng) diag.Span {
			return st.file.Span(from.offset(r.start), from.end(r))
		})
		from.advance(block, c.n)
		return n
	}
	return nil
}

// Literal takes the next n bytes as text.
func literal(block text.Reader, n int) ast.Node {
	_, seg := block.Position()
	block.Advance(n)
	return ast.NewTextSegment(text.NewSegment(seg.Start, seg.Start+n))
}

// Origin tells where the bytes of a gathered text come from: lines of a block.
type origin struct {
	number int          // of the first line
	first  text.Segment // nearly always the only one
	rest   []text.Segment
	starts []int // where each of the rest begins in the gathered text
}

// Gather returns the rest of the current line and as many more lines of the
// block as it takes to see one of two marks after the first two bytes. The
// opening mark is looked for first: it is what calls this function again, so
// that a long row of unclosed links is read once.
func gather(block text.Reader, open, shut string) ([]byte, origin) {
	line, seg := block.PeekLine()
	number, _ := block.Position()
	o := origin{number: number, first: seg}
	has := func(s []byte) bool {
		return bytes.Contains(s, []byte(open)) || bytes.Contains(s, []byte(shut))
	}
	if has(line[2:]) {
		return line, o
	}
	all := line[:len(line):len(line)]
	for {
		block.AdvanceLine()
		line, seg := block.PeekLine()
		if line == nil {
			break
		}
		o.rest, o.starts = append(o.rest, seg), append(o.starts, len(all))
		all = append(all, line...)
		if has(line) {
			break
		}
	}
	block.SetPosition(number, o.first)
	return all, o
}

// Find returns the line in which byte i of the gathered text stands, and its
// offset in the file.
func (o *origin) find(i int) (line, offset int) {
	line = sort.Search(len(o.starts), func(n int) bool { return o.starts[n] > i })
	if line == 0 {
		return 0, o.first.Start + i
	}
	return line, o.rest[line-1].Start + i - o.starts[line-1]
}

func (o *origin) offset(i int) int {
	_, at := o.find(i)
	return at
}

// End returns the offset in the file of the end of a range that is not empty.
func (o *origin) end(r rng) int { return o.offset(r.end-1) + 1 }

// Last returns the line in which a range ends that is not empty.
func (o *origin) last(r rng) int {
	line, _ := o.find(r.end - 1)
	return line
}

// Segment returns a line.
func (o *origin) segment(line int) text.Segment {
	if line == 0 {
		return o.first
	}
	return o.rest[line-1]
}

// Lines returns the segments that make up a range.
func (o *origin) lines(r rng) *text.Segments {
	segs := text.NewSegments()
	first, start := o.find(r.start)
	last := o.last(r)
	for n := first; n <= last; n++ {
		seg := text.NewSegment(o.segment(n).Start, o.segment(n).Stop)
		if n == first {
			seg.Start = start
		}
		if n == last {
			seg.Stop = o.end(r)
		}
		segs.Append(seg)
	}
	return segs
}

// Advance moves the reader behind the first n bytes of the gathered text.
func (o *origin) advance(block text.Reader, n int) {
	line, at := o.find(n - 1)
	if line == 0 {
		block.Advance(n)
		return
	}
	seg := o.segment(line)
	block.SetPosition(o.number+line, seg.WithStart(at+1))
}

// LinkParser is goldmark's parser of CommonMark links. It notes where each
// link ends, which goldmark does not keep, and reports references to
// footnotes that do not exist, which the parser of footnotes has left to it.
type linkParser struct {
	parser.InlineParser
	parser.CloseBlocker
}

func newLinkParser() *linkParser {
	p := parser.NewLinkParser()
	return &linkParser{p, p.(parser.CloseBlocker)}
}

func (p *linkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	st := stateOf(pc)
	line, seg := block.PeekLine()
	if line[0] == '[' && len(line) > 2 && line[1] == '^' {
		if i := bytes.IndexAny(line[2:min(len(line), 1000)], "[]"); i > 0 && line[2+i] == ']' && !opensDestination(line[3+i:]) {
			st.diags.Warnf(st.file.Span(seg.Start, seg.Start+3+i), "markdown/footnote", "there is no footnote %q", line[2:2+i]).
				Note("write the note in a line of its own: [^%s]: the note", line[2:2+i])
		}
	}
	n := p.InlineParser.Parse(parent, block, pc)
	if _, ok := n.(*ast.Link); ok {
		_, pos := block.Position()
		if st.ends == nil {
			st.ends = map[ast.Node]int{}
		}
		st.ends[n] = pos.Start
	}
	return n
}
