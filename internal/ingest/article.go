package ingest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	readability "codeberg.org/readeck/go-readability"
	"golang.org/x/net/html"

	"readout/internal/record"
)

// A finding is the article in a page.
type finding struct {
	paragraphs []string
	lang       string   // of the element that the article begins in
	leftOut    []string // passages that look like text and are not in it
	lines      bool     // no paragraph is in an element for one, as in a document that was converted
}

// findArticle returns the article in a page that was stripped. Readability
// says which elements belong to it; the text is read from the page itself,
// since Readability moves and merges what it keeps.
func findArticle(doc *html.Node, title string, authors []string) finding {
	markTexts(doc)
	all := blocksOf(doc)
	kept := readable(doc)
	share := make([]float64, len(all)) // how much of each block was kept
	parents := map[*html.Node]int{}    // of paragraphs that were
	total := 0
	for i, b := range all {
		share[i] = b.kept(kept)
		if share[i] >= 0.5 {
			total++
			if isProse(b.text) {
				parents[b.node.Parent]++
			}
		}
	}
	f := finding{lines: true}
	title = record.Slug(title)
	idle := true // nothing but idle lines: a page that is one link
	for i, b := range all {
		idle = idle && (share[i] < 0.5 && total > 0 || b.idle())
	}
	ended := false
	prose := make([]int, len(all)+1) // words of sentences before each block
	for i := range all {
		prose[i+1] = prose[i]
		if b := &all[i]; isProse(b.text) && b.linked*5 < b.size {
			prose[i+1] += countWords(b.text)
		}
	}
	linkLists := map[*html.Node]bool{}
	lead := false // between the headline and the first paragraph
	for i, b := range all {
		in := share[i] >= 0.5 || total == 0
		if ended = ended || isHeading(b.node) && idleLine(b.text) && (prose[len(all)]-prose[i])*3 < prose[i]; ended {
			in = false // what follows are other articles, and not the rest of this one
		}
		switch {
		case in:
			lead = false
		case b.node.Data == "h1":
			lead = true
		case lead:
			in = hasAny(classWords(b.node), leadWords) || isProse(b.text) && countWords(b.text) >= 8 && b.linked*5 < b.size
		case parents[b.node.Parent] >= 2 && b.node.Data != "div":
			// Beside paragraphs of the article, in the same element: lost to
			// Readability's rules for short lists and headings.
			in = isProse(b.text) && b.linked*5 < b.size*2 || isHeading(b.node) && i+1 < len(all) && share[i+1] >= 0.5
		}
		switch {
		case in && asksForSomething(b.text):
			f.leftOut = append(f.leftOut, b.text)
		case !in && isProse(b.text) && countWords(b.text) >= 10 && b.linked*5 < b.size:
			f.leftOut = append(f.leftOut, b.text)
		case !in, (b.idle() || b.inLinkList(linkLists)) && !idle, len(f.paragraphs) < 3 && isByline(b.text, authors), title != "" && isHeading(b.node) && record.Slug(b.text) == title:
		default:
			if f.lang == "" {
				f.lang = langOf(b.node)
			}
			f.lines = f.lines && b.node.Data != "p" && b.node.Data != "li"
			f.paragraphs = append(f.paragraphs, b.text)
		}
	}
	f.leftOut = slices.DeleteFunc(f.leftOut, func(s string) bool { return slices.Contains(f.paragraphs, s) })
	return f
}

// byline is how a line begins that says who wrote the article.
var byline = regexp.MustCompile(`^(?:[Bb]y|BY|[Pp]ar|[Vv]on|[Pp]or|[Dd]i|[Dd]oor|[Aa]v|[Aa]utor(?:in)?|[Aa]uthor|[Тт]екст|[Аа]втор|بقلم|作者)[:：\s]\s*(.*)$`)

// isByline reports whether a line begins with "By" and the name of one of the
// authors that the page states, or is no more than that name.
func isByline(line string, authors []string) bool {
	m := byline.FindStringSubmatch(line)
	rest := line
	if m != nil {
		rest = m[1]
	}
	key := record.Slug(rest)
	return slices.ContainsFunc(authors, func(a string) bool {
		own := record.Slug(a)
		return own != "" && (key == own || m != nil && strings.HasPrefix(key, own) && countWords(line) <= 40)
	})
}

// requests are what lines say that ask the reader to subscribe, to sign in or
// to report mistakes, in lower case.
var requests = strings.Split(strings.NewReplacer("\n", "|", "\t", "").Replace(`subscribe now|subscribe today|subscribe to read|subscribe to continue|already a subscriber|already have an account
	to continue reading|sign in to read|sign in to continue|log in to read|log in to continue|create a free account|create an account
	for subscribers only|to subscribers only|abonnez-vous|réservé aux abonnés|réservée aux abonnés|réservés aux abonnés|à nos abonnés
	déjà abonné|% de cet article à lire|jetzt abonnieren|nur für abonnent|exklusiv für abonnent|bereits abonnent|weiterlesen mit
	suscríbete|solo para suscriptores|abbonati ora|abbonati per|только для подписчик|доступно подписчик|оформите подписку
	оформіть передплату|лише для передплатників|اشترك الآن|ctrl + enter|ctrl+enter`), "|")

// asksForSomething reports whether a line is such a request: it is short, and
// says so.
func asksForSomething(line string) bool {
	if len(line) > 300 {
		return false
	}
	line = strings.ToLower(line)
	return slices.ContainsFunc(requests, func(s string) bool { return strings.Contains(line, s) })
}

