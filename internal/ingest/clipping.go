package ingest

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// isMarkdown reports whether a file is an article that was clipped as
// Markdown, by its name.
func isMarkdown(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".md" || ext == ".markdown"
}

// clipping reads an article that a program clipped as Markdown: its properties
// say what a page's metadata say, under the names that clippers give them, and
// the text is that of the Markdown, without its marks.
func (im *importer) clipping(text string) {
	m := &meta{free: true}
	add := func(list *[]statement, key string, values ...string) {
		for _, v := range values {
			if v = field(strings.Trim(strings.TrimSpace(v), "[]")); v != "" {
				*list = append(*list, statement{value: v, from: key})
			}
		}
	}
	properties := frontMatterOf(text)
	for _, f := range []struct {
		list *[]statement
		keys []string
	}{
		{&m.titles, []string{"title", "headline"}},
		{&m.publishers, []string{"publisher", "site", "site_name", "website"}},
		{&m.dates, []string{"published", "date_published", "publish_date", "date"}},
		{&m.languages, []string{"language", "lang"}},
	} {
		for _, key := range f.keys {
			add(f.list, key, properties[key]...)
		}
	}
	for _, key := range []string{"source", "url", "link", "canonical"} {
		for _, v := range properties[key] {
			if u := webAddress(v); u != "" {
				m.addresses = append(m.addresses, statement{value: u, from: key})
			}
		}
	}
	for _, key := range []string{"author", "authors", "creator"} {
		var people []statement
		add(&people, key, properties[key]...)
		if len(people) > 0 {
			m.authors = append(m.authors, people)
		}
	}
	m.readDates()
	a := &im.article
	im.addresses(m)
	im.dates(m)
	im.people(m)
	if len(m.titles) > 0 {
		a.Title = m.titles[0].value
	}
	if len(m.publishers) > 0 {
		a.Publisher = m.publishers[0].value
	}
	for line := range strings.Lines(im.opt.Markdown(text)) {
		if line = tidy(line); line != "" {
			a.Paragraphs = append(a.Paragraphs, line)
		}
	}
	im.language(m, "")
}

// frontMatterOf returns the properties at the head of a text that are one value
// or a list of such; none where they cannot be read.
func frontMatterOf(text string) map[string][]string {
	text = strings.TrimPrefix(lineEnds.Replace(text), "\uFEFF")
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return nil
	}
	head, _, ok := strings.Cut("\n"+rest, "\n---\n")
	if !ok {
		return nil
	}
	var raw map[string]any
	if yaml.Unmarshal([]byte(head), &raw) != nil {
		return nil
	}
	properties := map[string][]string{}
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		for _, x := range values(raw[key]) {
			switch x.(type) {
			case nil, map[string]any, []any:
			default:
				properties[strings.ToLower(key)] = append(properties[strings.ToLower(key)], fmt.Sprint(x))
			}
		}
	}
	return properties
}
