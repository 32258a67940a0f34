package build

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"readout/internal/verify"
)

// unpack writes an archive's files into a new folder and returns it.
func unpack(t testing.TB, name string) string {
	t.Helper()
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range a.Files {
		target := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A briefing that uses every form of the format builds, with every quotation
// verified and no dead link.
func TestWholeFormat(t *testing.T) {
	dir := unpack(t, "testdata/harbour.txtar")
	r := mustBuild(t, options(filepath.Join(dir, "content")), nil)
	text := strings.ReplaceAll(diagText(r), filepath.ToSlash(dir)+"/", "")
	if r.Files == nil {
		t.Fatalf("errors:\n%s", text)
	}
	var codes []string
	for _, d := range r.Diags {
		codes = append(codes, d.Code)
	}
	want := "markdown/heading-level lock/behind quote/short claim/no-party"
	if got := strings.Join(codes, " "); got != want {
		t.Errorf("got %s, want %s:\n%s", got, want, text)
	}
	for source, proofs := range r.Proofs {
		for i, claim := range proofs.Claims {
			for _, p := range claim {
				if p.State != verify.Verified {
					t.Errorf("%s#%s is %s", source.ID, source.Claims[i].ID, p.State)
				}
			}
		}
	}
	checkLinks(t, r.Files, "https://example.org/harbour/", "/harbour/")
}

// The mistakes that editors make most are all reported, each at its line, and
// nothing else is.
func TestMistakes(t *testing.T) {
	const archive = "testdata/mistakes.txtar"
	dir := unpack(t, archive)
	want, err := os.ReadFile(filepath.Join(dir, "want"))
	if err != nil {
		t.Fatal(err)
	}
	r := mustBuild(t, options(filepath.Join(dir, "content")), nil)
	var got strings.Builder
	for _, d := range r.Diags {
		name := strings.TrimPrefix(d.Span.File.Path, filepath.ToSlash(dir)+"/")
		fmt.Fprintf(&got, "%s:%d %s\n", name, d.Span.File.Position(d.Span.Start).Line, d.Code)
	}
	if got.String() != string(want) {
		t.Errorf("got:\n%s\nin full:\n%s", got.String(), diagText(r))
	}
	if r.Files != nil {
		t.Error("a briefing with errors made files")
	}
	opt := options(filepath.Join(dir, "content"))
	opt.Forget = true
	if once := diagText(mustBuild(t, opt, nil)); once != diagText(r) {
		t.Errorf("with files that are read again:\n%s\nwant:\n%s", once, diagText(r))
	}
}
