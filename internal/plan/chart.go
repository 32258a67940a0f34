package plan

import (
	"cmp"
	"fmt"
	"slices"

	"readout/internal/link"
	"readout/internal/record"
)

// A Chart is a drawing over time: lanes from top to bottom, time from left to
// right. Its template turns it into SVG. Across, places are percentages, so
// that the drawing takes whatever width the page has while its text keeps its
// size; downwards they are pixels.
//
// A chart never says what its list twin beside it does not.
type Chart struct {
	Title  string
	Path   string // of the same as a file, below the root
	Key    []Sign // of its marks, in the order of their appearance
	Ticks  []Tick
	Groups []LaneGroup // one above the other, over the same months
}

// A Sign is what stands in marks, and the word for it.
type Sign struct{ Code, Sign, Word string }

// A LaneGroup is lanes that belong together. Its head may be long: it is not
// part of the drawing, where text does not wrap.
type LaneGroup struct {
	Head   Ref
	Height int
	Foot   int // where the lanes end and the names of the months begin
	Lanes  []Lane
}

// A Tick is the beginning of a month.
type Tick struct {
	X     string // "12.5%"
	Label string // "Nov 2025"; "" where there is no room
}

// A Lane is one line of a chart.
type Lane struct {
	Y     int // of the line
	Label Ref
	Runs  []Run
	Marks []Mark
}

// A Run is a stretch of a lane over which nothing is known to have changed.
type Run struct {
	X1, X2 string
	Code   string // of the stance
}

// A Mark is one thing at one time.
type Mark struct {
	X     string
	Y     int
	Code  string // of the stance, or the stage of a meeting
	Sign  string
	Title string // all that the list twin says of it, in one line
	Href  string
	Hedge bool // the date is inferred or approximate
}

// Measures of charts, in pixels.
const (
	chartLane = 46 // the name of a party and its line
	chartStep = 22 // between marks of one lane that would cover each other
	chartTail = 18 // below the last line
	chartFoot = 24 // the names of the months
)

// An axis maps days to percentages. Both ends keep room for half a mark.
type axis struct{ first, last record.Day }

// newAxis returns the axis of the months that hold the given days. It fails
// where there is no day, or one that cannot be drawn (an open end).
func newAxis(days []record.Day) (axis, bool) {
	if len(days) == 0 {
		return axis{}, false
	}
	first, last := slices.Min(days), slices.Max(days)
	if first == record.MinDay || last == record.MaxDay {
		return axis{}, false
	}
	y, m, _ := first.Civil()
	a := axis{first: record.NewDay(y, m, 1)}
	y, m, _ = last.Civil()
	a.last = record.NewDay(y, m+1, 1)
	return a, true
}

func (a axis) x(d record.Day) float64 {
	const margin = 3.0
	span := float64(a.last - a.first)
	return margin + (100-2*margin)*float64(d-a.first)/span
}

func percent(x float64) string { return fmt.Sprintf("%.1f%%", x) }

// ticks returns the months, or of a long time some of them, with as many names as fit on a telephone.
func (a axis) ticks() []Tick {
	const most = 4
	var ticks []Tick
	y, m, _ := a.first.Civil()
	for d := a.first; d <= a.last; m++ {
		d = record.NewDay(y, m, 1)
		if d > a.last {
			break
		}
		yy, mm, _ := d.Civil()
		ticks = append(ticks, Tick{X: percent(a.x(d)), Label: fmt.Sprintf("%s %d", record.MonthWords(yy, mm)[:3], yy)})
	}
	every := (len(ticks) + most - 1) / most
	for i := range ticks {
		if i%every != 0 || i == len(ticks)-1 {
			ticks[i].Label = ""
		}
	}
	if every > 3 { // a line for every month would be a hatching
		ticks = slices.DeleteFunc(ticks, func(t Tick) bool { return t.Label == "" })
	}
	return ticks
}

// positionsChart draws who held what on an issue, and since when: a lane for
// each party under each option on which it spoke.
func (d desk) positionsChart(is *link.Issue) Chart {
	type lane struct {
		option *link.Option
		label  Ref
		p      *Position
	}
	var lanes []lane
	var days []record.Day
	if len(is.Claims) > chartClaims {
		return Chart{}
	}
	for _, o := range is.Options {
		s := d.compared().Options[o]
		for _, a := range d.holders(s) {
			lanes = append(lanes, lane{o, d.actorRef(a), s.Positions[a]})
		}
		for _, p := range s.Others {
			ref := d.actorRef(p.Party)
			if p.Party == nil {
				ref = Ref{Text: p.Holder}
			}
			lanes = append(lanes, lane{o, ref, p})
		}
	}
	for _, l := range lanes {
		for _, c := range l.p.Claims {
			if !c.Said.IsZero() {
				days = append(days, c.Said.Earliest())
			}
		}
	}
	ax, ok := newAxis(days)
	if !ok {
		return Chart{}
	}
	chart := Chart{Title: "Positions over time: " + is.Name.Value, Path: issueDrawing(is.ID), Ticks: ax.ticks()}
	var option *link.Option
	for _, l := range lanes {
		if l.option != option {
			option = l.option
			chart.Groups = append(chart.Groups, LaneGroup{Head: d.optionRef(option)})
		}
		g := &chart.Groups[len(chart.Groups)-1]
		out := Lane{Y: g.Height + chartLane, Label: l.label}
		deepest := d.fillLane(&out, l.p, ax)
		g.add(out, deepest)
	}
	chart.close()
	return chart
}

