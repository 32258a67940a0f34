package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// What a build has to say to the next one into the same folder is kept where
// the system keeps what can be made again (os.UserCacheDir), in a file for
// each output folder, and not in the folder, which is published: a memo may
// hold words of private texts. It counts only as long as the folder's manifest
// is the one that the build wrote. Without such a place nothing is kept.

const memoHead = "What a build left for the next one. Kept by Readout, which can do without.\n"

// Memo returns what was last given to [Dir.Remember], or nothing where that
// was about another state of the folder.
func (d *Dir) Memo() []byte {
	folder, name, err := d.memoFile()
	if err != nil {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		return nil
	}
	memo, ok := bytes.CutPrefix(data, d.memoStart())
	if !ok {
		return nil
	}
	return memo
}

// Remember keeps a memo about the folder as it is now. That it could not be
// kept is no error.
func (d *Dir) Remember(memo []byte) {
	folder, name, err := d.memoFile()
	if err != nil || os.MkdirAll(folder, 0o700) != nil {
		return
	}
	if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
		dropMemos(folder)
	}
	f, err := os.CreateTemp(folder, name+"-*")
	if err != nil {
		return
	}
	_, err = f.Write(append(d.memoStart(), memo...))
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), filepath.Join(folder, name))
	}
	if err != nil {
		os.Remove(f.Name())
	}
}

// memoFile returns where the memo of this folder is kept.
func (d *Dir) memoFile() (folder, name string, err error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", "", err
	}
	where, err := filepath.Abs(d.path)
	if err != nil {
		return "", "", err
	}
	sum := sha256.Sum256([]byte(where))
	return filepath.Join(cache, "readout", "builds"), hex.EncodeToString(sum[:16]), nil
}

// memoStart returns how the memo's file begins: with the folder and a digest
// of its manifest.
func (d *Dir) memoStart() []byte {
	where, _ := filepath.Abs(d.path)
	return fmt.Appendf(nil, "%s%q\n%x\n", memoHead, where, sha256.Sum256(d.old.marshal()))
}

// dropMemos deletes the memos of folders that are no more.
func dropMemos(folder string) {
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		name := filepath.Join(folder, e.Name())
		if where, ok := memoOf(name); ok {
			if _, err := os.Stat(where); errors.Is(err, fs.ErrNotExist) {
				os.Remove(name)
			}
		}
	}
}

// memoOf returns the folder that a memo is about; ok is false for a file that
// is none.
func memoOf(name string) (where string, ok bool) {
	f, err := os.Open(name)
	if err != nil {
		return "", false
	}
	defer f.Close()
	start := make([]byte, len(memoHead)+4096)
	n, _ := io.ReadFull(f, start)
	line, ok := strings.CutPrefix(string(start[:n]), memoHead)
	if !ok {
		return "", false
	}
	line, _, _ = strings.Cut(line, "\n")
	where, err = strconv.Unquote(line)
	return where, err == nil
}

// Files returns how many files Readout has in the folder.
func (d *Dir) Files() int {
	n := 0
	for name := range d.old {
		if !strings.HasSuffix(name, "/") {
			n++
		}
	}
	return n
}

// A Look looks at what Readout wrote into a folder, file by file.
type Look struct {
	root    *os.Root
	folders folders
	old     manifest
	paths   []string
}

// Look begins to look at the files and folders that the manifest lists.
// [Look.Close] must end it.
func (d *Dir) Look() *Look {
	root, err := os.OpenRoot(d.path)
	if err != nil {
		return &Look{}
	}
	l := &Look{root: root, old: d.old, paths: make([]string, 0, len(d.old))}
	for name := range d.old {
		l.paths = append(l.paths, name)
	}
	slices.Sort(l.paths)
	return l
}

// Len returns how many there are.
func (l *Look) Len() int { return len(l.paths) }

// Intact reports whether one of them is there as it was written. It may be
// called by several goroutines.
func (l *Look) Intact(i int) bool {
	name := l.paths[i]
	if folder, ok := strings.CutSuffix(name, "/"); ok {
		info, err := l.root.Stat(folder)
		return err == nil && info.IsDir()
	}
	c := comparers.Get().(*comparer)
	defer comparers.Put(c)
	sums := l.old[name]
	root := l.root
	if folder, _ := l.folders.of(root, name); folder != nil {
		root, name = folder, path.Base(name)
	}
	return len(sums) == 1 && c.holds(root, name, sums[0])
}

// Close ends the look.
func (l *Look) Close() {
	if l.root != nil {
		l.folders.close()
		l.root.Close()
	}
}
