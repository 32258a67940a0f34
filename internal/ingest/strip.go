package ingest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// strip takes out of a page what is no part of its article and what a reader
// of it does not see. An element goes by its name, its role, or a word of its
// class or id; one that holds the article stays whatever it is called, as a
// body of class "has-cookie-banner" does.
//
// Readability does much of this itself, but gives it up, step by step, for an
// article that is short.
func strip(doc *html.Node) {
	// Notices before the rest: they are no part of what that is measured by.
	remove(doc, func(n *html.Node) bool { return unseen[n.Data] })
	remove(doc, consents)
	total := letters(doc)
	remove(doc, func(n *html.Node) bool { return junk(n, total) })
}

func remove(n *html.Node, drop func(*html.Node) bool) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.CommentNode || c.Type == html.ElementNode && drop(c) {
			n.RemoveChild(c)
		} else {
			remove(c, drop)
		}
		c = next
	}
}

// consents reports whether an element asks for consent or stands before the
// page.
func consents(n *html.Node) bool {
	role := attr(n, "role")
	return (hasAny(classWords(n), consentWords) || role == "dialog" || role == "alertdialog" || asksConsent(n)) && !holdsArticle(n)
}

// unseen are elements whose text is for programs.
var unseen = words(`script style noscript template`)

// never are elements without a word of the article, or with words that were
// taken back.
var never = words(`script style noscript template iframe object embed svg canvas video audio map button input
	select textarea datalist dialog nav figcaption rt rp del s strike applet frameset marquee
	amp-sidebar amp-consent amp-ad amp-sticky-ad amp-embed amp-social-share amp-user-notification amp-list
	amp-carousel amp-iframe amp-video amp-audio amp-youtube amp-analytics amp-geo amp-auto-ads amp-lightbox
	amp-image-lightbox amp-state amp-date-countdown amp-next-page amp-subscriptions amp-story-player`)

// aside are elements, roles and words of a class or id that say that what they
// hold is beside the article.
var (
	asideElements = words(`aside footer menu`)
	asideRoles    = words(`navigation banner contentinfo complementary search menu menubar toolbar tablist`)
	asideWords    = words(`newsletter newsletters subscribe subscription signup share sharing sharebar sharedaddy shares social
		addthis addtoany breadcrumb breadcrumbs related recommended recommendation recommendations recirc trending popular mostread
		mostpopular readmore readalso moreon promo promos promoted advert adverts advertisement advertising ad ads adslot
		sponsor sponsored sponsors outbrain taboola comments disqus livefyre toolbar caption captions photocredit imagecredit
		credit credits pagination pager skiplink skip visuallyhidden screenreader popup overlay toast masthead sidebar
		banner govbanner linksblock linklist topiclist widget tags taglist topics login signin whatsapp telegram donate donation wmipp`)
	// Of several words, joined by hyphens, underscores or capitals.
	asidePhrases = []string{
		"read-more", "read-also", "most-read", "most-popular", "more-on", "sr-only", "visually-hidden", "screen-reader",
		"skip-link", "wp-caption-text", "image-credit", "photo-credit", "push-notification", "follow-us", "site-header",
		"site-footer", "page-header-nav", "see-also", "also-read", "wm-ipp", "app-banner", "author-bio", "author-box",
		"about-the-author", "support-us",
	}
	// A notice about cookies may be longer than a short article.
	consentWords = words(`cookie cookies cookiebar cookiebanner cookieconsent consent gdpr ccpa onetrust didomi cookiebot cybotcookiebotdialog
		usercentrics truste trustarc cmp cmpbox qc iubenda osano borlabs cookiehub cookieyes`)
	// What stands above an article; only a line of it, never a paragraph.
	bylineWords = words(`byline author authors authorname writer timestamp pubdate published publish publication postmeta entrymeta
		articlemeta meta date datetime time updated readingtime readtime dateline`)
)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// Shares of a page's letters above which an element is not beside the article.
const (
	mostAside  = 0.35
	mostHidden = 0.25
)

// junk reports whether an element is no part of the article of a page with so
// many letters in all.
func junk(n *html.Node, total int) bool {
	switch {
	case never[n.Data]:
		return true
	case n.Data == "html", n.Data == "body", n.Data == "head":
		unhide(n)
		return false
	}
	if isHidden(n) {
		if size := letters(n); size > 2 && float64(size) < mostHidden*float64(total) && !holdsArticle(n) {
			return true
		}
		unhide(n) // a page behind a dialog, a drop capital
	}
	if n.Data == "figure" && !holds(n, figureTexts) {
		return true
	}
	if asideElements[n.Data] || asideRoles[attr(n, "role")] || hasAny(classWords(n), asideWords) || hasPhrase(n) {
		return float64(letters(n)) < mostAside*float64(total) && !holdsArticle(n)
	}
	return false
}

// figureTexts are elements that make a figure more than a picture and who made
// it.
var figureTexts = words(`table blockquote pre p ul ol`)

func holds(n *html.Node, names map[string]bool) bool {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && names[d.Data] {
			return true
		}
	}
	return false
}

