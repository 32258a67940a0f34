package markdown

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// A writer renders syntax trees into a fragment: HTML, plain text and holes
// in one walk.
type writer struct {
	doc   *Doc
	html  []byte
	text  []byte
	holes []Hole
	loose []loose // of each hole, what fragment adds to it
	cites []rawCitation
	spare []byte // what stands in neither HTML nor text
	heads []Heading

	leafHTML, leafText, leafHole int // where the current leaf begins

	oneLine   bool // a line break is a space
	textOnly  bool // only the text is wanted, and no holes
	inHeading bool // of Section.Heading
	inLabel   int  // in a link: the links in it are text
	clip      *rng // only what stands in this range of the file
	note      int  // number of the footnote being rendered
}

// Writers are kept for their buffers.
var writers = sync.Pool{New: func() any { return new(writer) }}

func newWriter(d *Doc) *writer {
	w := writers.Get().(*writer)
	w.doc = d
	return w
}

// A loose is what becomes strings of a hole in the end, in ranges of spare, but
// for the sentence and the target of a link that is not piped: they are in text.
type loose struct {
	target, anchor, label rng
	plain                 bool // the label is its own text, without markup
	cites                 rng  // in cites
	sentence              rng
}

// Fragment returns what was rendered, and gives the writer back. All its
// strings are parts of one, which is as long as they are: there are many
// fragments, and most are short.
func (w *writer) fragment() Fragment {
	text := bytes.TrimSuffix(w.text, []byte("\n"))
	var b strings.Builder
	at := len(w.html) // where the text begins
	if bytes.Equal(text, w.html) {
		at = 0 // as in most headings
	}
	b.Grow(at + len(text) + len(w.spare))
	b.Write(w.html[:at])
	b.Write(text)
	b.Write(w.spare)
	all := b.String()
	f := Fragment{HTML: all[:len(w.html)], Text: all[at : at+len(text)], Holes: slices.Clone(w.holes), Headings: w.heads}
	spare := all[at+len(text):]
	cites := make([]Citation, len(w.cites))
	for i := range w.cites {
		c := &w.cites[i]
		cites[i] = Citation{Source: c.source.of(spare), Claim: c.claim.of(spare), Locator: c.locator.of(spare), Span: c.span}
	}
	for i := range f.Holes {
		h, l := &f.Holes[i], &w.loose[i]
		s := l.sentence
		if s.start > len(text) { // a citation alone in the last line
			s.start, s.end, h.TextAt = len(text), len(text), len(text)
		}
		h.Sentence = rangeOf(s.start, s.end)
		h.Anchor = l.anchor.of(spare)
		switch {
		case h.Kind == Cite:
			h.Cites = cites[l.cites.start:l.cites.end:l.cites.end]
		case h.Piped:
			h.Target, h.Label = l.target.of(spare), l.label.of(spare)
			if l.plain {
				h.Label = f.Text[h.TextAt : h.TextAt+h.TextLen]
			}
		default:
			h.Target = l.target.of(f.Text)
		}
	}
	w.free()
	return f
}

// of returns the part of s that r is.
func (r rng) of(s string) string { return s[r.start:r.end] }

func (w *writer) free() {
	clear(w.cites) // they name the file
	clear(w.holes)
	*w = writer{
		html: w.html[:0], text: w.text[:0], spare: w.spare[:0],
		holes: w.holes[:0], loose: w.loose[:0], cites: w.cites[:0],
	}
	writers.Put(w)
}

// aside puts aside what is to become a string.
func (w *writer) aside(s []byte) rng {
	w.spare = append(w.spare, s...)
	return rng{len(w.spare) - len(s), len(w.spare)}
}

func (w *writer) str(s string) { w.html = append(w.html, s...) }

func (w *writer) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.block(c)
	}
}

// Leaf renders a block that holds text, between two tags.
func (w *writer) leaf(open string, n ast.Node, end string) {
	w.str(open)
	w.openLeaf()
	w.inlines(n)
	w.closeLeaf()
	w.str(end)
}

// OpenLeaf begins a block of text.
func (w *writer) openLeaf() {
	w.leafHTML, w.leafText, w.leafHole = len(w.html), len(w.text), len(w.holes)
}

// CloseLeaf ends a block of text: it finds the sentences of its holes.
func (w *writer) closeLeaf() {
	for len(w.text) > w.leafText && isSpace(w.text[len(w.text)-1]) && !w.holeEnds(len(w.text)) {
		w.text = w.text[:len(w.text)-1]
	}
	if len(w.holes) > w.leafHole {
		w.sentences()
	}
	if len(w.text) > w.leafText {
		w.text = append(w.text, '\n')
	}
}

// HoleEnds reports whether the text of the last hole ends at an offset.
func (w *writer) holeEnds(at int) bool {
	n := len(w.holes)
	return n > w.leafHole && w.holes[n-1].TextAt+w.holes[n-1].TextLen >= at
}

func (w *writer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		if n.HasChildren() {
			w.leaf("<p>", n, "</p>\n")
		}
	case *ast.TextBlock:
		w.leaf("", n, "")
		if n.NextSibling() != nil {
			w.str("\n")
		}
	case *ast.Heading:
		w.heading(n)
	case *ast.List:
		w.list(n)
	case *ast.Blockquote:
		w.blockquote(n)
	case *ast.ThematicBreak:
		w.str("<hr>\n")
	case *ast.CodeBlock:
		w.code("", n.Lines().Value(w.doc.src))
	case *ast.FencedCodeBlock:
		w.code(string(decode(n.Language(w.doc.src))), n.Lines().Value(w.doc.src))
	case *ast.HTMLBlock:
		w.rawBlock(n)
	case *east.Table:
		w.table(n)
	case *east.DefinitionList:
		w.str("<dl>\n")
		w.children(n)
		w.str("</dl>\n")
	case *east.DefinitionTerm:
		w.leaf("<dt>", n, "</dt>\n")
	case *east.DefinitionDescription:
		w.str("<dd>")
		w.children(n)
		w.str("</dd>\n")
	case *east.FootnoteBacklink:
		w.str("<p>")
		w.backlinks(n)
		w.str("</p>\n")
	}
}

