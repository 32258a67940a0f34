package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Check reports the mistakes in n and what is in it that the parsers have not
// reported, and gives each heading its id.
func (d *Doc) check(n ast.Node, inLink bool) {
	switch n := n.(type) {
	case *ast.Text:
		if d.obsidian {
			d.checkText(n)
		}
		return
	case *ast.Heading:
		d.checkHeading(n)
	case *ast.HTMLBlock:
		d.checkComment(n)
	case *linkNode:
		if inLink {
			d.Diags.Errorf(d.file.Span(n.start, n.end), "markdown/link", "a link cannot stand in a link")
		}
		return
	case *citeNode:
		if inLink {
			d.Diags.Errorf(d.file.Span(n.start, n.end), "markdown/citation", "a citation cannot stand in a link").
				Note("write it after the link")
		}
		return
	case *ast.Link:
		inLink = true
		span := d.file.Span(max(n.Pos(), 0), d.ends[n])
		dest := href(n.Destination)
		if dest == "" {
			d.Diags.Warnf(span, "markdown/empty-link", "the link leads nowhere").
				Note("write the address between the parentheses")
		}
		switch classify(dest) {
		case unsafe:
			d.Diags.Warnf(span, "markdown/unsafe-link", "the address %q is not linked: it is shown as text", dest).
				Note("link to https, http or mailto")
		case rooted:
			d.Diags.Warnf(span, "markdown/rooted-link", "the address %q holds only where the site is at the root of its host", dest).
				Note("write a relative address")
		}
	case *ast.AutoLink:
		if dest := href(n.URL(d.src)); n.AutoLinkType == ast.AutoLinkURL && classify(dest) != external {
			start := offsetOf(d.src, n.Label(d.src))
			d.Diags.Warnf(d.file.Span(start, start+len(n.Label(d.src))), "markdown/unsafe-link", "the address %q is not linked: it is shown as text", dest).
				Note("link to https, http or mailto")
		}
		return
	case *ast.Image:
		d.checkImage(n)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		d.check(c, inLink)
	}
}

// CheckHeading gives a heading its id and the level at which it is shown: 2 or
// more, and one more than that of the heading before it at the most, since a
// page that skips a level is no valid outline.
func (d *Doc) checkHeading(h *ast.Heading) {
	text := strings.TrimSpace(d.textOf(h))
	shown := Heading{Level: min(max(h.Level, 2), max(d.lastLevel, 1)+1), Text: text}
	start, end := lineRange(h, d.src)
	switch span := d.file.Span(start, end); {
	case text == "":
		d.Diags.Warnf(span, "markdown/heading-level", "the heading is empty: it is left out").
			Note("write the heading after the marks, on the same line")
	case h.Level == 1:
		d.Diags.Warnf(span, "markdown/heading-level", "a page has its title already: this heading is shown as one of level 2").
			Note(`write "## " for a section, or give the page its title in the front matter`)
	case h.Level > shown.Level:
		d.Diags.Warnf(span, "markdown/heading-level", "the heading skips a level: it is shown as one of level %d", shown.Level).
			Note("write %q before it", strings.Repeat("#", shown.Level)+" ")
	}
	shown.ID = d.tree.ids.make(text)
	d.tree.shown[h] = shown
	d.lastLevel = shown.Level
}

func (d *Doc) checkComment(n *ast.HTMLBlock) {
	if n.HTMLBlockType != ast.HTMLBlockType2 || n.HasClosure() {
		return
	}
	raw := n.Lines().Value(d.src)
	if bytes.Contains(raw, []byte("-->")) {
		return
	}
	start, _ := trim(d.src, max(n.Pos(), 0), len(d.src))
	d.Diags.Errorf(d.file.Span(start, min(start+4, len(d.src))), "markdown/comment", `the comment is never closed: there is no "-->"`).
		Note("all that follows it would be left out of the page")
}

func (d *Doc) checkImage(n *ast.Image) {
	span := d.file.Span(max(n.Pos(), 0), max(n.Pos(), 0)+2)
	switch dest := href(n.Destination); classify(dest) {
	case external, unsafe:
		d.Diags.Warnf(span, "markdown/remote-image", "a page loads nothing from elsewhere: the image is shown as a link").
			Note("keep a copy of the image in the project, and link to that")
	}
	if strings.TrimSpace(d.textOf(n)) == "" {
		d.Diags.Warnf(span, "markdown/image-alt", "the image has no description").
			Note("write what it shows: ![description](file.png)")
	}
}

// TextOf returns the plain text of a node.
func (d *Doc) textOf(n ast.Node) string {
	w := newWriter(d)
	defer w.free()
	w.textOnly = true
	w.inlines(n)
	return string(w.text)
}

// UnusedNotes reports footnotes to which nothing refers, which goldmark's
// transformer is about to drop.
type unusedNotes struct{}

func (unusedNotes) Transform(root *ast.Document, r text.Reader, pc parser.Context) {
	st := stateOf(pc)
	if !bytes.Contains(r.Source(), []byte("[^")) {
		return
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		if f, ok := n.(*east.Footnote); ok && entering && f.Index < 0 {
			start := min(max(n.Pos(), 0), len(r.Source()))
			end := min(start+len(f.Ref)+3, len(r.Source()))
			st.diags.Warnf(st.file.Span(start, end), "markdown/footnote", "nothing refers to the footnote %q: it is left out", f.Ref).
				Note("write [^%s] where it belongs", f.Ref)
		}
		return ast.WalkContinue, nil
	})
}
