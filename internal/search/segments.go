package search

import (
	"hash/crc32"
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
	vocabulary *vocabulary

	// The words of all segments, one after another. A 0 parts two that no
	// quotation runs across.
	tokens []uint32
	ends   []int    // where each segment ends in tokens
	more   []uint32 // segments of the same object as the one before

	titles     []uint32 // the words of names, segment by segment
	titlesEnds []int    // by segment: where they end in titles

	numbers map[*link.Node]uint32 // of the objects that others refer to
	counts  []int                 // objects by kind, as in kinds
	objects int

	splitter splitter
	facts    [][]byte
	refs     []int      // of the object that is being added
	day      record.Day // the last date in facts

	segments []extent
	size     int    // of all, in bytes
	sum      uint32 // of all
	scratch  []byte // the last
}

func newCorpus() *corpus {
	return &corpus{vocabulary: newVocabulary(), numbers: map[*link.Node]uint32{}, counts: make([]int, len(kinds))}
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

// reserve makes room for the words of a site, of which there are about one for
// each six bytes of text. Growing into it would take five times the room.
func (c *corpus) reserve(site *link.Site) {
	size := 0
	add := func(p link.Prose) {
		if p.Prose != nil {
			size += len(p.Text)
		}
	}
	for _, n := range site.Nodes() {
		add(n.Prose)
	}
	for _, x := range site.Claims {
		add(x.Note)
		size += 300 // who, what, when, where, and the words
	}
	c.tokens = make([]uint32, 0, size/6+1024)
}

// add adds an object, in segments.
func (c *corpus) add(o *object) {
	c.counts[slices.Index(kinds, o.kind)]++
	c.fact(o, c.objects)
	c.objects++

	s := segment{object: o}
	start := len(c.tokens)
	for _, name := range o.names {
		from := len(c.tokens)
		c.text(o.of(name))
		c.titles = append(c.titles, c.tokens[from:]...)
		c.pause()
	}
	for _, list := range [...][]span{o.facts, o.also} {
		for _, t := range list {
			c.text(o.of(t))
			c.pause()
		}
	}
	from := 0 // of what is not in a segment yet
	for i, p := range o.passages {
		c.text(o.of(p.span))
		full := len(c.tokens)-start >= segmentWords
		if p.ends {
			c.pause()
		}
		if full {
			s.passages = o.passages[from : i+1]
			c.end(&s)
			from, start = i+1, len(c.tokens)
		}
	}
	if s.passages = o.passages[from:]; len(s.passages) > 0 || s.number == 0 {
		c.end(&s)
	}
}

// A segment is a part of an object.
type segment struct {
	*object
	number   int  // in the object
	flows    bool // its first run goes on from the segment before
	passages []passage
}

// next makes a segment the next one, whose passages are still to be given.
func (s *segment) next() {
	n := len(s.passages)
	s.flows = n > 0 && !s.passages[n-1].ends
	s.number++
}

// end ends a segment.
func (c *corpus) end(s *segment) {
	if s.number > 0 {
		c.more = append(c.more, uint32(len(c.ends)))
	}
	c.scratch = appendSegment(c.scratch[:0], s)
	c.segments = append(c.segments, extent{uint32(len(c.scratch)), uint32(len(s.passages))})
	c.size += len(c.scratch)
	c.sum = crc32.Update(c.sum, checksums, c.scratch)
	c.ends = append(c.ends, len(c.tokens))
	c.titlesEnds = append(c.titlesEnds, len(c.titles))
	s.next()
}

// pause parts what stands before from what stands after.
func (c *corpus) pause() {
	if n := len(c.tokens); n > 0 && c.tokens[n-1] != 0 {
		c.tokens = append(c.tokens, 0)
	}
}

// text adds the words of a text.
func (c *corpus) text(s []byte) {
	p := &c.splitter
	p.words(s)
	from := 0
	for _, end := range p.ends {
		c.tokens = append(c.tokens, c.vocabulary.id(p.letters[from:end]))
		from = end
	}
}
