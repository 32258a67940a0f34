package record

import (
	"strconv"
	"strings"

	"readout/internal/diag"
)

// A Site is site.yaml: what holds for the whole briefing.
type Site struct {
	Header
	Tagline    string
	BaseURL    string // absolute, with a slash at its end; empty for none
	Language   string // BCP 47
	Publisher  string
	Repository string // the address of the public repository
	License    string // of the briefing's own text
	Columns    []Link // the parties of the comparison, in order
	RawHTML    bool   // let HTML in Markdown through
	// Limits on quotations.
	WarnWords      int     // a longer quotation is a warning; 0 for the default
	MaxWords       int     // a longer one is an error; 0 for the default
	MaxQuotedShare float64 // of a source's words; more is a warning
}

// DefaultMaxQuotedShare is the share of a source that may be quoted where the
// site does not say otherwise.
const DefaultMaxQuotedShare = 0.10

// Settings returns the site's record for a briefing without a site.yaml.
func Settings(f *diag.File) *Site {
	return &Site{
		Header:         Header{Kind: KindSite, ID: "site", File: f, Name: Text{Span: f.At(0)}},
		Language:       "en",
		MaxQuotedShare: DefaultMaxQuotedShare,
	}
}

func (p *parser) site(h Header) *Site {
	s := Settings(h.File)
	p.yaml(0, len(p.file.Data), front{
		{"title", func(v value) { s.Name = v.text() }},
		{"tagline", func(v value) { s.Tagline = v.text().Value }},
		{"base_url", func(v value) { s.BaseURL = BaseURL(v.url()) }},
		{"language", func(v value) {
			if t := v.text(); t.Value != "" {
				s.Language = t.Value
			}
		}},
		{"publisher", func(v value) { s.Publisher = v.text().Value }},
		{"repository", func(v value) { s.Repository = strings.TrimSuffix(v.url(), "/") }},
		{"license", func(v value) { s.License = v.text().Value }},
		{"columns", func(v value) { s.Columns = v.links() }},
		{"raw_html", func(v value) { s.RawHTML = v.yes() }},
		{"warn_quote_words", func(v value) { s.WarnWords = v.number() }},
		{"max_quote_words", func(v value) { s.MaxWords = v.number() }},
		{"max_quoted_share", func(v value) { s.MaxQuotedShare = v.share() }},
	})
	p.needName(&s.Header, "title")
	return s
}

// BaseURL returns an address with exactly one slash at its end.
func BaseURL(u string) string {
	if u == "" {
		return ""
	}
	return strings.TrimRight(u, "/") + "/"
}

// share reads "10", "10 %" and "0.1" as one tenth.
func (v value) share() float64 {
	t := v.text()
	s := strings.TrimSpace(strings.TrimSuffix(t.Value, "%"))
	x, err := strconv.ParseFloat(s, 64)
	if err == nil && (x >= 1 || strings.HasSuffix(t.Value, "%")) {
		x /= 100
	}
	if err != nil || x <= 0 || x > 1 {
		v.p.diags.Errorf(t.Span, "value/share", "%s is a percentage, not %q", v.key, t.Value).
			Note("write 10 for a tenth of a source's words")
		return DefaultMaxQuotedShare
	}
	return x
}
