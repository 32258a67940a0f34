package ingest

import (
	"bytes"
	"regexp"
	"slices"

	"readout/internal/diag"
	"readout/internal/link"
	"readout/internal/record"
)

// An Unlinked is an actor whom a page of the briefing names and does not link
// to.
type Unlinked struct {
	Page    *link.Node
	Actor   string    // its id
	Surface string    // as the page names it first
	Span    diag.Span // where in the page's file
}

// Unlinked returns the actors that the briefing's own prose names on a page
// without a link to them anywhere on it: in pages, descriptions, notes on
// claims and lines under fixed headings. Quotations are the sources', not the
// editor's. The list is in the order of the site's pages, then of their text.
func (n *Names) Unlinked(s *link.Site) []Unlinked {
	var list []Unlinked
	for _, p := range pagesOf(s) {
		node := p.node
		named := map[string]string{} // surfaces, by actor
		for _, text := range p.texts {
			for _, m := range n.Find(withoutHoles(text)) {
				if m.Kind == record.KindActor && m.Actor != node.ID && !p.linked[m.Actor] && named[m.Actor] == "" {
					named[m.Actor] = m.Surface
				}
			}
		}
		if len(named) == 0 {
			continue
		}
		var here []Unlinked
		for _, m := range n.Find(ownWords(node.File.Data, p.texts)) {
			if surface := named[m.Actor]; surface != "" && m.Surface == surface {
				here = append(here, Unlinked{node, m.Actor, surface, node.File.Span(m.Start, m.End)})
				delete(named, m.Actor)
			}
		}
		// Emphasis or an escape within the name.
		for _, a := range s.Actors {
			if surface := named[a.ID]; surface != "" {
				here = append(here, Unlinked{node, a.ID, surface, node.File.At(0)})
			}
		}
		list = append(list, here...)
	}
	return list
}

// prose is all that an editor wrote on a page, and whom it links to.
type prose struct {
	node   *link.Node
	texts  []link.Prose
	linked map[string]bool
}

func (p *prose) add(list ...link.Prose) {
	for _, text := range list {
		if text.Prose == nil {
			continue
		}
		p.texts = append(p.texts, text)
		for _, t := range text.Targets {
			if t.Node != nil {
				p.linked[t.Node.ID] = true
			}
		}
	}
}

func (p *prose) link(actors ...*link.Actor) {
	for _, a := range actors {
		if a != nil {
			p.linked[a.ID] = true
		}
	}
}

// pagesOf returns the prose of every page, in the site's order.
func pagesOf(s *link.Site) []*prose {
	var list []*prose
	page := func(n *link.Node) *prose {
		p := &prose{node: n, linked: map[string]bool{}}
		p.add(n.Prose, n.Footnotes)
		for _, c := range n.Corrections {
			p.add(c.Text)
		}
		list = append(list, p)
		return p
	}
	for _, a := range s.Actors {
		p := page(&a.Node)
		p.link(a.Represents, a.Party)
		for _, r := range a.Roles {
			p.add(r.Text)
		}
	}
	for _, m := range s.Meetings {
		p := page(&m.Node)
		for _, st := range m.Log {
			p.add(st.Text)
		}
		for _, at := range m.Attendance {
			p.link(at.Party)
			for _, who := range at.Attendees {
				p.link(who.Actor)
			}
			p.add(at.Text)
		}
		for _, it := range m.Agenda {
			p.add(it.Text)
		}
	}
	for _, is := range s.Issues {
		p := page(&is.Node)
		for _, o := range is.Options {
			p.add(o.Text)
		}
		for _, as := range is.Assessments {
			p.link(as.Party)
			p.add(as.Text)
		}
	}
	for _, src := range s.Sources {
		p := page(&src.Node)
		p.link(src.Publisher)
		for _, c := range src.Claims {
			p.link(c.Holder, c.Party)
			for _, v := range c.Via {
				p.link(v.Actor)
			}
			for _, about := range c.About {
				p.linked[about.ID] = true
			}
			p.add(c.Heading, c.Note)
		}
	}
	for _, g := range s.Pages {
		page(&g.Node)
	}
	if s.Home != nil {
		page(&s.Home.Node)
	}
	return list
}

// withoutHoles returns the plain text of prose with the words of its links
// covered, so that nothing is found in them.
func withoutHoles(p link.Prose) []byte {
	text := []byte(p.Text)
	for _, h := range p.Holes {
		cover(text, h.TextAt, h.TextAt+h.TextLen)
	}
	return text
}

// cover writes a mark over a part of a text: a name neither stands in it nor
// runs over it.
func cover(text []byte, start, end int) {
	for i := max(start, 0); i < min(end, len(text)); i++ {
		if text[i] != '\n' {
			text[i] = '|'
		}
	}
}

var (
	frontMatter = regexp.MustCompile(`\A\x{FEFF}?---[ \t\r]*\n(?s:.*?)\n(?:---|\.\.\.)[ \t\r]*(?:\n|\z)`)
	notOwn      = regexp.MustCompile(`(?m:^[ \t]*>.*$)|(?s:<!--.*?-->)|(?m:^[ \t]*[-*+] (?:id|holder|via|party|on|stance|if|act|at|about|said|hedge|changes|denies|disputes|status|paraphrase|after|before|long):.*$)`)
)

// ownWords returns a file of the same length in which all is covered that is
// not the editor's prose: front matter, quotations, comments, fields of
// claims, links.
func ownWords(data []byte, texts []link.Prose) []byte {
	out := bytes.Clone(data)
	spans := notOwn.FindAllIndex(data, -1)
	if m := frontMatter.FindIndex(data); m != nil {
		spans = append(spans, m)
	}
	for _, p := range texts {
		for _, h := range p.Holes {
			spans = append(spans, []int{int(h.Span.Start), int(h.Span.End)})
		}
	}
	slices.SortFunc(spans, slices.Compare)
	for _, s := range spans {
		cover(out, s[0], s[1])
	}
	return out
}
