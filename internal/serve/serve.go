// Package serve shows a briefing in a browser while it is being written.
//
// [Run] builds the site, serves it from memory, watches the folders that it
// is made of, and after a change builds again and brings every open page up
// to date, in place.
//
// What is served is a [snapshot]: the files of one build, which never change,
// behind one pointer. Every response is made of one snapshot, so that no page
// is ever a mixture of two builds. A build with errors does not replace the
// files: the last good ones stay, and the snapshot carries the diagnostics,
// which every open page then shows over itself. If there was no good build
// yet, the diagnostics are the page.
//
// Watching ([watcher]) turns the events of a file system into bursts: one
// rebuild for each run of events that is followed by a moment of quiet. An
// event says only that something changed, never what: the build compares
// contents, and a build that changes no byte reaches no browser. What events
// may have been lost (the queue ran over) is made up for by building.
//
// The browser is told by a stream of events at /_readout/events, where each
// message is the whole state of the page that asked, as hashes of contents:
// of the page, of all style sheets, of the scripts and images it refers to.
// A message replaces the one before it, so a page may miss any number of
// them, sleep or lose its connection, and still ends up right. The script
// that listens, /_readout/live.js, is put into each page as it is served, and
// is in no file that a build writes.
//
// The page of a source has a workbench ([desk]): its whole text, what has been
// claimed from it, and a form that makes a claim of a passage. The claim is
// written out, read back as a build reads it, and added at the end of the
// source's file, whose other bytes stay. That is the only thing that is ever
// written, and the only request that is no GET or HEAD; see [server.trusted]
// for whose it must be. Nothing of the workbench, of drafts' marks or of live
// reload is in what a build writes.
//
// Since it shows texts that may not be published, the server listens on the
// loopback address unless told otherwise, and refuses a request whose Host is
// not its own: a page elsewhere whose name was bent to this machine (DNS
// rebinding) gets nothing.
package serve

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"readout/internal/build"
	"readout/internal/diag"
)

// Options are what Run needs to know.
type Options struct {
	// Addr is host:port. Without a host it is the loopback address; where the
	// port is taken, it is the next free one.
	Addr string
	// Build builds the site, each time from what is on disk then. It is never
	// called twice at once.
	Build func(context.Context) (*build.Result, error)
	// Watch are the folders whose changes matter. They need not exist.
	Watch []string
	// Ignore reports whether a change can be none of the site's. The name is a
	// path below a watched folder, with forward slashes.
	Ignore func(name string) bool
	// Content is the folder of the briefing; claims are added to the files in
	// its folder sources.
	Content string
	// Write replaces a file whole. It may be nil: then no file is written.
	Write func(name string, data []byte) error
	// Editor opens a file where it has a mistake.
	Editor Editor
	// Follow sends every page on screen to the one that was changed.
	Follow bool
	// Log takes what people read in the terminal.
	Log io.Writer
	// Ready, if not nil, is called once, when the site can be asked for.
	Ready func(url string)
}

// Run serves until the context is cancelled, which is no error. It fails if
// it cannot listen or watch at all.
func Run(ctx context.Context, opt Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ln, at, err := listen(ctx, opt.Addr)
	if err != nil {
		return err
	}
	defer ln.Close()
	// The watcher comes before the first build: what changes during that is
	// seen, and built again.
	w, err := newWatcher(opt.Watch, opt.Ignore)
	if err != nil {
		return fmt.Errorf("the folders cannot be watched: %w", err)
	}
	s := &server{Options: opt, at: at, hub: newHub(), token: rand.Text()}
	s.now.Store(&snapshot{})

	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	wg.Go(func() { w.run(ctx) })
	s.rebuild(ctx, burst{}, w.bursts)
	if ctx.Err() != nil {
		return nil
	}
	wg.Go(func() { s.follow(ctx, w.bursts) })

	web := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0),
	}
	served := make(chan error, 1)
	wg.Go(func() { served <- web.Serve(ln) })
	if at.open {
		fmt.Fprintf(s.Log, "note: other machines can reach this server, and read the private texts that it shows\n")
	}
	fmt.Fprintf(s.Log, "Serving %s (stop with Ctrl+C)\n", at.url)
	if s.Ready != nil {
		s.Ready(at.url)
	}
	select {
	case <-ctx.Done():
	case err := <-served:
		return err
	}
	// Streams of events end first, or they would hold the shutdown up.
	s.hub.close()
	grace, done := context.WithTimeout(context.Background(), time.Second)
	defer done()
	if web.Shutdown(grace) != nil {
		web.Close()
	}
	return nil
}

