// Package markdown turns the body of a content file into structure and HTML.
//
// # What it turns into what
//
// [Engine.Parse] reads one Markdown body, once. The caller picks records out
// of the [Doc] by its structure (sections under headings of level 2, list
// lines, quotations) and has the rest rendered, while it parses, by
// [Doc.Render] and [Doc.Inline]. Then it drops the Doc: a syntax
// tree costs about fifteen times its text. Nothing that is meant to be kept (a
// [Fragment], a [Hole], a [Quotation], the fields of an [Item]) refers to the
// tree.
//
// Links and citations can only be resolved when all files have been read. A
// Fragment therefore has a [Hole] for each: the place in its HTML, what is
// linked or cited, and how. [Fragment.Fill] puts the links in.
//
// # The dialect
//
// CommonMark 0.31 (https://spec.commonmark.org/0.31.2/) with GFM tables,
// strikethrough, task lists and autolinks (https://github.github.com/gfm/),
// footnotes, definition lists, GitHub alerts, and three forms of our own:
//
//	[[id]]  [[Name]]  [[id#anchor]]  [[id|words]]  [[id#anchor|words]]
//	[words](../actors/id.md#anchor)
//	[@source]  [@source#claim]  [@source, para. 8]  [@a#x; @b, p. 2]
//
// They bind tighter than CommonMark's links and less tight than code. A
// backslash before the first bracket makes them text, and so does a "("
// right after them that opens a link's destination: [[1]](https://a.example)
// and [@name](https://a.example) are CommonMark links. The bar of a link that
// stands in a table is written \|, as Obsidian does.
//
// # Invariants
//
//   - Spans and offsets are byte offsets in the file, not in the body.
//   - Every mistake is in Doc.Diags once Parse has returned, also those of
//     blocks that are never rendered; rendering reports nothing.
//   - Nothing panics, whatever the input, and no input takes quadratic time
//     in the parsers of this package.
//   - The HTML is balanced (unless Options.RawHTML lets the editor write
//     tags), has no style attributes, no scripts and no obsolete attributes.
//   - A heading of level 1 is shown as one of level 2: a page has its own
//     title. Heading ids are unique within a Doc and never begin with "fn-"
//     or "fnref-", which are the ids of footnotes.
//   - Comments (<!-- -->) are never published.
//
// # What it refuses
//
// Errors: a [[ that is not closed, names nothing or stands in a link
// (markdown/link), a malformed citation (markdown/citation), an embed ![[x]]
// (markdown/embed), a comment that is never closed (markdown/comment), bytes
// that are no text (markdown/encoding). Warnings: an address with a scheme
// other than http, https and mailto, shown as text (markdown/unsafe-link); an
// address that begins with "/", which does not hold where the site stands in a
// folder (markdown/rooted-link); a remote image, shown as a link (markdown/remote-image); an image without a
// description (markdown/image-alt); a heading of level 1
// (markdown/heading-level); a footnote without a note or a note without a
// reference (markdown/footnote); an alert of no known kind (markdown/alert).
//
// # Classes
//
// The style sheet can rely on these: div.table (scrolls), th and td .left
// .center .right, div.alert.alert-note (-tip, -important, -warning, -caution)
// with p.alert-title, li.task, pre.code with code.language-NAME,
// pre.raw-html, sup.footnote-ref, div.footnotes, a.footnote-back, and for
// highlighted code chroma's short classes: c comment, k keyword, kc constant,
// nt key or tag, na attribute, s string, se escape, m number, l literal, o
// operator, p punctuation, nv variable, nb builtin, gh and gu headings, gi
// and gd inserted and deleted lines, gp prompt, go output, ge emphasis, gs
// strong.
package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"readout/internal/diag"
)

// Options are what a site may choose.
type Options struct {
	// RawHTML lets the HTML in a body through. Otherwise it is shown as text.
	RawHTML bool
}

// An Engine is a configured parser. It has no state of its own between calls
// and is safe for concurrent use.
type Engine struct {
	rawHTML bool
	full    parser.Parser // a whole body
	line    parser.Parser // one run of inline Markdown
}

// New returns an engine. One is enough for a process.
func New(opt Options) *Engine {
	label := parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(runParser{}, 0)),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
		),
	)
	inlines := []util.PrioritizedValue{
		util.Prioritized(&refParser{label: label}, -1),
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(newLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(parser.NewEmphasisParser(), 500),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
		util.Prioritized(extension.NewLinkifyParser(), 999),
	}
	return &Engine{
		rawHTML: opt.RawHTML,
		line: parser.NewParser(
			parser.WithBlockParsers(util.Prioritized(runParser{}, 0)),
			parser.WithInlineParsers(inlines...),
		),
		full: parser.NewParser(
			parser.WithBlockParsers(parser.DefaultBlockParsers()...),
			parser.WithBlockParsers(
				util.Prioritized(extension.NewDefinitionListParser(), 101),
				util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
				util.Prioritized(extension.NewFootnoteBlockParser(), 999),
			),
			parser.WithInlineParsers(inlines...),
			parser.WithInlineParsers(
				util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
				util.Prioritized(extension.NewFootnoteParser(), 101),
			),
			parser.WithParagraphTransformers(
				util.Prioritized(alertTransformer{}, 50),
			),
			parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
			parser.WithParagraphTransformers(
				util.Prioritized(extension.NewTableParagraphTransformer(), 200),
			),
			parser.WithASTTransformers(
				util.Prioritized(extension.NewTableASTTransformer(), 0),
				util.Prioritized(unusedNotes{}, 998),
				util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
			),
		),
	}
}

