package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"readout/internal/output"
)

// root is the project's folder, which holds the shipped briefing.
const root = "../.."

func options(content string) Options {
	return Options{Content: content, Embedded: os.DirFS(root)}
}

func shipped() Options { return options(filepath.Join(root, "content")) }

func mustBuild(t testing.TB, opt Options, cache *Cache) *Result {
	t.Helper()
	r, err := Build(context.Background(), opt, cache)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func diagText(r *Result) string {
	var b bytes.Buffer
	r.Diags.WriteText(&b)
	return b.String()
}

// sameFiles reports the first difference between two sites.
func sameFiles(a, b []output.File) error {
	if len(a) != len(b) {
		return fmt.Errorf("%d files and %d", len(a), len(b))
	}
	for i := range a {
		if a[i].Path != b[i].Path {
			return fmt.Errorf("file %d is %s and %s", i, a[i].Path, b[i].Path)
		}
		if !bytes.Equal(a[i].Data, b[i].Data) {
			return fmt.Errorf("%s differs", a[i].Path)
		}
	}
	return nil
}

// The shipped briefing builds without an error or a warning, whether or not
// the private texts are there.
func TestShippedBriefing(t *testing.T) {
	r := mustBuild(t, shipped(), nil)
	if r.Files == nil {
		t.Fatalf("errors:\n%s", diagText(r))
	}
	for _, d := range r.Diags {
		if d.Code != "build/no-base-url" {
			t.Errorf("%s: %s[%s]: %s", d.Span, d.Severity, d.Code, d.Message)
		}
	}
}

// No page of the shipped briefing has a link or a fragment that leads nowhere.
func TestNoDeadLinks(t *testing.T) {
	opt := shipped()
	opt.BaseURL = "https://example.org/briefing"
	r := mustBuild(t, opt, nil)
	checkLinks(t, r.Files, "https://example.org/briefing/", "/briefing/")
}

func checkLinks(t *testing.T, files []output.File, bases ...string) {
	t.Helper()
	ids := map[string]map[string]bool{}
	docs := map[string]*goquery.Document{}
	for _, f := range files {
		ids[f.Path] = map[string]bool{}
		if path.Ext(f.Path) != ".html" {
			continue
		}
		doc, err := goquery.NewDocumentFromReader(bytes.NewReader(f.Data))
		if err != nil {
			t.Fatal(err)
		}
		docs[f.Path] = doc
		doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			id, _ := s.Attr("id")
			if ids[f.Path][id] {
				t.Errorf("%s: the id %q is given twice", f.Path, id)
			}
			ids[f.Path][id] = true
		})
	}
	links := 0
	for name, doc := range docs {
		doc.Find("[href], [src]").Each(func(_ int, s *goquery.Selection) {
			ref, ok := s.Attr("href")
			if !ok {
				ref, _ = s.Attr("src")
			}
			for _, base := range bases {
				if rest, ok := strings.CutPrefix(ref, base); ok {
					if ref = "/" + rest; ref == "/" {
						ref = "/index.html"
					}
				}
			}
			u, err := url.Parse(ref)
			if err != nil {
				t.Errorf("%s: %q: %v", name, ref, err)
				return
			}
			if u.Scheme != "" {
				return
			}
			links++
			target := name
			if u.Path != "" {
				target = path.Join(path.Dir(name), u.Path)
				if path.IsAbs(u.Path) {
					target = strings.TrimPrefix(u.Path, "/")
				}
			}
			switch have, ok := ids[target]; {
			case !ok:
				t.Errorf("%s: dead link %q", name, ref)
			case u.Fragment != "" && path.Ext(target) == ".html" && !have[u.Fragment]:
				t.Errorf("%s: dead fragment %q", name, ref)
			}
		})
	}
	if links < 500 {
		t.Errorf("only %d links were looked at", links)
	}
}

// The number of cores has no say in the bytes.
func TestParallelIsSerial(t *testing.T) {
	parallel := mustBuild(t, shipped(), nil)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	serial := mustBuild(t, shipped(), nil)
	if err := sameFiles(serial.Files, parallel.Files); err != nil {
		t.Error(err)
	}
}

// A build with a warm cache gives the bytes and the diagnostics of a cold one,
// whatever was edited in between: this is what lets an editor trust what live
// reload shows.
func TestWarmIsCold(t *testing.T) {
	t.Run("shipped", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "content"))); err != nil {
			t.Fatal(err)
		}
		warmIsCold(t, dir, 40, "Russia")
	})
	// With the texts of its articles, which are edited too.
	t.Run("harbour", func(t *testing.T) {
		steps := 150
		if testing.Short() {
			steps = 50
		}
		warmIsCold(t, filepath.Join(unpack(t, "testdata/harbour.txtar"), "content"), steps, "fares")
	})
}