type server struct {
	Options
	at  address
	hub *hub
	now atomic.Pointer[snapshot]

	token   string     // that a request to write has to hold
	writing sync.Mutex // held while a file is written
}

// follow rebuilds after each burst.
func (s *server) follow(ctx context.Context, bursts <-chan burst) {
	for {
		select {
		case <-ctx.Done():
			return
		case b := <-bursts:
			s.rebuild(ctx, b, bursts)
		}
	}
}

// A failed build waits for a moment: an editor that empties a file before it
// fills it again should not make the page flash red. Files that never come to
// rest do not put the bad news off for ever.
const (
	patience    = 40 * time.Millisecond
	allPatience = time.Second
)

// rebuild builds, publishes what came out and tells the browsers.
func (s *server) rebuild(ctx context.Context, b burst, bursts <-chan burst) {
	began := time.Now()
	for {
		start := time.Now()
		res, err := s.Build(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			var diags diag.List
			diags.Errorf(diag.Span{}, "serve/build", "%v", err)
			res = &build.Result{Diags: diags}
		}
		if res.Diags.HasErrors() && b.count > 0 && time.Since(began) < allPatience {
			select {
			case <-ctx.Done():
				return
			case more := <-bursts:
				b.add(more)
				continue
			case <-time.After(patience):
			}
		}
		s.publish(b, res, time.Since(start))
		return
	}
}

// publish makes a result what is served, if it is anything new.
func (s *server) publish(b burst, res *build.Result, took time.Duration) {
	old := s.now.Load()
	next, changes, news := old.next(res, b.names, s.Editor, s.fail)
	if b.trouble != "" {
		fmt.Fprintf(s.Log, "warning: %s\n", b.trouble)
	}
	s.now.Store(next)
	s.hub.wake()
	if !news {
		return
	}
	if next.problems != old.problems || next.warnings != old.warnings {
		res.Diags.WriteText(s.Log)
	}
	took = took.Round(time.Millisecond)
	switch {
	case b.count == 0 && next.problems == "":
		fmt.Fprintf(s.Log, "built in %s: %s\n", took, res.Diags.Summary())
	case next.files == nil:
		fmt.Fprintf(s.Log, "%s: %s; there is no site yet\n", b, res.Diags.Summary())
	case next.problems != "":
		fmt.Fprintf(s.Log, "%s: %s; the last good site stays\n", b, res.Diags.Summary())
	case old.problems != "" && changes == 0:
		fmt.Fprintf(s.Log, "%s: mended, in %s\n", b, took)
	default:
		fmt.Fprintf(s.Log, "%s: %s changed, in %s\n", b, plural(changes, "file"), took)
	}
}

// fail lays over the pages what kept one of them from being made.
func (s *server) fail(of *build.Later, diags diag.List) {
	for {
		now := s.now.Load()
		if now.later != of || now.problems != "" {
			return
		}
		bad := *now
		bad.failed = problemsHTML(diags, s.Editor)
		bad.problems = bad.failed
		if s.now.CompareAndSwap(now, &bad) {
			break
		}
	}
	diags.WriteText(s.Log)
	s.hub.wake()
}

// A burst is a run of changes that are built together.
type burst struct {
	count   int      // events
	names   []string // some of the files
	trouble string   // what the watcher has to say
}

// namesKept is how many names a burst keeps: enough to say what was saved.
const namesKept = 8

func (b *burst) add(more burst) {
	b.count += more.count
	for _, n := range more.names {
		if len(b.names) < namesKept && !slices.Contains(b.names, n) {
			b.names = append(b.names, n)
		}
	}
	if more.trouble != "" {
		b.trouble = more.trouble
	}
}

// String says what changed, for the terminal.
func (b burst) String() string {
	switch {
	case b.count == 0:
		return "first build"
	case len(b.names) == 0:
		return "many files"
	case len(b.names) > 2:
		return strings.Join(b.names[:2], ", ") + " and more"
	}
	return strings.Join(b.names, ", ")
}

func plural(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}
