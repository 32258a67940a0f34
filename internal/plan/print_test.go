package plan

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"readout/internal/link"
	"readout/internal/record"
)

// Prose that stands beside that of other records keeps its links, under ids
// and below headings of its own.
func TestInset(t *testing.T) {
	const html = `<h2 id="why">Why</h2><p>Text &lt;h2 id=&quot;x&quot;&gt;.</p><hr><p>A note<a href="#fn-1" id="fnref-1">1</a> and more.</p><h6>End</h6>`
	const want = `<h4 id="a:why">Why</h4><p>Text &lt;h2 id=&quot;x&quot;&gt;.</p><hr><p>A note<a href="#a:fn-1" id="a:fnref-1">1</a> and more.</p><h6>End</h6>`
	at := strings.Index(html, "<p>A note") + len("<p>")
	p := link.Prose{Prose: &record.Prose{HTML: html}}
	p.Holes = []record.Hole{{At: at, Kind: record.HoleLink, Target: "b", Label: "b"}, {At: len(html), Kind: record.HoleLink, Target: "c"}}
	p.Targets = make([]link.Target, 2)
	got := desk{planner: &planner{}}.inset("a", 2, p)
	if got.HTML != want {
		t.Errorf("got  %s\nwant %s", got.HTML, want)
	}
	if i := strings.Index(want, "A note"); got.Slots[0].At != i || got.Slots[1].At != len(want) {
		t.Errorf("slots at %d and %d, want %d and %d", got.Slots[0].At, got.Slots[1].At, i, len(want))
	}
}

// A briefing of two issues and some claims, of which the first touches both
// issues and the second none.
func printSite(claims int) []txtar.File {
	files := []txtar.File{
		{Name: "site.yaml", Data: []byte("title: The bridge\n")},
		{Name: "actors/north.md", Data: []byte("---\nname: North\ntype: state\n---\n")},
		{Name: "issues/ferry.md", Data: []byte("---\ntitle: Ferry\norder: 1\n---\n\n## Options\n\n- run: It runs\n")},
		{Name: "issues/toll.md", Data: []byte("---\ntitle: Toll\norder: 2\n---\n\n## Options\n\n- pay: All pay\n")},
	}
	var b strings.Builder
	b.WriteString("---\ntitle: News\npublisher: unknown\npublished: 2031-05-04\n---\n")
	for i := range claims {
		fmt.Fprintf(&b, "\n## Claim %d\n\n- id: c%d\n- holder: [[north]]\n", i, i)
		switch i {
		case 0:
			b.WriteString("- about: [[ferry]], [[toll]]\n")
		case 1:
		default:
			b.WriteString("- on: toll/pay\n- stance: for\n")
		}
		b.WriteString("\n> some words of the source\n")
	}
	return append(files, txtar.File{Name: "sources/news.md", Data: []byte(b.String())})
}

func printed(t *testing.T, claims int) *Print {
	site, proofs := join(t, printSite(claims), link.Options{})
	for _, p := range Make(site, proofs).Pages() {
		if v, ok := p.View().(*Print); ok {
			return v
		}
	}
	t.Fatal("no page to print")
	return nil
}

// Every claim is printed, and once.
func TestPrintHasEveryClaimOnce(t *testing.T) {
	v := printed(t, 5)
	var got []string
	add := func(where string, list []PrintClaim) {
		for _, c := range list {
			got = append(got, where+" "+c.Card.ID)
		}
	}
	for _, is := range v.Dossiers {
		for _, o := range is.Options {
			add(is.ID+" option", o.Claims)
		}
		add(is.ID+" other", is.Other)
		for _, r := range is.Elsewhere {
			got = append(got, is.ID+" elsewhere "+r.Text+r.Href)
		}
	}
	add("loose", v.Loose)
	want := "ferry other c0, toll option c4, toll option c3, toll option c2, toll elsewhere Claim 0, loose c1"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	if v.Short || v.Contents != nil || v.Site.Latest.Words != "4 May 2031" {
		t.Errorf("short %v, contents %v, latest %q", v.Short, v.Contents, v.Site.Latest.Words)
	}
}

// A briefing of more claims than one page holds prints its comparison and index.
func TestPrintOfManyClaims(t *testing.T) {
	if v := printed(t, printMost); v.Short {
		t.Errorf("%d claims are too many", printMost)
	}
	v := printed(t, printMost+1)
	if !v.Short || len(v.Dossiers) > 0 || len(v.Sources) > 0 || len(v.Issues) > 0 || len(v.Contents) != 2 {
		t.Errorf("short %v, %d dossiers, %d issues, %d in the contents", v.Short, len(v.Dossiers), len(v.Issues), len(v.Contents))
	}
}
