package render

import (
	"fmt"

	"readout/internal/plan"
)

// The sample is a briefing on an invented dispute over a bridge, with
// something in every field of every view.

var (
	north   = plan.Ref{Href: "../actors/north.html", Text: "Northland"}
	south   = plan.Ref{Href: "../actors/south.html", Text: "Southland"}
	envoy   = plan.Ref{Href: "../actors/ada-quill.html", Text: "Ada Quill"}
	bridge  = plan.Ref{Href: "../issues/bridge.html", Text: "The bridge"}
	toll    = plan.Ref{Href: "../issues/bridge.html#toll", Text: "A toll on the bridge"}
	harbour = plan.Ref{Href: "../meetings/harbour.html", Text: "Harbour talks"}
	gazette = plan.Ref{Href: "../sources/gazette.html", Text: "Envoys meet at the harbour"}

	may  = plan.Date{ISO: "2031-05-04", Words: "4 May 2031"}
	june = plan.Date{ISO: "2031-06-12", Words: "12 June 2031, date inferred", Inferred: true}

	isFor     = plan.Stance{Code: "for", Word: "For", Sign: "+"}
	isAgainst = plan.Stance{Code: "against", Word: "Against", Sign: "−"}
	isForIf   = plan.Stance{Code: "for-if", Word: "For, if", Sign: "±"}
	isMixed   = plan.Stance{Code: "mixed", Word: "Accounts differ", Sign: "≠"}
)

func text(html string) plan.Prose { return plan.Prose{HTML: html} }

func sampleNote(claim string) plan.Note {
	return plan.Note{
		Key: "gazette#" + claim, Source: plan.Ref{Href: "../sources/gazette.html#" + claim, Text: gazette.Text},
		Publisher: "The Gazette", Date: may, Claim: "Northland asks for a toll", Quote: []plan.Quote{sampleQuote(2)}, Locator: "para. 2",
	}
}

// cited is prose with a link, a citation, and a citation of two places of
// which one is the same.
func cited() plan.Prose {
	a, b := "<p>It began at the ", " and went on.</p>\n<p>A second day was held.</p>"
	return plan.Prose{HTML: a + b, Slots: []plan.Slot{
		{At: len(a), Href: harbour.Href, Label: "<em>harbour</em>"},
		{At: len(a) + len(" and went on."), Notes: []plan.Note{sampleNote("toll")}},
		{At: len(a+b) - len("</p>"), Notes: []plan.Note{sampleNote("toll"), sampleNote("ferry")}},
	}}
}

func sampleQuote(paragraph int) plan.Quote {
	return plan.Quote{
		Parts: []plan.Part{{Text: "a small toll on "}, {Kind: "insertion", Text: "[the bridge]"}, {Text: " would"}, {Kind: "elision", Text: "[...]"}, {Text: "pay for it"}},
		State: "verified", Paragraph: paragraph,
		Href: fmt.Sprintf("../sources/gazette.html#p%d", paragraph), Out: "https://gazette.example/1#:~:text=a%20small%20toll",
	}
}

func sampleCard(id string, paragraph int, stance plan.Stance) *plan.Card {
	return &plan.Card{
		Key: "gazette#" + id, ID: id, Href: "../sources/gazette.html#" + id, Title: "Northland asks for a toll (" + id + ")",
		Holder:     plan.Who{Ref: plan.Ref{Text: "“a harbour official”"}, Unnamed: true, Count: 2, Reason: "not authorized to speak"},
		Chain:      []plan.Who{{Ref: envoy}, {Ref: plan.Ref{Text: "reporters"}}},
		Party:      north,
		Directness: "unnamed", Direct: "unnamed source", Issue: bridge, Option: toll, Stance: stance, If: "the ferry stays free",
		Act: "proposes", Hedge: "perhaps", At: harbour, About: []plan.Ref{south}, Said: may, SaidGiven: true,
		Source: gazette, Publisher: "The Gazette", Published: may, Quotes: []plan.Quote{sampleQuote(paragraph)}, Paraphrase: true,
		Relations: []plan.Relation{{Word: "denied by", Claim: plan.Ref{Href: "../sources/herald.html#no", Text: "No toll was asked for"}, By: "Southland"}},
	}
}

