// Package output writes to disk, and nothing else does.
//
// It makes an output folder hold the files of a built site, beside whatever
// others have put there:
//
//   - A file is written only if its bytes differ from what is there: an
//     unchanged site is not touched and keeps its times.
//   - A file is written under another name and renamed when all are, a folder
//     that is new with all its files at once. Whoever
//     reads the folder meanwhile, or after a build that died or filled the
//     disk half-way, sees whole files.
//   - Only what Readout wrote is ever replaced or deleted. The manifest, a
//     file named .readout-manifest in the folder, lists it: a checksum
//     (CRC-32C), the size and the path of each file, and each folder made, as
//     a path with a slash at its end, all in the order of their paths. A
//     listed file that is no longer part of the site is deleted, unless
//     somebody changed it since; a listed folder goes when it is empty.
//   - Nothing leads out of the folder: no path, and no link met on the way.
//     Names that some system cannot store, and names that differ only in
//     case, are refused on all systems.
//
// Files are taken while they are made ([Stage]), so that a site is never held
// as a whole: what is new or differs waits in a folder beside the others,
// .readout-stage. Once the last has come, all that can be known is checked:
// the paths, and that nothing of somebody else's is in the way. Then the
// manifest is extended by what is about to be put into its place, orphans go,
// the files follow, and the manifest is cut to what is there. A build that
// dies between leaves a manifest that lists too much, never too little, and
// the next one mends it.
//
// What a build has to tell the next one into the same folder ([Dir.Remember])
// is no file of the site and stands elsewhere.
//
// Checksums find changes made by others, not by an adversary.
package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A File is one file of the site.
type File struct {
	Path string // relative to the folder, with forward slashes
	Data []byte
}

// Stats says what a write did.
type Stats struct {
	Written, Unchanged, Deleted int   // files
	Bytes                       int64 // of the files written
	// Kept are files that Readout wrote once and that are no longer part of
	// the site, but were changed by somebody since. They stay where they are,
	// and from now on are none of Readout's.
	Kept []string
}

const (
	manifestName = ".readout-manifest"
	newName      = ".readout-new"   // a file until it is whole
	stageName    = ".readout-stage" // a folder of files until all are there
)

// A Dir is an output folder.
type Dir struct {
	path string
	old  manifest // as read or last written
}

// Open looks at the output folder at path, which need not exist, and changes
// nothing. It fails if the folder holds files and no manifest: then it is not
// Readout's to write to. Names that begin with a point do not count as files
// there, so that a folder may be a git work tree.
func Open(path string) (*Dir, error) {
	d := &Dir{path: path, old: manifest{}}
	entries, err := os.ReadDir(path)
	if errors.Is(err, fs.ErrNotExist) {
		return d, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the output folder cannot be read: %w", err)
	}
	list := filepath.Join(path, manifestName)
	data, err := os.ReadFile(list)
	if err == nil {
		if d.old, err = parseManifest(data); err != nil {
			return nil, fmt.Errorf("%s: %w; delete the folder's contents, then build again", list, err)
		}
		return d, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the output folder's manifest cannot be read: %w", err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			return nil, fmt.Errorf("the output folder %s holds files that Readout did not write (%s is one); "+
				"choose another with --out, or create an empty file %s to let Readout write beside them", path, e.Name(), list)
		}
	}
	return d, nil
}

// WriteFile makes the file at path hold data, if it does not yet, and reports
// whether it did not. A file that is there is replaced whole and keeps its
// permissions; a link is followed. Missing folders are made.
//
// It is for what an editor keeps, the lock file or an imported text, and
// waits until the disk has it.
func WriteFile(path string, data []byte) (changed bool, err error) {
	if p, err := filepath.EvalSymlinks(path); err == nil {
		path = p
	}
	folder, name := filepath.Split(path)
	folder = filepath.Clean(folder)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return false, err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return false, err
	}
	defer root.Close()
	var c comparer
	state, err := c.compare(root, nil, File{name, data})
	if err != nil || state == same {
		return false, err
	}
	if err := replace(root, name, data, true); err != nil {
		return false, fmt.Errorf("write %s: %w", path, err)
	}
	return true, nil
}

// MakeExecutable lets the file at path be run by whoever may read it.
func MakeExecutable(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	mode := info.Mode().Perm()
	return os.Chmod(path, mode|mode>>2&0o111)
}

// Create makes a file that is written as it comes, and the folders above it. It
// replaces what is there.
func Create(path string) (io.WriteCloser, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, err
	}
	return os.Create(path)
}

// MakeFolder makes an empty folder, and those above it.
func MakeFolder(path string) error { return os.MkdirAll(path, 0o777) }
