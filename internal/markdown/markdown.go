// Package markdown turns the body of a content file into structure and HTML.
//
// # What it turns into what
//
// [Engine.Parse] reads one Markdown body, once. The caller picks records out
// of the [Doc] by its structure (sections under headings of level 2, list
// lines, quotations) and has the rest rendered at once, by [Doc.Render] and
// [Doc.Inline]. Then it drops the Doc: a syntax tree costs about fifteen times
// its text, and [Doc.Free] lets the next body have that memory. What is meant
// to be kept (a [Fragment], a [Hole], a [Quotation], an [Item]) does not refer
// to the tree; a [Block] and a [Section] do.
//
// A body of the most common shape is read without goldmark, into the same
// tree; see simple.go.
//
// Links and citations can only be resolved when all files have been read. A
// Fragment therefore has a [Hole] for each: the place in its HTML, what is
// linked or cited, and how. [AppendRefs] reads links and citations in the value of
// a list line, of which nothing else is wanted, by the same grammar.
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
//   - A heading of level 1 is shown as one of level 2, since a page has its
//     own title, and no heading is shown more than one level below the one
//     before it. Heading ids are unique within a Doc and never begin with
//     "fn-" or "fnref-", which are the ids of footnotes.
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
//   - markdown/heading-level: a heading of level 1, one that skips a level,
//     or an empty one
//   - markdown/footnote: a reference without a note, or a note without one
//   - markdown/alert: an alert of no known kind, or text beside its marker
//   - markdown/obsidian: a comment or the id of a block that Obsidian hides,
//     and a page does not
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
	"strings"

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

	// Parsers of bodies, and of the words of one block. Of each there are two,
	// the second of which looks for bare addresses in the text too. Goldmark
	// tries that at every space, which is a fifth of its time, and few bodies
	// have any.
	bodies, blocks [2]parser.Parser
}

// New returns an engine. One is enough for a process.
func New(opt Options) *Engine {
	e := &Engine{rawHTML: opt.RawHTML}
	for i := range e.bodies {
		e.bodies[i] = parser.NewParser(append(inlineParsers(i == 1), blockParsers()...)...)
		e.blocks[i] = parser.NewParser(append(inlineParsers(i == 1), parser.WithBlockParsers(util.Prioritized(runParser{}, 0)))...)
	}
	return e
}

// inlineParsers are the parsers of words, with the one of bare addresses or
// without it.
func inlineParsers(addresses bool) []parser.Option {
	list := []parser.Option{parser.WithInlineParsers(
		util.Prioritized(&refParser{label: newLabelParser()}, -1),
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(extension.NewFootnoteParser(), 101),
		util.Prioritized(newLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(parser.NewEmphasisParser(), 500),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
	)}
	if addresses {
		list = append(list, parser.WithInlineParsers(util.Prioritized(extension.NewLinkifyParser(), 999)))
	}
	return list
}

// blockParsers are the parsers of all else.
func blockParsers() []parser.Option {
	return []parser.Option{
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithBlockParsers(
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(alertTransformer{}, 50),
			util.Prioritized(definitions{}, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(unusedNotes{}, 998),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	}
}

// choose returns the second of two parsers where there may be a bare address.
func choose(two [2]parser.Parser, address bool) parser.Parser {
	if address {
		return two[1]
	}
	return two[0]
}

// words parses the words of one block.
func (e *Engine) words(n ast.Node, src []byte, st *state, address bool) {
	parseRun(choose(e.blocks, address), n, src, n.Lines(), st)
}

// Definitions takes link reference definitions out of the beginning of a
// paragraph. Goldmark makes a reader for each paragraph to look for one.
type definitions struct{}

func (definitions) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	if lines := p.Lines(); lines.Len() > 0 {
		seg := lines.At(0)
		line := bytes.TrimLeft(r.Source()[seg.Start:seg.Stop], " \t\n\v\f\r")
		if len(line) > 0 && line[0] != '[' {
			return
		}
	}
	parser.LinkReferenceParagraphTransformer.Transform(p, r, pc)
}

// MayHoldAddress reports whether there may be an address in the text that is
// not marked as one: a scheme, "www.", or a word with "@" in it.
func mayHoldAddress(s []byte) bool {
	if holds(s, "://") || holds(s, "www.") {
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

// Holds reports whether s holds a word whose last byte is the rarest in a text.
func holds(s []byte, word string) bool {
	for at := 0; ; {
		i := bytes.IndexByte(s[at:], word[len(word)-1])
		if i < 0 {
			return false
		}
		if at += i + 1; strings.HasSuffix(string(s[max(0, at-len(word)):at]), word) {
			return true
		}
	}
}

// Parse parses the body of f, which begins at the byte offset start.
func (e *Engine) Parse(f *diag.File, start int) *Doc {
	d := &Doc{file: f, engine: e, tree: newTree()}
	start = min(max(start, 0), len(f.Data))
	d.src, d.traits = readable(f, start, len(f.Data), &d.Diags)
	if start == 0 && len(d.src) >= 3 && string(d.src[:3]) == "\uFEFF" {
		start = 3
	}
	st := &state{file: f}
	d.obsidian = hidesInObsidian(d.src)
	if d.root = d.simple(start, st); d.root == nil {
		d.root = d.whole(start, st)
	}
	d.ends = st.ends
	d.Diags = append(d.Diags, st.diags...)
	d.split()
	return d
}

// whole has goldmark read the body that begins at start.
func (d *Doc) whole(start int, st *state) ast.Node {
	pc := parser.NewContext(parser.WithIDs(noIDs{}))
	pc.Set(stateKey, st)
	r := text.NewReader(d.src)
	r.SetPosition(-1, text.NewSegment(start, start))
	r.AdvanceLine()
	return choose(d.engine.bodies, mayHoldAddress(d.src[start:])).Parse(r, parser.WithContext(pc))
}

// State is what the parsers of this package note while goldmark parses.
type state struct {
	file  *diag.File
	diags diag.List
	ends  map[ast.Node]int // where each CommonMark link ends in the file
}

var stateKey = parser.NewContextKey()

func stateOf(pc parser.Context) *state { return pc.Get(stateKey).(*state) }

func (s *state) errorf(start, end int, code, format string, args ...any) *diag.Diagnostic {
	return s.diags.Errorf(s.file.Span(start, end), code, format, args...)
}

// NoIDs stands in for goldmark's heading ids, which this package does not use.
type noIDs struct{}

func (noIDs) Generate([]byte, ast.NodeKind) []byte { return nil }
func (noIDs) Put([]byte)                           {}
