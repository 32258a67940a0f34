package export

import (
	"slices"

	"readout/internal/link"
	"readout/internal/plan"
	"readout/internal/record"
)

// A comparison is the comparison as data/comparison.json gives it.
type comparison struct {
	columns []party
	issues  []issue
}

// A party is a column: a party, a document, or all others together.
type party struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Title string `json:"title"`
}

type issue struct {
	id, title string
	options   []option
}

type option struct {
	ID        string     `json:"id"`
	Text      string     `json:"text"`
	Rule      rule       `json:"rule"`
	Positions []position `json:"positions"`
}

type rule struct {
	Code   string `json:"code"`
	Word   string `json:"word"`
	Detail string `json:"detail,omitempty"`
}

// A position is where one column stands on one option. A column that is silent
// has none.
type position struct {
	Party      string   `json:"party"`
	Holder     *holder  `json:"holder,omitempty"` // of a position of others
	Stance     string   `json:"stance"`
	If         string   `json:"if,omitempty"`
	Since      string   `json:"since,omitempty"`
	Said       string   `json:"said,omitempty"`
	Directness string   `json:"directness"`
	Sources    int      `json:"sources"`
	Moved      string   `json:"moved,omitempty"`
	From       string   `json:"from,omitempty"`
	Disputed   bool     `json:"disputed,omitempty"`
	Claims     []string `json:"claims"`
}

// others is the id of the column of those who are no party and no document.
const others = "others"

// mixed is the stance of a party whose latest claims do not agree.
const mixed = "mixed"

// comparison returns data/comparison.csv and data/comparison.json before they
// are written.
func (x *exporter) comparison() *comparison {
	from := x.plan.Comparison()
	var c comparison
	add := func(kind string, actors []*link.Actor) {
		for _, a := range actors {
			c.columns = append(c.columns, party{a.ID, kind, a.Name.Value})
		}
	}
	add("party", from.Parties)
	add("document", from.Documents)
	if from.Others {
		c.columns = append(c.columns, party{others, others, "Others"})
	}
	for _, is := range x.site.Issues {
		out := issue{id: is.ID, title: is.Name.Value}
		for _, o := range is.Options {
			if s := from.Options[o]; s != nil {
				out.options = append(out.options, optionOf(from, s))
			}
		}
		if len(out.options) > 0 {
			c.issues = append(c.issues, out)
		}
	}
	return &c
}

func optionOf(c *plan.Comparison, s *plan.Standing) option {
	out := option{
		ID: s.Option.ID, Text: oneLine(plain(s.Option.Text)),
		Rule:      rule{s.Rule.Code, s.Rule.Word, s.Rule.Detail},
		Positions: []position{},
	}
	for _, actors := range [...][]*link.Actor{c.Parties, c.Documents} {
		for _, a := range actors {
			if p := s.Positions[a]; p != nil {
				out.Positions = append(out.Positions, positionOf(a.ID, p))
			}
		}
	}
	for _, p := range s.Others {
		one := positionOf(others, p)
		h := holderOf(p.Latest())
		one.Holder = &holder{Description: h.Description, Unnamed: h.Unnamed}
		if p.Party != nil {
			one.Holder = &holder{Actor: p.Party.ID}
		}
		out.Positions = append(out.Positions, one)
	}
	return out
}

func positionOf(column string, p *plan.Position) position {
	last := p.Latest()
	out := position{
		Party: column, Stance: string(p.Stance), Since: p.Since.String(), Said: last.Said.String(),
		Directness: string(last.Directness), Sources: p.Sources(), Moved: p.Moved(),
		From: string(p.From), Disputed: p.Disputed, Claims: keys(nil, p.Claims),
	}
	if p.Mixed {
		out.Stance = mixed
	}
	if p.Stance == record.ForIf && !p.Mixed {
		out.If = last.If
	}
	return out
}

func (c *comparison) json(s *sheet) {
	t := jsonText{s}
	t.add(`{"version": `).num(Version).add(`, "columns": `)
	columns := t.array(len(c.columns))
	for _, p := range c.columns {
		columns.element()
		t.value(p)
	}
	columns.end()
	t.add(`, "issues": `)
	issues := t.array(len(c.issues))
	for i := range c.issues {
		is := &c.issues[i]
		issues.element()
		t.add("{")
		t.text("id", is.id)
		t.text("title", is.title)
		t.key("options")
		options := t.array(len(is.options))
		for k := range is.options {
			options.element()
			is.options[k].json(&t)
		}
		options.end()
		t.add("}")
	}
	issues.end()
	t.add("}\n")
}

