package plan

import (
	"strings"

	"readout/internal/link"
	"readout/internal/verify"
)

// siteView returns what all pages share.
func (p *planner) siteView() *Site {
	c := p.site.Config
	s := &Site{
		Title: c.Name.Value, Tagline: c.Tagline, Language: c.Language, Publisher: c.Publisher,
		Repository: c.Repository, License: c.License, BaseURL: c.BaseURL,
		Sources: len(p.site.Sources), Feed: c.BaseURL != "", Latest: p.latest(),
	}
	if p.site.HasAsOf {
		s.AsOf = p.site.AsOf.Words()
	}
	for _, pg := range p.site.Pages {
		s.Pages = append(s.Pages, Ref{Href: pg.Path, Text: pg.Name.Value})
	}
	for _, src := range p.site.Sources {
		for i, cl := range src.Claims {
			if cl.Later {
				continue
			}
			s.Claims++
			if r := p.proofs[src.Record]; r != nil {
				for _, proof := range r.Claims[i] {
					s.Quotations++
					switch proof.State {
					case verify.Verified:
						s.Verified++
					case verify.ByReceipt:
						s.Receipts++
					default:
						s.Unverified++
					}
				}
			}
		}
	}
	return s
}

// base returns the base of a page that lists records of one kind, or that is
// made of all of them.
func (p *planner) base(path, title, description string) Base {
	b := Base{
		Path: path, Root: strings.Repeat("../", strings.Count(path, "/")), Section: path,
		Title: title, Description: description, Site: p.shared(),
	}
	if p.shared().BaseURL != "" {
		b.Canonical = p.shared().BaseURL + strings.TrimSuffix(path, "index.html")
	}
	if path != "index.html" {
		b.Crumbs = []Ref{{Href: b.Root + "index.html", Text: "Home"}}
	}
	return b
}

// nodeBase returns the base of a record's own page. Section is the list page
// that the record is under, with its title.
func (p *planner) nodeBase(n *link.Node, section, title string) Base {
	d := p.desk(n.Path)
	b := p.base(n.Path, n.Name.Value, describe(n.Prose))
	if section != "" {
		b.Section = section
		b.Crumbs = append(b.Crumbs, Ref{Href: d.root + section, Text: title})
	}
	b.Corrections = d.corrections(n)
	b.Mentions = d.mentions(shown(d, n, &listMentions, mentionGroups(n), &b.MoreMentions))
	b.Footnotes = d.prose(n.Footnotes)
	if p.shared().Repository != "" {
		b.Edit = p.shared().Repository + "/edit/HEAD/" + n.File.Path
	}
	return b
}

// describe returns the first sentences of prose, up to 160 characters, which
// is what search engines show.
func describe(p link.Prose) string { return shorten(p, 160) }

// shorten returns the first sentences of prose, up to a number of characters.
func shorten(p link.Prose, limit int) string {
	text := p.Opening(limit)
	cut, n := text, 0
	for at := range text {
		if n == limit {
			cut = text[:at]
			break
		}
		n++
	}
	if len(cut) == len(text) {
		return text
	}
	if i := strings.LastIndexAny(cut, ".!?"); i > limit/3 {
		return cut[:i+1]
	}
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + " …"
}
