package link

import (
	"slices"

	"readout/internal/diag"
	"readout/internal/record"
)

// With more edited records than mostEdited, or more that look another way than
// mostFaces, it is less work, or simpler, to begin with an empty site.
const (
	mostEdited = 64
	mostFaces  = 4
)

// edit makes of s the site of other records, as far as the table goes: it takes
// the edited records, and all whose resolution may be another one now, out of
// all lists, and puts the edited ones' successors in their place. It returns
// what is to be resolved and entered, by rank and by file. It returns no site,
// and has changed nothing, where that is not enough.
func (s *Site) edit(records []record.Record, opt Options) (same *Site, byName, byFile []*Node) {
	// A mistake in the table has a place in a file, which may move.
	if s == nil || s.AsOf != opt.AsOf || s.HasAsOf != opt.HasAsOf || !slices.Equal(s.drafts, opt.Drafts) ||
		len(s.records) != len(records) || len(s.diags) > 0 && !slices.Equal(s.records, records) {
		return nil, nil, nil
	}
	var faces []*Node
	for i, r := range records {
		old := s.records[i]
		if r == old {
			continue
		}
		if len(byFile) == mostEdited || len(faces) == mostFaces {
			return nil, nil, nil
		}
		switch compareFaces(old, r) {
		case anotherRecord:
			return nil, nil, nil
		case anotherFace:
			faces = append(faces, s.of[i])
		}
		byFile = append(byFile, s.of[i])
	}
	changed, ok := s.change(faces, records)
	if !ok {
		return nil, nil, nil
	}
	if faces != nil {
		byFile = s.affected(byFile, faces, changed)
	}
	for _, n := range byFile {
		n.leave()
	}
	for _, n := range byFile {
		if r := records[n.pos]; r != s.records[n.pos] {
			n.take(r)
		}
	}
	if faces != nil {
		s.renew(faces, changed)
	}
	byName = slices.SortedFunc(slices.Values(byFile), func(a, b *Node) int { return a.rank - b.rank })
	return s, byName, byFile
}

// A likeness is how two readings of one file look to all other records.
type likeness int

const (
	sameFace      likeness = iota // others are resolved as before
	anotherFace                   // those that refer to it may not be
	anotherRecord                 // anything may be another way
)

// compareFaces compares two readings of one file as far as others see them.
// Their own links, and the words of their prose, are nothing that others see.
func compareFaces(a, b record.Record) likeness {
	x, y := a.Head(), b.Head()
	if x.Kind != y.Kind || x.ID != y.ID || x.File.Path != y.File.Path || x.Draft != y.Draft {
		return anotherRecord
	}
	same := x.Name.Value == y.Name.Value && x.Key == y.Key &&
		slices.EqualFunc(x.Aliases, y.Aliases, func(s, t record.Text) bool { return s.Value == t.Value }) &&
		slices.Equal(anchors(a), anchors(b))
	switch a := a.(type) {
	case *record.Site:
		return anotherRecord // all else depends on the settings
	case *record.Page:
		same = same && a.Order == b.(*record.Page).Order
	case *record.Actor:
		// In whose column a claim counts, and how directly it is said, goes by
		// whole chains of actors.
		if b := b.(*record.Actor); a.Type != b.Type || !sameLink(a.Represents, b.Represents) {
			return anotherRecord
		}
	case *record.Meeting:
		same = same && a.Start == b.(*record.Meeting).Start
	case *record.Issue:
		b := b.(*record.Issue)
		same = same && a.Order == b.Order && slices.EqualFunc(a.Options, b.Options, func(o, p record.Option) bool { return o.ID == p.ID })
	case *record.Source:
		b := b.(*record.Source)
		same = same && a.Published == b.Published && sameClaims(a.Claims, b.Claims)
	}
	if same {
		return sameFace
	}
	return anotherFace
}

