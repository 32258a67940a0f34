package link

import (
	"slices"
	"strings"

	"readout/internal/diag"
	"readout/internal/record"
)

// resolve resolves what a record refers to. It reads the table and writes to
// nothing but the record's own node.
func (s *Site) resolve(n *Node) {
	j := joiner{Site: s, file: n.File}
	n.Prose = j.prose(&n.Header.Prose)
	n.Footnotes = j.prose(&n.Header.Footnotes)
	n.Corrections = nil
	for i := range n.Header.Corrections {
		c := &n.Header.Corrections[i]
		n.Corrections = append(n.Corrections, Correction{c, j.prose(&c.Text)})
	}
	switch {
	case n.actor != nil:
		n.actor.Roles = nil
		for i := range n.actor.Record.Roles {
			r := &n.actor.Record.Roles[i]
			n.actor.Roles = append(n.actor.Roles, Role{r, j.prose(&r.Text)})
		}
	case n.meet != nil:
		j.meeting(n.meet)
	case n.issue != nil:
		j.issue(n.issue)
	case n.source != nil:
		j.claims(n.source)
	}
	n.diags, n.places = j.diags, j.places
}

// parties resolves whom the actors represent, and in which column each of them
// counts. It is part of the table: it decides in which column a claim counts.
func (j *joiner) parties() {
	for _, a := range j.Actors {
		if a.Represents = j.actor(a.Record.Represents); a.Represents != nil {
			a.Represents.Members = append(a.Represents.Members, a)
		}
	}
	for _, l := range j.Config.Columns {
		switch a := j.actor(&l); {
		case a == nil:
		case slices.Contains(j.Columns, a):
			j.diags.Errorf(l.Span, "site/columns", "the column %q is given twice", a.ID)
		default:
			j.Columns = append(j.Columns, a)
		}
	}
	for _, a := range j.Actors {
		a.Party = j.party(a)
	}
}

// party follows whom an actor represents, up to the first that has a column,
// or to the end. A document is a party of its own: a leaked draft is not its
// sponsor's position.
func (j *joiner) party(a *Actor) *Actor {
	seen := map[*Actor]bool{}
	for at := a; ; at = at.Represents {
		if seen[at] {
			if at != a {
				return a // a chain that leads into a circle is reported at the circle
			}
			j.diags.Errorf(a.Record.Represents.Span, "actor/represents-itself", "%s represents itself, through %s", a.ID, a.Record.Represents.Target).
				Note("the chain of represents must end")
			return a
		}
		seen[at] = true
		if at.Represents == nil || at.Record.Type == record.Document || slices.Contains(j.Columns, at) {
			return at
		}
	}
}

func (j *joiner) meeting(m *Meeting) {
	r := m.Record
	m.PartOf, m.Follows = j.meetingsOf(r.PartOf), j.meetingsOf(r.Follows)
	m.Log = make([]Status, len(r.Log))
	for i := range r.Log {
		s := &r.Log[i]
		m.Log[i] = Status{s, j.prose(&s.Text), j.later(s.Date)}
	}
	m.Attendance = make([]Attendance, len(r.Attendance))
	for i := range r.Attendance {
		m.Attendance[i] = j.attendance(&r.Attendance[i])
	}
	m.Agenda = make([]AgendaItem, len(r.Agenda))
	for i := range r.Agenda {
		m.Agenda[i] = j.agendaItem(&r.Agenda[i])
	}
}

func (j *joiner) attendance(r *record.Attendance) Attendance {
	a := Attendance{Attendance: r, Party: j.actor(&r.Party), Text: j.prose(&r.Text)}
	for i := range r.Attendees {
		one := Attendee{Attendee: &r.Attendees[i]}
		if one.Link != nil {
			one.Actor = j.quietActor(*one.Link)
		}
		a.Attendees = append(a.Attendees, one)
	}
	return a
}

// quietActor resolves a link that stands in prose too. A name that is no
// record was reported there; a record of another kind is only wrong here.
func (j *joiner) quietActor(l record.Link) *Actor {
	before := len(j.diags)
	a := j.actor(&l)
	if a == nil && len(j.diags) > before && j.diags[before].Code != "link/kind" {
		j.diags = j.diags[:before]
	}
	return a
}

// agendaItem resolves an agenda line; its issue is the first that it names.
func (j *joiner) agendaItem(r *record.AgendaItem) AgendaItem {
	item := AgendaItem{Text: j.prose(&r.Text)}
	for _, t := range item.Text.Targets {
		if t.Node != nil && t.Node.issue != nil {
			item.Issue = t.Node.issue
			break
		}
	}
	return item
}

func (j *joiner) issue(is *Issue) {
	for _, o := range is.Options {
		o.Text = j.prose(&o.Option.Text)
	}
	is.Assessments = make([]Assessment, len(is.Record.Assessments))
	for i := range is.Record.Assessments {
		r := &is.Record.Assessments[i]
		a := Assessment{Assessment: r, Party: j.actor(r.Party)}
		if r.Option != "" {
			a.Option = j.option(is, r.Option, r.OptionSpan)
		}
		a.Text = j.prose(&r.Text)
		is.Assessments[i] = a
	}
}

// option returns an issue's option, or nil after reporting that it has none
// of this id.
func (j *joiner) option(is *Issue, id string, at diag.Span) *Option {
	var ids []string
	for _, o := range is.Options {
		if o.ID == id {
			return o
		}
		ids = append(ids, o.ID)
	}
	d := j.diags.Errorf(at, "claim/unknown-option", "the issue %s has no option %q", is.ID, id).DidYouMean(id, ids)
	if len(ids) == 0 {
		d.Note("list its options under \"## Options\" in %s", is.File.Path)
	} else if len(d.Notes) == 0 {
		d.Note("its options are %s", strings.Join(ids, ", "))
	}
	return nil
}
