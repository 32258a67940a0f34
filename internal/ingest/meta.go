package ingest

import (
	"html"
	"regexp"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/text/language"

	"readout/internal/record"
)

// A statement is one value that a page gives of itself, and where it does.
type statement struct {
	value, from string
	at          moment // of a date
}

// Meta is what a page states of itself: for each field, every statement, in
// the order in which they are believed.
type meta struct {
	titles, publishers, dates, languages, addresses []statement
	modified, plainTimes                            []statement // dates that are not known to be of publication
	authors                                         [][]statement
	heading                                         string   // the headline as it is shown
	sites                                           []string // names of the site, which titles end with
	brokenJSON                                      bool
	body                                            string // the article's text, as JSON-LD has it
	free                                            bool   // not behind a paywall, or nothing said of one
}

// A head is the metadata elements of a page as they stand there.
type head struct {
	meta  map[string][]string // by name, property, itemprop or http-equiv, in lower case
	links map[string][]string // by rel
	title string
	base  string
	lang  string
	saved string // the address in the comment of a program that saved the page
	graph graph
}

var (
	savedFrom  = regexp.MustCompile(`(?i)saved from url=\(\d+\)(\S+)`)
	singleFile = regexp.MustCompile(`(?is)Page saved with SingleFile\s+url:\s*(\S+)`)
)

func readHead(doc *nethtml.Node) head {
	h := head{meta: map[string][]string{}, links: map[string][]string{}}
	for n := range doc.Descendants() {
		if n.Type == nethtml.CommentNode {
			for _, form := range []*regexp.Regexp{savedFrom, singleFile} {
				if m := form.FindStringSubmatch(n.Data); m != nil && h.saved == "" {
					h.saved = webAddress(m[1])
				}
			}
		}
		if n.Type != nethtml.ElementNode {
			continue
		}
		switch n.Data {
		case "html":
			h.lang = langOf(n)
		case "base":
			h.base = webAddress(attr(n, "href"))
		case "title":
			if h.title == "" && n.Parent != nil && n.Parent.Data != "svg" {
				h.title = field(innerText(n))
			}
		case "meta":
			value := field(attr(n, "content"))
			if value == "" {
				continue
			}
			for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
				for name := range strings.FieldsSeq(strings.ToLower(attr(n, key))) {
					if !slices.Contains(h.meta[name], value) {
						h.meta[name] = append(h.meta[name], value)
					}
				}
			}
		case "link":
			for rel := range strings.FieldsSeq(strings.ToLower(attr(n, "rel"))) {
				h.links[rel] = append(h.links[rel], attr(n, "href"))
			}
			if strings.EqualFold(attr(n, "itemprop"), "mainEntityOfPage") {
				h.meta["mainentityofpage"] = append(h.meta["mainentityofpage"], attr(n, "href"))
			}
		case "script":
			if strings.HasPrefix(strings.ToLower(strings.TrimSpace(attr(n, "type"))), "application/ld+json") {
				h.graph.add(innerText(n))
			}
		}
	}
	return h
}

var (
	entity = regexp.MustCompile(`&(#\d{2,6}|#x[0-9a-fA-F]{2,6}|[a-zA-Z]{2,8}\d?);`)
	tag    = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
)

// field returns a value of metadata as one line of text. Values are often
// escaped once too often, and hold tags.
func field(s string) string {
	for range 3 {
		if !entity.MatchString(s) {
			break
		}
		s = html.UnescapeString(s)
	}
	return tidy(tag.ReplaceAllString(s, ""))
}

// readMeta gathers what a page says of itself. The head is read before and
// the rest after what is no part of the article was taken out, so that the
// dates and names of other articles are not taken for its own.
func readMeta(h head, doc *nethtml.Node, saved string) *meta {
	m := &meta{free: true, brokenJSON: h.graph.broken}
	if saved = webAddress(saved); saved == "" {
		saved = h.saved
	}
	m.address(h, saved)
	address := ""
	if len(m.addresses) > 0 {
		address = m.addresses[0].value
	}
	a := h.graph.article(address)
	g := &h.graph
	if url := g.address(a); url != "" {
		m.addresses = append(m.addresses, statement{value: url, from: "JSON-LD"})
	}
	if saved != "" {
		m.addresses = append(m.addresses, statement{value: saved, from: "the program that saved the page"})
	}

	add := func(list *[]statement, from string, values ...string) {
		for _, v := range values {
			if v = field(v); v != "" && v != "null" && v != "undefined" {
				*list = append(*list, statement{value: v, from: from})
			}
		}
	}
	metas := func(list *[]statement, keys ...string) {
		for _, key := range keys {
			add(list, key, h.meta[key]...)
		}
	}
	people := func(from string, values ...string) {
		var list []statement
		add(&list, from, values...)
		list = slices.DeleteFunc(list, func(s statement) bool { return strings.Contains(s.value, "://") })
		for i, s := range list {
			list[i].value = byPrefix.ReplaceAllString(s.value, "$1")
		}
		if len(list) > 0 {
			m.authors = append(m.authors, list)
		}
	}

	add(&m.titles, "JSON-LD", a.text("headline"), a.text("name"))
	metas(&m.titles, "og:title", "dc.title", "dcterms.title", "dcterm.title", "citation_title", "parsely-title", "sailthru.title",
		"twitter:title", "headline")
	add(&m.publishers, "JSON-LD", g.names(a, "publisher")...)
	metas(&m.publishers, "og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher")
	add(&m.publishers, "JSON-LD", g.names(g.ofType("WebSite"), "publisher")...)
	add(&m.publishers, "JSON-LD", g.ofType("WebSite").text("name"))
	m.publishers = slices.DeleteFunc(m.publishers, func(s statement) bool { return strings.Contains(s.value, "://") || strings.HasPrefix(s.value, "@") })
	for _, s := range m.publishers {
		m.sites = append(m.sites, s.value)
	}
	m.sites = append(m.sites, h.meta["application-name"]...)
	m.sites = append(m.sites, g.ofType("WebSite").text("alternateName"))

	people("JSON-LD", g.names(a, "author")...)
	for _, key := range []string{"article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "sailthru.author", "byl", "author"} {
		people(key, h.meta[key]...)
	}

	add(&m.dates, "JSON-LD", a.text("datePublished"), a.text("dateCreated"))
	metas(&m.dates, "article:published_time", "og:published_time", "article:published", "dcterms.issued", "dc.date.issued",
		"dcterms.created", "dc.date.created", "citation_publication_date", "parsely-pub-date", "sailthru.date", "datepublished",
		"publish-date", "publish_date", "publishdate", "publishtime", "pubtime", "article:publish_date", "article.published", "publication_date", "pubdate", "dc.date", "dcterms.date", "displaydate", "date")
	add(&m.modified, "JSON-LD", a.text("dateModified"))
	metas(&m.modified, "article:modified_time", "og:updated_time", "dcterms.modified", "datemodified", "last-modified")

	add(&m.languages, "the page", h.lang)
	add(&m.languages, "JSON-LD", a.text("inLanguage"))
	metas(&m.languages, "content-language", "dc.language", "dcterms.language", "og:locale", "language")

	m.inBody(doc, add, people)
	add(&m.dates, "JSON-LD", g.ofType("WebPage").text("datePublished"))
	m.body = a.text("articleBody")
	if s, ok := a["isAccessibleForFree"]; ok && (s == false || s == "False" || s == "false") {
		m.free = false
	}
	m.title(h)
	m.readDates()
	return m
}

