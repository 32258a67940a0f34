package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// NewLabelParser returns the parser of a wiki link's label: what may stand in
// a link.
func newLabelParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(runParser{}, 0)),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
		),
	)
}

// LabelMarks are the bytes that may be more than text in a label.
const labelMarks = "`*_~"

// AddLabel parses a label, a range of what was gathered, and makes what it
// holds the children of n. Only what may stand in a link is looked for: code,
// emphasis, strikethrough.
func (p *refParser) addLabel(n *linkNode, src []byte, from *origin, label rng) {
	if first, start := from.find(label.start); first == from.last(label) {
		seg := text.NewSegment(start, from.end(label)) // as nearly always
		if !bytes.ContainsAny(src[seg.Start:seg.Stop], labelMarks) {
			n.AppendChild(n, ast.NewTextSegment(seg.TrimRightSpace(src)))
			return
		}
	}
	lines := from.lines(label)
	marked := false
	for _, seg := range lines.Sliced(0, lines.Len()) {
		marked = marked || bytes.ContainsAny(src[seg.Start:seg.Stop], labelMarks)
	}
	if !marked {
		for i, seg := range lines.Sliced(0, lines.Len()) {
			t := ast.NewTextSegment(seg.TrimRightSpace(src))
			t.SetSoftLineBreak(i+1 < lines.Len())
			n.AppendChild(n, t)
		}
		return
	}
	parseRun(p.label, n, src, lines, nil)
}

// parseRun parses the segments of a text as one block, with a parser whose only
// block parser is runParser, and makes what they hold the children of n.
func parseRun(p parser.Parser, n ast.Node, src []byte, run *text.Segments, st *state) {
	pc := parser.NewContext(parser.WithIDs(noIDs{}))
	pc.Set(runKey, run)
	pc.Set(stateKey, st)
	root := p.Parse(text.NewBlockReader(src, run), parser.WithContext(pc))
	for b := root.FirstChild(); b != nil; b = b.NextSibling() {
		for c := b.FirstChild(); c != nil; {
			next := c.NextSibling()
			n.AppendChild(n, c)
			c = next
		}
	}
}

var runKey = parser.NewContextKey()

// RunParser is the only block parser of a label, or of the words of a block: it
// makes one block of the segments that the context holds.
type runParser struct{}

func (runParser) Trigger() []byte { return nil }

func (runParser) Open(_ ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	run := pc.Get(runKey).(*text.Segments)
	block := ast.NewTextBlock()
	block.SetLines(run)
	r.SetPosition(run.Len(), text.NewSegment(0, 0)) // all is read
	return block, parser.NoChildren
}

func (runParser) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }
func (runParser) Close(ast.Node, text.Reader, parser.Context)                 {}
func (runParser) CanInterruptParagraph() bool                                 { return false }
func (runParser) CanAcceptIndentedLine() bool                                 { return true }
