package render

import (
	"strings"
	"text/template/parse"
)

// trim drops from the text of a template the white space that only lays out
// its source, and what [lean] leaves out. It changes nothing but text nodes, so that the lines of errors
// stay right.
func trim(t *parse.Tree) {
	if t != nil && t.Root != nil {
		trimList(t.Root)
	}
}

func trimList(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			n.Text = []byte(lean(trimText(string(n.Text))))
		case *parse.IfNode:
			trimBranch(&n.BranchNode)
		case *parse.RangeNode:
			trimBranch(&n.BranchNode)
		case *parse.WithNode:
			trimBranch(&n.BranchNode)
		}
	}
}

func trimBranch(n *parse.BranchNode) {
	trimList(n.List)
	trimList(n.ElseList)
}

const space = " \t\r\n"

// trimText drops each run of white space with a line break in it that stands
// beside a tag or at an end of the text, where an action is, and makes any
// other one space.
func trimText(s string) string {
	var b strings.Builder
	for s != "" {
		i := strings.IndexAny(s, space)
		if i < 0 {
			break
		}
		rest := strings.TrimLeft(s[i:], space)
		run := s[i : len(s)-len(rest)]
		b.WriteString(s[:i])
		switch {
		case !strings.Contains(run, "\n"):
			b.WriteString(run)
		case b.Len() == 0 || rest == "" || rest[0] == '<' || strings.HasSuffix(s[:i], ">"):
		default:
			b.WriteByte(' ')
		}
		s = rest
	}
	b.WriteString(s)
	return b.String()
}
