package search

import (
	"slices"

	"readout/internal/link"
	"readout/internal/record"
)

// longest is the most days that an object is taken to span: an open end of a
// date reaches so far.
const longest = 1 << 16

// ways are how directly a claim reaches us. A facet takes them for objects that
// come before the first.
var ways = []link.Directness{link.Own, link.Relayed, link.Unnamed, link.InDocument}

// fact adds what the facets know of an object to the last part of facts, or to
// a new one: how many objects it belongs to, its way among them, each as its
// distance from the one before, less one; then 0 for no date, or one more than the distance of its
// first day from that of the dated object before it in the part, and the
// number of days after that.
func (c *corpus) fact(o *object, number int) {
	if number%factsPerPart == 0 {
		c.facts = append(c.facts, nil)
		c.day = 0
	}
	refs := c.refs[:0]
	if way := slices.Index(ways, o.direct); way >= 0 {
		refs = append(refs, way-len(ways))
	}
	for _, n := range o.refs {
		refs = append(refs, int(c.numbers[n]))
	}
	slices.Sort(refs)
	c.refs = refs

	b := &c.facts[len(c.facts)-1]
	*b = appendNumber(*b, len(refs))
	next := -len(ways)
	for _, n := range refs {
		*b = appendNumber(*b, n-next)
		next = n + 1
	}
	first, last, ok := o.days()
	if !ok {
		*b = appendNumber(*b, 0)
		return
	}
	*b = appendNumber(*b, 1+zigzag(int(first-c.day)))
	*b = appendNumber(*b, int(last-first))
	c.day = first
}

// days returns the first day and the last that the dates of an object may
// mean.
func (o *object) days() (first, last record.Day, ok bool) {
	for _, d := range o.dates {
		if d.IsZero() {
			continue
		}
		if !ok {
			first, last, ok = d.Earliest(), d.Latest(), true
		}
		first, last = min(first, d.Earliest()), max(last, d.Latest())
	}
	if first == record.MinDay {
		first = max(first, last-longest)
	}
	return first, min(last, first+longest), ok
}

// zigzag makes a number that is not negative: 0, -1, 1, -2 are 0, 1, 2, 3.
func zigzag(n int) int {
	if n < 0 {
		return -2*n - 1
	}
	return 2 * n
}
