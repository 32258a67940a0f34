package markdown

import (
	"bytes"
	"slices"
	"sort"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"readout/internal/diag"
)

// A Doc is a parsed body. It is for the parser that asked for it: it is not
// safe for concurrent use, and it is dropped when the records are made.
type Doc struct {
	Lead     []Block   // what stands before the first section
	Sections []Section // parted by headings of level 2
	Diags    diag.List // every mistake in the body

	file   *diag.File
	engine *Engine
	src    []byte // the file's data, fit for a page
	root   ast.Node
	tree   *tree // of root, unless goldmark has made it, and of the lists
	ends   map[ast.Node]int

	lastLevel int   // of the heading checked last
	traits    uint8 // of the body
	known     bool  // there is nothing to check but headings: see simple
	obsidian  bool  // the text may hold what only Obsidian hides
	commented bool  // a comment of its was found

	leafed bool // the leaves of the tree are known, for Inline
	notes  notes
	tables int // rendered so far
}

// A Section is a heading of level 2 and the blocks up to the next one.
type Section struct {
	Title   string    // plain text
	Heading Fragment  // without the <h2>
	ID      string    // of the heading
	Span    diag.Span // the text of the heading
	Blocks  []Block

	all []Block // the heading and the blocks
}

// Prose returns the section as blocks, its heading the first.
func (s Section) Prose() []Block { return s.all }

// BlockKind is what a parser of records needs to know of a block.
type BlockKind uint8

const (
	Other BlockKind = iota // a paragraph, a heading, a table, code …
	List                   // a bullet list or an ordered list
	Quote                  // a blockquote that is no alert
	Alert                  // a GitHub alert
)

func (k BlockKind) String() string {
	return [...]string{"other", "list", "quote", "alert"}[k]
}

// A Block is a block at the top level of a body. Comments, link definitions
// and footnotes are none.
type Block struct {
	Kind BlockKind
	Span diag.Span // from its first mark or word to its last word

	node ast.Node
}

// An Item is one line of a list: its first paragraph.
type Item struct {
	// Span is the raw text of the first paragraph, without the bullet. It may
	// run over several lines, and is empty where the item has no paragraph.
	Span    diag.Span
	HasMore bool // there is more in the item: a paragraph, a list, code
}

// Split parts the body into sections.
func (d *Doc) split() {
	blocks := slices.Grow(d.tree.blocks, d.root.ChildCount())
	d.Sections = d.tree.sections
	from := 0
	flush := func() {
		run := blocks[from:len(blocks):len(blocks)]
		if n := len(d.Sections); n > 0 {
			d.Sections[n-1].all, d.Sections[n-1].Blocks = run, run[1:]
		} else {
			d.Lead = run
		}
		from = len(blocks)
	}
	d.notes.list, _ = d.root.LastChild().(*east.FootnoteList)
	for n := d.root.FirstChild(); n != nil; n = n.NextSibling() {
		if !d.known || n.Kind() == ast.KindHeading {
			d.check(n, false)
		}
		if h, ok := n.(*ast.Heading); ok && h.Level == 2 {
			flush()
			d.Sections = append(d.Sections, d.section(h))
		}
		if b, ok := d.block(n); ok {
			blocks = append(blocks, b)
		}
	}
	flush()
	d.tree.blocks, d.tree.sections = blocks, d.Sections
}

func (d *Doc) block(n ast.Node) (Block, bool) {
	b := Block{Span: d.span(n), node: n}
	switch n := n.(type) {
	case *ast.List:
		b.Kind = List
	case *ast.Blockquote:
		b.Kind = Quote
		if alertOf(n) != nil {
			b.Kind = Alert
		}
	case *east.FootnoteList, *ast.LinkReferenceDefinition:
		return b, false
	case *ast.HTMLBlock:
		if len(bytes.TrimSpace(htmlBlock(n, d.src))) == 0 {
			return b, false
		}
	}
	return b, true
}

