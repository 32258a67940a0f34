package corpus

import (
	"fmt"
	"io"
	"path"
	"strings"
)

// A File is one file of a form, its path below the form's folder.
type File struct {
	Path, Text string
}

// Briefing writes the corpus as the content folder of a briefing.
func (c *Corpus) Briefing() []File {
	var ids []string
	for _, a := range c.Columns {
		ids = append(ids, a.ID)
	}
	files := []File{
		{"site.yaml", "title: A briefing of " + fmt.Sprint(c.Pages()) + " pages\nbase_url: https://example.org/talks/\nlanguage: en\npublisher: Bench\ncolumns: [" + strings.Join(ids, ", ") + "]\n"},
		{"index.md", "---\ntitle: Where each side stands\n---\n" + wiki(c.prose(200, 8, 2))},
	}
	add := func(d *Doc, front, body string) {
		if len(d.Aliases) > 0 {
			front += "aliases: [" + strings.Join(d.Aliases, ", ") + "]\n"
		}
		files = append(files, File{d.Kind + "/" + d.ID + ".md", "---\n" + front + "---\n" + body})
	}
	for _, a := range c.Actors {
		front := "name: " + a.Title + "\ntype: " + a.Type + "\n"
		if a.Represents != nil {
			front += "represents: " + a.Represents.ID + "\n"
		}
		body := wiki(a.Body)
		for i, r := range a.Roles {
			if i == 0 {
				body += "\n## Roles\n"
			}
			body += "- " + r.Word + " " + r.Date + ": " + wiki(r.Text) + "\n"
		}
		add(&a.Doc, front, body)
	}
	for _, m := range c.Meetings {
		add(&m.Doc, m.front(), m.record())
	}
	for i, is := range c.Issues {
		body := wiki(is.Body) + "\n## Options\n"
		for _, o := range is.Options {
			body += "- " + o.ID + ": " + o.Text + "\n"
		}
		body += "\n## Assessment\n"
		for _, a := range is.Assessments {
			body += "- [[" + a.Party.ID + "]] / " + a.Option + ": " + wiki(a.Text) + "\n"
		}
		add(&is.Doc, fmt.Sprintf("title: %s\norder: %d\n", is.Title, i), body)
	}
	for _, s := range c.Sources {
		add(&s.Doc, "title: "+s.Title+"\npublisher: "+s.Publisher.Title+"\npublished: "+s.Published+"\nurl: https://example.org/"+s.ID+"\n", s.record())
		files = append(files, File{"private/" + s.ID + ".txt", s.Article})
	}
	return files
}

// wiki spells links as Readout has them.
func wiki(text string) string {
	return spell(text, func(target, label string) string {
		return "[[" + path.Base(target) + "|" + label + "]]"
	}, func(target, _ string) string {
		return "[@" + target + "]"
	})
}

func (m *Meeting) front() string {
	front := "title: " + m.Title + "\nstart: " + m.Start + "\nplace: " + m.Place + "\n"
	if m.Follows != nil {
		front += "follows: " + m.Follows.ID + "\n"
	}
	return front
}

func (m *Meeting) record() string {
	var b strings.Builder
	cite := " [@" + m.cite.key() + "]\n"
	io.WriteString(&b, wiki(m.Body)+"\n## Status\n")
	for _, s := range m.Status {
		io.WriteString(&b, "- "+s.Date+": "+s.Word+", reported ("+s.Text+")"+cite)
	}
	io.WriteString(&b, "\n## Attendance\n")
	for _, d := range m.Delegations {
		var who []string
		for _, p := range d.People {
			who = append(who, "[["+p.ID+"]]")
		}
		io.WriteString(&b, "- [["+d.Party.ID+"]]: "+strings.Join(who, ", ")+", reported"+cite)
	}
	io.WriteString(&b, "\n## Agenda\n")
	for _, is := range m.Agenda {
		io.WriteString(&b, "- [["+is.ID+"]]"+cite)
	}
	return b.String()
}

func (s *Source) record() string {
	var b strings.Builder
	io.WriteString(&b, wiki(s.Body))
	for _, c := range s.Claims {
		fmt.Fprintf(&b, "\n## %s\n- id: %s\n", c.Title, c.ID)
		if c.Holder != nil {
			fmt.Fprintf(&b, "- holder: [[%s]]\n", c.Holder.ID)
		} else {
			fmt.Fprintf(&b, "- holder: \"%s\" (unnamed)\n- party: [[%s]]\n", c.Unnamed, c.Party.ID)
		}
		fmt.Fprintf(&b, "- via: [[%s]]\n", c.Via.ID)
		if c.Stance != "" {
			fmt.Fprintf(&b, "- on: %s/%s\n- stance: %s\n", c.Issue.ID, c.Option, c.Stance)
			if c.If != "" {
				fmt.Fprintf(&b, "- if: %s\n", c.If)
			}
		}
		if c.Act != "" {
			fmt.Fprintf(&b, "- act: %s\n", c.Act)
		}
		if c.At != nil {
			fmt.Fprintf(&b, "- at: [[%s]]\n", c.At.ID)
		}
		var about []string
		for _, a := range c.About {
			about = append(about, "[["+a.ID+"]]")
		}
		if c.Stance == "" {
			about = append(about, "[["+c.Issue.ID+"]]")
		}
		if len(about) > 0 {
			fmt.Fprintf(&b, "- about: %s\n", strings.Join(about, ", "))
		}
		fmt.Fprintf(&b, "\n> %s\n\n%s", c.Quotation, wiki(c.Note))
	}
	return b.String()
}
