package ingest

import (
	"readout/internal/quote"
	"readout/internal/record"
)

// A Survey is what an editor may still do with a source: whom its text names,
// who is named and not recorded, what has not been quoted.
type Survey struct {
	Source   string
	Mentions []Mention
	Unknown  []Unknown
	Unused   []Unused
}

// An Unused is a paragraph of a text that no claim quotes.
type Unused struct {
	Source     string `json:"source"`
	Paragraph  int    `json:"paragraph"` // from 1
	Start, End int    `json:"-"`
	Words      int    `json:"words"`
	Text       string `json:"text"` // on one line, with the source's repairs made
}

// Survey looks through the text of a source.
func (n *Names) Survey(s *record.Source, text []byte) *Survey {
	v := &Survey{Source: s.ID, Mentions: n.Find(text), Unknown: n.Unknown(text), Unused: unused(s, text)}
	for i := range v.Mentions {
		v.Mentions[i].Source = s.ID
	}
	return v
}

// unused returns the paragraphs that no quotation of a source's claims stands
// in. A quotation that is not in the text uses none; one that stands in
// several places uses all of these.
func unused(s *record.Source, text []byte) []Unused {
	var repairs []quote.Repair
	for _, r := range s.Repairs {
		if repair, err := quote.ParseRepair(r.From + "=" + r.To); err == nil {
			repairs = append(repairs, repair)
		}
	}
	t := quote.NewText(text, repairs)
	paragraphs := t.Paragraphs()
	used := make([]bool, len(paragraphs))
	use := func(from, to int) {
		for p := max(from, 1); p <= min(to, len(used)); p++ {
			used[p-1] = true
		}
	}
	for _, c := range s.Claims {
		for _, q := range c.Quotations {
			r := t.Find(q.Text, quote.Options{After: c.After, Before: c.Before})
			switch {
			case r.Kind.Proved():
				use(r.Paragraph, r.ParagraphEnd)
			case r.Kind == quote.Ambiguous:
				for _, p := range r.Places {
					use(p.Paragraph, p.Paragraph)
				}
			}
		}
	}
	var list []Unused
	for i, p := range paragraphs {
		if !used[i] {
			list = append(list, Unused{s.ID, i + 1, p.Start, p.End, p.Words, t.Raw(p.Start, p.End)})
		}
	}
	return list
}
