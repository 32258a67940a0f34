package serve

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Without the system's help every change is seen too, if later.
func TestPoll(t *testing.T) {
	s := startWith(t, map[string]string{"index.html": "one", "a/b.html": "one"}, Options{Poll: true})
	s.becomes("/", "one")
	s.write("index.html", "two")
	s.write("new/folder/c.html", "made")
	s.do(os.Remove(s.path("a/b.html")))
	s.becomes("/", "two")
	s.becomes("/new/folder/c.html", "made")
	s.becomes("/a/b.html", "")
	s.do(os.Rename(s.path("new"), s.path("old")))
	s.do(os.WriteFile(s.path("index.html"), []byte("six"), 0o666)) // as long as it was
	s.becomes("/old/folder/c.html", "made")
	s.becomes("/", "six")
	s.becomes("/new/folder/c.html", "")
}

// Where the system watches no more folders, the watcher looks for itself, and
// says so in one line.
func TestWatchLimit(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := &watcher{
		roots: []string{dir}, ignore: func(string) bool { return false }, bursts: make(chan burst, 1),
		system: func() (*fsnotify.Watcher, error) { return nil, fmt.Errorf("inotify: %w", syscall.EMFILE) },
	}
	w.now, err = w.watchAll()
	if err == nil || !strings.Contains(err.Error(), "too many open files") || !strings.Contains(err.Error(), "fs.inotify.max_user_watches") || strings.Contains(err.Error(), "\n") {
		t.Errorf("it says: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go w.run(ctx)
	name := filepath.Join(dir, "x.md")
	if err := os.WriteFile(name, []byte("new"), 0o666); err != nil {
		t.Fatal(err)
	}
	select {
	case b := <-w.bursts:
		if c := b.change(); len(c.Files) != 1 || c.Files[0] != name {
			t.Errorf("%+v", c)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("no burst")
	}
}

// Once in a while everything is read, since not every change has another size
// or time.
func TestPollReadsAll(t *testing.T) {
	w := &watcher{}
	p := w.newPoll()
	for i := range pollRounds {
		if got, want := len(p.round(w)), (i+1)/pollRounds; got != want {
			t.Errorf("round %d: %d names, want %d", i, got, want)
		}
	}
}
