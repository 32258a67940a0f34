package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// A write is what [Stage.Commit] does: first finding out what is to be done,
// then doing it.
type write struct {
	root      *os.Root
	old, next manifest
	files     []staged
	folders   []string          // to be made, outer ones first
	apart     map[string]string // names in the stage of those that wait there with all their files
	orphans   []string          // listed in old and not in next
	stats     Stats
}

// plan finds out what is to be done, and what forbids it.
func (w *write) plan(files []staged) error {
	for _, f := range files {
		w.next.add(f.path, f.sum)
	}
	w.files = files
	var errs []error
	for _, f := range files {
		switch {
		case f.err != nil:
			errs = append(errs, f.err)
		case f.was == same:
			w.stats.Unchanged++
		case f.was != missing && !w.mayReplace(f.path, f.was):
			errs = append(errs, fmt.Errorf("%s is in the way, and Readout did not write it: move it or delete it, then build again", f.path))
		}
	}
	for _, folder := range foldersOf(files) {
		info, err := w.root.Stat(folder)
		there := err == nil && info.IsDir()
		if !there {
			w.folders = append(w.folders, folder)
		}
		if !there || w.old.has(folder+"/") {
			w.next[folder+"/"] = nil
		}
	}
	for p := range w.old {
		if !w.next.has(p) {
			w.orphans = append(w.orphans, p)
		}
	}
	slices.Sort(w.orphans)
	return join(errs)
}

// join joins errors, and only counts them after the first few.
func join(errs []error) error {
	const few = 8
	if n := len(errs) - few; n > 1 {
		errs = append(errs[:few:few], fmt.Errorf("and %d more", n))
	}
	return errors.Join(errs...)
}

// mayReplace reports whether what stands at a path is Readout's.
func (w *write) mayReplace(p string, state state) bool {
	switch state {
	case isFolder:
		return w.old.has(p + "/")
	case underFile:
		for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
			if w.old.has(dir) {
				return true
			}
		}
		return false
	}
	if w.old.has(p) {
		return true
	}
	// Where case does not count it may be listed under another spelling.
	for o := range w.old {
		if strings.EqualFold(o, p) && w.sameFile(o, p) {
			return true
		}
	}
	return false
}

