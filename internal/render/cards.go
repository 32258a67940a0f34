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
// nobody changes, and the way to the root, which is part of the key; and it
// holds for as long as the renderer, whose templates never change either.
type cache[K comparable] struct {
	most int // how many are kept; a site with more renders some of them again

	mu   sync.Mutex
	html map[K]template.HTML
}

func (c *cache[K]) get(k K) (template.HTML, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	html, ok := c.html[k]
	return html, ok
}

func (c *cache[K]) put(k K, html template.HTML) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.html == nil || len(c.html) >= c.most {
		c.html = map[K]template.HTML{}
	}
	c.html[k] = html
}

// A cardKey is what card.html or brief.html is given, and which of them it is.
// The pages of a folder share a claim's card, so that it knows the way.
type cardKey struct {
	brief bool
	card  *plan.Card
}

// A previewKey is what preview.html is given.
type previewKey struct {
	root    string
	preview *plan.Preview
}

const (
	mostCards    = 1 << 15 // of two kilobytes
	mostPreviews = 1 << 18 // of two hundred bytes
)
