package plan

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"readout/internal/link"
	"readout/internal/record"
)

// Sizes of the home page's lists.
const (
	homeDevelopments = 7
	homeMeetings     = 4
	homeOptions      = 4 // named beside a rule
	homePeople       = 24
)

// home plans index.html.
func (p *planner) home() *Home {
	const path = "index.html"
	d := p.desk(path)
	v := &Home{Base: p.base(path, "", p.shared().Tagline)}
	issues := p.table().issues
	if p.table().spans != nil {
		issues, v.AllIssues = firstRows(issues), len(issues)
	}
	v.Columns, v.Issues = d.shortRows(issues)
	if h := p.site.Home; h != nil {
		v.Base.Corrections, v.Base.Footnotes = d.corrections(&h.Node), d.prose(h.Footnotes)
		v.Lead = d.prose(h.Prose)
		if v.Description == "" {
			v.Description = describe(h.Prose)
		}
	}
	v.Developments = d.developmentViews(p.headlines())
	v.Together = d.together()
	for _, m := range p.site.Meetings {
		if p.prospect(m) == ahead {
			v.Next = append(v.Next, d.meetingLine(m))
		}
	}
	for _, m := range slices.Backward(p.site.Meetings) {
		if s := state(m); s != nil && s.Stage == record.Held && len(v.Latest) < homeMeetings {
			v.Latest = append(v.Latest, d.meetingLine(m))
		}
	}
	// Meetings are by date, those without one first: they come last here.
	slices.SortStableFunc(v.Next, func(a, b MeetingLine) int { return cmp.Compare(rank(a.When), rank(b.When)) })
	v.Next = v.Next[:min(len(v.Next), homeMeetings)]
	for _, a := range p.compared().Parties {
		x, people := PartyActors{Party: d.actorLine(a)}, d.people(a)
		if n := len(people); n > homePeople {
			people = people[:homePeople]
			x.More = Ref{Href: a.Path + "#page-members", Text: "All " + number(n)}
		}
		x.Actors = d.actorLines(people)
		v.Who = append(v.Who, x)
	}
	return v
}

// together counts the options by rule, what is settled or fought over first.
// Of rules that tell of silence there is nothing to show but how often.
func (d desk) together() []Tally {
	var list []Tally
	for _, code := range [...]string{"agreed", "rejected", "opposed", "conditional", "unsettled", "silent"} {
		words := map[string]int{} // of the list: one code has two words
		for _, is := range d.site.Issues {
			for _, o := range is.Options {
				r := d.compared().Options[o].Rule
				if r.Code != code {
					continue
				}
				i, ok := words[r.Word]
				if !ok {
					i = len(list)
					words[r.Word] = i
					list = append(list, Tally{Rule: Rule{Code: r.Code, Word: r.Word}})
				}
				t := &list[i]
				if t.Count++; code != "silent" && t.Count <= homeOptions {
					t.Options = append(t.Options, OptionSummary{Ref: d.optionRef(o), Rule: r})
				}
			}
		}
	}
	return list
}

// firstRows returns the first issues, as far as the home page has room for
// their options.
func firstRows(issues []*link.Issue) []*link.Issue {
	rows := 0
	for i, is := range issues {
		if rows += len(is.Options); rows > homeRows {
			return issues[:max(i, 1)]
		}
	}
	return issues
}

// rank puts what has a date before what has none.
func rank(d Date) int {
	if d.Words == "" {
		return 1
	}
	return 0
}

// headlines returns the newest developments, at most three of one party or of
// meetings, so that one talkative side does not fill the list.
func (p *planner) headlines() []development {
	var list []development
	count := map[string]int{}
	for _, x := range p.developments() {
		key := x.kind + x.party
		if count[key] == 3 || len(list) == homeDevelopments || x.word == "restated" && count["restated"] == 3 {
			continue
		}
		count[key]++
		count[x.word]++
		list = append(list, x)
	}
	return list
}

// people returns the persons who count for a party.
func (d desk) people(a *link.Actor) []*link.Actor {
	var list []*link.Actor
	for _, x := range d.site.Actors {
		if x.Party == a && x != a && x.Record.Type == record.Person {
			list = append(list, x)
		}
	}
	return list
}

// page plans a page of the editor's own.
func (p *planner) page(pg *link.Page) *PlainPage {
	v := &PlainPage{Base: p.nodeBase(&pg.Node, "", "")}
	v.Section = pg.Path
	v.Text = p.desk(pg.Path).prose(pg.Prose)
	v.Contents = contentsOf(v.Text.HTML)
	return v
}

// contentsOf returns the headings of level 2 in prose, where it has several. In
// it, what looks like a tag is one.
func contentsOf(html string) []Ref {
	const several = 4
	var list []Ref
	for {
		_, rest, ok := strings.Cut(html, `<h2 id="`)
		if !ok {
			break
		}
		id, rest, _ := strings.Cut(rest, `">`)
		var inside string
		inside, html, _ = strings.Cut(rest, "</h2>")
		text, rest, found := strings.Cut(inside, "<")
		for found {
			_, rest, _ = strings.Cut(rest, ">")
			var more string
			more, rest, found = strings.Cut(rest, "<")
			text += more
		}
		list = append(list, Ref{Href: "#" + id, Text: unescaper.Replace(text)})
	}
	if len(list) < several {
		return nil
	}
	return list
}

var unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#34;", `"`, "&#39;", "'", "&amp;", "&")

// notFound plans 404.html. A host shows it at any depth, so that its links
// must not be relative: they begin with the path of the base address, or,
// where there is none, at the root of the host.
func (p *planner) notFound() *NotFound {
	const mostLost = 12 // issues; a link leads to all of them
	v := &NotFound{Base: p.base("404.html", "Page not found", "There is no such page in this briefing.")}
	v.Root = "/"
	if u, err := url.Parse(p.shared().BaseURL); err == nil && u.Path != "" {
		v.Root = u.Path
	}
	v.Canonical = ""
	v.Crumbs = nil
	for _, is := range p.site.Issues[:min(len(p.site.Issues), mostLost)] {
		v.Issues = append(v.Issues, Ref{Href: v.Root + is.Path, Text: is.Name.Value})
	}
	return v
}
