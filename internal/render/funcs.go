package render

import (
	"fmt"
	"html/template"
	"strings"

	"readout/internal/plan"
)

// Funcs are the functions that templates have. The smallest things of a page,
// which stand on it a hundred times, are made here: a template would take
// several times as long.
var funcs = template.FuncMap{
	"ref":     ref,
	"link":    func(href, words string) template.HTML { return ref(plan.Ref{Href: href, Text: words}) },
	"date":    date,
	"stance":  stance,
	"plural":  plural,
	"seq":     seq,
	"add":     func(a, b int) int { return a + b },
	"join":    strings.Join,
	"kind":    kind,
	"address": address,
}

// address returns an address as it is written out: without the words that a
// browser is to look for there.
func address(url string) string {
	if !safe(url) {
		return ""
	}
	url, _, _ = strings.Cut(url, "#:~:")
	return url
}

func ref(r plan.Ref) template.HTML {
	var b strings.Builder
	link(&b, r.Href, template.HTMLEscapeString(r.Text))
	return template.HTML(b.String())
}

func date(d plan.Date) template.HTML {
	words := template.HTMLEscapeString(d.Words)
	if d.ISO == "" {
		return template.HTML(words)
	}
	return template.HTML(`<time datetime="` + template.HTMLEscapeString(d.ISO) + `">` + words + `</time>`)
}

// stance returns a stance as a label whose sign, word and outline all say it.
func stance(s plan.Stance) template.HTML {
	if s.Code == "" {
		return `<span class="none">no statement in our sources</span>`
	}
	return template.HTML(`<b class="stance ` + template.HTMLEscapeString(s.Code) + `"><i>` +
		template.HTMLEscapeString(s.Sign) + `</i> ` + template.HTMLEscapeString(s.Word) + `</b>`)
}

func plural(n int, words ...string) string {
	switch {
	case n == 1 && len(words) > 0:
		return "1\u00a0" + words[0]
	case len(words) > 1:
		return fmt.Sprint(n, "\u00a0", words[1])
	case len(words) == 1:
		return fmt.Sprint(n, "\u00a0", words[0], "s")
	}
	return fmt.Sprint(n)
}

func seq(a, b int) []int {
	var list []int
	for i := a; i <= b; i++ {
		list = append(list, i)
	}
	return list
}

var kinds = map[string]string{
	"actor": "Actor", "meeting": "Meeting", "issue": "Issue", "source": "Source", "page": "Page",
}

func kind(k string) string {
	if word, ok := kinds[k]; ok {
		return word
	}
	return k
}