// byPrefix is the label that some pages put before a name.
var byPrefix = regexp.MustCompile(`^[Bb][Yy]:?\s+(\p{Lu}.*)$`)

// address gathers the addresses that the links and the meta elements give.
func (m *meta) address(h head, saved string) {
	base := h.base
	if base == "" {
		base = saved
	}
	for _, s := range h.links["canonical"] {
		if u := resolve(base, s); u != "" {
			m.addresses = append(m.addresses, statement{value: u, from: "the canonical link"})
		}
	}
	for _, key := range []string{"og:url", "dc.identifier", "dcterms.identifier", "twitter:url", "parsely-link", "mainentityofpage"} {
		for _, s := range h.meta[key] {
			if u := webAddress(s); u != "" {
				m.addresses = append(m.addresses, statement{value: u, from: key})
			}
		}
	}
}

// title settles the order of the titles. The headline that is shown wins over
// a title made for search engines and timelines, where one of them is it; the
// <title> element counts where there is nothing else, without the site's name.
func (m *meta) title(h head) {
	for i := range m.titles {
		m.titles[i].value = m.withoutSite(m.titles[i].value)
	}
	own := m.withoutSite(h.title)
	if m.heading != "" {
		key := record.Slug(m.heading)
		match := func(s string) bool { // as it is, or cut short
			k := record.Slug(s)
			return k != "" && (k == key || len(k) >= 20 && strings.HasPrefix(key, k) && strings.HasSuffix(strings.TrimRight(s, ". "), "…") ||
				len(k) >= 20 && strings.HasPrefix(key, k) && strings.HasSuffix(s, "..."))
		}
		found := slices.ContainsFunc(m.titles, func(s statement) bool { return match(s.value) })
		if found || len(m.titles) == 0 && (own == "" || key != "" && strings.Contains(record.Slug(own), key)) {
			m.titles = slices.DeleteFunc(m.titles, func(s statement) bool { return match(s.value) })
			m.titles = slices.Insert(m.titles, 0, statement{value: m.heading, from: "the headline"})
		}
	}
	if len(m.titles) == 0 && own != "" {
		m.titles = append(m.titles, statement{value: own, from: "<title>"})
	}
}

// separators stand between a title and the name of a site.
var separators = []string{" | ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " : ", " / ", " ‹ ", " > "}

// withoutSite returns a title without the name of the site at either end.
func (m *meta) withoutSite(title string) string {
	for _, site := range m.sites {
		key := record.Slug(site)
		if key == "" {
			continue
		}
		for _, sep := range separators {
			if i := strings.LastIndex(title, sep); i > 0 && record.Slug(title[i+len(sep):]) == key {
				title = strings.TrimSpace(title[:i])
			}
			if i := strings.Index(title, sep); i > 0 && record.Slug(title[:i]) == key {
				title = strings.TrimSpace(title[i+len(sep):])
			}
		}
	}
	return title
}

// readDates reads the dates, and puts a day in the publisher's own zone before
// the same moment in UTC.
func (m *meta) readDates() {
	for _, list := range [][]statement{m.dates, m.modified, m.plainTimes} {
		for i := range list {
			list[i].at = readDate(list[i].value)
		}
	}
	for i := range m.dates {
		first := &m.dates[0]
		if d := m.dates[i]; first.at.utc && !d.at.utc && !d.at.instant.IsZero() && d.at.instant.Equal(first.at.instant) {
			first.at = d.at
		}
	}
}

// readLanguage returns a language in the form of BCP 47, empty for none.
func readLanguage(s string) string {
	t, err := language.Parse(strings.ReplaceAll(s, "_", "-"))
	if err != nil || t == language.Und {
		return ""
	}
	return t.String()
}
