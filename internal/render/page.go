package render

import (
	"html/template"
	"sync"

	"readout/internal/plan"
)

// A Page is the dot of every template.
type Page struct {
	// The fields of the base that templates ask for most. Package reflect
	// finds one that is promoted from Base ten times more slowly.
	Root, Path, Title string
	Site              *plan.Site

	*plan.Base      // what all views have
	It         any  // what the template is about
	Paper      bool // the page is to be printed: no script, and a style sheet of its own

	r     *Renderer
	notes *notes
	main  *template.HTML // what $.Main is, where that is not made in its place
	asked bool           // for $.Main
}

func (r *Renderer) page(b *plan.Base, it any) *Page {
	_, paper := it.(*plan.Print)
	return &Page{Root: b.Root, Path: b.Path, Title: b.Title, Site: b.Site, Base: b, It: it, Paper: paper, r: r, notes: &notes{oneWay: paper}}
}

// Of returns the page with another subject, for a partial.
func (p *Page) Of(it any) *Page {
	q := *p
	q.It = it
	return &q
}

// Main returns the page's content, in base.html: what the template of the view
// makes of it. The citations in it are known from there on.
func (p *Page) Main() (template.HTML, error) {
	if p.main != nil {
		return *p.main, nil
	}
	out, err := p.appendMain(nil)
	return template.HTML(out), err
}

func (p *Page) appendMain(out []byte) ([]byte, error) {
	if p.main != nil {
		return append(out, *p.main...), nil
	}
	if p.asked { // once more, for a frame that looks whether there is any
		*p.notes = notes{oneWay: p.Paper}
	}
	p.asked, p.main = true, new(template.HTML) // the content has no content of its own
	out, err := p.r.execute(out, p.It.(plan.View).Template(), p)
	p.main = nil
	return out, err
}

// Link returns a link to a path below the site's root. In the navigation it
// says how that page stands to this one: aria-current is "page" for the page
// itself, and "true" for the list that this page is under.
func (p *Page) Link(path, text string) template.HTML {
	return template.HTML(p.appendLink(nil, path, text))
}

func (p *Page) appendLink(out []byte, path, text string) []byte {
	out = appendValue(append(out, "<a href="...), p.Root+path)
	switch path {
	case p.Path:
		out = append(out, " aria-current=page"...)
	case p.Section:
		out = append(out, " aria-current=true"...)
	}
	out = appendText(append(out, '>'), text)
	return append(out, "</a>"...)
}

// Card returns what card.html makes of a claim.
func (p *Page) Card(c *plan.Card) (template.HTML, error) { return kept(p, &p.r.kept.cards, c) }

// Brief returns what brief.html makes of a claim.
func (p *Page) Brief(c *plan.Card) (template.HTML, error) { return kept(p, &p.r.kept.briefs, c) }

// Preview returns what preview.html makes of a record or a claim.
func (p *Page) Preview(x *plan.Preview) (template.HTML, error) { return kept(p, &p.r.kept.previews, x) }

// kept executes a template for a thing, or returns what it came to before.
func kept[T any](p *Page, in *cache[T], it *T) (template.HTML, error) {
	if html, ok := in.get(it); ok {
		return html, nil
	}
	w := workbenches.Get().(*workbench)
	defer workbenches.Put(w)
	if w.base.Root = p.Root; in.anywhere {
		w.base.Root = ""
	}
	w.page = Page{Root: w.base.Root, Base: &w.base, It: it, r: p.r, notes: &w.notes}
	out, err := p.r.execute(w.out[:0], in.template, &w.page)
	if err != nil {
		return "", err
	}
	html := template.HTML(out)
	w.out, w.notes = out, notes{}
	in.put(it, html)
	return html, nil
}

// A workbench is what it takes to render one card after the other: a page that
// has nothing but its way to the root, and room for what comes out.
type workbench struct {
	page  Page
	base  plan.Base
	notes notes
	out   []byte
}

var workbenches = sync.Pool{New: func() any { return new(workbench) }}

// A Turn is the pages before and after this one, for turn.html.
type Turn struct{ Previous, Next plan.Ref }

// Turn returns the page with its neighbours for its subject.
func (p *Page) Turn(previous, next plan.Ref) *Page { return p.Of(Turn{previous, next}) }

// A Table is a comparison of parties, for table.html.
type Table struct {
	Caption string
	Prefix  string // of the rows' ids
	Columns []plan.Column
	Rows    []plan.Row
}

// Table returns the page with a table of rows for its subject. Every party
// has a column, silent or not; a document, and the column of others, only
// where one of the rows has a word of theirs.
func (p *Page) Table(caption, prefix string, columns []plan.Column, rows []plan.Row) *Page {
	t := Table{Caption: caption, Prefix: prefix}
	keep := make([]bool, len(columns))
	for i, c := range columns {
		keep[i] = c.Kind == "party"
		for _, r := range rows {
			keep[i] = keep[i] || i < len(r.Cells) && !r.Cells[i].Silent()
		}
		if keep[i] {
			t.Columns = append(t.Columns, c)
		}
	}
	if len(t.Columns) == len(columns) {
		t.Rows = rows
		return p.Of(t)
	}
	t.Rows = make([]plan.Row, len(rows))
	for i, r := range rows {
		cells := r.Cells
		r.Cells = nil
		for j, c := range cells {
			if j < len(keep) && keep[j] {
				r.Cells = append(r.Cells, c)
			}
		}
		t.Rows[i] = r
	}
	return p.Of(t)
}
