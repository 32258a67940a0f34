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
// rebuild for each run of events that is followed by a moment of quiet. That
// build looks at the files of the events alone, and at all files where events
// may have been lost (the queue ran over), where folders changed, or where
// there were very many. An event is never proof of a change: contents are
// compared, and a build that changes no byte reaches no browser. Nor is its
// absence proof of none: once nothing has happened for a second, a build looks
// at all files again, and gives way to the next burst.
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
	"maps"
	"net/http"
	"regexp"
	"runtime/debug"
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
	Build func(context.Context, Change) (*build.Result, error)
	// Watch are the folders whose changes matter. They need not exist.
	Watch []string
	// Poll looks at the folders again and again, instead of having the system
	// watch them.
	Poll bool
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

// A Change is what a build is for.
type Change struct {
	// Files are the only ones that may have changed, as absolute paths without
	// symbolic links; nil if any may have.
	Files []string
	// Idle is set where nobody waits: to make sure of what the watcher said.
	Idle bool
}

// Run serves until the context is cancelled, which is no error. It fails if
// it cannot listen.
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
	w, err := newWatcher(opt.Watch, opt.Ignore, opt.Poll)
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

// hold returns what is served at this moment, which stays as it is until
// release is called.
func (s *server) hold() (now *snapshot, release func()) {
	for {
		now := s.now.Load()
		if release, ok := now.hold(); ok {
			return now, release
		}
	}
}

type server struct {
	Options
	at  address
	hub *hub
	now atomic.Pointer[snapshot]

	release func() // of the build that is shown; for publish alone

	token   string     // that a request to write has to hold
	writing sync.Mutex // held while a file is written
}

// follow rebuilds after each burst.
func (s *server) follow(ctx context.Context, bursts <-chan burst) {
	for ctx.Err() == nil {
		if b, ok := s.rest(ctx, bursts); ok {
			s.rebuild(ctx, b, bursts)
		}
	}
}

// idle is how long nothing has to happen until there is time for a build that
// looks at everything.
const idle = time.Second

// rest waits for the next burst. If it takes its time, the site is built from
// all files meanwhile: a file may have changed without an event.
func (s *server) rest(ctx context.Context, bursts <-chan burst) (b burst, ok bool) {
	select {
	case <-ctx.Done():
		return b, false
	case b := <-bursts:
		return b, true
	case <-time.After(idle):
	}
	quiet, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan *build.Result, 1)
	start := time.Now()
	go func() { done <- s.build(quiet, Change{Idle: true}) }()
	select {
	case res := <-done:
		if res != nil {
			s.publish(burst{count: 1, quiet: true}, res, time.Since(start))
		}
	case b := <-bursts:
		cancel()
		if res := <-done; res != nil {
			s.publish(burst{count: 1, quiet: true}, res, time.Since(start))
		}
		return b, true
	}
	select {
	case <-ctx.Done():
		return b, false
	case b := <-bursts:
		return b, true
	}
}

// build builds; it returns nil if it was cancelled. An error is a
// result too, and so is a panic: that is a mistake in this program, which must
// not end it, since the next save may well go round it.
func (s *server) build(ctx context.Context, c Change) (res *build.Result) {
	defer func() {
		if x := recover(); x != nil {
			res = &build.Result{Diags: panicked(x)}
		}
	}()
	res, err := s.Build(ctx, c)
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		res = &build.Result{}
		res.Diags.Errorf(diag.Span{}, "serve/build", "%v", err)
	}
	return res
}

// panicked reports a panic, and where it began.
func panicked(x any) diag.List {
	stack := debug.Stack()
	if p, ok := x.(*build.Panic); ok {
		x, stack = p.Value, p.Stack
	}
	var diags diag.List
	d := diags.Errorf(diag.Span{}, "serve/panic", "this is a mistake in Readout, not in the briefing: %v", x).
		Note("the last good site stays, and the next save is tried anew; if it comes again, undo the latest change")
	if m := panicPlace.FindSubmatch(stack); m != nil {
		d.Note("please report it: it happened at %s", m[1])
	}
	return diags
}

// panicPlace matches the first line of ours below that of the panic.
var panicPlace = regexp.MustCompile(`(?s)\npanic\(.*?\n\t[^\n]*/(internal/[^ \n]+\.go:\d+)`)

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
		res := s.build(ctx, b.change())
		if res == nil {
			return
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
	// What is shown is held, and so never changed by a later build.
	release := s.release
	if next.of != old.of {
		s.release, _ = next.of.Hold()
	}
	s.now.Store(next)
	if next.of != old.of && release != nil {
		release()
	}
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
	case b.quiet && next.problems == "":
		fmt.Fprintf(s.Log, "%s changed unseen, in %s\n", plural(changes, "file"), took)
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
	count   int             // events
	names   []string        // some of the files, as people know them
	files   map[string]bool // all of them
	any     bool            // others may have changed too
	quiet   bool            // no event led to it
	trouble string          // what the watcher has to say
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
	if b.files == nil {
		b.files = map[string]bool{}
	}
	maps.Copy(b.files, more.files)
	b.any = b.any || more.any
	if more.trouble != "" {
		b.trouble = more.trouble
	}
}

// change says what a build after the burst has to look at.
func (b *burst) change() Change {
	if b.any || len(b.files) == 0 || b.count >= storm {
		return Change{}
	}
	return Change{Files: slices.Sorted(maps.Keys(b.files))}
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
