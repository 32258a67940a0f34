package plan

import (
	"maps"
	"slices"

	"readout/internal/link"
	"readout/internal/record"
)

// columns returns all columns of the comparison as one page shows them.
func (d desk) columns() []Column {
	var list []Column
	for _, a := range d.compared().Parties {
		list = append(list, d.column(a, "party"))
	}
	for _, a := range d.compared().Documents {
		list = append(list, d.column(a, "document"))
	}
	if d.compared().Others {
		list = append(list, others)
	}
	return list
}

func (d desk) column(a *link.Actor, kind string) Column {
	return Column{ID: a.ID, Kind: kind, Ref: d.actorRef(a)}
}

var others = Column{ID: "others", Kind: "others", Ref: Ref{Text: "Others"}}

// sides are the columns of one table, and whose they are: nil for others.
type sides struct {
	columns []Column
	actors  []*link.Actor
}

func (s *sides) add(c Column, a *link.Actor) {
	s.columns, s.actors = append(s.columns, c), append(s.actors, a)
}

// sides returns the columns of a table of an issue's options. Every party has
// one: its silence is information. A document, and others, have one only where
// they say something of the issue: with all of them in every table a briefing
// would grow with the square of its documents.
func (d desk) sides(is *link.Issue) (s sides) {
	for _, a := range d.compared().Parties {
		s.add(d.column(a, "party"), a)
	}
	var documents []*link.Actor
	unnamed := false
	for _, o := range is.Options {
		for a := range d.compared().Options[o].Positions {
			if !slices.Contains(d.compared().Parties, a) && !slices.Contains(documents, a) {
				documents = append(documents, a)
			}
		}
		unnamed = unnamed || len(d.compared().Options[o].Others) > 0
	}
	slices.SortFunc(documents, byName)
	for _, a := range documents {
		s.add(d.column(a, "document"), a)
	}
	if unnamed {
		s.add(others, nil)
	}
	return s
}

// holders returns who has a position on an option, in the order of the
// columns.
func (d desk) holders(s *Standing) []*link.Actor {
	var list []*link.Actor
	for _, a := range d.compared().Parties {
		if s.Positions[a] != nil {
			list = append(list, a)
		}
	}
	parties := len(list)
	for a := range s.Positions {
		if !slices.Contains(d.compared().Parties, a) {
			list = append(list, a)
		}
	}
	slices.SortFunc(list[parties:], byName)
	return list
}

// depth is how much a cell says.
type depth int

const (
	stanceOnly depth = iota
	latestWord       // who said the latest, and when
	everyWord        // and every claim, as a card
)

// issueRows returns every issue that has options, against the columns that it
// needs.
func (d desk) issueRows(much depth) []IssueRows {
	var list []IssueRows
	for _, is := range d.site.Issues {
		if len(is.Options) > 0 {
			s := d.sides(is)
			list = append(list, IssueRows{ID: is.ID, Ref: d.issueRef(is), Columns: s.columns, Rows: d.rows(is, s, much)})
		}
	}
	return list
}

// shortRows returns issues against the parties, without a word on who said it.
func (d desk) shortRows(issues []*link.Issue) (columns []Column, list []IssueRows) {
	var s sides
	for _, a := range d.compared().Parties {
		s.add(d.column(a, "party"), a)
	}
	for _, is := range issues {
		list = append(list, IssueRows{ID: is.ID, Ref: d.issueRef(is), Columns: s.columns, Rows: d.rows(is, s, stanceOnly)})
	}
	return s.columns, list
}

// shortComparison plans one page of the comparison where it is too large for
// one full table.
func (p *planner) shortComparison(i int) *ShortComparison {
	s := p.table().spans[i]
	d := p.desk(s.path)
	v := &ShortComparison{
		Base:    p.spanBase("comparison.html", "Comparison", "Where each party stands: every issue, option by option, computed from the sources’ claims. Who said it, and when, is on the page of each issue.", s),
		Spanned: d.spanned(p.table().spans, i),
	}
	if i == 0 {
		v.Together = d.together()
	}
	v.Columns, v.Issues = d.shortRows(p.table().issues[s.from:s.to])
	return v
}

