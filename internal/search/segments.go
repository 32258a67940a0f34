package search

import (
	"slices"

	"readout/internal/link"
	"readout/internal/record"
)

// segmentWords is how many words end a segment: the passage in which they are
// reached is its last. It is more than the words of a quotation that a client
// looks up, so that no quotation reaches from a segment beyond the next.
const segmentWords = 800

// A corpus is the words of a site, as they stand in its segments.
type corpus struct {
	ids   map[string]uint32 // of a word, from 1
	names []string          // of a word, by id
	hash  []uint32          // by id

	// The words of all segments, one after another. A 0 parts two that no
	// quotation runs across.
	tokens []uint32
	ends   []int    // where each segment ends in tokens
	more   []uint32 // segments of the same object as the one before
	flows  []bool   // by segment: its first words run on from the one before

	titles map[uint32][]uint32 // by word: the segments in whose names it is

	numbers map[*link.Node]uint32 // of the objects that others refer to
	counts  []int                 // objects by kind, as in kinds
	objects int

	passages []passages
	facts    [][]byte
	day      record.Day // the last date in facts
}

func newCorpus() *corpus {
	return &corpus{
		ids: map[string]uint32{}, names: []string{""}, hash: []uint32{0}, titles: map[uint32][]uint32{},
		numbers: map[*link.Node]uint32{}, counts: make([]int, len(kinds)),
	}
}

// number gives the nodes of a site the numbers that their objects will have.
func (c *corpus) number(site *link.Site) {
	add := func(n *link.Node) { c.numbers[n] = uint32(len(c.numbers)) }
	for _, a := range site.Actors {
		add(&a.Node)
	}
	for _, is := range site.Issues {
		add(&is.Node)
	}
	for _, m := range slices.Backward(site.Meetings) {
		add(&m.Node)
	}
	for _, s := range slices.Backward(site.Sources) {
		add(&s.Node)
	}
}

// add adds an object, in segments.
func (c *corpus) add(o *object) {
	c.counts[slices.Index(kinds, o.kind)]++
	c.fact(o, c.objects)
	c.objects++

	s := segment{object: o}
	segment := uint32(len(c.ends))
	start := len(c.tokens)
	for _, name := range o.names {
		from := len(c.tokens)
		c.text(name)
		for _, w := range c.tokens[from:] {
			if list := c.titles[w]; len(list) == 0 || list[len(list)-1] != segment {
				c.titles[w] = append(list, segment)
			}
		}
		c.pause()
	}
	for _, t := range slices.Concat(o.facts, o.also) {
		c.text(t)
		c.pause()
	}
	for _, r := range o.runs {
		var open run
		for i, p := range r {
			c.text(p.text)
			open = append(open, p)
			if len(c.tokens)-start < segmentWords {
				continue
			}
			s.runs = append(s.runs, open)
			open = nil
			flows := i+1 < len(r)
			if !flows {
				c.pause()
			}
			c.end(&s, flows)
			start = len(c.tokens)
		}
		if len(open) > 0 {
			s.runs = append(s.runs, open)
			c.pause()
		}
	}
	if len(s.runs) > 0 || s.number == 0 {
		c.end(&s, false)
	}
}

// A segment is the part of an object that is being added.
type segment struct {
	*object
	number int // in the object
	flows  bool
	runs   []run
}

// end ends a segment; flows says that the next one runs on from it.
func (c *corpus) end(s *segment, flows bool) {
	if s.number > 0 {
		c.more = append(c.more, uint32(len(c.ends)))
	}
	c.passage(s)
	c.ends = append(c.ends, len(c.tokens))
	c.flows = append(c.flows, s.flows)
	s.number++
	s.flows = flows
	s.runs = s.runs[:0]
}

// pause parts what stands before from what stands after.
func (c *corpus) pause() {
	if n := len(c.tokens); n > 0 && c.tokens[n-1] != 0 {
		c.tokens = append(c.tokens, 0)
	}
}

func (c *corpus) text(s string) { words(s, c.word) }

func (c *corpus) word(w []byte) {
	id, ok := c.ids[string(w)]
	if !ok {
		id = uint32(len(c.names))
		name := string(w)
		c.ids[name] = id
		c.names = append(c.names, name)
		c.hash = append(c.hash, hash(name))
	}
	c.tokens = append(c.tokens, id)
}
