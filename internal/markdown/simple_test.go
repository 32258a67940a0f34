package markdown

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/yuin/goldmark/ast"

	"readout/internal/diag"
)

// simpleBodies are bodies, and nearly ones, that are read without goldmark.
var simpleBodies = []string{
	"Words, and\nmore words.\n\nA second paragraph",
	"## A heading *with* [[a-link]] \nand words\n# Two\n###### Six\n####### seven\n#none\n## end ##\n",
	"- one\n- two [[a|b *c*]]\n- [[c]]: d\n\n> quoted **words** of\n> two lines [@a#b, p. 3; @c]\n\n> another\n",
	"words\n- an item\n- 2024-01-02: another\n## h\n- a\n> q\n",
	"> a\n- b\n", "> a\nb\n", "- a\nb\n", "- a\n\n- b\n", "- a\n  b\n", "> - a\n", "> a\n>\n> b\n", ">a\n", ">  a\n", "-  a\n", "- [ ] a\n", "- [a]: b\n",
	"[@a]: /b\n\n[@a]\n", "[[a]]: /b\n", "[a]\n\n[b]: c\n", "> [!NOTE]\n> a\n", "> [@a]: /b\n",
	"12. a\n", "1) a\n", "123456789. a\n", "1234567890. a\n", "1990 was\n", "* a\n", "***\n", "*a* b\n", "**a** b\n", "_a_\n", "__\n", "snake_case a__b _c\n",
	"*a*b *c d* *e*, (*f*) *g.* “*h*” *i *j* k* **l*m** a*b*c ***n*** *é* *—o—* *p\nq*\n", "a **\n", "*\n", "a * b * c\n", "[[a]]*b*[[c]]*d*\n", "*a [[b]] c*\n",
	"a\nb  \nc \nd\\\ne\n", "a [[b]] \nc\n", "a [[b]]\n[@c]\nd\n", "[[a\\|b]] [[a|b\\]c]] [[a [b] c]] [[[a]]] [[a]](b) [@a](b) [[a\nb]] [@a\n] ![[a]] ![@a] ![a](b) !a ! !\n",
	"a | b\n- | -\n", "a\n|-|\n", "a\n:-\n", "a\n---\n", "a\n===\n", "a\n: b\n", "a\n--\n", "| a |\n|---|\n| b |\n", "a\n\n    b\n", "```\na\n```\n", "~~~\n", "`a` b\n", "<div>\n", "a <b> c\n",
	"see https://a.example/b and www.c.example\n\nmail d@e.example\n\nnone [@f]\n", "- www.a.example\n", "*www.a.example*\n",
	"a &amp; b &c; & d\n", "\\a \\* b\n", "a\r\nb\r\n", "a\tb\n", "a\n \nb\n", "a\vb\n", "\fa\n", "a %% b %%\n", "a ^b\n", "[^a] b\n", "[^a] b\n\n[^a]: c\n", "a\n[^b]: c\n", "> a\n> [^b]: c\n", "\n\n\n", "",
	"[a](b.md#c) [[d]]\n\n*e\n\n[f\n", "# \n", "#\n", "## a \n", "##  a\n", "## # a\n", "- # a\n", "- > a\n", "- - a\n", "-\n", "- \n", ">\n", "> \n", "> # a\n", "a\n> b\n", "a\n## b\nc\n",
	"- a\n- b\n* c\n", "- a\n\nb\n\n- c\n", "- a\n\n## b\n- c\n", "'a' \"b\" (c) /d .e ,f ;g ?h @i $j %k &l {m} ]n\n", "$a\n%b\n&c\n'd\n",
	"a [...] b […] [sic] [a](b) [c][d] [e] (f) []\n[g\nh] [i][[j]] [k *l* m] *[n]* [o]: p [q]\n", "> [...] a [...]\n", "- [...] a\n", "[...]\n\n[...]: a\n", "a [x] b [ ] [^c] [!d]\n", "a [b]\n(c)\n", "[a] [b]\n",
	"2025-01~: a\n\n~b\n\nc~ d~\n\n~e\nf~\n\n*g~* ~*h*\n\n~~\n\na ~ b\n", "- 2025~: a\n- ~b\n",
	"+a\n+ b\n", "=a\n", "—a\n“b”\n",
}

