// Package build turns a briefing's folders into the files of its site.
//
// It is the only place where the stages meet:
//
//	scan, read, parse (in parallel) → link → prove (in parallel)
//	  → plan → render (in parallel), export → files
//
// [Build] is one function with or without a [Cache]. Without one everything is
// made anew. With one, a stage's result is used again when all that the stage
// depends on is the same: a record when its file's bytes are, a proof when the
// record, the text, the receipts and the limits are, a page when its view
// hashes to the same key and the templates are unchanged. A result that is
// used again brings its diagnostics along. The site of an earlier build is
// changed into the next one, by the rules of package link. So a warm build
// gives the bytes that a cold one would, which a property test holds it to.
//
// Who knows which files were edited can say so ([Options.Edited]): only those
// are looked at then.
//
// A preview shows one page of ten thousand at a time. With [Options.Lazy] a
// page, and the exports, are made when they are asked for, by the same
// functions from the same plan, and come out the same. What only making them
// can report is reported then.
//
// The stages themselves know nothing of goroutines; they are run in parallel
// here, each unit of work into its own slot, so that no result depends on the
// number of cores or on who finished first.
//
// A build into a folder that another one has filled needs no cache in memory:
// with [Options.Last] it reads all that a build reads, and the folder, and if
// all is as it was, what the one before said is said again and nothing else
// is done. Any other case is a build like any.
//
// Build writes nothing: files are returned, or put ([Options.Put]). An error in
// the content leaves [Result.Files] nil, and whatever the caller wrote before
// stays as it is.
package build

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"readout/internal/diag"
	"readout/internal/export"
	"readout/internal/link"
	"readout/internal/load"
	"readout/internal/output"
	"readout/internal/plan"
	"readout/internal/record"
	"readout/internal/render"
	"readout/internal/verify"
)

// Options are what a build depends on besides the files.
type Options struct {
	Content         string   // folder of the briefing
	Templates       string   // folder of the project's own templates; need not exist, or be named
	Static          string   // folder of the project's own static files; likewise
	Texts           []string // further folders with texts of articles
	BaseURL         string   // overrides that of site.yaml
	AsOf            string   // a day, or empty for all there is
	AllowUnverified bool     // publish quotations that nothing proves
	Drafts          bool     // drafts are part of the site
	Lazy            bool     // pages and exports are made when they are asked for
	// Edited, unless it is nil, names the only files that may be others than in
	// the build before with the same cache: absolute paths, without symbolic
	// links on the way. A build without it should follow when there is time.
	Edited []string
	// Idle says that nobody waits for this build: it also prepares the next one.
	Idle     bool
	Forget   bool  // without a cache: a record's file keeps no data, and is read again for its diagnostics
	Embedded fs.FS // holds the embedded templates/ and static/

	// Put, unless it is nil, gets each file as soon as it is made, from
	// several goroutines, and the result has their paths alone: the site is
	// then never held as a whole. Whether to keep what was put is for the
	// caller to decide, once there is a result.
	Put func(output.File) error

	// Progress, unless it is nil, is told how far the build is.
	Progress *Progress

	// Frugal lets the build say when garbage is collected, in the whole
	// program: for one that does nothing else.
	Frugal bool

	// Last, unless it is nil, lets a build without a cache see whether it would
	// make what is there already, and leaves a memo for the next one.
	Last *Last

	rests *rests // nil unless frugal
}

// A Result is what a build made.
type Result struct {
	Files    []output.File // the whole site, by path; nil if Diags has an error; without bytes where they were put
	Later    *Later        // with Lazy, what Files lacks
	Diags    diag.List     // sorted
	Site     *link.Site
	Proofs   map[*record.Source]*verify.Result
	Plan     *plan.Plan   // nil if Diags has an error
	Lock     *verify.Lock // quotes.lock as it was read
	Timings  []Timing     // in the order of the stages
	Rendered int          // pages that were not taken from the cache

	Pages      int                  // of the whole site; 0 where they are made when asked for
	Quotations map[verify.State]int // by what stands behind them

	// Same says that nothing has changed since the build that [Options.Last]
	// tells of: Diags, Pages and Quotations are as they were then, what is
	// neither these nor Memo is not known, and there is nothing to write.
	Same   bool
	Memo   []byte // for the next build into the same folder, and for nobody else
	linked linked
}

