package link

import (
	"cmp"
	"slices"
	"strings"

	"readout/internal/diag"
	"readout/internal/record"
)

// collect makes a node of each record.
func (j *joiner) collect(records []record.Record) {
	for _, r := range records {
		h := r.Head()
		j.shown = j.shown || h.Draft
		n := Node{Header: h}
		switch r := r.(type) {
		case *record.Site:
			j.Config = r
			continue
		case *record.Page:
			p := &Page{Node: n, Record: r}
			if h.ID == "index" {
				p.Path = "index.html"
				j.Home = p
			} else {
				p.Path = h.ID + ".html"
				j.Pages = append(j.Pages, p)
			}
			j.files[h.File.Path] = &p.Node
		case *record.Actor:
			a := &Actor{Node: n, Record: r}
			a.Path, a.actor = "actors/"+h.ID+".html", a
			j.Actors = append(j.Actors, a)
			j.files[h.File.Path] = &a.Node
		case *record.Meeting:
			m := &Meeting{Node: n, Record: r}
			m.Path, m.meet = "meetings/"+h.ID+".html", m
			j.Meetings = append(j.Meetings, m)
			j.files[h.File.Path] = &m.Node
		case *record.Issue:
			is := &Issue{Node: n, Record: r}
			is.Path, is.issue = "issues/"+h.ID+".html", is
			j.Issues = append(j.Issues, is)
			j.files[h.File.Path] = &is.Node
		case *record.Source:
			s := &Source{Node: n, Record: r, byID: map[string]*Claim{}}
			s.Path, s.source = "sources/"+h.ID+".html", s
			j.Sources = append(j.Sources, s)
			j.files[h.File.Path] = &s.Node
		}
	}
	if j.Config == nil {
		j.Config = record.Settings(diag.NewFile("site.yaml", nil))
	}
}

// order puts every list in its final order. It runs last: until then lists
// are in the order of the files' names, which is as good for resolving.
func (j *joiner) order() {
	slices.SortStableFunc(j.Pages, func(a, b *Page) int {
		return cmp.Or(cmp.Compare(a.Record.Order, b.Record.Order), byName(&a.Node, &b.Node))
	})
	slices.SortStableFunc(j.Actors, func(a, b *Actor) int { return byName(&a.Node, &b.Node) })
	slices.SortStableFunc(j.Meetings, byStart)
	slices.SortStableFunc(j.Issues, func(a, b *Issue) int {
		return cmp.Or(cmp.Compare(a.Record.Order, b.Record.Order), byName(&a.Node, &b.Node))
	})
	slices.SortStableFunc(j.Sources, func(a, b *Source) int {
		return cmp.Or(record.Compare(a.Record.Published, b.Record.Published), strings.Compare(a.ID, b.ID))
	})
	for _, a := range j.Actors {
		slices.SortStableFunc(a.Members, func(x, y *Actor) int { return byName(&x.Node, &y.Node) })
		slices.SortStableFunc(a.Meetings, byStart)
	}
	for _, m := range j.Meetings {
		slices.SortStableFunc(m.Parts, byStart)
		slices.SortStableFunc(m.FollowedBy, byStart)
	}
	for _, is := range j.Issues {
		slices.SortStableFunc(is.Meetings, byStart)
	}
	nodes := j.Nodes()
	for i, n := range slices.SortedStableFunc(slices.Values(nodes), compareNodes) {
		n.rank = i
	}
	for _, n := range nodes {
		slices.SortStableFunc(n.Mentions, compareMentions)
		slices.SortStableFunc(n.CitedBy, compareMentions)
		n.Mentions = slices.CompactFunc(n.Mentions, sameMention)
		n.CitedBy = slices.CompactFunc(n.CitedBy, sameMention)
	}
}

func byName(a, b *Node) int {
	return cmp.Or(strings.Compare(a.Key, b.Key), strings.Compare(a.ID, b.ID))
}

func byStart(a, b *Meeting) int {
	return cmp.Or(record.Compare(a.Record.Start, b.Record.Start), strings.Compare(a.ID, b.ID))
}