// rows returns an issue's options against columns.
func (d desk) rows(is *link.Issue, s sides, much depth) []Row {
	var rows []Row
	for _, o := range is.Options {
		standing := d.compared().Options[o]
		r := Row{
			ID: o.ID, Issue: d.issueRef(is), Text: d.prose(o.Text), Plain: o.Text.Words(), Rule: standing.Rule,
			Cells: make([]Cell, len(s.columns)),
		}
		for i, col := range s.columns {
			r.Cells[i] = d.cell(standing, col, s.actors[i], much)
		}
		rows = append(rows, r)
	}
	return rows
}

func (d desk) cell(s *Standing, col Column, a *link.Actor, much depth) Cell {
	c := Cell{Column: col}
	if a == nil {
		if len(s.Others) == 0 {
			return c
		}
		all := s.Others[0]
		if len(s.Others) > 1 {
			// Several holders share the column: what they come to together
			// is worked out as for one party whose accounts may differ.
			all = &Position{}
			for _, p := range s.Others {
				all.Claims = append(all.Claims, p.Claims...)
			}
			slices.SortStableFunc(all.Claims, bySaid)
			all.settle()
		}
		return d.fill(c, all, much)
	}
	if p := s.Positions[a]; p != nil {
		return d.fill(c, p, much)
	}
	return c
}

// fill completes a cell from a position.
func (d desk) fill(c Cell, p *Position, much depth) Cell {
	last := p.Latest()
	c.Stance = p.stance()
	c.Sources = p.Sources()
	c.Moved = p.Moved()
	c.From = stanceOf(p.From)
	c.Disputed = p.Disputed
	if much == stanceOnly {
		return c
	}
	c.If = last.If
	c.Who = d.holder(last)
	c.Said = dateOf(last.Said)
	c.Since = dateOf(p.Since)
	c.Directness, c.Direct = string(last.Directness), direct(last)
	if much == everyWord {
		for _, cl := range slices.Backward(p.Claims) {
			c.Cards = append(c.Cards, d.brief(cl))
		}
	}
	return c
}

// comparison plans comparison.html.
func (p *planner) comparison() *ComparisonPage {
	const path = "comparison.html"
	d := p.desk(path)
	v := &ComparisonPage{
		Base:    p.base(path, "Comparison", "Who holds what, since when, according to whom: every issue, option by option, computed from the sources' claims."),
		Columns: d.columns(),
		Issues:  d.issueRows(everyWord),
	}
	if then, now, ok := p.span(); ok {
		v.Then, v.Now = dateOf(then), dateOf(now)
		v.ThenDay, v.NowDay = then.Latest().String(), now.Latest().String()
		v.Moves = d.moves(then, now)
	}
	v.Days = p.days()
	for i, o := range v.Days { // in the words of the table that the build makes
		switch o.Value {
		case v.ThenDay:
			v.Days[i].Text = v.Then.Words
		case v.NowDay:
			v.Days[i].Text = v.Now.Words
		}
	}
	return v
}

// days returns the days on which a position was stated, and those by which the
// sources with claims had appeared.
func (p *planner) days() []Option {
	var days []string
	for _, s := range p.compared().Options {
		for _, x := range slices.Concat(slices.Collect(maps.Values(s.Positions)), s.Others) {
			for _, c := range x.Claims {
				days = append(days, dayOf(c.Said))
			}
		}
	}
	for _, s := range p.published() {
		days = append(days, s.Latest().String())
	}
	slices.Sort(days)
	var list []Option
	for _, s := range slices.Compact(days) {
		if day, err := record.ParseDay(s); err == nil {
			list = append(list, Option{s, day.Words()})
		}
	}
	return list
}

// span returns the dates of the first and the last source, which are what a
// reader can set side by side. ok is false where they are one day.
func (p *planner) span() (then, now record.Date, ok bool) {
	dates := p.published()
	if len(dates) == 0 {
		return then, now, false
	}
	then, now = dates[0], dates[len(dates)-1]
	return then, now, then.Latest() < now.Earliest()
}

// published returns the dates of the sources that have claims, in order.
func (p *planner) published() []record.Date {
	var dates []record.Date
	for _, s := range p.site.Sources {
		at := s.Record.Published
		if at.IsZero() || p.site.HasAsOf && at.Earliest() > p.site.AsOf || len(s.Claims) == 0 {
			continue
		}
		dates = append(dates, at)
	}
	return dates
}

