package plan

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"readout/internal/link"
	"readout/internal/record"
)

// state returns the last line of a meeting's log that counts, or nil.
func state(m *link.Meeting) *link.Status {
	for i := range slices.Backward(m.Log) {
		if !m.Log[i].Later {
			return &m.Log[i]
		}
	}
	return nil
}

// when joins a meeting's two dates to one.
func when(m *link.Meeting) Date {
	start, end := m.Record.Start, m.Record.End
	if start.IsZero() || end.IsZero() || start == end {
		return dateOf(start)
	}
	if d, err := record.ParseDate(start.String() + "/" + end.String()); err == nil {
		return dateOf(d)
	}
	return Date{
		Words:    dateOf(start).Words + " to " + dateOf(end).Words,
		Inferred: start.Uncertain() || end.Uncertain(),
	}
}

func (d desk) meetingLine(m *link.Meeting) MeetingLine {
	l := MeetingLine{Ref: d.name(&m.Node), When: when(m), Place: m.Record.Place}
	if s := state(m); s != nil {
		l.Stage, l.Certainty = string(s.Stage), string(s.Certainty)
	}
	for _, a := range m.Attendance {
		if a.Party != nil {
			l.Parties = append(l.Parties, d.name(&a.Party.Node))
		}
	}
	return l
}

func (d desk) meetingLines(list []*link.Meeting) []MeetingLine {
	lines := make([]MeetingLine, len(list))
	of := d.kept().meetings[d.level()]
	for i, m := range list {
		if d.bare {
			lines[i] = d.meetingLine(m)
			continue
		}
		lines[i] = *of.get(m.Index(), func() *MeetingLine {
			l := d.meetingLine(m)
			return &l
		})
	}
	return lines
}

// prospect says of a meeting whether it is still to come, as far as the
// sources go.
type prospect uint8

const (
	past       prospect = iota // held, cancelled, or without a log
	ahead                      // announced for a day that the latest source had not seen
	unreported                 // announced for a day that has passed, with no word since
)

func (p *planner) prospect(m *link.Meeting) prospect {
	s := state(m)
	if s == nil || s.Stage == record.Held || s.Stage == record.Cancelled {
		return past
	}
	at := m.Record.End
	if at.IsZero() {
		at = m.Record.Start
	}
	if at.IsZero() || at.Latest() >= p.today() {
		return ahead
	}
	return unreported
}

// today returns the day from which a briefing looks at the world: the day as
// of which it is built, or that of its latest source. The clock has no say.
func today(site *link.Site) record.Day {
	if site.HasAsOf {
		return site.AsOf
	}
	day := record.MinDay
	for _, s := range site.Sources {
		if at := s.Record.Published; !at.IsZero() {
			day = max(day, at.Earliest())
		}
	}
	return day
}

// meeting plans meetings/<id>.html.
func (p *planner) meeting(i int) *Meeting {
	m := p.site.Meetings[i]
	d := p.desk(m.Path)
	v := &Meeting{
		Base: p.nodeBase(&m.Node, "meetings.html", "Meetings"), When: when(m),
		WhenAsStated: m.Record.WhenAsStated, Place: m.Record.Place, Lead: d.prose(m.Prose),
		PartOf: d.meetingRefs(m.PartOf), Parts: d.meetingRefs(m.Parts),
		Follows: d.meetingRefs(m.Follows), FollowedBy: d.meetingRefs(m.FollowedBy),
		Calendar: d.root + "data/meetings.ics",
	}
	v.Unreported = p.prospect(m) == unreported
	if m.Record.Start.IsZero() {
		v.Calendar = ""
	}
	if s := state(m); s != nil {
		v.Stage, v.Certainty, v.StageAsOf = string(s.Stage), string(s.Certainty), dateOf(s.Date)
	}
	v.Log = d.log(m)
	for _, a := range m.Attendance {
		v.Delegations = append(v.Delegations, d.delegation(a))
	}
	v.Agenda = d.agenda(m)
	claims := shown(d, &m.Node, &listClaims, newest(m.Claims), &v.More)
	v.Accounts = d.accounts(d.brief, claims)
	v.ByIssue = d.positionsAs(d.line, claims)
	if v.Description == "" {
		v.Description = strings.TrimSpace(v.When.Words + ", " + v.Place)
	}
	if i > 0 {
		v.Previous = d.meetingRef(p.site.Meetings[i-1])
	}
	if i+1 < len(p.site.Meetings) {
		v.Next = d.meetingRef(p.site.Meetings[i+1])
	}
	return v
}

