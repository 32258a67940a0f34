package plan

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
	"golang.org/x/tools/txtar"

	"readout/internal/diag"
	"readout/internal/link"
	"readout/internal/markdown"
	"readout/internal/record"
	"readout/internal/verify"
)

var update = flag.Bool("update", false, "rewrite the expected results")

// join makes a site of an archive's files, and proves nothing.
func join(t testing.TB, files []txtar.File, opt link.Options) (*link.Site, map[*record.Source]*verify.Result) {
	t.Helper()
	md := markdown.New(markdown.Options{})
	var records []record.Record
	var all diag.List
	for _, f := range files {
		kind := record.KindPage
		if folder, _, nested := strings.Cut(f.Name, "/"); nested {
			kind = record.Folders[folder]
		} else if f.Name == "site.yaml" {
			kind = record.KindSite
		}
		r, diags := record.Parse(kind, diag.NewFile(f.Name, f.Data), md)
		all = append(all, diags...)
		records = append(records, r)
	}
	site, diags := link.Join(records, opt)
	if all = append(all, diags...); all.HasErrors() {
		var b bytes.Buffer
		all.WriteText(&b)
		t.Fatalf("%s", b.String())
	}
	proofs := map[*record.Source]*verify.Result{}
	for _, s := range site.Sources {
		proofs[s.Record] = verify.Prove(verify.Input{Source: s.Record, Limits: verify.Limits{AllowUnverified: true}})
	}
	return site, proofs
}

// dump writes every standing, and what changed, in words.
func dump(site *link.Site, proofs map[*record.Source]*verify.Result) string {
	var b strings.Builder
	c := Compare(site)
	position := func(name string, p *Position) {
		fmt.Fprintf(&b, "  %s: %s since %s, claims %d, sources %d", name, p.stance().Word, p.Since, len(p.Claims), p.Sources())
		if m := p.Moved(); m != "" {
			fmt.Fprintf(&b, ", %s", m)
		}
		if p.From != "" {
			fmt.Fprintf(&b, " from %s", p.From)
		}
		if p.Disputed {
			b.WriteString(", disputed")
		}
		b.WriteByte('\n')
	}
	for _, is := range site.Issues {
		for _, o := range is.Options {
			s := c.Options[o]
			fmt.Fprintf(&b, "%s/%s: %s. %s\n", is.ID, o.ID, s.Rule.Word, s.Rule.Detail)
			for _, a := range append(append([]*link.Actor{}, c.Parties...), c.Documents...) {
				if p := s.Positions[a]; p != nil {
					position(a.ID, p)
				}
			}
			for _, p := range s.Others {
				position("others: "+p.Holder, p)
			}
		}
	}
	pl := Make(site, proofs)
	for _, d := range pl.Developments() {
		fmt.Fprintf(&b, "%s %s %s: %s (%s)\n", d.Day, d.Kind, d.Word, d.Text, d.Party)
	}
	for _, page := range pl.Pages() {
		if v, ok := page.View().(*ComparisonPage); ok {
			for _, g := range v.Moves {
				for _, m := range g.Moves {
					fmt.Fprintf(&b, "%s, %s: %q then %q: %s\n", m.Option.Text, m.Party.Text, m.Then.Word, m.Now.Word, m.Word)
				}
			}
		}
	}
	return b.String()
}

func TestComparison(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			last := len(a.Files) - 1
			got.WriteString(dump(join(t, a.Files[:last], link.Options{})))
			day, err := record.ParseDay("2026-01-31")
			if err != nil {
				t.Fatal(err)
			}
			got.WriteString("\nas of 2026-01-31\n")
			got.WriteString(dump(join(t, a.Files[:last], link.Options{AsOf: day, HasAsOf: true})))
			if *update {
				a.Files[last].Data = []byte(got.String())
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := a.Files[last].Data; got.String() != string(want) {
				t.Errorf("%s", diff.Diff("want", want, "got", []byte(got.String())))
			}
		})
	}
}
