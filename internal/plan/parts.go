package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"readout/internal/link"
)

// No page grows without bound. A list on the page of a record is shown whole
// up to a number of entries; of a longer one the page shows the first or the
// newest, says how many there are, and leads to pages of the list's own:
// actors/<id>.relayed.html, actors/<id>.relayed.2.html and so on. A slug has no
// dot, so no record's page can have such a name.

// A listKind is a list that a page may be too small for.
type listKind struct {
	key   string // in the path
	title string
	most  int // entries that the record's own page shows
	head  int // of a longer list
	per   int // on a page of its own
}

// Cards weigh 1 to 2 kB, lines 0.2 to 0.5 kB. With every list just short of
// its bound, the page of a record stays under 300 kB.
var (
	listPositions = listKind{"positions", "Positions", 24, 8, 70}
	listForIt     = listKind{"for-it", "Positions stated on its behalf", 24, 8, 70}
	listOther     = listKind{"other", "Other statements", 24, 8, 70}
	listAbout     = listKind{"about", "What others say", 24, 8, 70}
	listRelayed   = listKind{"relayed", "What it relayed", 40, 15, 180}
	listMeetings  = listKind{"meetings", "Meetings", 60, 20, 400}
	listWith      = listKind{"with", "Met with", 40, 20, 250}
	listMembers   = listKind{"members", "Who speaks for it", 80, 30, 600}
	listClaims    = listKind{"claims", "What each side says", 36, 16, 80} // of a meeting or an issue
	listMentions  = listKind{"mentions", "Referred to from", 40, 15, 200}
)

// mostPlaces is how many places of one page are shown that refer to another,
// and mostShared how many meetings of two actors.
const (
	mostPlaces = 12
	mostShared = 12
)

func (k *listKind) long(count int) bool { return count > k.most }

// path returns the path of a part of a list, from 0.
func (k *listKind) path(n *link.Node, part int) string {
	path := strings.TrimSuffix(n.Path, ".html") + "." + k.key
	if part > 0 {
		path += "." + strconv.Itoa(part+1)
	}
	return path + ".html"
}

// more leads from the page of a record to the whole list.
func (d desk) more(n *link.Node, k *listKind, count int) Ref {
	return Ref{Href: d.root + k.path(n, 0), Text: "All " + number(count)}
}

// shown returns what the page of a record shows of a list, and says in more
// where the rest is.
func shown[T any](d desk, n *link.Node, k *listKind, list []T, more *Ref) []T {
	if !k.long(len(list)) {
		return list
	}
	*more = d.more(n, k, len(list))
	return list[:k.head]
}

// latest is shown, for a list whose last entries are the newest.
func latest[T any](d desk, n *link.Node, k *listKind, list []T, more *Ref) []T {
	return list[len(list)-len(shown(d, n, k, list, more)):]
}

// number writes a number with its thousands apart.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

// Rest is one page of a list that is too long for the page of its record.
type Rest struct {
	Base
	Of          Ref    // the record
	Heading     string // of the list
	First, Last int    // the entries that are here, from 1
	Count       int
	Parts       []Ref // the pages of the list; the one without an address is this one
	Positions   []IssuePositions
	ForIt       []IssuePositions
	Other       []*Card
	About       []*Card
	Relayed     []*Card
	Sides       []Account
	Meetings    []MeetingLine
	With        []Companion
	Members     []ActorLine
	Referring   []MentionGroup
	Previous    Ref
	Next        Ref
}

// Template names the view's template.
func (*Rest) Template() string { return "rest.html" }

// A long is a list that does not fit its page.
type long struct {
	*listKind
	node  *link.Node
	count int
	label func(i int) string // what the contents call an entry; nil for its number
	fill  func(d desk, v *Rest, from, to int)
}

// bounds returns the entries of a part.
func (l *long) bounds(part int) (from, to int) {
	return part * l.per, min((part+1)*l.per, l.count)
}

func (l *long) parts() int { return (l.count + l.per - 1) / l.per }

// name is what the contents of a list call one of its pages.
func (l *long) name(part int) string {
	from, to := l.bounds(part)
	if l.label == nil {
		return number(from+1) + " to " + number(to)
	}
	first, last := l.label(from), l.label(to-1)
	if first == last {
		return first
	}
	return first + " to " + last
}

