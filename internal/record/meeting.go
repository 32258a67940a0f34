package record

import (
	"bytes"
	"slices"
	"strings"

	"readout/internal/diag"
	"readout/internal/markdown"
)

// A Meeting is an occasion on which actors met, or were to meet.
type Meeting struct {
	Header
	Start, End   Date
	StartSpan    diag.Span
	WhenAsStated string // the source's own words
	Place        string
	PartOf       []Link
	Follows      []Link
	Log          []Status // append-only: the last line is the present state
	Attendance   []Attendance
	Agenda       []AgendaItem
}

// A Status is one line of a meeting's log.
type Status struct {
	Date      Date
	Stage     Stage
	Certainty Certainty
	Text      Prose // what follows the two words: a note, citations
	Span      diag.Span
}

// An Attendance is one delegation.
type Attendance struct {
	Party          Link
	Attendees      []Attendee
	NotNamed       bool  // the sources name nobody of this party
	OthersNotNamed bool  // the sources say that there were others
	Text           Prose // all after the party, as written
	Span           diag.Span
}

// An Attendee is one person or body of a delegation.
type Attendee struct {
	Link      *Link  // nil for one who is only described
	Words     string // the description
	Certainty Certainty
}

// An AgendaItem is one subject of a meeting.
type AgendaItem struct {
	Issue *Link // nil for a subject that is no issue of the briefing
	Text  Prose
	Span  diag.Span
}

func (p *parser) meeting(h Header) *Meeting {
	m := &Meeting{Header: h}
	var endSpan diag.Span
	start := p.frontMatter(front{
		{"title", func(v value) { m.Name = v.text() }},
		{"start", func(v value) { m.Start, m.StartSpan = v.date(), v.span }},
		{"end", func(v value) { m.End, endSpan = v.date(), v.span }},
		{"when_as_stated", func(v value) { m.WhenAsStated = v.text().Value }},
		{"place", func(v value) { m.Place = v.text().Value }},
		{"part_of", func(v value) { m.PartOf = v.links() }},
		{"follows", func(v value) { m.Follows = v.links() }},
		{"aliases", func(v value) { m.Aliases = v.texts() }},
		{"draft", func(v value) { m.Draft = v.yes() }},
	})
	p.needName(&m.Header, "title")
	if !m.Start.IsZero() && !m.End.IsZero() && m.End.Latest() < m.Start.Earliest() {
		p.diags.Errorf(endSpan, "meeting/end-before-start", "the meeting ends before it starts (%s)", m.Start)
	}
	p.body(&m.Header, start, fixed{
		{"Status", func(it markdown.Item) { p.status(m, it.Span) }},
		{"Attendance", func(it markdown.Item) { p.attendance(m, it.Span) }},
		{"Agenda", func(it markdown.Item) { m.Agenda = append(m.Agenda, p.agendaItem(it.Span)) }},
	}, nil)
	return m
}

// status reads "DATE: stage, certainty (note) [@source#claim]".
func (p *parser) status(m *Meeting, s diag.Span) {
	date, rest, ok := p.dated(s, "stage, certainty (note)")
	if !ok {
		return
	}
	st := Status{Date: date, Span: s}
	stage, rest := word(rest)
	if stage.Start == stage.End {
		p.diags.Errorf(rest, "meeting/no-stage", "this status line says no stage").
			Note("after the date comes one of %s", joined(Stages))
		return
	}
	st.Stage = oneOf(p, "stage", textOf(stage), Stages)
	if data := rest.File.Data[rest.Start:rest.End]; bytes.HasPrefix(data, []byte(",")) {
		certainty, after := word(trim(rest.File.Span(rest.Start+1, rest.End)))
		st.Certainty = oneOf(p, "certainty", textOf(certainty), Certainties)
		rest = after
	}
	st.Text = p.inline(rest)
	m.Log = append(m.Log, st)
}

// word parts the first run of letters and hyphens from the rest.
func word(s diag.Span) (first, rest diag.Span) {
	i := s.Start
	for i < s.End {
		if c := s.File.Data[i] | 0x20; (c < 'a' || c > 'z') && s.File.Data[i] != '-' {
			break
		}
		i++
	}
	return s.File.Span(s.Start, i), trim(s.File.Span(i, s.End))
}

// attendance reads "[[party]]: [[person]], reported [@source#claim]; others
// not named".
func (p *parser) attendance(m *Meeting, s diag.Span) {
	k, rest, _ := keyed(s)
	party, ok := p.link(k.Span)
	if !ok {
		return
	}
	a := Attendance{Party: party, Text: p.inline(rest), Span: s}
	for _, group := range split(rest, ';') {
		first := len(a.Attendees)
		for _, part := range split(group, ',') {
			p.attendee(&a, part, first)
		}
	}
	m.Attendance = append(m.Attendance, a)
}

// attendee reads one part between commas. A certainty holds for all of its
// group, which begins at index first.
func (p *parser) attendee(a *Attendance, s diag.Span, first int) {
	var words []string // what stands outside links and citations
	at := s.Start
	var links []Link
	for _, h := range p.refs(s) {
		words = append(words, strings.Fields(string(s.File.Data[at:h.Span.Start]))...)
		at = h.Span.End
		if h.Kind == HoleLink {
			links = append(links, linkOf(h))
		}
	}
	words = append(words, strings.Fields(string(s.File.Data[at:s.End]))...)
	text := strings.Join(words, " ")

	for i := range links {
		a.Attendees = append(a.Attendees, Attendee{Link: &links[i]})
	}
	switch c := Certainty(text); {
	case text == "":
	case slices.Contains(Certainties, c):
		for i := first; i < len(a.Attendees); i++ {
			a.Attendees[i].Certainty = c
		}
	case text == "not named":
		a.NotNamed = true
	case text == "others not named":
		a.OthersNotNamed = true
	case len(links) > 0:
		// Words beside a link describe the one who is linked.
	case len(words) == 1 && nearlyCertainty(text):
		unknownWord(&p.diags, s, "certainty", text, Certainties)
	default:
		a.Attendees = append(a.Attendees, Attendee{Words: plain(unquoted(s.File.Span(s.Start, p.at0(s))))})
	}
}

// at0 returns where the words of a part end: at its first citation.
func (p *parser) at0(s diag.Span) int {
	for _, h := range p.refs(s) {
		if h.Kind == HoleCite {
			return trim(s.File.Span(s.Start, h.Span.Start)).End
		}
	}
	return s.End
}

func nearlyCertainty(w string) bool {
	return len(diag.Nearest(w, []string{"reported", "confirmed", "disputed", "expected"})) > 0
}

// agendaItem reads "[[issue]] words" or plain words.
func (p *parser) agendaItem(s diag.Span) AgendaItem {
	a := AgendaItem{Text: p.inline(s), Span: s}
	for _, h := range a.Text.Holes {
		if h.Kind == HoleLink {
			l := Link{Target: h.Target, Anchor: h.Anchor, IsPath: h.IsPath, Span: h.Span.In(p.file)}
			if h.Piped {
				l.Label = a.Text.Text[h.TextAt : h.TextAt+h.TextLen]
			}
			a.Issue = &l
			break
		}
	}
	return a
}

func joined[W ~string](words []W) string {
	s := make([]string, len(words))
	for i, w := range words {
		s[i] = string(w)
	}
	return strings.Join(s, ", ")
}
