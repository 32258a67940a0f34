package record

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"readout/internal/diag"
	"readout/internal/markdown"
)

// The fixed sections are those whose list lines are records: their headings,
// and what reads a line.
type fixed []fixedSection

type fixedSection struct {
	name string
	line func(markdown.Item)
}

// body reads the body of the file: the lines of the fixed sections go to
// their functions, a section that take accepts is taken, and the rest becomes
// the header's prose.
func (p *parser) body(h *Header, start int, sections fixed, take func(markdown.Section) bool) {
	p.doc = p.md.Parse(p.file, start)
	sections = append(sections, fixedSection{"Corrections", func(it markdown.Item) {
		if d, text, ok := p.dated(it.Span, "what was wrong"); ok {
			h.Corrections = append(h.Corrections, Correction{Date: d, Text: p.inline(text), Span: it.Span})
		}
	}})
	prose := slices.Clip(p.doc.Lead)
	var seen [8]bool // of the fixed sections, which are fewer
	for _, s := range p.doc.Sections {
		i := sections.find(s.Title)
		switch {
		case i >= 0:
			if seen[i] {
				p.diags.Errorf(s.Span, "heading/duplicate", "the section %q is given twice", sections[i].name).
					Note("put all its lines under one heading")
			}
			seen[i] = true
			p.lines(s, sections[i].name, sections[i].line)
		case take != nil && take(s):
		default:
			p.misplaced(h.Kind, s)
			if near := sections.misspelt(s.Title); near != "" {
				p.diags.Errorf(s.Span, "heading/misspelt", "unknown heading %q", s.Title).
					Note("did you mean %q? Under any other heading its lines would be plain text", near)
			}
			prose = append(prose, s.Prose()...)
		}
	}
	h.Prose = p.doc.Render(prose)
	h.Footnotes = p.doc.Footnotes()
	p.diags = append(p.diags, p.doc.Diags...)
	p.doc.Free()
}

// elsewhere is the fixed headings of each kind.
var elsewhere = map[string]Kind{
	"Roles": KindActor, "Status": KindMeeting, "Attendance": KindMeeting, "Agenda": KindMeeting,
	"Options": KindIssue, "Assessment": KindIssue,
}

// misplaced reports what would be read in another kind of file, and is plain
// text in this one.
func (p *parser) misplaced(kind Kind, s markdown.Section) {
	for name, k := range elsewhere {
		if k != kind && strings.EqualFold(s.Title, name) {
			p.diags.Warnf(s.Span, "heading/elsewhere", "the lines under %q are read in %ss only; here they are plain text", name, k).
				Note("choose another heading if that is meant")
		}
	}
	if kind == KindSource {
		return
	}
	for _, b := range s.Blocks {
		if b.Kind == markdown.List && looksLikeClaim(p.doc.Items(b)) {
			p.diags.Errorf(s.Span, "claim/elsewhere", "claims are read in sources only, not in %ss", kind).
				Note("move this section to the source's file in sources/")
			return
		}
	}
}

// find returns the index of the section whose heading a title is, whatever its
// case, or -1.
func (f fixed) find(title string) int {
	return slices.IndexFunc(f, func(s fixedSection) bool { return strings.EqualFold(title, s.name) })
}

// misspelt returns the heading that a title is nearly, if any: the first of the
// alphabet. The bound is tight, one character in five: "Notes" is a good heading
// beside "Roles".
func (f fixed) misspelt(title string) string {
	var names []string
	for _, s := range f {
		names = append(names, s.name)
	}
	slices.Sort(names)
	for _, n := range names {
		d := levenshtein.ComputeDistance(strings.ToLower(title), strings.ToLower(n))
		if d <= max(1, len(n)/5) {
			return n
		}
	}
	return ""
}

// lines hands each list line of a fixed section to f, and reports all else.
func (p *parser) lines(s markdown.Section, name string, f func(markdown.Item)) {
	for _, b := range s.Blocks {
		if b.Kind != markdown.List {
			at := b.Span
			p.diags.Errorf(diag.Span{File: p.file, Start: at.Start, End: at.Start}, "line/not-a-list", "under %q only list lines are read", name).
				Note("begin each line with \"- \", or move this text under a heading of its own")
			continue
		}
		for _, it := range p.doc.Items(b) {
			if it.HasMore {
				p.diags.Errorf(it.Span, "line/nested", "a line under %q holds nothing but one paragraph", name).
					Note("nested lists and second paragraphs are not read here")
			}
			f(it)
		}
	}
}

// A Correction says what a record got wrong, and since when that is mended.
type Correction struct {
	Date Date
	Text Prose
	Span diag.Span
}