func (d desk) meetingRefs(list []*link.Meeting) []Ref {
	var refs []Ref
	for _, m := range list {
		refs = append(refs, d.meetingRef(m))
	}
	return refs
}

func (d desk) log(m *link.Meeting) []Status {
	var list []Status
	for _, s := range m.Log {
		if !s.Later {
			list = append(list, Status{
				Date: dateOf(s.Date), Stage: string(s.Stage), Certainty: string(s.Certainty), Text: d.prose(s.Text),
			})
		}
	}
	return list
}

func (d desk) agenda(m *link.Meeting) []AgendaItem {
	var list []AgendaItem
	for _, a := range m.Agenda {
		list = append(list, AgendaItem{Text: d.prose(a.Text)})
	}
	return list
}

func (d desk) delegation(a link.Attendance) Delegation {
	out := Delegation{
		Party: d.actorRef(a.Party), NotNamed: a.NotNamed, OthersNotNamed: a.OthersNotNamed, Text: d.prose(a.Text),
	}
	for _, s := range out.Text.Slots {
		if len(s.Notes) > 0 {
			out.Cites.Slots = append(out.Cites.Slots, Slot{Notes: s.Notes})
		}
	}
	for _, x := range a.Attendees {
		w := Who{Ref: d.actorRef(x.Actor), Note: string(x.Certainty)}
		if x.Actor == nil {
			w.Text, w.Unnamed = x.Words, true
		}
		if w.Text != "" {
			out.People = append(out.People, w)
		}
	}
	return out
}

// accounts groups what was said at or of a meeting by side, the parties of
// the comparison first.
func (d desk) accounts(show func(*link.Claim) *Card, claims []*link.Claim) []Account {
	claims = d.bySide(claims)
	var list []Account
	for len(claims) > 0 {
		side, n := claims[0].Party, 1
		for n < len(claims) && claims[n].Party == side {
			n++
		}
		list = append(list, Account{Party: d.side(side), Cards: shownAs(claims[:n], show)})
		claims = claims[n:]
	}
	return list
}

// side names one side, or those who belong to none.
func (d desk) side(a *link.Actor) Ref {
	if a == nil {
		return Ref{Text: "Others: the articles themselves, and those of no stated party"}
	}
	return d.actorRef(a)
}

// bySide returns claims sorted by side: the parties of the comparison, then
// others in the order in which they come, then those of no party.
func (p *planner) bySide(claims []*link.Claim) []*link.Claim {
	place := map[*link.Actor]int{nil: math.MaxInt}
	for i, a := range p.compared().Parties {
		place[a] = i
	}
	for _, c := range claims {
		if _, ok := place[c.Party]; !ok {
			place[c.Party] = len(place)
		}
	}
	list := slices.Clone(claims)
	slices.SortStableFunc(list, func(a, b *link.Claim) int { return cmp.Compare(place[a.Party], place[b.Party]) })
	return list
}

// meetingList plans meetings.html.
func (p *planner) meetingList() *MeetingList {
	const path = "meetings.html"
	d := p.desk(path)
	v := &MeetingList{Base: p.base(path, "Meetings", "Every meeting that the sources report, plan or moot, with its status, its dates and who came.")}
	v.Monthly = d.monthly(len(p.longs().newestMeetings), p.longs().meetingsByMonth, -1)
	long := v.Pages != nil
	add := func(to *[]MeetingLine, m *link.Meeting) {
		if !long || len(*to) < headDated {
			*to = append(*to, d.meetingLine(m))
		}
	}
	for _, m := range p.site.Meetings {
		switch p.prospect(m) {
		case ahead:
			add(&v.Upcoming, m)
		case unreported:
			add(&v.Unreported, m)
		}
	}
	for _, m := range p.longs().newestMeetings {
		if p.prospect(m) == past {
			add(&v.Past, m)
		}
	}
	v.Grid = d.grid()
	return v
}

// newestMeetings returns the meetings, the latest first.
func newestMeetings(site *link.Site) []*link.Meeting {
	list := slices.Clone(site.Meetings)
	slices.Reverse(list)
	return list
}

// meetingsOf plans the list of the meetings of one month.
func (p *planner) meetingsOf(i int) *MeetingList {
	s := p.longs().meetingsByMonth[i]
	d := p.desk(s.path)
	return &MeetingList{
		Base:    p.monthBase("meetings.html", "Meetings", s),
		Monthly: d.monthly(len(p.longs().newestMeetings), p.longs().meetingsByMonth, i),
		Month:   d.meetingLines(p.longs().newestMeetings[s.from:s.to]),
	}
}
