package export

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"readout/internal/link"
	"readout/internal/record"
)

// calendar writes data/meetings.ics: every meeting whose days are known, as
// iCalendar (https://www.rfc-editor.org/rfc/rfc5545).
//
// A meeting is an event of whole days, from the first day on which it may have
// begun to the last on which it may have ended. That the days are inferred is
// said in words, as a calendar has no form for it; how far the meeting has
// come is said in the title too, since many programs show no STATUS. Events
// block no time.
func (x *exporter) calendar(s *sheet) {
	c := calendarText{sheet: s}
	host := x.host()
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//Readout//Briefing//EN")
	c.line("CALSCALE", "GREGORIAN")
	if name := x.site.Config.Name.Value; name != "" {
		c.text("NAME", name) // https://www.rfc-editor.org/rfc/rfc7986
		c.text("X-WR-CALNAME", name)
	}
	for _, m := range x.site.Meetings {
		if first, last, ok := days(m.Record); ok {
			x.event(&c, m, host, first, last)
		}
	}
	c.line("END", "VCALENDAR")
}

// days returns the first and the last day of a meeting. ok is false for one
// that has no date, or that is only known to within a year or more, which
// would cover every day of it, or whose year iCalendar cannot write.
func days(m *record.Meeting) (first, last record.Day, ok bool) {
	start, end := m.Start, m.End
	if start.IsZero() {
		start = end
	}
	if end.IsZero() {
		end = start
	}
	if start.IsZero() || start.Precision() > record.ToSeason {
		return 0, 0, false
	}
	first, last = start.Earliest(), end.Latest()
	if end.Precision() > record.ToSeason || last == record.MaxDay {
		last = start.Latest()
	}
	if first == record.MinDay {
		first = end.Earliest()
	}
	switch { // an interval that is open, or unknown, at one end
	case first == record.MinDay:
		first = last
	case last == record.MaxDay:
		last = first
	}
	last = max(first, last)
	return first, last, first >= record.NewDay(1, 1, 1) && last < record.NewDay(9999, 12, 31)
}

func (x *exporter) event(c *calendarText, m *link.Meeting, host string, first, last record.Day) {
	state, revised, revision := x.state(m)
	if len(m.Log) > 0 && state == nil {
		return // nobody had spoken of it by the day as of which the site is built
	}
	if revised == record.MinDay {
		revised = first
	}
	c.line("BEGIN", "VEVENT")
	c.text("UID", m.ID+"@"+host)
	c.line("DTSTAMP", basic(revised)+"T000000Z")
	if revision > 0 {
		c.line("SEQUENCE", fmt.Sprint(revision))
	}
	c.line("DTSTART;VALUE=DATE", basic(first))
	c.line("DTEND;VALUE=DATE", basic(last+1)) // the day after the last
	c.text("SUMMARY", summary(m, state))
	if m.Record.Place != "" {
		c.text("LOCATION", m.Record.Place)
	}
	c.text("DESCRIPTION", describe(m, state))
	if s := status(state); s != "" {
		c.line("STATUS", s)
	}
	c.line("TRANSP", "TRANSPARENT")
	if x.base != "" {
		c.line("URL", x.address(m.Path, ""))
	}
	c.line("END", "VEVENT")
}

// state returns the last line of a meeting's log that counts, or nil; the day
// of the last change of its record, which is what a published calendar's
// DTSTAMP says, or MinDay; and how many changes came before it.
func (x *exporter) state(m *link.Meeting) (last *link.Status, day record.Day, revision int) {
	day, revision = record.MinDay, -1
	change := func(d record.Date) {
		revision++
		if e := d.Earliest(); !d.IsZero() && e >= record.NewDay(1, 1, 1) && e <= record.NewDay(9999, 12, 31) {
			day = max(day, e)
		}
	}
	for i := range m.Log {
		if s := &m.Log[i]; !s.Later {
			last = s
			change(s.Date)
		}
	}
	for _, k := range m.Corrections {
		if x.counts(k.Date) {
			change(k.Date)
		}
	}
	return last, day, max(revision, 0)
}

// host makes the ids of events the site's own: two briefings may well have
// meetings of one id, also below one host.
func (x *exporter) host() string {
	if u, err := url.Parse(x.base); err == nil && u.Host != "" {
		return strings.TrimSuffix(u.Host+u.EscapedPath(), "/")
	}
	return "readout"
}

