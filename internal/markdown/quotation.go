package markdown

import (
	"bytes"
	"sort"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"readout/internal/diag"
)

// A Quotation is the text that a blockquote quotes.
//
// Where it holds nothing but paragraphs, Text is what a reader reads: the
// marks of emphasis are dropped, escapes and entities are resolved, a link is
// its words (or its target), a line break is "\n" and paragraphs are parted
// by "\n\n". Square brackets are text, unless they are a link's, a citation's
// or a footnote's: citations and references to footnotes are no part of it.
// Where it holds anything else (a list, code, a heading), Text is its lines
// without the ">".
type Quotation struct {
	Text  string
	Span  diag.Span // from the first word to the last, in the file
	Holes []Hole    // the links and citations in it; At is in Text

	runs []run
	end  int
}

// A run is a stretch of Text that follows the file byte by byte, or with flat
// stands for what begins at one place (an entity).
type run struct {
	at, offset int
	flat       bool
}

// Offset returns where in the file byte i of Text comes from. The end of Text
// is the end of its last byte's source; what lies outside is the nearest end.
func (q Quotation) Offset(i int) int {
	if i >= len(q.Text) || len(q.runs) == 0 {
		return q.end
	}
	i = max(i, 0)
	n := sort.Search(len(q.runs), func(n int) bool { return q.runs[n].at > i }) - 1
	r := q.runs[n]
	if r.flat {
		return r.offset
	}
	return r.offset + i - r.at
}

// Quotation returns the text that a Quote block quotes, and none of another
// block.
func (d *Doc) Quotation(b Block) Quotation {
	if b.Kind != Quote {
		return Quotation{Span: b.Span, end: b.Span.End}
	}
	q := quoter{doc: d}
	for c := b.node.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() != ast.KindParagraph {
			return d.rawQuotation(b)
		}
	}
	start, end := b.Span.End, b.Span.End
	for c := b.node.FirstChild(); c != nil; c = c.NextSibling() {
		first, last := lineRange(c, d.src)
		if c.PreviousSibling() == nil {
			start = first
		} else {
			q.trim()
			q.flat([]byte("\n\n"), end)
		}
		end = last
		q.inlines(c)
	}
	q.trim()
	if len(q.runs) > 0 { // a form feed is text to goldmark
		start = min(start, q.runs[0].offset)
	}
	for i := range q.holes { // a label may have ended in white space
		h := &q.holes[i]
		h.TextAt = min(h.TextAt, len(q.text))
		h.At, h.TextLen = h.TextAt, min(h.TextLen, len(q.text)-h.TextAt)
	}
	return Quotation{
		Text: string(q.text), Span: d.file.Span(start, end), Holes: q.holes,
		runs: q.runs, end: end,
	}
}

// RawQuotation returns the lines of a blockquote without its marks.
func (d *Doc) rawQuotation(b Block) Quotation {
	q := quoter{doc: d}
	src := d.src
	at := bytes.LastIndexByte(src[:b.Span.Start], '\n') + 1
	first, last := -1, at
	for at < len(src) {
		stop := len(src)
		if i := bytes.IndexByte(src[at:], '\n'); i >= 0 {
			stop = at + i
		}
		start, marked := unquote(src, at, stop)
		if !marked && at >= b.Span.End {
			break
		}
		end := stop
		for end > start && isSpace(src[end-1]) {
			end--
		}
		if first >= 0 || start < end {
			if first < 0 {
				first = start
			} else {
				q.flat([]byte("\n"), last)
			}
			q.exact(src[start:end], start)
			if start < end {
				last = end
			}
		}
		at = stop + 1
	}
	q.text = bytes.TrimRight(q.text, "\n")
	first = max(first, 0)
	return Quotation{Text: string(q.text), Span: d.file.Span(min(first, last), last), runs: q.runs, end: last}
}

// Unquote returns where a line begins behind the ">" of a blockquote.
// https://spec.commonmark.org/0.31.2/#block-quote-marker
func unquote(src []byte, at, stop int) (start int, marked bool) {
	i := at
	for i < stop && i < at+3 && src[i] == ' ' {
		i++
	}
	if i == stop || src[i] != '>' {
		return at, false
	}
	i++
	if i < stop && (src[i] == ' ' || src[i] == '\t') {
		i++
	}
	return i, true
}

