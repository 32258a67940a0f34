package render

import (
	"html/template"
	"sync"

	"readout/internal/plan"
)

// Cards keeps the HTML of claims: one is shown on six pages or more, and those
// of a folder share its card.
//
// It may be kept because its template is given nothing but the card, which
// nobody changes, and holds for as long as the renderer, whose templates never
// change either.
type cards struct {
	mu   sync.Mutex
	html map[cardKey]template.HTML
}

// A cardKey is what card.html or brief.html is given, and which of them it is.
type cardKey struct {
	template string
	card     *plan.Card
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