func (w *writer) heading(n *ast.Heading) {
	h := w.doc.tree.shown[n]
	if h.Text == "" {
		return
	}
	tag := "h" + strconv.Itoa(h.Level)
	w.str("<" + tag + ` id="`)
	w.html = escapeHTML(w.html, []byte(h.ID))
	w.leaf(`">`, n, "</"+tag+">\n")
	w.heads = append(w.heads, h)
}

func (w *writer) list(n *ast.List) {
	end := "</ul>\n"
	switch {
	case !n.IsOrdered():
		w.str("<ul>\n")
	case n.Start == 1:
		w.str("<ol>\n")
		end = "</ol>\n"
	default:
		w.str(`<ol start="` + strconv.Itoa(n.Start) + `">` + "\n")
		end = "</ol>\n"
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		first := c.FirstChild()
		if isTask(first) {
			w.str(`<li class="task">`)
		} else {
			w.str("<li>")
		}
		if first != nil && first.Kind() != ast.KindTextBlock {
			w.str("\n")
		}
		w.children(c)
		w.str("</li>\n")
	}
	w.str(end)
}

func isTask(n ast.Node) bool {
	return n != nil && n.FirstChild() != nil && n.FirstChild().Kind() == east.KindTaskCheckBox
}

func (w *writer) blockquote(n *ast.Blockquote) {
	a := alertOf(n)
	if a == nil {
		w.str("<blockquote>\n")
		w.children(n)
		w.str("</blockquote>\n")
		return
	}
	w.str(`<div class="alert alert-` + a.kind + `" role="note">` + "\n" +
		`<p class="alert-title">` + strings.ToUpper(a.kind[:1]) + a.kind[1:] + "</p>\n")
	w.children(n)
	w.str("</div>\n")
}

// Table renders a table in a box that scrolls alone, by keyboard too.
func (w *writer) table(n *east.Table) {
	label := "Table"
	if w.doc.tables++; w.doc.tables > 1 {
		label += " " + strconv.Itoa(w.doc.tables)
	}
	w.str(`<div class="table" role="region" tabindex="0" aria-label="` + label + "\">\n<table>\n")
	inBody := false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		head := row.Kind() == east.KindTableHeader
		if head {
			w.str("<thead>\n")
		} else if !inBody {
			inBody = true
			w.str("<tbody>\n")
		}
		w.str("<tr>\n")
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			w.cell(c.(*east.TableCell), head)
		}
		w.str("</tr>\n")
		if head {
			w.str("</thead>\n")
		}
	}
	if inBody {
		w.str("</tbody>\n")
	}
	w.str("</table>\n</div>\n")
}

func (w *writer) cell(c *east.TableCell, head bool) {
	open, end := "<td", "</td>\n"
	if head && c.HasChildren() { // an empty header heads nothing
		open, end = `<th scope="col"`, "</th>\n"
	}
	switch c.Alignment {
	case east.AlignLeft:
		open += ` class="left"`
	case east.AlignCenter:
		open += ` class="center"`
	case east.AlignRight:
		open += ` class="right"`
	}
	w.leaf(open+">", c, end)
}

// Code renders a block of code. It can be scrolled by keyboard.
func (w *writer) code(language string, code []byte) {
	w.str(`<pre class="code" tabindex="0"><code`)
	if language != "" {
		w.str(` class="language-`)
		w.html = escapeHTML(w.html, []byte(language))
		w.str(`"`)
	}
	w.str(">")
	w.html = highlight(w.html, language, code)
	w.str("</code></pre>\n")
	w.addText(bytes.TrimSpace(code))
}

// AddText adds lines to the plain text only.
func (w *writer) addText(s []byte) {
	for _, c := range s {
		if c != '\r' {
			w.text = append(w.text, c)
		}
	}
	if len(s) > 0 {
		w.text = append(w.text, '\n')
	}
}

func (w *writer) rawBlock(n *ast.HTMLBlock) {
	raw := htmlBlock(n, w.doc.src)
	if len(bytes.TrimSpace(raw)) == 0 {
		return
	}
	if w.doc.engine.rawHTML {
		w.html = append(w.html, raw...)
		if raw[len(raw)-1] != '\n' {
			w.str("\n")
		}
		return
	}
	raw = bytes.Trim(raw, "\r\n")
	w.str(`<pre class="raw-html" tabindex="0">`)
	w.html = escapeHTML(w.html, raw)
	w.str("</pre>\n")
	w.addText(bytes.TrimSpace(raw))
}

// HTMLBlock returns the raw text of an HTML block without its comments.
func htmlBlock(n *ast.HTMLBlock, src []byte) []byte {
	raw := n.Lines().Value(src)
	if n.HasClosure() {
		raw = append(raw, n.ClosureLine.Value(src)...)
	}
	return dropComments(raw)
}

func dropComments(raw []byte) []byte {
	var out []byte
	for {
		i := bytes.Index(raw, []byte("<!--"))
		if i < 0 {
			return append(out, raw...)
		}
		out = append(out, raw[:i]...)
		// "<!-->" and "<!--->" are comments too.
		// https://spec.commonmark.org/0.31.2/#html-comment
		j := bytes.Index(raw[i+2:], []byte("-->"))
		if j < 0 {
			return out
		}
		raw = raw[i+2+j+3:]
	}
}
