package plan

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"readout/internal/diag"
	"readout/internal/link"
	"readout/internal/record"
	"readout/internal/verify"
)

// The whole text of a source shows every word of its paragraphs, with the
// spaces between them, wherever quotations cut it.
func TestWholeText(t *testing.T) {
	a := txtar.Parse([]byte(`-- actors/mayor.md --
---
name: Mayor
type: person
---
-- sources/talks.md --
---
title: Talks
rights: full
---
## One
- id: one
- holder: [[mayor]]

> the ferry will  run

## Two
- id: two
- holder: [[mayor]]

> ferry will run, and the toll will
`))
	const text = "Asked,  the mayor said that the ferry will run, and the toll\n will rise.\n\nNobody else spoke.\n"
	site, _ := join(t, a.Files, link.Options{})
	s := site.Sources[0]
	r := verify.Prove(verify.Input{Source: s.Record, Text: diag.NewFile("talks.txt", []byte(text)), Limits: verify.Limits{MaxQuotedShare: 1}})
	pl := Make(site, map[*record.Source]*verify.Result{s.Record: r})
	var got []string
	pages := pl.Pages()
	for i := range pages {
		v, ok := pages[i].View().(*Source)
		if !ok {
			continue
		}
		for _, p := range v.Passages {
			var b strings.Builder
			for _, seg := range p.Segments {
				for _, w := range seg.Words {
					b.WriteString(w.Text)
				}
			}
			got = append(got, b.String())
		}
	}
	want := "Asked, the mayor said that the ferry will run, and the toll will rise.|Nobody else spoke."
	if strings.Join(got, "|") != want {
		t.Errorf("%q, want %q", got, want)
	}
}
