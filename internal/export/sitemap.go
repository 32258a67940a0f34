package export

import "encoding/xml"

// sitemap writes sitemap.xml (https://www.sitemaps.org/protocol.html), which
// lists every page but the one for addresses that do not exist. The home page's
// address is the site's own. Days of last change are left out: a page changes
// with whatever it is made from, and a wrong day is worse than none.
func (x *exporter) sitemap(s *sheet) {
	s.add(xml.Header, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`, "\n")
	for _, p := range x.plan.Pages() {
		address := x.base
		switch p.Path {
		case "404.html":
			continue
		case "index.html":
		default:
			address = x.address(p.Path, "")
		}
		s.add(" <url>\n  <loc>")
		xml.EscapeText(s, []byte(address)) // a sheet does not fail
		s.add("</loc>\n </url>\n")
	}
	s.add("</urlset>\n")
}

// robots writes robots.txt (https://www.rfc-editor.org/rfc/rfc9309), which
// lets everyone read everything.
func (x *exporter) robots(s *sheet) {
	s.add("User-agent: *\nAllow: /\n")
	if x.base != "" {
		s.add("\nSitemap: ", x.address("sitemap.xml", ""), "\n")
	}
}
