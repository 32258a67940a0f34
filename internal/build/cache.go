package build

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"readout/internal/diag"
	"readout/internal/link"
	"readout/internal/load"
	"readout/internal/markdown"
	"readout/internal/output"
	"readout/internal/plan"
	"readout/internal/record"
	"readout/internal/render"
	"readout/internal/verify"
)

// A Cache holds the results of a build's stages for the next build. What may
// be in it: results of stages that see nothing but what they are looked up by.
// A record sees its file's bytes and whether HTML is let through. A proof sees
// its [verify.Input]. A page sees its view and the templates. The site sees
// every record, and the plan every proof too; each is looked up by all of
// them, and so is used again only if none has changed.
//
// What the latest build did not use is dropped, so a cache does not grow with
// the number of builds.
type Cache struct {
	once      bool                      // of a single build: there is no next one to keep anything for
	forget    bool                      // with once: see Options.Forget
	mu        sync.Mutex                // of what the parallel stages, and pages that are made later, share
	engines   map[bool]*markdown.Engine // by RawHTML
	records   map[string]*parsed        // by name below the content folder
	texts     map[string]*diag.File     // by the path shown
	proofs    map[*record.Source]*proof
	lockFile  *diag.File
	locked    *verify.Lock
	lockDiags diag.List
	sources   []render.File
	renders   *render.Renderer
	rendDiags diag.List
	pages     map[string]*page
	files     map[string][]byte
	twins     [2]*twin
	shown     *twin // of the latest build without an error
	linked    linked
	planned   planned
	postponed postponed
	configs   [2]*record.Site // as read, and with another base address
	listing   *load.Listing
	listed    []*parsed // of the entries of listing, without the settings
	edits     edits     // that no good build has seen yet
}

// NewCache returns an empty cache.
func NewCache() *Cache {
	return &Cache{
		engines: map[bool]*markdown.Engine{}, records: map[string]*parsed{}, texts: map[string]*diag.File{},
		proofs: map[*record.Source]*proof{}, pages: map[string]*page{}, files: map[string][]byte{},
	}
}

// parsed is the record of one file.
type parsed struct {
	record record.Record
	diags  diag.List
	file   *diag.File
	raw    bool // HTML was let through
	draft  bool
}

// record reads and parses a file, or takes it to be as it was if it may not be
// looked at. It returns nil for a file that is gone.
func (c *Cache) record(content fs.FS, e load.Entry, shown string, raw, look bool) (*parsed, error) {
	c.mu.Lock()
	old := c.records[e.Name]
	md := c.engines[raw]
	if md == nil {
		md = markdown.New(markdown.Options{RawHTML: raw})
		c.engines[raw] = md
	}
	c.mu.Unlock()
	if old != nil && (old.raw != raw || old.file.Path != shown) {
		old = nil
	}
	if old != nil && !look {
		return old, nil
	}
	var was []byte
	if old != nil {
		was = old.file.Data
	}
	data, same, err := read(content, e.Name, was)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case same && old != nil:
		return old, nil
	}
	p := &parsed{file: diag.NewFile(shown, data), raw: raw}
	p.record, p.diags = load.Parse(e, p.file, md)
	p.draft = p.record.Head().Draft
	if c.once {
		if c.forget {
			p.file.Drop(func() []byte {
				data, _ := fs.ReadFile(content, e.Name) // gone by now: it has no lines to show
				return data
			})
		}
		return p, nil
	}
	c.mu.Lock()
	c.records[e.Name] = p
	c.mu.Unlock()
	return p, nil
}

// unread returns the records of entries as far as they are known, and which of
// them have to be looked at. Known are those of the same entries in the build
// before, or nil.
func (c *Cache) unread(entries []load.Entry, known []*parsed, e *edits, raw bool) (list []*parsed, todo []int) {
	if known == nil || len(known) != len(entries) || slices.ContainsFunc(known[:min(1, len(known))], func(p *parsed) bool { return p == nil || p.raw != raw }) {
		for i := range entries {
			todo = append(todo, i)
		}
		return make([]*parsed, len(entries)), todo
	}
	for name := range e.content {
		if i, ok := find(entries, name); ok {
			todo = append(todo, i)
		}
	}
	return slices.Clone(known), todo
}

// find finds an entry, among those sorted by name.
func find(entries []load.Entry, name string) (i int, ok bool) {
	return slices.BinarySearchFunc(entries, name, func(e load.Entry, name string) int { return strings.Compare(e.Name, name) })
}

func (c *Cache) keepRecords(entries []load.Entry) {
	if c.once || len(c.records) == len(entries) {
		return
	}
	now := make(map[string]*parsed, len(entries))
	for _, e := range entries {
		if p := c.records[e.Name]; p != nil {
			now[e.Name] = p
		}
	}
	c.records = now
}

