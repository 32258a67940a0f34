package render

import (
	"html/template"
	"sync"

	"readout/internal/plan"
)

// A cache keeps what a template made of things that stand on many pages: the
// cards of claims, each shown on six pages or more, and the previews of
// records, which every page has that links to them.
//
// It may be kept because such a template is given nothing but the thing, which
// nobody changes: the pages of a folder share the card of a claim, with its way
// to the root, and a preview names paths from there. And it holds for as long as
// the renderer, whose templates never change either.
type cache[T any] struct {
	template string
	anywhere bool // it is the same in all folders
	most     int  // how many are kept; a site with more renders some of them again

	mu   sync.Mutex
	html map[*T]template.HTML
}

func (c *cache[T]) get(k *T) (template.HTML, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	html, ok := c.html[k]
	return html, ok
}

func (c *cache[T]) put(k *T, html template.HTML) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.html == nil || len(c.html) >= c.most {
		c.html = map[*T]template.HTML{}
	}
	c.html[k] = html
}

// Caches are those of a renderer.
type caches struct {
	cards, briefs cache[plan.Card]
	previews      cache[plan.Preview]
}

func newCaches() *caches {
	return &caches{
		cards:    cache[plan.Card]{template: cardTemplate, most: mostCards},
		briefs:   cache[plan.Card]{template: briefTemplate, most: mostCards},
		previews: cache[plan.Preview]{template: previewTemplate, anywhere: true, most: mostPreviews},
	}
}

const (
	mostCards    = 1 << 17 // of one kilobyte
	mostPreviews = 1 << 18 // of two hundred bytes
)
