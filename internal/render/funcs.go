package render

import (
	"html/template"
	"strconv"
	"strings"

	"readout/internal/plan"
)

// Funcs are the functions that templates have. The smallest things of a page,
// which stand on it a hundred times, are made here: a template would take
// several times as long.
var funcs = template.FuncMap{
	"ref":     ref,
	"link":    words,
	"date":    date,
	"stance":  stance,
	"plural":  plural,
	"seq":     seq,
	"add":     add,
	"join":    join,
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

func ref(r plan.Ref) template.HTML { return template.HTML(appendRef(nil, r)) }

func appendRef(out []byte, r plan.Ref) []byte {
	if !safe(r.Href) {
		return appendText(out, r.Text)
	}
	out = append(appendValue(append(out, "<a href="...), r.Href), '>')
	return append(appendText(out, r.Text), "</a>"...)
}

func words(href, words string) template.HTML { return ref(plan.Ref{Href: href, Text: words}) }

func date(d plan.Date) template.HTML { return template.HTML(appendDate(nil, d)) }

func appendDate(out []byte, d plan.Date) []byte {
	if d.ISO == "" {
		return appendText(out, d.Words)
	}
	out = append(appendValue(append(out, "<time datetime="...), d.ISO), '>')
	return append(appendText(out, d.Words), "</time>"...)
}

// entities are what [template.HTMLEscapeString] writes for characters that mean
// something in HTML.
var entities = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '<': "&lt;", '>': "&gt;"}

// special tells them apart in a table that takes four cache lines, not sixty.
var special = func() (table [256]bool) {
	for c, e := range entities {
		table[c] = e != ""
	}
	return table
}()

// appendText writes text as HTML.
func appendText(out []byte, s string) []byte {
	done := 0
	for i := range len(s) {
		if special[s[i]] {
			out = append(append(out, s[done:i]...), entities[s[i]]...)
			done = i + 1
		}
	}
	return append(out, s[done:]...)
}

// appendValue writes the value of an attribute, in quotation marks where it
// needs any.
func appendValue(out []byte, s string) []byte {
	for i := range len(s) {
		if !bare[s[i]] {
			return append(appendText(append(out, '"'), s), '"')
		}
	}
	if s == "" {
		return append(out, `""`...)
	}
	return append(out, s...)
}

// bare are the bytes that mean nothing in an attribute without quotation marks.
var bare = func() (set [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/?#:%@!*,;+") {
		set[c] = true
	}
	return set
}()

// stance returns a stance as a label whose sign, word and outline all say it.
func stance(s plan.Stance) template.HTML { return template.HTML(appendStance(nil, s)) }

func appendStance(out []byte, s plan.Stance) []byte {
	if s.Code == "" {
		return append(out, `<span class=none>no statement in our sources</span>`...)
	}
	out = append(appendText(append(out, `<b class="stance `...), s.Code), `"><i>`...)
	out = append(appendText(out, s.Sign), `</i> `...)
	return append(appendText(out, s.Word), "</b>"...)
}

func add(a, b int) int { return a + b }

func join(list []string, sep string) string { return strings.Join(list, sep) }

func plural(n int, words ...string) string {
	switch {
	case n == 1 && len(words) > 0:
		return "1\u00a0" + words[0]
	case len(words) > 1:
		return strconv.Itoa(n) + "\u00a0" + words[1]
	case len(words) == 1:
		return strconv.Itoa(n) + "\u00a0" + words[0] + "s"
	}
	return strconv.Itoa(n)
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