func sampleCells(stances ...plan.Stance) []plan.Cell {
	columns := sampleColumns()
	var cells []plan.Cell
	for i, s := range stances {
		c := plan.Cell{Column: columns[i], Stance: s}
		if s.Code != "" {
			c.If, c.Who, c.Said, c.Since = "the ferry stays free", plan.Who{Ref: envoy}, june, may
			c.Directness, c.Direct, c.Sources, c.Moved, c.From = "own", "own words", 2, "changed", isAgainst
			c.Disputed = true
			c.Cards = []*plan.Card{sampleCard("toll", 2, s)}
		}
		cells = append(cells, c)
	}
	return cells
}

func sampleColumns() []plan.Column {
	return []plan.Column{
		{ID: "north", Kind: "party", Ref: north},
		{ID: "south", Kind: "party", Ref: south},
		{ID: "draft", Kind: "document", Ref: plan.Ref{Href: "../actors/draft.html", Text: "The draft"}},
		{ID: "others", Kind: "others", Ref: plan.Ref{Text: "Others"}},
	}
}

func sampleRows() []plan.Row {
	silent := plan.Stance{}
	return []plan.Row{
		{
			ID: "toll", Issue: bridge, Text: cited(), Plain: "A toll on the bridge", Cells: sampleCells(isFor, isAgainst, isForIf, silent),
			Rule: plan.Rule{Code: "opposed", Word: "Opposed", Detail: "Northland: for; Southland: against"},
		},
		{
			ID: "ferry", Issue: bridge, Text: text("A free ferry"), Plain: "A free ferry", Cells: sampleCells(isMixed, silent, silent, silent),
			Rule: plan.Rule{Code: "silent", Word: "Someone silent", Detail: "Northland: accounts differ; Southland: no statement in our sources"},
		},
	}
}

func sampleSite() *plan.Site {
	return &plan.Site{
		Title: "The Bridge", Tagline: "Who wants what at the river", Language: "en", Publisher: "The River Desk",
		Repository: "https://code.example/bridge", License: "CC-BY-4.0", BaseURL: "https://bridge.example/", AsOf: "1 July 2031",
		Pages: []plan.Ref{{Href: "about.html", Text: "About"}}, Sources: 2, Claims: 3, Quotations: 6, Verified: 3, Receipts: 2, Unverified: 1, Feed: true, Latest: june,
	}
}

func sampleBase(path, section, title string) plan.Base {
	b := plan.Base{
		Path: path, Section: section, Title: title, Description: "A page about " + title, Site: sampleSite(),
		Crumbs:    []plan.Ref{{Href: "../index.html", Text: "Home"}, {Href: "../" + section, Text: "List"}},
		Canonical: "https://bridge.example/" + path, Edit: "https://code.example/bridge/edit/HEAD/content/x.md", Root: "../",
		Corrections: []plan.Correction{{Date: june, Text: cited(), On: plan.Ref{Href: "../" + path, Text: title}}},
		Mentions: []plan.MentionGroup{{Kind: "source", Page: gazette, Places: []plan.Mention{
			{Href: "../sources/gazette.html#toll", Title: "Northland asks for a toll", Before: "Nobody at ", Name: "the harbour", After: " agreed."},
			{Href: "../sources/gazette.html", Before: "It was ", Name: "there", After: "."},
		}}},
		Footnotes: text(`<div class="footnotes"><ol><li id="fn-1">A footnote.</li></ol></div>`),
	}
	return b
}

func sampleMeetings() []plan.MeetingLine {
	return []plan.MeetingLine{
		{Ref: harbour, When: may, Place: "The harbour", Stage: "held", Certainty: "reported", Parties: []plan.Ref{north, south}},
		{Ref: plan.Ref{Href: "../meetings/second.html", Text: "Second round"}, Stage: "mooted"},
	}
}