func warmIsCold(t *testing.T, dir string, steps int, link string) {
	var names []string
	filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, name)
		}
		return err
	})
	original := map[string][]byte{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		original[name] = data
	}
	rng := rand.New(rand.NewPCG(1, 2))
	cache, lazyCache := NewCache(), NewCache()
	lazyOptions := options(dir)
	lazyOptions.Lazy = true
	broken, whole := 0, 0
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	for step := range steps {
		name := names[rng.IntN(len(names))]
		what := ""
		// The lazy build is told what was edited, or not, as a preview is.
		edited := []string{filepath.Join(real, strings.TrimPrefix(name, dir))}
		switch data := original[name]; rng.IntN(6) {
		case 0:
			what = "delete"
			os.Remove(name)
		case 1:
			what = "cut in half"
			os.WriteFile(name, data[:len(data)/2], 0o644)
		case 2:
			what = "add a line"
			os.WriteFile(name, append(bytes.Clone(data), "\nOne more line, on [["+link+"]].\n"...), 0o644)
		case 3:
			what = "change a word"
			os.WriteFile(name, bytes.Replace(data, []byte("the"), []byte("teh"), 1), 0o644)
		default:
			// Restoring most of the time keeps the briefing whole often
			// enough for pages to be compared, not only errors.
			what = "restore all"
			for n, d := range original {
				os.WriteFile(n, d, 0o644)
				edited = append(edited, filepath.Join(real, strings.TrimPrefix(n, dir)))
			}
		}
		if lazyOptions.Edited, lazyOptions.Idle = edited, rng.IntN(3) == 0; step == 0 || rng.IntN(5) == 0 {
			lazyOptions.Edited = nil
		}
		once := options(dir)
		once.Forget = step%2 == 0 // which nobody can tell from the result
		warm, cold := mustBuild(t, options(dir), cache), mustBuild(t, once, nil)
		if w, c := diagText(warm), diagText(cold); w != c {
			t.Fatalf("step %d (%s %s): warm diagnostics:\n%s\ncold:\n%s", step, what, name, w, c)
		}
		if err := sameFiles(warm.Files, cold.Files); err != nil {
			t.Fatalf("step %d (%s %s): %v", step, what, name, err)
		}
		lazy := mustBuild(t, lazyOptions, lazyCache)
		if l, c := diagText(lazy), diagText(cold); l != c {
			t.Fatalf("step %d (%s %s): lazy diagnostics:\n%s\ncold:\n%s", step, what, name, l, c)
		}
		if err := sameLater(lazy, cold.Files, rng); err != nil {
			t.Fatalf("step %d (%s %s): %v", step, what, name, err)
		}
		if warm.Files == nil {
			broken++
		} else {
			whole++
		}
	}
	if broken < 5 || whole < 5 {
		t.Errorf("%d broken and %d whole builds: too one-sided to prove much", broken, whole)
	}
}

