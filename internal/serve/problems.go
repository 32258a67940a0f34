package serve

import (
	"bytes"
	"fmt"
	"html"
	"path"
	"slices"
	"strings"

	"readout/internal/diag"
	"readout/internal/markdown"
)

// problemsShown is the most diagnostics that a page shows: a mistake in one
// line of site.yaml can make thousands.
const problemsShown = 500

// problemsHTML returns all diagnostics as HTML, errors first: each with its
// place, which is a link if the editor can be reached by one, its line with
// carets, between the lines around it, and its notes.
func problemsHTML(l diag.List, e Editor) string {
	l = slices.Clone(l)
	slices.SortStableFunc(l, func(a, b diag.Diagnostic) int { return int(a.Severity) - int(b.Severity) })
	var b strings.Builder
	fmt.Fprintf(&b, "<h1>%s</h1>\n", html.EscapeString(l.Summary()))
	for i, d := range l {
		if i == problemsShown {
			fmt.Fprintf(&b, "<p>And %d more: the terminal has them all.</p>\n", len(l)-i)
			break
		}
		fmt.Fprintf(&b, `<section class="%s"><h2>`, d.Severity)
		if place := html.EscapeString(d.Span.String()); place != "" {
			if link := e.link(d.Span); link != "" {
				place = fmt.Sprintf(`<a href="%s" title="Open in the editor">%s</a>`, html.EscapeString(link), place)
			}
			fmt.Fprintf(&b, "<code>%s</code> ", place)
		}
		fmt.Fprintf(&b, "%s <small>%s[%s]</small></h2>\n", html.EscapeString(d.Message), d.Severity, html.EscapeString(d.Code))
		excerptHTML(&b, d.Span)
		if len(d.Notes) > 0 {
			b.WriteString("<ul>")
			for _, n := range d.Notes {
				fmt.Fprintf(&b, "<li>%s</li>", html.EscapeString(n))
			}
			b.WriteString("</ul>\n")
		}
		b.WriteString("</section>\n")
	}
	return b.String()
}

// around is how many lines are shown on either side of one with a mistake,
// and clipped the most characters of each.
const (
	around  = 2
	clipped = 100
)

// excerptHTML writes the line of a span, with carets under it, and its
// neighbours.
func excerptHTML(b *strings.Builder, s diag.Span) {
	text, mark := s.Excerpt()
	if s.File == nil || len(s.File.Data) == 0 {
		return
	}
	at := s.File.Position(s.Start).Line
	last := s.File.Position(len(s.File.Data)).Line
	front := frontLines(s.File)
	b.WriteString("<pre>")
	for n := max(1, at-around); n <= min(last, at+around); n++ {
		line, class := clip(s.File.Line(n)), "line"
		if n == at {
			line, class = text, "line here"
		} else if n == last && line == "" {
			continue
		}
		fmt.Fprintf(b, `<span class="%s"><i>%5d | </i>%s</span>`+"\n", class, n, markdown.Highlight(language(s.File, n, front), line))
		if n == at {
			fmt.Fprintf(b, `<span class="carets"><i>      | </i>%s</span>`+"\n", mark)
		}
	}
	b.WriteString("</pre>\n")
}

// clip shortens a line that is only there to show where one is.
func clip(line string) string {
	line = strings.ReplaceAll(line, "\t", " ")
	n := 0
	for i := range line {
		if n++; n > clipped {
			return line[:i] + "…"
		}
	}
	return line
}

// frontLines returns the last line of a Markdown file's front matter; 0 if it
// has none.
func frontLines(f *diag.File) int {
	if path.Ext(f.Path) != ".md" || !bytes.HasPrefix(f.Data, []byte("---")) {
		return 0
	}
	for n := 2; n <= 100; n++ {
		if f.Line(n) == "---" {
			return n
		}
	}
	return 0
}

// language returns the language that a line of a file is highlighted in.
func language(f *diag.File, line, front int) string {
	switch ext := path.Ext(f.Path); {
	case ext == ".md" && line <= front:
		return "yaml"
	case ext == "":
		return ""
	default:
		return ext[1:]
	}
}