// stripBylines takes out the lines that say who wrote the article and when,
// once that has been read.
func stripBylines(doc *html.Node) {
	for _, n := range elements(doc) {
		if n.Parent == nil || n.Data == "html" || n.Data == "body" || holdsArticle(n) {
			continue
		}
		rel, item := attr(n, "rel"), attr(n, "itemprop")
		named := n.Data == "time" || n.Data == "address" || rel == "author" || item == "author" || item == "datePublished" ||
			item == "dateModified" || hasAny(classWords(n), bylineWords)
		if !named || inSentence(n) {
			continue
		}
		if s, ok := shortText(n, maxLine); ok && !isProse(s) {
			// With its label: "Published <time>" is one line.
			for p := n.Parent; p.Parent != nil && p.Data != "body" && !isBlock(n) && letters(n)*2 > letters(p); p = n.Parent {
				n = p
			}
			n.Parent.RemoveChild(n)
		}
	}
}

// maxLine is how many bytes a line has at most that says who wrote an article,
// and when.
const maxLine = 400

// inSentence reports whether an element stands within a line of more text, as
// a <time> does in the middle of a paragraph.
func inSentence(n *html.Node) bool {
	for n.Parent != nil && !isBlock(n) {
		n = n.Parent
		if s, ok := shortText(n, maxLine); !ok || isProse(s) {
			return true
		}
	}
	return false
}

// isProse reports whether a line is a sentence or several: some words, and
// the end of a sentence.
func isProse(s string) bool {
	return countWords(s) >= 6 && endsSentence(s)
}

// endsSentence reports whether a line ends as sentences do.
func endsSentence(s string) bool {
	s = strings.TrimRightFunc(s, func(r rune) bool { return unicode.In(r, unicode.Pf, unicode.Pe, unicode.Pi) || r == '"' || r == '\'' })
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？؟۔।:;", r)
}

var cookies = regexp.MustCompile(`(?i)\bcookies?\b|\bкук[иі]|файл\pL* cookie|ملفات (تعريف )?الارتباط|עוגיות|クッキー`)

// asksConsent reports whether an element of any name is a notice about
// cookies: it speaks of them, is short, and has a button.
func asksConsent(n *html.Node) bool {
	if !isBlock(n) {
		return false
	}
	if s, ok := shortText(n, 4000); !ok || !cookies.MatchString(s) {
		return false
	}
	button := false
	for d := range n.Descendants() {
		button = button || d.Type == html.ElementNode && (d.Data == "button" || d.Data == "input" || attr(d, "role") == "button" ||
			hasAny(classWords(d), buttonWords))
	}
	return button
}

var buttonWords = words(`button btn accept agree`)

func isHidden(n *html.Node) bool {
	if _, ok := lookAttr(n, "hidden"); ok || attr(n, "aria-hidden") == "true" {
		return true
	}
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

func unhide(n *html.Node) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool {
		return a.Key == "hidden" || a.Key == "aria-hidden" || a.Key == "style"
	})
}

// holdsArticle reports whether an element is, or holds, what a page marks as
// its article or as its headline.
func holdsArticle(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.Data {
	case "article", "main", "h1":
		return true
	}
	if strings.Contains(attr(n, "itemprop"), "articleBody") || attr(n, "role") == "main" {
		return true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if holdsArticle(c) {
			return true
		}
	}
	return false
}

// classWords returns the words of an element's class and id, in lower case:
// of "ArticleBody__share-bar" article, body, share and bar, and each name
// whole. An id of many words is one that was made of a heading, and names what
// that is about.
func classWords(n *html.Node) []string {
	var list []string
	add := func(name string, most int) {
		parts := strings.FieldsFunc(strings.ToLower(spread(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if len(parts) <= most {
			list = append(append(list, strings.Join(parts, "")), parts...)
		}
	}
	for name := range strings.FieldsSeq(attr(n, "class")) {
		add(name, 8)
	}
	for name := range strings.FieldsSeq(attr(n, "id")) {
		add(name, 3)
	}
	for _, key := range componentNames { // where the classes are made by a program
		add(attr(n, key), 4)
	}
	return list
}

// componentNames are attributes that name an element for its programs.
var componentNames = []string{"data-component", "data-testid", "data-test-id", "data-qa"}

// spread puts a hyphen where a name in camel case begins a new word.
func spread(s string) string {
	var b strings.Builder
	lower := false
	for _, r := range s {
		if lower && unicode.IsUpper(r) {
			b.WriteByte('-')
		}
		lower = unicode.IsLower(r)
		b.WriteRune(r)
	}
	return b.String()
}

func hasAny(names []string, set map[string]bool) bool {
	return slices.ContainsFunc(names, func(s string) bool { return set[s] })
}

func hasPhrase(n *html.Node) bool {
	name := strings.ReplaceAll(strings.ToLower(spread(attr(n, "class")+" "+attr(n, "id"))), "_", "-")
	return slices.ContainsFunc(asidePhrases, func(p string) bool { return strings.Contains(name, p) })
}
