package output

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// site makes files from "path=content" strings.
func site(specs ...string) []File {
	var files []File
	for _, s := range specs {
		p, data, _ := strings.Cut(s, "=")
		files = append(files, File{p, []byte(data)})
	}
	return files
}

// onDisk returns what a folder holds, as site takes it, folders with a slash
// at the end, without the manifest.
func onDisk(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		rel = filepath.ToSlash(rel)
		switch {
		case e.IsDir():
			all = append(all, rel+"/")
		case rel != manifestName:
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			all = append(all, rel+"="+string(data))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func want(t *testing.T, dir string, all ...string) {
	t.Helper()
	slices.Sort(all)
	got := onDisk(t, dir)
	slices.Sort(got)
	if !slices.Equal(got, all) {
		t.Errorf("on disk:\n got %q\nwant %q", got, all)
	}
}

// build opens the folder and writes the files, as one run of the command does.
func build(t *testing.T, dir string, files []File) Stats {
	t.Helper()
	d, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	stats, err := writeAll(d, files)
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

// writeAll puts all files and commits.
func writeAll(d *Dir, files []File) (Stats, error) {
	s := d.Begin()
	for _, f := range files {
		if err := s.Put(f); err != nil {
			s.Abort()
			return Stats{}, err
		}
	}
	return s.Commit()
}

// put writes a file as somebody else would.
func put(t *testing.T, path, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there")
	steps := []struct {
		name  string
		files []File
		stats Stats
		disk  []string
	}{
		{
			"the first build", site("index.html=home", "actors/a.html=A", "data/deep/x.json={}"),
			Stats{Written: 3, Bytes: 7},
			[]string{"index.html=home", "actors/", "actors/a.html=A", "data/", "data/deep/", "data/deep/x.json={}"},
		},
		{
			"nothing changed", site("index.html=home", "actors/a.html=A", "data/deep/x.json={}"),
			Stats{Unchanged: 3},
			[]string{"index.html=home", "actors/", "actors/a.html=A", "data/", "data/deep/", "data/deep/x.json={}"},
		},
		{
			"one changed, one new", site("index.html=house", "actors/a.html=A", "actors/b.html=B", "data/deep/x.json={}"),
			Stats{Written: 2, Unchanged: 2, Bytes: 6},
			[]string{"index.html=house", "actors/", "actors/a.html=A", "actors/b.html=B", "data/", "data/deep/", "data/deep/x.json={}"},
		},
		{
			"same length, other bytes", site("index.html=mouse", "actors/a.html=A", "actors/b.html=B", "data/deep/x.json={}"),
			Stats{Written: 1, Unchanged: 3, Bytes: 5},
			[]string{"index.html=mouse", "actors/", "actors/a.html=A", "actors/b.html=B", "data/", "data/deep/", "data/deep/x.json={}"},
		},
		{
			"orphans and the folders they empty", site("index.html=mouse", "actors/b.html=B"),
			Stats{Unchanged: 2, Deleted: 2},
			[]string{"index.html=mouse", "actors/", "actors/b.html=B"},
		},
		{
			"a folder where a file was", site("index.html/x=mouse", "actors/b.html=B"),
			Stats{Written: 1, Unchanged: 1, Deleted: 1, Bytes: 5},
			[]string{"index.html/", "index.html/x=mouse", "actors/", "actors/b.html=B"},
		},
		{
			"a file where a folder was", site("index.html=home", "actors=all"),
			Stats{Written: 2, Deleted: 2, Bytes: 7},
			[]string{"index.html=home", "actors=all"},
		},
		{"no file at all", nil, Stats{Deleted: 2}, nil},
	}
	for _, step := range steps {
		if got := build(t, dir, step.files); !reflect.DeepEqual(got, step.stats) {
			t.Errorf("%s: %+v, want %+v", step.name, got, step.stats)
		}
		want(t, dir, step.disk...)
	}
}

// TestManifest checks the file itself: it is read by later versions.
func TestManifest(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, site("b.html=123456789", "a/c.html="))
	got, err := os.ReadFile(filepath.Join(dir, manifestName))
	// 0xe3069283 is the check value of CRC-32C.
	want := manifestHead + "a/\n00000000 0 a/c.html\ne3069283 9 b.html\n"
	if err != nil || string(got) != want {
		t.Errorf("manifest, %v:\n got %q\nwant %q", err, got, want)
	}
}

func TestUnchangedIsNotTouched(t *testing.T) {
	dir := t.TempDir()
	files := site("index.html=home", "actors/a.html=A")
	build(t, dir, files)
	old := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	paths := []string{"index.html", "actors/a.html", manifestName}
	for _, p := range paths {
		if err := os.Chtimes(filepath.Join(dir, p), old, old); err != nil {
			t.Fatal(err)
		}
	}
	build(t, dir, files)
	for _, p := range paths {
		info, err := os.Stat(filepath.Join(dir, p))
		if err != nil || !info.ModTime().Equal(old) {
			t.Errorf("%s was touched: %v, %v", p, info.ModTime(), err)
		}
	}
}

// TestReplacedWhole checks that a reader who has the old file open keeps all
// of it.
func TestReplacedWhole(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, site("index.html=the old page"))
	old, err := os.Open(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	build(t, dir, site("index.html=new"))
	var b bytes.Buffer
	if _, err := b.ReadFrom(old); err != nil || b.String() != "the old page" {
		t.Errorf("the open file now reads %q, %v", b.String(), err)
	}
	want(t, dir, "index.html=new")
}

func TestForeignFilesStay(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, site("index.html=home", "actors/a.html=A", "actors/b.html=B"))
	put(t, filepath.Join(dir, "CNAME"), "example.org")
	put(t, filepath.Join(dir, "actors", "notes.txt"), "mine")
	put(t, filepath.Join(dir, "other", "x"), "mine, too")
	build(t, dir, site("index.html=home"))
	want(t, dir, "index.html=home", "CNAME=example.org", "actors/", "actors/notes.txt=mine", "other/", "other/x=mine, too")
}

func TestFolderOfOthersStays(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, manifestName), "")
	if err := os.Mkdir(filepath.Join(dir, "actors"), 0o777); err != nil {
		t.Fatal(err)
	}
	build(t, dir, site("actors/a.html=A"))
	build(t, dir, nil)
	want(t, dir, "actors/")
}

