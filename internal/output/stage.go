package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A Stage takes the files of a site while they are made, so that nobody has to
// hold them all. What is not yet on disk as it should be waits in a folder
// that no reader sees, stageName; [Stage.Commit] puts it into its place.
type Stage struct {
	dir *Dir

	mu      sync.Mutex
	root    *os.Root // nil until the first file
	made    bool     // the output folder was not there
	folders folders
	files   []staged
	stage   *os.Root            // the folder of the stage; nil until the first file that waits
	waits   int                 // files and folders in it
	apart   map[string]*os.Root // its folders that will become folders of the output, by path
}

// A staged is a file of the site without its bytes.
type staged struct {
	path string
	sum  sum
	was  state
	name string // path in the stage; "" where the disk has it, or must not
	err  error
}

// Begin begins a write. [Stage.Commit] or [Stage.Abort] must end it.
func (d *Dir) Begin() *Stage { return &Stage{dir: d} }

// Put takes a file. It may be called by several goroutines, and keeps nothing
// of the file's bytes. The error is the system's; what is wrong with the file
// itself is said by Commit, for all files at once.
func (s *Stage) Put(f File) error {
	one := staged{path: f.Path}
	if one.err = checkPath(f.Path); one.err != nil {
		s.add(one)
		return nil
	}
	root, err := s.open()
	if err != nil {
		return err
	}
	one.sum = sumOf(f.Data)
	folder, absent := s.folders.of(root, f.Path)
	if !absent {
		c := comparers.Get().(*comparer)
		one.was, one.err = c.compare(root, folder, f)
		comparers.Put(c)
	}
	if one.err == nil && one.was != same {
		if one.name, err = s.keep(f, absent); err != nil {
			return fmt.Errorf("output folder %s: write %s: %w", s.dir.path, f.Path, err)
		}
	}
	s.add(one)
	return nil
}

var comparers = sync.Pool{New: func() any { return new(comparer) }}

func (s *Stage) add(one staged) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files = append(s.files, one)
}

// open returns the output folder, which it makes if need be.
func (s *Stage) open() (*os.Root, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.root != nil {
		return s.root, nil
	}
	if _, err := os.Stat(s.dir.path); errors.Is(err, fs.ErrNotExist) {
		s.made = true
	}
	if err := os.MkdirAll(s.dir.path, 0o777); err != nil {
		return nil, fmt.Errorf("the output folder cannot be made: %w", err)
	}
	root, err := os.OpenRoot(s.dir.path)
	if err != nil {
		return nil, fmt.Errorf("the output folder cannot be opened: %w", err)
	}
	s.root = root
	return root, nil
}

// keep writes a file to where it waits, and returns its path there. One whose
// folder is absent waits in a folder that can be put into its place whole:
// to rename a thousand files one by one takes a fiftieth of a build.
func (s *Stage) keep(f File, absent bool) (string, error) {
	if absent {
		folder, err := s.folder(path.Dir(f.Path))
		if err != nil {
			return "", err
		}
		if folder != nil {
			name := path.Base(f.Path)
			// There is one where names differ in case at the most, and Commit
			// will say so.
			if err := create(folder, name, f.Data); !errors.Is(err, fs.ErrExist) {
				return path.Join(filepath.Base(folder.Name()), name), err
			}
		}
	}
	stage, name, err := s.wait()
	if err != nil {
		return "", err
	}
	return name, create(stage, name, f.Data)
}

// folder returns the folder of the stage in which the files of one wait that
// the output lacks, or nil when there are enough of these.
func (s *Stage) folder(dir string) (*os.Root, error) {
	s.mu.Lock()
	folder, enough := s.apart[dir], len(s.apart) >= mostOpen
	s.mu.Unlock()
	if folder != nil || enough {
		return folder, nil
	}
	stage, name, err := s.wait()
	if err != nil {
		return nil, err
	}
	if err := stage.Mkdir(name, 0o777); err != nil {
		return nil, err
	}
	made, err := stage.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if folder := s.apart[dir]; folder != nil { // somebody else was faster
		return folder, made.Close()
	}
	if s.apart == nil {
		s.apart = map[string]*os.Root{}
	}
	s.apart[dir] = made
	return made, nil
}

