package export

import (
	"strings"

	"readout/internal/link"
	"readout/internal/plan"
	"readout/internal/record"
)

// bibliography writes data/sources.bib: the sources for biblatex and biber.
func (x *exporter) bibliography(s *sheet) {
	for i, source := range x.site.Sources {
		if i > 0 {
			s.add("\n")
		}
		s.add(plan.BibTeX(source))
	}
}

// A citation is a source as data/sources.csl.json gives it.
// https://docs.citationstyles.org/en/stable/specification.html
type citation struct {
	ID             string   `json:"id"`
	Type           string   `json:"type"`
	Title          string   `json:"title"`
	Author         []author `json:"author,omitempty"`
	ContainerTitle string   `json:"container-title,omitempty"`
	Publisher      string   `json:"publisher,omitempty"`
	Genre          string   `json:"genre,omitempty"`
	Issued         *issued  `json:"issued,omitempty"`
	URL            string   `json:"URL,omitempty"`
	Language       string   `json:"language,omitempty"`
}

type author struct {
	Literal string `json:"literal"`
}

type issued struct {
	DateParts [][]int `json:"date-parts,omitempty"`
	Season    int     `json:"season,omitempty"`
	Literal   string  `json:"literal,omitempty"`
	Circa     bool    `json:"circa,omitempty"`
}

// citations writes data/sources.csl.json: the sources for Zotero, Pandoc and
// whatever else reads CSL-JSON.
func (x *exporter) citations(s *sheet) {
	t := jsonText{s}
	all := t.array(len(x.site.Sources))
	for _, source := range x.site.Sources {
		all.element()
		t.value(x.citation(source))
	}
	all.end()
	t.add("\n")
}

func (x *exporter) citation(s *link.Source) citation {
	c := citation{
		ID: s.ID, Type: "document", Title: oneLine(s.Name.Value), Issued: issuedOn(s.Record.Published),
		URL: plan.ReadAt(s), Language: x.language(s),
	}
	if plan.IsArticle(s) {
		c.Type, c.ContainerTitle = "article-newspaper", publisher(s)
	} else {
		c.Publisher, c.Genre = publisher(s), string(s.Record.Genre)
	}
	for _, a := range s.Record.Authors {
		c.Author = append(c.Author, author{oneLine(a)})
	}
	return c
}

// issuedOn says a date in CSL's terms; in words where it has none for it (a
// decade, an open end).
func issuedOn(d record.Date) *issued {
	if d.IsZero() {
		return nil
	}
	out := &issued{Circa: d.Uncertain() || d.Approximate()}
	from, to, interval := strings.Cut(d.String(), "/")
	for _, text := range []string{from, to} {
		if text == "" && !interval {
			continue
		}
		parts, season, ok := dateParts(text)
		if !ok || season != 0 && interval {
			return &issued{Literal: d.Words()}
		}
		out.DateParts = append(out.DateParts, parts)
		out.Season = season
	}
	return out
}

// dateParts returns the year, the month and the day of a single date, as far
// as they are known.
func dateParts(text string) (parts []int, season int, ok bool) {
	d, err := record.ParseDate(text)
	if err != nil || d.Earliest() == record.MinDay || d.Latest() == record.MaxDay {
		return nil, 0, false
	}
	year, month, day := d.Earliest().Civil()
	if year < 1 {
		year-- // CSL counts as historians do: 1 BC is -1
	}
	switch d.Precision() {
	case record.ToTime, record.ToDay:
		return []int{year, int(month), day}, 0, true
	case record.ToMonth:
		return []int{year, int(month)}, 0, true
	case record.ToSeason:
		return []int{year}, 1 + (int(month)-3)/3, true // spring begins in March
	case record.ToYear:
		return []int{year}, 0, true
	}
	return nil, 0, false
}