func (w *write) sameFile(a, b string) bool {
	x, errX := w.root.Lstat(a)
	y, errY := w.root.Lstat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// needless reports whether the folder is as it should be.
func (w *write) needless() bool {
	return w.stats.Unchanged == len(w.files) && len(w.folders)+len(w.orphans) == 0 && maps.EqualFunc(w.old, w.next, slices.Equal)
}

// apply does what was planned. Orphans go first: one of them may be a file
// where a folder is to be made, or the other way round.
func (w *write) apply() error {
	if err := w.save(w.old.union(w.next)); err != nil {
		return err
	}
	if err := w.deleteOrphans(); err != nil {
		return err
	}
	inside := map[string]bool{} // folders that are in this one, links followed
	whole := map[string]bool{}  // folders that all their files came with
	for _, folder := range w.folders {
		if from, ok := w.apart[folder]; ok && w.within(path.Dir(folder)) == nil && w.rename(from, folder) == nil {
			whole[folder] = true
			continue
		}
		if err := w.root.Mkdir(folder, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	for _, f := range w.files {
		if f.was == same {
			continue
		}
		dir := path.Dir(f.path)
		if whole[dir] && strings.HasPrefix(f.name, w.apart[dir]+"/") {
			w.written(f)
			continue
		}
		if !inside[dir] {
			if err := w.within(dir); err != nil {
				return fmt.Errorf("write %s: %w", f.path, err)
			}
			inside[dir] = true
		}
		if err := w.rename(f.name, f.path); err != nil {
			return fmt.Errorf("write %s: %w", f.path, err)
		}
		w.written(f)
	}
	return w.save(w.next)
}

func (w *write) written(f staged) {
	w.stats.Written++
	w.stats.Bytes += f.sum.size
}

// rename puts a file or a folder of the stage into its place. By their whole
// names: to rename within a root opens every folder on the way to both, for
// each file again.
func (w *write) rename(from, to string) error {
	return os.Rename(filepath.Join(w.root.Name(), stageName, filepath.FromSlash(from)), filepath.Join(w.root.Name(), filepath.FromSlash(to)))
}

// within fails for a folder that is not in the output folder.
func (w *write) within(dir string) error {
	folder, err := w.root.OpenRoot(dir)
	if err != nil {
		return err
	}
	return folder.Close()
}

// deleteOrphans deletes the files that are listed, not needed, and still as
// they were written, and then the listed folders that this has emptied.
func (w *write) deleteOrphans() error {
	if len(w.orphans) == 0 {
		return nil
	}
	spellings := make(map[string]string, len(w.files))
	for _, f := range w.files {
		spellings[strings.ToLower(f.path)] = f.path
	}
	for _, p := range slices.Backward(w.orphans) { // what is in a folder comes before the folder
		if folder, ok := strings.CutSuffix(p, "/"); ok {
			// Fails for a folder that holds files of others, rightly.
			w.root.Remove(folder)
			continue
		}
		if n, ok := spellings[strings.ToLower(p)]; ok && w.sameFile(p, n) {
			continue
		}
		data, err := w.root.ReadFile(p)
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
			continue
		case err != nil || !slices.Contains(w.old[p], sumOf(data)):
			w.stats.Kept = append(w.stats.Kept, p)
			continue
		}
		if err := w.root.Remove(p); err != nil {
			return err
		}
		w.stats.Deleted++
	}
	slices.Sort(w.stats.Kept)
	return nil
}

// save writes the manifest.
func (w *write) save(m manifest) error {
	return replace(w.root, manifestName, m.marshal(), false)
}

// replace writes a file whole: under another name, then renamed. With keep,
// the file has the permissions that it had, and the disk has the bytes before
// the name.
func replace(root *os.Root, name string, data []byte, keep bool) (err error) {
	f, err := root.Create(newName)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			root.Remove(newName)
		}
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if keep {
		if info, err := root.Stat(name); err == nil {
			if err := f.Chmod(info.Mode().Perm()); err != nil {
				return err
			}
		}
		if err := f.Sync(); err != nil {
			return err
		}
	}
	if err := f.Close(); err != nil {
		return err
	}
	return root.Rename(newName, name)
}

// noPoll spares five system calls for each file that is opened: package os
// would try whether the file can be waited for, which a file on disk cannot.
// For reading and writing one the flag means nothing.
const noPoll = syscall.O_NONBLOCK

// create writes a file that is not there yet.
func create(root *os.Root, name string, data []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL|noPoll, 0o666)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		root.Remove(name)
		return err
	}
	return f.Close()
}

// A state is what stands at a path.
type state uint8

const (
	missing   state = iota
	same            // a file with the bytes that it should have
	differs         // a file with other bytes
	isFolder        // a folder
	underFile       // nothing, since a file stands where its folder should be
)

// A comparer compares files with what is on disk, in one buffer for many.
type comparer struct{ buf []byte }

// compare compares a file with what stands at its path: in folder, where that
// is known to be the file's folder, and else in root.
func (c *comparer) compare(root, folder *os.Root, f File) (state, error) {
	name := f.Path
	if folder != nil {
		root, name = folder, path.Base(name)
	}
	r, err := root.OpenFile(name, os.O_RDONLY|noPoll, 0)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return missing, nil
	case errors.Is(err, syscall.ENOTDIR):
		return underFile, nil
	case err != nil:
		return missing, err
	}
	defer r.Close()
	info, err := r.Stat()
	switch {
	case err != nil:
		return missing, err
	case info.IsDir():
		return isFolder, nil
	case info.Size() != int64(len(f.Data)):
		return differs, nil
	}
	c.buf = slices.Grow(c.buf[:0], len(f.Data))[:len(f.Data)]
	if _, err := io.ReadFull(r, c.buf); err != nil {
		return missing, err
	}
	if bytes.Equal(c.buf, f.Data) {
		return same, nil
	}
	return differs, nil
}

// holds reports whether there is a file with this sum.
func (c *comparer) holds(root *os.Root, name string, want sum) bool {
	f, err := root.OpenFile(name, os.O_RDONLY|noPoll, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() != want.size {
		return false
	}
	c.buf = slices.Grow(c.buf[:0], int(want.size))[:want.size]
	if _, err := io.ReadFull(f, c.buf); err != nil {
		return false
	}
	return sumOf(c.buf) == want
}
