package output

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// Files come from several makers at once, in any order.
func TestStage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	d, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for generation, stats := range []Stats{
		{Written: 40, Bytes: 11 * 40}, {Unchanged: 40}, {Written: 20, Unchanged: 20, Bytes: 11 * 20},
	} {
		all = []string{"a/", "b/"}
		s := d.Begin()
		var wg sync.WaitGroup
		for i := range 40 {
			f := File{fmt.Sprintf("%c/%02d.html", 'a'+i%2, i), fmt.Appendf(nil, "page %02d, %02d", i, generation/2*(i%2))[:11]}
			all = append(all, f.Path+"="+string(f.Data))
			wg.Go(func() {
				data := append([]byte{}, f.Data...)
				if err := s.Put(File{f.Path, data}); err != nil {
					t.Error(err)
				}
				clear(data) // the stage keeps none of it
			})
		}
		wg.Wait()
		got, err := s.Commit()
		if err != nil || !reflect.DeepEqual(got, stats) {
			t.Errorf("generation %d: %+v, %v; want %+v", generation, got, err, stats)
		}
		want(t, dir, all...)
	}
}

// What is dropped leaves no trace, nor does what is refused.
func TestAbort(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	put := func(files ...string) *Stage {
		d, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		s := d.Begin()
		for _, f := range site(files...) {
			if err := s.Put(f); err != nil {
				t.Fatal(err)
			}
		}
		return s
	}
	put("index.html=home").Abort()
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder was made")
	}
	if _, err := put("index.html=home", "../x=").Commit(); err == nil || !strings.Contains(err.Error(), "not a path") {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder was made for nothing")
	}
	build(t, dir, site("index.html=home", "a/b.html=B"))
	put("index.html=house", "c/d.html=D").Abort()
	want(t, dir, "index.html=home", "a/", "a/b.html=B")
	put().Abort()
	want(t, dir, "index.html=home", "a/", "a/b.html=B")
}

// A build that died left files in the stage.
func TestDeadStage(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, stageName, "1"), "of a build that died")
	put(t, filepath.Join(dir, stageName, "7"), "likewise")
	build(t, dir, site("index.html=home"))
	want(t, dir, "index.html=home")
}

// A folder that is not there waits as a whole, and comes as a whole, with the
// folders in it; where one has come between, its files do one by one.
func TestFoldersComeWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	build(t, dir, site("index.html=home", "old/x.html=X"))
	d, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := d.Begin()
	files := site("index.html=home", "old/x.html=X", "old/y.html=Y", "a/b/c.html=C", "a/d.html=D", "e/f.html=F", "g/h.html=H")
	for _, f := range files {
		if err := s.Put(f); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.apart) != 4 {
		t.Errorf("%d folders wait as a whole", len(s.apart))
	}
	put(t, filepath.Join(dir, "e", "notes.txt"), "mine")
	if err := os.MkdirAll(filepath.Join(dir, "g"), 0o777); err != nil {
		t.Fatal(err)
	}
	got, err := s.Commit()
	if want := (Stats{Written: 5, Unchanged: 2, Bytes: 5}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
	want(t, dir, "a/", "a/b/", "a/b/c.html=C", "a/d.html=D", "e/", "e/f.html=F", "e/notes.txt=mine", "g/", "g/h.html=H",
		"index.html=home", "old/", "old/x.html=X", "old/y.html=Y")
	if stats := build(t, dir, files); stats.Unchanged != len(files) {
		t.Errorf("%+v", stats)
	}
	build(t, dir, nil)
	want(t, dir, "e/", "e/notes.txt=mine", "g/") // g is theirs
}

// Names that differ in case alone are refused for what they are, also where
// the disk does not tell them apart.
func TestCaseInNewFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	d, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, second := range []string{"a/x.html", "a/X.html"} {
		if _, err := writeAll(d, site("a/x.html=1", second+"=2")); err == nil || !strings.Contains(err.Error(), "two files of the site") {
			t.Errorf("%s: %v", second, err)
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder was made for nothing")
	}
}

// More folders than can be held open.
func TestManyFolders(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	var files []File
	var all []string
	for i := range 2*mostOpen + 5 {
		folder := fmt.Sprintf("%03d/", i)
		files = append(files, site(folder+"a=A", folder+"b=B")...)
		all = append(all, folder, folder+"a=A", folder+"b=B")
	}
	for _, stats := range []Stats{{Written: len(files), Bytes: int64(len(files))}, {Unchanged: len(files)}} {
		if got := build(t, dir, files); !reflect.DeepEqual(got, stats) {
			t.Errorf("%+v, want %+v", got, stats)
		}
		want(t, dir, all...)
	}
}