func TestForeignFileInTheWay(t *testing.T) {
	for _, test := range []struct{ foreign, file string }{
		{"about.html", "about.html"},
		{"actors", "actors/a.html"},
		{"about.html/x", "about.html"},
	} {
		dir := t.TempDir()
		build(t, dir, site("index.html=home"))
		put(t, filepath.Join(dir, test.foreign), "mine")
		before := onDisk(t, dir)
		d, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		_, err = writeAll(d, site("index.html=changed", test.file+"=ours"))
		message := "output folder " + dir + ": " + test.file + " is in the way, and Readout did not write it: move it or delete it, then build again"
		if err == nil || err.Error() != message {
			t.Errorf("%s over %s: %v\nwant %s", test.file, test.foreign, err, message)
		}
		want(t, dir, before...)
	}
}

func TestForeignFileWithOurBytesIsAdopted(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, manifestName), "")
	put(t, filepath.Join(dir, "index.html"), "home")
	if got := build(t, dir, site("index.html=home")); got.Unchanged != 1 {
		t.Errorf("%+v, want one unchanged", got)
	}
	build(t, dir, nil)
	want(t, dir)
}

func TestChangedOrphanIsKept(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, site("a.html=A", "b.html=B"))
	put(t, filepath.Join(dir, "a.html"), "mine now")
	got := build(t, dir, nil)
	if want := (Stats{Deleted: 1, Kept: []string{"a.html"}}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := build(t, dir, nil); got.Kept != nil {
		t.Errorf("kept a second time: %+v", got)
	}
	want(t, dir, "a.html=mine now")
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "thesis.txt"), "years of work")
	list := filepath.Join(dir, manifestName)
	_, err := Open(dir)
	if want := "the output folder " + dir + " holds files that Readout did not write (thesis.txt is one); " +
		"choose another with --out, or create an empty file " + list + " to let Readout write beside them"; err == nil || err.Error() != want {
		t.Errorf("a folder of somebody else's: %v\nwant %s", err, want)
	}
	put(t, list, "")
	build(t, dir, site("index.html=home"))
	want(t, dir, "thesis.txt=years of work", "index.html=home")

	if _, err := Open(filepath.Join(dir, "thesis.txt")); err == nil {
		t.Error("a file was taken for a folder")
	}

	worktree := t.TempDir()
	put(t, filepath.Join(worktree, ".git"), "gitdir: elsewhere")
	build(t, worktree, site("index.html=home"))
	want(t, worktree, ".git=gitdir: elsewhere", "index.html=home")
}

