package link

import (
	"slices"
	"strings"

	"readout/internal/diag"
	"readout/internal/record"
)

// node resolves what every record has.
func (j *joiner) node(n *Node) {
	n.Prose = j.prose(&n.Header.Prose, where{node: n})
	n.Footnotes = j.prose(&n.Header.Footnotes, where{node: n})
	for i := range n.Header.Corrections {
		c := &n.Header.Corrections[i]
		n.Corrections = append(n.Corrections, Correction{c, j.prose(&c.Text, where{node: n, anchor: "corrections"})})
	}
}

func (j *joiner) actors() {
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
	for _, a := range j.Actors {
		j.node(&a.Node)
		for i := range a.Record.Roles {
			r := &a.Record.Roles[i]
			a.Roles = append(a.Roles, Role{r, j.prose(&r.Text, where{node: &a.Node, anchor: "roles"})})
		}
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

func (j *joiner) meetings() {
	for _, m := range j.Meetings {
		m.PartOf = j.meetingsOf(m.Record.PartOf)
		for _, x := range m.PartOf {
			x.Parts = append(x.Parts, m)
		}
		m.Follows = j.meetingsOf(m.Record.Follows)
		for _, x := range m.Follows {
			x.FollowedBy = append(x.FollowedBy, m)
		}
		j.node(&m.Node)
		for i := range m.Record.Log {
			s := &m.Record.Log[i]
			m.Log = append(m.Log, Status{s, j.prose(&s.Text, where{node: &m.Node, anchor: "status"}), j.later(s.Date)})
		}
		for i := range m.Record.Attendance {
			m.Attendance = append(m.Attendance, j.attendance(m, &m.Record.Attendance[i]))
		}
		for i := range m.Record.Agenda {
			j.agendaItem(m, &m.Record.Agenda[i])
		}
	}
}

func (j *joiner) attendance(m *Meeting, r *record.Attendance) Attendance {
	a := Attendance{Attendance: r, Party: j.actor(&r.Party)}
	a.Text = j.prose(&r.Text, where{node: &m.Node, anchor: "attendance", quiet: true})
	attend := func(who *Actor) {
		if who != nil && !slices.Contains(who.Meetings, m) {
			who.Meetings = append(who.Meetings, m)
		}
	}
	attend(a.Party)
	for i := range r.Attendees {
		one := Attendee{Attendee: &r.Attendees[i]}
		if one.Link != nil {
			one.Actor = j.quietActor(*one.Link)
		}
		attend(one.Actor)
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

func (j *joiner) agendaItem(m *Meeting, r *record.AgendaItem) {
	item := AgendaItem{Text: j.prose(&r.Text, where{node: &m.Node, anchor: "agenda", quiet: true})}
	for _, t := range item.Text.Targets {
		if t.Node == nil || t.Node.issue == nil {
			continue
		}
		item.Issue = t.Node.issue
		if !slices.Contains(item.Issue.Meetings, m) {
			item.Issue.Meetings = append(item.Issue.Meetings, m)
		}
		break
	}
	m.Agenda = append(m.Agenda, item)
}

func (j *joiner) issues() {
	for _, is := range j.Issues {
		j.node(&is.Node)
		for i := range is.Record.Options {
			r := &is.Record.Options[i]
			is.Options = append(is.Options, &Option{
				Option: r, Issue: is,
				Text: j.prose(&r.Text, where{node: &is.Node, anchor: r.ID, title: r.Text.Text}),
			})
		}
		for i := range is.Record.Assessments {
			r := &is.Record.Assessments[i]
			a := Assessment{Assessment: r, Party: j.actor(r.Party)}
			if r.Option != "" {
				a.Option = j.option(is, r.Option, r.OptionSpan)
			}
			a.Text = j.prose(&r.Text, where{node: &is.Node, anchor: "assessment", title: "assessment"})
			is.Assessments = append(is.Assessments, a)
		}
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
