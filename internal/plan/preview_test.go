package plan

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"readout/internal/link"
)

// A page carries what it says of the records that it links to, and of no
// others: not of itself, not of what it explains beside the link, and nothing
// where it lists records. The name is there only where a link has other words.
func TestPreviews(t *testing.T) {
	site, proofs := join(t, txtar.Parse([]byte(`
-- site.yaml --
title: The bridge
-- index.md --
Only [[pier]] matters.
-- actors/north.md --
---
name: North
type: state
---
The northern bank, of which there is rather more to say than a preview has room for, since it is long and wide, and old. Nobody reads this.
-- actors/ann-poe.md --
---
name: Ann Poe
type: person
represents: north
---

## Roles
- as of 2031: harbour master
-- issues/toll.md --
---
title: Toll
---
What to pay to [[north]].

## Options
- pay: All pay
-- meetings/pier.md --
---
title: At the pier
start: 2031-03-01
---
[[ann-poe]] spoke of the [[toll]].

## Status
- 2031-03-02: held, reported
-- sources/wire.md --
---
title: They met
publisher: Wire
published: 2031-03-02
---

## North pays
- id: pay
- holder: [[ann-poe]]
- on: toll/pay
- stance: for

> we shall pay the toll
`)).Files, link.Options{})
	got := map[string]string{}
	for _, p := range Make(site, proofs).Pages() {
		var b strings.Builder
		for _, x := range p.View().Frame().Previews {
			fmt.Fprintf(&b, "%s: %s: %s: %s\n", x.Path, x.Name, x.Kind, x.Words)
		}
		got[p.Path] = b.String()
	}
	const ann = "actors/ann-poe.html: : harbour master: \n"
	const north = "actors/north.html: : State: The northern bank, of which there is rather more to say than a preview has room for, …\n"
	const toll = "issues/toll.html: : Issue: What to pay to North.\n"
	const pay = "sources/wire.html#pay: : Ann Poe · 2 Mar 2031 · For: “we shall pay the toll”\n"
	for path, want := range map[string]string{
		"issues/toll.html":   ann + north,
		"meetings/pier.html": ann + toll,
		"sources/wire.html":  ann + north + strings.Replace(toll, ": :", ": Toll:", 1), // linked by an option too
		"timeline.html":      pay,                                                      // in which no more than the words of the claim are wanting
		"changes.html":       pay,
		"actors.html":        "",
		"search.html":        "",
	} {
		if got[path] != want {
			t.Errorf("%s has\n%swant\n%s", path, got[path], want)
		}
	}
	if s := got["index.html"]; !strings.Contains(s, "meetings/pier.html: : Meeting") ||
		!strings.Contains(s, pay) {
		t.Errorf("the home page has\n%s", s)
	}
}

// A list in time has the words of the claims at its top, however long it is.
func TestPreviewsOfMany(t *testing.T) {
	var source strings.Builder
	source.WriteString("-- site.yaml --\ntitle: Many\n-- actors/north.md --\n---\nname: North\ntype: state\n---\n-- sources/wire.md --\n---\ntitle: They met\npublisher: Wire\npublished: 2031-03-02\n---\n")
	for i := range mostQuoted + 5 {
		fmt.Fprintf(&source, "\n## Word %d\n- id: c-%03d\n- holder: [[north]]\n\n> word number %d of it\n", i, i, i)
	}
	site, proofs := join(t, txtar.Parse([]byte(source.String())).Files, link.Options{})
	for _, p := range Make(site, proofs).Pages() {
		if n := len(p.View().Frame().Previews); p.Path == "timeline.html" && n != mostQuoted {
			t.Errorf("%s has %d previews, not %d", p.Path, n, mostQuoted)
		}
	}
}
