package plan

import (
	"cmp"
	"slices"

	"readout/internal/link"
	"readout/internal/record"
)

func (d desk) actorLine(a *link.Actor) ActorLine {
	l := ActorLine{Ref: d.name(&a.Node), Type: string(a.Record.Type)}
	if a.Party != nil && a.Party != a {
		l.Party = d.name(&a.Party.Node)
	}
	if len(a.Roles) > 0 {
		l.Role = a.Roles[0].Text.Words()
	} else {
		l.Role = describe(a.Prose)
	}
	return l
}

// actor plans actors/<id>.html.
func (p *planner) actor(a *link.Actor) *Actor {
	d := p.desk(a.Path)
	v := &Actor{
		Base: p.nodeBase(&a.Node, "actors.html", "Actors"), Type: string(a.Record.Type),
		Represents: d.actorRef(a.Represents), Lead: d.prose(a.Prose),
	}
	if a.Party != a {
		v.Party = d.actorRef(a.Party)
	}
	for _, t := range a.Aliases {
		v.Aliases = append(v.Aliases, t.Value)
	}
	v.Roles = d.roles(a)
	n := &a.Node
	v.Positions = d.positionsAs(d.card, shown(d, n, &listPositions, positionsOf(a), &v.More.Positions))
	v.Other = d.cards(shown(d, n, &listOther, otherOf(a), &v.More.Other))
	v.ForIt = d.positionsAs(d.brief, shown(d, n, &listForIt, p.forIt(a), &v.More.ForIt))
	v.Relayed = shownAs(shown(d, n, &listRelayed, relayedOf(a), &v.More.Relayed), d.line)
	v.About = shownAs(shown(d, n, &listAbout, aboutOf(a), &v.More.About), d.brief)
	v.Meetings = d.meetingLines(latest(d, n, &listMeetings, a.Meetings, &v.More.Meetings))
	v.With = d.companions(shown(d, n, &listWith, companions(a), &v.More.With))
	v.Members = d.actorLines(shown(d, n, &listMembers, a.Members, &v.More.Members))
	return v
}

// Lists of the claims on an actor's page, newest first.

func positionsOf(a *link.Actor) []*link.Claim {
	return slices.DeleteFunc(newest(a.Holds), func(c *link.Claim) bool { return c.Option == nil })
}

func otherOf(a *link.Actor) []*link.Claim {
	return slices.DeleteFunc(newest(a.Holds), func(c *link.Claim) bool { return c.Option != nil })
}

func relayedOf(a *link.Actor) []*link.Claim { return newest(a.Relays) }

func aboutOf(a *link.Actor) []*link.Claim { return newest(a.About) }

func (p *planner) forIt(a *link.Actor) []*link.Claim {
	return slices.DeleteFunc(newest(p.ofParty()[a]), func(c *link.Claim) bool { return c.Option == nil })
}

func (d desk) roles(a *link.Actor) []Role {
	var list []Role
	for _, r := range a.Roles {
		list = append(list, Role{When: r.When, Date: dateOf(r.Date), Text: d.prose(r.Text)})
	}
	return list
}

// byParty groups claims by the party for which they count, where that is not
// their holder: claims of its people, and of unnamed ones who spoke for it.
func byParty(site *link.Site) map[*link.Actor][]*link.Claim {
	of := map[*link.Actor][]*link.Claim{}
	for _, c := range site.Claims {
		if c.Party != nil && c.Holder != c.Party {
			of[c.Party] = append(of[c.Party], c)
		}
	}
	return of
}

// A companion is another actor and the meetings that two of them took part in.
type companion struct {
	actor    *link.Actor
	meetings []*link.Meeting
}

// attendees returns how many companions an actor has at most.
func attendees(a *link.Actor) (n int) {
	for _, m := range a.Meetings {
		for _, at := range m.Attendance {
			n += 1 + len(at.Attendees)
		}
	}
	return n
}