// wait returns the folder of the stage, and a name that is free there.
func (s *Stage) wait() (*os.Root, string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stage == nil {
		// What a build that died left there.
		if err := s.root.RemoveAll(stageName); err != nil {
			return nil, "", err
		}
		if err := s.root.Mkdir(stageName, 0o777); err != nil {
			return nil, "", err
		}
		stage, err := s.root.OpenRoot(stageName)
		if err != nil {
			return nil, "", err
		}
		s.stage = stage
	}
	s.waits++
	return s.stage, strconv.Itoa(s.waits), nil
}

// Commit makes the folder hold the files that were put, and returns what that
// took. On an error other than the system's, as by a full disk, nothing has
// changed.
func (s *Stage) Commit() (Stats, error) {
	defer s.end()
	slices.SortFunc(s.files, func(a, b staged) int { return strings.Compare(a.path, b.path) })
	if err := checkPaths(s.files); err != nil {
		return Stats{}, err
	}
	root, err := s.open()
	if err != nil {
		return Stats{}, err
	}
	d := s.dir
	w := write{root: root, old: d.old, next: make(manifest, len(s.files)), apart: s.close()}
	if err := w.plan(s.files); err != nil {
		return Stats{}, fmt.Errorf("output folder %s: %w", d.path, err)
	}
	s.made = false
	if w.needless() {
		return w.stats, nil
	}
	if err := w.apply(); err != nil {
		// What is on disk now, the extended manifest says.
		d.old = d.old.union(w.next)
		return w.stats, fmt.Errorf("output folder %s: %w", d.path, err)
	}
	d.old = w.next
	return w.stats, nil
}

// Abort drops what was put: the folder is as it was. After Commit it does
// nothing.
func (s *Stage) Abort() { s.end() }

func (s *Stage) end() {
	if s.root == nil {
		return
	}
	s.folders.close()
	s.close()
	if s.stage != nil {
		s.stage.Close()
	}
	s.root.RemoveAll(stageName) // that of a build that died, if there was none
	s.root.Close()
	if s.made {
		os.Remove(s.dir.path) // only if it is empty
	}
	s.root, s.stage, s.files, s.waits, s.made = nil, nil, nil, 0, false
}

// close closes the folders of the stage, without which some systems would not
// rename them, and returns the name there of each.
func (s *Stage) close() map[string]string {
	names := make(map[string]string, len(s.apart))
	for dir, folder := range s.apart {
		names[dir] = filepath.Base(folder.Name())
		folder.Close()
	}
	s.apart = nil
	return names
}

// Folders are those of the files, each opened once: a file's path is then one
// name, where each name of a longer one would be opened on the way.
type folders struct {
	mu   sync.Mutex
	open map[string]folder
}

// A folder is one that was opened, or was not there; neither where it could
// not be opened for another reason.
type folder struct {
	root   *os.Root
	absent bool
}

// mostOpen is how many folders are held open at a time; a file of any other is
// found by its whole path.
const mostOpen = 100

// of returns the folder of a path, or nil where that is not known, and whether
// it is known not to be there.
func (f *folders) of(root *os.Root, name string) (dir *os.Root, absent bool) {
	in := path.Dir(name)
	if in == "." {
		return root, false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	one, known := f.open[in]
	if !known && len(f.open) < mostOpen {
		var err error
		one.root, err = root.OpenRoot(in)
		one.absent = errors.Is(err, fs.ErrNotExist)
		if f.open == nil {
			f.open = map[string]folder{}
		}
		f.open[in] = one
	}
	return one.root, one.absent
}

func (f *folders) close() {
	for _, one := range f.open {
		if one.root != nil {
			one.root.Close()
		}
	}
	f.open = nil
}
