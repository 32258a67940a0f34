package plan

import (
	"slices"
	"strconv"
	"strings"

	"readout/internal/link"
	"readout/internal/record"
)

// Print is print.html: the whole briefing as one page to be printed. Every
// claim stands in it once, in the dossier of one issue.
type Print struct {
	Base
	Lead         Prose
	LeadNotes    Prose
	Developments []Development
	Columns      []Column
	Issues       []IssueRows // the comparison: cells without cards
	Short        bool        // the briefing is too long for one page: the rest is Contents
	Most         int         // claims that one page holds
	Contents     []Ref       // every issue
	Dossiers     []Dossier
	Loose        []PrintClaim // on no issue
	Meetings     []PrintMeeting
	Actors       []PrintGroup
	Sources      []PrintSource
	Method       []PrintText
}

// A Dossier is all that there is on one issue.
type Dossier struct {
	ID string
	Ref
	Lead, Notes Prose
	Assessments []Assessment
	Conflicts   []PrintConflict
	Options     []PrintOption
	Other       []PrintClaim // on the issue, but on none of its options
	Elsewhere   []Ref        // claims that touch it and stand in another dossier
}

// A PrintOption is an option with the claims on it, newest first.
type PrintOption struct {
	Text   Prose
	Rule   Rule
	Claims []PrintClaim
}

// A PrintClaim is a claim with its editor's note. They are kept apart for the
// card to be the one that other pages show.
type PrintClaim struct {
	Card *Card
	Note Prose
}

// A PrintConflict is two accounts that cannot both be right, by their titles.
type PrintConflict struct {
	Word     string
	A, B     Ref
	ABy, BBy string
}

// A PrintMeeting is a meeting without the claims made there.
type PrintMeeting struct {
	MeetingLine
	WhenAsStated string
	StageAsOf    Date
	Unreported   bool
	Lead, Notes  Prose
	Log          []Status
	Delegations  []Delegation
	Agenda       []AgendaItem
}

// A PrintGroup is the actors of one type.
type PrintGroup struct {
	Title  string
	Actors []PrintActor
}

// A PrintActor is an actor without its claims.
type PrintActor struct {
	ActorLine
	Aliases     []string
	Roles       []Role
	Lead, Notes Prose
}

// A PrintSource is a source, how to cite it, and what it is worth.
type PrintSource struct {
	SourceLine
	Cite        string
	ArchiveURL  string
	Lead, Notes Prose
}

// A PrintText is a page of the editor's own.
type PrintText struct {
	ID          string
	Title       Ref
	Text, Notes Prose
}

// Template names the view's template.
func (*Print) Template() string { return "print.html" }

const printPath = "print.html"

// PrintMost is how many claims print.html holds, at about 4 kB each. A longer
// briefing would be a page of megabytes that no browser lays out for paper in
// reasonable time; it gets what changed last and the list of its issues.
const printMost = 500

// print plans print.html.
func (p *planner) print() *Print {
	d := p.desk(printPath)
	d.bare = true
	v := &Print{
		Base: p.base(printPath, "The whole briefing", "The whole briefing on one page, to be printed or saved."),
		Most: printMost,
	}
	if h := p.site.Home; h != nil {
		v.Lead, v.LeadNotes = d.inset("lead", 0, h.Prose), d.inset("lead", 0, h.Footnotes)
	}
	v.Developments = d.developmentViews(p.headlines())
	if v.Short = p.shared().Claims > printMost; v.Short {
		for _, is := range p.site.Issues {
			v.Contents = append(v.Contents, p.desk(printPath).name(&is.Node))
		}
		return v
	}
	v.Columns, v.Issues = d.columns(), d.issueRows(latestWord)
	printed := map[*link.Claim]bool{}
	for _, is := range p.site.Issues {
		v.Dossiers = append(v.Dossiers, d.dossier(is, printed))
	}
	var loose []*link.Claim
	for _, c := range newest(p.site.Claims) {
		if !printed[c] {
			loose = append(loose, c)
		}
	}
	v.Loose = d.printClaims(loose)
	for _, m := range p.site.Meetings {
		v.Meetings = append(v.Meetings, d.printMeeting(m))
	}
	for _, t := range record.ActorTypes {
		g := PrintGroup{Title: typeTitles[t]}
		for _, a := range p.site.Actors {
			if a.Record.Type == t {
				g.Actors = append(g.Actors, d.printActor(a))
			}
		}
		if len(g.Actors) > 0 {
			v.Actors = append(v.Actors, g)
		}
	}
	for _, s := range p.site.Sources {
		if p.counts(s) {
			v.Sources = append(v.Sources, d.printSource(s))
		}
	}
	for _, pg := range p.site.Pages {
		v.Method = append(v.Method, PrintText{
			ID: pg.ID, Title: d.ref(&pg.Node), Text: d.inset(pg.ID, 1, pg.Prose), Notes: d.inset(pg.ID, 1, pg.Footnotes),
		})
	}
	return v
}

// latest returns the date of the latest source that counts.
func (p *planner) latest() Date {
	var last record.Date
	for _, s := range p.site.Sources {
		if at := s.Record.Published; p.counts(s) && !at.IsZero() && (last.IsZero() || record.Compare(at, last) > 0) {
			last = at
		}
	}
	return dateOf(last)
}

// counts reports whether a source was there on the last day that counts.
func (p *planner) counts(s *link.Source) bool {
	at := s.Record.Published
	return !p.site.HasAsOf || at.IsZero() || at.Earliest() <= p.site.AsOf
}

