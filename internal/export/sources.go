package export

import (
	"strings"
	"unicode"

	"readout/internal/link"
	"readout/internal/record"
)

// isArticle reports whether a source is an article, which its publisher's
// periodical contains, and not a document that stands for itself.
func isArticle(s *link.Source) bool {
	return s.Record.Genre == "report" || s.Record.Genre == "analysis"
}

// webAddress returns where a source can be read.
func webAddress(s *link.Source) string {
	if s.Record.URL != "" {
		return s.Record.URL
	}
	return s.Record.ArchiveURL
}

// bibliography returns data/sources.bib: the sources for biblatex and biber.
// What is not known is left out.
func (x *exporter) bibliography() []byte {
	var b strings.Builder
	for i, s := range x.site.Sources {
		if i > 0 {
			b.WriteByte('\n')
		}
		entry(&b, s)
	}
	return []byte(b.String())
}

// entry writes a source. Its key is its id. Names and titles stand in a second
// pair of braces: no style may change the case of a title, and no name is
// taken apart, since a publisher's name and a person's look alike.
func entry(b *strings.Builder, s *link.Source) {
	field := func(name, value string) {
		if value != "" {
			b.WriteString("  " + name + " = {" + value + "},\n")
		}
	}
	kind, body := "misc", "organization"
	switch {
	case isArticle(s) && publisher(s) != "": // biblatex wants its periodical
		kind, body = "article", "journaltitle"
	case webAddress(s) != "":
		kind = "online"
	}
	b.WriteString("@" + kind + "{" + s.ID + ",\n")
	field("title", braced(s.Name.Value))
	field("author", each(s.Record.Authors, " and ", braced))
	field(body, braced(publisher(s)))
	// biblatex reads EDTF of level 1, marks of uncertainty and all.
	field("date", s.Record.Published.String())
	field("url", escapeURL(webAddress(s)))
	field("keywords", string(s.Record.Genre))
	b.WriteString("}\n")
}

func braced(s string) string {
	if s = oneLine(s); s == "" {
		return ""
	}
	return "{" + escapeTeX(s) + "}"
}

// escapeTeX writes text so that TeX prints it. Braces become commands, not
// "\{": a reader of the file counts braces, also those behind a backslash.
func escapeTeX(s string) string {
	return tex.Replace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
}

var tex = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\textbraceleft{}`, `}`, `\textbraceright{}`,
	`$`, `\$`, `&`, `\&`, `#`, `\#`, `_`, `\_`, `%`, `\%`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
)

// escapeURL writes an address, which biblatex takes as it is, without what
// would end the field or begin a command.
func escapeURL(s string) string { return urlEscaper.Replace(s) }

var urlEscaper = strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C", " ", "%20")

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

// citations returns data/sources.csl.json: the sources for Zotero, Pandoc and
// whatever else reads CSL-JSON.
func (x *exporter) citations() []byte {
	var t jsonText
	list(&t, x.site.Sources, func(s *link.Source) { t.value(x.citation(s)) })
	t.WriteByte('\n')
	return t.Bytes()
}

func (x *exporter) citation(s *link.Source) citation {
	c := citation{
		ID: s.ID, Type: "document", Title: oneLine(s.Name.Value), Issued: issuedOn(s.Record.Published),
		URL: webAddress(s), Language: x.language(s),
	}
	if isArticle(s) {
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
