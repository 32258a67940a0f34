package ingest

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// A block is one paragraph of a page as a reader sees it.
type block struct {
	text   string
	parts  []part
	node   *html.Node // the element that it is the text of
	linked int        // letters that are links
	size   int        // letters
}

// A part of a block is the text of one node.
type part struct {
	node *html.Node
	size int
}

// blocksOf returns the paragraphs of a page, in order: text between two
// elements that begin a line of their own, or between two line breaks and
// more.
func blocksOf(n *html.Node) []block {
	w := &writer{}
	w.node(n)
	w.end()
	return w.blocks
}

// A writer turns elements into lines.
type writer struct {
	blocks []block
	cur    block
	b      strings.Builder
	marker string // of the list item that the next text is in
	lists  []list // around
	links  int    // elements <a> around
	pre    int    // elements <pre> around
}

func (w *writer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n)
		return
	case html.ElementNode, html.DocumentNode:
	default:
		return
	}
	if never[n.Data] || n.Data == "head" {
		return
	}
	block := isBlock(n) || (n.Data == "td" || n.Data == "th") && laysOut(n)
	if block {
		w.end()
	}
	switch n.Data {
	case "br":
		if strings.HasSuffix(strings.TrimRight(w.b.String(), " "), "\n") {
			w.end()
		} else {
			w.b.WriteByte('\n')
		}
		return
	case "td", "th":
		w.b.WriteByte(' ')
	case "ol":
		w.lists = append(w.lists, newList(n))
		defer func() { w.lists = w.lists[:len(w.lists)-1] }()
	case "li":
		if i := len(w.lists) - 1; i >= 0 && w.lists[i].node == n.Parent {
			w.marker = w.lists[i].marker(n)
		}
	case "a":
		w.links++
		defer func() { w.links-- }()
	case "pre":
		w.pre++
		defer func() { w.pre-- }()
	case "q":
		// A browser puts the marks; they are no text of the page.
		w.mark("“", n)
		defer w.mark("”", n)
	case "sup":
		if s, ok := raised(tidy(innerText(n))); ok {
			w.mark(s, n)
			return
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
	if block {
		w.end()
	}
}

// laysOut reports whether a cell of a table is there to lay out a page, as was
// done before style sheets: it holds more than one line.
func laysOut(cell *html.Node) bool {
	for d := range cell.Descendants() {
		if d.Type == html.ElementNode && (d.Data == "br" || blocks[d.Data]) {
			return true
		}
	}
	return false
}

func (w *writer) text(n *html.Node) {
	s := n.Data
	if w.pre == 0 {
		s = strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return ' '
			}
			return r
		}, s)
	}
	w.b.WriteString(s)
	if size := letters(n); size > 0 {
		w.cur.size += size
		if w.links > 0 {
			w.cur.linked += size
		}
		w.cur.parts = append(w.cur.parts, part{n, size})
	}
}

func (w *writer) mark(s string, n *html.Node) {
	w.b.WriteString(s)
	w.cur.parts = append(w.cur.parts, part{n, 0})
}

// end closes the paragraph.
func (w *writer) end() {
	if text := tidyLines(w.b.String()); text != "" && len(w.cur.parts) > 0 {
		w.cur.text = w.marker + text
		w.marker = ""
		w.cur.node = w.cur.parts[0].node
		for !isBlock(w.cur.node) && w.cur.node.Parent != nil {
			w.cur.node = w.cur.node.Parent
		}
		w.blocks = append(w.blocks, w.cur)
	}
	w.cur = block{}
	w.b.Reset()
}

// tidyLines tidies each line of a paragraph and drops empty ones.
func tidyLines(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = tidy(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// A list is a numbered list that is being written.
type list struct {
	node *html.Node
	next int
	kind string
}

// newList returns how a list is numbered: with numbers or letters that count
// up, or, as far as its items show, not at all.
func newList(n *html.Node) list {
	l := list{node: n, next: 1, kind: attr(n, "type")}
	if start, err := strconv.Atoi(attr(n, "start")); err == nil {
		l.next = start
	}
	_, reversed := lookAttr(n, "reversed")
	if reversed || strings.Contains(strings.ReplaceAll(attr(n, "style"), " ", ""), "list-style:none") {
		l.kind = "none"
	}
	return l
}

// marker returns the number of the next item, as a browser shows it; nothing
// for one that is numbered by hand besides.
func (l *list) marker(li *html.Node) string {
	if v, err := strconv.Atoi(attr(li, "value")); err == nil {
		l.next = v
	}
	n := l.next
	l.next++
	own := strings.TrimLeftFunc(innerText(li), unicode.IsSpace)
	if rest := strings.TrimLeft(own, "0123456789"); rest != own && strings.HasPrefix(rest, ".") {
		return ""
	}
	switch {
	case l.kind == "" || l.kind == "1":
		return strconv.Itoa(n) + ". "
	case (l.kind == "a" || l.kind == "A") && n >= 1 && n <= 26:
		return string(rune(l.kind[0])+rune(n-1)) + ". "
	}
	return ""
}

// raised returns the digits of a <sup> as raised digits, so that 10<sup>2</sup>
// does not become 102.
func raised(s string) (string, bool) {
	const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	var b strings.Builder
	for _, r := range s {
		if r < '0' || r > '9' {
			return "", false
		}
		b.WriteRune([]rune(digits)[r-'0'])
	}
	return b.String(), b.Len() > 0
}