// A Later is what a lazy build has not made yet. It is the same one as that of
// the build before if nothing that it depends on has changed.
type Later struct {
	// Page returns what makes the page at a path, or nil if there is no such
	// page. What was made is remembered. Where a template fails it returns the
	// page as it was when it was last made, or nothing, and the diagnostics that
	// say so.
	Page    func(path string) func() ([]byte, diag.List)
	Paths   func() []string          // of all pages, sorted
	Exports func() map[string][]byte // by path, without the search; remembers what it made
	Index   func() map[string][]byte // likewise the index of the search: all files below search/
}

// Build makes the whole site. The error is for what no diagnostic can say: a
// cancelled context, a folder that cannot be read. Builds that share a cache
// must not run at the same time.
func Build(ctx context.Context, opt Options, cache *Cache) (*Result, error) {
	if opt.Frugal {
		opt.rests = newRests()
		defer opt.rests.end()
	}
	b, err := check(ctx, opt, cache, true)
	if err != nil {
		return nil, err
	}
	if b.Same {
		return b.Result, nil
	}
	if !b.Diags.HasErrors() {
		if err := b.make(); err != nil {
			return nil, err
		}
	}
	b.Diags.Sort()
	if b.trail != nil && !b.Diags.HasErrors() {
		b.memorize()
	}
	if b.Files != nil {
		b.cache.shown, b.cache.edits = b.linked.twin, edits{}
		if opt.Idle {
			b.cache.prepare()
		}
	}
	return b.Result, nil
}

// Check finds every diagnostic of the content and the templates, and makes no
// files.
func Check(ctx context.Context, opt Options, cache *Cache) (*Result, error) {
	if opt.Frugal {
		opt.rests = newRests()
		defer opt.rests.end()
	}
	b, err := check(ctx, opt, cache, false)
	if err != nil {
		return nil, err
	}
	b.Diags.Sort()
	return b.Result, nil
}

// RenewLock returns quotes.lock as it should be, with new receipts dated with
// the given day.
func (r *Result) RenewLock(day string) *verify.Lock {
	results := make([]*verify.Result, len(r.Site.Sources))
	for i, s := range r.Site.Sources {
		results[i] = r.Proofs[s.Record]
	}
	return verify.Renew(results, r.Lock, day)
}

// A builder is the state of one build.
type builder struct {
	*Result
	ctx      context.Context
	opt      Options
	cache    *Cache // never nil; empty and forgotten for a cold build
	warm     bool
	content  fs.FS
	trail    *trail // of what is read; nil if there is to be no memo
	edits    *edits
	listing  *load.Listing
	records  []record.Record
	drafts   []*record.Header // left out
	renderer *render.Renderer
	started  time.Time
}

