package record

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
	"golang.org/x/tools/txtar"

	"readout/internal/diag"
	"readout/internal/markdown"
)

var update = flag.Bool("update", false, "rewrite the expected diagnostics")

// kindOf tells a file's kind by its folder, as package load does.
func kindOf(name string) Kind {
	folder, _, nested := strings.Cut(name, "/")
	switch {
	case name == "site.yaml":
		return KindSite
	case nested:
		return Folders[folder]
	}
	return KindPage
}

// TestDiagnostics holds every mistake that a record can have against the exact
// text that an editor sees. The last file of each archive is what is expected.
func TestDiagnostics(t *testing.T) {
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
			var all diag.List
			var want []byte
			keep := a.Files[:0]
			for _, f := range a.Files {
				if f.Name == "want" {
					want = f.Data
					continue
				}
				keep = append(keep, f)
				data := bytes.TrimSuffix(f.Data, []byte("<EOF>\n"))
				_, diags := Parse(kindOf(f.Name), diag.NewFile(f.Name, data), markdown.New(markdown.Options{}))
				all = append(all, diags...)
			}
			all.Sort()
			var got bytes.Buffer
			if err := all.WriteText(&got); err != nil {
				t.Fatal(err)
			}
			if *update {
				a.Files = append(keep, txtar.File{Name: "want", Data: got.Bytes()})
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got.String() != string(want) {
				t.Errorf("%s", diff.Diff("want", want, "got", got.Bytes()))
			}
		})
	}
}
