package plan

import (
	"cmp"
	"slices"
	"strings"

	"readout/internal/link"
	"readout/internal/verify"
)

// source plans sources/<id>.html.
func (p *planner) source(i int) *Source {
	s := p.site.Sources[i]
	d := p.desk(s.Path)
	r := s.Record
	v := &Source{
		Base:      p.nodeBase(&s.Node, "sources.html", "Sources"),
		Publisher: Ref{Text: publisher(s)}, Published: dateOf(r.Published), Authors: r.Authors,
		Language: cmp.Or(r.Language, p.shared().Language), Genre: string(r.Genre), Rights: string(r.Rights),
		URL: r.URL, ArchiveURL: r.ArchiveURL, Edition: r.EditionChanged, Lead: d.prose(s.Prose),
		Cite: citation(s), Markdown: markdownCitation(s), BibTeX: BibTeX(s),
	}
	if s.Publisher != nil {
		v.Publisher = d.actorRef(s.Publisher)
	}
	for _, x := range r.Repairs {
		v.Repairs = append(v.Repairs, Repair{x.From, x.To})
	}
	v.Passages, v.Unplaced = d.passages(s, p.proofs[r])
	if proofs := p.proofs[r]; proofs != nil {
		v.Quoted = proofs.Quoted
		v.Paragraphs = len(proofs.Paragraphs)
		for _, n := range proofs.Paragraphs {
			v.Words += n
		}
	}
	for _, x := range v.Passages {
		if x.Claims == 0 {
			v.Left += x.Last - x.First + 1
			if n := len(v.Unused); n > 0 && v.Unused[n-1].Last == x.First-1 {
				v.Unused[n-1].Last = x.Last
			} else {
				v.Unused = append(v.Unused, Stretch{x.First, x.Last})
			}
		}
	}
	if i > 0 {
		v.Previous = d.ref(&p.site.Sources[i-1].Node)
	}
	if i+1 < len(p.site.Sources) {
		v.Next = d.ref(&p.site.Sources[i+1].Node)
	}
	return v
}

// mergeMentions joins two sorted lists of mentions, page by page.
func mergeMentions(a, b []link.Mention) []link.Mention {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(x, y link.Mention) int {
		return cmp.Or(cmp.Compare(x.From.Kind, y.From.Kind), strings.Compare(x.From.Path, y.From.Path), strings.Compare(x.Anchor, y.Anchor))
	})
	return slices.CompactFunc(all, link.Mention.Repeats)
}

// sourceList plans sources.html.
func (p *planner) sourceList() *SourceList {
	const path = "sources.html"
	d := p.desk(path)
	v := &SourceList{Base: p.base(path, "Sources", "What this briefing rests on, with the state of every quotation.")}
	v.Monthly = d.monthly(len(p.longs().newestSources), p.longs().sourcesByMonth, -1)
	list := p.longs().newestSources
	if v.Pages != nil {
		list = list[:headDated]
	}
	v.Sources = d.sourceLines(list)
	return v
}

// sourcesOf plans the list of the sources of one month.
func (p *planner) sourcesOf(i int) *SourceList {
	s := p.longs().sourcesByMonth[i]
	d := p.desk(s.path)
	return &SourceList{
		Base:    p.monthBase("sources.html", "Sources", s),
		Monthly: d.monthly(len(p.longs().newestSources), p.longs().sourcesByMonth, i),
		Sources: d.sourceLines(p.longs().newestSources[s.from:s.to]),
	}
}

// sourcesThatCount returns the sources, newest first.
func (p *planner) sourcesThatCount() []*link.Source {
	var list []*link.Source
	for _, s := range slices.Backward(p.site.Sources) {
		if p.counts(s) {
			list = append(list, s)
		}
	}
	return list
}

func (d desk) sourceLines(list []*link.Source) []SourceLine {
	var lines []SourceLine
	for _, s := range list {
		lines = append(lines, d.sourceLine(s))
	}
	return lines
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
