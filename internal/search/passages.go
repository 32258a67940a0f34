package search

import "readout/internal/record"

// Passages is a part of the index: the text of some segments.
type passages struct {
	first int    // segment
	data  []byte // of all its segments, each with a comma after it
}

// passage adds the text of a segment to the last part, or to a new one.
func (c *corpus) passage(s *segment) {
	n := len(c.passages)
	if n == 0 || len(c.passages[n-1].data) >= partSize {
		c.passages = append(c.passages, passages{first: len(c.ends), data: make([]byte, 0, partSize+partSize/2)})
		n++
	}
	p := &c.passages[n-1]
	p.data = append(appendSegment(p.data, s), ',')
}

func appendSegment(b []byte, s *segment) []byte {
	place := byte('0')
	if s.number > 0 {
		place++
		if s.flows {
			place++
		}
	}
	href := s.href
	if s.anchor != "" {
		href += "#" + s.anchor
	}
	b = append(b, '[', place, ',')
	b = appendString(b, href)
	b = appendStrings(append(b, ','), s.names)
	b = appendStrings(append(b, ','), s.facts)
	b = append(b, ',')
	if words, ok := stances[s.stance]; ok {
		b = appendStrings(b, []string{string(s.stance), words[0], words[1]})
	} else {
		b = append(b, '0')
	}
	b = appendStrings(append(b, ','), s.also)
	b = append(b, ",["...)
	for i, r := range s.runs {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for k, p := range r {
			if k > 0 {
				b = append(b, ',')
			}
			anchor := p.anchor
			if anchor == s.anchor {
				anchor = ""
			}
			b = appendString(b, anchor)
			b = appendString(append(b, ','), p.text)
		}
		b = append(b, ']')
	}
	return append(b, "]]"...)
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
