package quote

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/diag"
)

// A match is one place of a quotation.
type match struct {
	pieces []piece
	gaps   []joint // the joints that are not read literally
}

func (m *match) span() span {
	return span{m.pieces[0].body.start, m.pieces[len(m.pieces)-1].body.end}
}

// found is the outcome of the first rule under which a quotation was found.
type found struct {
	matches []match
	recased bool // the case differs, beyond the first letter and what brackets hold
	loose   bool // a bare ellipsis was read as an elision
	gaveUp  bool // the quotation is too intricate
}

// Find looks for a quotation in the text. See the package comment for the
// rules.
func (t *Text) Find(quotation string, opt Options) Result {
	q := strings.TrimFunc(quotation, func(r rune) bool { c := classify(r); return c == space || c == ignored })
	p := newPattern(q, new(int))
	r := Result{Kind: Absent, Start: -1, End: -1}
	f := t.locate(p)
	if len(f.matches) == 0 && !f.gaveUp {
		f, p = t.concede(q, p, &r)
	}
	r.length(f, p, opt)
	if len(f.matches) == 0 {
		t.explain(&r, p, f)
		return r
	}
	chosen := t.settle(f.matches, opt, &r)
	t.fill(&r, p, f, chosen, q)
	return r
}

// locate finds a pattern under the first rule that finds it.
func (t *Text) locate(p *pattern) found {
	if p.count == 0 {
		return found{}
	}
	if f := t.contiguous(t.literal(), p.literal, nil); len(f.matches) > 0 {
		return f
	}
	bare := t.bare()
	if p.marks || bare != t.literal() {
		if f := t.contiguous(bare, p.bare, p.brackets); len(f.matches) > 0 {
			return f
		}
	}
	if len(p.joints) == 0 || p.words() == 0 {
		return found{}
	}
	return t.woven(p, strictness{})
}

// contiguous finds a quotation in one run: as it is, then with another first
// letter, then in any case. The brackets are where its case is the editor's.
func (t *Text) contiguous(src *face, q []byte, brackets []span) found {
	v := view{t.body, src.b, src.at}
	if pieces := v.search(q); len(pieces) > 0 {
		return found{matches: single(pieces)}
	}
	v.src = src.lower()
	pieces := v.search(lower(q))
	if len(pieces) == 0 {
		return found{}
	}
	first := firstLetter(q)
	mild := slices.DeleteFunc(slices.Clone(pieces), func(p piece) bool {
		return recased(src.b[p.src.start:p.src.end], q, 0, first, brackets)
	})
	if len(mild) > 0 {
		return found{matches: single(mild)}
	}
	return found{matches: single(pieces), recased: true}
}

func single(pieces []piece) []match {
	matches := make([]match, len(pieces))
	for i := range pieces {
		matches[i].pieces = pieces[i : i+1 : i+1]
	}
	return matches
}

// firstLetter returns the range of the first letter of a folded quotation.
func firstLetter(q []byte) span {
	for i := 0; i < len(q); {
		r, size := utf8.DecodeRune(q[i:])
		if unicode.IsLetter(r) {
			return span{i, i + size}
		}
		i += size
	}
	return span{}
}

// recased reports whether the source and a part of the quotation, which begins
// at base, differ outside the quotation's first letter and its brackets.
func recased(src, q []byte, base int, first span, brackets []span) bool {
	for i := range min(len(src), len(q)) {
		at := base + i
		if src[i] != q[i] && (at < first.start || at >= first.end) &&
			!slices.ContainsFunc(brackets, func(s span) bool { return at >= s.start && at < s.end }) {
			return true
		}
	}
	return false
}

