package render

import (
	"regexp"
	"strings"
)

// lean leaves out of the text of a template what HTML can do without and every
// page would repeat a hundred times: the quotation marks around an attribute's
// value that needs none, and the end tags that HTML allows to be omitted.
// https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
//
// It goes by what one text says. Where an action stands next to a value, or
// after the end of a paragraph, the text is left as it is.
func lean(s string) string {
	if strings.Contains(s, "<script") || strings.Contains(s, "<pre") || strings.Contains(s, "<textarea") {
		return s
	}
	if strings.Contains(s, `="`) {
		for range 2 { // the end of one value is the beginning of the next attribute
			s = quoted.ReplaceAllString(s, "$1=$2$3")
		}
	}
	if strings.Contains(s, "</p>") {
		s = paragraphEnd.ReplaceAllString(s, "$1")
	}
	return itemEnds.Replace(s)
}

var (
	// A value that is followed by an action, or by the slash of an SVG element,
	// keeps its marks.
	quoted = regexp.MustCompile(`( [a-z-]+)="([A-Za-z0-9_.#%:-]+)"([ >])`)

	// A paragraph ends where a block begins, and where what it stands in ends.
	paragraphEnd = regexp.MustCompile(`</p>(<(?:blockquote|details|div|dl|fieldset|figure|footer|form|h[1-6]|header|main|nav|ol|p|section|table|ul|/article|/blockquote|/dd|/details|/div|/figure|/footer|/form|/header|/li|/main|/nav|/section|/td)\b)`)
)

// ItemEnds are the end tags after which nothing can follow but another item, or
// the end of the list or the table.
var itemEnds = strings.NewReplacer("</li>", "", "</dt>", "", "</dd>", "", "</option>", "",
	"</td>", "", "</th>", "", "</tr>", "", "</tbody>", "", "</thead>", "")
