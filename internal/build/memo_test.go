package build

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"readout/internal/output"
)

// A kept site is what the builds of a test have made, as an output folder
// would hold it.
type kept struct {
	t      *testing.T
	memo   []byte
	files  map[string][]byte
	edited string // one of them that somebody has changed since
}

// build builds with what is kept, and keeps what comes out.
func (k *kept) build(opt Options) *Result {
	k.t.Helper()
	names := []string{}
	for name := range k.files {
		names = append(names, name)
	}
	made := map[string][]byte{}
	var mu sync.Mutex
	opt.Forget = true
	opt.Put = func(f output.File) error {
		mu.Lock()
		defer mu.Unlock()
		made[f.Path] = bytes.Clone(f.Data)
		return nil
	}
	opt.Last = &Last{Memo: k.memo, Files: len(names), Intact: func(i int) bool { return names[i] != k.edited }}
	r, err := Build(context.Background(), opt, nil)
	if err != nil {
		k.t.Fatal(err)
	}
	if r.Same {
		if len(made) > 0 {
			k.t.Errorf("a build that found nothing changed put %d files", len(made))
		}
		made = k.files
	}
	if !r.Diags.HasErrors() {
		k.memo, k.files = r.Memo, made
	}
	return r
}

// sameAs holds a build with a memo, and what is kept after it, against one
// that knows of nothing.
func (k *kept) sameAs(what string, opt Options, r *Result) {
	k.t.Helper()
	clean := &kept{t: k.t}
	c := clean.build(opt)
	if c.Same {
		k.t.Fatal("a build without a memo found nothing changed")
	}
	if got, want := diagText(r), diagText(c); got != want {
		k.t.Errorf("%s: diagnostics:\n%s\nof a clean build:\n%s", what, got, want)
	}
	if r.Pages != c.Pages || len(r.Quotations) != len(c.Quotations) {
		k.t.Errorf("%s: %d pages and %v, of a clean build %d and %v", what, r.Pages, r.Quotations, c.Pages, c.Quotations)
	}
	for state, n := range c.Quotations {
		if r.Quotations[state] != n {
			k.t.Errorf("%s: %d quotations are %s, of a clean build %d", what, r.Quotations[state], state, n)
		}
	}
	if c.Diags.HasErrors() {
		return
	}
	if !bytes.Equal(k.memo, clean.memo) {
		k.t.Errorf("%s: the memo is not that of a clean build", what)
	}
	if len(k.files) != len(clean.files) {
		k.t.Errorf("%s: %d files, of a clean build %d", what, len(k.files), len(clean.files))
	}
	for name, data := range clean.files {
		if !bytes.Equal(k.files[name], data) {
			k.t.Errorf("%s: %s is not that of a clean build", what, name)
		}
	}
}