// concede tries what makes a quotation another one, but with the same words.
func (t *Text) concede(q string, p *pattern, r *Result) (found, *pattern) {
	if fixed := repairString(q, t.repairs); fixed != q {
		fp := newPattern(fixed, p.steps)
		if f := t.locate(fp); len(f.matches) > 0 {
			r.note(diag.Warning, "quote/unrepaired", "the quotation keeps a damaged place that the source's repairs mend; quote it as “%s”", fixed)
			return f, fp
		}
	}
	inner := strings.TrimFunc(q, func(r rune) bool { return classify(r) == mark })
	if n := len(p.literal); n > 2 && p.literal[0] == '\'' && p.literal[n-1] == '\'' && len(inner) <= len(q)-2 {
		ip := newPattern(inner, p.steps)
		if f := t.locate(ip); len(f.matches) > 0 {
			r.note(diag.Warning, "quote/outer-marks", "the quotation marks around the whole are not in the source; leave them out")
			return f, ip
		}
	}
	return found{}, p
}

func (r *Result) note(s diag.Severity, code, format string, args ...any) {
	r.Notes = append(r.Notes, Note{s, code, fmt.Sprintf(format, args...)})
}

// fill completes the result for the chosen one of the places, or for the
// first if none was.
func (t *Text) fill(r *Result, p *pattern, f found, chosen int, q string) {
	ambiguous := chosen < 0
	m := f.matches[max(0, chosen)]
	s := m.span()
	r.Start, r.End = t.rawStart(s.start), t.rawEnd(s.end)
	r.Paragraph, r.ParagraphEnd = t.paragraphOf(s.start), t.paragraphOf(s.end-1)
	for _, k := range m.pieces {
		r.Spans = append(r.Spans, Span{t.rawStart(k.body.start), t.rawEnd(k.body.end)})
	}
	r.Parts = cutUp(p.q, m.gaps)
	switch {
	case ambiguous:
		r.Kind = Ambiguous
	case len(m.gaps) > 0:
		r.Kind = Elided
	default:
		r.Kind = Folded
		if start, ok := verbatim(t.raw[r.Start:r.End], q); ok {
			r.Kind = Exact
			r.Start, r.End = r.Start+start, r.Start+start+len(q)
			r.Spans[0] = Span{r.Start, r.End}
		}
	}
	if f.recased {
		r.note(diag.Warning, "quote/case", "the source has other capitals: “%s”", t.Raw(r.Start, r.End))
	}
	for _, g := range m.gaps {
		switch {
		case g.kind == Insertion:
			r.note(diag.Notice, "quote/bracket", "%s is taken for the editor's words", p.q[g.raw.start:g.raw.end])
		case g.loose:
			r.note(diag.Warning, "quote/elision", "%s is not in the source and is taken for an elision; write [...]", p.q[g.raw.start:g.raw.end])
		}
	}
	if !ambiguous {
		t.hiddenDenials(r, m, p)
		t.cutShort(r, s)
		if r.Paragraph != r.ParagraphEnd {
			r.note(diag.Notice, "quote/crosses-paragraph", "the passage runs from paragraph %d to %d", r.Paragraph, r.ParagraphEnd)
		}
	}
}

// verbatim returns where in the passage the quotation stands byte for byte: at
// its start, or after some of the marks that it begins with, for these fold
// to one.
func verbatim(passage []byte, q string) (start int, ok bool) {
	isMark := func(r rune) bool { c := classify(r); return c == mark || c == space }
	for rest := passage; ; {
		if bytes.HasPrefix(rest, []byte(q)) {
			return len(passage) - len(rest), len(bytes.TrimLeftFunc(rest[len(q):], isMark)) == 0
		}
		r, size := utf8.DecodeRune(rest)
		if size == 0 || !isMark(r) {
			return 0, false
		}
		rest = rest[size:]
	}
}

// paragraphOf returns the number of the paragraph that holds an offset of the
// body, from 1.
func (t *Text) paragraphOf(p int) int { return max(0, find(t.paragraphs(), p)) + 1 }

// cutUp cuts up the quotation at the joints that are gaps.
func cutUp(q string, gaps []joint) []Part {
	var parts []Part
	add := func(start, end int, kind PartKind) {
		if s := q[start:end]; strings.TrimSpace(s) != "" {
			parts = append(parts, Part{s, kind})
		}
	}
	at := 0
	for _, g := range gaps {
		add(at, g.raw.start, Proved)
		add(g.raw.start, g.raw.end, g.kind)
		at = g.raw.end
	}
	add(at, len(q), Proved)
	return parts
}