// add adds a lane whose lowest mark lies some steps below its line.
func (g *LaneGroup) add(l Lane, deepest int) {
	g.Lanes = append(g.Lanes, l)
	g.Height = l.Y + deepest*chartStep
}

// close makes room below the lanes, and lists the signs of the marks in them,
// whose words are those of stances or, by themselves, of stages.
func (c *Chart) close() {
	for _, g := range c.Groups {
		for _, l := range g.Lanes {
			for _, m := range l.Marks {
				sign := Sign{m.Code, m.Sign, cmp.Or(stanceOf(record.Stance(m.Code)).Word, m.Code)}
				if m.Sign != "" && !slices.Contains(c.Key, sign) {
					c.Key = append(c.Key, sign)
				}
			}
		}
	}
	for i := range c.Groups {
		g := &c.Groups[i]
		g.Foot = g.Height + chartTail
		g.Height = g.Foot + chartFoot
	}
}

// fillLane draws one party's claims and returns how many steps below the lane
// the lowest mark lies.
func (d desk) fillLane(out *Lane, p *Position, ax axis) (deepest int) {
	var at []float64
	for i, c := range p.Claims {
		if c.Said.IsZero() {
			continue
		}
		x := ax.x(c.Said.Earliest())
		depth := crowd(at, x)
		at = append(at, x)
		deepest = max(deepest, depth)
		s := stanceOf(c.Stance)
		out.Marks = append(out.Marks, Mark{
			X: percent(x), Y: out.Y + depth*chartStep, Code: s.Code, Sign: s.Sign, Href: d.claimRef(c).Href,
			Title: fmt.Sprintf("%s, %s: %s (%s, %s)", c.Said.Words(), d.holder(c).Text, c.Title, s.Word, direct(c)),
			Hedge: c.Said.Uncertain() || c.Said.Approximate(),
		})
		// A run leads to the next claim that says the same: between the two,
		// nothing says that it changed.
		if i+1 < len(p.Claims) {
			if next := p.Claims[i+1]; next.Stance == c.Stance && !next.Said.IsZero() {
				if x2 := ax.x(next.Said.Earliest()); x2-x >= 7 {
					out.Runs = append(out.Runs, Run{X1: percent(x), X2: percent(x2), Code: s.Code})
				}
			}
		}
	}
	return deepest
}

// meetingsChart draws the meetings that have a date, a lane for each party
// that took part.
func (d desk) meetingsChart() Chart {
	var meetings []*link.Meeting
	var days []record.Day
	for _, m := range d.site.Meetings {
		if start := m.Record.Start; !start.IsZero() && start.Earliest() > record.MinDay {
			meetings = append(meetings, m)
		}
	}
	meetings = meetings[max(0, len(meetings)-chartMeetings):]
	for _, m := range meetings {
		days = append(days, m.Record.Start.Earliest(), lastDay(m))
	}
	ax, ok := newAxis(days)
	if !ok {
		return Chart{}
	}
	var g LaneGroup
	for _, party := range d.attending(meetings) {
		lane := Lane{Y: g.Height + chartLane, Label: d.actorRef(party)}
		var at []float64
		deepest := 0
		for _, m := range meetings {
			if !takesPart(m, party) {
				continue
			}
			x := ax.x(m.Record.Start.Earliest())
			depth := crowd(at, x)
			at = append(at, x)
			deepest = max(deepest, depth)
			mark := Mark{X: percent(x), Y: lane.Y + depth*chartStep, Href: d.meetingRef(m).Href}
			stage := ""
			if s := state(m); s != nil {
				mark.Code, stage = string(s.Stage), ", "+string(s.Stage)
			}
			mark.Sign = stageSigns[record.Stage(mark.Code)]
			mark.Title = when(m).Words + ": " + m.Name.Value + stage
			mark.Hedge = m.Record.Start.Uncertain() || m.Record.Start.Approximate()
			lane.Marks = append(lane.Marks, mark)
		}
		g.add(lane, deepest)
	}
	chart := Chart{Title: "Meetings by party", Path: meetingsDrawing, Ticks: ax.ticks()}
	if len(g.Lanes) > 0 {
		chart.Groups = []LaneGroup{g}
	}
	chart.close()
	return chart
}

