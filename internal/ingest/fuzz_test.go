package ingest

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"readout/internal/diag"
)

// FuzzImport holds that no file breaks an import, that its record and its
// text are what the rest of the program reads, and that a text which was
// imported and is imported again stays as it is.
func FuzzImport(f *testing.F) {
	names, _ := filepath.Glob("testdata/import/*.txtar")
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if !strings.HasPrefix(file.Name, "want") {
				f.Add(file.Name, file.Data)
			}
		}
	}
	f.Add("a.html", []byte(`<html><meta property="og:title" content="a: &quot;b&quot; #c - [[d]] ---&#10;url: x"><p>One two three four five six.`))
	f.Add("a.html", []byte(strings.Repeat("<div><b>", 600)+"Deep."+strings.Repeat("<p>x", 3)))
	f.Add("a.html", []byte("<ol start=99999999999 reversed><li value=-1>a<li>b</ol><sup>1</sup><q>x<q>y</q></q><pre> a\n b</pre>"))
	f.Add("a.md", []byte("---\ntitle: x\nauthor: [[a]]\nsource: http://a.example/?utm_x\npublished: 2026-01-23\nnested: {a: [b]}\n---\n# Text\n\nof *it*"))
	f.Add("a.txt", []byte("\xff\xfeA\x00\n\x00B\x00"))
	f.Add("a.txt", []byte("one\r\rtwo\u2029three\u0085four\x00"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		a, diags := Import(diag.NewFile(name, data), Options{Taken: []string{"a", "source"}, Markdown: func(s string) string { return s }})
		if (a == nil) != diags.HasErrors() {
			t.Fatalf("article %v, messages %v", a, diags)
		}
		if a == nil {
			return
		}
		checkArticle(t, a)
		text := a.Text()
		if !utf8.Valid(text) || bytes.ContainsAny(text, "\r\u00a0\u00ad") {
			t.Errorf("a text that is not clean: %q", text)
		}
		for _, p := range a.Paragraphs {
			if strings.TrimSpace(p) == "" || strings.Contains(p, "\n\n") {
				t.Errorf("a paragraph that is none: %q", p)
			}
		}
		again, _ := Import(diag.NewFile("again.txt", text), Options{})
		if !looksHTML("again.txt", text) && foreign(text) == "" && !strings.Contains(string(text), "MIME-Version") &&
			(again == nil || !bytes.Equal(again.Text(), text)) {
			t.Errorf("imported again, %q becomes %v", text, again)
		}
	})
}
