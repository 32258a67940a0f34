package render

import (
	"html/template"
	"sync"

	"readout/internal/plan"
)

// Cards keeps the HTML of claims. Executing card.html costs about twenty
// times what hashing the card does, and a claim is shown on six pages or more.
//
// A card may be kept because its template is given nothing but what the key
// holds. It holds for as long as the renderer, whose templates never change.
type cards struct {
	mu   sync.Mutex
	html map[cardKey]template.HTML
}

// A cardKey is everything that card.html or brief.html is given, and which it is.
type cardKey struct {
	template, root string
	card           plan.Key
}

// MostCards bounds what is kept. A site with more claims than that renders
// some of them again.
const mostCards = 1 << 15

func (c *cards) get(k cardKey) (template.HTML, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	html, ok := c.html[k]
	return html, ok
}

func (c *cards) put(k cardKey, html template.HTML) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.html == nil || len(c.html) >= mostCards {
		c.html = map[cardKey]template.HTML{}
	}
	c.html[k] = html
}
