package ingest

import (
	"bytes"
	"embed"
	"io/fs"
	"slices"
	"strings"
)

// A File is a file of a new briefing.
type File struct {
	Path       string // with forward slashes, below the new folder
	Data       []byte
	Executable bool
}

//go:embed all:skeleton
var skeleton embed.FS

// Init returns the files of an empty briefing, sorted by path: settings, a
// home page, a page about it, a folder for each kind of record, a README, and
// what git, GitHub Pages, VS Code and Obsidian need. It builds without a
// message.
//
// The workflow for GitHub Pages builds the program from the repository that a
// variable of the briefing's own repository names, since nothing else can tell
// where the program is to be had; it does nothing until the variable is set.
func Init(title string) []File {
	title = or(tidy(title), "Untitled briefing")
	var list []File
	err := fs.WalkDir(skeleton, "skeleton", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := skeleton.ReadFile(name)
		if err != nil {
			return err
		}
		name = strings.TrimPrefix(name, "skeleton/")
		if name == "README.md" {
			data = bytes.Replace(data, []byte("TITLE"), []byte(escaped(title, true)), 1)
		}
		list = append(list, File{Path: name, Data: data, Executable: strings.HasPrefix(name, ".githooks/")})
		return nil
	})
	if err != nil {
		panic(err) // an embedded file cannot fail to be read
	}
	list = append(list, File{Path: "content/site.yaml", Data: settings(title)})
	slices.SortFunc(list, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return list
}

// settings returns site.yaml, with what an editor will want to set.
func settings(title string) []byte {
	var f front
	f.set("title", title)
	f.set("language", "en")
	f.b.WriteString(`
# Take away the "# " where you know what to write.
# tagline: One line under the title
# publisher: Who publishes the briefing
# base_url: https://example.org/briefing/
# repository: https://github.com/owner/name
# license: CC-BY-4.0
# columns: [one-party, another-party]
`)
	return f.b.Bytes()
}
