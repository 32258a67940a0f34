package plan

import (
	"cmp"
	"slices"
	"strings"

	"readout/internal/link"
	"readout/internal/record"
	"readout/internal/verify"
)

// A quoted is one proved quotation and the claim that it stands in.
type quoted struct {
	claim *link.Claim
	proof verify.Proof
	text  string
}

// passages returns the text of a source in its order: what is quoted in its
// place, with the claims that begin there, and what is not as gaps, named by
// their length; then the claims of which no place is known. The whole text
// shows only where the rights say full and it is at hand.
func (d desk) passages(s *link.Source, r *verify.Result) ([]Passage, []MarginNote) {
	notes, number := d.marginNotes(s, r)
	if r == nil {
		return nil, notes
	}
	byParagraph := map[int][]quoted{}
	for i, c := range s.Claims {
		for n, proof := range r.Claims[i] {
			for at := proof.Paragraph; at > 0 && at <= max(proof.Paragraph, proof.ParagraphEnd); at++ {
				byParagraph[at] = append(byParagraph[at], quoted{c, proof, c.Quotations[n].Text})
			}
		}
	}
	full := s.Record.Rights == record.Full && r.Text != nil
	var list []Passage
	// A quotation may run on into the next paragraph; that one is then no gap.
	through := 0
	for i, words := range r.Paragraphs {
		n := i + 1
		of := byParagraph[n]
		x := Passage{Stretch: Stretch{n, n}, Words: words}
		x.Claims = len(of)
		if !full { // what runs on from before is shown where it begins
			of = slices.DeleteFunc(of, func(q quoted) bool { return q.proof.Paragraph != n })
		}
		switch {
		case full:
			x.Segments = d.whole(r, n, of, number)
			list = append(list, x)
		case len(of) > 0:
			x.Segments, through = d.segments(of, max(through, n), number)
			list = append(list, x)
		case n <= through:
			last := &list[len(list)-1]
			last.Last, last.Words = n, last.Words+words
		case len(list) > 0 && list[len(list)-1].Gap:
			last := &list[len(list)-1]
			last.Last, last.Words = n, last.Words+words
		default:
			x.Gap = true
			list = append(list, x)
		}
	}
	for i := range list {
		notes = list[i].take(notes)
	}
	return list, notes
}

// marginNotes returns a source's claims in the order of their first quotations,
// those without a place last, and the number of each.
func (d desk) marginNotes(s *link.Source, r *verify.Result) ([]MarginNote, map[*link.Claim]int) {
	type placed struct{ claim, paragraph, start int }
	order := make([]placed, len(s.Claims))
	for i := range s.Claims {
		order[i] = placed{i, 1 << 30, 0}
		if r == nil {
			continue
		}
		if proofs := r.Claims[i]; len(proofs) > 0 && proofs[0].Paragraph > 0 {
			order[i].paragraph, order[i].start = proofs[0].Paragraph, proofs[0].Start
		}
	}
	slices.SortStableFunc(order, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.paragraph, b.paragraph), cmp.Compare(a.start, b.start))
	})
	notes, number := make([]MarginNote, len(order)), make(map[*link.Claim]int, len(order))
	for i, x := range order {
		c := s.Claims[x.claim]
		number[c] = i + 1
		notes[i] = MarginNote{N: i + 1, Card: d.card(c), Note: d.prose(c.Note)}
	}
	return notes, number
}

// take puts the notes beside a passage that begin there, and returns the rest.
func (x *Passage) take(notes []MarginNote) []MarginNote {
	n := 0
	for n < len(notes) && len(notes[n].Quotes) > 0 && x.First <= notes[n].Quotes[0].Paragraph && notes[n].Quotes[0].Paragraph <= x.Last {
		n++
	}
	if x.Notes = notes[:n]; n == 0 {
		x.Notes = nil
	}
	for i := range x.Segments {
		for j := range x.Segments[i].Claims {
			if c := &x.Segments[i].Claims[j]; n > 0 && c.N >= x.Notes[0].N && c.N <= x.Notes[n-1].N {
				c.At = c.N - x.Notes[0].N + 1
			}
		}
	}
	for _, note := range x.Notes {
		if x.Out = note.Quotes[0].Out; x.Out != "" {
			break
		}
	}
	return notes[n:]
}

// segments returns a paragraph's quotations in their order, each passage once
// whatever number of claims quote it. A passage within a longer one is part
// of that. Between two that do not touch stands a gap.
func (d desk) segments(of []quoted, through int, number map[*link.Claim]int) ([]Segment, int) {
	slices.SortStableFunc(of, func(a, b quoted) int {
		return cmp.Or(cmp.Compare(a.proof.Start, b.proof.Start), cmp.Compare(b.proof.End, a.proof.End))
	})
	var list []Segment
	named := map[*link.Node]bool{}
	end, lastStart := -1, -1
	for _, q := range of {
		through = max(through, q.proof.ParagraphEnd)
		c := citedBy(q.claim, number)
		if q.proof.End <= end && len(list) > 0 && q.proof.Start >= lastStart {
			last := &list[len(list)-1]
			if !slices.Contains(last.Claims, c) {
				last.Claims = append(last.Claims, c)
			}
			continue
		}
		if len(list) > 0 {
			list = append(list, Segment{Gap: true})
		}
		list = append(list, Segment{Words: d.named(q.text, named), Claims: []Cited{c}})
		end, lastStart = q.proof.End, q.proof.Start
	}
	return list, through
}

// citedBy returns the number of a claim, which leads to its note on this page.
func citedBy(c *link.Claim, number map[*link.Claim]int) Cited {
	return Cited{Ref: Ref{Href: "#" + c.ID, Text: c.Title}, N: number[c]}
}

// whole returns a paragraph's whole text, cut at the ends of its quotations.
func (d desk) whole(r *verify.Result, paragraph int, of []quoted, number map[*link.Claim]int) []Segment {
	p := r.Text.Paragraphs()[paragraph-1]
	cuts := []int{p.Start, p.End}
	type mark struct {
		start, end int
		claim      Cited
	}
	var marks []mark
	for _, q := range of {
		for _, x := range q.proof.Spans {
			if x.Start < p.End && x.End > p.Start {
				m := mark{max(x.Start, p.Start), min(x.End, p.End), citedBy(q.claim, number)}
				marks = append(marks, m)
				cuts = append(cuts, m.start, m.end)
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	// A part of the text shows without the white space at its ends, which is
	// what parts the words on both sides of a cut: each segment is taken from
	// the whole paragraph as it shows.
	shown := r.Text.Raw(p.Start, p.End)
	at := func(cut int) int { return min(len(r.Text.Raw(p.Start, cut)), len(shown)) }
	var list []Segment
	named := map[*link.Node]bool{}
	for i := range len(cuts) - 1 {
		text := shown[at(cuts[i]):at(cuts[i+1])]
		if text == "" {
			continue
		}
		seg := Segment{}
		for _, m := range marks {
			if m.start <= cuts[i] && m.end >= cuts[i+1] && !slices.Contains(seg.Claims, m.claim) {
				seg.Claims = append(seg.Claims, m.claim)
			}
		}
		// The space before a quotation is none of it.
		if plain, ok := strings.CutPrefix(text, " "); ok && len(seg.Claims) > 0 {
			list = append(list, Segment{Words: []Ref{{Text: " "}}})
			text = plain
		}
		seg.Words = d.named(text, named)
		list = append(list, seg)
	}
	return list
}
