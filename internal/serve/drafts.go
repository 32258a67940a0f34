package serve

import (
	_ "embed"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"readout/internal/build"
)

// draftBar stands on the page of a draft. No build makes such a page, so that
// no template has to know of it.
const draftBar = `<p id="readout-draft" role="note">Draft: only this preview shows it.</p>`

//go:embed page.css
var pageStyle []byte

// pageStyle returns the style sheet of what serve puts into pages. It marks
// every link to a draft: on any page, what rests on one is not published yet.
func (s *snapshot) pageStyle() []byte {
	var b strings.Builder
	b.Write(pageStyle)
	for _, name := range slices.Sorted(maps.Keys(s.drafts)) {
		var forms []string
		for _, p := range slices.Compact([]string{name, (&url.URL{Path: name}).EscapedPath()}) {
			for _, root := range []string{"", "../"} {
				forms = append(forms, fmt.Sprintf("[href=%q], [href^=%q]", root+p, root+p+"#"))
			}
		}
		fmt.Fprintf(&b, "a:is(%s)::after { content: \" (draft)\"; font-style: italic; }\n", strings.Join(forms, ", "))
	}
	return []byte(b.String())
}

// draftsOf returns the paths of the pages of drafts.
func draftsOf(r *build.Result) map[string]bool {
	drafts := map[string]bool{}
	if r.Site == nil {
		return drafts
	}
	for _, n := range r.Site.Nodes() {
		if n.Draft {
			drafts[n.Path] = true
		}
	}
	return drafts
}
