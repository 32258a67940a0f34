package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
)

// What Obsidian does not show is text here: an editor who writes there would
// publish what was meant for nobody.
// https://help.obsidian.md/syntax
var (
	obsidianComment = []byte("%%")
	obsidianBlock   = regexp.MustCompile(`(?:^|\s)\^[0-9A-Za-z-]+\s*$`)
)

// hidesInObsidian reports whether a text may hold something of it.
func hidesInObsidian(src []byte) bool {
	if bytes.Contains(src, obsidianComment) {
		return true
	}
	for i := 0; ; i++ { // "^" is rarer than what stands before it
		n := bytes.IndexByte(src[i:], '^')
		if n < 0 {
			return false
		}
		if i += n; i > 0 && (src[i-1] == ' ' || src[i-1] == '\n') {
			return true
		}
	}
}

// checkText warns of a comment of Obsidian's, and of the id of a block, at the
// end of one.
func (d *Doc) checkText(n *ast.Text) {
	if n.Parent().Kind() == ast.KindCodeSpan {
		return
	}
	start, text := n.Segment.Start, n.Segment.Value(d.src)
	if i := bytes.Index(text, obsidianComment); i >= 0 && !d.commented {
		d.commented = true // the second pair closes it
		d.Diags.Warnf(d.file.Span(start+i, start+i+2), "markdown/obsidian", "%%%% hides a text in Obsidian only: here it is published").
			Note("write <!-- ... -->, which is published by neither")
	}
	if n.NextSibling() == nil && n.Parent().Type() == ast.TypeBlock {
		if m := obsidianBlock.FindIndex(text); m != nil {
			mark := m[0] + bytes.IndexByte(text[m[0]:], '^')
			d.Diags.Warnf(d.file.Span(start+mark, start+m[1]), "markdown/obsidian", "the id that Obsidian gives to a block is text here: it is published").
				Note("delete it, and link to a heading: [[page#heading]]")
		}
	}
}