func TestDamagedManifest(t *testing.T) {
	for line, problem := range map[string]string{
		"nonsense":            "line 2 of the manifest is damaged",
		"00000000 x a.html":   "line 2 of the manifest is damaged",
		"00000000 0 ../a":     `line 2 of the manifest is damaged: "../a" is not a path within the output folder`,
		"/":                   `line 2 of the manifest is damaged: "" is not a path within the output folder`,
		"00000000 0 /etc/x":   `line 2 of the manifest is damaged: "/etc/x" is not a path within the output folder`,
		"00000000 0 a\\..\\b": `line 2 of the manifest is damaged: "a\\..\\b" cannot be the name of a file on every system: it has '\\'`,
	} {
		dir := t.TempDir()
		put(t, filepath.Join(dir, manifestName), manifestHead+line+"\n")
		_, err := Open(dir)
		if want := filepath.Join(dir, manifestName) + ": " + problem + "; delete the folder's contents, then build again"; err == nil || err.Error() != want {
			t.Errorf("%q: %v\nwant %s", line, err, want)
		}
	}
}

func TestPathsRefused(t *testing.T) {
	for _, test := range []struct {
		files   []File
		problem string
	}{
		{site("../x="), `"../x" is not a path within the output folder`},
		{site("/etc/x="), `"/etc/x" is not a path within the output folder`},
		{site("a/../../x="), `"a/../../x" is not a path within the output folder`},
		{site("a//x="), `"a//x" is not a path within the output folder`},
		{site("="), `"" is not a path within the output folder`},
		{site(".="), `"." is not a path within the output folder`},
		{site("a\xff="), `"a\xff" is not a path within the output folder`},
		{site(".readout-manifest="), ".readout-manifest is a name that Readout keeps for itself"},
		{site(".readout-stage/1="), ".readout-stage/1 is a name that Readout keeps for itself"},
		{site(`a\b=`), `"a\\b" cannot be the name of a file on every system: it has '\\'`},
		{site("C:x="), `"C:x" cannot be the name of a file on every system: it has ':'`},
		{site("a\tb="), `"a\tb" cannot be the name of a file on every system: it has '\t'`},
		{site("actors/con.html="), `"actors/con.html" cannot be the name of a file on every system: on Windows con is a device`},
		{site("LPT1="), `"LPT1" cannot be the name of a file on every system: on Windows LPT1 is a device`},
		{site("a./x="), `"a./x" cannot be the name of a file on every system: Windows takes no point or space at the end`},
		{site(strings.Repeat("я", 128) + "="), `"` + strings.Repeat("я", 128) + `" cannot be the name of a file on every system: it has over 255 bytes`},
		{site("a=", "a="), "two files of the site have one name: a"},
		{site("a/Logo.svg=", "a/logo.svg="), "two files of the site differ only in case, which some systems do not tell apart: a/Logo.svg and a/logo.svg"},
		{site("a=", "a/b="), "a is a file of the site, and a folder for others"},
		{site("../x=", "../y="), "\"../x\" is not a path within the output folder\n\"../y\" is not a path within the output folder"},
	} {
		dir := filepath.Join(t.TempDir(), "out")
		d, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := writeAll(d, test.files); err == nil || err.Error() != test.problem {
			t.Errorf("%q: %v\nwant %s", test.files[0].Path, err, test.problem)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%q: the folder was made", test.files[0].Path)
		}
	}
	for _, p := range []string{"console.html", "con-man.html", "a b.html", ".nojekyll", "issues/володимир.html", "com10", "x..y"} {
		if err := checkPath(p); err != nil {
			t.Errorf("%s: %v", p, err)
		}
	}
}

