package export

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"readout/internal/plan"
	"readout/internal/record"
)

// feedEntries is how many of the newest entries the feed has. Readers fetch it
// whole every hour or so.
const feedEntries = 100

// An atomFeed is feed.xml: https://www.rfc-editor.org/rfc/rfc4287.
type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang      string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Subtitle  string      `xml:"subtitle,omitempty"`
	Updated   string      `xml:"updated"`
	Author    atomName    `xml:"author"`
	Links     []atomLink  `xml:"link"`
	Rights    string      `xml:"rights,omitempty"`
	Generator string      `xml:"generator"`
	Entries   []atomEntry `xml:"entry"`
}

type atomName struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string       `xml:"id"`
	Title     string       `xml:"title"`
	Updated   string       `xml:"updated"`
	Published string       `xml:"published"`
	Link      atomLink     `xml:"link"`
	Category  atomCategory `xml:"category"`
	Summary   string       `xml:"summary,omitempty"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// feed writes the developments and the corrections, newest first. An entry
// is dated with the first day of what it tells, at midnight UTC: the day is
// what the sources give, and all that the build may know.
func (x *exporter) feed(s *sheet) {
	c := x.site.Config
	f := atomFeed{
		Lang: c.Language, ID: x.base, Title: cmp.Or(c.Name.Value, x.base), Subtitle: c.Tagline,
		Author: atomName{cmp.Or(c.Publisher, c.Name.Value, x.base)},
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: x.address("feed.xml", "")},
			{Rel: "alternate", Type: "text/html", Href: x.base},
		},
		Rights: c.License, Generator: "Readout",
	}
	var entries []entryOn
	for _, d := range x.plan.Developments() { // newest first
		if day, err := record.ParseDay(d.Day); err == nil {
			if entries = append(entries, x.developed(d, day)); len(entries) == feedEntries {
				break
			}
		}
	}
	entries = append(entries, x.corrected()...)
	slices.SortStableFunc(entries, func(a, b entryOn) int { return cmp.Compare(b.day, a.day) })
	entries = entries[:min(len(entries), feedEntries)]
	unique(entries)

	// A feed must say when it was updated, also one that is empty.
	f.Updated = midnight(0)
	for i, e := range entries {
		if i == 0 {
			f.Updated = e.Updated
		}
		f.Entries = append(f.Entries, e.atomEntry)
	}
	xmlFile(s, f)
}

type entryOn struct {
	day record.Day
	atomEntry
}

func (x *exporter) developed(d plan.Development, day record.Day) entryOn {
	path, anchor, _ := strings.Cut(d.Href, "#")
	e := entryOn{day, atomEntry{
		Updated: midnight(day), Published: midnight(day), Link: x.alternate(path, anchor),
		Category: atomCategory{Term: d.Kind},
	}}
	switch {
	case d.Kind == "meeting":
		// Several steps of one meeting have one address.
		e.ID = x.address(path, anchor+"/"+d.Day+"/"+d.Word)
		e.Title = upper(d.Word) + ": " + d.Text
	default:
		// A claim is one entry for good, also once its date is mended.
		e.ID = e.Link.Href
		e.Title = upper(d.Word) + ": " + d.Text
		if d.Party != "" {
			e.Title = d.Party + ", " + d.Word + ": " + d.Text
		}
	}
	said := d.Date.Words
	if d.Source.Text != "" {
		said += ". Source: " + d.Source.Text
	}
	e.Summary = said
	return e
}

func (x *exporter) corrected() []entryOn {
	var out []entryOn
	for _, n := range x.site.Nodes() {
		for _, c := range n.Corrections {
			day := c.Date.Earliest()
			if c.Date.IsZero() || day == record.MinDay || !x.counts(c.Date) {
				continue
			}
			out = append(out, entryOn{day, atomEntry{
				ID:    x.address(n.Path, "corrections/"+day.String()),
				Title: "Correction: " + cmp.Or(n.Name.Value, n.ID), Summary: oneLine(plain(c.Text)),
				Updated: midnight(day), Published: midnight(day), Link: x.alternate(n.Path, "corrections"),
				Category: atomCategory{Term: "correction"},
			}})
		}
	}
	return out
}

func (x *exporter) alternate(path, anchor string) atomLink {
	return atomLink{Rel: "alternate", Type: "text/html", Href: x.address(path, anchor)}
}

// unique numbers entries that would have one id: corrections of one record, or
// steps of one meeting, of one day. They stand in the order of their file, to
// which lines are added at the end, so that no id is taken over by another.
func unique(entries []entryOn) {
	seen := map[string]int{}
	for i := range entries {
		e := &entries[i]
		seen[e.ID]++
		if n := seen[e.ID]; n > 1 {
			e.ID += "/" + strconv.Itoa(n)
		}
	}
}

// midnight returns the beginning of a day as RFC 3339 writes it, which has
// years of four digits only.
func midnight(d record.Day) string {
	d = min(max(d, record.NewDay(1, 1, 1)), record.NewDay(9999, 12, 31))
	year, month, day := d.Civil()
	return fmt.Sprintf("%04d-%02d-%02dT00:00:00Z", year, month, day)
}

func upper(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// xmlFile writes a document. Characters that XML has no form for become
// U+FFFD.
func xmlFile(s *sheet, v any) {
	s.add(xml.Header)
	enc := xml.NewEncoder(s)
	enc.Indent("", " ")
	if err := enc.Encode(v); err != nil {
		panic("export: " + err.Error()) // structs of strings always have a form
	}
	s.add("\n")
}
