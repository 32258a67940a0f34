package search

import (
	"slices"
	"strconv"

	"readout/internal/record"
)

// Passages is a part of the index: the text of some segments.
type passages struct {
	first int    // segment
	data  []byte // of the file
	head  int    // where in data the segments begin
}

// newPassages returns part n, of segments that each have a comma after them.
func newPassages(n, first int, segments []byte) passages {
	name := "d/" + strconv.Itoa(n)
	data := make([]byte, 0, len(call)+len(name)+len(segments)+8)
	data = append(appendCall(data, name), '[')
	p := passages{first: first, head: len(data)}
	p.data = append(append(data, segments[:len(segments)-1]...), "])\n"...)
	return p
}

// segments returns the segments of a part.
func (p *passages) segments() []byte { return p.data[p.head : len(p.data)-len("])\n")] }

// passage adds the text of a segment to the part that is being written.
func (c *corpus) passage(s *segment) {
	if len(c.part) >= partSize {
		c.endPart()
	}
	c.part = append(appendSegment(c.part, s), ',')
	c.partSegments++
}

// endPart ends the part that is being written.
func (c *corpus) endPart() {
	if c.partSegments > 0 {
		c.passages = append(c.passages, newPassages(len(c.passages), len(c.ends)-c.partSegments, c.part))
	}
	c.part, c.partSegments = c.part[:0], 0
}

// join makes larger parts of small ones.
func join(list []passages) []passages {
	var out []passages
	var all []byte
	for some := range slices.Chunk(list, joined) {
		all = all[:0]
		for _, x := range some {
			all = append(append(all, x.segments()...), ',')
		}
		out = append(out, newPassages(len(out), some[0].first, all))
	}
	return out
}

func appendSegment(b []byte, s *segment) []byte {
	place := byte('0')
	if s.number > 0 {
		place++
		if s.flows {
			place++
		}
	}
	b = append(b, '[', place, ',', '"')
	b = appendEscaped(b, s.href)
	if s.anchor != "" {
		b = appendEscaped(append(b, '#'), s.anchor)
	}
	b = s.appendSpans(append(b, '"', ','), s.names)
	b = s.appendSpans(append(b, ','), s.facts)
	b = append(b, ',')
	if words, ok := stances[s.stance]; ok {
		b = appendStrings(b, []string{string(s.stance), words[0], words[1]})
	} else {
		b = append(b, '0')
	}
	b = s.appendSpans(append(b, ','), s.also)
	b = append(b, ",["...)
	inside := false // of a run
	for i, p := range s.passages {
		if i > 0 {
			b = append(b, ',')
		}
		if !inside {
			b = append(b, '[')
		}
		anchor := p.anchor
		if anchor == s.anchor {
			anchor = ""
		}
		b = appendString(b, anchor)
		b = appendString(append(b, ','), s.of(p.span))
		if inside = !p.ends; !inside {
			b = append(b, ']')
		}
	}
	if inside {
		b = append(b, ']')
	}
	return append(b, "]]"...)
}

func (o *object) appendSpans(b []byte, list []span) []byte {
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, o.of(s))
	}
	return append(b, ']')
}

func appendStrings(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, s)
	}
	return append(b, ']')
}

// stances are the sign and the words of a stance, as the pages show them.
var stances = map[record.Stance][2]string{
	record.For:     {"+", "For"},
	record.ForIf:   {"±", "For, if"},
	record.Open:    {"○", "Open"},
	record.Against: {"−", "Against"},
	record.Unclear: {"?", "Unclear"},
}
