package quote

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"readout/internal/diag"
)

// explain says of a quotation that is not in the text why it is not found, as
// far as one can tell, and sets the nearest passage. What it tries is looser than what proves.
func (t *Text) explain(r *Result, p *pattern, f found) {
	reasons := []string{"the quotation is not in the source"}
	hint := func(format string, args ...any) { reasons = append(reasons, fmt.Sprintf(format, args...)) }
	switch {
	case f.gaveUp:
		r.note(diag.Error, "quote/intricate", "the quotation has too many brackets and elisions to be proved; quote it in several parts")
		return
	case p.words() == 0:
		r.note(diag.Error, "quote/absent", "the quotation has no word of the source to prove")
		return
	}
	if p.welded != "" {
		hint("%s is joined to a word and stands for no words; put the whole word in the brackets", p.welded)
	}
	whole := t.insideWord(p, hint) || t.finalMark(p, hint) || t.mended(p, hint)
	if !whole && len(p.joints) > 0 {
		t.looseJoints(p, hint)
	}
	q := []byte(p.q)
	if missing := t.missingPiece(p); missing != "" {
		if missing != p.q {
			hint("this piece is not in the source: “%s”", missing)
		}
		q = []byte(missing)
	}
	r.note(diag.Error, "quote/absent", "%s", strings.Join(reasons, "; "))
	r.Nearest = t.nearest(q)
}

type hinter func(format string, args ...any)

// insideWord tells that the quotation stands in the source, but begins or
// ends inside a word.
func (t *Text) insideWord(p *pattern, hint hinter) bool {
	src := t.bare()
	v := view{t.body, src.lower(), src.at}
	q := lower(p.bare)
	if len(q) == 0 {
		return false
	}
	told := false
	v.each(q, func(s int) bool {
		e := s + len(q)
		if e > len(v.src) || string(v.src[s:e]) != string(q) {
			return false
		}
		start, end := v.at.start(s), v.at.end(e)
		if inside(t.body, start) {
			hint("it begins inside “%s”", t.wordAt(start))
			told = true
		}
		if inside(t.body, end) {
			hint("it ends inside “%s”", t.wordAt(end))
			told = true
		}
		return false
	})
	return told
}

// wordAt returns the word or number that holds the offset p.
func (t *Text) wordAt(p int) string {
	start, end := p, p
	for start > 0 && p-start < 60 && (start == p || inside(t.body, start)) {
		_, size := utf8.DecodeLastRune(t.body[:start])
		start -= size
	}
	for end < len(t.body) && end-p < 60 && (end == p || inside(t.body, end)) {
		_, size := utf8.DecodeRune(t.body[end:])
		end += size
	}
	return strings.TrimSpace(string(t.body[start:end]))
}

// finalMark tells that only punctuation at an end is not the source's.
func (t *Text) finalMark(p *pattern, hint hinter) bool {
	isMark := func(r rune) bool { return !alnum(r) }
	tail := p.q[len(strings.TrimRightFunc(p.q, isMark)):]
	head := p.q[:len(p.q)-len(strings.TrimLeftFunc(p.q, isMark))]
	for _, try := range []struct{ cut, kept, end string }{
		{tail, strings.TrimSuffix(p.q, tail), "end"},
		{head, strings.TrimPrefix(p.q, head), "start"},
	} {
		if try.cut == "" || try.kept == "" || strings.ContainsAny(try.cut, "[]$%+-") {
			continue
		}
		if f := t.locate(newPattern(try.kept, p.steps)); len(f.matches) > 0 {
			hint("without the “%s” at its %s it is in the source", strings.TrimSpace(try.cut), try.end)
			return true
		}
	}
	return false
}

// mended tells that the text is damaged and the quotation would be proved if
// the repairs for it were declared.
func (t *Text) mended(p *pattern, hint hinter) bool {
	var repairs []Repair
	var list []string
	for _, d := range t.Damage() {
		if d.Repair != nil && !slices.Contains(repairs, *d.Repair) {
			repairs = append(repairs, *d.Repair)
			list = append(list, `"`+d.Repair.String()+`"`)
		}
	}
	if len(repairs) == 0 {
		return false
	}
	if f := NewText(t.body, repairs).locate(p); len(f.matches) == 0 {
		return false
	}
	hint("the source looks damaged; with repairs: [%s] the quotation is in it", strings.Join(list, ", "))
	return true
}

// looseJoints tells which rule of brackets and elisions is in the way, if one
// alone is.
func (t *Text) looseJoints(p *pattern, hint hinter) {
	for _, try := range []struct {
		rules strictness
		say   string
	}{
		{strictness{anyParagraph: true}, "its pieces stand in different paragraphs; quote each by itself"},
		{strictness{anyLength: true}, "a bracket stands for more than eight words; write [...] for what is left out"},
		{strictness{anySentence: true}, "a piece of under three words stands in another sentence than its neighbours; quote more of it"},
		{strictness{overBracket: true}, "the source has a bracket of its own here, which must be quoted as it stands"},
		{strictness{overEllipsis: true}, "the source has an ellipsis of its own here; write [...] for what is left out"},
	} {
		if f := t.woven(p, try.rules); len(f.matches) > 0 {
			hint("%s", try.say)
			return
		}
	}
}

// missingPiece returns the first piece between two elisions that is nowhere in
// the source, as the editor wrote it, or all of a quotation without elisions.
func (t *Text) missingPiece(p *pattern) string {
	start := 0
	for _, j := range append(p.joints[:len(p.joints):len(p.joints)], joint{raw: span{len(p.q), len(p.q)}, kind: Elision}) {
		if j.kind != Elision || j.loose {
			continue
		}
		s := strings.TrimSpace(p.q[start:j.raw.start])
		start = j.raw.end
		if countWords([]byte(s)) == 0 {
			continue
		}
		if f := t.locate(newPattern(s, p.steps)); len(f.matches) == 0 {
			return s
		}
	}
	return ""
}
