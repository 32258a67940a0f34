package plan

import (
	"cmp"
	"slices"
	"strings"

	"readout/internal/link"
	"readout/internal/record"
)

// A development before it is shown.
type development struct {
	date   record.Date
	kind   string
	word   string
	text   string
	path   string // with anchor, below the root
	party  string
	source *link.Source
	claim  *link.Claim
}

// developments returns what changed, newest first: positions that were taken,
// changed or restated, and the steps of meetings.
func (p *planner) develop() []development {
	var all []development
	for _, c := range p.site.Claims {
		if c.Option == nil || !c.Counts() {
			continue
		}
		dv := development{
			date: c.Said, kind: "position", word: p.word(c), text: c.Title,
			path: c.Source.Path + "#" + c.ID, source: c.Source, claim: c,
		}
		if c.Party != nil {
			dv.party = c.Party.Name.Value
		}
		all = append(all, dv)
	}
	for _, m := range p.site.Meetings {
		for i := range m.Log {
			s := &m.Log[i]
			if s.Later || s.Stage == "" {
				continue
			}
			// A log line is dated by its report. What was held happened on the
			// meeting's own day, which a source may tell of months later.
			date := s.Date
			if start := m.Record.Start; s.Stage == record.Held && !start.IsZero() {
				date = start
			}
			all = append(all, development{
				date: date, kind: "meeting", word: string(s.Stage), text: m.Name.Value,
				path: m.Path + "#status", source: cited(s.Text),
			})
		}
	}
	slices.SortStableFunc(all, func(a, b development) int {
		return cmp.Or(record.Compare(b.date, a.date), cmp.Compare(weight(a), weight(b)), strings.Compare(a.path, b.path))
	})
	return all
}

// weight puts, within a day, what is news before what is not.
func weight(d development) int {
	switch {
	case d.word == "changed":
		return 0
	case d.kind == "meeting":
		return 1
	case d.word == "new":
		return 2
	}
	return 3
}

// cited returns the first source that prose cites, or nil.
func cited(p link.Prose) *link.Source {
	for _, t := range p.Targets {
		if len(t.Cites) > 0 {
			return t.Cites[0].Source
		}
	}
	return nil
}

// word says what a claim did to its party's position: new, changed, restated.
func (p *planner) word(c *link.Claim) string {
	if len(c.Changes) > 0 {
		return "changed"
	}
	s := p.compared().Options[c.Option]
	pos := s.Positions[c.Party]
	if c.Party == nil || pos == nil {
		for _, o := range s.Others {
			if slices.Contains(o.Claims, c) {
				pos = o
			}
		}
	}
	var before *link.Claim
	for _, x := range pos.Claims {
		if x == c {
			break
		}
		before = x
	}
	switch {
	case before == nil && c.Act == "reiterates":
		return "restated"
	case before == nil:
		return "new"
	case before.Stance != c.Stance && !sameDay(before.Said, c.Said):
		return "changed"
	case before.Stance != c.Stance:
		return "new"
	}
	return "restated"
}

func (d desk) development(x development) Development {
	v := Development{Date: dateOf(x.date), Kind: x.kind, Word: x.word, Text: x.text, Href: d.at(x.path), Party: x.party}
	if day := x.date.Earliest(); !x.date.IsZero() && day != record.MinDay {
		v.Day = day.String()
	}
	if x.source != nil {
		v.Source = d.name(&x.source.Node)
	}
	if x.claim != nil {
		d.links.claim(x.claim)
	}
	return v
}

func (d desk) developmentViews(list []development) []Development {
	var out []Development
	for _, x := range list {
		out = append(out, d.development(x))
	}
	return out
}

// changes plans changes.html.
func (p *planner) changes() *Changes {
	const path = "changes.html"
	d := p.desk(path)
	v := &Changes{Base: p.base(path, "Changes", "What changed, newest first: positions, meetings, corrections.")}
	v.Monthly = d.monthly(len(p.developments()), p.longs().changesByMonth, -1)
	list := p.developments()
	if v.Pages != nil {
		list = list[:headDated]
	}
	v.Months = d.changesIn(list)
	for _, c := range p.corrected() {
		v.Base.Corrections = append(v.Base.Corrections, Correction{
			Date: dateOf(c.Date), Text: d.prose(c.Text), On: d.pageRef(c.on),
		})
	}
	for _, c := range p.site.Claims {
		if c.Withdrawn != "" && !c.Later {
			v.Withdrawn = append(v.Withdrawn, d.card(c))
		}
	}
	return v
}

// changesOf plans the changes of one month.
func (p *planner) changesOf(i int) *Changes {
	s := p.longs().changesByMonth[i]
	d := p.desk(s.path)
	return &Changes{
		Base:    p.monthBase("changes.html", "Changes", s),
		Monthly: d.monthly(len(p.developments()), p.longs().changesByMonth, i),
		Months:  d.changesIn(p.developments()[s.from:s.to]),
	}
}

func (d desk) changesIn(list []development) []Month {
	var months []Month
	for month, list := range byMonth(list, func(x development) record.Date { return x.date }) {
		month.Developments = make([]Development, len(list))
		for i, x := range list {
			month.Developments[i] = d.development(x)
		}
		months = append(months, month)
	}
	return months
}

// A corrected is a correction and the record that it corrects.
type corrected struct {
	link.Correction
	on *link.Node
}

// corrected returns the corrections of all records that count, newest first.
func (p *planner) corrected() []corrected {
	var all []corrected
	for _, n := range p.site.Nodes() {
		for _, c := range n.Corrections {
			if !p.site.HasAsOf || c.Date.Earliest() <= p.site.AsOf {
				all = append(all, corrected{c, n})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b corrected) int {
		return cmp.Or(record.Compare(b.Date, a.Date), strings.Compare(a.on.Path, b.on.Path))
	})
	return all
}
