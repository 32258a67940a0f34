package load

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/unicode"

	"readout/internal/diag"
	"readout/internal/markdown"
	"readout/internal/record"
)

func files(names ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for _, n := range names {
		m[n] = &fstest.MapFile{Data: []byte("of " + n)}
	}
	return m
}

func TestScan(t *testing.T) {
	fsys := files(
		"site.yaml", "quotes.lock", "index.md", "about.md", "README.md",
		"actors/a.md", "actors/people/b.md", "meetings/m.md", "issues/i.md", "sources/s.md", "sources/s.txt",
		"private/secret.md", "private/secret.txt", ".obsidian/app.json", ".git/config", "actors/.a.md.swp", "actors/a.md~", "actors/4913",
		"images/map.PNG", "sources/table.csv",
		"actor/wrong.md", "notes/x.md", "actors/saved.html", "stray.txt", "site.yml", "tool.exe",
	)
	l, err := Scan(fsys, "content")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range l.Records {
		got = append(got, e.Kind.String()+" "+e.Name)
	}
	want := []string{
		"page about.md", "actor actors/a.md", "actor actors/people/b.md", "page index.md", "issue issues/i.md",
		"meeting meetings/m.md", "site site.yaml", "source sources/s.md",
	}
	if !slices.Equal(got, want) {
		t.Errorf("records %q, want %q", got, want)
	}
	if want := []string{"images/map.PNG", "sources/table.csv"}; !slices.Equal(l.Assets, want) || !l.Lock {
		t.Errorf("assets %q, want %q; lock %v", l.Assets, want, l.Lock)
	}
	l.Diags.Sort()
	var b bytes.Buffer
	for _, d := range l.Diags {
		b.WriteString(d.Span.String() + " " + d.Severity.String() + " " + d.Code + "\n")
	}
	const diags = `content/actor/wrong.md:1:1 error load/folder
content/actors/saved.html:1:1 error load/article
content/notes/x.md:1:1 error load/folder
content/site.yml:1:1 warning load/unused
content/stray.txt:1:1 error load/article
content/tool.exe:1:1 warning load/unused
`
	if b.String() != diags {
		t.Errorf("got\n%swant\n%s", b.String(), diags)
	}
}

func TestScanNoFolder(t *testing.T) {
	if _, err := Scan(fstest.MapFS{}, "content"); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
}

func TestIgnored(t *testing.T) {
	for name, want := range map[string]bool{
		"actors/a.md": false, "private/x.txt": false, "actors/.a.md.swp": true, ".obsidian/workspace": true,
		"sources/a.md~": true, "actors/#a.md#": true, "actors/~$a.md": true, "README.md": true,
		"actors/a.md___jb_tmp___": true, "actors/a.md___jb_old___": true,
	} {
		if got := Ignored(name); got != want {
			t.Errorf("Ignored(%q) = %v", name, got)
		}
	}
}

func TestMerge(t *testing.T) {
	top, bottom := files("base.html", "own.html"), files("base.html", "actor.html", "sub/x.html")
	list, err := Merge(top, bottom)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range list {
		layer := "bottom"
		if _, ok := f.Layer.(fstest.MapFS)["own.html"]; ok {
			layer = "top"
		}
		got = append(got, layer+" "+f.Name)
	}
	want := []string{"bottom actor.html", "top base.html", "top own.html", "bottom sub/x.html"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestFindText(t *testing.T) {
	folders := []TextFolder{{files("b.txt"), "content/sources"}, {files("a.txt", "b.txt", "fa\u0308hre.txt", "\u00fc.txt"), "content/private"}}
	for name, want := range map[string]string{
		"a.txt": "content/private/a.txt", "b.txt": "content/sources/b.txt", "f\u00e4hre.txt": "content/private/fa\u0308hre.txt", "u\u0308.txt": "content/private/\u00fc.txt", "c.txt": "", "../a.txt": "", "/a.txt": "",
	} {
		_, shown, ok, err := FindText(folders, name)
		if err != nil || shown != want || ok != (want != "") {
			t.Errorf("FindText(%q) = %q, %v, %v", name, shown, ok, err)
		}
	}
}

// TestParseEncoding holds that a file which is not UTF-8 is one mistake, and
// hides no other where it can be read.
func TestParseEncoding(t *testing.T) {
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("---\ntitle: About\n---\nText.\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ data, want string }{
		{"---\ntitle: About\n---\nfa\xe7ade\n", "about.md:4:3 load/encoding 0xE7"},
		{"---\ntitle: \xc5bout\ncolour: x\n---\n", "about.md:3:1 front/unknown-field about.md:2:8 load/encoding 0xC5"},
		{wide, "about.md:1:1 load/encoding UTF-16"},
		{"\xEF\xBB\xBF---\r\ntitle: About\r\n---\r\nText.\r\n", ""},
	} {
		_, diags := Parse(Entry{"about.md", record.KindPage}, diag.NewFile("about.md", []byte(c.data)), markdown.New(markdown.Options{}))
		var got []string
		for _, d := range diags {
			got = append(got, d.Span.String(), d.Code)
			for _, word := range []string{"0xE7", "0xC5", "UTF-16"} {
				if d.Code == "load/encoding" && strings.Contains(strings.Join(d.Notes, " "), word) {
					got = append(got, word)
				}
			}
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("%q: %s, want %s", c.data, got, c.want)
		}
	}
}