// rest plans one page of a long list.
func (p *planner) rest(l *long, part int) *Rest {
	path := l.path(l.node, part)
	d := p.desk(path)
	from, to := l.bounds(part)
	v := &Rest{
		Base:  p.base(path, l.node.Name.Value+": "+lower(l.title), ""),
		Of:    d.name(l.node),
		First: from + 1, Last: to, Count: l.count, Heading: l.title,
	}
	v.Description = fmt.Sprintf("%s: %s, %s of %s.", l.node.Name.Value, lower(l.title), number(from+1)+" to "+number(to), number(l.count))
	v.Section, _, _ = strings.Cut(l.node.Path, "/")
	v.Section = strings.TrimSuffix(v.Section, ".html") + ".html"
	v.Crumbs = append(v.Crumbs, v.Of)
	if l.parts() > 1 {
		v.Title += fmt.Sprintf(", %d of %d", part+1, l.parts())
		for i := range l.parts() {
			ref := Ref{Href: d.root + l.path(l.node, i), Text: l.name(i)}
			switch i {
			case part - 1:
				v.Previous = ref
			case part:
				ref.Href = ""
			case part + 1:
				v.Next = ref
			}
			v.Parts = append(v.Parts, ref)
		}
	}
	l.fill(d, v, from, to)
	return v
}

// lower puts a title into the middle of a sentence.
func lower(title string) string { return strings.ToLower(title[:1]) + title[1:] }

// longLists returns the lists of a record that do not fit its page.
func (p *planner) longLists(n *link.Node) []*long {
	var all []*long
	add := func(k *listKind, count int, label func(int) string, fill func(desk, *Rest, int, int)) {
		if k.long(count) {
			all = append(all, &long{k, n, count, label, fill})
		}
	}
	if a := n.Actor(); a != nil {
		p.longListsOf(a, add)
	}
	if m := n.Meeting(); m != nil {
		p.said(m.Claims, add)
	}
	if is := n.Issue(); is != nil {
		p.said(is.Claims, add)
		add(&listMeetings, len(is.Meetings), nil, func(d desk, v *Rest, from, to int) {
			v.Meetings = d.meetingLines(is.Meetings[from:to])
		})
	}
	if listMentions.long(len(n.Mentions) + len(n.CitedBy)) {
		groups := mentionGroups(n)
		add(&listMentions, len(groups), nil, func(d desk, v *Rest, from, to int) { v.Referring = d.mentions(groups[from:to]) })
	}
	return all
}

// An adder adds a list, if it is long.
type adder func(k *listKind, count int, label func(int) string, fill func(d desk, v *Rest, from, to int))

func (p *planner) longListsOf(a *link.Actor, add adder) {
	for _, s := range [...]struct {
		kind   *listKind
		raw    int // at least as many
		claims func(*link.Actor) []*link.Claim
		issues bool // by issue
		fill   func(d desk, v *Rest, claims []*link.Claim)
	}{
		{&listPositions, len(a.Holds), positionsOf, true, func(d desk, v *Rest, claims []*link.Claim) { v.Positions = d.positionsAs(d.card, claims) }},
		{&listForIt, len(p.ofParty()[a]), p.forIt, true, func(d desk, v *Rest, claims []*link.Claim) { v.ForIt = d.positionsAs(d.brief, claims) }},
		{&listOther, len(a.Holds), otherOf, false, func(d desk, v *Rest, claims []*link.Claim) { v.Other = d.cards(claims) }},
		{&listAbout, len(a.About), aboutOf, false, func(d desk, v *Rest, claims []*link.Claim) { v.About = shownAs(claims, d.brief) }},
		{&listRelayed, len(a.Relays), relayedOf, false, func(d desk, v *Rest, claims []*link.Claim) { v.Relayed = shownAs(claims, d.line) }},
	} {
		if !s.kind.long(s.raw) {
			continue
		}
		claims := s.claims(a)
		label := func(i int) string { return claims[i].Issue.Name.Value }
		if s.issues {
			byIssue(claims)
		} else {
			label = nil
		}
		add(s.kind, len(claims), label, func(d desk, v *Rest, from, to int) { s.fill(d, v, claims[from:to]) })
	}
	add(&listMeetings, len(a.Meetings), nil, func(d desk, v *Rest, from, to int) {
		v.Meetings = d.meetingLines(a.Meetings[from:to])
	})
	add(&listMembers, len(a.Members), func(i int) string { return a.Members[i].Name.Value }, func(d desk, v *Rest, from, to int) {
		v.Members = d.actorLines(a.Members[from:to])
	})
	if listWith.long(attendees(a)) {
		with := companions(a)
		add(&listWith, len(with), nil, func(d desk, v *Rest, from, to int) { v.With = d.companions(with[from:to]) })
	}
}

// said adds what each side said at a meeting, or on an issue.
func (p *planner) said(raw []*link.Claim, add adder) {
	if !listClaims.long(len(raw)) {
		return
	}
	claims := p.bySide(newest(raw))
	add(&listClaims, len(claims), func(i int) string {
		if side := claims[i].Party; side != nil {
			return side.Name.Value
		}
		return "others"
	}, func(d desk, v *Rest, from, to int) { v.Sides = d.accounts(d.brief, claims[from:to]) })
}

// byIssue sorts positions that are sorted already by issue, and within one as
// they were.
func byIssue(claims []*link.Claim) {
	slices.SortStableFunc(claims, func(a, b *link.Claim) int { return cmp.Compare(a.Issue.Index(), b.Issue.Index()) })
}
