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
// Errors:
//
//   - markdown/link: a [[ that is not closed, names nothing or stands in a link
//   - markdown/citation: a malformed citation, or one in a link
//   - markdown/embed: ![[x]], since no page is embedded in another
//   - markdown/comment: a comment that is never closed, and so hides the rest
//   - markdown/encoding: bytes that are no text
//
// Warnings:
//
//   - markdown/unsafe-link: a scheme other than http, https and mailto, which
//     is shown as text
//   - markdown/rooted-link: an address that begins with "/", which does not
//     hold where the site stands in a folder
//   - markdown/empty-link: a link without an address
//   - markdown/remote-image: shown as a link, since a page loads nothing from
//     elsewhere
//   - markdown/image-alt: an image without a description
//   - markdown/heading-level: a heading of level 1
//   - markdown/footnote: a reference without a note, or a note without one
//   - markdown/alert: an alert of no known kind, or text beside its marker
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
	"bytes"

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
	body    variants // of a whole body
	run     variants // of one run of inline Markdown
}

// Variants are two parsers that differ in whether they look for bare
// addresses in the text. Goldmark tries that at every space, which is a fifth
// of its time, and few bodies have any.
type variants struct{ without, with parser.Parser }

func (v variants) of(src []byte) parser.Parser {
	if mayHoldAddress(src) {
		return v.with
	}
	return v.without
}

// New returns an engine. One is enough for a process.
func New(opt Options) *Engine {
	return &Engine{
		rawHTML: opt.RawHTML,
		body:    variants{newParser(true, false), newParser(true, true)},
		run:     variants{newParser(false, false), newParser(false, true)},
	}
}

func newParser(body, linkify bool) parser.Parser {
	opts := []parser.Option{parser.WithInlineParsers(
		util.Prioritized(&refParser{label: newLabelParser()}, -1),
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(newLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(parser.NewEmphasisParser(), 500),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
	)}
	if linkify {
		opts = append(opts, parser.WithInlineParsers(
			util.Prioritized(extension.NewLinkifyParser(), 999)))
	}
	if !body {
		return parser.NewParser(append(opts,
			parser.WithBlockParsers(util.Prioritized(runParser{}, 0)))...)
	}
	return parser.NewParser(append(opts,
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithBlockParsers(
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999),
		),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(extension.NewFootnoteParser(), 101),
		),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithParagraphTransformers(
			util.Prioritized(alertTransformer{}, 50),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(unusedNotes{}, 998),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)...)
}

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

// MayHoldAddress reports whether there may be an address in the text that is
// not marked as one: a scheme, "www.", or a word with "@" in it.
func mayHoldAddress(s []byte) bool {
	if bytes.Contains(s, []byte("://")) || bytes.Contains(s, []byte("www.")) {
		return true
	}
	for {
		i := bytes.IndexByte(s, '@')
		if i < 0 {
			return false
		}
		if i > 0 && s[i-1] != '[' && !isSpace(s[i-1]) {
			return true
		}
		s = s[i+1:]
	}
}

// Parse parses the body of f, which begins at the byte offset start.
func (e *Engine) Parse(f *diag.File, start int) *Doc {
	d := &Doc{file: f, engine: e}
	start = min(max(start, 0), len(f.Data))
	d.src = readable(f, start, len(f.Data), &d.Diags)
	if start == 0 && len(d.src) >= 3 && string(d.src[:3]) == "\uFEFF" {
		start = 3
	}
	st := &state{file: f, notes: true}
	pc := newContext(st)
	r := text.NewReader(d.src)
	r.SetPosition(-1, text.NewSegment(start, start))
	r.AdvanceLine()
	d.root = e.body.of(d.src[start:]).Parse(r, parser.WithContext(pc))
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
	start, end = trimInline(f.Data, start, end)
	src := readable(f, start, end, nil)[:end]
	w := newWriter(&Doc{file: f, engine: e, src: src})
	w.oneLine = true
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
	root := parseRun(e.run.of(src[start:]), src, &run, st)
	w.doc.ends = st.ends
	w.openLeaf()
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		w.inlines(c)
	}
	w.closeLeaf()
	return w.fragment()
}

// ParseRun parses segments of src as one run of inline Markdown.
func parseRun(p parser.Parser, src []byte, run *text.Segments, st *state) ast.Node {
	pc := newContext(st)
	pc.Set(runKey, run)
	return p.Parse(text.NewBlockReader(src, run), parser.WithContext(pc))
}

func newContext(st *state) parser.Context {
	pc := parser.NewContext(parser.WithIDs(noIDs{}))
	if st != nil {
		pc.Set(stateKey, st)
	}
	return pc
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
	r.SetPosition(run.Len(), text.NewSegment(0, 0)) // all is read
	return block, parser.NoChildren
}

func (runParser) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }
func (runParser) Close(ast.Node, text.Reader, parser.Context)                 {}
func (runParser) CanInterruptParagraph() bool                                 { return false }
func (runParser) CanAcceptIndentedLine() bool                                 { return true }
