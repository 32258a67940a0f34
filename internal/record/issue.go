package record

import (
	"readout/internal/diag"
	"readout/internal/markdown"
)

// An Issue is a question that the parties differ on, with its options.
type Issue struct {
	Header
	Order       int
	Options     []Option
	Assessments []Assessment
}

// An Option is one answer to an issue, which a claim can be for or against.
type Option struct {
	ID   string
	Text Prose
	Span diag.Span // of the id
}

// An Assessment is the editor's reading of the claims that it cites.
type Assessment struct {
	Party      *Link  // nil for a reading of the whole issue
	Option     string // an option's id, or empty
	OptionSpan diag.Span
	Text       Prose
	Span       diag.Span
}

func (p *parser) issue(h Header) *Issue {
	is := &Issue{Header: h}
	start := p.frontMatter(front{
		{"title", func(v value) { is.Name = v.text() }},
		{"order", func(v value) { is.Order = v.number() }},
		{"aliases", func(v value) { is.Aliases = v.texts() }},
		{"draft", func(v value) { is.Draft = v.yes() }},
	})
	p.needName(&is.Header, "title")
	seen := map[string]bool{}
	p.body(&is.Header, start, fixed{
		{"Options", func(it markdown.Item) {
			k, text, ok := keyed(it.Span)
			switch {
			case !ok || text.Start == text.End:
				p.diags.Errorf(it.Span, "line/form", "expected %q", "- option-id: what the option is")
				return
			case k.Value != Slug(k.Value):
				p.diags.Errorf(k.Span, "issue/option-id", "%q cannot be the id of an option", k.Value).
					Note("write %s: lower-case letters, digits and hyphens", Slug(k.Value))
			case seen[k.Value]:
				p.diags.Errorf(k.Span, "issue/duplicate-option", "the option %q is given twice", k.Value)
				return
			}
			seen[k.Value] = true
			is.Options = append(is.Options, Option{ID: k.Value, Text: p.inline(text), Span: k.Span})
		}},
		{"Assessment", func(it markdown.Item) {
			is.Assessments = append(is.Assessments, p.assessment(it.Span))
		}},
	}, nil)
	return is
}

// assessment reads "[[party]] / option: text [@claims]". Party and option may
// be left out: the line then reads the whole issue.
func (p *parser) assessment(s diag.Span) Assessment {
	a := Assessment{Span: s}
	text := s
	if k, v, ok := keyed(s); ok {
		party, option, slash := cut(k.Span, '/')
		if hs := p.refs(party); slash || len(hs) == 1 && hs[0].Span == party {
			if l, ok := p.link(party); ok {
				a.Party = &l
			}
			if slash {
				a.Option, a.OptionSpan = plain(option), option
			}
			text = v
		}
	}
	a.Text = p.inline(text)
	for _, h := range a.Text.Holes {
		if h.Kind == HoleCite {
			return a
		}
	}
	p.diags.Errorf(s, "assessment/uncited", "an assessment must cite the claims that it reads").
		Note("end the line with [@source#claim]")
	return a
}
