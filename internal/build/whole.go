package build

import (
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

// linked is a site, and all that it was made of.
type linked struct {
	records []record.Record
	opt     link.Options
	site    *link.Site
	diags   diag.List
}

func (c *Cache) link(records []record.Record, opt link.Options) (*link.Site, diag.List) {
	l := &c.linked
	if l.site == nil || !slices.Equal(l.records, records) || l.opt.AsOf != opt.AsOf || l.opt.HasAsOf != opt.HasAsOf || !slices.Equal(l.opt.Drafts, opt.Drafts) {
		opt.Each = each
		site, diags := link.Join(records, opt)
		*l = linked{records, opt, site, diags}
	}
	return l.site, l.diags
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
	site   *link.Site
	proofs map[*record.Source]*verify.Result
	plan   *plan.Plan
}

func (c *Cache) plan(site *link.Site, proofs map[*record.Source]*verify.Result) *plan.Plan {
	p := &c.planned
	if p.site != site || !maps.Equal(p.proofs, proofs) {
		*p = planned{site, proofs, plan.Make(site, proofs)}
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
		Exports: sync.OnceValue(func() []output.File { return filesOf(site, proofs, p) }),
	}
	c.postponed = postponed{p, r, l}
	return l
}

// eachFile makes the exports and the index of the search, and hands each to
// put: with a large briefing they are tens of megabytes.
func eachFile(site *link.Site, proofs map[*record.Source]*verify.Result, p *plan.Plan, put func(output.File)) {
	export.Each(site, proofs, p, func(f export.File) { put(output.File{Path: f.Path, Data: f.Data}) })
	files := search.Files(site, proofs)
	for i, f := range files {
		files[i].Data = nil
		put(output.File{Path: f.Path, Data: f.Data})
	}
}

// filesOf returns the same as a list.
func filesOf(site *link.Site, proofs map[*record.Source]*verify.Result, p *plan.Plan) (files []output.File) {
	eachFile(site, proofs, p, func(f output.File) { files = append(files, f) })
	return files
}
