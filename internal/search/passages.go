package search

import (
	"strconv"

	"readout/internal/link"
	"readout/internal/record"
	"readout/internal/verify"
)

// An extent is what is known of a segment, for it to be made a second time.
type extent struct {
	size     uint32 // in bytes
	passages uint32 // how many
}

// cut returns the first segments of parts of a size, or of one segment where
// that is longer.
func cut(segments []extent, size int) (firsts []uint32) {
	left := 0
	for i, x := range segments {
		n := int(x.size) + len(",")
		if left < n {
			firsts = append(firsts, uint32(i))
			left = size
		}
		left -= n
	}
	return firsts
}

// passages writes the segments of a site, in parts that begin with those that
// are given.
func (w *writer) passages(site *link.Site, proofs map[*record.Source]*verify.Result, segments []extent, firsts []uint32) {
	n, part := 0, 0
	name := ""
	end := func() {
		w.part = append(w.part, ']')
		w.end(name)
	}
	objects(site, proofs, func(o *object) {
		s := segment{object: o}
		for from := 0; s.number == 0 || from < len(o.passages); n++ {
			if part < len(firsts) && int(firsts[part]) == n {
				if part > 0 {
					end()
				}
				name = "d/" + strconv.Itoa(part)
				w.begin(name)
				w.part = append(w.part, '[')
				part++
			} else {
				w.part = append(w.part, ',')
			}
			to := from + int(segments[n].passages)
			s.passages = o.passages[from:to]
			w.part = appendSegment(w.part, &s)
			s.next()
			from = to
		}
	})
	if part > 0 {
		end()
	}
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