func sameClaims(a, b []*record.Claim) bool {
	return slices.EqualFunc(a, b, func(c, d *record.Claim) bool { return c.ID == d.ID })
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

// keys returns the slugs of a record's id, name and aliases.
func keys(h *record.Header) map[string]record.Text {
	all := map[string]record.Text{h.ID: {Value: h.ID, Span: h.File.At(0)}}
	for _, t := range append([]record.Text{h.Name}, h.Aliases...) {
		if key := record.Slug(t.Value); key != "" && all[key].Value == "" {
			all[key] = t
		}
	}
	return all
}

// A change is what names are lost and gained.
type change struct {
	lost   []string
	gained map[string]owner
}

func (c *change) has(key string) bool {
	_, gained := c.gained[key]
	return gained || slices.Contains(c.lost, key)
}

// change returns what becomes of the names of records with other faces. It
// fails if a name has another owner: whose name it is goes by an order that
// only all records together have. It fails, too, if an actor loses a name that
// another one may represent it by, or the settings know it by.
func (s *Site) change(faces []*Node, records []record.Record) (*change, bool) {
	c := &change{gained: map[string]owner{}}
	for _, f := range faces {
		before, after := keys(f.Header), keys(records[f.pos].Head())
		for key := range before {
			if _, stays := after[key]; stays {
				continue
			}
			if a := f.actor; c.has(key) || len(s.names.owners[key]) != 1 || a != nil && (len(a.Members) > 0 || slices.Contains(s.Columns, a)) {
				return nil, false
			}
			c.lost = append(c.lost, key)
		}
		for key, t := range after {
			if _, was := before[key]; was {
				continue
			}
			if c.has(key) || len(s.names.owners[key]) > 0 {
				return nil, false
			}
			c.gained[key] = owner{f, true, t.Value, t.Span}
		}
	}
	return c, true
}

// affected adds to the edited records those whose resolution may be another
// one once the faces are: all that refer to one of them, by whatever name, all
// with a reference that failed, and sources whose publisher's name is another
// one's now. The result is sorted by file.
func (s *Site) affected(edited, faces []*Node, c *change) []*Node {
	is := map[*Node]bool{}
	for _, n := range edited {
		is[n] = true
	}
	for _, n := range s.nodes {
		failed := slices.ContainsFunc(n.diags, func(d diag.Diagnostic) bool { return d.Severity == diag.Error })
		published := n.source != nil && c.has(record.Slug(n.source.Record.Publisher.Value))
		if failed || published || n.refers(faces) {
			is[n] = true
		}
	}
	all := make([]*Node, 0, len(is))
	for n := range is {
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b *Node) int { return a.pos - b.pos })
	return all
}

// renew brings the rest of the table up to date once the faces have changed.
func (s *Site) renew(faces []*Node, c *change) {
	for _, key := range c.lost {
		delete(s.names.owners, key)
	}
	for key, o := range c.gained {
		s.names.owners[key] = []owner{o}
	}
	for _, f := range faces {
		for key, t := range keys(f.Header) {
			for i, o := range s.names.owners[key] {
				if o.node == f {
					s.names.owners[key][i] = owner{f, o.strict, t.Value, t.Span}
				}
			}
		}
	}
	s.names.near, s.names.ids = nil, nil
	s.Claims = s.Claims[:0]
	for _, n := range s.of {
		if n != nil && n.source != nil {
			s.Claims = append(s.Claims, n.source.Claims...)
		}
	}
	s.reorder(faces)
	for _, f := range faces {
		if a := f.actor; a != nil && a.Represents != nil {
			slices.SortStableFunc(a.Represents.Members, byActor)
		}
	}
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

// take gives a node another record of the same file. Its options and claims
// stay the same ones, which others point to, unless there are others now: then
// all who refer to the record are resolved anew.
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
		is := n.issue
		is.Record = r
		if len(is.Options) != len(r.Options) {
			is.Options = optionsOf(is)
		}
		for i, o := range is.Options {
			o.Option = &r.Options[i]
		}
	case *record.Source:
		x := n.source
		same := sameClaims(x.Record.Claims, r.Claims)
		x.Record = r
		if !same {
			x.list()
		}
		for i, c := range x.Claims {
			c.Claim = r.Claims[i]
		}
	}
}
