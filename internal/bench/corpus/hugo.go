package corpus

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// site holds the configuration and the templates of the Hugo site.
//
//go:embed all:hugo
var site embed.FS

// Hugo writes the corpus as a Hugo site: a page for each record, with the
// record's data in its front matter; what is on an issue through a taxonomy,
// and what refers to a page through a map that is made once; cards of claims
// by a cached partial; links by Hugo's own resolution of Markdown links.
func (c *Corpus) Hugo() []File {
	var files []File
	err := fs.WalkDir(site, "hugo", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := site.ReadFile(name)
		files = append(files, File{strings.TrimPrefix(name, "hugo/"), string(data)})
		return err
	})
	if err != nil {
		panic(err) // it is embedded
	}
	var ids []string
	for _, a := range c.Columns {
		ids = append(ids, a.ID)
	}
	files[slices.IndexFunc(files, func(f File) bool { return f.Path == "hugo.toml" })].Text += "\n[params]\ncolumns = " + quoted(ids) + "\n"
	for _, kind := range []string{"actors", "issues", "meetings", "sources"} {
		files = append(files, File{"content/" + kind + "/_index.md", "---\ntitle: " + capital(kind) + "\n---\n"})
	}
	files = append(files, File{"content/_index.md", "---\ntitle: Where each side stands\n---\n" + plain(c.prose(200, 8, 2))})
	for _, p := range c.hugoPages() {
		files = append(files, File{"content/" + p.Kind + "/" + p.ID + ".md", "---\n" + p.front + "---\n" + p.body})
	}
	return files
}

// Markdown writes the bodies alone, in plain Markdown.
func (c *Corpus) Markdown() []File {
	var files []File
	for _, p := range c.hugoPages() {
		files = append(files, File{p.Kind + "/" + p.ID + ".md", p.body})
	}
	return files
}

type hugoPage struct {
	*Doc
	front, body string
}

// hugoPages returns every record as a page of front matter and a body.
func (c *Corpus) hugoPages() []hugoPage {
	var pages []hugoPage
	add := func(d *Doc, body string, refs []string, fields ...any) {
		front := field("title", d.Title)
		if len(d.Aliases) > 0 {
			front += field("alsoknown", d.Aliases)
		}
		for i := 0; i < len(fields); i += 2 {
			front += field(fields[i].(string), fields[i+1])
		}
		for _, text := range []string{d.Body, body} {
			spell(text, func(target, _ string) string {
				refs = append(refs, target[strings.IndexByte(target, '/')+1:])
				return ""
			}, func(target, _ string) string {
				source, _, _ := strings.Cut(target, "#")
				refs = append(refs, source)
				return ""
			})
		}
		slices.Sort(refs)
		refs = slices.DeleteFunc(slices.Compact(refs), func(id string) bool { return id == d.ID })
		pages = append(pages, hugoPage{d, front + field("mentions", refs), plain(d.Body + body)})
	}
	for _, a := range c.Actors {
		var refs []string
		fields := []any{"kind", a.Type}
		if a.Represents != nil {
			fields = append(fields, "represents", a.Represents.ID)
			refs = append(refs, a.Represents.ID)
		}
		var roles []map[string]string
		for _, r := range a.Roles {
			roles = append(roles, map[string]string{"when": r.Word, "date": r.Date, "text": plain(r.Text)})
		}
		add(&a.Doc, "", refs, append(fields, "roles", roles)...)
	}
	for _, m := range c.Meetings {
		var refs, attended, agenda []string
		var log, delegations []map[string]any
		cite := " " + plain(mark('@', m.cite.key(), ""))
		for _, s := range m.Status {
			log = append(log, map[string]any{"stage": s.Word, "date": s.Date, "text": s.Text + cite})
		}
		for _, d := range m.Delegations {
			var people []string
			for _, p := range d.People {
				people = append(people, p.ID)
			}
			attended = append(append(attended, d.Party.ID), people...)
			delegations = append(delegations, map[string]any{"party": d.Party.ID, "people": people})
		}
		for _, is := range m.Agenda {
			agenda = append(agenda, is.ID)
		}
		fields := []any{"date", m.Start, "start", m.Start, "place", m.Place, "log", log, "delegations", delegations, "attended", attended, "agenda", agenda, "topics", agenda}
		if m.Follows != nil {
			fields = append(fields, "follows", m.Follows.ID)
			refs = append(refs, m.Follows.ID)
		}
		add(&m.Doc, "", slices.Concat(refs, attended, agenda), fields...)
	}
	for i, is := range c.Issues {
		var options, assessments []map[string]string
		for _, o := range is.Options {
			options = append(options, map[string]string{"id": o.ID, "text": o.Text})
		}
		for _, a := range is.Assessments {
			assessments = append(assessments, map[string]string{"party": a.Party.ID, "option": a.Option, "text": plain(a.Text)})
		}
		add(&is.Doc, "", nil, "weight", i+1, "options", options, "assessments", assessments)
	}
	for _, s := range c.Sources {
		var refs, topics []string
		var claims []map[string]any
		var body strings.Builder
		for _, cl := range s.Claims {
			m := map[string]any{"id": cl.ID, "title": cl.Title, "holder": "", "party": "", "via": cl.Via.ID, "issue": cl.Issue.ID, "at": "", "quotation": cl.Quotation}
			refs = append(refs, cl.Via.ID, cl.Issue.ID)
			topics = append(topics, cl.Issue.ID)
			if cl.Holder != nil {
				m["holder"] = cl.Holder.ID
				refs = append(refs, cl.Holder.ID)
			} else {
				m["unnamed"] = cl.Unnamed
			}
			if cl.Party != nil {
				m["party"] = cl.Party.ID
				refs = append(refs, cl.Party.ID)
			}
			for key, value := range map[string]string{"option": cl.Option, "stance": cl.Stance, "if": cl.If, "act": cl.Act} {
				if value != "" {
					m[key] = value
				}
			}
			if cl.At != nil {
				m["at"] = cl.At.ID
				refs = append(refs, cl.At.ID)
			}
			about := []string{}
			for _, a := range cl.About {
				about = append(about, a.ID)
			}
			m["about"] = about
			refs = append(refs, about...)
			claims = append(claims, m)
			fmt.Fprintf(&body, "\n## %s {#%s}\n\n> %s\n\n%s", cl.Title, cl.ID, cl.Quotation, cl.Note)
		}
		add(&s.Doc, body.String(), append(refs, s.Publisher.ID), "date", s.Published, "publisher", s.Publisher.Title,
			"publisherid", s.Publisher.ID, "original", "https://example.org/"+s.ID, "topics", topics, "claims", claims)
	}
	return pages
}

// plain spells links as paths to files, which Hugo resolves.
func plain(text string) string {
	return spell(text, func(target, label string) string {
		return "[" + label + "](/" + target + ".md)"
	}, func(target, _ string) string {
		source, claim, _ := strings.Cut(target, "#")
		return "[(source)](/sources/" + source + ".md#" + claim + ")"
	})
}

// field writes a line of front matter. JSON is YAML too.
func field(name string, value any) string { return name + ": " + quoted(value) + "\n" }

func quoted(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		panic(err) // it is strings, lists and maps
	}
	return string(data)
}
