package link

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
	"readout/internal/markdown"
	"readout/internal/record"
)

var update = flag.Bool("update", false, "rewrite the expected results")

// parse reads the files of an archive as records, in order of name.
func parse(t testing.TB, files []txtar.File) []record.Record {
	t.Helper()
	md := markdown.New(markdown.Options{})
	var records []record.Record
	for _, f := range files {
		kind := record.KindPage
		if folder, _, nested := strings.Cut(f.Name, "/"); nested {
			kind = record.Folders[folder]
		} else if f.Name == "site.yaml" {
			kind = record.KindSite
		}
		r, diags := record.Parse(kind, diag.NewFile("content/"+f.Name, f.Data), md)
		if diags.HasErrors() {
			var b bytes.Buffer
			diags.WriteText(&b)
			t.Fatalf("%s", b.String())
		}
		records = append(records, r)
	}
	return records
}

// dump writes what was resolved, in words.
func dump(s *Site, diags diag.List) string {
	var b bytes.Buffer
	diags.Sort()
	diags.WriteText(&b)
	for _, a := range s.Actors {
		fmt.Fprintf(&b, "actor %s party=%s holds=%d relays=%d about=%d meetings=%d mentions=%d\n",
			a.ID, a.Party.ID, len(a.Holds), len(a.Relays), len(a.About), len(a.Meetings), len(a.Mentions))
		for _, m := range a.Mentions {
			text, at, n := m.Sentence()
			fmt.Fprintf(&b, "  in %s#%s: %q %q\n", m.From.Path, m.Anchor, text, text[at:at+n])
		}
	}
	for _, c := range s.Claims {
		party := "-"
		if c.Party != nil {
			party = c.Party.ID
		}
		fmt.Fprintf(&b, "claim %s party=%s %s %s said=%s changes=%d denied=%d later=%v\n",
			c.Key(), party, c.Directness, c.Stance, c.Said, len(c.Changes), len(c.DeniedBy), c.Later)
	}
	for _, x := range s.Sources {
		fmt.Fprintf(&b, "source %s cited=%d\n", x.ID, len(x.CitedBy))
	}
	return b.String()
}

func TestJoin(t *testing.T) {
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
			last := len(a.Files) - 1
			if a.Files[last].Name != "want" {
				t.Fatal("the last file must be want")
			}
			opt := Options{}
			if _, day, ok := strings.Cut(string(a.Comment), "as of "); ok {
				if opt.AsOf, err = record.ParseDay(strings.Fields(day)[0]); err != nil {
					t.Fatal(err)
				}
				opt.HasAsOf = true
			}
			got := dump(Join(parse(t, a.Files[:last]), opt))
			if *update {
				a.Files[last].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := string(a.Files[last].Data); got != want {
				t.Errorf("%s", diff.Diff("want", []byte(want), "got", []byte(got)))
			}
		})
	}
}