// moves returns each position at the end of two dates, with what moved.
func (d desk) moves(then, now record.Date) []MoveGroup {
	var groups []MoveGroup
	for _, is := range d.site.Issues {
		g := MoveGroup{Issue: d.issueRef(is)}
		for _, o := range is.Options {
			for _, a := range d.holders(d.compared().Options[o]) {
				p := d.compared().Options[o].Positions[a]
				before, after := p.At(then.Latest()), p.At(now.Latest())
				if after == nil {
					continue
				}
				m := Move{Issue: g.Issue, Option: d.optionRef(o), Party: d.actorRef(a), Then: before.stance(), Now: after.stance()}
				m.NowCard = d.line(after.Latest())
				if before != nil {
					m.ThenCard = d.line(before.Latest())
				}
				m.Word = moveWord(before, after)
				g.Moves = append(g.Moves, m)
			}
		}
		if len(g.Moves) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

func moveWord(before, after *Position) string {
	switch {
	case before == nil:
		return "new"
	case before.Stance != after.Stance || before.Mixed != after.Mixed:
		return "changed"
	case len(after.Claims) > len(before.Claims):
		return "restated"
	}
	return "not heard since"
}

// positionsAs groups claims with a stance, which are newest first, by issue.
func (d desk) positionsAs(show func(*link.Claim) *Card, claims []*link.Claim) []IssuePositions {
	claims = slices.DeleteFunc(slices.Clone(claims), func(c *link.Claim) bool { return c.Option == nil })
	byIssue(claims)
	var list []IssuePositions
	for len(claims) > 0 {
		is, n := claims[0].Issue, 1
		for n < len(claims) && claims[n].Issue == is {
			n++
		}
		list = append(list, IssuePositions{Issue: d.issueRef(is), Cards: shownAs(claims[:n], show)})
		claims = claims[n:]
	}
	return list
}

// newest returns a copy of the claims, newest first, without those said after
// the last day that counts. Withdrawn ones stay: they are shown as such.
func newest(claims []*link.Claim) []*link.Claim {
	list := slices.DeleteFunc(slices.Clone(claims), func(c *link.Claim) bool { return c.Later })
	slices.SortStableFunc(list, newestFirst)
	return list
}

// issue plans issues/<id>.html.
func (p *planner) issue(is *link.Issue) *Issue {
	d := p.desk(is.Path)
	v := &Issue{Base: p.nodeBase(&is.Node, "issues.html", "Issues"), Lead: d.prose(is.Prose)}
	claims := newest(is.Claims)
	much := everyWord
	if listClaims.long(len(claims)) {
		much = latestWord
	}
	v.Sides = d.accounts(d.card, shown(d, &is.Node, &listClaims, claims, &v.More))
	table := d.sides(is)
	v.Columns, v.Rows = table.columns, d.rows(is, table, much)
	v.Chart = d.positionsChart(is)
	if len(v.Chart.Groups) > 0 && p.table().dated {
		v.ThenNow = d.root + "comparison.html?issue=" + is.ID + "#page-moves"
	}
	for _, x := range conflicts(claims, mostConflicts) {
		v.Conflicts = append(v.Conflicts, Conflict{Word: x.word, A: d.brief(x.a), B: d.brief(x.b)})
	}
	for _, a := range is.Assessments {
		v.Assessments = append(v.Assessments, Assessment{
			Party: d.actorRef(a.Party), Option: d.optionRef(a.Option), Text: d.prose(a.Text),
		})
	}
	v.Meetings = d.meetingLines(latest(d, &is.Node, &listMeetings, is.Meetings, &v.AllMeetings))
	i := is.Index()
	if i > 0 {
		v.Previous = d.issueRef(p.site.Issues[i-1])
	}
	if i+1 < len(p.site.Issues) {
		v.Next = d.issueRef(p.site.Issues[i+1])
	}
	return v
}

// issueList plans issues.html, or a further page of it.
func (p *planner) issueList(i int) *IssueList {
	list := p.issueSpans()
	s := list[i]
	d := p.desk(s.path)
	v := &IssueList{Base: p.spanBase("issues.html", "Issues", "The questions on which the parties differ, each with its options and where they stand.", s)}
	if len(list) > 1 {
		v.Spanned = d.spanned(list, i)
	}
	for _, is := range p.site.Issues[s.from:s.to] {
		s := IssueSummary{Ref: d.issueRef(is), Lead: describe(is.Prose), Claims: len(newest(is.Claims))}
		for _, o := range is.Options {
			s.Options = append(s.Options, OptionSummary{Ref: d.optionRef(o), Rule: p.compared().Options[o].Rule})
		}
		v.Issues = append(v.Issues, s)
	}
	return v
}
