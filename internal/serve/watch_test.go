package serve

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

func TestSaves(t *testing.T) {
	s := start(t, map[string]string{"index.html": "one", "a/deep/b.html": "one"})
	s.becomes("/", "one")
	s.write("index.html", "two")
	s.becomes("/", "two")
	s.write("a/deep/b.html", "two")
	s.becomes("/a/deep/b.html", "two")
	s.do(os.WriteFile(s.path("index.html"), []byte("in place"), 0o666))
	s.becomes("/", "in place")
	s.do(os.Remove(s.path("a/deep/b.html")))
	s.becomes("/a/deep/b.html", "")
}

func TestFolderWithFilesInIt(t *testing.T) {
	s := start(t, map[string]string{"index.html": "home"})
	aside := filepath.Join(filepath.Dir(s.dir), "aside")
	s.do(os.MkdirAll(filepath.Join(aside, "x", "y"), 0o777))
	s.do(os.WriteFile(filepath.Join(aside, "x", "y", "p.html"), []byte("moved in"), 0o666))
	s.do(os.Rename(aside, s.path("sub")))
	s.becomes("/sub/x/y/p.html", "moved in")
	// The folders that came with it are watched too.
	s.write("sub/x/y/p.html", "changed")
	s.becomes("/sub/x/y/p.html", "changed")
	s.write("new/folders/at/once/p.html", "made")
	s.becomes("/new/folders/at/once/p.html", "made")
	s.write("new/folders/at/once/p.html", "made again")
	s.becomes("/new/folders/at/once/p.html", "made again")
}

func TestRenamedFolder(t *testing.T) {
	s := start(t, map[string]string{"index.html": "home", "old/in/p.html": "one", "old/q.html": "one"})
	s.do(os.Rename(s.path("old"), s.path("new")))
	s.becomes("/new/in/p.html", "one")
	s.becomes("/old/in/p.html", "")
	s.write("new/in/p.html", "two")
	s.becomes("/new/in/p.html", "two")
	s.write("new/q.html", "two")
	s.becomes("/new/q.html", "two")
	// A folder in a renamed one, and the former name used again.
	s.write("new/in/sub/r.html", "one")
	s.becomes("/new/in/sub/r.html", "one")
	s.write("old/in/p.html", "again")
	s.becomes("/old/in/p.html", "again")
	s.write("new/in/p.html", "three")
	s.becomes("/new/in/p.html", "three")
	s.do(os.RemoveAll(s.path("new")))
	s.becomes("/new/q.html", "")
}

func TestRootThatComesAndGoes(t *testing.T) {
	top := t.TempDir()
	s := &site{t: t, dir: filepath.Join(top, "not", "yet", "there")}
	s.run(Options{Addr: "127.0.0.1:0", Watch: []string{s.dir}})
	s.write("index.html", "came")
	s.becomes("/", "came")
	s.write("index.html", "changed")
	s.becomes("/", "changed")
	s.do(os.RemoveAll(filepath.Join(top, "not")))
	s.becomes("/", "")
	s.write("index.html", "came back")
	s.becomes("/", "came back")
	s.do(os.Rename(s.dir, s.dir+"-aside"))
	s.becomes("/", "")
	s.do(os.Rename(s.dir+"-aside", s.dir))
	s.becomes("/", "came back")
}

func TestLinkedRoot(t *testing.T) {
	top := t.TempDir()
	s := &site{t: t, dir: filepath.Join(top, "link") + string(filepath.Separator)}
	s.do(os.MkdirAll(filepath.Join(top, "real"), 0o777))
	s.do(os.Symlink("real", filepath.Join(top, "link")))
	s.run(Options{Addr: "127.0.0.1:0", Watch: []string{s.dir}})
	s.write("index.html", "through the link")
	s.becomes("/", "through the link")
}