// dossier gathers an issue. A claim may touch several issues; it is printed
// with the one that it is on, or with the first that it touches.
func (d desk) dossier(is *link.Issue, printed map[*link.Claim]bool) Dossier {
	v := Dossier{
		ID: is.ID, Ref: d.issueRef(is),
		Lead: d.inset(is.ID, 1, is.Prose), Notes: d.inset(is.ID, 1, is.Footnotes),
	}
	for _, a := range is.Assessments {
		v.Assessments = append(v.Assessments, Assessment{
			Party: d.actorRef(a.Party), Option: d.optionRef(a.Option), Text: d.inset(is.ID, 1, a.Text),
		})
	}
	claims := newest(is.Claims)
	for _, x := range conflicts(claims, printMost) {
		v.Conflicts = append(v.Conflicts, PrintConflict{
			Word: x.word, A: d.claimRef(x.a), ABy: d.holder(x.a).Text, B: d.claimRef(x.b), BBy: d.holder(x.b).Text,
		})
	}
	take := func(mine func(*link.Claim) bool) []PrintClaim {
		var list []*link.Claim
		for _, c := range claims {
			if !printed[c] && mine(c) {
				printed[c] = true
				list = append(list, c)
			}
		}
		return d.printClaims(list)
	}
	for _, o := range is.Options {
		v.Options = append(v.Options, PrintOption{
			Text: d.prose(o.Text), Rule: d.compared().Options[o].Rule,
			Claims: take(func(c *link.Claim) bool { return c.Option == o }),
		})
	}
	for _, c := range claims {
		if printed[c] && c.Issue != is || c.Issue != nil && c.Issue != is {
			v.Elsewhere = append(v.Elsewhere, d.claimRef(c))
		}
	}
	v.Other = take(func(c *link.Claim) bool { return c.Issue == is || c.Issue == nil })
	return v
}

func (d desk) printClaims(claims []*link.Claim) []PrintClaim {
	list := make([]PrintClaim, len(claims))
	for i, c := range claims {
		list[i] = PrintClaim{d.card(c), d.inset(c.Source.ID+"-"+c.ID, 1, c.Note)}
	}
	return list
}

func (d desk) printMeeting(m *link.Meeting) PrintMeeting {
	v := PrintMeeting{
		MeetingLine: d.meetingLine(m), WhenAsStated: m.Record.WhenAsStated, Unreported: d.prospect(m) == unreported,
		Lead: d.inset(m.ID, 2, m.Prose), Notes: d.inset(m.ID, 2, m.Footnotes),
		Log: d.log(m), Agenda: d.agenda(m),
	}
	if s := state(m); s != nil {
		v.StageAsOf = dateOf(s.Date)
	}
	for _, a := range m.Attendance {
		v.Delegations = append(v.Delegations, d.delegation(a))
	}
	return v
}

func (d desk) printActor(a *link.Actor) PrintActor {
	v := PrintActor{
		ActorLine: d.actorLine(a), Roles: d.roles(a),
		Lead: d.inset(a.ID, 3, a.Prose), Notes: d.inset(a.ID, 3, a.Footnotes),
	}
	for _, t := range a.Aliases {
		v.Aliases = append(v.Aliases, t.Value)
	}
	return v
}

func (d desk) printSource(s *link.Source) PrintSource {
	return PrintSource{
		SourceLine: d.sourceLine(s), Cite: citation(s), ArchiveURL: s.Record.ArchiveURL,
		Lead: d.inset(s.ID, 2, s.Prose), Notes: d.inset(s.ID, 2, s.Footnotes),
	}
}

// inset resolves prose for a page that holds many records' prose. Its headings
// go some levels down, and its ids, with the links to them, get the record's
// id before them: two records may both have a footnote 1.
func (d desk) inset(id string, down int, p link.Prose) Prose {
	out := d.prose(p)
	var b strings.Builder
	html, slot := out.HTML, 0
	b.Grow(len(html) + 64)
	for i := 0; i < len(html); {
		for slot < len(out.Slots) && out.Slots[slot].At <= i {
			out.Slots[slot].At = b.Len()
			slot++
		}
		rest := html[i:]
		switch {
		// A quotation mark in text is written as an entity, and < too: these
		// can only be tags.
		case strings.HasPrefix(rest, ` id="`):
			b.WriteString(` id="` + id + `:`)
			i += len(` id="`)
		case strings.HasPrefix(rest, ` href="#`):
			b.WriteString(` href="#` + id + `:`)
			i += len(` href="#`)
		case level(rest, "<h") > 0:
			b.WriteString("<h" + strconv.Itoa(min(level(rest, "<h")+down, 6)))
			i += len("<h1")
		case level(rest, "</h") > 0:
			b.WriteString("</h" + strconv.Itoa(min(level(rest, "</h")+down, 6)))
			i += len("</h1")
		default:
			b.WriteByte(html[i])
			i++
		}
	}
	for ; slot < len(out.Slots); slot++ {
		out.Slots[slot].At = b.Len()
	}
	out.HTML = b.String()
	return out
}

// level returns the level of the heading whose tag text opens with, or 0.
func level(text, tag string) int {
	if len(text) <= len(tag)+1 || !strings.HasPrefix(text, tag) || !slices.Contains([]byte(" >"), text[len(tag)+1]) {
		return 0
	}
	if n := int(text[len(tag)] - '0'); n >= 1 && n <= 6 {
		return n
	}
	return 0
}