func samplePositions() []plan.IssuePositions {
	return []plan.IssuePositions{{Issue: bridge, Cards: []*plan.Card{sampleCard("toll", 2, isFor), sampleCard("ferry", 4, isAgainst)}}}
}

// sampleViews returns one full view of each kind.
func sampleViews() []plan.View {
	card, other := sampleCard("toll", 2, isFor), sampleCard("ferry", 4, isAgainst)
	withdrawn := sampleCard("gone", 0, plan.Stance{})
	withdrawn.Withdrawn, withdrawn.Option, withdrawn.Quotes, withdrawn.Later = "the paper retracted it", plan.Ref{}, nil, true
	actors := []plan.ActorLine{{Ref: envoy, Type: "person", Role: "envoy", Party: north}, {Ref: north, Type: "state"}}
	developments := []plan.Development{
		{Date: june, Kind: "position", Word: "changed", Text: "Northland drops the toll", Href: "../sources/gazette.html#ferry", Party: "Northland", Source: gazette},
		{Date: may, Kind: "meeting", Word: "held", Text: "Harbour talks", Href: harbour.Href + "#status"},
	}
	issues := []plan.IssueRows{{ID: "bridge", Ref: bridge, Rows: sampleRows()}}
	moves := []plan.Move{
		{Issue: bridge, Option: toll, Party: north, Then: isFor, Now: isAgainst, ThenCard: card, NowCard: other, Word: "changed"},
		{Issue: bridge, Option: toll, Party: south, Now: isFor, NowCard: other, Word: "new"},
	}
	base := sampleBase
	return []plan.View{
		&plan.Home{
			Base: base("index.html", "index.html", ""), Lead: cited(), Developments: developments, Issues: issues, Columns: sampleColumns(),
			Together: []plan.Tally{{Rule: plan.Rule{Code: "opposed", Word: "Opposed"}, Count: 2, Options: []plan.OptionSummary{{Ref: toll, Rule: sampleRows()[0].Rule}}}, {Rule: plan.Rule{Code: "silent", Word: "Someone silent"}, Count: 1}},
			Next:     sampleMeetings(), Latest: sampleMeetings(), Who: []plan.PartyActors{{Party: actors[1], Actors: actors[:1]}},
		},
		&plan.ComparisonPage{
			Base: base("comparison.html", "comparison.html", "Comparison"), Columns: sampleColumns(), Issues: issues,
			Then: may, Now: june, Moves: []plan.MoveGroup{{Issue: bridge, Moves: moves}},
		},
		&plan.Issue{
			Base: base("issues/bridge.html", "issues.html", "The bridge"), Lead: cited(), Columns: sampleColumns(), Rows: sampleRows(), ThenNow: "../comparison.html?issue=bridge#page-moves",
			Conflicts:   []plan.Conflict{{Word: "denies", A: card, B: other}},
			Assessments: []plan.Assessment{{Party: north, Option: toll, Text: cited()}},
			Sides:       []plan.Account{{Party: north, Cards: []*plan.Card{card, withdrawn}}}, Meetings: sampleMeetings(),
			Previous: plan.Ref{Href: "ferry.html", Text: "The ferry"}, Next: plan.Ref{Href: "pier.html", Text: "The pier"},
		},
		&plan.IssueList{Base: base("issues.html", "issues.html", "Issues"), Issues: []plan.IssueSummary{{
			Ref: bridge, Lead: "Who pays.", Claims: 2,
			Options: []plan.OptionSummary{{Ref: toll, Rule: sampleRows()[0].Rule}},
		}}},
		&plan.Actor{
			Base: base("actors/ada-quill.html", "actors.html", "Ada Quill"), Type: "person", Aliases: []string{"Quill", "A. Quill"},
			Represents: north, Party: north, Lead: cited(), Roles: []plan.Role{{When: "as of", Date: june, Text: cited()}},
			Positions: samplePositions(), ForIt: samplePositions(), Other: []*plan.Card{withdrawn}, Relayed: []*plan.Card{card}, About: []*plan.Card{other},
			Meetings: sampleMeetings(), With: []plan.Companion{{Ref: south, Meetings: []plan.Shared{{Ref: harbour, When: "1 May 2031"}}}}, Members: actors,
		},
		&plan.ActorList{Base: base("actors.html", "actors.html", "Actors"), Groups: []plan.ActorGroup{{ID: "person", Title: "People", Actors: actors}}},
		&plan.Meeting{
			Base: base("meetings/harbour.html", "meetings.html", "Harbour talks"), When: may, WhenAsStated: "on Sunday", Place: "The harbour",
			Stage: "held", Certainty: "reported", StageAsOf: june, Unreported: true, Lead: cited(),
			Log: []plan.Status{{Date: may, Stage: "planned", Certainty: "expected", Text: cited()}, {Date: june, Stage: "held", Certainty: "reported", Text: text("It was held.")}},
			Delegations: []plan.Delegation{
				{Party: north, People: []plan.Who{{Ref: envoy, Note: "reported"}, {Ref: plan.Ref{Text: "two clerks"}, Unnamed: true}}, OthersNotNamed: true, Text: cited(), Cites: plan.Prose{Slots: []plan.Slot{{Notes: []plan.Note{sampleNote("toll")}}}}},
				{NotNamed: true},
			},
			Agenda: []plan.AgendaItem{{Text: cited()}}, Accounts: []plan.Account{{Party: north, Cards: []*plan.Card{card}}, {Party: south, Cards: []*plan.Card{other}}},
			ByIssue: samplePositions(), PartOf: []plan.Ref{harbour}, Parts: []plan.Ref{harbour}, Follows: []plan.Ref{harbour}, FollowedBy: []plan.Ref{harbour},
			Previous: harbour, Next: harbour, Calendar: "../data/meetings.ics",
		},
		&plan.MeetingList{Base: base("meetings.html", "meetings.html", "Meetings"), Upcoming: sampleMeetings(), Unreported: sampleMeetings(), Past: sampleMeetings()},
		&plan.Source{
			Base: base("sources/gazette.html", "sources.html", gazette.Text), Publisher: plan.Ref{Text: "The Gazette"}, Published: may,
			Authors: []string{"B. Reed", "C. Marsh"}, Language: "fr", Genre: "report", Rights: "excerpts", URL: "https://gazette.example/1",
			ArchiveURL: "https://archive.example/1", Edition: true, Lead: cited(),
			Passages: []plan.Passage{
				{Stretch: plan.Stretch{First: 1, Last: 1}, Words: 40, Gap: true},
				{
					Stretch: plan.Stretch{First: 2, Last: 3}, Words: 31, Claims: 2, Segments: []plan.Segment{
						{Words: []plan.Ref{{Text: "a small toll on the bridge"}}, Claims: []plan.Cited{{Ref: plan.Ref{Href: "../sources/gazette.html#toll", Text: "Northland asks for a toll"}, N: 1, At: 1}}},
						{Gap: true},
						{Words: []plan.Ref{{Text: "and no "}, north, {Text: " more"}}, Claims: []plan.Cited{
							{Ref: plan.Ref{Href: "../sources/gazette.html#toll", Text: "Northland asks for a toll"}, N: 1, At: 1},
							{Ref: plan.Ref{Href: "../sources/gazette.html#ferry", Text: "The ferry"}, N: 2},
						}},
					},
					Out: "https://gazette.example/1#:~:text=a%20small%20toll", Notes: []plan.MarginNote{{N: 1, Card: card, Note: cited()}},
				},
				{Stretch: plan.Stretch{First: 4, Last: 6}, Words: 120, Gap: true},
				{Stretch: plan.Stretch{First: 7, Last: 7}, Words: 9, Segments: []plan.Segment{{Words: []plan.Ref{{Text: "Nine words that nobody quotes stand here in full."}}}}},
			},
			Unplaced: []plan.MarginNote{{N: 2, Card: other}, {N: 3, Card: withdrawn}}, Words: 200, Paragraphs: 7, Quoted: 12,
			Left: 4, Unused: []plan.Stretch{{First: 1, Last: 1}, {First: 4, Last: 6}},
			Repairs: []plan.Repair{{From: "β", To: "—"}}, Cite: "“Envoys meet at the harbour”, The Gazette, 4 May 2031",
		},
		&plan.SourceList{Base: base("sources.html", "sources.html", "Sources"), Sources: []plan.SourceLine{{Ref: gazette, Publisher: "The Gazette", Published: may, Genre: "report", Claims: 3, Verified: 2, Receipts: 1, Other: 1}}},
		&plan.Timeline{Base: base("timeline.html", "timeline.html", "Timeline"), Months: []plan.Month{{ID: "2031-05", Title: "May 2031", Events: []plan.Event{
			{Date: may, Kind: "claim", Title: plan.Ref{Href: card.Href, Text: card.Title}, Party: north, Who: card.Holder, Stance: isFor, Issue: bridge, Direct: "unnamed source", Actors: "ada-quill north", Issues: "bridge"},
			{Date: may, Kind: "meeting", Title: harbour, Stage: "held"},
			{Date: may, Kind: "source", Title: gazette, Who: plan.Who{Ref: plan.Ref{Text: "The Gazette"}}},
		}}}},
		&plan.Changes{
			Base: base("changes.html", "changes.html", "Changes"), Months: []plan.Month{{ID: "2031-06", Title: "June 2031", Developments: developments}},
			Corrections: []plan.Correction{{Date: june, Text: text("A date was wrong."), On: harbour}}, Withdrawn: []*plan.Card{withdrawn},
		},
		&plan.Index{Base: base("search.html", "search.html", "Search"), Count: 6, Letters: []plan.Letter{
			{ID: "letter-a", Title: "A", Href: "#letter-a", Count: 2, Entries: []plan.IndexEntry{{Ref: envoy, Kind: "person"}, {Ref: envoy, Kind: "person", See: "Ada Quill"}}},
			{ID: "letter-b", Title: "B", Href: "az/b.html", Count: 1, Pages: []plan.Ref{{Href: "az/b.html", Text: "Bridge"}}},
			{ID: "letter-c", Title: "C", Href: "#letter-c", Count: 3, Pages: []plan.Ref{{Href: "az/c.html", Text: "Cape – Coast"}, {Href: "az/c-2.html", Text: "Cove"}}},
		}},
		&plan.IndexPart{Base: base("az/c.html", "search.html", "C, 1 of 2"), Span: "Cape – Coast", Count: 3, Entries: []plan.IndexEntry{{Ref: envoy, Kind: "person"}}, Next: plan.Ref{Href: "../az/c-2.html", Text: "Cove"}},
		&plan.PlainPage{Base: base("about.html", "about.html", "About"), Contents: []plan.Ref{{Href: "#page-main", Text: "A"}}, Text: cited()},
		&plan.NotFound{Base: base("404.html", "", "Not found"), Issues: []plan.Ref{bridge}},
		samplePrint(issues, card, withdrawn),
		&plan.Rest{
			Base: base("actors/ada-quill.for-it.2.html", "actors.html", "Ada Quill: positions"), Of: envoy, Heading: "Positions",
			First: 101, Last: 102, Count: 102, Parts: []plan.Ref{{Href: "ada-quill.for-it.html", Text: "1 to 100"}, {Text: "101 to 102"}},
			Positions: []plan.IssuePositions{{Issue: bridge, Cards: []*plan.Card{card}}}, Relayed: []*plan.Card{card}, Sides: []plan.Account{{Party: north, Cards: []*plan.Card{withdrawn}}},
			With: []plan.Companion{{Ref: north, Meetings: []plan.Shared{{Ref: harbour}}, Further: 3}}, Previous: plan.Ref{Href: "ada-quill.for-it.html", Text: "1 to 100"},
			Members: []plan.ActorLine{{Ref: envoy}}, Referring: []plan.MentionGroup{{Kind: "source", Page: gazette, Places: []plan.Mention{{Href: gazette.Href, Before: "See ", Name: "her", After: "."}}, Further: 2}},
		},
		&plan.ShortComparison{
			Base: base("comparison.2.html", "comparison.html", "Comparison: The bridge"), Together: []plan.Tally{{Rule: plan.Rule{Code: "opposed", Word: "Opposed"}, Count: 2}},
			Columns: sampleColumns()[:2], Issues: []plan.IssueRows{{ID: "bridge", Ref: bridge}},
			Spanned: plan.Spanned{Pages: []plan.Ref{{Href: "comparison.html", Text: "A – B"}, {Text: "The bridge"}}, Previous: plan.Ref{Href: "comparison.html", Text: "A – B"}},
		},
	}
}

