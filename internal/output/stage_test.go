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
