package link

import (
	"cmp"
	"slices"
)

// eachProse calls f for each piece of a record's prose, with the place on its
// page and that place's title. Structured lines are quiet: their links are
// listed elsewhere, and mention nobody.
func (n *Node) eachProse(f func(p *Prose, anchor, title string, quiet bool)) {
	f(&n.Prose, "", "", false)
	f(&n.Footnotes, "", "", false)
	for i := range n.Corrections {
		f(&n.Corrections[i].Text, "corrections", "", false)
	}
	switch {
	case n.actor != nil:
		for i := range n.actor.Roles {
			f(&n.actor.Roles[i].Text, "roles", "", false)
		}
	case n.meet != nil:
		for i := range n.meet.Log {
			f(&n.meet.Log[i].Text, "status", "", false)
		}
		for i := range n.meet.Attendance {
			f(&n.meet.Attendance[i].Text, "attendance", "", true)
		}
		for i := range n.meet.Agenda {
			f(&n.meet.Agenda[i].Text, "agenda", "", true)
		}
	case n.issue != nil:
		for _, o := range n.issue.Options {
			f(&o.Text, o.ID, o.Option.Text.Text, false)
		}
		for i := range n.issue.Assessments {
			f(&n.issue.Assessments[i].Text, "assessment", "assessment", false)
		}
	case n.source != nil:
		for _, c := range n.source.Claims {
			f(&c.Heading, c.ID, c.Title, false)
			f(&c.Note, c.ID, c.Title, false)
		}
	}
}

// eachMention calls f for each place of a record that refers to another one,
// with the list that the mention belongs into.
func (n *Node) eachMention(f func(list *[]Mention, m Mention)) {
	n.eachProse(func(p *Prose, anchor, title string, quiet bool) {
		if quiet {
			return
		}
		for i := range p.Targets {
			t := &p.Targets[i]
			m := Mention{From: n, Anchor: anchor, Title: title, in: p, hole: i}
			if t.Node != nil && t.Node != n {
				f(&t.Node.Mentions, m)
			}
			for _, c := range t.Cites {
				if &c.Source.Node != n {
					f(&c.Source.CitedBy, m)
				}
			}
		}
	})
}

// refers reports whether a record refers to one of some others, in prose or in
// a field, by whatever name.
func (n *Node) refers(to []*Node) (found bool) {
	is := func(x *Node) { found = found || slices.Contains(to, x) }
	actor := func(a *Actor) {
		if a != nil {
			is(&a.Node)
		}
	}
	n.eachProse(func(p *Prose, _, _ string, _ bool) {
		for i := range p.Targets {
			is(p.Targets[i].Node)
			for _, c := range p.Targets[i].Cites {
				is(&c.Source.Node)
			}
		}
	})
	switch {
	case n.meet != nil:
		for _, m := range slices.Concat(n.meet.PartOf, n.meet.Follows) {
			is(&m.Node)
		}
		for _, at := range n.meet.Attendance {
			actor(at.Party)
			for _, who := range at.Attendees {
				actor(who.Actor)
			}
		}
	case n.issue != nil:
		for _, a := range n.issue.Assessments {
			actor(a.Party)
		}
	case n.source != nil:
		for _, c := range n.source.Claims {
			actor(c.Holder)
			actor(c.party)
			for _, v := range c.Via {
				actor(v.Actor)
			}
			if c.Issue != nil {
				is(&c.Issue.Node)
			}
			if c.At != nil {
				is(&c.At.Node)
			}
			for _, x := range c.About {
				is(x)
			}
			for _, x := range slices.Concat(c.Changes, c.Denies, c.Disputes) {
				is(&x.Source.Node)
			}
		}
	}
	return found
}

// eachPlace calls the functions for each list of another record, or of a
// claim, that a meeting, or a claim of a source, belongs into.
func (n *Node) eachPlace(claim func(list *[]*Claim, c *Claim), meeting func(list *[]*Meeting, m *Meeting)) {
	if m := n.meet; m != nil {
		for _, x := range m.PartOf {
			meeting(&x.Parts, m)
		}
		for _, x := range m.Follows {
			meeting(&x.FollowedBy, m)
		}
		for _, at := range m.Attendance {
			if at.Party != nil {
				meeting(&at.Party.Meetings, m)
			}
			for _, who := range at.Attendees {
				if who.Actor != nil {
					meeting(&who.Actor.Meetings, m)
				}
			}
		}
		for _, item := range m.Agenda {
			if item.Issue != nil {
				meeting(&item.Issue.Meetings, m)
			}
		}
	}
	if n.source == nil {
		return
	}
	for _, c := range n.source.Claims {
		if c.Holder != nil {
			claim(&c.Holder.Holds, c)
		}
		for _, v := range c.Via {
			if v.Actor != nil {
				claim(&v.Actor.Relays, c)
			}
		}
		if c.Issue != nil {
			claim(&c.Issue.Claims, c)
		}
		if c.takesStance() {
			claim(&c.Option.Claims, c)
		}
		if c.At != nil {
			claim(&c.At.Claims, c)
		}
		for _, x := range c.About {
			if x.actor != nil {
				claim(&x.actor.About, c)
			} else {
				claim(&x.issue.Claims, c)
			}
		}
		for _, x := range c.Changes {
			claim(&x.ChangedBy, c)
		}
		for _, x := range c.Denies {
			claim(&x.DeniedBy, c)
		}
		for _, x := range c.Disputes {
			claim(&x.DisputedBy, c)
		}
	}
}

// few is how many entries a list has room for at first; most have more.
const few = 4

// enter puts x into a sorted list, after what is equal to it, unless it would
// stand beside the same.
func enter[T any](list *[]T, x T, compare func(a, b T) int, same func(a, b T) bool) {
	l := *list
	at := len(l)
	if at > 0 && compare(l[at-1], x) > 0 {
		at, _ = slices.BinarySearchFunc(l, x, func(y, x T) int {
			if compare(y, x) <= 0 {
				return -1
			}
			return 1
		})
	}
	if at > 0 && same(l[at-1], x) {
		return
	}
	if cap(l) == 0 {
		l = make([]T, 0, few)
	}
	*list = slices.Insert(l, at, x)
}

// leave takes a record, and all that is its own, out of every list that it is
// entered in.
func (n *Node) leave() {
	left := map[any]bool{}
	n.eachMention(func(list *[]Mention, _ Mention) {
		drop(left, list, func(m Mention) bool { return m.From == n })
	})
	n.eachPlace(
		func(list *[]*Claim, _ *Claim) { drop(left, list, func(c *Claim) bool { return &c.Source.Node == n }) },
		func(list *[]*Meeting, _ *Meeting) { drop(left, list, func(m *Meeting) bool { return &m.Node == n }) },
	)
}

// drop removes elements of a list, once for each list.
func drop[T any](done map[any]bool, list *[]T, is func(T) bool) {
	if !done[list] {
		done[list] = true
		*list = slices.DeleteFunc(*list, is)
	}
}

func same[T comparable](a, b T) bool { return a == b }

func sameMention(a, b Mention) bool { return a.Repeats(b) }

func compareMentions(a, b Mention) int { return cmp.Compare(a.From.rank, b.From.rank) }

// compareClaims orders claims by the file of their source, then by their place
// in it.
func compareClaims(a, b *Claim) int {
	return cmp.Or(cmp.Compare(a.Source.pos, b.Source.pos), cmp.Compare(a.index, b.index))
}
