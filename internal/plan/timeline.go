package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"readout/internal/link"
	"readout/internal/record"
)

func monthID(year, month int) string {
	if month == 0 {
		return fmt.Sprintf("y%d", year)
	}
	return fmt.Sprintf("m%d-%02d", year, month)
}

// An event before it is shown.
type event struct {
	date record.Date
	path string
	show func(desk) Event
}

// timeline plans timeline.html: meetings, positions and publications by
// month, oldest first.
func (p *planner) timeline() *Timeline {
	const path = "timeline.html"
	d := p.desk(path)
	v := &Timeline{Base: p.base(path, "Timeline", "Meetings, positions and sources, month by month, with every uncertain date marked.")}
	v.Monthly = d.monthly(len(p.longs().events), p.longs().eventsByMonth, -1)
	if v.Pages == nil {
		d.eventsIn(p.longs().events, v)
	}
	v.Chart = d.meetingsChart()
	return v
}

// timelineOf plans the timeline of one month.
func (p *planner) timelineOf(i int) *Timeline {
	s := p.longs().eventsByMonth[i]
	d := p.desk(s.path)
	v := &Timeline{Base: p.monthBase("timeline.html", "Timeline", s), Monthly: d.monthly(len(p.longs().events), p.longs().eventsByMonth, i)}
	d.eventsIn(p.longs().events[s.from:s.to], v)
	return v
}

// eventsIn fills a timeline with events, and with what they can be filtered by.
func (d desk) eventsIn(events []event, v *Timeline) {
	for month, list := range byMonth(events, func(e event) record.Date { return e.date }) {
		month.Events = make([]Event, len(list))
		for i, e := range list {
			month.Events[i] = e.show(d)
			month.Events[i].Date = dateOf(e.date)
		}
		v.Months = append(v.Months, month)
	}
	actors, issues := map[string]bool{}, map[string]bool{}
	for _, m := range v.Months {
		for _, e := range m.Events {
			note(actors, e.Actors)
			note(issues, e.Issues)
		}
	}
	v.Actors, v.Issues = d.choice("actors", actors), d.choice("issues", issues)
	slices.SortStableFunc(v.Actors, func(a, b Option) int {
		return strings.Compare(record.Slug(a.Text), record.Slug(b.Text))
	})
}

// choice returns the records of a folder that have one of the ids, in the
// order of the site. It looks at no other, for there are as many pages of a
// timeline as there are hundreds of actors.
func (d desk) choice(folder string, ids map[string]bool) []Option {
	nodes := make([]*link.Node, 0, len(ids))
	for id := range ids {
		if n := d.site.At(folder + "/" + id + ".html"); n != nil {
			nodes = append(nodes, n)
		}
	}
	slices.SortFunc(nodes, func(a, b *link.Node) int { return cmp.Compare(a.Index(), b.Index()) })
	list := make([]Option, len(nodes))
	for i, n := range nodes {
		list[i] = Option{n.ID, n.Name.Value}
	}
	return list
}

// note adds ids that are parted by spaces.
func note(set map[string]bool, ids string) {
	for id := range strings.FieldsSeq(ids) {
		set[id] = true
	}
}

// allEvents returns the events of the timeline, oldest first.
func (p *planner) allEvents() []event {
	var all []event
	for _, m := range p.site.Meetings {
		if m.Record.Start.IsZero() {
			continue
		}
		all = append(all, event{m.Record.Start, m.Path, func(d desk) Event {
			e := Event{Kind: "meeting", Title: d.meetingRef(m)}
			if s := state(m); s != nil {
				e.Stage = string(s.Stage)
			}
			var actors, issues []string
			for _, a := range m.Attendance {
				if a.Party != nil {
					actors = append(actors, a.Party.ID)
				}
				for _, x := range a.Attendees {
					if x.Actor != nil {
						actors = append(actors, x.Actor.ID)
					}
				}
			}
			for _, a := range m.Agenda {
				if a.Issue != nil {
					issues = append(issues, a.Issue.ID)
				}
			}
			e.Actors, e.Issues = joinIDs(actors), joinIDs(issues)
			return e
		}})
	}
	for _, c := range p.site.Claims {
		if !c.Counts() || c.Said.IsZero() {
			continue
		}
		all = append(all, event{c.Said, c.Source.Path + "#" + c.ID, func(d desk) Event {
			d.links.claim(c)
			e := Event{
				Kind: "claim", Title: d.claimRef(c), Party: d.actorRef(c.Party), Who: d.holder(c),
				Stance: stanceOf(c.Stance), Issue: d.issueRef(c.Issue), Direct: direct(c), Directness: string(c.Directness),
			}
			var actors, issues []string
			for _, a := range []*link.Actor{c.Holder, c.Party} {
				if a != nil {
					actors = append(actors, a.ID)
				}
			}
			if c.Issue != nil {
				issues = append(issues, c.Issue.ID)
			}
			for _, n := range c.About {
				if n.Kind == record.KindIssue {
					issues = append(issues, n.ID)
				}
			}
			e.Actors, e.Issues = joinIDs(actors), joinIDs(issues)
			return e
		}})
	}
	for _, s := range p.site.Sources {
		if at := s.Record.Published; !at.IsZero() && !(p.site.HasAsOf && at.Earliest() > p.site.AsOf) {
			all = append(all, event{at, s.Path, func(d desk) Event {
				e := Event{Kind: "source", Title: d.ref(&s.Node)}
				e.Who.Text = publisher(s)
				return e
			}})
		}
	}
	slices.SortStableFunc(all, func(a, b event) int {
		return cmp.Or(record.Compare(a.date, b.date), strings.Compare(a.path, b.path))
	})
	return all
}
