package quote

import (
	"strings"

	"readout/internal/diag"
)

// maxListed is the most places that a result lists.
const maxListed = 20

// settle chooses one of the places and returns its index, or -1.
//
// "after" picks the place that follows these words most closely, "before" the
// one that they follow most closely; with both, the two distances are added
// up. Two places at the same distance stay ambiguous.
func (t *Text) settle(matches []match, opt Options, r *Result) int {
	fits := make([]bool, len(matches))
	distance := make([]int, len(matches))
	for i := range fits {
		fits[i] = true
	}
	severity := diag.Error
	if len(matches) == 1 {
		severity = diag.Warning
	}
	hint := func(words, code string, measure func(m, hint span) (int, bool)) {
		if strings.TrimSpace(words) == "" {
			return
		}
		spans := t.phrase(words)
		if len(spans) == 0 {
			r.note(severity, code+"-absent", "the words “%s” are not in the source", words)
			for i := range fits {
				fits[i] = fits[i] && len(matches) == 1
			}
			return
		}
		any := false
		for i, m := range matches {
			best := -1
			for _, s := range spans {
				if d, ok := measure(m.span(), s); ok && (best < 0 || d < best) {
					best = d
				}
			}
			if best < 0 && len(matches) > 1 {
				fits[i] = false
			}
			any = any || best >= 0
			distance[i] += max(best, 0)
		}
		if !any {
			r.note(severity, code+"-absent", "the passage does not stand %s the words “%s”", strings.TrimPrefix(code, "quote/"), words)
		}
	}
	hint(opt.After, "quote/after", func(m, h span) (int, bool) { return m.start - h.end, h.end <= m.start })
	hint(opt.Before, "quote/before", func(m, h span) (int, bool) { return h.start - m.end, m.end <= h.start })

	if len(matches) == 1 {
		return 0
	}
	for _, m := range matches[:min(len(matches), maxListed)] {
		s := m.span()
		r.Places = append(r.Places, Place{t.rawStart(s.start), t.rawEnd(s.end), t.paragraphOf(s.start), t.context(s)})
	}
	chosen, ties := -1, 0
	if strings.TrimSpace(opt.After+opt.Before) != "" {
		for i := range matches {
			switch {
			case !fits[i]:
			case chosen < 0 || distance[i] < distance[chosen]:
				chosen, ties = i, 0
			case distance[i] == distance[chosen]:
				ties++
			}
		}
	}
	if chosen < 0 || ties > 0 {
		more := ""
		if len(matches) == maxPlaces {
			more = "at least "
		}
		r.note(diag.Error, "quote/ambiguous", "the quotation stands in %s%d places; pick one with \"after:\" or \"before:\" and the words beside it", more, len(matches))
		return -1
	}
	return chosen
}

// phrase returns the places of some words in the body, in any case and with
// or without the marks of brackets.
func (t *Text) phrase(words string) []span {
	src := t.bare()
	v := view{t.body, src.lower(), src.at}
	var spans []span
	for _, p := range v.search(lower(fold([]byte(words), true).b)) {
		spans = append(spans, p.body)
	}
	return spans
}

// context returns a passage with some words on both sides of it.
func (t *Text) context(s span) string {
	paragraphs := t.paragraphs()
	const reach = 48
	start, end := s.start, s.end
	if i := find(paragraphs, s.start); i >= 0 {
		start = max(paragraphs[i].start, s.start-reach)
		if start > paragraphs[i].start {
			for start < s.start && !(t.body[start-1] == ' ' || t.body[start-1] == '\n') {
				start++
			}
		}
	}
	if i := find(paragraphs, s.end-1); i >= 0 {
		end = min(paragraphs[i].end, s.end+reach)
		if end < paragraphs[i].end {
			for end > s.end && !(t.body[end] == ' ' || t.body[end] == '\n') {
				end--
			}
		}
	}
	return strings.Join(strings.Fields(string(t.body[start:end])), " ")
}
