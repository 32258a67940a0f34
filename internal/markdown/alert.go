package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"readout/internal/diag"
)

// An alert is a blockquote whose first line is a marker.
// https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts

var alertKinds = []string{"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"}

// An alertNode is the first child of a blockquote that is an alert.
type alertNode struct {
	ast.BaseBlock
	kind string // as in "note"
}

var kindAlert = ast.NewNodeKind("ReadoutAlert")

func (n *alertNode) Kind() ast.NodeKind         { return kindAlert }
func (n *alertNode) IsRaw() bool                { return true }
func (n *alertNode) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// AlertOf returns the mark of a blockquote that is an alert, else nil.
func alertOf(n ast.Node) *alertNode {
	a, _ := n.FirstChild().(*alertNode)
	return a
}

// AlertTransformer takes the marker line out of the paragraph that opens a
// blockquote, before the paragraph's links are read.
type alertTransformer struct{}

func (alertTransformer) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	if p.Parent().Kind() != ast.KindBlockquote || p.PreviousSibling() != nil {
		return
	}
	lines := p.Lines()
	seg := lines.At(0)
	start, end := trim(r.Source(), seg.Start, seg.Stop)
	line := r.Source()[start:end]
	if !bytes.HasPrefix(line, []byte("[!")) {
		return
	}
	stop := bytes.IndexByte(line, ']')
	if stop < 0 {
		return
	}
	word := string(line[2:stop])
	kind := ""
	for _, k := range alertKinds {
		if strings.EqualFold(k, word) {
			kind = strings.ToLower(k)
		}
	}
	st := stateOf(pc)
	rest := bytes.TrimSpace(line[stop+1:])
	if kind == "" {
		if isWord(word) && len(rest) == 0 {
			st.diags.Warnf(st.file.Span(start+2, start+stop), "markdown/alert", "there is no alert of the kind %q", word).
				DidYouMean(word, alertKinds)
		}
		return
	}
	if len(rest) > 0 {
		st.diags.Warnf(diag.Span{File: st.file, Start: end - len(rest), End: end}, "markdown/alert",
			"the marker of an alert stands alone on its line").Note("begin the text on the next line")
	}
	a := &alertNode{kind: kind}
	a.SetPos(start)
	p.Parent().InsertBefore(p.Parent(), p, a)
	if len(rest) > 0 {
		seg.Start, seg.Padding = end-len(rest), 0
		lines.Set(0, seg)
		return
	}
	lines.SetSliced(1, lines.Len())
	if lines.Len() == 0 {
		p.Parent().RemoveChild(p.Parent(), p)
	}
}

func isWord(s string) bool {
	for _, c := range s {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z') {
			return false
		}
	}
	return s != ""
}
