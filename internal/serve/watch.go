package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A watcher turns changes of folders, and of all folders in them, into bursts.
//
// fsnotify watches one folder at a time, by the name it had when it was added.
// A new folder may hold files before it is watched, a folder that is renamed
// loses its watch while those in it keep theirs under their former names, and
// a folder may be replaced by another of the same name. So watches are never
// mended: after any change of folders all of them are made anew, each before
// its folder is read, and the build that follows reads the rest.
//
// Where the system does not watch, a [poll] makes the events.
//
// A folder to watch need not exist. The nearest one above it that does is
// watched for the one name that leads to it.
type watcher struct {
	roots  []string // absolute
	ignore func(name string) bool
	bursts chan burst                        // holds one: what nobody has taken yet is added to
	system func() (*fsnotify.Watcher, error) // nil if it is not asked
	now    watches
}

// watches is what is watched since the last change of folders.
type watches struct {
	fsw    *fsnotify.Watcher
	events <-chan fsnotify.Event
	errors <-chan error
	dirs   map[string]string // folders whose files matter, each with its root
	ways   map[string]bool   // folders above a root
	gates  map[string]bool   // names in those that lead to the root
	poll   *poll             // instead of all these, where the system does not watch
}

func (n *watches) close() {
	if n.fsw != nil {
		n.fsw.Close()
	}
}

func newWatcher(roots []string, ignore func(string) bool, polls bool) (*watcher, error) {
	w := &watcher{ignore: ignore, bursts: make(chan burst, 1)}
	if !polls {
		w.system = fsnotify.NewWatcher
	}
	for _, root := range roots {
		abs, err := filepath.Abs(root)
		if err != nil {
			return nil, err
		}
		w.roots = append(w.roots, abs)
	}
	var err error
	if w.now, err = w.watchAll(); err != nil {
		w.bursts <- burst{trouble: err.Error()}
	}
	return w, nil
}

// An editor's save is a handful of events within a millisecond, and should be
// on screen in a few more. A checkout of thousands of files takes seconds, and
// should be built once.
const (
	quiet      = 6 * time.Millisecond // without an event: the burst is over
	most       = 100 * time.Millisecond
	storm      = 64 // events that make it one
	stormQuiet = 100 * time.Millisecond
	stormMost  = 2 * time.Second
)

// run watches until the context is cancelled.
func (w *watcher) run(ctx context.Context) {
	defer func() { w.now.close() }()
	var (
		b       burst
		began   time.Time
		anew    bool // folders changed
		restful = time.NewTimer(time.Hour)
	)
	restful.Stop()
	note := func(name string, any, folders bool) {
		if b.count == 0 {
			began = time.Now()
		}
		b.add(burst{count: 1, names: []string{name}, files: map[string]bool{name: true}, any: any || folders})
		anew = anew || folders
		wait, limit := quiet, most
		if b.count >= storm {
			wait, limit = stormQuiet, stormMost
		}
		restful.Reset(max(0, min(wait, limit-time.Since(began))))
	}
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-w.now.events:
			if matters, folders := w.judge(e); matters {
				note(e.Name, false, folders)
			}
		case err := <-w.now.errors:
			// Events were lost, by the overflow of a queue or otherwise: any
			// file may have changed, and any folder.
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				b.trouble = fmt.Sprintf("watching: %v", err)
			}
			note("", true, true)
		case <-w.now.poll.due():
			for _, name := range w.now.poll.round(w) {
				note(name, name == "", false)
			}
		case <-restful.C:
			if anew {
				w.renew(&b)
			}
			b.names = w.namesOf(b.names)
			select {
			case old := <-w.bursts:
				old.add(b)
				b = old
			default:
			}
			w.bursts <- b // it has room: nobody else sends
			b, anew = burst{}, false
		}
	}
}