func TestNothingOfTheSite(t *testing.T) {
	s := start(t, map[string]string{"index.html": "home"})
	n := s.rest()
	st := s.listen("/")
	st.next()
	for _, name := range []string{".index.html.swp", "index.html~", "4913", "#index.html#", ".git/HEAD"} {
		s.do(os.MkdirAll(filepath.Dir(s.path(name)), 0o777))
		s.do(os.WriteFile(s.path(name), []byte("x"), 0o666))
		s.do(os.Remove(s.path(name)))
	}
	s.do(os.Chmod(s.path("index.html"), 0o600))
	// What stands beside a watched folder is none of its business.
	s.do(os.WriteFile(s.dir+"-beside", []byte("x"), 0o666))
	if got := s.rest(); got != n {
		t.Errorf("%d needless builds:\n%s", got-n, s.logged())
	}
	// The same bytes again are built, and tell nobody.
	s.write("index.html", "home")
	if got := s.rest(); got != n+1 {
		t.Errorf("%d builds for one save", got-n)
	}
	st.silent()
}

func TestStorm(t *testing.T) {
	s := start(t, map[string]string{"index.html": "home"})
	n := s.rest()
	const files = 2000
	for i := range files {
		dir := s.path(fmt.Sprintf("d%02d", i%40))
		s.do(os.MkdirAll(dir, 0o777))
		s.do(os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.html", i)), []byte("stormy"), 0o666))
	}
	s.becomes(fmt.Sprintf("/d%02d/%d.html", (files-1)%40, files-1), "stormy")
	// One or two, on a machine that has nothing else to do.
	if got := s.rest() - n; got > 20 {
		t.Errorf("%d builds for one storm", got)
	}
	for i := range files {
		if status, _ := s.get(fmt.Sprintf("/d%02d/%d.html", i%40, i)); status != 200 {
			t.Fatalf("file %d is missing", i)
		}
	}
}

// How events become bursts, by a clock of the test's own.
func TestBursts(t *testing.T) {
	for _, tt := range []struct {
		name   string
		events int
		every  time.Duration
		bursts []int
	}{
		{"a save", 4, time.Millisecond, []int{4}},
		{"two saves", 2, 20 * time.Millisecond, []int{1, 1}},
		{"a slow writer", 30, 5 * time.Millisecond, []int{20, 10}},
		{"a checkout", 1500, time.Millisecond, []int{1500}},
		{"a checkout that stalls", 1500 / 50, 50 * time.Millisecond, slices.Repeat([]int{1}, 30)},
		{"no end", 5000, time.Millisecond, []int{2000, 2000, 1000}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				events := make(chan fsnotify.Event)
				w := &watcher{
					ignore: func(string) bool { return false },
					bursts: make(chan burst, 1),
					now:    watches{events: events, dirs: map[string]string{"/c": "/c"}},
				}
				ctx, cancel := context.WithCancel(t.Context())
				go w.run(ctx)
				go func() {
					for range tt.events {
						events <- fsnotify.Event{Name: "/c/x.md", Op: fsnotify.Write}
						time.Sleep(tt.every)
					}
					time.Sleep(time.Minute)
					cancel()
				}()
				var got []int
				for {
					select {
					case b := <-w.bursts:
						got = append(got, b.count)
						continue
					case <-ctx.Done():
					}
					break
				}
				if !slices.Equal(got, tt.bursts) {
					t.Errorf("bursts of %v, want %v", got, tt.bursts)
				}
			})
		})
	}
}

// A queue that ran over may have lost anything: everything is looked at again.
func TestOverflow(t *testing.T) {
	errs := make(chan error)
	w := &watcher{ignore: func(string) bool { return false }, bursts: make(chan burst, 1), now: watches{errors: errs}}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go w.run(ctx)
	errs <- fsnotify.ErrEventOverflow
	if b := <-w.bursts; b.count != 1 || b.trouble != "" {
		t.Errorf("%+v", b)
	}
}

func TestChangeDuringBuild(t *testing.T) {
	s := start(t, map[string]string{"index.html": "one"})
	s.slow.Store(int64(150 * time.Millisecond))
	s.write("index.html", "two")
	time.Sleep(60 * time.Millisecond)
	s.write("index.html", "three")
	s.becomes("/", "three")
}

func TestShown(t *testing.T) {
	s := start(t, map[string]string{"index.html": "one"})
	s.write("index.html", "two")
	s.becomes("/", "two")
	for range 100 {
		if strings.Contains(s.logged(), "content/index.html: 1 file changed, in ") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("the log does not say what changed:\n%s", s.logged())
}
