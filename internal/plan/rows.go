package plan

import (
	"maps"
	"slices"

	"readout/internal/link"
	"readout/internal/record"
)

// columns returns the columns of the comparison as one page shows them.
func (d desk) columns() []Column {
	var list []Column
	for _, a := range d.Parties {
		list = append(list, Column{ID: a.ID, Kind: "party", Ref: d.actorRef(a)})
	}
	for _, a := range d.Documents {
		list = append(list, Column{ID: a.ID, Kind: "document", Ref: d.actorRef(a)})
	}
	if d.Others {
		list = append(list, Column{ID: "others", Kind: "others", Ref: Ref{Text: "Others"}})
	}
	return list
}

// issueRows returns every issue that has options, against all columns.
func (d desk) issueRows(cards bool) []IssueRows {
	columns := d.columns()
	var list []IssueRows
	for _, is := range d.site.Issues {
		if rows := d.rows(is, columns, cards); len(rows) > 0 {
			list = append(list, IssueRows{ID: is.ID, Ref: d.issueRef(is), Rows: rows})
		}
	}
	return list
}

// rows returns an issue's options against columns. Without cards a cell is
// the stance and no more.
func (d desk) rows(is *link.Issue, columns []Column, cards bool) []Row {
	var rows []Row
	for _, o := range is.Options {
		s := d.Options[o]
		r := Row{ID: o.ID, Issue: d.issueRef(is), Text: d.prose(o.Text), Plain: o.Text.Words(), Rule: s.Rule}
		for _, col := range columns {
			r.Cells = append(r.Cells, d.cell(s, col, cards))
		}
		rows = append(rows, r)
	}
	return rows
}

func (d desk) cell(s *Standing, col Column, cards bool) Cell {
	c := Cell{Column: col}
	if col.Kind == "others" {
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
		return d.fill(c, all, cards)
	}
	for a, p := range s.Positions {
		if a.ID == col.ID {
			return d.fill(c, p, cards)
		}
	}
	return c
}

// fill completes a cell from a position.
func (d desk) fill(c Cell, p *Position, cards bool) Cell {
	last := p.Latest()
	c.Stance = p.stance()
	c.Sources = p.Sources()
	c.Moved = p.Moved()
	c.From = stanceOf(p.From)
	c.Disputed = p.Disputed
	if !cards {
		return c
	}
	c.If = last.If
	c.Who = d.holder(last)
	c.Said = dateOf(last.Said)
	c.Since = dateOf(p.Since)
	c.Directness, c.Direct = string(last.Directness), direct(last)
	for _, cl := range slices.Backward(p.Claims) {
		c.Cards = append(c.Cards, d.card(cl))
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
		Issues:  d.issueRows(true),
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
	for _, s := range p.Options {
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
			for _, a := range slices.Concat(d.Parties, d.Documents) {
				p := d.Options[o].Positions[a]
				if p == nil {
					continue
				}
				before, after := p.At(then.Latest()), p.At(now.Latest())
				if after == nil {
					continue
				}
				m := Move{Issue: g.Issue, Option: d.optionRef(o), Party: d.actorRef(a), Then: before.stance(), Now: after.stance()}
				m.NowCard = ptr(d.card(after.Latest()))
				if before != nil {
					m.ThenCard = ptr(d.card(before.Latest()))
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

func ptr[T any](x T) *T { return &x }

// positions groups claims with a stance by issue, newest first.
func (d desk) positions(claims []*link.Claim) []IssuePositions {
	var list []IssuePositions
	for _, is := range d.site.Issues {
		var on []*link.Claim
		for _, c := range claims {
			if c.Issue == is && c.Option != nil {
				on = append(on, c)
			}
		}
		if len(on) > 0 {
			slices.SortStableFunc(on, newestFirst)
			list = append(list, IssuePositions{Issue: d.issueRef(is), Cards: d.cards(on)})
		}
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
	v.Sides = d.accounts(claims)

	holds := map[string]bool{}
	for _, o := range is.Options {
		for a := range p.Options[o].Positions {
			holds[a.ID] = true
		}
		if len(p.Options[o].Others) > 0 {
			holds["others"] = true
		}
	}
	for _, col := range d.columns() {
		// A party without a word is shown: its silence is information. A
		// document that says nothing of this issue is not.
		if col.Kind == "party" || holds[col.ID] {
			v.Columns = append(v.Columns, col)
		}
	}
	v.Rows = d.rows(is, v.Columns, true)
	v.Chart = d.positionsChart(is)
	for _, x := range conflicts(claims) {
		v.Conflicts = append(v.Conflicts, Conflict{Word: x.word, A: d.card(x.a), B: d.card(x.b)})
	}
	for _, a := range is.Assessments {
		v.Assessments = append(v.Assessments, Assessment{
			Party: d.actorRef(a.Party), Option: d.optionRef(a.Option), Text: d.prose(a.Text),
		})
	}
	v.Meetings = d.meetingLines(is.Meetings)
	i := slices.Index(p.site.Issues, is)
	if i > 0 {
		v.Previous = d.issueRef(p.site.Issues[i-1])
	}
	if i+1 < len(p.site.Issues) {
		v.Next = d.issueRef(p.site.Issues[i+1])
	}
	return v
}

// issueList plans issues.html.
func (p *planner) issueList() *IssueList {
	const path = "issues.html"
	d := p.desk(path)
	v := &IssueList{Base: p.base(path, "Issues", "The questions on which the parties differ, each with its options and where they stand.")}
	for _, is := range p.site.Issues {
		s := IssueSummary{Ref: d.issueRef(is), Lead: describe(is.Prose), Claims: len(newest(is.Claims))}
		for _, o := range is.Options {
			s.Options = append(s.Options, OptionSummary{Ref: d.optionRef(o), Rule: p.Options[o].Rule})
		}
		v.Issues = append(v.Issues, s)
	}
	return v
}
