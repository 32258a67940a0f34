package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"readout/internal/build"
)

// A checkout of 5,000 files, each by a rename, is built a few times at most,
// and shows its last state.
func TestCheckout(t *testing.T) {
	files := map[string]string{"index.html": "home"}
	n := 5000
	if testing.Short() {
		n = 1000
	}
	name := func(i int) string { return fmt.Sprintf("d%02d/%04d.html", i%50, i) }
	for i := range n {
		files[name(i)] = "before"
	}
	s := start(t, files)
	before := s.rest()
	for i := range n {
		s.write(name(i), "after")
	}
	s.becomes("/"+name(n-1), "after")
	// One or two, on a machine that has nothing else to do.
	if got := s.rest() - before; got > 20 {
		t.Errorf("%d builds for one checkout", got)
	}
	for i := range n {
		if _, body := s.get("/" + name(i)); !strings.HasPrefix(body, "after") {
			t.Fatalf("%s is %q", name(i), body)
		}
	}
}

// Whatever editors and others do to the files of a briefing, in whatever order
// and however fast, what is shown in the end is what a clean build makes.
func TestStormOfEverything(t *testing.T) {
	a, err := txtar.ParseFile("../build/testdata/harbour.txtar")
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, dir: filepath.Join(t.TempDir(), "content")}
	original := map[string]string{}
	var names []string
	for _, f := range a.Files {
		if name, ok := strings.CutPrefix(f.Name, "content/"); ok {
			original[name] = string(f.Data)
			names = append(names, name)
			s.write(name, original[name])
		}
	}
	cache := build.NewCache()
	opt := build.Options{Content: s.dir, Drafts: true, Lazy: true, Embedded: os.DirFS("../..")}
	var builds, told atomic.Int32
	s.run(Options{
		Addr: "127.0.0.1:0", Watch: []string{s.dir}, Content: s.dir,
		Build: func(ctx context.Context, c Change) (*build.Result, error) {
			if builds.Add(1); c.Files != nil {
				told.Add(1)
			}
			opt.Edited, opt.Idle = c.Files, c.Idle
			return build.Build(ctx, opt, cache)
		},
	})
	rng := rand.New(rand.NewPCG(3, 4))
	pick := func() string { return names[rng.IntN(len(names))] }
	// An operation may meet what an earlier one has left.
	allow := func(err error) {
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrExist) {
			t.Helper()
			t.Fatal(err)
		}
	}
	restore := func() {
		entries, err := os.ReadDir(s.dir)
		s.do(err)
		for _, e := range entries {
			if _, ok := original[e.Name()]; !ok && !strings.Contains(strings.Join(names, " "), e.Name()+"/") {
				s.do(os.RemoveAll(s.path(e.Name())))
			}
		}
		for _, name := range names {
			s.write(name, original[name])
		}
	}
	steps := 250
	if testing.Short() {
		steps = 120
	}
	for step := range steps {
		name := pick()
		path := s.path(name)
		switch rng.IntN(14) {
		case 0: // a file saved half-way, and whole
			s.do(os.MkdirAll(filepath.Dir(path), 0o777))
			s.do(os.WriteFile(path, []byte(original[name][:len(original[name])/2]), 0o666))
			time.Sleep(time.Duration(rng.IntN(20)) * time.Millisecond)
			s.do(os.WriteFile(path, []byte(original[name]), 0o666))
		case 1: // as vim saves: a number that vanishes, a backup, a swap file
			s.do(os.WriteFile(s.path("4913"), nil, 0o666))
			s.do(os.Remove(s.path("4913")))
			allow(os.Rename(path, path+"~"))
			s.write(name, original[name]+"\nSaved.\n")
			allow(os.Remove(path + "~"))
		case 2: // as JetBrains saves
			temp := path + "___jb_tmp___"
			s.do(os.MkdirAll(filepath.Dir(path), 0o777))
			s.do(os.WriteFile(temp, []byte(original[name]+"\nMore.\n"), 0o666))
			allow(os.Rename(path, path+"___jb_old___"))
			s.do(os.Rename(temp, path))
			allow(os.Remove(path + "___jb_old___"))
		case 3:
			allow(os.Remove(path))
		case 4: // appears and vanishes
			s.write("passing.md", "---\ntitle: Passing\n---\n")
			if rng.IntN(2) == 0 {
				time.Sleep(10 * time.Millisecond)
			}
			s.do(os.Remove(s.path("passing.md")))
		case 5: // a folder is renamed, and back
			allow(os.Rename(s.path("sources"), s.path("elsewhere")))
			time.Sleep(time.Duration(rng.IntN(20)) * time.Millisecond)
			allow(os.Rename(s.path("elsewhere"), s.path("sources")))
		case 6: // a folder comes with files in it
			aside := filepath.Join(filepath.Dir(s.dir), "aside")
			s.do(os.MkdirAll(aside, 0o777))
			s.do(os.WriteFile(filepath.Join(aside, "new.md"), []byte("---\nname: New\ntype: person\n---\n"), 0o666))
			s.do(os.RemoveAll(s.path("actors/more")))
			s.do(os.MkdirAll(s.path("actors"), 0o777))
			s.do(os.Rename(aside, s.path("actors/more")))
		case 7: // a clock that jumps back
			s.write(name, original[name]+fmt.Sprintf("\nAt %d.\n", step))
			s.do(os.Chtimes(path, time.Unix(0, 0), time.Unix(0, 0)))
		case 8: // a file takes the place of another one
			other := pick()
			if filepath.Ext(name) == filepath.Ext(other) && filepath.Dir(name) == filepath.Dir(other) {
				allow(os.Rename(s.path(other), path))
			}
		case 9: // a checkout
			restore()
		default:
			s.write(name, original[name]+fmt.Sprintf("\nSave %d.\n", step))
		}
		time.Sleep(time.Duration(rng.IntN(25)) * time.Millisecond)
	}
	restore()
	s.write("about.md", original["about.md"]+"\nThe very last word.\n")
	s.becomes("/about.html", "The very last word.")
	time.Sleep(idle / 2) // before everything is looked at again

	clean, err := build.Build(t.Context(), build.Options{Content: s.dir, Drafts: true, Embedded: os.DirFS("../..")}, nil)
	s.do(err)
	if clean.Files == nil {
		t.Fatalf("the briefing is not whole again: %v", clean.Diags)
	}
	own := regexp.MustCompile(`<link rel="stylesheet" href="/_readout/page.css">.*</body>`)
	for _, f := range clean.Files {
		_, body := s.get("/" + f.Path)
		if body = own.ReplaceAllString(body, "</body>"); body != string(f.Data) {
			t.Errorf("%s is not that of a clean build", f.Path)
		}
	}
	if told, all := told.Load(), builds.Load(); told < 10 || all-told < 5 {
		t.Errorf("%d builds, of which %d were told what was edited: too one-sided to prove much", all, told)
	}
}