// A quoter collects the text of a quotation.
type quoter struct {
	doc   *Doc
	text  []byte
	runs  []run
	holes []Hole
}

// Exact adds bytes that stand so in the file.
func (q *quoter) exact(s []byte, offset int) {
	if len(s) == 0 {
		return
	}
	if n := len(q.runs); n > 0 {
		if r := q.runs[n-1]; !r.flat && r.offset+len(q.text)-r.at == offset {
			q.text = append(q.text, s...)
			return
		}
	}
	q.runs = append(q.runs, run{len(q.text), offset, false})
	q.text = append(q.text, s...)
}

// Flat adds bytes that stand for something else at one place of the file.
func (q *quoter) flat(s []byte, offset int) {
	if len(s) > 0 {
		q.runs = append(q.runs, run{len(q.text), offset, true})
		q.text = append(q.text, s...)
	}
}

// Trim drops the white space at the end of the text so far.
func (q *quoter) trim() {
	for len(q.text) > 0 && isSpace(q.text[len(q.text)-1]) {
		q.text = q.text[:len(q.text)-1]
	}
	for n := len(q.runs); n > 0 && q.runs[n-1].at >= len(q.text); n-- {
		q.runs = q.runs[:n-1]
	}
}

// Plain adds raw Markdown text from the file.
func (q *quoter) plain(start, stop int) {
	if start >= stop {
		return
	}
	pieces(q.doc.src[start:stop], func(p piece) {
		if p.exact {
			q.exact(p.text, start+p.at)
		} else {
			q.flat(p.text, start+p.at)
		}
	})
}

func (q *quoter) inlines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		q.inline(c)
	}
}

func (q *quoter) inline(n ast.Node) {
	src := q.doc.src
	switch n := n.(type) {
	case *ast.Text:
		seg := n.Segment
		switch {
		case n.IsRaw() && seg.Start < seg.Stop:
			s := bytes.TrimRight(src[seg.Start:seg.Stop], "\r\n")
			q.exact(s, seg.Start)
			if len(s) < seg.Len() {
				q.flat([]byte("\n"), seg.Start+len(s))
			}
		default:
			q.plain(seg.Start, seg.Stop)
		}
		if n.SoftLineBreak() || n.HardLineBreak() {
			q.trim()
			q.flat([]byte("\n"), seg.Stop)
		}
	case *linkNode:
		h := Hole{Kind: Link, Span: rangeOf(n.start, n.end), Target: string(n.target), Anchor: string(n.anchor), Piped: n.piped}
		from := len(q.text)
		if n.piped {
			q.inlines(n)
		} else if end := n.at + len(n.target); end <= len(src) && bytes.Equal(src[n.at:end], n.target) {
			q.exact(src[n.at:end], n.at)
		} else {
			q.flat(n.target, n.at)
		}
		q.hole(h, from)
	case *citeNode:
		q.trim()
		h := Hole{Kind: Cite, Span: rangeOf(n.start, n.end)}
		for i := range n.cites {
			h.Cites = append(h.Cites, n.cites[i].citation(n.s))
		}
		q.hole(h, len(q.text))
	case *ast.Link:
		from := len(q.text)
		q.inlines(n)
		if path, anchor, ok := recordPath(n.Destination); ok {
			start := max(n.Pos(), 0)
			h := Hole{Kind: Link, Span: rangeOf(start, max(start, q.doc.ends[n])), Target: path, Anchor: anchor, IsPath: true}
			if h.Piped = len(q.text) > from; !h.Piped {
				q.flat([]byte(path), start)
			}
			q.hole(h, from)
		}
	case *ast.AutoLink:
		label := n.Label(src)
		q.exact(label, offsetOf(src, label))
	case *ast.RawHTML:
		raw := n.Segments.Value(src)
		if !bytes.HasPrefix(raw, []byte("<!--")) {
			for _, seg := range n.Segments.Sliced(0, n.Segments.Len()) {
				q.exact(src[seg.Start:seg.Stop], seg.Start)
			}
		}
	case *east.FootnoteLink:
	default:
		q.inlines(n)
	}
}

func (q *quoter) hole(h Hole, at int) {
	h.At, h.TextAt, h.TextLen = at, at, len(q.text)-at
	q.holes = append(q.holes, h)
}
