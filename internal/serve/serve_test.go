package serve

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"readout/internal/build"
	"readout/internal/diag"
	"readout/internal/load"
	"readout/internal/output"
)

// A site is a running server over a folder. Its build copies the folder: each
// file becomes one of the site, and a file that says BROKEN is an error.
type site struct {
	t      *testing.T
	dir    string
	url    string
	builds atomic.Int32
	slow   atomic.Int64 // how long a build takes
	stop   func() error // ends the server and returns what Run did
	mu     sync.Mutex
	log    bytes.Buffer
}

func (s *site) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Write(p)
}

func (s *site) logged() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

func (s *site) build(ctx context.Context, c Change) (*build.Result, error) {
	if !c.Idle {
		s.builds.Add(1)
	}
	time.Sleep(time.Duration(s.slow.Load()))
	res := &build.Result{}
	err := filepath.WalkDir(s.dir, func(name string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(s.dir, name)
		rel = filepath.ToSlash(rel)
		if err != nil || e.IsDir() || load.Ignored(rel) {
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return nil
		}
		if at := bytes.Index(data, []byte("BROKEN")); at >= 0 {
			res.Diags.Errorf(diag.NewFile(rel, data).Span(at, at+6), "test/broken", "this is <broken>").Note("mend it")
		}
		res.Files = append(res.Files, output.File{Path: rel, Data: data})
		return nil
	})
	if res.Diags.HasErrors() {
		res.Files = nil
	}
	return res, err
}

// start serves the given files.
func start(t *testing.T, files map[string]string) *site {
	t.Helper()
	return startWith(t, files, Options{})
}

func startWith(t *testing.T, files map[string]string, opt Options) *site {
	t.Helper()
	s := &site{t: t, dir: filepath.Join(t.TempDir(), "content")}
	for name, data := range files {
		s.write(name, data)
	}
	opt.Addr, opt.Watch = "127.0.0.1:0", []string{s.dir}
	s.run(opt)
	return s
}

func (s *site) run(opt Options) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan string, 1), make(chan error, 1)
	opt.Ignore, opt.Log = load.Ignored, s
	if opt.Build == nil {
		opt.Build = s.build
	}
	opt.Ready = func(url string) { ready <- url }
	go func() { done <- Run(ctx, opt) }()
	select {
	case s.url = <-ready:
	case err := <-done:
		s.t.Fatal(err)
	case <-time.After(time.Minute):
		s.t.Fatal("the server did not start")
	}
	s.stop = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-done:
			return err
		case <-time.After(10 * time.Second):
			return fmt.Errorf("the server did not stop")
		}
	})
	s.t.Cleanup(func() {
		if err := s.stop(); err != nil {
			s.t.Error(err)
		}
	})
}

