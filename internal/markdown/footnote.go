package markdown

import (
	"strconv"

	east "github.com/yuin/goldmark/extension/ast"
)

// Notes are the footnotes of a body. They are numbered as their references
// are rendered, since some blocks may never be.
type notes struct {
	list   *east.FootnoteList
	order  []*east.Footnote // by number, from 1
	number map[int]int      // goldmark's index: the number
	refs   []int            // how many references with an id each has
}

// Footnotes renders the notes to which the fragments rendered so far refer,
// to be put once at the foot of the page: it is to be called last.
func (d *Doc) Footnotes() Fragment {
	w := writer{doc: d}
	for i := 0; i < len(d.notes.order); i++ { // a note may refer to another
		if i == 0 {
			w.str(`<div class="footnotes" role="doc-endnotes" aria-label="Footnotes">` + "\n<ol>\n")
		}
		w.note = i + 1
		w.str(`<li id="fn-` + strconv.Itoa(w.note) + "\">\n")
		w.children(d.notes.order[i])
		w.str("</li>\n")
	}
	if w.note > 0 {
		w.str("</ol>\n</div>\n")
	}
	return w.fragment()
}

func (w *writer) footnoteLink(n *east.FootnoteLink) {
	if start := max(n.Pos(), 0); !w.within(start, start) || w.textOnly || w.inLabel > 0 {
		return
	}
	notes := &w.doc.notes
	number, ok := notes.number[n.Index]
	if !ok {
		f := notes.find(n.Index)
		if f == nil {
			return
		}
		notes.order = append(notes.order, f)
		notes.refs = append(notes.refs, 0)
		number = len(notes.order)
		if notes.number == nil {
			notes.number = map[int]int{}
		}
		notes.number[n.Index] = number
	}
	s := strconv.Itoa(number)
	w.str(`<sup class="footnote-ref"><a `)
	if !w.inHeading { // a heading's HTML may be used twice, or never
		w.str(`id="` + w.refID(number, notes.refs[number-1]) + `" `)
		notes.refs[number-1]++
	}
	w.str(`href="#fn-` + s + `" role="doc-noteref" aria-label="Footnote ` + s + `">` + s + "</a></sup>")
}

func (n *notes) find(index int) *east.Footnote {
	if n.list == nil {
		return nil
	}
	for c := n.list.FirstChild(); c != nil; c = c.NextSibling() {
		if f, ok := c.(*east.Footnote); ok && f.Index == index {
			return f
		}
	}
	return nil
}

func (w *writer) refID(number, ref int) string {
	id := "fnref-" + strconv.Itoa(number)
	if ref > 0 {
		id += "-" + strconv.Itoa(ref+1)
	}
	return id
}

// Backlinks writes the links from a note back to its references. Goldmark
// marks the place with one node for each.
func (w *writer) backlinks(n *east.FootnoteBacklink) {
	if n.RefIndex > 0 || w.note == 0 {
		return
	}
	s := strconv.Itoa(w.note)
	for ref := range w.doc.notes.refs[w.note-1] {
		label := "Back to reference " + s
		if ref > 0 {
			label += ", " + strconv.Itoa(ref+1)
		}
		w.str(` <a class="footnote-back" href="#` + w.refID(w.note, ref) + `" role="doc-backlink" aria-label="` + label + "\">↩\uFE0E</a>")
	}
}
