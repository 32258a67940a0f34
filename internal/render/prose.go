package render

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"readout/internal/plan"
)

// Notes are the citations of one page, numbered from 1.
type notes struct {
	list   []Note
	index  map[string]int // by key, of the list
	oneWay bool           // for paper: no way leads back from a note
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

// cite returns the number of a note, and the id of this place that cites it,
// to which the note leads back.
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
	if n.oneWay {
		return to.N, ""
	}
	back := Back{N: len(to.Back) + 1}
	back.ID = "page-cite-" + strconv.Itoa(to.N) + "-" + strconv.Itoa(back.N)
	to.Back = append(to.Back, back)
	return to.N, back.ID
}

// Notes returns the citations that were printed so far. base.html prints them
// last.
func (p *Page) Notes() []Note { return p.notes.list }

// Prose returns rendered Markdown with its links and citations in place.
func (p *Page) Prose(x plan.Prose) template.HTML { return template.HTML(p.appendProse(nil, &x)) }

func (p *Page) appendProse(out []byte, x *plan.Prose) []byte {
	at := 0
	for i := range x.Slots {
		s := &x.Slots[i]
		out = append(out, x.HTML[at:s.At]...)
		at = s.At
		if len(s.Notes) > 0 {
			out = p.appendCitation(out, s.Notes)
		} else {
			out = appendLink(out, s.Href, s.Label)
		}
	}
	return append(out, x.HTML[at:]...)
}

func (p *Page) appendCitation(out []byte, list []plan.Note) []byte {
	out = append(out, `<sup class=cites>`...)
	for i, note := range list {
		if slices.ContainsFunc(list[:i], func(n plan.Note) bool { return n.Key == note.Key }) {
			continue
		}
		if i > 0 {
			out = append(out, ", "...)
		}
		n, id := p.notes.cite(note)
		out = strconv.AppendInt(append(out, "<a href=#page-note-"...), int64(n), 10)
		if id != "" {
			out = append(append(append(out, " id="...), id...), " role=doc-noteref"...)
		}
		out = append(strconv.AppendInt(append(out, '>'), int64(n), 10), "</a>"...)
	}
	return append(out, "</sup>"...)
}

// appendLink writes a link around a label that is HTML.
func appendLink(out []byte, href, label string) []byte {
	if !safe(href) {
		return append(out, label...)
	}
	out = append(appendValue(append(out, "<a href="...), href), '>')
	return append(append(out, label...), "</a>"...)
}

// safe reports whether an address may be linked: one that is relative, or of
// a scheme that runs nothing.
func safe(href string) bool {
	if strings.HasPrefix(href, "../") { // nearly all of them
		return true
	}
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
