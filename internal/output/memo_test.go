package output

import (
	"os"
	"path/filepath"
	"testing"
)

// reopen opens a folder that is Readout's.
func reopen(t *testing.T, dir string) *Dir {
	t.Helper()
	d, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A memo is kept for one folder in one state, outside of it.
func TestMemo(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("HOME", cache)         // where macOS looks
	t.Setenv("LocalAppData", cache) // and Windows
	dir, other := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "out")
	files := site("index.html=one", "a/b.html=two")
	build(t, dir, files)
	build(t, other, files)
	if m := reopen(t, dir).Memo(); m != nil {
		t.Errorf("there is a memo %q before one was kept", m)
	}
	before := onDisk(t, dir)
	d := reopen(t, dir)
	d.Remember([]byte("first"))
	d.Remember([]byte("a memo\nof two lines"))
	if got := string(reopen(t, dir).Memo()); got != "a memo\nof two lines" {
		t.Errorf("the memo is %q", got)
	}
	if m := reopen(t, other).Memo(); m != nil {
		t.Errorf("the memo of another folder is %q", m)
	}
	want(t, dir, before...)
	names, err := filepath.Glob(filepath.Join(cache, "*", "*", "*"))
	if more, _ := filepath.Glob(filepath.Join(cache, "*", "*", "*", "*")); err != nil || len(names)+len(more) != 1 {
		t.Fatalf("the cache holds %q and %q", names, more)
	}
	if info, err := os.Stat(names[0]); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read the memo: %v, %v", info.Mode(), err)
	}

	// A write that changes nothing leaves it, and any other makes it void.
	if s := build(t, dir, files); s.Unchanged != 2 {
		t.Fatalf("%+v", s)
	}
	if reopen(t, dir).Memo() == nil {
		t.Error("a write of what is there made the memo void")
	}
	build(t, dir, site("index.html=one", "a/b.html=2"))
	if m := reopen(t, dir).Memo(); m != nil {
		t.Errorf("the memo of another state is %q", m)
	}
	build(t, dir, files)
	if reopen(t, dir).Memo() == nil {
		t.Error("there is no memo of a state that came back")
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if m := reopen(t, dir).Memo(); m != nil {
		t.Errorf("the memo of a folder that is gone is %q", m)
	}

	// What is kept of folders that are gone goes, and nothing else.
	mine := filepath.Join(filepath.Dir(names[0]), "notes")
	put(t, mine, "not a memo")
	reopen(t, other).Remember([]byte("new"))
	if _, err := os.Stat(names[0]); err == nil {
		t.Error("the memo of a folder that is gone is still there")
	}
	if _, err := os.Stat(mine); err != nil {
		t.Error("a file of somebody else's was deleted")
	}
	if got := string(reopen(t, other).Memo()); got != "new" {
		t.Errorf("the memo is %q", got)
	}
}

// Where nothing can be kept nothing is, and nobody minds.
func TestNoMemo(t *testing.T) {
	for _, name := range []string{"XDG_CACHE_HOME", "HOME", "LocalAppData"} {
		t.Setenv(name, "")
	}
	dir := filepath.Join(t.TempDir(), "out")
	build(t, dir, site("index.html=one"))
	d := reopen(t, dir)
	d.Remember([]byte("memo"))
	if m := d.Memo(); m != nil {
		t.Errorf("the memo is %q", m)
	}
	file := filepath.Join(t.TempDir(), "file")
	put(t, file, "where a folder should be")
	t.Setenv("XDG_CACHE_HOME", file)
	d.Remember([]byte("memo"))
	if m := d.Memo(); m != nil {
		t.Errorf("the memo is %q", m)
	}
}

// A look finds every change of what Readout wrote, and nothing else.
func TestLook(t *testing.T) {
	dir := t.TempDir()
	files := site("index.html=one", "a/b.html=two", "empty=")
	build(t, dir, files)
	changed := func() (names []string) {
		l := reopen(t, dir).Look()
		defer l.Close()
		for i := range l.Len() {
			if !l.Intact(i) {
				names = append(names, l.paths[i])
			}
		}
		return names
	}
	same := func(what string, want ...string) {
		t.Helper()
		got := changed()
		if len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
			t.Errorf("%s: %q are changed, want %q", what, got, want)
		}
	}
	same("at once")
	if n := reopen(t, dir).Files(); n != 3 {
		t.Errorf("it holds %d files", n)
	}
	put(t, filepath.Join(dir, "mine.html"), "mine")
	same("with a file of somebody else's")

	info, err := os.Stat(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "index.html"), "eno")
	os.Chtimes(filepath.Join(dir, "index.html"), info.ModTime(), info.ModTime())
	same("after an edit that keeps size and time", "index.html")
	build(t, dir, files)
	same("after a write")

	put(t, filepath.Join(dir, "empty"), "x")
	same("after an addition", "empty")
	os.Remove(filepath.Join(dir, "empty"))
	same("after a deletion", "empty")
	os.Mkdir(filepath.Join(dir, "empty"), 0o777)
	same("with a folder for a file", "empty")
	os.Remove(filepath.Join(dir, "empty"))
	build(t, dir, files)

	os.RemoveAll(filepath.Join(dir, "a"))
	same("without a folder", "a/", "a/b.html")
	put(t, filepath.Join(dir, "a"), "a file")
	same("with a file for a folder", "a/", "a/b.html")
	os.RemoveAll(dir)
	if l := (&Dir{path: dir}).Look(); l.Len() != 0 {
		t.Error("a folder that is gone holds files")
	}
}
