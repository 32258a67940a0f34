package plan

import (
	"iter"
	"strconv"
	"strings"

	"readout/internal/link"
	"readout/internal/record"
)

// What happened, and what was published, is listed by month. A list that is
// too long for one page has a page for each month, timeline.2025-11.html, and
// for a month that is too long itself further ones, timeline.2025-11.2.html.
// A new entry then changes the page of its month and no other.

// mostDated is how many entries of such a list stand on one page, and
// headDated how many of a longer one the page of the list shows: the newest.
const (
	mostDated = 250
	headDated = 40
)

// Monthly is what the pages of a list by month have: the list's own page its
// Pages, and a month's page its neighbours in time.
type Monthly struct {
	Pages          []Counted
	Count          int // of all
	Previous, Next Ref
}

// A Counted is a link to a page, and how many entries are there.
type Counted struct {
	Ref
	Count int
}

// A stretch is the entries of a list that stand on one page.
type stretch struct {
	path, title string
	month       string // its id
	from, to    int
}

// stretches cuts a list of n entries, which are in order of time, into those
// of one month, or nil where one page holds all. Base is the list's own path.
func stretches(base string, n int, date func(i int) record.Date) []stretch {
	if n <= mostDated {
		return nil
	}
	var list []stretch
	of := map[string]int{} // pages by month
	for i := range n {
		m := monthOf(date(i))
		if last := len(list) - 1; last >= 0 && list[last].month == m.ID && list[last].to-list[last].from < mostDated {
			list[last].to++
			continue
		}
		key := strings.TrimLeft(m.ID, "my")
		of[m.ID]++
		if k := of[m.ID]; k > 1 {
			key += "." + strconv.Itoa(k)
			m.Title += ", part " + strconv.Itoa(k)
		}
		list = append(list, stretch{strings.TrimSuffix(base, ".html") + "." + key + ".html", m.Title, m.ID, i, i + 1})
	}
	return list
}

// byMonth parts a list, which is in order of time, into those of one month.
func byMonth[T any](list []T, date func(T) record.Date) iter.Seq2[Month, []T] {
	return func(yield func(Month, []T) bool) {
		for len(list) > 0 {
			first, n := date(list[0]), 1
			for n < len(list) && sameMonth(first, date(list[n])) {
				n++
			}
			if !yield(monthOf(first), list[:n]) {
				return
			}
			list = list[n:]
		}
	}
}

func sameMonth(a, b record.Date) bool {
	x, xMonth := a.Month()
	y, yMonth := b.Month()
	return x == y && xMonth == yMonth && a.IsZero() == b.IsZero()
}

// monthOf returns the month of a date, empty.
func monthOf(d record.Date) Month {
	if d.IsZero() {
		return Month{ID: "undated", Title: "Without a date"}
	}
	year, month := d.Month()
	return Month{ID: monthID(year, int(month)), Title: record.MonthWords(year, month)}
}

// monthly returns the links of a list's own page; where is -1 there, and the
// page's place among the stretches elsewhere.
func (d desk) monthly(count int, list []stretch, where int) Monthly {
	v := Monthly{Count: count}
	ref := func(i int) Ref { return Ref{Href: d.root + list[i].path, Text: list[i].title} }
	if where < 0 {
		for i, s := range list {
			v.Pages = append(v.Pages, Counted{ref(i), s.to - s.from})
		}
		return v
	}
	if where > 0 {
		v.Previous = ref(where - 1)
	}
	if where+1 < len(list) {
		v.Next = ref(where + 1)
	}
	return v
}

// monthBase returns the base of the page of one month of a list.
func (p *planner) monthBase(list, title string, s stretch) Base {
	b := p.base(s.path, title+": "+s.title, title+", "+s.title+".")
	b.Section = list
	b.Crumbs = append(b.Crumbs, Ref{Href: b.Root + list, Text: title})
	return b
}

// A dated is a list by month that may need several pages.
type dated struct {
	path      string
	stretches []stretch
	page      func(p *planner, i int) View // of a stretch
}

// datedLists returns the lists by month, whether or not they are long.
func (p *planner) datedLists() []dated {
	return []dated{
		{"timeline.html", p.longs().eventsByMonth, func(p *planner, i int) View { return p.timelineOf(i) }},
		{"changes.html", p.longs().changesByMonth, func(p *planner, i int) View { return p.changesOf(i) }},
		{"sources.html", p.longs().sourcesByMonth, func(p *planner, i int) View { return p.sourcesOf(i) }},
		{"meetings.html", p.longs().meetingsByMonth, func(p *planner, i int) View { return p.meetingsOf(i) }},
	}
}

// arrange works out what the long lists share.
func (p *planner) arrange() *longs {
	events, developments, sources, meetings := p.allEvents(), p.developments(), p.sourcesThatCount(), newestMeetings(p.site)
	return &longs{
		events:          events,
		eventsByMonth:   stretches("timeline.html", len(events), func(i int) record.Date { return events[i].date }),
		changesByMonth:  stretches("changes.html", len(developments), func(i int) record.Date { return developments[i].date }),
		newestSources:   sources,
		sourcesByMonth:  stretches("sources.html", len(sources), func(i int) record.Date { return sources[i].Record.Published }),
		newestMeetings:  meetings,
		meetingsByMonth: stretches("meetings.html", len(meetings), func(i int) record.Date { return meetings[i].Record.Start }),
	}
}

// longs is what the planner holds of the lists by month.
type longs struct {
	events          []event
	eventsByMonth   []stretch
	changesByMonth  []stretch
	newestSources   []*link.Source
	sourcesByMonth  []stretch
	newestMeetings  []*link.Meeting
	meetingsByMonth []stretch
}