// judge says whether an event matters, and whether it may be one of folders.
func (w *watcher) judge(e fsnotify.Event) (matters, folders bool) {
	if e.Name == "" || e.Op == fsnotify.Chmod {
		return false, false
	}
	gone := e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename)
	if w.now.gates[e.Name] && (gone || e.Has(fsnotify.Create)) || w.now.ways[e.Name] && gone {
		return true, true
	}
	root, ok := w.now.dirs[filepath.Dir(e.Name)]
	_, isDir := w.now.dirs[e.Name]
	switch {
	case !ok:
		return isDir && gone, true
	case w.ignored(root, e.Name):
		return false, false
	case gone:
		return true, isDir
	case e.Has(fsnotify.Create):
		// What is gone already may have been a folder, or stand in one that
		// was renamed.
		info, err := os.Lstat(e.Name)
		return true, err != nil || info.IsDir()
	}
	return true, false
}

func (w *watcher) ignored(root, name string) bool {
	rel, err := filepath.Rel(root, name)
	return err == nil && rel != "." && w.ignore(filepath.ToSlash(rel))
}

// namesOf returns the names of files as people know them. What is gone is left
// out if anything else is there: it was an editor's own, or a former name.
func (w *watcher) namesOf(files []string) []string {
	var there, gone []string
	for _, f := range files {
		if f == "" {
			continue
		}
		if _, err := os.Lstat(f); err == nil {
			there = append(there, w.shown(f))
		} else {
			gone = append(gone, w.shown(f))
		}
	}
	if len(there) == 0 {
		return gone
	}
	return there
}

// shown returns a file's name below the folder that Readout was started in,
// where that is shorter.
func (w *watcher) shown(name string) string {
	if here, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(here, name); err == nil && len(rel) < len(name) {
			name = rel
		}
	}
	return filepath.ToSlash(name)
}

// renew watches the folders that there are now. If that fails the burst says
// so.
func (w *watcher) renew(b *burst) {
	next, err := w.watchAll()
	if err != nil {
		b.trouble = err.Error()
	}
	w.now.close()
	w.now = next
}

// watchAll watches all folders. If it fails for one of them it goes on with
// the others. Where the system watches nothing, or not as many folders, it
// returns a poll.
func (w *watcher) watchAll() (watches, error) {
	if w.system == nil {
		return watches{poll: w.newPoll()}, nil
	}
	fsw, err := w.system()
	if err != nil {
		return watches{poll: w.newPoll()}, pollInstead(err)
	}
	n := watches{fsw: fsw, events: fsw.Events, errors: fsw.Errors, dirs: map[string]string{}, ways: map[string]bool{}, gates: map[string]bool{}}
	var failed error
	for _, root := range w.roots {
		err := n.add(root, w.ignored)
		if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) {
			n.close()
			return watches{poll: w.newPoll()}, pollInstead(err)
		}
		if err != nil && failed == nil {
			failed = fmt.Errorf("some changes will go unseen: watching %s: %w", w.shown(root), err)
		}
	}
	return n, failed
}

// add watches a root: the way to it, then every folder in it.
func (n *watches) add(root string, ignored func(root, name string) bool) error {
	n.addWay(root)
	real, err := filepath.EvalSymlinks(root)
	if err != nil {
		return nil // it does not exist yet
	}
	var failed error
	err = filepath.WalkDir(real, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil // gone meanwhile: an event says so
		}
		if !e.IsDir() {
			return nil
		}
		if ignored(real, name) {
			return fs.SkipDir
		}
		// Before the folder is read: what comes into it later is an event,
		// what was in it is seen.
		if err := n.fsw.Add(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = err
		}
		n.dirs[name] = real
		return nil
	})
	return errors.Join(err, failed)
}

// addWay watches the nearest folder above root for the next name on the way
// to it. It looks again after it began to watch: that name may have come
// between the two.
func (n *watches) addWay(root string) {
	for range 3 {
		for gate := root; ; {
			above := filepath.Dir(gate)
			if above == gate {
				return
			}
			if real, err := filepath.EvalSymlinks(above); err == nil && n.fsw.Add(real) == nil {
				n.ways[real] = true
				n.gates[filepath.Join(real, filepath.Base(gate))] = true
				if _, err := os.Lstat(gate); gate == root || err != nil {
					return
				}
				break
			}
			gate = above
		}
	}
}
