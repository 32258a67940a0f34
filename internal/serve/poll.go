package serve

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"time"
)

// A poll finds changes by looking at all files again and again. It serves where
// the system does not watch: on a network file system, or where it is asked for
// more folders than it lets a user watch.
//
// What it sees of a file is its size, its time and its mode. A change that
// leaves all of these is not seen, so that once in a while it asks for a build
// that reads everything.
type poll struct {
	files  map[string]stamp
	timer  *time.Timer
	rounds int
}

type stamp struct {
	size int64
	time int64 // in nanoseconds
	mode fs.FileMode
}

// A round takes 2 microseconds a file. It is to cost no more than a twentieth
// of one core.
const (
	pollEvery  = 500 * time.Millisecond
	pollShare  = 20
	pollRounds = 60 // until everything is read
)

// pollInstead says what to do about a system that does not watch.
func pollInstead(err error) error {
	return fmt.Errorf("the system does not watch all folders (%w), so that changes are looked for every half second: on Linux, raise fs.inotify.max_user_watches and max_user_instances", err)
}

func (w *watcher) newPoll() *poll {
	return &poll{files: w.look(), timer: time.NewTimer(pollEvery)}
}

// due receives when it is time for the next round; never from a nil poll.
func (p *poll) due() <-chan time.Time {
	if p == nil {
		return nil
	}
	return p.timer.C
}

// round returns the files that have come, gone or changed since the last
// round, sorted; or one empty name, which stands for any file.
func (p *poll) round(w *watcher) (changed []string) {
	began := time.Now()
	now := w.look()
	for name, s := range now {
		if old, ok := p.files[name]; !ok || old != s {
			changed = append(changed, name)
		}
	}
	for name := range p.files {
		if _, ok := now[name]; !ok {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	p.files = now
	if p.rounds++; p.rounds%pollRounds == 0 && changed == nil {
		changed = []string{""}
	}
	p.timer.Reset(max(pollEvery, pollShare*time.Since(began)))
	return changed
}

// look returns all files below the roots that matter.
func (w *watcher) look() map[string]stamp {
	files := map[string]stamp{}
	for _, root := range w.roots {
		real, err := filepath.EvalSymlinks(root)
		if err != nil {
			continue // it does not exist yet
		}
		filepath.WalkDir(real, func(name string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil // gone meanwhile
			case w.ignored(real, name):
				if e.IsDir() {
					return fs.SkipDir
				}
			case !e.IsDir():
				if info, err := e.Info(); err == nil {
					files[name] = stamp{info.Size(), info.ModTime().UnixNano(), info.Mode()}
				}
			}
			return nil
		})
	}
	return files
}
