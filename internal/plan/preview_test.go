package plan

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"readout/internal/link"
)

// A page carries what it says of the records that it links to, from where it
// stands, and of no others: not of itself, and nothing where it lists records.
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
	for _, p := range Make(site, proofs).Pages {
		var b strings.Builder
		for _, x := range p.View().Frame().Previews {
			fmt.Fprintf(&b, "%s: %s: %s: %s\n", x.Href, x.Ref.Text, x.Kind, x.Words)
		}
		got[p.Path] = b.String()
	}
	const ann = "../actors/ann-poe.html: Ann Poe: harbour master: \n"
	const north = "../actors/north.html: North: State: The northern bank, of which there is rather more to say than a preview has room for, since it is long and wide, and old.\n"
	for path, want := range map[string]string{
		"issues/toll.html": ann + north + "../meetings/pier.html: At the pier: Meeting · held · 1 Mar 2031: Ann Poe spoke of the Toll.\n" +
			"../sources/wire.html: They met: Source · Wire · 2 Mar 2031: \n",
		"meetings/pier.html": ann + "../issues/toll.html: Toll: Issue: What to pay to North.\n",
		"sources/wire.html":  ann + north + "../issues/toll.html: Toll: Issue: What to pay to North.\n",
		"actors.html":        "",
		"search.html":        "",
	} {
		if got[path] != want {
			t.Errorf("%s has\n%swant\n%s", path, got[path], want)
		}
	}
	if s := got["index.html"]; !strings.Contains(s, "meetings/pier.html: At the pier: ") ||
		!strings.Contains(s, "sources/wire.html#pay: North pays: Ann Poe · 2 Mar 2031: “we shall pay the toll”\n") {
		t.Errorf("the home page has\n%s", s)
	}
}
