// Package export turns a briefing into the files that programs read.
//
// [Makers] takes a resolved site, its proofs and its plan, and makes every file
// of the output that is no page: the data under data/ (claims and
// comparison as JSON and CSV, meetings as iCalendar, sources as BibTeX and
// CSL-JSON, quotations as Web Annotations), the drawings of the pages, the feed, the sitemap, robots.txt
// and .nojekyll. docs/data.md describes each of them to those who use it, and
// docs/schema holds the schemas of the JSON; a change here is a change there.
//
// What holds for all of them:
//
//   - They say nothing that the site does not: every value comes from the
//     claims and records, none from the clock, the machine or the network. One
//     site is one sequence of bytes. Where a format insists on a time of its
//     own (a calendar's DTSTAMP, a feed's updated), it is a day of the data.
//   - Lists have the order that package link or plan gave them.
//   - A site built as of a day does not export what was said after it, nor a
//     reference to that. A claim that was withdrawn is exported as such.
//   - What is written is escaped for its format, whatever the text holds.
//     Escaping never fails and loses nothing but control characters, which
//     most of the formats cannot hold.
//   - A quotation is exported in the words of the claim, never of the article's
//     text: the same files come out with the text at hand and without it,
//     except for the state of each quotation.
//
// Addresses on the site are absolute where there is a base address. Without
// one they are relative to the site's root, and the files that must not hold
// relative ones are left out: see [NeedsBaseURL]. Nothing is refused: whatever
// the editors got wrong was reported long before.
package export

import (
	"cmp"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/link"
	"readout/internal/plan"
	"readout/internal/record"
	"readout/internal/verify"
)

// A File is one file of the output.
type File struct {
	Path string // below the site's root, with forward slashes
	Data []byte
}

// Makers returns functions that each make some of the files and hand one after
// the other to put. The bytes of a file are good until put returns: then they
// become those of the next. The functions may be called at the same time.
// Proofs are by source record; a quotation without a proof is exported as
// unverified.
func Makers(site *link.Site, proofs map[*record.Source]*verify.Result, p *plan.Plan) []func(put func(File)) {
	x := newExporter(site, proofs, p)
	some := func(write func(file func(path string, write func(*sheet)))) func(func(File)) {
		return func(put func(File)) {
			var s sheet
			write(func(path string, write func(*sheet)) {
				s.b = s.b[:0]
				write(&s)
				put(File{path, s.b})
			})
		}
	}
	type filer = func(path string, write func(*sheet))
	return []func(func(File)){
		some(func(file filer) {
			file("data/claims.json", x.claimsJSON)
			file("data/claims.csv", x.claimsCSV)
			file("data/annotations.jsonld", x.annotations)
			c := x.comparison()
			file("data/comparison.csv", c.csv)
			file("data/comparison.json", c.json)
		}),
		some(func(file filer) {
			file(".nojekyll", func(*sheet) {})
			file("data/meetings.ics", x.calendar)
			file("data/sources.bib", x.bibliography)
			file("data/sources.csl.json", x.citations)
			file("robots.txt", x.robots)
			var p pen
			for d := range x.plan.Drawings() {
				file(d.Path, func(s *sheet) { x.drawing(s, &p, d) })
			}
			if x.base != "" {
				file("feed.xml", x.feed)
				file("sitemap.xml", x.sitemap)
			}
		}),
	}
}

// NeedsBaseURL returns the paths of the files that a site without a base
// address does not have.
func NeedsBaseURL() []string { return []string{"feed.xml", "sitemap.xml"} }

// Version is the version of the JSON and CSV files. It goes up when a field is
// taken away, renamed, or changes its type or meaning; a new field or a new
// word of a list does not raise it.
const Version = 1

// An exporter holds what all files are made from.
type exporter struct {
	site   *link.Site
	plan   *plan.Plan
	base   string // with a slash at its end; empty for none
	proofs map[*link.Claim][]verify.Proof
}

func newExporter(site *link.Site, proofs map[*record.Source]*verify.Result, p *plan.Plan) *exporter {
	x := &exporter{
		site: site, plan: p, base: site.Config.BaseURL,
		proofs: make(map[*link.Claim][]verify.Proof, len(site.Claims)),
	}
	for _, s := range site.Sources {
		r := proofs[s.Record]
		if r == nil {
			continue
		}
		for i, c := range s.Claims {
			x.proofs[c] = r.Claims[i]
		}
	}
	return x
}

// address returns the address of a place on the site: absolute where there is
// a base address, else relative to the root. Ids may be of any script, so both
// parts are percent-encoded.
func (x *exporter) address(path, anchor string) string {
	if simple(path) && simple(anchor) && anchor != "" {
		return x.base + path + "#" + anchor
	}
	return x.base + relative(path, anchor)
}

func relative(path, anchor string) string {
	switch {
	case !simple(path) || !simple(anchor):
		u := url.URL{Path: path, Fragment: anchor}
		return u.String()
	case anchor != "":
		return path + "#" + anchor
	}
	return path
}

// simple reports whether nothing in a part of an address needs escaping, as
// in nearly all.
func simple(s string) bool {
	for i := range len(s) {
		if c := s[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '/' || c == '.') {
			return false
		}
	}
	return true
}

// counts reports whether a date is not after the last day that counts.
func (x *exporter) counts(d record.Date) bool {
	return !x.site.HasAsOf || d.IsZero() || d.Earliest() <= x.site.AsOf
}

// plain returns prose as text, one line for each paragraph, without citations.
func plain(p link.Prose) string { return strings.TrimSpace(p.Words()) }

// unwrap puts each paragraph of a quotation on one line: where the editor
// broke the lines of a file says nothing.
func unwrap(s string) string {
	if !strings.Contains(s, "\n\n") {
		return oneLine(s)
	}
	paragraphs := strings.Split(s, "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = oneLine(p)
	}
	return strings.Join(paragraphs, "\n\n")
}

// oneLine makes one space of each run of white space.
func oneLine(s string) string {
	before := ' '
	for _, r := range s {
		switch {
		case ' ' < r && r < utf8.RuneSelf: // nearly all
		case r == ' ' && before != ' ':
		case unicode.IsSpace(r):
			return strings.Join(strings.Fields(s), " ")
		}
		before = r
	}
	return strings.TrimSuffix(s, " ")
}

// publisher returns the name of a source's publisher, or nothing where it is
// not known.
func publisher(s *link.Source) string {
	if s.Publisher != nil {
		return s.Publisher.Name.Value
	}
	return s.Record.Publisher.Value
}

// language returns the language that a source is written in.
func (x *exporter) language(s *link.Source) string {
	return cmp.Or(s.Record.Language, x.site.Config.Language)
}
