package build

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/bench/corpus"
	"readout/internal/output"
)

// A change of one claim writes, of all pages, only such as show the claim:
// its source's, and those with a link to it.
func TestOneClaim(t *testing.T) {
	dir := t.TempDir()
	content, out := filepath.Join(dir, "content"), filepath.Join(dir, "out")
	var name, text string // of a source with a claim that takes a stance
	for _, f := range corpus.New(300).Briefing() {
		if strings.HasPrefix(f.Path, "sources/") && strings.HasSuffix(f.Path, ".md") && name == "" && strings.Contains(f.Text, "\n- stance: against\n") {
			name, text = f.Path, f.Text
		}
		write(t, filepath.Join(content, filepath.FromSlash(f.Path)), f.Text)
	}
	if name == "" {
		t.Fatal("no claim of the corpus is against anything")
	}
	build := func() []output.File {
		t.Helper()
		r := mustBuild(t, options(content), nil)
		if r.Files == nil {
			t.Fatal(diagText(r))
		}
		d, err := output.Open(out)
		if err != nil {
			t.Fatal(err)
		}
		stage := d.Begin()
		for _, f := range r.Files {
			if err := stage.Put(f); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := stage.Commit(); err != nil {
			t.Fatal(err)
		}
		return r.Files
	}
	before := build()
	written := map[string]os.FileInfo{}
	for _, f := range before {
		written[f.Path] = stat(t, filepath.Join(out, f.Path))
	}

	head, rest, _ := strings.Cut(text, "\n- stance: against\n")
	_, id, _ := strings.Cut(head[strings.LastIndex(head, "\n- id: "):], "- id: ")
	id, _, _ = strings.Cut(id, "\n")
	write(t, filepath.Join(content, filepath.FromSlash(name)), head+"\n- stance: for\n"+rest)
	after := build()
	if len(after) != len(before) {
		t.Fatalf("%d files, and then %d", len(before), len(after))
	}
	page := strings.TrimSuffix(name, ".md") + ".html"
	link := []byte(strings.TrimPrefix(page, "sources/") + "#" + id)
	pages, others := 0, 0
	for i, f := range after {
		differs := !bytes.Equal(f.Data, before[i].Data)
		if stat(t, filepath.Join(out, f.Path)).ModTime().Equal(written[f.Path].ModTime()) == differs {
			t.Errorf("%s: differs: %v, but that is not what was done to the file", f.Path, differs)
		}
		switch {
		case !strings.HasSuffix(f.Path, ".html"):
		case !differs:
			others++
		default:
			pages++
			if f.Path == "print.html" {
				break // it has every claim, and no links
			}
			if f.Path != page && !bytes.Contains(f.Data, link) && !bytes.Contains(before[i].Data, link) {
				t.Errorf("%s was written, and does not show %s", f.Path, link)
			}
		}
	}
	if pages < 3 || others < 10*pages {
		t.Errorf("%d pages were written and %d were not", pages, others)
	}
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func stat(t *testing.T, name string) os.FileInfo {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info
}
