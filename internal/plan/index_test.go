package plan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"readout/internal/link"
)

// actorsNamed returns a site of actors.
func actorsNamed(names ...string) *txtar.Archive {
	a := &txtar.Archive{Files: []txtar.File{{Name: "site.yaml", Data: []byte("title: Names\n")}}}
	for i, name := range names {
		a.Files = append(a.Files, txtar.File{
			Name: fmt.Sprintf("actors/a%04d.md", i),
			Data: fmt.Appendf(nil, "---\nname: %s\ntype: person\n---\n", name),
		})
	}
	return a
}

func indexPages(t *testing.T, a *txtar.Archive) (*Index, map[string]*IndexPart) {
	t.Helper()
	site, proofs := join(t, a.Files, link.Options{})
	var index *Index
	parts := map[string]*IndexPart{}
	for _, p := range Make(site, proofs).Pages() {
		switch v := p.View().(type) {
		case *Index:
			index = v
		case *IndexPart:
			parts[p.Path] = v
		}
	}
	return index, parts
}

func TestIndexWhole(t *testing.T) {
	index, parts := indexPages(t, actorsNamed("Zoë Quill", "Ann Poe", "3 Sisters", "ann Lee", "Élan"))
	if len(parts) > 0 {
		t.Errorf("a small site has %d pages of its index", len(parts))
	}
	var got strings.Builder
	for _, l := range index.Letters {
		fmt.Fprintf(&got, "%s %s %s %d:", l.ID, l.Title, l.Href, l.Count)
		for _, e := range l.Entries {
			fmt.Fprintf(&got, " %s (%s)", e.Text, e.Href)
		}
		got.WriteString("\n")
	}
	const want = `letter-0 0–9 #letter-0 1: 3 Sisters (actors/a0002.html)
letter-a A #letter-a 2: ann Lee (actors/a0003.html) Ann Poe (actors/a0001.html)
letter-e E #letter-e 1: Élan (actors/a0004.html)
letter-z Z #letter-z 1: Zoë Quill (actors/a0000.html)
`
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
}

// TestIndexParts holds the pages of a large index to all that there is, each
// entry once and in order, on pages that are bounded and linked both ways.
func TestIndexParts(t *testing.T) {
	var names []string
	for i := range 3*mostEntries + 1 {
		names = append(names, fmt.Sprintf("M%04d of the long list of those who were present", i))
	}
	names = append(names, "Ann Poe", "Жанна", "7 Sisters")
	index, parts := indexPages(t, actorsNamed(names...))
	if index.Count != len(names) {
		t.Errorf("the index counts %d, not %d", index.Count, len(names))
	}
	var order, entries []string
	for _, l := range index.Letters {
		if len(l.Entries) > 0 {
			t.Errorf("%s is on the page of the search", l.Title)
		}
		for _, ref := range l.Pages {
			order = append(order, ref.Href)
		}
	}
	want := []string{"az/0.html", "az/a.html", "az/m.html", "az/m-2.html", "az/m-3.html", "az/m-4.html", "az/ж.html"}
	if !slices.Equal(order, want) || len(parts) != len(want) {
		t.Fatalf("the pages are %q, not %q", order, want)
	}
	for i, path := range want {
		v := parts[path]
		if n := len(v.Entries); n == 0 || n > mostEntries {
			t.Errorf("%s has %d entries", path, n)
		}
		for _, e := range v.Entries {
			entries = append(entries, e.Text)
			if !strings.HasPrefix(e.Href, "../actors/") {
				t.Errorf("%s leads to %s", path, e.Href)
			}
		}
		var around [2]string
		if i > 0 {
			around[0] = "../" + want[i-1]
		}
		if i+1 < len(want) {
			around[1] = "../" + want[i+1]
		}
		if got := [2]string{v.Previous.Href, v.Next.Href}; got != around {
			t.Errorf("%s is between %q, not %q", path, got, around)
		}
	}
	if got := slices.Sorted(slices.Values(entries)); !slices.Equal(got, slices.Sorted(slices.Values(names))) {
		t.Error("the pages do not hold each name once")
	}
	if l := index.Letters[2]; l.Href != "#letter-m" || l.Count != 3*mostEntries+1 || l.Pages[0].Text != "M0000 of the long list of those … – M0299 of the long list of those …" {
		t.Errorf("got %+v", l)
	}
	if l := index.Letters[1]; l.Href != "az/a.html" || l.Pages[0].Text != "Ann Poe" {
		t.Errorf("got %+v", l)
	}
	if v := parts["az/m-2.html"]; v.Title != "M, 2 of 4" || v.Span != "M0300 of the long list of those … – M0599 of the long list of those …" {
		t.Errorf("got %q, %q", v.Title, v.Span)
	}
}