// json writes an option as its tags say.
func (o *option) json(t *jsonText) {
	t.add("{")
	t.text("id", o.ID)
	t.text("text", o.Text)
	t.key("rule")
	t.add("{")
	t.text("code", o.Rule.Code)
	t.text("word", o.Rule.Word)
	t.some("detail", o.Rule.Detail)
	t.add("}")
	t.key("positions")
	records(t, o.Positions)
	t.add("}")
}

func (p *position) json(t *jsonText) {
	t.add("{")
	t.text("party", p.Party)
	if p.Holder != nil {
		t.key("holder")
		p.Holder.json(t)
	}
	t.text("stance", p.Stance)
	t.some("if", p.If)
	t.some("since", p.Since)
	t.some("said", p.Said)
	t.text("directness", p.Directness)
	t.key("sources")
	t.num(p.Sources)
	t.some("moved", p.Moved)
	t.some("from", p.From)
	t.yes("disputed", p.Disputed)
	t.key("claims")
	t.strings(p.Claims)
	t.add("}")
}

// A standing is one row of data/comparison.csv: one column on one option. The
// position of one who is silent is zero.
type standing struct {
	issue  *issue
	option *option
	party  party
	position
}

var standingColumns = []column[standing]{
	{"issue", func(s *standing) string { return s.issue.id }},
	{"issue_title", func(s *standing) string { return s.issue.title }},
	{"option", func(s *standing) string { return s.option.ID }},
	{"option_text", func(s *standing) string { return s.option.Text }},
	{"party", func(s *standing) string { return s.party.ID }},
	{"party_kind", func(s *standing) string { return s.party.Kind }},
	{"party_title", func(s *standing) string { return s.party.Title }},
	{"holder", func(s *standing) string {
		if s.Holder == nil {
			return ""
		}
		return s.Holder.Actor + s.Holder.Description
	}},
	{"stance", func(s *standing) string { return s.Stance }},
	{"if", func(s *standing) string { return s.If }},
	{"since", func(s *standing) string { return s.Since }},
	{"said", func(s *standing) string { return s.Said }},
	{"directness", func(s *standing) string { return s.Directness }},
	{"sources", func(s *standing) string { return number(s.Sources) }},
	{"moved", func(s *standing) string { return s.Moved }},
	{"from", func(s *standing) string { return s.From }},
	{"disputed", func(s *standing) string { return yes(s.Disputed) }},
	{"claims", func(s *standing) string { return items(s.Claims) }},
	{"rule", func(s *standing) string { return s.option.Rule.Code }},
	{"rule_word", func(s *standing) string { return s.option.Rule.Word }},
	{"rule_detail", func(s *standing) string { return s.option.Rule.Detail }},
}

// csv writes a row for each option and party, also for a silent one:
// a table without its blanks would hide who has not spoken. Documents and
// others have a row for each of their positions. A document that says nothing
// of an issue hides nothing, and rows of all would grow with the square of the
// briefing.
//
// The positions of an option are in the order of the columns.
func (c *comparison) csv(s *sheet) {
	options := 0
	named := map[string]party{}
	for i := range c.issues {
		options += len(c.issues[i].options)
	}
	for _, p := range c.columns {
		if p.Kind == "document" {
			named[p.ID] = p
		}
	}
	t := newTable(s, standingColumns, options*len(c.parties()))
	for i := range c.issues {
		is := &c.issues[i]
		for k := range is.options {
			row := standing{issue: is, option: &is.options[k]}
			left := row.option.Positions
			for _, row.party = range c.parties() {
				if row.position = (position{}); len(left) > 0 && left[0].Party == row.party.ID && left[0].Holder == nil {
					row.position, left = left[0], left[1:]
				}
				t.record(&row)
			}
			for _, row.position = range left {
				row.party = c.columns[len(c.columns)-1] // others
				if row.Holder == nil {
					row.party = named[row.Party]
				}
				t.record(&row)
			}
		}
	}
	t.end()
}

// parties returns the columns that are parties, which come first.
func (c *comparison) parties() []party {
	n := slices.IndexFunc(c.columns, func(p party) bool { return p.Kind != "party" })
	if n < 0 {
		n = len(c.columns)
	}
	return c.columns[:n]
}
