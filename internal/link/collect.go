package link

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"readout/internal/diag"
	"readout/internal/record"
)

// newSite makes the table: the nodes of all records, unresolved, what they can
// be referred to by, and the order of all lists.
func newSite(records []record.Record, opt Options) *Site {
	s := &Site{
		AsOf: opt.AsOf, HasAsOf: opt.HasAsOf, drafts: opt.Drafts,
		of: make([]*Node, len(records)), files: make(map[string]*Node, len(records)),
	}
	for i, r := range records {
		if n := s.collect(r); n != nil {
			n.pos = i
			s.of[i] = n
			s.files[norm.NFC.String(n.File.Path)] = n
			s.shown = s.shown || n.Draft
		}
	}
	if s.Config == nil {
		s.Config = record.Settings(diag.NewFile("site.yaml", nil))
	}
	j := &joiner{Site: s}
	j.register()
	s.order()
	j.parties()
	s.diags = j.diags
	return s
}

// collect makes a node of a record; nil for the settings, which are none.
func (s *Site) collect(r record.Record) *Node {
	n := Node{Header: r.Head()}
	switch r := r.(type) {
	case *record.Site:
		s.Config = r
		return nil
	case *record.Actor:
		n.Path = "actors/" + n.ID + ".html"
		a := &Actor{Node: n, Record: r}
		a.actor = a
		s.Actors = append(s.Actors, a)
		return &a.Node
	case *record.Meeting:
		n.Path = "meetings/" + n.ID + ".html"
		m := &Meeting{Node: n, Record: r}
		m.meet = m
		s.Meetings = append(s.Meetings, m)
		return &m.Node
	case *record.Issue:
		n.Path = "issues/" + n.ID + ".html"
		is := &Issue{Node: n, Record: r}
		is.issue = is
		for i := range r.Options {
			is.Options = append(is.Options, &Option{Option: &r.Options[i], Issue: is})
		}
		s.Issues = append(s.Issues, is)
		return &is.Node
	case *record.Source:
		n.Path = "sources/" + n.ID + ".html"
		x := &Source{Node: n, Record: r, byID: make(map[string]*Claim, len(r.Claims))}
		x.source = x
		for i, c := range r.Claims {
			c := &Claim{Claim: c, Source: x, index: i}
			x.Claims = append(x.Claims, c)
			if x.byID[c.ID] == nil {
				x.byID[c.ID] = c
			}
		}
		s.Claims = append(s.Claims, x.Claims...)
		s.Sources = append(s.Sources, x)
		return &x.Node
	}
	p := &Page{Node: n, Record: r.(*record.Page)}
	p.page = p
	if p.ID == "index" {
		p.Path = "index.html"
		s.Home = p
	} else {
		p.Path = p.ID + ".html"
		s.Pages = append(s.Pages, p)
	}
	return &p.Node
}

// order puts the site's lists in their final order, and ranks the nodes. Until
// then they are in the order of the files' names, in which two owners of one
// name are reported.
func (s *Site) order() {
	slices.SortStableFunc(s.Pages, func(a, b *Page) int {
		return cmp.Or(cmp.Compare(a.Record.Order, b.Record.Order), byName(&a.Node, &b.Node))
	})
	slices.SortStableFunc(s.Actors, func(a, b *Actor) int { return byName(&a.Node, &b.Node) })
	slices.SortStableFunc(s.Meetings, byStart)
	slices.SortStableFunc(s.Issues, func(a, b *Issue) int {
		return cmp.Or(cmp.Compare(a.Record.Order, b.Record.Order), byName(&a.Node, &b.Node))
	})
	slices.SortStableFunc(s.Sources, func(a, b *Source) int {
		return cmp.Or(record.Compare(a.Record.Published, b.Record.Published), strings.Compare(a.ID, b.ID))
	})
	s.nodes = s.listed()
	s.ranked = slices.SortedStableFunc(slices.Values(s.nodes), compareNodes)
	for i, n := range s.ranked {
		n.rank = i
	}
	for i, n := range s.nodes {
		if i > 0 && n.Kind == s.nodes[i-1].Kind {
			n.index = s.nodes[i-1].index + 1
		}
	}
}

// listed returns the nodes kind by kind, each in the order of its list.
func (s *Site) listed() []*Node {
	all := make([]*Node, 0, len(s.of))
	for _, a := range s.Actors {
		all = append(all, &a.Node)
	}
	for _, m := range s.Meetings {
		all = append(all, &m.Node)
	}
	for _, is := range s.Issues {
		all = append(all, &is.Node)
	}
	for _, x := range s.Sources {
		all = append(all, &x.Node)
	}
	for _, p := range s.Pages {
		all = append(all, &p.Node)
	}
	if s.Home != nil {
		all = append(all, &s.Home.Node)
	}
	return all
}

func byName(a, b *Node) int {
	return cmp.Or(strings.Compare(a.Key, b.Key), strings.Compare(a.ID, b.ID))
}

func byStart(a, b *Meeting) int {
	return cmp.Or(record.Compare(a.Record.Start, b.Record.Start), strings.Compare(a.ID, b.ID))
}
