package markdown

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Notes are the footnotes of a body. They have numbers in the order of their
// first references in the body. A note is shown if a reference to it was
// rendered: some blocks may never be.
type notes struct {
	list *east.FootnoteList
	refs map[int]int // by number: how many references with an id were rendered
}

// Footnotes renders the notes to which the fragments rendered so far refer,
// to be put once at the foot of the page: it is to be called last.
func (d *Doc) Footnotes() Fragment {
	w := newWriter(d)
	if d.notes.list == nil || len(d.notes.refs) == 0 {
		return w.fragment()
	}
	d.addNested()
	w.str(`<div class="footnotes" role="doc-endnotes" aria-label="Footnotes">` + "\n<ol>\n")
	next := 1
	for c := d.notes.list.FirstChild(); c != nil; c = c.NextSibling() {
		f, ok := c.(*east.Footnote)
		if !ok {
			continue
		}
		if _, used := d.notes.refs[f.Index]; !used {
			continue
		}
		s := strconv.Itoa(f.Index)
		w.str(`<li id="fn-` + s + `"`)
		if f.Index != next {
			w.str(` value="` + s + `"`)
		}
		w.str(">\n")
		w.note = f.Index
		w.children(f)
		w.str("</li>\n")
		next = f.Index + 1
	}
	w.str("</ol>\n</div>\n")
	return w.fragment()
}

// AddNested adds the notes to which only other notes refer.
func (d *Doc) addNested() {
	byNumber := map[int]ast.Node{}
	var todo []int
	for c := d.notes.list.FirstChild(); c != nil; c = c.NextSibling() {
		if f, ok := c.(*east.Footnote); ok {
			byNumber[f.Index] = f
			if _, used := d.notes.refs[f.Index]; used {
				todo = append(todo, f.Index)
			}
		}
	}
	for len(todo) > 0 {
		n := byNumber[todo[len(todo)-1]]
		todo = todo[:len(todo)-1]
		_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if link, ok := n.(*east.FootnoteLink); ok && entering {
				if _, used := d.notes.refs[link.Index]; !used {
					d.notes.refs[link.Index] = 0
					todo = append(todo, link.Index)
				}
			}
			return ast.WalkContinue, nil
		})
	}
}

func (w *writer) footnoteLink(n *east.FootnoteLink) {
	if start := max(n.Pos(), 0); !w.within(start, start) || w.textOnly || w.inLabel > 0 {
		return
	}
	s := strconv.Itoa(n.Index)
	w.str(`<sup class="footnote-ref"><a `)
	if w.doc.notes.refs == nil {
		w.doc.notes.refs = map[int]int{}
	}
	w.doc.notes.refs[n.Index] += 0
	if !w.inHeading { // a section's heading is rendered twice
		w.doc.notes.refs[n.Index]++
		w.str(`id="` + refID(n.Index, w.doc.notes.refs[n.Index]) + `" `)
	}
	w.str(`href="#fn-` + s + `" role="doc-noteref" aria-label="Footnote ` + s + `">` + s + "</a></sup>")
}

// RefID returns the id of a reference, which counts from 1.
func refID(number, ref int) string {
	id := "fnref-" + strconv.Itoa(number)
	if ref > 1 {
		id += "-" + strconv.Itoa(ref)
	}
	return id
}

// Backlinks writes the links from a note back to its references. Goldmark
// marks the place with one node for each.
func (w *writer) backlinks(n *east.FootnoteBacklink) {
	if n.RefIndex > 0 {
		return
	}
	s := strconv.Itoa(w.note)
	for ref := range w.doc.notes.refs[w.note] {
		label := "Back to reference " + s
		if ref > 0 {
			label += ", " + strconv.Itoa(ref+1)
		}
		w.str(` <a class="footnote-back" href="#` + refID(w.note, ref+1) + `" role="doc-backlink" aria-label="` + label + "\">↩\uFE0E</a>")
	}
}
