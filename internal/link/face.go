package link

import (
	"slices"

	"readout/internal/record"
)

// mostEdited is how many edited records are resolved by themselves. With more
// of them it is less work to begin with an empty site.
const mostEdited = 64

// edit makes of s the site of other records, as far as the table goes: it takes
// the edited records out of all lists and puts their successors in their place,
// which are to be resolved and entered. It returns those by rank and by file.
// It returns no site, and has changed nothing, where the table may be another
// one.
func (s *Site) edit(records []record.Record, opt Options) (same *Site, byName, byFile []*Node) {
	if s == nil || s.AsOf != opt.AsOf || s.HasAsOf != opt.HasAsOf || !slices.Equal(s.drafts, opt.Drafts) ||
		len(s.records) != len(records) {
		return nil, nil, nil
	}
	for i, r := range records {
		if old := s.records[i]; r != old {
			// A mistake in the table has a place in a file, which may move.
			if len(byFile) == mostEdited || len(s.diags) > 0 || !sameFace(old, r) {
				return nil, nil, nil
			}
			byFile = append(byFile, s.of[i])
		}
	}
	for _, n := range byFile {
		n.leave()
		n.take(records[n.pos])
	}
	byName = slices.SortedFunc(slices.Values(byFile), func(a, b *Node) int { return a.rank - b.rank })
	return s, byName, byFile
}

// sameFace reports whether two readings of one file look the same to all other
// records: whether the table is the same with either. Their own links, and the
// words of their prose, are nothing that others see.
func sameFace(a, b record.Record) bool {
	x, y := a.Head(), b.Head()
	if x.Kind != y.Kind || x.ID != y.ID || x.File.Path != y.File.Path || x.Name.Value != y.Name.Value || x.Key != y.Key || x.Draft != y.Draft ||
		!slices.EqualFunc(x.Aliases, y.Aliases, func(s, t record.Text) bool { return s.Value == t.Value }) ||
		!slices.Equal(anchors(a), anchors(b)) {
		return false
	}
	switch a := a.(type) {
	case *record.Page:
		return a.Order == b.(*record.Page).Order
	case *record.Actor:
		b := b.(*record.Actor)
		return a.Type == b.Type && sameLink(a.Represents, b.Represents)
	case *record.Meeting:
		return a.Start == b.(*record.Meeting).Start
	case *record.Issue:
		b := b.(*record.Issue)
		return a.Order == b.Order &&
			slices.EqualFunc(a.Options, b.Options, func(o, p record.Option) bool { return o.ID == p.ID })
	case *record.Source:
		b := b.(*record.Source)
		return a.Published == b.Published &&
			slices.EqualFunc(a.Claims, b.Claims, func(c, d *record.Claim) bool { return c.ID == d.ID })
	}
	return false // the settings: all else depends on them
}

func sameLink(a, b *record.Link) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Target == b.Target && a.IsPath == b.IsPath
}

// anchors lists the places of a record's page that a link may name: the fixed
// sections that it has, claims, options, and the headings of its prose.
func anchors(r record.Record) []string {
	var list []string
	add := func(have bool, anchor string) {
		if have {
			list = append(list, anchor)
		}
	}
	h := r.Head()
	add(len(h.Corrections) > 0, "corrections")
	switch r := r.(type) {
	case *record.Actor:
		add(len(r.Roles) > 0, "roles")
	case *record.Meeting:
		add(len(r.Log) > 0, "status")
		add(len(r.Attendance) > 0, "attendance")
		add(len(r.Agenda) > 0, "agenda")
	case *record.Issue:
		add(len(r.Options) > 0, "options")
		add(len(r.Assessments) > 0, "assessment")
		for i := range r.Options {
			add(true, r.Options[i].ID)
		}
	case *record.Source:
		for _, c := range r.Claims {
			add(c.ID != "", c.ID)
		}
	}
	for _, x := range h.Prose.Headings {
		list = append(list, x.ID)
	}
	return list
}

// record returns the record of a node.
func (n *Node) record() record.Record {
	switch {
	case n.actor != nil:
		return n.actor.Record
	case n.meet != nil:
		return n.meet.Record
	case n.issue != nil:
		return n.issue.Record
	case n.source != nil:
		return n.source.Record
	}
	return n.page.Record
}

// take gives a node another record with the same face.
func (n *Node) take(r record.Record) {
	n.Header = r.Head()
	switch r := r.(type) {
	case *record.Page:
		n.page.Record = r
	case *record.Actor:
		n.actor.Record = r
	case *record.Meeting:
		n.meet.Record = r
	case *record.Issue:
		n.issue.Record = r
		for i, o := range n.issue.Options {
			o.Option = &r.Options[i]
		}
	case *record.Source:
		n.source.Record = r
		for i, c := range n.source.Claims {
			c.Claim = r.Claims[i]
		}
	}
}
