package export

import "encoding/xml"

// A urlSet is sitemap.xml: https://www.sitemaps.org/protocol.html. Days of
// last change are left out: a page changes with whatever it is made from, and
// a wrong day is worse than none.
type urlSet struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []loc    `xml:"url"`
}

type loc struct {
	Loc string `xml:"loc"`
}

// sitemap lists every page but the one for addresses that do not exist. The
// home page's address is the site's own.
func (x *exporter) sitemap() []byte {
	var s urlSet
	for _, p := range x.plan.Pages() {
		switch p.Path {
		case "404.html":
		case "index.html":
			s.URLs = append(s.URLs, loc{Loc: x.base})
		default:
			s.URLs = append(s.URLs, loc{Loc: x.address(p.Path, "")})
		}
	}
	return xmlFile(s)
}

// robots returns robots.txt (https://www.rfc-editor.org/rfc/rfc9309), which
// lets everyone read everything.
func (x *exporter) robots() []byte {
	text := "User-agent: *\nAllow: /\n"
	if x.base != "" {
		text += "\nSitemap: " + x.address("sitemap.xml", "") + "\n"
	}
	return []byte(text)
}