// samplePrint returns the briefing on one page. It has no references to it.
func samplePrint(issues []plan.IssueRows, cards ...*plan.Card) *plan.Print {
	var claims []plan.PrintClaim
	for _, c := range cards {
		claims = append(claims, plan.PrintClaim{Card: c, Note: cited()})
	}
	line := plan.ActorLine{Ref: envoy, Type: "person", Role: "envoy", Party: north}
	return &plan.Print{
		Base: sampleBase("print.html", "print.html", "The whole briefing"), Lead: cited(), LeadNotes: text("<p>Noted.</p>"),
		Developments: []plan.Development{{Date: may, Kind: "meeting", Word: "held", Text: "Harbour talks", Href: harbour.Href}},
		Columns:      sampleColumns(), Issues: issues, Most: 500, Contents: []plan.Ref{bridge},
		Dossiers: []plan.Dossier{{
			ID: "bridge", Ref: bridge, Lead: cited(), Notes: text("<p>Noted.</p>"),
			Assessments: []plan.Assessment{{Party: north, Option: toll, Text: cited()}},
			Conflicts:   []plan.PrintConflict{{Word: "denies", A: toll, ABy: "Ada Quill", B: toll, BBy: "Southland"}},
			Options: []plan.PrintOption{
				{Text: cited(), Rule: plan.Rule{Code: "opposed", Word: "Opposed", Detail: "Northland: for; Southland: against"}, Claims: claims},
				{Text: text("A free ferry")},
			},
			Other: claims, Elsewhere: []plan.Ref{toll},
		}},
		Loose: claims,
		Meetings: []plan.PrintMeeting{{
			MeetingLine: sampleMeetings()[0], WhenAsStated: "on Sunday", StageAsOf: june, Unreported: true, Lead: cited(), Notes: text("<p>Noted.</p>"),
			Log:         []plan.Status{{Date: may, Stage: "planned", Certainty: "expected", Text: cited()}},
			Delegations: []plan.Delegation{{Party: north, People: []plan.Who{{Ref: envoy}}, OthersNotNamed: true, Cites: cited()}, {NotNamed: true}},
			Agenda:      []plan.AgendaItem{{Text: cited()}},
		}},
		Actors: []plan.PrintGroup{{Title: "People", Actors: []plan.PrintActor{{
			ActorLine: line, Aliases: []string{"Quill"}, Lead: cited(), Notes: text("<p>Noted.</p>"),
			Roles: []plan.Role{{When: "as of", Date: june, Text: cited()}},
		}}}},
		Sources: []plan.PrintSource{{
			SourceLine: plan.SourceLine{Ref: gazette, Genre: "report", Claims: 3, Verified: 2, Receipts: 1, Other: 1},
			Cite:       "“Envoys meet at the harbour”, The Gazette", ArchiveURL: "https://archive.example/1", Lead: cited(), Notes: text("<p>Noted.</p>"),
		}},
		Method: []plan.PrintText{{ID: "about", Title: plan.Ref{Href: "../about.html", Text: "About"}, Text: cited(), Notes: text("<p>Noted.</p>")}},
	}
}
