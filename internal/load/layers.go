package load

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A Layered is a file of the topmost layer that has it.
type Layered struct {
	Name  string
	Layer fs.FS
}

// Merge lists the files of layers, topmost first, each name once, sorted. A
// layer that does not exist is empty.
func Merge(layers ...fs.FS) ([]Layered, error) {
	seen := map[string]bool{}
	var files []Layered
	for _, layer := range layers {
		err := fs.WalkDir(layer, ".", func(name string, e fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return nil
			case err != nil:
				return err
			case name != "." && ignored(e.Name()):
				if e.IsDir() {
					return fs.SkipDir
				}
			case !e.IsDir() && !seen[name]:
				seen[name] = true
				files = append(files, Layered{name, layer})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(files, func(a, b Layered) int { return strings.Compare(a.Name, b.Name) })
	return files, nil
}

// A TextFolder is a place where the texts of articles are looked for.
type TextFolder struct {
	FS     fs.FS
	Prefix string // as shown to the user
}

// FindText returns the text of an article: the file of this name in the first
// folder that has one, and its path as shown to the user. ok is false where
// no folder has it; the error is the file system's.
//
// An accent in the name may be a character of its own in the folder and none in
// the record, or the other way round: a file from a Mac often has it so.
func FindText(folders []TextFolder, name string) (data []byte, shown string, ok bool, err error) {
	if !fs.ValidPath(name) {
		return nil, "", false, nil
	}
	names := []string{name}
	for _, form := range []norm.Form{norm.NFC, norm.NFD} {
		if other := form.String(name); !slices.Contains(names, other) {
			names = append(names, other)
		}
	}
	for _, f := range folders {
		for _, name := range names {
			data, err := fs.ReadFile(f.FS, name)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				continue
			case err != nil:
				return nil, "", false, err
			}
			return data, path.Join(f.Prefix, name), true, nil
		}
	}
	return nil, "", false, nil
}
