package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

func (w *writer) inlines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.inline(c)
	}
}

func (w *writer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.textNode(n)
	case *ast.String:
		w.plain(n.Value)
	case *ast.CodeSpan:
		w.codeSpan(n)
	case *ast.Emphasis:
		if n.Level == 2 {
			w.wrap("<strong>", n, "</strong>")
		} else {
			w.wrap("<em>", n, "</em>")
		}
	case *east.Strikethrough:
		w.wrap("<del>", n, "</del>")
	case *linkNode:
		w.wikiLink(n)
	case *citeNode:
		w.citation(n)
	case *ast.Link:
		w.link(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Image:
		w.image(n)
	case *ast.RawHTML:
		w.rawInline(n)
	case *east.TaskCheckBox:
		w.task(n)
	case *east.FootnoteLink:
		w.footnoteLink(n)
	case *east.FootnoteBacklink:
		w.backlinks(n)
	}
}

// Wrap renders a node between two tags, and nothing if it is clipped away.
func (w *writer) wrap(open string, n ast.Node, end string) {
	before, holes := len(w.html), len(w.holes)
	w.str(open)
	inner := len(w.html)
	w.inlines(n)
	if len(w.html) == inner && len(w.holes) == holes {
		w.html = w.html[:before]
		return
	}
	w.str(end)
}

// Within reports whether a construct is to be shown whole.
func (w *writer) within(start, end int) bool {
	return w.clip == nil || start >= w.clip.start && end <= w.clip.end
}

func (w *writer) textNode(n *ast.Text) {
	seg := n.Segment
	if w.clip != nil {
		end := seg.Stop
		seg.Start, seg.Stop = max(seg.Start, w.clip.start), min(seg.Stop, w.clip.end)
		if seg.Start < seg.Stop {
			w.plain(w.doc.src[seg.Start:seg.Stop])
		}
		if end >= w.clip.start && end < w.clip.end {
			w.lineBreak(n)
		}
		return
	}
	if seg.Start < seg.Stop {
		w.plain(w.doc.src[seg.Start:seg.Stop])
	}
	w.lineBreak(n)
}

func (w *writer) lineBreak(n *ast.Text) {
	switch {
	case n.HardLineBreak() && !w.oneLine:
		w.str("<br>\n")
	case (n.HardLineBreak() || n.SoftLineBreak()) && w.oneLine:
		w.str(" ")
	case n.SoftLineBreak():
		w.str("\n")
	default:
		return
	}
	w.text = append(w.text, ' ')
}

// Plain writes raw Markdown text: its escapes and entities are resolved.
func (w *writer) plain(raw []byte) {
	if w.doc.traits&isMarkup == 0 {
		w.html = append(w.html, raw...)
		w.text = append(w.text, raw...)
		return
	}
	if bytes.IndexByte(raw, '\\') < 0 && bytes.IndexByte(raw, '&') < 0 {
		w.literal(raw)
		return
	}
	pieces(raw, func(p piece) { w.literal(p.text) })
}

// Literal writes text as it is.
func (w *writer) literal(s []byte) {
	w.html = escapeHTML(w.html, s)
	w.text = append(w.text, s...)
}

func (w *writer) codeSpan(n *ast.CodeSpan) {
	before := len(w.html)
	w.str("<code>")
	inner := len(w.html)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			continue
		}
		start, stop := t.Segment.Start, t.Segment.Stop
		if w.clip != nil {
			start, stop = max(start, w.clip.start), min(stop, w.clip.end)
		}
		if start >= stop {
			continue
		}
		s := w.doc.src[start:stop]
		if s[len(s)-1] != '\n' {
			w.literal(s)
			continue
		}
		w.literal(bytes.TrimRight(s, "\r\n"))
		w.literal([]byte(" "))
	}
	if len(w.html) == inner && w.clip != nil {
		w.html = w.html[:before]
		return
	}
	w.str("</code>")
}

// LinkHole opens a hole for a link and renders its label, if any, aside.
func (w *writer) linkHole(h Hole, target, anchor []byte, label ast.Node) {
	h.At, h.TextAt = len(w.html), len(w.text)
	l := loose{anchor: w.aside(anchor)}
	if label != nil {
		w.inLabel++
		w.inlines(label)
		w.inLabel--
		html := w.html[h.At:]
		if l.plain = bytes.Equal(html, w.text[h.TextAt:]); !l.plain {
			l.label = w.aside(html)
		}
		w.html = w.html[:h.At]
		h.Piped = len(html) > 0
	}
	if h.Piped {
		l.target = w.aside(target)
	} else {
		w.text = append(w.text, target...)
		l.target = rng{len(w.text) - len(target), len(w.text)}
	}
	h.TextLen = len(w.text) - h.TextAt
	w.holes, w.loose = append(w.holes, h), append(w.loose, l)
}

func (w *writer) wikiLink(n *linkNode) {
	if !w.within(n.start, n.end) {
		return
	}
	if w.inLabel > 0 || w.textOnly {
		if n.piped {
			w.inlines(n)
		} else {
			w.literal(n.target)
		}
		return
	}
	var label ast.Node
	if n.piped {
		label = n
	}
	w.linkHole(Hole{Kind: Link, Span: rangeOf(n.start, n.end)}, n.target, n.anchor, label)
}

