package ingest

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// inBody reads microdata and other statements that stand in the text of the
// page. https://html.spec.whatwg.org/multipage/microdata.html
func (m *meta) inBody(doc *html.Node, add func(*[]statement, string, ...string), people func(string, ...string)) {
	var names, rel, h1 []string
	for _, n := range elements(doc) {
		items := strings.Fields(attr(n, "itemprop"))
		if n.Data == "meta" {
			continue
		}
		date := attr(n, "datetime")
		if date == "" {
			date = attr(n, "content")
		}
		for _, item := range items {
			switch item {
			case "headline":
				add(&m.titles, "microdata", innerText(n))
			case "datePublished":
				if date == "" {
					date = innerText(n)
				}
				add(&m.dates, "microdata", date)
			case "dateModified":
				add(&m.modified, "microdata", date)
			case "author", "creator":
				names = append(names, namesIn(n)...)
			case "publisher":
				add(&m.publishers, "microdata", namesIn(n)...)
			}
		}
		switch {
		case n.Data == "time" && len(items) == 0 && date != "":
			_, pub := lookAttr(n, "pubdate")
			label, _ := shortText(n.Parent, 100)
			switch class := classWords(n); {
			case pub || hasAny(class, publishedWords):
				add(&m.dates, "<time>", date)
			case hasAny(class, updatedWords) || updatedLabel.MatchString(label):
				add(&m.modified, "<time>", date)
			case !inSentence(n):
				add(&m.plainTimes, "<time>", date)
			}
		case n.Data == "h1":
			if s := field(innerText(n)); s != "" {
				h1 = append(h1, s)
			}
		}
		if slices.Contains(strings.Fields(attr(n, "rel")), "author") && len(items) == 0 {
			rel = append(rel, innerText(n))
		}
	}
	people("microdata", names...)
	people("rel=author", rel...)
	if len(h1) == 1 {
		m.heading = h1[0]
	}
}

var (
	publishedWords = words(`published publish pubdate datepublished entrydate publisheddate`)
	updatedWords   = words(`updated modified update datemodified lastmodified`)
	updatedLabel   = regexp.MustCompile(`(?i)^\W*(last )?(updated|modified|edited|aktualisiert|mis à jour|actualizado|aggiornato|оновлено|обновлено)`)
)

// namesIn returns the names of the people or organisations that an element of
// microdata describes.
func namesIn(n *html.Node) []string {
	var named, linked []string
	for _, d := range elements(n) {
		text := attr(d, "content")
		if text == "" {
			text = tidy(innerText(d))
		}
		switch {
		case slices.Contains(strings.Fields(attr(d, "itemprop")), "name"):
			named = append(named, text)
		case d.Data == "a" && text != "" && !slices.Contains(linked, text):
			linked = append(linked, text)
		}
	}
	_, scope := lookAttr(n, "itemscope")
	switch {
	case len(named) > 0:
		return named
	case attr(n, "content") != "":
		return []string{attr(n, "content")}
	case len(linked) > 0:
		return linked
	case scope:
		return nil
	}
	return []string{innerText(n)}
}