// Parse parses the body of f, which begins at the byte offset start.
func (e *Engine) Parse(f *diag.File, start int) *Doc {
	d := &Doc{file: f, engine: e}
	start = min(max(start, 0), len(f.Data))
	d.src = readable(f, start, &d.Diags)
	if start == 0 && len(d.src) >= 3 && string(d.src[:3]) == "\uFEFF" {
		start = 3
	}
	st := &state{file: f, notes: true}
	d.root = e.parse(e.full, d.src, text.NewSegment(start, start), st, nil)
	d.ends = st.ends
	d.Diags = append(d.Diags, st.diags...)
	d.split()
	return d
}

// Inline renders the bytes of f from start to end as one run of inline
// Markdown. There is no <p>, and a line break is a space. It knows no
// footnotes and no link definitions, and it reports nothing; for a part of a
// body that was parsed, [Doc.Inline] knows both and is faster.
func (e *Engine) Inline(f *diag.File, start, end int) Fragment {
	start, end = trim(f.Data, start, end)
	src := readable(f, start, nil)[:end]
	w := writer{doc: &Doc{file: f, engine: e, src: src}, oneLine: true}
	if plain(src[start:]) {
		w.openLeaf()
		w.plain(src[start:end])
		w.closeLeaf()
		return w.fragment()
	}
	st := &state{file: f}
	var run text.Segments
	for at := start; at < end; {
		stop := at
		for stop < end && src[stop] != '\n' {
			stop++
		}
		stop = min(stop+1, end)
		a, b := trim(src, at, stop)
		if a < b {
			if stop < end {
				b = stop // the parser itself trims the end of a line
			}
			run.Append(text.NewSegment(a, b))
		}
		at = stop
	}
	root := e.parse(e.line, src, text.NewSegment(start, start), st, &run)
	w.doc.ends = st.ends
	w.openLeaf()
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		w.inlines(c)
	}
	w.closeLeaf()
	return w.fragment()
}

// parse runs one of the engine's parsers over src from at on. A run is given
// to those that read one run only.
func (e *Engine) parse(p parser.Parser, src []byte, at text.Segment, st *state, run *text.Segments) ast.Node {
	pc := parser.NewContext(parser.WithIDs(noIDs{}))
	if st != nil {
		pc.Set(stateKey, st)
	}
	if run != nil {
		pc.Set(runKey, run)
	}
	r := text.NewReader(src)
	r.SetPosition(-1, at)
	r.AdvanceLine()
	return p.Parse(r, parser.WithContext(pc))
}

// State is what the parsers of this package note while goldmark parses.
type state struct {
	file  *diag.File
	diags diag.List
	ends  map[ast.Node]int // where each CommonMark link ends in the file
	notes bool             // footnotes are parsed
}

var (
	stateKey = parser.NewContextKey()
	runKey   = parser.NewContextKey()
)

func stateOf(pc parser.Context) *state {
	st, _ := pc.Get(stateKey).(*state)
	return st
}

func (s *state) errorf(start, end int, code, format string, args ...any) *diag.Diagnostic {
	if s == nil {
		return &diag.Diagnostic{}
	}
	return s.diags.Errorf(s.file.Span(start, end), code, format, args...)
}

// NoIDs stands in for goldmark's heading ids, which this package does not use.
type noIDs struct{}

func (noIDs) Generate([]byte, ast.NodeKind) []byte { return nil }
func (noIDs) Put([]byte)                           {}

// RunParser is the only block parser of an inline run: it makes one block of
// the segments that the context holds.
type runParser struct{}

func (runParser) Trigger() []byte { return nil }

func (runParser) Open(_ ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	run, ok := pc.Get(runKey).(*text.Segments)
	if !ok || run.Len() == 0 {
		return nil, parser.NoChildren
	}
	block := ast.NewTextBlock()
	block.SetLines(run)
	n := len(r.Source())
	r.SetPosition(0, text.NewSegment(n, n))
	return block, parser.NoChildren
}

func (runParser) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }
func (runParser) Close(ast.Node, text.Reader, parser.Context)                 {}
func (runParser) CanInterruptParagraph() bool                                 { return false }
func (runParser) CanAcceptIndentedLine() bool                                 { return true }