// companions returns those who took part in the same meetings, the most
// frequent first.
func companions(a *link.Actor) []companion {
	type pair struct {
		actor   *link.Actor
		meeting *link.Meeting
	}
	pairs := make([]pair, 0, attendees(a))
	for _, m := range a.Meetings {
		for _, at := range m.Attendance {
			pairs = append(pairs, pair{at.Party, m})
			for _, x := range at.Attendees {
				pairs = append(pairs, pair{x.Actor, m})
			}
		}
	}
	pairs = slices.DeleteFunc(pairs, func(x pair) bool {
		b := x.actor
		return b == nil || b == a || b == a.Party || b.Party == a
	})
	// Actors are in the order of their names; a meeting's places are together.
	slices.SortStableFunc(pairs, func(x, y pair) int { return cmp.Compare(x.actor.Index(), y.actor.Index()) })
	pairs = slices.Compact(pairs)
	meetings := make([]*link.Meeting, len(pairs))
	var list []companion
	for i, x := range pairs {
		meetings[i] = x.meeting
		if i == 0 || x.actor != pairs[i-1].actor {
			list = append(list, companion{actor: x.actor})
		}
		last := &list[len(list)-1]
		last.meetings = meetings[i-len(last.meetings) : i+1]
	}
	slices.SortStableFunc(list, func(x, y companion) int { return cmp.Compare(len(y.meetings), len(x.meetings)) })
	return list
}

func (d desk) companions(with []companion) []Companion {
	var list []Companion
	for _, x := range with {
		c := Companion{Ref: d.actorRef(x.actor)}
		for _, m := range x.meetings[max(0, len(x.meetings)-mostShared):] {
			c.Meetings = append(c.Meetings, Shared{d.name(&m.Node), when(m).Words})
		}
		c.Further = len(x.meetings) - len(c.Meetings)
		list = append(list, c)
	}
	return list
}

var typeTitles = map[record.ActorType]string{
	record.State: "States", record.Delegation: "Delegations", record.Organisation: "Organisations",
	record.Person: "People", record.Document: "Documents",
}

// actorList plans actors.html.
func (p *planner) actorList() *ActorList {
	const path = "actors.html"
	d := p.desk(path)
	v := &ActorList{Base: p.base(path, "Actors", "Everyone and everything that holds a position or takes part: people, bodies, states, delegations, documents.")}
	for i, t := range record.ActorTypes {
		of := p.actorsByType()[i]
		if len(of.actors) == 0 {
			continue
		}
		g := ActorGroup{ID: string(t), Title: typeTitles[t], Count: len(of.actors), Pages: d.spanned(of.spans, -1).Pages}
		if of.spans == nil {
			g.Actors = d.actorLines(of.actors)
		}
		v.Groups = append(v.Groups, g)
	}
	return v
}

// actorsByType sorts the actors into their types.
func actorsByType(site *link.Site) []actorSpans {
	list := make([]actorSpans, len(record.ActorTypes))
	for i, t := range record.ActorTypes {
		g := &list[i]
		for _, a := range site.Actors {
			if a.Record.Type == t {
				g.actors = append(g.actors, a)
			}
		}
		g.spans = spans("actors."+string(t)+".html", len(g.actors), mostActors, func(i int) string { return g.actors[i].Name.Value })
	}
	return list
}

// actorsOf plans one page of the actors of one type.
func (p *planner) actorsOf(i, part int) *ActorList {
	t, g := record.ActorTypes[i], p.actorsByType()[i]
	s := g.spans[part]
	d := p.desk(s.path)
	v := &ActorList{Base: p.base(s.path, typeTitles[t]+": "+s.title, typeTitles[t]+" of this briefing.")}
	v.Section = "actors.html"
	v.Crumbs = append(v.Crumbs, Ref{Href: v.Root + v.Section, Text: "Actors"})
	v.Groups = []ActorGroup{{
		ID: string(t), Title: s.title, Count: len(g.actors), Actors: d.actorLines(g.actors[s.from:s.to]),
	}}
	v.Spanned = d.spanned(g.spans, part)
	return v
}

func (d desk) actorLines(list []*link.Actor) []ActorLine {
	lines := make([]ActorLine, len(list))
	for i, a := range list {
		lines[i] = d.actorLine(a)
	}
	return lines
}