func (w *writer) citation(n *citeNode) {
	if !w.within(n.start, n.end) || w.inLabel > 0 || w.textOnly {
		return
	}
	// A note stands at the word it belongs to.
	for len(w.html) > w.leafHTML && isSpace(w.html[len(w.html)-1]) && !w.holeAt(len(w.html)) {
		w.html = w.html[:len(w.html)-1]
	}
	for len(w.text) > w.leafText && isSpace(w.text[len(w.text)-1]) && !w.holeEnds(len(w.text)) {
		w.text = w.text[:len(w.text)-1]
	}
	h := Hole{Kind: Cite, Span: rangeOf(n.start, n.end), At: len(w.html), TextAt: len(w.text)}
	first := len(w.cites)
	for i := range n.cites {
		c := n.cites[i]
		c.source = w.aside(n.s[c.source.start:c.source.end])
		c.claim = w.aside(n.s[c.claim.start:c.claim.end])
		c.locator = w.aside(collapsed(n.s[c.locator.start:c.locator.end]))
		w.cites = append(w.cites, c)
	}
	w.holes, w.loose = append(w.holes, h), append(w.loose, loose{cites: rng{first, len(w.cites)}})
}

func (w *writer) holeAt(at int) bool {
	n := len(w.holes)
	return n > 0 && w.holes[n-1].At >= at
}

func (w *writer) link(n *ast.Link) {
	start := max(n.Pos(), 0)
	end := max(start, w.doc.ends[n])
	if !w.within(start, end) {
		return
	}
	if w.inLabel > 0 || w.textOnly {
		w.inlines(n)
		return
	}
	if path, anchor, ok := recordPath(n.Destination); ok {
		w.linkHole(Hole{Kind: Link, Span: rangeOf(start, end), IsPath: true}, []byte(path), []byte(anchor), n)
		return
	}
	dest := href(n.Destination)
	kind := classify(dest)
	if kind == unsafe {
		w.inlines(n)
		return
	}
	w.anchor(dest, kind == external)
	if n.Title != nil {
		w.html = w.html[:len(w.html)-1]
		w.str(` title="`)
		w.html = escapeHTML(w.html, decode(n.Title))
		w.str(`">`)
	}
	w.inLabel++
	w.inlines(n)
	w.inLabel--
	w.str("</a>")
}

// Anchor opens an <a>.
func (w *writer) anchor(dest string, external bool) {
	w.str(`<a href="`)
	w.html = escapeHTML(w.html, []byte(dest))
	if external {
		w.str(`" rel="noopener external">`)
	} else {
		w.str(`">`)
	}
}

func (w *writer) autoLink(n *ast.AutoLink) {
	label := n.Label(w.doc.src)
	start := offsetOf(w.doc.src, label)
	if !w.within(start, start+len(label)) {
		return
	}
	dest := href(n.URL(w.doc.src))
	if n.AutoLinkType == ast.AutoLinkEmail {
		dest = "mailto:" + dest
	}
	if w.inLabel > 0 || w.textOnly || classify(dest) != external {
		w.literal(label)
		return
	}
	w.anchor(dest, true)
	w.literal(label)
	w.str("</a>")
}

func (w *writer) image(n *ast.Image) {
	if start := max(n.Pos(), 0); !w.within(start, start) {
		return
	}
	dest := href(n.Destination)
	alt := w.doc.textOf(n)
	if w.textOnly {
		w.text = append(w.text, alt...)
		return
	}
	switch kind := classify(dest); kind {
	case unsafe, external:
		text := []byte(alt)
		if strings.TrimSpace(alt) == "" {
			text = []byte(dest)
		}
		if kind == unsafe || w.inLabel > 0 {
			w.literal(text)
			return
		}
		w.anchor(dest, true)
		w.literal(text)
		w.str("</a>")
		return
	}
	w.str(`<img src="`)
	w.html = escapeHTML(w.html, []byte(dest))
	w.str(`" alt="`)
	w.html = escapeHTML(w.html, []byte(alt))
	if n.Title != nil {
		w.str(`" title="`)
		w.html = escapeHTML(w.html, decode(n.Title))
	}
	w.str(`" loading="lazy">`)
	w.text = append(w.text, alt...)
}

func (w *writer) rawInline(n *ast.RawHTML) {
	if start := max(n.Pos(), 0); !w.within(start, start) {
		return
	}
	raw := n.Segments.Value(w.doc.src)
	switch {
	case bytes.HasPrefix(raw, []byte("<!--")):
	case w.textOnly:
		w.text = append(w.text, raw...)
	case w.doc.engine.rawHTML && w.inLabel == 0:
		w.html = append(w.html, raw...)
	default:
		w.literal(raw)
	}
}

func (w *writer) task(n *east.TaskCheckBox) {
	if w.clip != nil || w.textOnly {
		return
	}
	if n.IsChecked {
		w.str(`<input type="checkbox" disabled checked aria-label="done"> `)
	} else {
		w.str(`<input type="checkbox" disabled aria-label="not done"> `)
	}
}
