package plan

import (
	"strconv"
	"strings"

	"readout/internal/link"
)

// What is listed in an order of its own, actors by name and issues as their
// editor put them, is cut into even pages that are called by their first entry
// and their last, as those of a dictionary are.

// A span is the entries of a list that stand on one page.
type span struct {
	path, title string
	from, to    int
}

// spans cuts a list of n entries into pages of at most most, or returns nil
// where one page holds all. The first page is at the path itself.
func spans(path string, n, most int, name func(i int) string) []span {
	if n <= most {
		return nil
	}
	of := (n + most - 1) / most
	list := make([]span, of)
	for i := range list {
		s := span{from: n * i / of, to: n * (i + 1) / of, path: path}
		if i > 0 {
			s.path = strings.TrimSuffix(path, ".html") + "." + strconv.Itoa(i+1) + ".html"
		}
		s.title = brief(name(s.from))
		if last := brief(name(s.to - 1)); last != s.title {
			s.title += " – " + last
		}
		list[i] = s
	}
	return list
}

// Spanned is what the pages of such a list have: links to all of them, of which
// that to the page itself has no address, and its neighbours.
type Spanned struct {
	Pages          []Ref
	Previous, Next Ref
}

// spanned links the pages of a list on the one at a place among them; -1 for a
// page that is none of them.
func (d desk) spanned(list []span, where int) (v Spanned) {
	if len(list) == 1 && where == 0 {
		return v // it holds all of the list
	}
	for i, s := range list {
		ref := Ref{Href: d.root + s.path, Text: s.title}
		switch {
		case i == where:
			ref.Href = ""
		case where < 0:
		case i == where-1:
			v.Previous = ref
		case i == where+1:
			v.Next = ref
		}
		v.Pages = append(v.Pages, ref)
	}
	return v
}

// spanBase returns the base of a page that holds one span of a list.
func (p *planner) spanBase(list, title, description string, s span) Base {
	if s.path == list {
		return p.base(list, title, description)
	}
	b := p.base(s.path, title+": "+s.title, description)
	b.Section = list
	b.Crumbs = append(b.Crumbs, Ref{Href: b.Root + list, Text: title})
	return b
}

// Bounds of the lists, in entries of about 200 bytes, and of about 1.5 kB.
const (
	mostActors = 400 // of one type
	mostIssues = 80
)

// issueSpans returns the pages of issues.html.
func (p *planner) issueSpans() []span {
	list := spans("issues.html", len(p.site.Issues), mostIssues, func(i int) string { return p.site.Issues[i].Name.Value })
	if list == nil {
		list = []span{{path: "issues.html", to: len(p.site.Issues)}}
	}
	return list
}

// An actorSpans is the actors of one type and their pages, nil where
// actors.html holds them.
type actorSpans struct {
	actors []*link.Actor
	spans  []span
}

// A matrix is the issues with options, and how they are cut into the pages of
// a comparison that is too large for one full table.
type matrix struct {
	issues []*link.Issue
	spans  []span // nil for one full table
	dated  bool   // there is one, and it has two dates to set side by side
}

// A full table weighs about 300 bytes to the cell and 1 kB to the claim that
// it holds; a short one 80 bytes to the cell, and 200 to the option.
const (
	mostTable = 250_000
	homeRows  = 40
)

func (p *planner) matrix() matrix {
	var m matrix
	full, options := 0, 0
	for _, is := range p.site.Issues {
		if len(is.Options) == 0 {
			continue
		}
		m.issues = append(m.issues, is)
		options += len(is.Options)
		full += 300*len(is.Options)*len(p.compared().Parties) + 1000*len(is.Claims)
	}
	if full <= mostTable {
		_, _, m.dated = p.span()
		return m
	}
	// By issues, whose options are about as many everywhere.
	row := 200 + 80*len(p.compared().Parties)
	perIssue := 200 + row*(options+len(m.issues)-1)/len(m.issues)
	most := max(1, mostTable/perIssue)
	m.spans = spans("comparison.html", len(m.issues), most, func(i int) string { return m.issues[i].Name.Value })
	if m.spans == nil {
		m.spans = []span{{path: "comparison.html", to: len(m.issues)}}
	}
	return m
}