// recallable returns the options of a briefing with everything that a build
// reads: texts in three places, assets, templates and static files of its own,
// and what has diagnostics of each kind.
func recallable(t *testing.T) (dir string, opt Options) {
	dir = unpack(t, "testdata/harbour.txtar")
	for name, data := range map[string]string{
		"content/photo.png":      "no picture\n",
		"content/notes.odd":      "nothing reads this\n",
		"content/draft.md":       "---\ntitle: Draft\ndraft: yes\n---\nLater.\n",
		"content/sources/a-b.md": "---\ntitle: A and B\ntext: ab.txt\n---\n## One\n- id: one\n- holder: [[city]]\n\n> the quay is ours to sell, unless\n",
		"texts/ab.txt":           "They said that the quay is ours to sell, unless the board objects.\n",
		"templates/404.html":     `{{define "404.html"}}{{template "base.html" .}}{{end}}{{define "main"}}<p>Mine</p>{{end}}` + "\n",
		"static/own.css":         "p {}\n",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	opt = options(filepath.Join(dir, "content"))
	opt.Templates, opt.Static = filepath.Join(dir, "templates"), filepath.Join(dir, "static")
	opt.Texts = []string{filepath.Join(dir, "texts")}
	return dir, opt
}

// A build finds nothing changed if nothing is, says the same as the one before
// and leaves the same; and any change of anything is found.
func TestRecall(t *testing.T) {
	dir, opt := recallable(t)
	k := &kept{t: t}
	first := k.build(opt)
	if first.Same || first.Diags.HasErrors() || len(first.Memo) == 0 {
		t.Fatalf("the first build found the same, or an error, or left no memo:\n%s", diagText(first))
	}
	for _, code := range []string{"build/draft", "load/unused", "lock/behind", "quote/short"} {
		if !strings.Contains(diagText(first), code) {
			t.Errorf("the briefing lacks a %s", code)
		}
	}
	again := func(what string) {
		t.Helper()
		r := k.build(opt)
		if !r.Same {
			t.Errorf("%s: something is said to have changed", what)
		}
		k.sameAs(what, opt, r)
	}
	changed := func(what string, opt Options) {
		t.Helper()
		before := *k
		r := k.build(opt)
		if r.Same {
			t.Errorf("%s: nothing is said to have changed", what)
		}
		k.sameAs(what, opt, r)
		if k.edited = ""; !r.Diags.HasErrors() {
			if !k.build(opt).Same {
				t.Errorf("%s: the second build finds another change", what)
			}
		}
		*k = before
	}
	again("at once")

	// Every file that is read, and one of each that is not there yet.
	var names []string
	filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() && filepath.Base(name) != "want" {
			names = append(names, name)
		}
		return err
	})
	if len(names) < 20 {
		t.Fatalf("only %d files", len(names))
	}
	write := func(name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for i, name := range names {
		if testing.Short() && i%4 != 0 {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		rel, _ := filepath.Rel(dir, name)
		if filepath.Ext(name) != ".odd" { // of which only the name counts
			// Another byte, with the size and the time as they were.
			other := bytes.Clone(data)
			at := bytes.LastIndexAny(other, "abcdefghijklmnopqrstuvwxyz")
			other[at]--
			write(name, other)
			os.Chtimes(name, info.ModTime(), info.ModTime())
			changed("a letter of "+rel, opt)
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		changed("without "+rel, opt)
		write(name, data)
	}
	again("after all was put back")
	for _, name := range []string{
		"content/x.md", "content/x.odd", "content/x.pdf", "content/actors/x.md", "content/sources/ab.txt",
		"content/private/ab.txt", "templates/x.html", "static/x.txt",
	} {
		data := []byte("---\ntitle: X\nname: X\ntype: person\n---\n")
		if strings.HasSuffix(name, "ab.txt") {
			data = []byte("Again: the quay is ours to sell, unless the board objects.\n")
		}
		target := filepath.Join(dir, filepath.FromSlash(name))
		os.MkdirAll(filepath.Dir(target), 0o777)
		write(target, data)
		changed("with "+name, opt)
		os.Remove(target)
	}
	again("after all was taken away")

	// Every option.
	for what, change := range map[string]func(*Options){
		"base URL":   func(o *Options) { o.BaseURL = "https://example.net/" },
		"as of":      func(o *Options) { o.AsOf = "2026-01-20" },
		"unverified": func(o *Options) { o.AllowUnverified = true },
		"drafts":     func(o *Options) { o.Drafts = true },
		"texts":      func(o *Options) { o.Texts = nil },
		"templates":  func(o *Options) { o.Templates = "" },
		"static":     func(o *Options) { o.Static = "" },
	} {
		other := opt
		change(&other)
		changed(what, other)
	}

	// The output.
	for _, name := range []string{"index.html", "own.css", "data/claims.json"} {
		if k.files[name] == nil {
			t.Fatalf("there is no %s", name)
		}
		k.edited = name
		changed("without the output "+name, opt)
	}
	k.edited = ""
	again("in the end")
}

// What a memo is not, or what was cut short, is as good as none.
func TestDamagedMemo(t *testing.T) {
	_, opt := recallable(t)
	k := &kept{t: t}
	k.build(opt)
	whole := k.memo
	for _, memo := range [][]byte{nil, {}, []byte("null"), []byte("{}"), whole[:len(whole)/2], bytes.ReplaceAll(whole, []byte(`"Inputs":"`), []byte(`"Inputs":"0`))} {
		k.memo = memo
		if k.build(opt).Same {
			t.Errorf("%q passes for a memo", memo)
		}
		if !bytes.Equal(k.memo, whole) {
			t.Errorf("after %q the memo is another", memo)
		}
	}
}

// A memo that was told to a build which has an error is not used up.
func TestNoMemoOfErrors(t *testing.T) {
	dir, opt := recallable(t)
	name := filepath.Join(dir, "content", "about.md")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	k := &kept{t: t}
	k.build(opt)
	os.WriteFile(name, slices.Concat(data, []byte("\nSee [[nobody-of-this-name]].\n")), 0o666)
	if r := k.build(opt); !r.Diags.HasErrors() || r.Memo != nil || r.Same {
		t.Errorf("a build with an error left a memo, or found the same:\n%s", diagText(r))
	}
	os.WriteFile(name, data, 0o666)
	if !k.build(opt).Same {
		t.Error("the mistake is mended, and something is said to have changed")
	}
}

func TestSumProgram(t *testing.T) {
	const id = "K-L6xKSTxg7SeFKD-pu-/Mhrzutctx1L5lkAjV_S1/AMLOsUGkaSptI24iRNgi"
	note := "S\x00\x00\x00\x04\x00\x00\x00Go\x00\x00" + id + "\x00\x04\x00"
	words := "\xff Go build ID: \"" + id + "\"\n \xff"
	long := strings.Repeat("\x00", 2*buildIDWithin)
	sums := map[string]string{}
	for _, x := range []struct{ program, want string }{
		{"\x7fELF" + long[:4000] + note + "code", id},
		{long[:1500] + words + long, id},
		{long + words, ""},
		{long + words + "x", ""}, // another program
		{"\x7fELF\x04\x00\x00\x00Go\x00\x00\x00" + long, ""},
		{"", ""},
	} {
		sum, err := sumProgram(strings.NewReader(x.program))
		switch {
		case err != nil:
			t.Error(err)
		case x.want != "" && string(sum) != x.want:
			t.Errorf("%.12q...: %q, not the build ID", x.program, sum)
		case x.want == "" && (len(sum) != 32 || sums[string(sum)] != ""):
			t.Errorf("%.12q...: %x is no digest of the whole (%.12q... has the same)", x.program, sum, sums[string(sum)])
		}
		if x.want == "" {
			sums[string(sum)] = x.program + "."
		}
	}
	// What the go command says it put into this very program.
	name, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "tool", "buildid", name).Output()
	if err != nil {
		t.Skip("there is no go command to ask: ", err)
	}
	if sum, err := programSum(); err != nil || string(sum) != strings.TrimSpace(string(out)) {
		t.Errorf("%q, %v; go tool buildid says %q", sum, err, out)
	}
}