// FuzzSimple: what is read without goldmark has goldmark's tree.
func FuzzSimple(f *testing.F) {
	for _, s := range simpleBodies {
		f.Add([]byte(s))
	}
	f.Add(benchPage)
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, one := range strings.Split(string(a.Files[0].Data), "\n\n") {
			f.Add([]byte(one))
		}
	}
	e := New(Options{})
	f.Fuzz(func(t *testing.T, data []byte) {
		d := &Doc{file: diag.NewFile("s.md", data), engine: e}
		d.src, d.traits = readable(d.file, 0, len(data), nil)
		d.obsidian = hidesInObsidian(d.src)
		for range 2 { // the second time with nodes that were used before
			d.tree = newTree()
			short, long := &state{file: d.file}, &state{file: d.file}
			root := d.simple(0, short)
			if root == nil {
				return
			}
			got := outline(d.src, root, short)
			want := outline(d.src, d.whole(0, long), long)
			if got != want {
				t.Fatalf("%q: got\n%s\nwant\n%s", data, got, want)
			}
			if !reflect.DeepEqual(short.diags, long.diags) {
				t.Fatalf("%q: %v, want %v", data, short.diags, long.diags)
			}
			d.tree.free()
		}
	})
}

// TestSimple: some bodies must not need goldmark.
func TestSimple(t *testing.T) {
	e := New(Options{})
	for i, body := range []string{simpleBodies[0], simpleBodies[2], simpleBodies[3], string(benchPage)} {
		d := &Doc{file: diag.NewFile("s.md", []byte(body)), engine: e, src: []byte(body), tree: newTree()}
		if d.simple(0, &state{file: d.file}) == nil {
			t.Errorf("%d: %q is not simple", i, body)
		}
	}
}

// outline writes down a tree with all that this package looks at. How a text
// is parted is not: neighbours are one.
func outline(src []byte, root ast.Node, st *state) string {
	var b strings.Builder
	var walk func(n ast.Node, depth int)
	walk = func(n ast.Node, depth int) {
		if t, ok := n.(*ast.Text); ok {
			if !follows(t) {
				fmt.Fprintf(&b, "%*sText %d \"", depth, "", t.Segment.Start)
			}
			b.Write(t.Segment.Value(src))
			if next, ok := n.NextSibling().(*ast.Text); !ok || !follows(next) {
				fmt.Fprintf(&b, "\" %v %v %v\n", t.SoftLineBreak(), t.HardLineBreak(), t.IsRaw())
			}
			return
		}
		fmt.Fprintf(&b, "%*s%s at %d", depth, "", n.Kind(), n.Pos())
		if n.Type() == ast.TypeBlock {
			for _, seg := range n.Lines().Sliced(0, n.Lines().Len()) {
				fmt.Fprintf(&b, " [%d %d %d %v]", seg.Start, seg.Stop, seg.Padding, seg.ForceNewline)
			}
		}
		switch n := n.(type) {
		case *ast.Heading:
			fmt.Fprintf(&b, " level %d", n.Level)
		case *ast.List:
			fmt.Fprintf(&b, " %c %v %d", n.Marker, n.IsTight, n.Start)
		case *ast.ListItem:
			fmt.Fprintf(&b, " offset %d", n.Offset)
		case *ast.Emphasis:
			fmt.Fprintf(&b, " level %d", n.Level)
		case *ast.Link:
			fmt.Fprintf(&b, " %q %q %d", n.Destination, n.Title, st.ends[n])
		case *ast.Image:
			fmt.Fprintf(&b, " %q %q", n.Destination, n.Title)
		case *ast.AutoLink:
			fmt.Fprintf(&b, " %q %d", n.Label(src), n.AutoLinkType)
		case *ast.RawHTML:
			fmt.Fprintf(&b, " %q", n.Segments.Value(src))
		case *linkNode:
			fmt.Fprintf(&b, " %q %q %d %v %d %d", n.target, n.anchor, n.at, n.piped, n.start, n.end)
		case *citeNode:
			fmt.Fprintf(&b, " %d %d", n.start, n.end)
			for _, c := range n.cites {
				one := c.citation(n.s)
				fmt.Fprintf(&b, " %q %q %q %d %d", one.Source, one.Claim, one.Locator, one.Span.Start, one.Span.End)
			}
		}
		b.WriteByte('\n')
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if c.Parent() != n {
				b.WriteString("not its child:\n")
			}
			walk(c, depth+1)
		}
	}
	walk(root, 0)
	return b.String()
}

// follows reports whether a text goes on with the one before it.
func follows(t *ast.Text) bool {
	before, ok := t.PreviousSibling().(*ast.Text)
	return ok && before.Segment.Stop == t.Segment.Start && !before.SoftLineBreak() && !before.HardLineBreak()
}