// check runs the stages that find mistakes, and makes the templates ready if
// there will be something to render.
func check(ctx context.Context, opt Options, cache *Cache, render bool) (*builder, error) {
	b := &builder{Result: &Result{}, ctx: ctx, opt: opt, cache: cache, warm: cache != nil, started: time.Now()}
	if cache == nil {
		b.cache = NewCache()
		b.cache.once, b.cache.forget = true, opt.Forget
	}
	b.content = load.Dir(opt.Content)
	if render {
		if b.remember(); b.recall() {
			return b, nil
		}
	}
	// What nobody waits for leaves no duty when it is given up.
	if b.edits = &b.cache.edits; opt.Idle {
		b.edits = &edits{}
	}
	b.edits.learn(opt.Content, opt.Edited)
	// The templates know nothing of the content, so they are made ready beside
	// it: of a small briefing's check they would be the longest part.
	var templates templates
	var ready sync.WaitGroup
	ready.Go(func() { templates = b.templates(render) })
	defer ready.Wait()
	for _, stage := range []struct {
		name string
		run  func() error
	}{
		{"parse", b.parse},
		{"link", b.link},
		{"verify", b.verify},
		{"templates", func() error {
			ready.Wait()
			b.renderer = templates.renderer
			b.Diags = append(b.Diags, templates.diags...)
			return templates.err
		}},
	} {
		if err := b.stage(stage.name, stage.run); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// stage runs one stage and notes how long it took.
func (b *builder) stage(name string, run func() error) error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	b.opt.Progress.begin(name)
	clock := startClock()
	err := run()
	b.Timings = append(b.Timings, clock.stop(name))
	return err
}

// shown returns a path below the content folder as the user knows it.
func (b *builder) shown(name string) string {
	return path.Join(filepath.ToSlash(b.opt.Content), name)
}

func (b *builder) parse() error {
	was, known := b.cache.listing, b.cache.listed
	listing := was
	if !b.edits.fits(listing, b.opt.Content) {
		var err error
		listing, err = load.Scan(b.content, filepath.ToSlash(b.opt.Content))
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("there is no content folder %s: run this from the folder of a briefing, or name it with --content", b.opt.Content)
		}
		if err != nil {
			return err
		}
		known = nil
	}
	b.listing, b.cache.listing = listing, nil
	b.trail.noteListing(listing)
	b.Diags = append(b.Diags, listing.Diags...)

	// The settings first: they say how Markdown is read.
	config := record.Settings(diag.NewFile(b.shown(load.SiteFile), nil))
	entries := listing.Records
	if i := slices.IndexFunc(entries, func(e load.Entry) bool { return e.Kind == record.KindSite }); i >= 0 {
		p, err := b.cache.record(b.content, entries[i], b.shown(entries[i].Name), false, b.edits.looks(entries[i].Name))
		if err != nil {
			return err
		}
		if p != nil {
			config = p.record.(*record.Site)
			b.Diags = append(b.Diags, p.diags...)
		}
		entries = slices.Delete(slices.Clone(entries), i, i+1)
	} else {
		b.Diags.Errorf(config.File.At(0), "load/no-site", "there is no %s", config.File.Path).
			Note("write one with at least a line \"title: ...\"")
		config.Name.Value = "Untitled briefing"
	}
	if b.opt.BaseURL != "" {
		config = b.cache.config(config, record.BaseURL(b.opt.BaseURL))
	}

	parsed, todo := b.cache.unread(entries, known, b.edits, config.RawHTML)
	errs := make([]error, len(todo))
	b.each(0, len(todo), func(k int) {
		if i := todo[k]; b.ctx.Err() == nil {
			parsed[i], errs[k] = b.cache.record(b.content, entries[i], b.shown(entries[i].Name), config.RawHTML, b.edits.looks(entries[i].Name))
		}
	})
	if err := b.ctx.Err(); err != nil {
		b.cache.listing = was
		return err
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	b.cache.listing, b.cache.listed = listing, parsed
	b.records = make([]record.Record, 1, len(parsed)+1)
	b.records[0] = config
	for _, p := range parsed {
		if p == nil { // it vanished since the scan
			b.cache.listing = nil
			continue
		}
		if p.draft && !b.opt.Drafts {
			h := p.record.Head()
			// Its mistakes are nobody's business yet.
			b.drafts = append(b.drafts, h)
			b.Diags.Noticef(h.File.At(0), "build/draft", "this is a draft, and is left out").
				Note("publish it by dropping \"draft: yes\"")
		} else {
			b.records = append(b.records, p.record)
			b.Diags = append(b.Diags, p.diags...)
		}
	}
	b.cache.keepRecords(listing.Records)
	return nil
}

func (b *builder) link() error {
	opt := link.Options{Drafts: b.drafts}
	if b.opt.AsOf != "" {
		day, err := record.ParseDay(b.opt.AsOf)
		if err != nil {
			return fmt.Errorf("--as-of: %w", err)
		}
		opt.AsOf, opt.HasAsOf = day, true
	}
	b.linked = b.cache.link(b.records, opt)
	b.Site = b.linked.twin.site
	b.Diags = append(b.Diags, b.linked.diags...)
	return nil
}

func (b *builder) verify() error {
	lock, diags, err := b.cache.lock(b.content, b.listing.Lock, b.shown(load.LockFile), b.edits.looks(load.LockFile))
	if err != nil {
		return err
	}
	b.Lock = lock
	b.Diags = append(b.Diags, diags...)

	folders, err := b.textFolders()
	if err != nil {
		return err
	}
	limits := verify.LimitsOf(b.Site.Config, b.opt.AllowUnverified)

	sources := b.Site.Sources
	results := make([]*verify.Result, len(sources))
	var todo []int
	for i, s := range sources {
		if results[i] = b.cache.proved(s.Record, lock.Sources[s.ID], limits, b.edits); results[i] == nil {
			todo = append(todo, i)
		}
	}
	errs := make([]error, len(sources))
	b.each(0, len(todo), func(k int) {
		if b.ctx.Err() != nil {
			return
		}
		i := todo[k]
		r := sources[i].Record
		dir := path.Dir(r.File.Path)
		text, err := b.cache.text(b.textPlaces(dir, folders), verify.TextName(r))
		if err != nil {
			errs[i] = err
			return
		}
		b.trail.noteText(sought{dir, verify.TextName(r)}, text)
		results[i] = b.cache.prove(verify.Input{Source: r, Text: text, Receipts: lock.Sources[r.ID], Limits: limits})
	})
	if err := cmp.Or(b.ctx.Err(), errors.Join(errs...)); err != nil {
		return err
	}
	b.Proofs = make(map[*record.Source]*verify.Result, len(sources))
	b.Quotations = map[verify.State]int{}
	for i, s := range sources {
		b.Proofs[s.Record] = results[i]
		for _, claim := range results[i].Claims {
			for _, p := range claim {
				b.Quotations[p.State]++
			}
		}
		b.Diags = append(b.Diags, results[i].Diags...)
	}
	b.Diags = append(b.Diags, verify.CheckPlaces(b.Site, b.Proofs)...)
	b.cache.keepProofs(sources)
	return nil
}

// templates are the templates of a site, ready to render.
type templates struct {
	renderer *render.Renderer
	diags    diag.List
	err      error
}

// templates reads the templates, and makes them ready unless nothing will be
// rendered and they are the embedded ones, which are known to be good: to have
// found that out again was half of what a commit hook waited for.
func (b *builder) templates(always bool) (t templates) {
	var files []render.File
	own := false
	t.err = b.layers(b.opt.Templates, "templates", func(name, shown string, data []byte) {
		if path.Ext(name) == ".html" {
			files = append(files, render.File{Name: name, Shown: shown, Data: data})
			known, err := fs.ReadFile(b.opt.Embedded, path.Join("templates", name))
			own = own || err != nil || !bytes.Equal(data, known)
		}
	})
	if t.err == nil && (always || own) {
		t.renderer, t.diags = b.cache.renderer(files)
	}
	return t
}

// layers calls f for each file of a project's folder laid over the embedded
// one, in the order of their names.
func (b *builder) layers(dir, embedded string, f func(name, shown string, data []byte)) error {
	bottom, err := fs.Sub(b.opt.Embedded, embedded)
	if err != nil {
		return err
	}
	layers := []fs.FS{bottom}
	var top fs.FS
	if dir != "" {
		top = load.Dir(dir)
		layers = []fs.FS{top, bottom}
	}
	files, err := load.Merge(layers...)
	if err != nil {
		return err
	}
	for _, x := range files {
		data, err := fs.ReadFile(x.Layer, x.Name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		shown := path.Join("embedded", embedded, x.Name)
		if x.Layer == top {
			shown = path.Join(filepath.ToSlash(dir), x.Name)
		}
		b.trail.noteLayer(embedded, x.Name, shown, data)
		f(x.Name, shown, data)
	}
	return nil
}

// make plans, renders and exports.
func (b *builder) make() error {
	b.opt.rests.making()
	if err := b.stage("plan", func() error {
		b.Plan = b.cache.plan(b.linked, b.Proofs)
		return nil
	}); err != nil {
		return err
	}
	if b.Site.Config.BaseURL == "" {
		b.Diags.Noticef(b.Site.Config.File.At(0), "build/no-base-url", "%s are left out: they need the address of the site", strings.Join(export.NeedsBaseURL(), " and ")).
			Note("set base_url in %s, or give --base-url", b.Site.Config.File.Path)
	}
	out := &site{diags: &b.Diags, from: map[string]string{}, put: b.opt.Put}
	for _, stage := range []struct {
		name string
		run  func(*site) error
	}{
		{"render", b.render},
		{"static", b.static},
	} {
		if err := b.stage(stage.name, func() error { return stage.run(out) }); err != nil {
			return err
		}
	}
	if b.Diags.HasErrors() || out.err != nil {
		return out.err
	}
	slices.SortFunc(out.files, func(x, y output.File) int { return cmp.Compare(x.Path, y.Path) })
	b.Files = b.cache.same(out.files)
	return nil
}

// A site collects the files of the site, each path once.
type site struct {
	files []output.File
	from  map[string]string // what made a path
	diags *diag.List
	later *Later // makes pages that are not among the files yet
	put   func(output.File) error
	err   error // of put
}

func (s *site) add(name string, data []byte, from string) {
	if s.claim(name, from) {
		if s.put != nil {
			s.err = errors.Join(s.err, s.put(output.File{Path: name, Data: data}))
			data = nil
		}
		s.files = append(s.files, output.File{Path: name, Data: data})
	}
}

// addMade adds a file that was put when it was made, where files are put.
func (s *site) addMade(f output.File, from string) {
	if s.claim(f.Path, from) {
		s.files = append(s.files, f)
	}
}

// claim reports whether a path is free, and takes it.
func (s *site) claim(name, from string) bool {
	other, taken := s.from[name]
	if s.later != nil && s.later.Page(name) != nil {
		other, taken = "the page "+name, true
	}
	if taken {
		s.diags.Errorf(diag.NewFile(from, nil).At(0), "build/two-files", "%s would be written over by %s", name, from).
			Note("%s makes it too: rename one of the two", other)
		return false
	}
	s.from[name] = from
	return true
}

// buffers are for pages that are put and not kept. One that a huge page has
// stretched beyond mostKept bytes is dropped.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

const mostKept = 1 << 20

// render makes the pages and the exports.
func (b *builder) render(out *site) error {
	if b.opt.Lazy {
		b.Later = b.cache.later(b.Site, b.Proofs, b.Plan, b.renderer)
		out.later = b.Later
		b.cache.keepSome()
		return nil
	}
	pages := b.Plan.Pages()
	b.Pages = len(pages)
	files := make([]output.File, len(pages))
	diags := make([]diag.List, len(pages))
	fresh := make([]bool, len(pages))
	makers := makers(b.Site, b.Proofs, b.Plan)
	exports := make([][]output.File, len(makers))
	errs := make([]error, len(makers)+len(pages))
	// What takes longest goes first, since last it would keep a single core
	// busy while the others have nothing left to do: the exports, then the
	// pages that list everything.
	order := make([]int, 0, len(pages))
	for _, deep := range []bool{false, true} {
		for i := range pages {
			if strings.Contains(pages[i].Path, "/") == deep {
				order = append(order, i)
			}
		}
	}
	b.each(len(makers), len(errs), func(k int) {
		if b.ctx.Err() != nil {
			return
		}
		if k < len(makers) {
			makers[k](func(f output.File) {
				if b.opt.Put != nil {
					errs[k] = errors.Join(errs[k], b.opt.Put(f))
					f.Data = nil
				} else {
					f.Data = bytes.Clone(f.Data)
				}
				exports[k] = append(exports[k], f)
			})
			return
		}
		i := order[k-len(makers)]
		files[i].Path = pages[i].Path
		if b.opt.Put == nil {
			files[i].Data, diags[i], fresh[i] = b.cache.page(&pages[i], b.renderer, b.warm)
			return
		}
		buffer := buffers.Get().(*[]byte)
		data, list := b.renderer.Append((*buffer)[:0], pages[i].View())
		if diags[i], fresh[i] = list, true; !list.HasErrors() {
			errs[k] = b.opt.Put(output.File{Path: files[i].Path, Data: data})
		}
		if cap(data) < mostKept {
			*buffer = data
		}
		buffers.Put(buffer)
	})
	if err := cmp.Or(b.ctx.Err(), errors.Join(errs...)); err != nil {
		return err
	}
	for i := range pages {
		b.Diags = append(b.Diags, diags[i]...)
		out.addMade(files[i], "the page "+files[i].Path)
		if fresh[i] {
			b.Rendered++
		}
	}
	b.cache.keepPages(pages)
	for _, f := range slices.Concat(exports...) {
		out.addMade(f, "the export "+f.Path)
	}
	return nil
}

// static copies the static files and the assets of the content.
func (b *builder) static(out *site) error {
	err := b.layers(b.opt.Static, "static", func(name, shown string, data []byte) {
		if own, err := fs.ReadFile(b.opt.Embedded, path.Join("static", name)); err == nil && bytes.Equal(own, data) {
			data = lean(name, data)
		}
		out.add(name, data, shown)
	})
	if err != nil {
		return err
	}
	for _, name := range b.listing.Assets {
		data, err := fs.ReadFile(b.content, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		out.add(name, data, b.shown(name))
	}
	return nil
}

// equal reports whether two lists of template files are the same.
func equal(a, b []render.File) bool {
	return slices.EqualFunc(a, b, func(x, y render.File) bool {
		return x.Name == y.Name && x.Shown == y.Shown && bytes.Equal(x.Data, y.Data)
	})
}

// Lookup returns the source whose record has this id, for commands that work
// on one, and the ids of all.
func (r *Result) Lookup(id string) (found *link.Source, ids []string) {
	for _, s := range r.Site.Sources {
		if s.ID == record.Slug(strings.TrimPrefix(id, "@")) {
			found = s
		}
		ids = append(ids, s.ID)
	}
	return found, ids
}