func TestManyErrorsAreCounted(t *testing.T) {
	var files []staged
	for i := range 20 {
		files = append(files, staged{path: fmt.Sprintf("../%d", i)})
	}
	err := checkPaths(files)
	if lines := strings.Split(err.Error(), "\n"); len(lines) != 9 || lines[8] != "and 12 more" {
		t.Errorf("%v", err)
	}
}

func TestLinksDoNotLeadOut(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("making a link takes a privilege on Windows")
	}
	outside, dir := t.TempDir(), t.TempDir()
	put(t, filepath.Join(outside, "a.html"), "theirs")
	put(t, filepath.Join(dir, manifestName), "")
	if err := os.Symlink(outside, filepath.Join(dir, "actors")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outside, "a.html"), filepath.Join(dir, "b.html")); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{"actors/a.html", "actors/new.html", "b.html"} {
		d, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := writeAll(d, []File{{p, []byte("ours")}}); err == nil || !strings.Contains(err.Error(), "escapes") {
			t.Errorf("%s: %v", p, err)
		}
	}
	want(t, outside, "a.html=theirs")
}

// TestBrokenOff breaks a build off at every point at which it writes, and
// checks that every file is whole and that the next build mends the folder.
func TestBrokenOff(t *testing.T) {
	before := site("index.html=home", "a.html=A", "b.html=B", "old/x.html=X")
	after := site("index.html=house", "a.html=A", "b.html=BB", "new/y.html=Y")
	final := []string{"index.html=house", "a.html=A", "b.html=BB", "new/", "new/y.html=Y"}
	whole := make(map[string]bool)
	for _, f := range slices.Concat(before, after) {
		whole[f.Path+"="+string(f.Data)] = true
	}
	for done := range len(after) {
		dir := t.TempDir()
		build(t, dir, before)
		d, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		stage := d.Begin()
		for _, f := range after {
			if err := stage.Put(f); err != nil {
				t.Fatal(err)
			}
		}
		w := write{root: stage.root, old: d.old, next: manifest{}, apart: stage.close()}
		if err := w.plan(stage.files); err != nil {
			t.Fatal(err)
		}
		w.files = w.files[:done]
		next := w.next
		w.next = w.old.union(next) // what the manifest says until all is written
		w.orphans = w.orphans[:min(done, len(w.orphans))]
		if err := w.apply(); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, newName), "half of a fi")
		put(t, filepath.Join(dir, stageName, "1"), "half of a fi")
		stage.root.Close()
		for _, f := range onDisk(t, dir) {
			if !strings.HasSuffix(f, "/") && !strings.HasPrefix(f, newName) && !strings.HasPrefix(f, stageName) && !whole[f] {
				t.Errorf("broken off after %d: %s is neither old nor new", done, f)
			}
		}
		build(t, dir, after)
		want(t, dir, final...)
		build(t, dir, nil)
		want(t, dir)
	}
}

// TestFailure checks that a write that the system stops half-way says so, and
// that the same Dir can then write again.
func TestFailure(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, site("a/x.html=X", "b.html=B"))
	put(t, filepath.Join(dir, "a", "notes.txt"), "mine") // so that the folder cannot give way to a file
	d, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	stats, err := writeAll(d, site("0.html=0", "a=A", "b.html=BB"))
	if err == nil || !strings.HasPrefix(err.Error(), "output folder "+dir+": write a: ") {
		t.Errorf("wrote a file where a folder is: %v", err)
	}
	if want := (Stats{Written: 1, Deleted: 1, Bytes: 1}); !reflect.DeepEqual(stats, want) {
		t.Errorf("%+v, want %+v", stats, want)
	}
	want(t, dir, "0.html=0", "a/", "a/notes.txt=mine", "b.html=B")
	if _, err := writeAll(d, site("a/x.html=XX", "b.html=BB")); err != nil {
		t.Error(err)
	}
	want(t, dir, "a/", "a/notes.txt=mine", "a/x.html=XX", "b.html=BB")
}

