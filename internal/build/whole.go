package build

import (
	"bytes"
	"maps"
	"slices"
	"sync"

	"readout/internal/diag"
	"readout/internal/export"
	"readout/internal/link"
	"readout/internal/output"
	"readout/internal/plan"
	"readout/internal/record"
	"readout/internal/render"
	"readout/internal/search"
	"readout/internal/verify"
)

// What sees the whole briefing can be used again only if all of it is the
// same: the very records and proofs, which their own caches return as long as
// nothing that they depend on has changed. It is so when templates, styles or
// scripts are edited, and when a file is saved as it was.
//
// The site is changed into the next one where that is possible, which takes a
// thousandth of the work. Pages are still being made from the site before, and
// a preview goes on showing the last good one for as long as there are
// mistakes. So there are two, and the one that is changed is that which is not
// shown: it lags by one build. Whoever reads a site holds it ([Result.Hold]);
// one that is still held when its turn comes is left to them, and another one
// takes its place.

// A twin is one of two sites that take turns.
type twin struct {
	mu     sync.RWMutex // held by who reads the site, and by who changes it
	number int          // how often it was changed
	site   *link.Site   // nil if there is none, or a change of it did not end
}

// join changes the site into that of the records.
func (t *twin) join(records []record.Record, opt link.Options) diag.List {
	t.number++
	opt.Each = each
	opt.Old, t.site = t.site, nil
	site, diags := link.Join(records, opt)
	t.site = site
	return diags
}

// linked is what the latest site was made of.
type linked struct {
	records []record.Record
	opt     link.Options
	twin    *twin
	number  int // of the twin
	diags   diag.List
}

func (l *linked) of(records []record.Record, opt link.Options) bool {
	return l.twin != nil && slices.Equal(l.records, records) &&
		l.opt.AsOf == opt.AsOf && l.opt.HasAsOf == opt.HasAsOf && slices.Equal(l.opt.Drafts, opt.Drafts)
}

func (c *Cache) link(records []record.Record, opt link.Options) linked {
	if c.linked.of(records, opt) {
		return c.linked
	}
	t := c.spare()
	defer t.mu.Unlock()
	diags := t.join(records, opt)
	c.linked = linked{records, opt, t, t.number, diags}
	return c.linked
}

// spare returns the twin that is not shown, or another one if somebody still
// holds it, locked.
func (c *Cache) spare() *twin {
	i := 0
	if c.twins[i] == c.shown {
		i = 1
	}
	if c.twins[i] == nil || !c.twins[i].mu.TryLock() {
		c.twins[i] = &twin{}
		c.twins[i].mu.Lock()
	}
	return c.twins[i]
}

// prepare brings the twin that is not shown up to date, so that the next build
// has little to change.
func (c *Cache) prepare() {
	if c.linked.twin == nil || c.linked.twin != c.shown {
		return
	}
	t := c.spare()
	defer t.mu.Unlock()
	t.join(c.linked.records, c.linked.opt)
}

// Hold keeps the site, and all that is made from it later, as it is until
// release is called. It fails if the site is that of a later build by now: a
// cache changes what was shown two builds ago.
func (r *Result) Hold() (release func(), ok bool) {
	t := r.linked.twin
	if t == nil {
		return func() {}, true
	}
	t.mu.RLock()
	if t.number != r.linked.number {
		t.mu.RUnlock()
		return nil, false
	}
	return t.mu.RUnlock, true
}

// config returns the settings with another base address, which are one record
// as long as the settings are.
func (c *Cache) config(s *record.Site, baseURL string) *record.Site {
	if c.configs[0] != s || c.configs[1].BaseURL != baseURL {
		changed := *s
		changed.BaseURL = baseURL
		c.configs = [2]*record.Site{s, &changed}
	}
	return c.configs[1]
}

// planned is a plan, and all that it was made of.
type planned struct {
	twin   *twin
	number int
	proofs map[*record.Source]*verify.Result
	plan   *plan.Plan
}

func (c *Cache) plan(l linked, proofs map[*record.Source]*verify.Result) *plan.Plan {
	p := &c.planned
	if p.plan == nil || p.twin != l.twin || p.number != l.number || !maps.Equal(p.proofs, proofs) {
		*p = planned{l.twin, l.number, proofs, plan.Make(l.twin.site, proofs)}
	}
	return p.plan
}

// postponed is what a lazy build left to be made, and what by.
type postponed struct {
	plan     *plan.Plan
	renderer *render.Renderer
	later    *Later
}

func (c *Cache) later(site *link.Site, proofs map[*record.Source]*verify.Result, p *plan.Plan, r *render.Renderer) *Later {
	if c.postponed.plan == p && c.postponed.renderer == r {
		return c.postponed.later
	}
	var mu sync.Mutex
	made := map[string]func() ([]byte, diag.List){}
	l := &Later{
		Page: func(path string) func() ([]byte, diag.List) {
			mu.Lock()
			defer mu.Unlock()
			if f := made[path]; f != nil {
				return f
			}
			pg := p.Page(path)
			if pg == nil {
				return nil
			}
			made[path] = sync.OnceValues(func() ([]byte, diag.List) {
				data, diags, _ := c.page(pg, r, true)
				return data, diags
			})
			return made[path]
		},
		Paths: func() (paths []string) {
			for _, pg := range p.Pages() {
				paths = append(paths, pg.Path)
			}
			return paths
		},
		Exports: sync.OnceValue(func() map[string][]byte { return collect(makers(site, proofs, p)[1:]) }),
		Index:   sync.OnceValue(func() map[string][]byte { return collect(makers(site, proofs, p)[:1]) }),
	}
	c.postponed = postponed{p, r, l}
	return l
}

// makers returns functions that make the index of the search and the exports,
// in this order, and hand each file to put: with a large briefing they are tens of megabytes.
// The bytes of a file are good until put returns. They may be called at the same time.
func makers(site *link.Site, proofs map[*record.Source]*verify.Result, p *plan.Plan) []func(put func(output.File)) {
	all := []func(func(output.File)){func(put func(output.File)) {
		search.Make(site, proofs, func(f search.File) { put(output.File{Path: f.Path, Data: f.Data}) })
	}}
	for _, some := range export.Makers(site, proofs, p) {
		all = append(all, func(put func(output.File)) {
			some(func(f export.File) { put(output.File{Path: f.Path, Data: f.Data}) })
		})
	}
	return all
}

// collect returns what functions that were made by makers make, by path.
func collect(all []func(put func(output.File))) map[string][]byte {
	made := make([][]output.File, len(all))
	each(len(all), func(i int) {
		all[i](func(f output.File) {
			f.Data = bytes.Clone(f.Data)
			made[i] = append(made[i], f)
		})
	})
	files := map[string][]byte{}
	for _, list := range made {
		for _, f := range list {
			files[f.Path] = f.Data
		}
	}
	return files
}