// stageSigns are what stands in the mark of a meeting.
var stageSigns = map[record.Stage]string{
	record.Held: "✓", record.Planned: "○", record.Mooted: "?", record.Postponed: "…", record.Cancelled: "×",
}

// crowd returns how many marks of a lane stand so near to a place that one
// there would cover them.
func crowd(at []float64, x float64) int {
	const near = 7 // percent: a mark's width on a telephone
	n := 0
	for _, other := range at {
		if max(x-other, other-x) < near {
			n++
		}
	}
	return n
}

// lastDay returns the last day of a meeting that its record names. A month as
// a date is drawn at its first day: the meeting did not last the month.
func lastDay(m *link.Meeting) record.Day {
	start := m.Record.Start.Earliest()
	if end := m.Record.End; !end.IsZero() && end.Earliest() < record.MaxDay {
		return max(start, end.Earliest())
	}
	return start
}

func takesPart(m *link.Meeting, party *link.Actor) bool {
	return slices.ContainsFunc(m.Attendance, func(a link.Attendance) bool {
		return a.Party != nil && a.Party.Party == party
	})
}

// attending returns the parties that took part in meetings, those of the
// comparison first.
func (d desk) attending(meetings []*link.Meeting) []*link.Actor {
	var list []*link.Actor
	for _, m := range meetings {
		for _, a := range m.Attendance {
			if a.Party != nil && !slices.Contains(list, a.Party.Party) {
				list = append(list, a.Party.Party)
			}
		}
	}
	slices.SortFunc(list, func(a, b *link.Actor) int { return cmp.Or(cmp.Compare(d.rank(a), d.rank(b)), byName(a, b)) })
	return list
}

// A Grid is who sat with whom: people down, meetings across.
type Grid struct {
	Path     string // of the same as a drawing in a file, below the root
	Meetings []GridMeeting
	Rows     []GridRow
	Cut      bool // there are more meetings, or people, than it shows
}

// A GridMeeting is the head of a column.
type GridMeeting struct {
	Ref
	Number int // that stands for it where there is no room for its title
	When   Date
	Stage  string
}

// A GridRow is one person, or a party's people who are not named.
type GridRow struct {
	Who   Ref
	Party Ref
	Cells []GridCell // one for each meeting
}

// A GridCell says whether somebody was there.
type GridCell struct {
	There     bool   // named as taking part, or as about to
	Held      bool   // and the meeting was held
	Certainty string // "" for not stated
}

// Bounds of drawings. Beyond them a drawing says nothing that a list would not
// say better, and its size would grow with the square of the briefing's.
const (
	gridMeetings  = 16  // across: the latest that name anybody
	gridPeople    = 60  // down
	chartMeetings = 80  // the latest
	chartClaims   = 300 // on an issue; one with more has no drawing
)

// grid returns who attended the latest meetings that name anybody.
func (d desk) grid() Grid {
	g := Grid{Path: attendance}
	var meetings []*link.Meeting
	var people []*link.Actor
	seen := map[*link.Actor]bool{}
	for _, m := range slices.Backward(d.site.Meetings) {
		var named []*link.Actor
		for _, a := range m.Attendance {
			for _, x := range a.Attendees {
				if x.Actor != nil {
					named = append(named, x.Actor)
				}
			}
		}
		if len(named) == 0 {
			continue
		}
		if len(meetings) == gridMeetings {
			g.Cut = true
			break
		}
		meetings = append(meetings, m)
		for _, who := range named {
			if !seen[who] {
				seen[who] = true
				people = append(people, who)
			}
		}
	}
	slices.Reverse(meetings)
	if len(people) > gridPeople {
		people, g.Cut = people[:gridPeople], true
	}
	for i, m := range meetings {
		line := d.meetingLine(m)
		g.Meetings = append(g.Meetings, GridMeeting{Ref: line.Ref, Number: i + 1, When: line.When, Stage: line.Stage})
	}
	slices.SortFunc(people, func(a, b *link.Actor) int {
		return cmp.Or(cmp.Compare(d.rank(a.Party), d.rank(b.Party)), byName(a.Party, b.Party), byName(a, b))
	})
	for _, who := range people {
		row := GridRow{Who: d.actorRef(who), Party: d.actorRef(who.Party)}
		for _, m := range meetings {
			row.Cells = append(row.Cells, attended(m, who))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// rank puts the parties of the comparison first, in their order.
func (d desk) rank(a *link.Actor) int {
	if i := slices.Index(d.compared().Parties, a); i >= 0 {
		return i
	}
	return len(d.compared().Parties)
}

func attended(m *link.Meeting, who *link.Actor) GridCell {
	s := state(m)
	for _, a := range m.Attendance {
		for _, x := range a.Attendees {
			if x.Actor == who {
				return GridCell{There: true, Held: s != nil && s.Stage == record.Held, Certainty: string(x.Certainty)}
			}
		}
	}
	return GridCell{}
}
