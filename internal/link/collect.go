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
		n.lies("actors/" + n.ID + ".html")
		a := &Actor{Node: n, Record: r}
		a.actor = a
		s.Actors = append(s.Actors, a)
		return &a.Node
	case *record.Meeting:
		n.lies("meetings/" + n.ID + ".html")
		m := &Meeting{Node: n, Record: r}
		m.meet = m
		s.Meetings = append(s.Meetings, m)
		return &m.Node
	case *record.Issue:
		n.lies("issues/" + n.ID + ".html")
		is := &Issue{Node: n, Record: r}
		is.issue = is
		is.Options = optionsOf(is)
		s.Issues = append(s.Issues, is)
		return &is.Node
	case *record.Source:
		n.lies("sources/" + n.ID + ".html")
		x := &Source{Node: n, Record: r}
		x.source = x
		x.list()
		s.Claims = append(s.Claims, x.Claims...)
		s.Sources = append(s.Sources, x)
		return &x.Node
	}
	p := &Page{Node: n, Record: r.(*record.Page)}
	p.page = p
	if p.ID == "index" {
		p.lies("index.html")
		s.Home = p
	} else {
		p.lies(p.ID + ".html")
		s.Pages = append(s.Pages, p)
	}
	return &p.Node
}

func optionsOf(is *Issue) []*Option {
	list := make([]*Option, len(is.Record.Options))
	for i := range is.Record.Options {
		list[i] = &Option{Option: &is.Record.Options[i], Issue: is}
	}
	return list
}

// list makes the claims of a source, unresolved.
func (s *Source) list() {
	s.Claims = make([]*Claim, len(s.Record.Claims))
	s.byID = make(map[string]*Claim, len(s.Record.Claims))
	claims := make([]Claim, len(s.Record.Claims))
	for i, r := range s.Record.Claims {
		c := &claims[i]
		*c = Claim{Claim: r, Source: s, index: i}
		s.Claims[i] = c
		if s.byID[c.ID] == nil {
			s.byID[c.ID] = c
		}
	}
}

// order puts the site's lists in their final order, and ranks the nodes. Until
// then they are in the order of the files' names, in which two owners of one
// name are reported.
func (s *Site) order() {
	slices.SortStableFunc(s.Pages, byPage)
	slices.SortStableFunc(s.Actors, byActor)
	slices.SortStableFunc(s.Meetings, byStart)
	slices.SortStableFunc(s.Issues, byIssue)
	slices.SortStableFunc(s.Sources, bySource)
	s.ranked = slices.SortedStableFunc(slices.Values(s.listed()), compareNodes)
	s.number()
}

// reorder moves some nodes to where they belong by now.
func (s *Site) reorder(moved []*Node) {
	for _, n := range moved {
		switch {
		case n.actor != nil:
			s.Actors = without(s.Actors, n.actor)
		case n.meet != nil:
			s.Meetings = without(s.Meetings, n.meet)
		case n.issue != nil:
			s.Issues = without(s.Issues, n.issue)
		case n.source != nil:
			s.Sources = without(s.Sources, n.source)
		case n.page != s.Home:
			s.Pages = without(s.Pages, n.page)
		}
		s.ranked = without(s.ranked, n)
	}
	for _, n := range moved {
		switch {
		case n.actor != nil:
			enter(&s.Actors, n.actor, byActor, same)
		case n.meet != nil:
			enter(&s.Meetings, n.meet, byStart, same)
		case n.issue != nil:
			enter(&s.Issues, n.issue, byIssue, same)
		case n.source != nil:
			enter(&s.Sources, n.source, bySource, same)
		case n.page != s.Home:
			enter(&s.Pages, n.page, byPage, same)
		}
		enter(&s.ranked, n, compareNodes, same)
	}
	s.number()
}

func without[T comparable](list []T, x T) []T {
	i := slices.Index(list, x)
	return slices.Delete(list, i, i+1)
}

// number lists the nodes, and tells each its places.
func (s *Site) number() {
	for i, n := range s.ranked {
		n.rank = i
	}
	s.nodes = s.listed()
	for i, n := range s.nodes {
		n.index = 0
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

func byPage(a, b *Page) int {
	return cmp.Or(cmp.Compare(a.Record.Order, b.Record.Order), byName(&a.Node, &b.Node))
}

func byActor(a, b *Actor) int { return byName(&a.Node, &b.Node) }

func byIssue(a, b *Issue) int {
	return cmp.Or(cmp.Compare(a.Record.Order, b.Record.Order), byName(&a.Node, &b.Node))
}

func bySource(a, b *Source) int {
	return cmp.Or(record.Compare(a.Record.Published, b.Record.Published), strings.Compare(a.ID, b.ID))
}

func byName(a, b *Node) int {
	return cmp.Or(strings.Compare(a.Key, b.Key), strings.Compare(a.ID, b.ID))
}

func byStart(a, b *Meeting) int {
	return cmp.Or(record.Compare(a.Record.Start, b.Record.Start), strings.Compare(a.ID, b.ID))
}
