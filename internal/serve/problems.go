package serve

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"readout/internal/diag"
)

// problemsShown is the most diagnostics that a page shows: a mistake in one
// line of site.yaml can make thousands.
const problemsShown = 500

// problemsHTML returns all diagnostics as HTML, errors first, each with its
// place, its line and its notes as the terminal has them.
func problemsHTML(l diag.List) string {
	l = slices.Clone(l)
	slices.SortStableFunc(l, func(a, b diag.Diagnostic) int { return int(a.Severity) - int(b.Severity) })
	var b strings.Builder
	fmt.Fprintf(&b, "<h1>%s</h1>\n", html.EscapeString(l.Summary()))
	for i, d := range l {
		if i == problemsShown {
			fmt.Fprintf(&b, "<p>And %d more: the terminal has them all.</p>\n", len(l)-i)
			break
		}
		var text strings.Builder
		diag.List{d}.WriteText(&text)
		_, rest, _ := strings.Cut(text.String(), "\n")
		fmt.Fprintf(&b, "<section class=\"%s\"><h2><code>%s</code> %s <small>%s</small></h2>", d.Severity, html.EscapeString(d.Span.String()), html.EscapeString(d.Message), html.EscapeString(d.Code))
		if rest != "" {
			fmt.Fprintf(&b, "<pre>%s</pre>", html.EscapeString(rest))
		}
		b.WriteString("</section>\n")
	}
	return b.String()
}
