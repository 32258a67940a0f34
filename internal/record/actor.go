package record

import (
	"strings"

	"readout/internal/diag"
	"readout/internal/markdown"
)

// An Actor is anyone or anything that can hold a position or take part: a
// person, an organisation, a state, a delegation, a document.
type Actor struct {
	Header
	Type       ActorType
	Represents *Link // in whose column of the comparison its claims count
	Roles      []Role
}

// A Role is what an actor was, with what the sources allow to be said of when.
type Role struct {
	When string // one of RoleWhens
	Date Date
	Text Prose
	Span diag.Span
}

// RoleWhens are the words that relate a role to its date: "as of" says no
// more than that the role was held then.
var RoleWhens = []string{"as of", "from", "until", "before"}

func (p *parser) actor(h Header) *Actor {
	a := &Actor{Header: h}
	typed := false
	start := p.frontMatter(front{
		{"name", func(v value) { a.Name = v.text() }},
		{"type", func(v value) {
			t := v.text()
			typed = t.Value != ""
			a.Type = oneOf(p, "type", t, ActorTypes)
		}},
		{"aliases", func(v value) { a.Aliases = v.texts() }},
		{"represents", func(v value) { a.Represents = v.link() }},
		{"draft", func(v value) { a.Draft = v.yes() }},
	})
	p.needName(&a.Header, "name")
	if a.Type == "" && !p.broken && !typed {
		p.diags.Errorf(a.Name.Span, "front/missing", "this actor has no type").
			Note("add a line \"type: person\" (or organisation, state, delegation, document) to the front matter")
	}
	p.body(&a.Header, start, fixed{
		{"Roles", func(it markdown.Item) {
			if r, ok := p.role(it.Span); ok {
				a.Roles = append(a.Roles, r)
			}
		}},
	}, nil)
	return a
}

// role reads "as of DATE: text".
func (p *parser) role(s diag.Span) (Role, bool) {
	k, text, ok := keyed(s)
	for _, when := range RoleWhens {
		if rest, found := strings.CutPrefix(k.Value, when+" "); ok && found {
			at := diag.Span{File: s.File, Start: k.Span.End - len(rest), End: k.Span.End}
			return Role{When: when, Date: p.date(rest, at), Text: p.inline(text), Span: s}, true
		}
	}
	d := p.diags.Errorf(s, "line/form", "expected %q", "- as of DATE: the role")
	first, _, _ := strings.Cut(k.Value, " ")
	if near := diag.Nearest(first, RoleWhens); ok && len(near) > 0 {
		d.Note("did you mean %q?", near[0]+" DATE:")
	}
	d.Note("the line begins with as of, from, until or before, then a date and a colon")
	return Role{}, false
}