func TestManifestRoundTrip(t *testing.T) {
	m := manifest{}
	for i := range 100 {
		m.add(fmt.Sprintf("folder %d/ä %d.html", i%7, i), sumOf([]byte{byte(i)}))
	}
	m.add("folder 1/ä 1.html", sumOf([]byte("again")))
	m["folder 1/"] = nil
	got, err := parseManifest(m.marshal())
	if err != nil || !maps.EqualFunc(got, m, slices.Equal) {
		t.Errorf("%v: %v", err, got)
	}
}

func FuzzParseManifest(f *testing.F) {
	f.Add([]byte(""))
	f.Add([]byte(manifestHead + "a/\n00000000 0 a/c.html\r\ne3069283 9 b.html\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := parseManifest(data)
		if err != nil {
			return
		}
		again, err := parseManifest(m.marshal())
		if err != nil || !maps.EqualFunc(again, m, slices.Equal) {
			t.Errorf("%q: %v, then %v, %v", data, m, again, err)
		}
		for p := range m {
			if !filepath.IsLocal(filepath.FromSlash(p)) {
				t.Errorf("%q: lists %q", data, p)
			}
		}
	})
}

func TestWriteFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "private", "quotes.lock")
	step := func(data string, want bool) {
		t.Helper()
		changed, err := WriteFile(path, []byte(data))
		if err != nil || changed != want {
			t.Errorf("changed %v, %v; want %v", changed, err, want)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != data {
			t.Errorf("reads %q, %v; want %q", got, err, data)
		}
	}
	step("one\n", true)
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	old := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	step("one\n", false)
	if info, err := os.Stat(path); err != nil || !info.ModTime().Equal(old) {
		t.Errorf("an unchanged file was touched: %v, %v", info.ModTime(), err)
	}
	step("two\n", true)
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("permissions are now %v, %v", info.Mode(), err)
	}
	step("", true)
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("beside it lie %v, %v", left, err)
	}
}

func TestWriteFileFollowsLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("making a link takes a privilege on Windows")
	}
	real, link := filepath.Join(t.TempDir(), "real.md"), filepath.Join(t.TempDir(), "link.md")
	put(t, real, "old")
	if err := os.Symlink(real, link); err != nil {
		t.Fatal(err)
	}
	if _, err := WriteFile(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(real); err != nil || string(got) != "new" {
		t.Errorf("the file behind the link reads %q, %v", got, err)
	}
}

// BenchmarkWrite writes 10,000 pages of 16 kB: into an empty folder, over the
// same pages, and over other ones.
func BenchmarkWrite(b *testing.B) {
	folders := []string{"actors", "meetings", "issues", "sources"}
	pages := func(generation int) []File {
		body := bytes.Repeat([]byte("<p>A line of sixty-four bytes, so that 256 make up a whole page\n"), 256)
		files := make([]File, 10_000)
		for i := range files {
			files[i] = File{fmt.Sprintf("%s/some-page-%d.html", folders[i%len(folders)], i), slices.Concat(fmt.Appendf(nil, "%06d %06d\n", generation, i), body)}
		}
		return files
	}
	write := func(b *testing.B, dir string, files []File) {
		b.Helper()
		d, err := Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := writeAll(d, files); err != nil {
			b.Fatal(err)
		}
	}
	even, odd := pages(0), pages(1)
	b.Run("new", func(b *testing.B) {
		n := 0
		dir := b.TempDir()
		for b.Loop() {
			write(b, filepath.Join(dir, fmt.Sprint(n)), even)
			n++
		}
	})
	dir := b.TempDir()
	write(b, dir, even)
	b.Run("unchanged", func(b *testing.B) {
		for b.Loop() {
			write(b, dir, even)
		}
	})
	b.Run("changed", func(b *testing.B) {
		n := 0
		for b.Loop() {
			n++
			write(b, dir, [][]File{even, odd}[n%2])
		}
	})
}
