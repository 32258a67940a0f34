package record

import (
	"net/url"
	"strings"

	"readout/internal/diag"
	"readout/internal/markdown"
)

// A Source is one article: its record, and the claims that it supports.
type Source struct {
	Header
	Publisher      Text // empty for unknown
	Published      Date
	URL            string
	ArchiveURL     string
	Authors        []string
	Language       string // BCP 47; empty for the site's
	Genre          Genre
	Rights         Rights
	Text           Text // the file name of the article's text
	Repairs        []Repair
	EditionChanged bool // the article was changed after it was quoted
	Claims         []*Claim
}

// A Repair is a declared correction of a damaged text: each From in the
// article is read as To.
type Repair struct {
	From, To string
	Span     diag.Span
}

func (p *parser) source(h Header) *Source {
	s := &Source{Header: h, Rights: Excerpts, Genre: "report"}
	start := p.frontMatter(front{
		{"title", func(v value) { s.Name = v.text() }},
		{"publisher", func(v value) { s.Publisher = v.text() }},
		{"published", func(v value) { s.Published = v.date() }},
		{"url", func(v value) { s.URL = v.url() }},
		{"archive_url", func(v value) { s.ArchiveURL = v.url() }},
		{"authors", func(v value) {
			for _, t := range v.texts() {
				s.Authors = append(s.Authors, t.Value)
			}
		}},
		{"language", func(v value) { s.Language = v.text().Value }},
		{"genre", func(v value) {
			if g := oneOf(p, "genre", v.text(), Genres); g != "" {
				s.Genre = g
			}
		}},
		{"rights", func(v value) {
			if r := oneOf(p, "rights", v.text(), []Rights{Excerpts, Full}); r != "" {
				s.Rights = r
			}
		}},
		{"text", func(v value) { s.Text = v.text() }},
		{"repairs", func(v value) { s.Repairs = v.repairs() }},
		{"edition", func(v value) {
			s.EditionChanged = oneOf(p, "edition", v.text(), []string{"changed"}) != ""
		}},
		{"aliases", func(v value) { s.Aliases = v.texts() }},
		{"draft", func(v value) { s.Draft = v.yes() }},
	})
	p.needName(&s.Header, "title")
	if s.Publisher.Value == "unknown" {
		s.Publisher.Value = ""
	}
	ids := map[string]*Claim{}
	p.body(&s.Header, start, nil, func(sec markdown.Section) bool {
		c := p.claim(sec)
		if c == nil {
			return false
		}
		if first := ids[c.ID]; first != nil && c.ID != "" {
			p.diags.Errorf(c.IDSpan, "claim/duplicate-id", "the claim id %q is given twice in this file", c.ID).
				Note("the first is at %s", first.IDSpan)
		} else {
			ids[c.ID] = c
		}
		s.Claims = append(s.Claims, c)
		return true
	})
	return s
}

// url returns an absolute web address; empty is none.
func (v value) url() string {
	t := v.text()
	if t.Value == "" {
		return ""
	}
	u, err := url.Parse(t.Value)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		v.p.diags.Errorf(t.Span, "value/url", "%s is not a web address: %q", v.key, t.Value).
			Note("write it whole, with https://, or leave the field empty")
		return ""
	}
	return u.String()
}

// repairs returns a list of "from=to".
func (v value) repairs() []Repair {
	var list []Repair
	for _, t := range v.verbatim() {
		from, to, ok := strings.Cut(t.Value, "=")
		if !ok || from == "" {
			v.p.diags.Errorf(t.Span, "value/repair", "%q is not a repair", t.Value).
				Note("write \"damaged=right\", for example \"β=—\"")
			continue
		}
		list = append(list, Repair{From: from, To: to, Span: t.Span})
	}
	return list
}
