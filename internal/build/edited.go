package build

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"readout/internal/load"
)

// A build that is told which files may have been edited looks at those alone.
// It is told so by a watcher, which knows nothing of a change that made no
// event: on a network file system, or by way of a symbolic link. So such a
// build is a first answer, and a build that looks at everything has to follow
// once there is time for it. Times of files decide nothing: a clock may jump,
// and a checkout, a copy or a restored backup sets any time that it likes.
//
// What a build that failed was told is kept for the next one, since no result
// shows it yet.

// edits are the files that may be others than before.
type edits struct {
	all     bool
	content map[string]bool // by name below the content folder
	bases   map[string]bool // their base names, by which the text of an article is found
}

// mostNamed is how many files are looked at one by one.
const mostNamed = 512

// learn adds files to those that may have been edited; nil stands for all.
func (e *edits) learn(content string, files []string) {
	if e.content == nil {
		e.content, e.bases = map[string]bool{}, map[string]bool{}
	}
	root, err := filepath.Abs(content)
	if err == nil {
		root, err = filepath.EvalSymlinks(root)
	}
	e.all = e.all || err != nil || files == nil || len(e.bases)+len(files) > mostNamed
	if e.all {
		return
	}
	for _, f := range files {
		e.bases[filepath.Base(f)] = true
		if rel, err := filepath.Rel(root, f); err == nil && filepath.IsLocal(rel) {
			e.content[filepath.ToSlash(rel)] = true
		}
	}
}

// looks reports whether a file below the content folder has to be looked at.
func (e *edits) looks(name string) bool { return e.all || e.content[name] }

// fits reports whether a listing that was made before the edits still says
// what there is.
func (e *edits) fits(l *load.Listing, content string) bool {
	if e.all || l == nil {
		return false
	}
	for name := range maps.Keys(e.content) {
		if load.Ignored(name) || strings.HasPrefix(name, load.PrivateName+"/") {
			continue
		}
		info, err := os.Lstat(filepath.Join(content, filepath.FromSlash(name)))
		if err != nil || info.IsDir() || !lists(l, name) {
			return false
		}
	}
	return true
}

// lists reports whether a file is one that a listing has.
func lists(l *load.Listing, name string) bool {
	_, record := find(l.Records, name)
	return record || name == load.LockFile && l.Lock
}

// buffers for files that are most likely what they were.
var readBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// read returns the bytes of a file, and whether they are as they were; then
// they are not copied.
func read(fsys fs.FS, name string, was []byte) (data []byte, same bool, err error) {
	if was == nil {
		data, err = fs.ReadFile(fsys, name)
		return data, false, err
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	b := readBuffers.Get().(*bytes.Buffer)
	defer readBuffers.Put(b)
	b.Reset()
	b.Grow(max(len(was)+bytes.MinRead, 4<<10))
	if _, err := io.Copy(b, f); err != nil && !errors.Is(err, io.EOF) {
		return nil, false, err
	}
	if bytes.Equal(b.Bytes(), was) {
		return was, true, nil
	}
	return bytes.Clone(b.Bytes()), false, nil
}
