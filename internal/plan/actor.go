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
	own := newest(a.Holds)
	v.Positions = d.positions(own)
	v.Other = d.cards(slices.DeleteFunc(own, func(c *link.Claim) bool { return c.Option != nil }))
	v.ForIt = d.positions(newest(p.ofParty[a]))
	v.Relayed = d.cards(newest(a.Relays))
	v.About = d.cards(newest(a.About))
	v.Meetings = d.meetingLines(a.Meetings)
	v.With = d.companions(a)
	for _, m := range a.Members {
		v.Members = append(v.Members, d.actorLine(m))
	}
	return v
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

// companions returns those who took part in the same meetings, the most
// frequent first.
func (d desk) companions(a *link.Actor) []Companion {
	shared := map[*link.Actor][]*link.Meeting{}
	var order []*link.Actor
	for _, m := range a.Meetings {
		seen := map[*link.Actor]bool{a: true, a.Party: true}
		for _, at := range m.Attendance {
			who := []*link.Actor{at.Party}
			for _, x := range at.Attendees {
				who = append(who, x.Actor)
			}
			for _, b := range who {
				if b == nil || seen[b] || b.Party == a {
					continue
				}
				seen[b] = true
				if shared[b] == nil {
					order = append(order, b)
				}
				shared[b] = append(shared[b], m)
			}
		}
	}
	slices.SortFunc(order, func(x, y *link.Actor) int {
		return cmp.Or(cmp.Compare(len(shared[y]), len(shared[x])), byName(x, y))
	})
	var list []Companion
	for _, b := range order {
		list = append(list, Companion{Ref: d.actorRef(b), Meetings: d.meetingRefs(shared[b])})
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
	for _, t := range record.ActorTypes {
		g := ActorGroup{ID: string(t), Title: typeTitles[t]}
		for _, a := range p.site.Actors {
			if a.Record.Type == t {
				g.Actors = append(g.Actors, d.actorLine(a))
			}
		}
		if len(g.Actors) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
	return v
}
