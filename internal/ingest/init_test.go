package ingest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"readout/internal/build"
	"readout/internal/diag"
	"readout/internal/record"
)

// TestSession goes the way of a new editor: an empty briefing, an article,
// the records that it needs, a claim. It builds at each step, and what is left
// to do is what the messages say.
func TestSession(t *testing.T) {
	dir := t.TempDir()
	put := func(name string, data []byte) {
		t.Helper()
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	builds := func(want ...string) *build.Result {
		t.Helper()
		r, err := build.Build(context.Background(), build.Options{Content: filepath.Join(dir, "content"), Embedded: os.DirFS("../..")}, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range r.Diags {
			got = append(got, d.Code)
		}
		if strings.Join(got, " ") != strings.Join(want, " ") || len(r.Files) == 0 {
			t.Errorf("%d files, %v, want %v", len(r.Files), r.Diags, want)
		}
		return r
	}
	must := func(data []byte, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return data
	}

	for _, f := range Init("  Harbour: *talks* ") {
		put(f.Path, f.Data)
	}
	r := builds("build/no-base-url")
	if got := r.Site.Config.Name.Value; got != "Harbour: *talks*" {
		t.Errorf("the title is %q", got)
	}

	page := `<html lang="en"><title>Ferry talks end</title><meta property="og:site_name" content="Harbour Post"><meta name="date" content="2026-01-23">
		<article><h1>Ferry talks end</h1><p>The mayor of North Shore, Karin Lind&shy;qvist, said that the night ferry must run through the winter.</p>
		<p>South Shore made no comment, and neither did the ministry, which pays for half of it.</p>` +
		strings.Repeat("<p>The weather over the strait was fine, and the boats went out at noon as they do on most days of the year.</p>", 4) + `</article>`
	a, diags := Import(diag.NewFile("page.html", []byte(page)), Options{})
	if a == nil {
		t.Fatal(diags)
	}
	put("content/sources/"+a.ID+".md", a.Record())
	put("content/private/"+a.TextName(), a.Text())
	builds("build/no-base-url")

	actor := Fields{"name": {"Karin Lindqvist"}, "type": {"person"}, "aliases": {"Lindqvist"}}
	put("content/actors/"+NewID(record.KindActor, actor)+".md", must(NewRecord(record.KindActor, actor)))
	issue := Fields{"title": {"The ferry"}, "option": {"keep: the night ferry goes on"}}
	put("content/issues/"+NewID(record.KindIssue, issue)+".md", must(NewRecord(record.KindIssue, issue)))
	meeting := Fields{"title": {"Ferry talks"}, "start": {"2026-01-22?"}}
	put("content/meetings/"+NewID(record.KindMeeting, meeting)+".md", must(NewRecord(record.KindMeeting, meeting)))
	claim := must(NewClaim(Fields{
		"title": {"North Shore wants to keep the ferry"}, "holder": {"karin-lindqvist"}, "on": {"the-ferry/keep"}, "stance": {"for"},
		"at": {"2026-01-22-ferry-talks"}, "quote": {"the night ferry must run through the winter"},
	}))
	put("content/sources/"+a.ID+".md", append(a.Record(), claim...))
	r = builds("build/no-base-url", "lock/behind")

	v := SiteNames(r.Site).Survey(r.Site.Sources[0].Record, a.Text())
	if len(v.Mentions) != 1 || v.Mentions[0].Surface != "Karin Lindqvist" || len(v.Unused) != 5 || v.Unused[0].Paragraph != 2 {
		t.Errorf("the survey is %+v", v)
	}
}

func TestInit(t *testing.T) {
	files := map[string]File{}
	last := ""
	for _, f := range Init("") {
		if f.Path <= last {
			t.Errorf("%s is not in order", f.Path)
		}
		last = f.Path
		files[f.Path] = f
		if f.Executable != (f.Path == ".githooks/pre-commit") {
			t.Errorf("%s: executable is %t", f.Path, f.Executable)
		}
		if strings.HasSuffix(f.Path, ".yml") || strings.HasSuffix(f.Path, ".json") || strings.HasSuffix(f.Path, ".yaml") {
			var v any // JSON is YAML
			if err := yaml.Unmarshal(f.Data, &v); err != nil || v == nil {
				t.Errorf("%s: %v", f.Path, err)
			}
		}
	}
	for path, words := range map[string]string{
		".gitignore":                  "\n/content/private/\n",
		"README.md":                   "# Untitled briefing\n",
		"content/site.yaml":           "title: Untitled briefing\n",
		"content/.obsidian/app.json":  `"useMarkdownLinks": false`,
		".vscode/settings.json":       "[markdown]",
		".githooks/pre-commit":        "exec readout check\n",
		".github/workflows/pages.yml": "if: vars.READOUT_REPOSITORY != ''",
		"content/actors/.gitkeep":     "",
	} {
		if f, ok := files[path]; !ok || !strings.Contains(string(f.Data), words) {
			t.Errorf("%s is %q", path, f.Data)
		}
	}
	if got := string(files["README.md"].Data); strings.Contains(got, "TITLE") {
		t.Error("the README has no title")
	}
}
