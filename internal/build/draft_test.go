package build

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A draft is in a preview, with a warning wherever a build would lack it; in a
// build there is no trace of it, and what leads to it says why it does not.
func TestDrafts(t *testing.T) {
	content := t.TempDir()
	for name, data := range map[string]string{
		"site.yaml": "title: Ferry\nbase_url: https://example.org/\n",
		"index.md":  "---\n---\nOf [[Ada Berg]], [her file](actors/ada-berg.md) and [@post]; [[harbour]] alone.\n",
		"actors/ada-berg.md": "---\nname: Ada Berg\ntype: person\ndraft: yes\nrepresents: harbour\n---\nShe wrote [@post].\n\n" +
			"## Roles\n- since last year: not a line that is read\n",
		"actors/harbour.md": "---\nname: Harbour\ntype: organisation\ndraft: no\n---\n",
		"sources/post.md":   "---\ntitle: The Post\ndraft: true\n---\nOf [[Ada Berg]].\n",
	} {
		name = filepath.Join(content, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	codes := func(r *Result) (list []string) {
		for _, d := range r.Diags {
			rel, _ := filepath.Rel(content, d.Span.String())
			list = append(list, rel+" "+d.Severity.String()+" "+d.Code)
		}
		return list
	}
	opt := options(content)
	got := mustBuild(t, opt, nil)
	want := []string{
		"actors/ada-berg.md:1:1 notice build/draft",
		"index.md:3:4 error link/dangling", "index.md:3:18 error link/dangling", "index.md:3:54 error cite/unknown-source",
		"sources/post.md:1:1 notice build/draft",
	}
	if !slices.Equal(codes(got), want) {
		t.Errorf("left out: %q, want %q", codes(got), want)
	}
	for _, d := range got.Diags[1:4] {
		if !strings.HasPrefix(d.Notes[0], "this record is a draft: ") {
			t.Errorf("%s: %q", d.Span, d.Notes)
		}
	}

	opt.Drafts = true
	got = mustBuild(t, opt, nil)
	want = []string{
		"actors/ada-berg.md:10:3 error line/form",
		"index.md:3:4 warning link/draft", "index.md:3:18 warning link/draft", "index.md:3:54 warning link/draft",
	}
	if !slices.Equal(codes(got), want) {
		t.Errorf("shown: %q, want %q", codes(got), want)
	}

	if err := os.WriteFile(filepath.Join(content, "index.md"), []byte("Of [[harbour]] alone.\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	opt.Drafts = false
	for _, f := range mustBuild(t, opt, nil).Files {
		if strings.Contains(f.Path, "ada") || bytes.Contains(f.Data, []byte("Berg")) || bytes.Contains(f.Data, []byte("The Post")) {
			t.Errorf("a draft shows in %s", f.Path)
		}
	}
}
