package render

import (
	"html/template"
	"strconv"
	"strings"

	"readout/internal/plan"
)

// Notes are the citations of one page, numbered from 1.
type notes struct {
	list  []Note
	index map[string]int // by key, of the list
}

// A Note is a numbered note at the foot of a page.
type Note struct {
	plan.Note
	N    int
	Back []Back
}

// A Back is the way from a note to one of the places that cite it.
type Back struct {
	N  int // from 1
	ID string
}

// cite returns the number of a note, and the id of this place that cites it.
func (n *notes) cite(note plan.Note) (int, string) {
	i, ok := n.index[note.Key]
	if !ok {
		if n.index == nil {
			n.index = map[string]int{}
		}
		i = len(n.list)
		n.index[note.Key] = i
		n.list = append(n.list, Note{Note: note, N: i + 1})
	}
	to := &n.list[i]
	back := Back{N: len(to.Back) + 1}
	back.ID = "page-cite-" + strconv.Itoa(to.N) + "-" + strconv.Itoa(back.N)
	to.Back = append(to.Back, back)
	return to.N, back.ID
}

// Notes returns the citations that were printed so far. base.html prints them
// last.
func (p *Page) Notes() []Note { return p.notes.list }

// Prose returns rendered Markdown with its links and citations in place.
func (p *Page) Prose(x plan.Prose) template.HTML {
	if len(x.Slots) == 0 {
		return template.HTML(x.HTML)
	}
	var b strings.Builder
	b.Grow(len(x.HTML) + 128*len(x.Slots))
	at := 0
	for i := range x.Slots {
		s := &x.Slots[i]
		b.WriteString(x.HTML[at:s.At])
		at = s.At
		if len(s.Notes) > 0 {
			p.citation(&b, s.Notes)
			continue
		}
		link(&b, s.Href, s.Label)
	}
	b.WriteString(x.HTML[at:])
	return template.HTML(b.String())
}

func (p *Page) citation(b *strings.Builder, list []plan.Note) {
	b.WriteString(`<sup class="cites">`)
	seen := map[string]bool{}
	for _, note := range list {
		if seen[note.Key] {
			continue
		}
		if len(seen) > 0 {
			b.WriteString(", ")
		}
		seen[note.Key] = true
		n, id := p.notes.cite(note)
		number := strconv.Itoa(n)
		b.WriteString(`<a href="#page-note-` + number + `" id="` + id + `" role="doc-noteref">` + number + `</a>`)
	}
	b.WriteString("</sup>")
}

// link writes a link around a label that is HTML.
func link(b *strings.Builder, href, label string) {
	if !safe(href) {
		b.WriteString(label)
		return
	}
	b.WriteString(`<a href="`)
	b.WriteString(template.HTMLEscapeString(href))
	b.WriteString(`">`)
	b.WriteString(label)
	b.WriteString("</a>")
}

// safe reports whether an address may be linked: one that is relative, or of
// a scheme that runs nothing.
func safe(href string) bool {
	scheme, _, ok := strings.Cut(href, ":")
	if !ok || strings.ContainsAny(scheme, "/?#") {
		return href != ""
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
		return true
	}
	return false
}