// summary is the title, with the stage of a meeting that was not simply held.
func summary(m *link.Meeting, s *link.Status) string {
	name := oneLine(m.Name.Value)
	switch {
	case s == nil || s.Stage == "" || s.Stage == record.Held && s.Certainty != disputed:
		return name
	case s.Certainty == disputed:
		return fmt.Sprintf("%s (%s, %s)", name, s.Stage, s.Certainty)
	}
	return fmt.Sprintf("%s (%s)", name, s.Stage)
}

const disputed record.Certainty = "disputed"

// status maps a stage to what iCalendar knows. A meeting that was postponed
// may yet be held, on another day.
func status(s *link.Status) string {
	switch {
	case s == nil || s.Stage == "":
		return ""
	case s.Stage == record.Cancelled:
		return "CANCELLED"
	case s.Stage == record.Held && s.Certainty != disputed:
		return "CONFIRMED"
	}
	return "TENTATIVE"
}

// describe says in lines what the properties of an event cannot.
func describe(m *link.Meeting, s *link.Status) string {
	var said []string
	add := func(label, words string) {
		if words = oneLine(words); words != "" {
			said = append(said, label+": "+words)
		}
	}
	add("Dates", when(m.Record))
	add("As stated", m.Record.WhenAsStated)
	if s != nil && s.Stage != "" {
		words := string(s.Stage)
		if s.Certainty != "" {
			words += ", " + string(s.Certainty)
		}
		if !s.Date.IsZero() {
			words += " (as of " + s.Date.Words() + ")"
		}
		add("Status", words)
	}
	var parties []string
	for _, a := range m.Attendance {
		if a.Party != nil {
			parties = append(parties, delegation(a))
		}
	}
	add("Delegations", strings.Join(parties, "; "))
	return strings.Join(said, "\n")
}

// when returns a meeting's dates in words.
func when(m *record.Meeting) string {
	switch {
	case m.End.IsZero() || m.Start == m.End:
		return m.Start.Words()
	case m.Start.IsZero():
		return m.End.Words()
	}
	if d, err := record.ParseDate(m.Start.String() + "/" + m.End.String()); err == nil {
		return d.Words()
	}
	return m.Start.Words() + " to " + m.End.Words() // one of them is an interval
}

// delegation names one party and who came for it.
func delegation(a link.Attendance) string {
	var people []string
	for _, x := range a.Attendees {
		name := x.Words
		if x.Actor != nil {
			name = x.Actor.Name.Value
		}
		if name != "" {
			people = append(people, name)
		}
	}
	switch {
	case a.OthersNotNamed && len(people) > 0:
		people = append(people, "others not named")
	case (a.NotNamed || a.OthersNotNamed) && len(people) == 0:
		people = append(people, "not named")
	}
	if len(people) == 0 {
		return a.Party.Name.Value
	}
	return a.Party.Name.Value + " (" + strings.Join(people, ", ") + ")"
}

// basic writes a day as iCalendar does, which has years of four digits only.
func basic(d record.Day) string {
	year, month, day := d.Civil()
	return strconv.Itoa(1_0000_00_00 + year*1_00_00 + int(month)*1_00 + day)[1:]
}

// A calendarText is iCalendar as it is written.
type calendarText struct {
	*sheet
	unfolded []byte // the line that is being written
}

// line writes a property whose value is already in iCalendar's form.
func (c *calendarText) line(name, value string) {
	c.unfolded = append(append(append(c.unfolded[:0], name...), ':'), value...)
	fold(c.sheet, c.unfolded)
}

// text writes a property whose value is text.
func (c *calendarText) text(name, value string) {
	c.unfolded = appendText(append(append(c.unfolded[:0], name...), ':'), value)
	fold(c.sheet, c.unfolded)
}

// appendText appends a text as RFC 5545 section 3.3.11 wants it. Control
// characters, which it forbids, are dropped.
func appendText(b []byte, s string) []byte {
	for _, r := range lines(s) {
		switch {
		case r == '\\' || r == ';' || r == ',':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r < ' ' && r != '\t' || r == 0x7F:
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// fold writes a content line, cut into lines of at most 75 octets without
// their CR LF, each but the first beginning with a space (RFC 5545, section
// 3.1). No character is cut: some readers decode each line by itself.
func fold(to *sheet, s []byte) {
	const limit = 75
	width := limit
	for len(s) > width {
		n := width
		// A byte that is no UTF-8 never begins a character: then cut anywhere.
		for n > width-utf8.UTFMax && !utf8.RuneStart(s[n]) {
			n--
		}
		to.b = append(append(to.b, s[:n]...), "\r\n "...)
		s = s[n:]
		width = limit - 1
	}
	to.b = append(append(to.b, s...), "\r\n"...)
}
