package ingest

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// parsePage parses HTML. The parser refuses elements nested deeper than 512,
// as unclosed marks of emphasis easily are; such a page is parsed once more
// without them.
func parsePage(text string) *html.Node {
	if doc, err := html.Parse(strings.NewReader(text)); err == nil {
		return doc
	}
	var b strings.Builder
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := z.Raw()
		if kind == html.StartTagToken || kind == html.EndTagToken || kind == html.SelfClosingTagToken {
			name, _ := z.TagName()
			if !flat[string(name)] {
				if blocks[string(name)] {
					b.WriteString("<br><br>")
				}
				continue
			}
		}
		b.Write(raw)
	}
	if doc, err := html.Parse(strings.NewReader(b.String())); err == nil {
		return doc
	}
	return &html.Node{Type: html.DocumentNode}
}

// flat are the elements that suffice to tell paragraphs and metadata, and that
// rarely stand in one another.
var flat = words(`html head body title meta link script style noscript p br h1 h2 h3 h4 h5 h6 li article main nav aside footer button figcaption`)

// elements returns the elements below n, in order.
func elements(n *html.Node) []*html.Node {
	var list []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode {
			list = append(list, d)
		}
	}
	return list
}

// find returns the first element of a name below n.
func find(n *html.Node, name string) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == name {
			return d
		}
	}
	return nil
}

func lookAttr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}

func attr(n *html.Node, key string) string {
	v, _ := lookAttr(n, key)
	return v
}

// innerText returns all text below n, as it stands in the page.
func innerText(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// shortText returns the text below n on one line, if it is not longer than
// about so many bytes; else its beginning.
func shortText(n *html.Node, most int) (text string, ok bool) {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			// White space in a page can be longer than its words.
			if t := strings.TrimSpace(d.Data); t != "" {
				b.WriteByte(' ')
				b.WriteString(t)
			} else if d.Data != "" {
				b.WriteByte(' ')
			}
		}
		if b.Len() > 2*most {
			break
		}
	}
	text = tidy(b.String())
	return text, len(text) <= most
}

// letters counts the letters and digits of the text below n, but for what is
// never shown.
func letters(n *html.Node) int {
	if n.Type == html.TextNode {
		count := 0
		for _, r := range n.Data {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				count++
			}
		}
		return count
	}
	if n.Type == html.ElementNode && never[n.Data] {
		return 0
	}
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		count += letters(c)
	}
	return count
}

// blocks are the elements that begin and end a paragraph.
var blocks = words(`address article aside blockquote body caption center dd details dir div dl dt fieldset figure footer form
	h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul`)

func isBlock(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	return blocks[n.Data] || strings.Contains(strings.ReplaceAll(attr(n, "style"), " ", ""), "display:block")
}

// countWords counts the words of a line roughly, for thresholds; scripts
// without spaces count two characters to the word.
func countWords(s string) int {
	n := len(strings.Fields(s))
	unspaced := 0
	for _, r := range s {
		if r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
			unspaced++
		}
	}
	return n + unspaced/2
}
