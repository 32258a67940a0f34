package export

import (
	"bytes"
	"flag"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"readout/internal/diag"
	"readout/internal/link"
	"readout/internal/markdown"
	"readout/internal/plan"
	"readout/internal/record"
	"readout/internal/verify"
)

var update = flag.Bool("update", false, "write what comes out into the files of testdata")

// A sample is a small site: files under content/, the texts of its sources
// under texts/, and in the comment "base: URL" and "as of: DAY".
type sample struct {
	site   *link.Site
	proofs map[*record.Source]*verify.Result
	plan   *plan.Plan
}

// files returns all files. Their bytes are copies, since those that are put are
// changed into the next file's; an empty file has none that are nil.
func (s sample) files() (files []File) {
	for _, makeSome := range Makers(s.site, s.proofs, s.plan) {
		makeSome(func(f File) { files = append(files, File{f.Path, bytes.Clone(f.Data)}) })
	}
	return files
}

// file returns the data of one file.
func (s sample) file(t testing.TB, name string) []byte {
	t.Helper()
	for _, f := range s.files() {
		if f.Path == name {
			return f.Data
		}
	}
	t.Fatalf("there is no %s", name)
	return nil
}

func readSample(t testing.TB, a *txtar.Archive) sample {
	t.Helper()
	md := markdown.New(markdown.Options{})
	var records []record.Record
	var opt link.Options
	texts := map[string]*diag.File{}
	var diags diag.List
	byName := func(a, b txtar.File) int { return strings.Compare(a.Name, b.Name) }
	for _, f := range slices.SortedFunc(slices.Values(a.Files), byName) {
		folder, name, _ := strings.Cut(f.Name, "/")
		file := diag.NewFile(name, f.Data)
		switch {
		case folder == "texts":
			texts[name] = file
		case folder == "content":
			kind := record.KindSite
			if name != "site.yaml" {
				kind = record.Folders[path.Dir(name)] // a page, if in none
			}
			r, ds := record.Parse(kind, file, md)
			diags = append(diags, ds...)
			if site, ok := r.(*record.Site); ok {
				site.BaseURL = record.BaseURL(setting(a, "base"))
			}
			records = append(records, r)
		}
	}
	if day, err := record.ParseDay(setting(a, "as of")); err == nil {
		opt = link.Options{AsOf: day, HasAsOf: true}
	}
	s := sample{proofs: map[*record.Source]*verify.Result{}}
	var ds diag.List
	s.site, ds = link.Join(records, opt)
	diags = append(diags, ds...)
	for _, src := range s.site.Sources {
		in := verify.Input{
			Source: src.Record, Text: texts[verify.TextName(src.Record)],
			Limits: verify.Limits{AllowUnverified: true},
		}
		r := verify.Prove(in)
		diags = append(diags, r.Diags...)
		s.proofs[src.Record] = r
	}
	for _, d := range diags {
		if d.Severity == diag.Error {
			t.Errorf("%v: %s", d.Span, d.Message)
		}
	}
	s.plan = plan.Make(s.site, s.proofs)
	return s
}

// setting returns a line "key: value" of an archive's comment.
func setting(a *txtar.Archive, key string) string {
	for line := range strings.Lines(string(a.Comment)) {
		if v, ok := strings.CutPrefix(line, key+": "); ok {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

// samples runs f with each site of testdata.
func samples(t *testing.T, f func(t *testing.T, a *txtar.Archive, s sample)) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no samples", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			f(t, a, readSample(t, a))
		})
	}
}

// TestFiles holds every file against the ones under want/ of each sample: an
// empty want is an empty file, and "want/none" lists files that must not be.
func TestFiles(t *testing.T) {
	samples(t, func(t *testing.T, a *txtar.Archive, s sample) {
		got := map[string][]byte{}
		for _, f := range s.files() {
			got[f.Path] = f.Data
		}
		for i, f := range a.Files {
			name, ok := strings.CutPrefix(f.Name, "want/")
			switch data, have := got[name]; {
			case !ok:
			case name == "none":
				for _, n := range strings.Fields(string(f.Data)) {
					if got[n] != nil {
						t.Errorf("there is a %s", n)
					}
				}
			case !have:
				t.Errorf("there is no %s", name)
			default:
				// A sample is a text file, whose lines end in LF.
				data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
				if !bytes.Equal(data, f.Data) && !*update {
					t.Errorf("%s is\n%s\nwant\n%s", name, data, f.Data)
				}
				a.Files[i].Data = data
			}
		}
		if *update {
			if err := os.WriteFile("testdata/"+path.Base(t.Name())+".txtar", txtar.Format(a), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	})
}