// write replaces a file as editors do: whole, by a rename.
func (s *site) write(name, data string) {
	s.t.Helper()
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		s.t.Fatal(err)
	}
	temp := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".new")
	if err := os.WriteFile(temp, []byte(data), 0o666); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Rename(temp, path); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) do(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

// get returns the status and the body of a path.
func (s *site) get(path string) (int, string) {
	s.t.Helper()
	res, err := http.Get(s.url + strings.TrimPrefix(path, "/"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, string(data)
}

// becomes waits until a path is answered with a body that holds the words, or
// with a 404 if there are none.
func (s *site) becomes(path, words string) {
	s.t.Helper()
	var status int
	var body string
	for range 400 {
		status, body = s.get(path)
		if words == "" && status == http.StatusNotFound || words != "" && strings.Contains(body, words) {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	s.t.Fatalf("%s did not become %q: status %d, %q\n%s", path, words, status, body, s.logged())
}

// rest waits until nothing was built for a while, and returns how many builds
// there were.
func (s *site) rest() int32 {
	for {
		n := s.builds.Load()
		time.Sleep(200 * time.Millisecond)
		if s.builds.Load() == n {
			return n
		}
	}
}

// listen opens a stream of events for a page.
func (s *site) listen(page string) *stream {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	req, _ := http.NewRequestWithContext(ctx, "GET", s.url+"_readout/events?page="+page, nil)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	st := &stream{s.t, make(chan state, 100), cancel}
	go func() {
		defer close(st.states)
		defer res.Body.Close()
		lines := bufio.NewScanner(res.Body)
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var x state
				if json.Unmarshal([]byte(data), &x) == nil {
					st.states <- x
				}
			}
		}
	}()
	s.t.Cleanup(cancel)
	return st
}

type stream struct {
	t      *testing.T
	states chan state
	cancel func()
}

func (st *stream) next() state {
	st.t.Helper()
	select {
	case x, ok := <-st.states:
		if !ok {
			st.t.Fatal("the stream ended")
		}
		return x
	case <-time.After(5 * time.Second):
		st.t.Fatal("no event")
	}
	return state{}
}

// silent checks that no event comes for a while.
func (st *stream) silent() {
	st.t.Helper()
	select {
	case x := <-st.states:
		st.t.Fatalf("an event: %+v", x)
	case <-time.After(250 * time.Millisecond):
	}
}

// A mistake of the program itself is shown, and ends nothing.
func TestPanic(t *testing.T) {
	s := &site{t: t, dir: filepath.Join(t.TempDir(), "content")}
	s.write("index.html", "one")
	s.run(Options{Addr: "127.0.0.1:0", Watch: []string{s.dir}, Build: func(ctx context.Context, c Change) (*build.Result, error) {
		if data, _ := os.ReadFile(s.path("index.html")); string(data) == "PANIC" {
			var list []int
			_ = list[len(data)]
		}
		return s.build(ctx, c)
	}})
	st := s.listen("/")
	st.next()
	s.write("index.html", "PANIC")
	if x := st.next(); x.Problems == "" {
		t.Errorf("%+v", x)
	}
	if _, body := s.get("/_readout/problems"); !strings.Contains(body, "this is a mistake in Readout, not in the briefing: runtime error: index out of range [5] with length 0") ||
		!strings.Contains(body, "it happened at internal/serve/serve_test.go:") {
		t.Errorf("what is shown:\n%s", body)
	}
	s.becomes("/", "one")
	s.write("index.html", "two")
	s.becomes("/", "two")
}

// A build after a save looks at what was saved, one after a folder was changed
// at everything, and when nothing happens any more everything is looked at
// again.
func TestChanges(t *testing.T) {
	s := &site{t: t, dir: filepath.Join(t.TempDir(), "content")}
	real, err := filepath.EvalSymlinks(filepath.Dir(s.dir))
	s.do(err)
	outside := filepath.Join(real, "outside.html")
	s.do(os.WriteFile(outside, []byte("outside"), 0o666))
	s.write("index.html", "one")
	s.write("sub/a.html", "one")
	s.do(os.Symlink(outside, s.path("link.html")))
	changes := make(chan Change, 100)
	s.run(Options{Addr: "127.0.0.1:0", Watch: []string{s.dir}, Build: func(ctx context.Context, c Change) (*build.Result, error) {
		changes <- c
		return s.build(ctx, c)
	}})
	next := func(what string, idle bool, want ...string) {
		t.Helper()
		select {
		case c := <-changes:
			for i, name := range want {
				want[i] = filepath.Join(real, "content", name)
			}
			if c.Idle != idle || !slices.Equal(c.Files, want) || (c.Files == nil) != (want == nil) {
				t.Errorf("%s: %+v, want %q", what, c, want)
			}
		case <-time.After(5 * time.Second):
			t.Fatalf("%s: no build", what)
		}
	}
	next("first", false)
	s.write("sub/a.html", "two")
	next("a save", false, "sub/a.html")
	s.do(os.Rename(s.path("sub/a.html"), s.path("sub/b.html")))
	next("a rename", false, "sub/a.html", "sub/b.html")
	s.do(os.Remove(s.path("sub/b.html")))
	next("a deletion", false, "sub/b.html")
	s.do(os.Mkdir(s.path("new"), 0o777))
	next("a folder", false)
	next("no event", true)
	s.do(os.WriteFile(outside, []byte("changed unseen"), 0o666))
	s.write("index.html", "two")
	next("a save", false, "index.html")
	next("no event", true)
	s.becomes("/link.html", "changed unseen")
}