func (d *Doc) section(h *ast.Heading) Section {
	w := newWriter(d)
	w.inHeading = true
	w.openLeaf()
	w.inlines(h)
	w.closeLeaf()
	start, end := lineRange(h, d.src)
	s := Section{Heading: w.fragment(), ID: d.tree.shown[h].ID, Span: d.file.Span(start, end)}
	s.Title = s.Heading.Text
	return s
}

// Span returns where a block stands, without the marks that close it.
func (d *Doc) span(n ast.Node) diag.Span {
	start := min(max(n.Pos(), 0), len(d.src))
	return d.file.Span(start, max(start, d.end(n)))
}

// End returns the end of the last text in a block, 0 if there is none.
func (d *Doc) end(n ast.Node) int {
	if h, ok := n.(*ast.HTMLBlock); ok && h.HasClosure() {
		_, end := trim(d.src, h.ClosureLine.Start, h.ClosureLine.Stop)
		return end
	}
	if n.Lines().Len() > 0 {
		_, end := lineRange(n, d.src)
		return end
	}
	for c := n.LastChild(); c != nil && c.Type() != ast.TypeInline; c = c.PreviousSibling() {
		if end := d.end(c); end > 0 {
			return end
		}
	}
	return 0
}

// Items returns the items of a list, and none of another block.
func (d *Doc) Items(b Block) []Item {
	if b.Kind != List {
		return nil
	}
	items := make([]Item, 0, b.node.ChildCount())
	for n := b.node.FirstChild(); n != nil; n = n.NextSibling() {
		start := min(max(n.Pos(), 0), len(d.src))
		item := Item{Span: d.file.At(start), HasMore: n.HasChildren()}
		if p := n.FirstChild(); p != nil && isText(p) {
			item.Span.Start, item.Span.End = lineRange(p, d.src)
			item.HasMore = p.NextSibling() != nil
		}
		items = append(items, item)
	}
	return items
}

// IsText reports whether a block is a paragraph, of a tight list or not.
func isText(n ast.Node) bool {
	return n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock
}

// LineRange returns the range from the first line of a block to its last.
func lineRange(n ast.Node, src []byte) (start, end int) {
	l := n.Lines().Len()
	if l == 0 {
		at := min(max(n.Pos(), 0), len(src))
		return at, at
	}
	first, last := n.Lines().At(0), n.Lines().At(l-1)
	return trim(src, first.Start, last.Stop)
}

// Render renders blocks, each with all that is in it.
func (d *Doc) Render(blocks []Block) Fragment {
	w := newWriter(d)
	for _, b := range blocks {
		w.block(b.node)
	}
	return w.fragment()
}

// Free lets the memory of the syntax tree be used for the next body. The Doc,
// and its blocks and sections, may not be used after it.
func (d *Doc) Free() {
	d.tree.free()
	*d = Doc{Diags: d.Diags}
}

// A leaf is a block of text and where it stands.
type leaf struct {
	start, end int
	node       ast.Node
}

// Inline renders the text of the body from start to end, offsets in the file:
// the value of a list line, say. There is no <p>, and a line break is a space.
// Emphasis that the range cuts is kept, a link or a citation that it cuts is
// left out.
func (d *Doc) Inline(start, end int) Fragment {
	start, end = trimInline(d.src, start, end)
	if !d.leafed {
		d.leafed = true
		d.findLeaves(d.root)
	}
	leaves := d.tree.leaves
	w := newWriter(d)
	w.oneLine, w.clip = true, &rng{start, end}
	w.openLeaf()
	from := sort.Search(len(leaves), func(i int) bool { return leaves[i].end > start })
	for _, l := range leaves[from:] {
		if l.start >= end {
			break
		}
		w.inlines(l.node)
	}
	w.closeLeaf()
	return w.fragment()
}

// FindLeaves lists the blocks of text in the order of the file.
func (d *Doc) findLeaves(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch {
		case c.Kind() == east.KindFootnoteList:
		case c.FirstChild() != nil && c.FirstChild().Type() == ast.TypeInline:
			start, end := lineRange(c, d.src)
			d.tree.leaves = append(d.tree.leaves, leaf{start, end, c})
		default:
			d.findLeaves(c)
		}
	}
}
