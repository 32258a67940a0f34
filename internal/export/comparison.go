package export

import (
	"slices"
	"strconv"

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

// putComparison makes data/comparison.csv and data/comparison.json.
func (x *exporter) putComparison(put func(File)) {
	c := x.comparison()
	put(File{"data/comparison.csv", comparisonCSV(c)})
	put(File{"data/comparison.json", comparisonJSON(c)})
}

func (x *exporter) comparison() comparison {
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
	return c
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
		From: string(p.From), Disputed: p.Disputed, Claims: keys(p.Claims),
	}
	if p.Mixed {
		out.Stance = mixed
	}
	if p.Stance == record.ForIf && !p.Mixed {
		out.If = last.If
	}
	return out
}

func comparisonJSON(c comparison) []byte {
	var t jsonText
	t.WriteString(`{"version": ` + strconv.Itoa(Version) + `, "columns": `)
	list(&t, c.columns, func(p party) { t.value(p) })
	t.WriteString(`, "issues": `)
	list(&t, c.issues, func(is issue) {
		t.WriteString(`{"id":`)
		t.value(is.id)
		t.WriteString(`,"title":`)
		t.value(is.title)
		t.WriteString(`,"options":`)
		list(&t, is.options, func(o option) { t.value(o) })
		t.WriteByte('}')
	})
	t.WriteString("}\n")
	return t.Bytes()
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

// comparisonCSV writes a row for each option and party, also for a silent one:
// a table without its blanks would hide who has not spoken. Documents and
// others have a row for each of their positions. A document that says nothing
// of an issue hides nothing, and rows of all would grow with the square of the
// briefing.
//
// The positions of an option are in the order of the columns.
func comparisonCSV(c comparison) []byte {
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
	t := newTable(standingColumns, options*len(c.parties()))
	for i := range c.issues {
		is := &c.issues[i]
		for k := range is.options {
			s := standing{issue: is, option: &is.options[k]}
			left := s.option.Positions
			for _, s.party = range c.parties() {
				if s.position = (position{}); len(left) > 0 && left[0].Party == s.party.ID && left[0].Holder == nil {
					s.position, left = left[0], left[1:]
				}
				t.add(&s)
			}
			for _, s.position = range left {
				s.party = c.columns[len(c.columns)-1] // others
				if s.Holder == nil {
					s.party = named[s.Party]
				}
				t.add(&s)
			}
		}
	}
	return t.bytes()
}

// parties returns the columns that are parties, which come first.
func (c *comparison) parties() []party {
	n := slices.IndexFunc(c.columns, func(p party) bool { return p.Kind != "party" })
	if n < 0 {
		n = len(c.columns)
	}
	return c.columns[:n]
}
