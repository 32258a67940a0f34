package plan

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"readout/internal/link"
)

// Names in the text of a source are linked where they stand as they are
// written, each once, and the longest of them.
func TestNamed(t *testing.T) {
	a := txtar.Parse([]byte(`-- actors/north-bank.md --
---
name: North Bank
type: state
aliases: [North, Northerners]
---
-- actors/ann-poe.md --
---
name: Ann Poe
type: person
aliases: [Poe]
represents: north-bank
---
-- issues/tolls.md --
---
title: Tolls
aliases: [Toll Question]
---
`))
	site, _ := join(t, a.Files, link.Options{})
	p := &planner{site: site, links: &links{}}
	for _, c := range []struct{ text, want string }{
		{"Ann Poe of the North Bank spoke; Poe left.", "[Ann Poe] of the [North Bank] spoke; Poe left."},
		{"North’s Poe-backed plan", "[North]’s [Poe]-backed plan"},
		{"Northern Poets went north. Tolls rose.", "Northern Poets went north. Tolls rose."},
		{"the Toll Question, again the Toll Question", "the [Toll Question], again the Toll Question"},
		{"", ""},
		{"Poe", "[Poe]"},
	} {
		var b strings.Builder
		for _, w := range p.desk("sources/x.html").named(c.text, map[*link.Node]bool{}) {
			if w.Href != "" {
				w.Text = "[" + w.Text + "]"
			}
			b.WriteString(w.Text)
		}
		if b.String() != c.want {
			t.Errorf("%q, want %q", b.String(), c.want)
		}
	}
}