// text reads the text of an article; nil where it is not at hand.
func (c *Cache) text(folders []load.TextFolder, name string) (*diag.File, error) {
	data, shown, ok, err := load.FindText(folders, name)
	if err != nil || !ok {
		return nil, err
	}
	if c.once {
		return diag.NewFile(shown, data), nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if old := c.texts[shown]; old != nil && bytes.Equal(old.Data, data) {
		return old, nil
	}
	f := diag.NewFile(shown, data)
	c.texts[shown] = f
	return f, nil
}

// lock reads quotes.lock, unless it may not be looked at.
func (c *Cache) lock(content fs.FS, exists bool, shown string, look bool) (*verify.Lock, diag.List, error) {
	if c.lockFile != nil && !look {
		return c.locked, c.lockDiags, nil
	}
	var data []byte
	if exists {
		var err error
		if data, err = fs.ReadFile(content, load.LockFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, err
		}
	}
	if c.lockFile == nil || !bytes.Equal(c.lockFile.Data, data) {
		c.lockFile = diag.NewFile(shown, data)
		c.locked, c.lockDiags = verify.ParseLock(c.lockFile)
	}
	return c.locked, c.lockDiags, nil
}

// proof is the proof of one source.
type proof struct {
	in     verify.Input
	base   string // of the name of its text
	result *verify.Result
}

// prove proves a source's quotations. Its input is compared by identity: the
// record, the text and the receipts are the same values as long as the files
// they came from are.
//
// What a single build does not publish whole has served its purpose then.
func (c *Cache) prove(in verify.Input) *verify.Result {
	if c.once {
		r := verify.Prove(in)
		if in.Source.Rights != record.Full {
			r.Text = nil
		}
		return r
	}
	c.mu.Lock()
	old := c.proofs[in.Source]
	c.mu.Unlock()
	if old != nil && old.in == in {
		return old.result
	}
	p := &proof{in, path.Base(verify.TextName(in.Source)), verify.Prove(in)}
	c.mu.Lock()
	c.proofs[in.Source] = p
	c.mu.Unlock()
	return p.result
}

// proved returns the proof of a source if nothing that it depends on can have
// changed, as far as can be told without looking at the text; else nil.
func (c *Cache) proved(s *record.Source, receipts *verify.SourceReceipt, limits verify.Limits, e *edits) *verify.Result {
	if e.all {
		return nil
	}
	if p := c.proofs[s]; p != nil && p.in.Receipts == receipts && p.in.Limits == limits && !e.bases[p.base] {
		return p.result
	}
	return nil
}

// mostStale is how many proofs of former records may stay: to sort them out
// takes as long as all else that a save of one source does here.
const mostStale = 32

func (c *Cache) keepProofs(sources []*link.Source) {
	if c.once {
		return
	}
	if n := len(c.proofs) - len(sources); n >= 0 && n < mostStale {
		return
	}
	now := make(map[*record.Source]*proof, len(sources))
	texts := make(map[string]*diag.File, len(sources))
	for _, s := range sources {
		p := c.proofs[s.Record]
		now[s.Record] = p
		if t := p.in.Text; t != nil {
			texts[t.Path] = t
		}
	}
	c.proofs, c.texts = now, texts
}

// renderer parses the templates.
func (c *Cache) renderer(files []render.File) (*render.Renderer, diag.List) {
	if c.renders == nil || !equal(c.sources, files) {
		c.sources = files
		c.renders, c.rendDiags = render.New(files)
	}
	return c.renders, c.rendDiags
}

// page is a rendered page.
type page struct {
	key   plan.Key
	by    *render.Renderer
	data  []byte
	diags diag.List
}

// page renders a page, unless the cache has it. Without a next build to keep
// it for, the key is not worth its hash.
func (c *Cache) page(p *plan.Page, r *render.Renderer, keep bool) (data []byte, diags diag.List, fresh bool) {
	if !keep {
		data, diags = r.Page(p.View())
		return data, diags, true
	}
	view := p.View()
	key := plan.HashOf(view)
	c.mu.Lock()
	old := c.pages[p.Path]
	c.mu.Unlock()
	if old != nil && old.key == key && old.by == r {
		return old.data, old.diags, false
	}
	data, diags = r.Page(view)
	if diags.HasErrors() && old != nil {
		data = old.data // the last good page, for a preview
	}
	c.mu.Lock()
	c.pages[p.Path] = &page{key, r, data, diags}
	c.mu.Unlock()
	return data, diags, true
}

func (c *Cache) keepPages(pages []plan.Page) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.pages) <= len(pages) {
		return
	}
	now := make(map[string]*page, len(pages))
	for _, p := range pages {
		if x := c.pages[p.Path]; x != nil {
			now[p.Path] = x
		}
	}
	c.pages = now
}

// mostMade is how many of the pages that were made later are kept for the
// builds after.
const mostMade = 256

// keepSome forgets the pages that were made later, once they are many.
func (c *Cache) keepSome() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.pages) > mostMade {
		clear(c.pages)
	}
}

// same returns the files with the bytes of the build before where they are
// equal, so that a caller can see by identity what changed.
func (c *Cache) same(files []output.File) []output.File {
	now := make(map[string][]byte, len(files))
	for i, f := range files {
		if old, ok := c.files[f.Path]; ok && bytes.Equal(old, f.Data) {
			files[i].Data = old
		}
		now[f.Path] = files[i].Data
	}
	c.files = now
	return slices.Clip(files)
}