// leadWords are words of a class that say that a line is the article's
// summary, which stands under its headline.
var leadWords = words(`standfirst dek deck subtitle subheadline subheading subhead summary lead lede intro abstract excerpt description`)

// marked is the attribute by which a text is found again after Readability has
// copied it.
const marked = "data-readout"

// markTexts puts every text of a page in a <span> of its own, with a mark.
// Readability replaces, moves and merges the elements that begin a paragraph;
// it leaves alone what is in one.
func markTexts(doc *html.Node) {
	body := find(doc, "body")
	if body == nil {
		return
	}
	var texts []*html.Node
	for n := range body.Descendants() {
		if n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			texts = append(texts, n)
		}
	}
	for i, n := range texts {
		span := &html.Node{Type: html.ElementNode, Data: "span", Attr: []html.Attribute{{Key: marked, Val: strconv.Itoa(i)}}}
		n.Parent.InsertBefore(span, n)
		n.Parent.RemoveChild(n)
		span.AppendChild(n)
	}
}

// readable returns the marks of the texts that Readability keeps; none if it
// finds no article, or fails on the page.
func readable(doc *html.Node) (kept map[string]bool) {
	// It is a port of a program for browsers, whose documents are never as
	// odd as a file can be.
	defer func() {
		if recover() != nil {
			kept = nil
		}
	}()
	p := readability.NewParser()
	p.DisableJSONLD = true
	a, err := p.ParseDocument(doc, nil)
	if err != nil || a.Node == nil {
		return nil
	}
	kept = map[string]bool{}
	for e := range a.Node.Parent.Descendants() {
		if mark, ok := lookAttr(e, marked); ok {
			kept[mark] = true
		}
	}
	return kept
}

// kept returns which share of a block's text has a mark that was kept.
func (b *block) kept(marks map[string]bool) float64 {
	in, all := 0, 0
	for _, p := range b.parts {
		all += p.size
		if marks[attr(p.node.Parent, marked)] {
			in += p.size
		}
	}
	return float64(in) / float64(max(all, 1))
}

// idle reports whether a block is no text of the article wherever it stands: a
// lone link to something else, or a word that stands for an advertisement.
func (b *block) idle() bool {
	if idleLine(b.text) || strings.HasPrefix(b.text, "©") && countWords(b.text) <= 20 {
		return true
	}
	if isHeading(b.node) || b.node.Data == "li" || b.node.Data == "td" || b.size == 0 {
		return false
	}
	label := strings.IndexAny(b.text, ":|»›→>")
	return b.linked == b.size || // "Read more: the link"
		b.linked*2 > b.size && label > 0 && countWords(b.text[:label]) <= 4 && b.size-b.linked <= label
}

func idleLine(s string) bool { return idleLines[strings.ToLower(strings.Trim(s, " .:…-–—[]()"))] }

// inLinkList reports whether a block is an item of a list in which all items
// are links and nothing else, as are those to other articles. It keeps what it
// finds of each list.
func (b *block) inLinkList(known map[*html.Node]bool) bool {
	list := b.node.Parent
	if b.node.Data != "li" || b.linked < b.size || list == nil {
		return false
	}
	if is, ok := known[list]; ok {
		return is
	}
	items, links := 0, true
	for li := range list.ChildNodes() {
		if li.Type != html.ElementNode {
			continue
		}
		items++
		linked := 0
		for d := range li.Descendants() {
			if d.Type == html.ElementNode && d.Data == "a" {
				linked += letters(d)
			}
		}
		links = links && linked >= letters(li)
	}
	known[list] = links && items > 1
	return known[list]
}

// idleLines are whole lines that stand between paragraphs of articles and are
// no part of them, in lower case, without marks at their ends.
var idleLines = lines(`advertisement|advert|ad|ads|sponsored|sponsored content|advertisement - scroll to continue|story continues below advertisement
	|article continues below|continue reading|read more|see also|share|share this|share this article|print|email|comments|loading|follow us
	|more on this story|more on this|more from|you may also like|you might also like|recommended reading|related topics|related content|top stories
	|mehr zum thema|lesen sie auch|auch interessant|das könnte sie auch interessieren|à lire aussi|sur le même sujet|también te puede interesar
	|leggi anche|читайте також|читайте также|новости по теме|новини за темою|مواضيع ذات صلة
	|listen to this article|listen|play audio|skip to content|sign up|subscribe|recommended|related|related articles|related stories|most read
	|publicité|anzeige|werbung|teilen|lire aussi|partager|publicidad|compartir|pubblicità|реклама|поділитися|поделиться|читайте також
	|читайте также|إعلان|اقرأ أيضا|شارك|reklama|reklam|annonse|advertentie`)

func lines(s string) map[string]bool {
	m := map[string]bool{}
	for line := range strings.SplitSeq(s, "|") {
		m[strings.TrimSpace(line)] = true
	}
	return m
}

func isHeading(n *html.Node) bool {
	return len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6'
}

// langOf returns the language that an element or the nearest around it
// declares.
func langOf(n *html.Node) string {
	for ; n != nil; n = n.Parent {
		for _, key := range []string{"lang", "xml:lang"} {
			if v := attr(n, key); v != "" {
				return v
			}
		}
	}
	return ""
}
