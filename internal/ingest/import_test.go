package ingest

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
	"golang.org/x/net/html/charset"
	"golang.org/x/tools/txtar"

	"readout/internal/diag"
	"readout/internal/markdown"
	"readout/internal/quote"
	"readout/internal/record"
)

var update = flag.Bool("update", false, "rewrite the expected results")

var encodingLine = regexp.MustCompile(`(?m)^charset: (\S+)$`)

// TestImport holds saved pages and texts, each as messy as those of real
// publishers, to the record, the text and the messages that they give. Files
// whose names begin with "want" are the expected results.
func TestImport(t *testing.T) {
	golden(t, "testdata/import/*.txtar", func(t *testing.T, a *txtar.Archive) []txtar.File {
		var out []txtar.File
		for _, in := range a.Files {
			if strings.HasPrefix(in.Name, "want") {
				continue
			}
			data := in.Data
			if m := encodingLine.FindSubmatch(a.Comment); m != nil {
				enc, _ := charset.Lookup(string(m[1]))
				var err error
				if data, err = enc.NewEncoder().Bytes(data); err != nil {
					t.Fatal(err)
				}
			}
			article, diags := Import(diag.NewFile(in.Name, data), Options{Taken: []string{"ferry-notes"}})
			if article == nil {
				t.Errorf("%s: not imported", in.Name)
				continue
			}
			checkArticle(t, article)
			diags.Sort()
			var b bytes.Buffer
			if err := diags.WriteText(&b); err != nil {
				t.Fatal(err)
			}
			out = append(out,
				txtar.File{Name: "want/sources/" + article.ID + ".md", Data: article.Record()},
				txtar.File{Name: "want/private/" + article.TextName(), Data: article.Text()},
				txtar.File{Name: "want messages on " + in.Name, Data: b.Bytes()})
		}
		return out
	})
}

// checkArticle holds what must be true of every import.
func checkArticle(t *testing.T, a *Article) {
	t.Helper()
	r, diags := record.Parse(record.KindSource, diag.NewFile("sources/"+a.ID+".md", a.Record()), markdown.New(markdown.Options{}))
	if len(diags) > 0 {
		t.Errorf("the record of %s has mistakes: %v\n%s", a.ID, diags, a.Record())
	}
	s := r.(*record.Source)
	if s.ID != a.ID || s.Name.Value != or(a.Title, "unknown") || s.Publisher.Value != a.Publisher || s.Published.String() != a.Published ||
		s.URL != a.URL || strings.Join(s.Authors, "|") != strings.Join(a.Authors, "|") || s.Text.Value != a.TextName() {
		t.Errorf("the record of %s does not read back: %+v", a.ID, s)
	}
	if s.Prose.Text != "" {
		t.Errorf("the record of %s publishes %q", a.ID, s.Prose.Text)
	}
	text := quote.NewText(a.Text(), nil)
	if got := len(text.Paragraphs()); got != len(a.Paragraphs) {
		t.Errorf("%s has %d paragraphs, of which %d are read", a.ID, len(a.Paragraphs), got)
	}
}

// golden compares the files that run makes of each archive with those in it
// whose names begin with "want".
func golden(t *testing.T, glob string, run func(*testing.T, *txtar.Archive) []txtar.File) {
	t.Helper()
	names, err := filepath.Glob(glob)
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var keep, want []txtar.File
			for _, f := range a.Files {
				if strings.HasPrefix(f.Name, "want") {
					want = append(want, f)
				} else {
					keep = append(keep, f)
				}
			}
			got := run(t, a)
			if *update {
				a.Files = append(keep, got...)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			w, g := txtar.Format(&txtar.Archive{Files: want}), txtar.Format(&txtar.Archive{Files: got})
			if !bytes.Equal(w, g) {
				t.Errorf("%s", diff.Diff("want", w, "got", g))
			}
		})
	}
}
