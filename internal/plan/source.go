package plan

import (
	"cmp"
	"slices"
	"strings"

	"readout/internal/link"
	"readout/internal/record"
	"readout/internal/verify"
)

// source plans sources/<id>.html.
func (p *planner) source(s *link.Source) *Source {
	d := p.desk(s.Path)
	r := s.Record
	v := &Source{
		Base:      p.nodeBase(&s.Node, "sources.html", "Sources"),
		Publisher: Ref{Text: publisher(s)}, Published: dateOf(r.Published), Authors: r.Authors,
		Language: cmp.Or(r.Language, p.shared.Language), Genre: string(r.Genre), Rights: string(r.Rights),
		URL: r.URL, ArchiveURL: r.ArchiveURL, Edition: r.EditionChanged, Lead: d.prose(s.Prose),
		Cite: citation(s), Markdown: markdownCitation(s), BibTeX: BibTeX(s),
	}
	if s.Publisher != nil {
		v.Publisher = d.actorRef(s.Publisher)
	}
	// Those who cite a source refer to it as much as those who link to it.
	v.Mentions = d.mentions(mergeMentions(s.Mentions, s.CitedBy))
	for _, x := range r.Repairs {
		v.Repairs = append(v.Repairs, Repair{x.From, x.To})
	}
	for _, c := range s.Claims {
		k := d.card(c)
		k.Note = d.prose(c.Note)
		v.Cards = append(v.Cards, k)
	}
	if proofs := p.proofs[r]; proofs != nil {
		v.Quoted = proofs.Quoted
		v.Paragraphs = len(proofs.Paragraphs)
		for _, n := range proofs.Paragraphs {
			v.Words += n
		}
		v.Passages = d.passages(s, proofs)
		for _, x := range v.Passages {
			if x.Gap {
				for n := x.First; n <= x.Last; n++ {
					v.Unused = append(v.Unused, n)
				}
			}
		}
	}
	return v
}

// mergeMentions joins two sorted lists of mentions, page by page.
func mergeMentions(a, b []link.Mention) []link.Mention {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(x, y link.Mention) int {
		return cmp.Or(cmp.Compare(x.From.Kind, y.From.Kind), strings.Compare(x.From.Path, y.From.Path), strings.Compare(x.Anchor, y.Anchor))
	})
	return slices.CompactFunc(all, func(x, y link.Mention) bool {
		return x.From == y.From && x.Anchor == y.Anchor && x.Sentence == y.Sentence
	})
}

// A quoted is one proved quotation and the claim that it stands in.
type quoted struct {
	claim *link.Claim
	proof verify.Proof
	text  string
}

// passages returns the text of a source in its order: what is quoted in its
// place, and what is not as gaps, named by their length. The whole text shows
// only where the rights say full and it is at hand.
func (d desk) passages(s *link.Source, r *verify.Result) []Passage {
	byParagraph := map[int][]quoted{}
	for i, c := range s.Claims {
		for n, proof := range r.Claims[i] {
			if proof.Paragraph > 0 {
				byParagraph[proof.Paragraph] = append(byParagraph[proof.Paragraph],
					quoted{c, proof, c.Quotations[n].Text})
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
		switch {
		case full:
			list = append(list, Passage{First: n, Last: n, Words: words, Segments: d.whole(r, n, s)})
		case len(of) > 0:
			p := Passage{First: n, Last: n, Words: words}
			p.Segments, through = d.segments(of, max(through, n))
			list = append(list, p)
		case n <= through:
			list[len(list)-1].Last = n
			list[len(list)-1].Words += words
		case len(list) > 0 && list[len(list)-1].Gap:
			list[len(list)-1].Last = n
			list[len(list)-1].Words += words
		default:
			list = append(list, Passage{First: n, Last: n, Words: words, Gap: true})
		}
	}
	return list
}

// segments returns a paragraph's quotations in their order, each passage once
// whatever number of claims quote it. A passage within a longer one is part
// of that. Between two that do not touch stands a gap.
func (d desk) segments(of []quoted, through int) ([]Segment, int) {
	slices.SortStableFunc(of, func(a, b quoted) int {
		return cmp.Or(cmp.Compare(a.proof.Start, b.proof.Start), cmp.Compare(b.proof.End, a.proof.End))
	})
	var list []Segment
	end, lastStart := -1, -1
	for _, q := range of {
		through = max(through, q.proof.ParagraphEnd)
		ref := d.claimRef(q.claim)
		if q.proof.End <= end && len(list) > 0 && q.proof.Start >= lastStart {
			last := &list[len(list)-1]
			if !slices.Contains(last.Claims, ref) {
				last.Claims = append(last.Claims, ref)
			}
			continue
		}
		if len(list) > 0 {
			list = append(list, Segment{Gap: true})
		}
		list = append(list, Segment{Text: q.text, Claims: []Ref{ref}, State: string(q.proof.State)})
		end, lastStart = q.proof.End, q.proof.Start
	}
	return list, through
}

// whole returns a paragraph's whole text, cut at the ends of its quotations.
func (d desk) whole(r *verify.Result, paragraph int, s *link.Source) []Segment {
	p := r.Text.Paragraphs()[paragraph-1]
	cuts := []int{p.Start, p.End}
	type mark struct {
		start, end int
		ref        Ref
		state      string
	}
	var marks []mark
	for i, c := range s.Claims {
		for _, proof := range r.Claims[i] {
			for _, x := range proof.Spans {
				if x.Start < p.End && x.End > p.Start {
					m := mark{max(x.Start, p.Start), min(x.End, p.End), d.claimRef(c), string(proof.State)}
					marks = append(marks, m)
					cuts = append(cuts, m.start, m.end)
				}
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
	for i := range len(cuts) - 1 {
		seg := Segment{Text: shown[at(cuts[i]):at(cuts[i+1])]}
		for _, m := range marks {
			if m.start <= cuts[i] && m.end >= cuts[i+1] && !slices.Contains(seg.Claims, m.ref) {
				seg.Claims = append(seg.Claims, m.ref)
				seg.State = m.state
			}
		}
		if seg.Text != "" {
			list = append(list, seg)
		}
	}
	return list
}

// sourceList plans sources.html.
func (p *planner) sourceList() *SourceList {
	const path = "sources.html"
	d := p.desk(path)
	v := &SourceList{Base: p.base(path, "Sources", "What this briefing rests on, with the state of every quotation.")}
	for _, s := range slices.Backward(p.site.Sources) {
		if p.counts(s) {
			v.Sources = append(v.Sources, d.sourceLine(s))
		}
	}
	return v
}

func (d desk) sourceLine(s *link.Source) SourceLine {
	l := SourceLine{
		Ref: d.name(&s.Node), Publisher: publisher(s), Published: dateOf(s.Record.Published),
		Genre: string(s.Record.Genre), Claims: len(s.Claims),
	}
	if r := d.proofs[s.Record]; r != nil {
		for _, proofs := range r.Claims {
			for _, x := range proofs {
				switch x.State {
				case verify.Verified:
					l.Verified++
				case verify.ByReceipt:
					l.Receipts++
				default:
					l.Other++
				}
			}
		}
	}
	return l
}