// A site that is held stays as it is, whatever is built after it; one that is
// not is good for one build more.
func TestHold(t *testing.T) {
	dir := filepath.Join(unpack(t, "testdata/harbour.txtar"), "content")
	opt := options(dir)
	opt.Lazy = true
	cache := NewCache()
	name := filepath.Join(dir, "about.md")
	about, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(words string) *Result {
		t.Helper()
		if err := os.WriteFile(name, append(bytes.Clone(about), words...), 0o666); err != nil {
			t.Fatal(err)
		}
		return mustBuild(t, opt, cache)
	}
	// shows makes pages that say so: a page, and one that it mentions.
	shows := func(r *Result, words, mentions string) {
		t.Helper()
		for path, want := range map[string]string{"about.html": words, "issues/quays.html": mentions} {
			if data, _ := r.Later.Page(path)(); !bytes.Contains(data, []byte(want)) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
	}
	first := edit("\nFirst [[quays]].\n")
	release, ok := first.Hold()
	if !ok {
		t.Fatal("the latest build cannot be held")
	}
	second := edit("\nSecond [[quays]].\n")
	third := edit("\nThird [[quays]].\n")
	shows(first, "First", "First ")
	release()
	release, ok = second.Hold()
	if !ok {
		t.Fatal("the build before the latest cannot be held")
	}
	shows(second, "Second", "Second ")
	release()
	broken := edit("\nFourth [[nothing]].\n")
	if broken.Files != nil {
		t.Fatal("a broken link made a site")
	}
	edit("\nFifth [[nothing]].\n")
	if release, ok = third.Hold(); !ok {
		t.Fatal("the last good build cannot be held")
	}
	shows(third, "Third", "Third ")
	release()
	if _, ok := second.Hold(); ok {
		t.Error("a build of long ago can be held")
	}
	shows(edit("\nSixth [[quays]].\n"), "Sixth", "Sixth ")
}

// A fuse is a context that is cancelled once it was asked so many times.
type fuse struct {
	context.Context
	left atomic.Int32
}

func (f *fuse) Err() error {
	if f.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// A build for which nobody waits may be given up at any moment. The next one,
// which is told what was edited, shows that; what was not told shows once a
// build looks at everything.
func TestGivenUp(t *testing.T) {
	dir, err := filepath.EvalSymlinks(filepath.Join(unpack(t, "testdata/harbour.txtar"), "content"))
	if err != nil {
		t.Fatal(err)
	}
	opt := options(dir)
	opt.Lazy = true
	cache := NewCache()
	mustBuild(t, opt, cache)
	seen, unseen := filepath.Join(dir, "about.md"), filepath.Join(dir, "issues", "quays.md")
	original := map[string][]byte{}
	for _, name := range []string{seen, unseen} {
		if original[name], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	edit := func(name, words string) {
		if err := os.WriteFile(name, append(bytes.Clone(original[name]), words...), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	shows := func(r *Result, path, words string) bool {
		data, _ := r.Later.Page(path)()
		return bytes.Contains(data, []byte(words))
	}
	idle, told := opt, opt
	idle.Idle, told.Edited = true, []string{seen}
	done := false
	for n := 0; !done; n++ {
		edit(unseen, fmt.Sprintf("\nUnseen %d.\n", n))
		f := &fuse{Context: t.Context()}
		f.left.Store(int32(n))
		_, err := Build(f, idle, cache)
		if done = err == nil; !done && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		edit(seen, fmt.Sprintf("\nSeen %d.\n", n))
		if r := mustBuild(t, told, cache); !shows(r, "about.html", fmt.Sprintf("Seen %d.", n)) {
			t.Fatalf("given up after %d: what was told does not show", n)
		}
		r, cold := mustBuild(t, idle, cache), mustBuild(t, options(dir), nil)
		if !shows(r, "issues/quays.html", fmt.Sprintf("Unseen %d.", n)) {
			t.Fatalf("given up after %d: what was not told does not show in the end", n)
		}
		if err := sameLater(r, cold.Files, rand.New(rand.NewPCG(1, uint64(n)))); err != nil {
			t.Fatalf("given up after %d: %v", n, err)
		}
		if n > 200 {
			t.Fatal("it is never done")
		}
	}
}

// sameLater makes some of what a lazy build left, and holds that and the rest
// against the files of a whole one.
func sameLater(lazy *Result, files []output.File, rng *rand.Rand) error {
	if (lazy.Files == nil) != (files == nil) || (lazy.Later == nil) != (files == nil) {
		return fmt.Errorf("one of the two builds made files")
	}
	if files == nil {
		return nil
	}
	whole := map[string][]byte{}
	for _, f := range files {
		whole[f.Path] = f.Data
	}
	check := func(name string, data []byte) error {
		if want, ok := whole[name]; !ok || !bytes.Equal(data, want) {
			return fmt.Errorf("%s differs when it is made later", name)
		}
		return nil
	}
	paths := lazy.Later.Paths()
	made := len(lazy.Files) + len(paths)
	for _, f := range lazy.Files {
		if err := check(f.Path, f.Data); err != nil {
			return err
		}
	}
	for _, p := range paths {
		if rng.IntN(3) > 0 {
			continue
		}
		data, diags := lazy.Later.Page(p)()
		if len(diags) > 0 {
			return fmt.Errorf("%s: %v", p, diags)
		}
		if err := check(p, data); err != nil {
			return err
		}
	}
	for _, later := range []map[string][]byte{lazy.Later.Exports(), lazy.Later.Index()} {
		for path, data := range later {
			made++
			if err := check(path, data); err != nil {
				return err
			}
		}
	}
	if made != len(files) {
		return fmt.Errorf("%d files, %d in a whole build", made, len(files))
	}
	return nil
}

// A lazy build of what did not change leaves the very same pages, and one
// after a template changed leaves others of the same site.
func TestLazyAgain(t *testing.T) {
	opt := shipped()
	opt.Lazy, opt.Templates, opt.BaseURL = true, t.TempDir(), "https://example.org"
	cache := NewCache()
	first := mustBuild(t, opt, cache)
	if again := mustBuild(t, opt, cache); again.Later != first.Later || again.Plan != first.Plan {
		t.Errorf("what did not change was planned again")
	}
	note, err := os.ReadFile(filepath.Join(root, "templates", "notes.html"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(opt.Templates, "notes.html"), append(note, "<i>mine</i>"...), 0o666); err != nil {
		t.Fatal(err)
	}
	other := mustBuild(t, opt, cache)
	if other.Later == first.Later || other.Site != first.Site || other.Plan != first.Plan {
		t.Errorf("a template: the same pages, or another site")
	}
	data, _ := other.Later.Page("index.html")()
	if was, _ := first.Later.Page("index.html")(); !bytes.Contains(data, []byte("<i>mine</i>")) || bytes.Contains(was, []byte("<i>mine</i>")) {
		t.Errorf("pages are not made by their own templates")
	}
}

// A warm build of what did not change renders nothing.
func TestNothingChanged(t *testing.T) {
	cache := NewCache()
	first := mustBuild(t, shipped(), cache)
	if first.Rendered != len(first.Plan.Pages()) {
		t.Errorf("the first build rendered %d of %d pages", first.Rendered, len(first.Plan.Pages()))
	}
	again := mustBuild(t, shipped(), cache)
	if again.Rendered != 0 {
		t.Errorf("the second build rendered %d pages", again.Rendered)
	}
	for i := range again.Files {
		a, b := first.Files[i].Data, again.Files[i].Data
		if len(a) > 0 && &a[0] != &b[0] {
			t.Errorf("%s has new bytes", again.Files[i].Path)
		}
	}
}

// One changed word of one quotation, in any claim of the shipped briefing, is
// an error at its line.
func TestEditedQuotations(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "content"))); err != nil {
		t.Fatal(err)
	}
	sources, _ := filepath.Glob(filepath.Join(dir, "sources", "*.md"))
	cache := NewCache()
	tried := 0
	for _, name := range sources {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(data), "\n")
		for i, line := range lines {
			if !strings.HasPrefix(line, "> ") {
				continue
			}
			tried++
			words := strings.Fields(line)
			words[len(words)/2+1-len(words)%2] += "x"
			edited := append([]string{}, lines...)
			edited[i] = strings.Join(words, " ")
			if err := os.WriteFile(name, []byte(strings.Join(edited, "\n")), 0o644); err != nil {
				t.Fatal(err)
			}
			r, err := Check(context.Background(), options(dir), cache)
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, d := range r.Diags {
				p := d.Span.File.Position(d.Span.Start)
				found = found || d.Code == "quote/edited" && p.Line == i+1 && strings.HasSuffix(d.Span.File.Path, filepath.Base(name))
			}
			if !found {
				t.Errorf("%s:%d: the edit of %q was not found:\n%s", name, i+1, line, diagText(r))
			}
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if tried < 40 {
		t.Errorf("only %d quotations were tried", tried)
	}
}

// Files that are put are those that would be returned, and an error of who
// takes them ends the build.
func TestPut(t *testing.T) {
	want := mustBuild(t, shipped(), nil)
	var mu sync.Mutex
	got := map[string][]byte{}
	opt := shipped()
	opt.Put = func(f output.File) error {
		mu.Lock()
		defer mu.Unlock()
		if got[f.Path] != nil {
			t.Errorf("%s was put twice", f.Path)
		}
		got[f.Path] = bytes.Clone(f.Data)
		return nil
	}
	r := mustBuild(t, opt, nil)
	for i, f := range r.Files {
		if f.Data != nil || f.Path != want.Files[i].Path {
			t.Errorf("file %d is %s of %d bytes, not %s of none", i, f.Path, len(f.Data), want.Files[i].Path)
		}
		r.Files[i].Data = got[f.Path]
	}
	if err := sameFiles(r.Files, want.Files); err != nil {
		t.Error(err)
	}
	if len(got) != len(want.Files) {
		t.Errorf("%d files were put, of %d", len(got), len(want.Files))
	}

	full := errors.New("the disk is full")
	opt.Put = func(f output.File) error {
		if f.Path == "comparison.html" {
			return full
		}
		return nil
	}
	if _, err := Build(context.Background(), opt, nil); !errors.Is(err, full) {
		t.Errorf("the error is %v", err)
	}
}
