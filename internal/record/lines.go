package record

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"readout/internal/diag"
	"readout/internal/markdown"
)

// This file reads the values that stand in list lines. A value is a span of
// the file; every piece taken from it keeps its own span.

// trim shrinks a span by the white space at its ends.
func trim(s diag.Span) diag.Span {
	data := s.File.Data
	for s.Start < s.End && isSpace(data[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && isSpace(data[s.End-1]) {
		s.End--
	}
	return s
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// plain returns the text of a span on one line.
func plain(s diag.Span) string { return markdown.Plain(s.File.Data[s.Start:s.End]) }

func textOf(s diag.Span) Text { return Text{Value: plain(s), Span: s} }

// cut parts a span at the first sep that stands outside brackets and
// quotation marks.
func cut(s diag.Span, sep byte) (before, after diag.Span, found bool) {
	at := -1
	outside(s, func(i int, b byte) bool {
		if b == sep {
			at = i
			return false
		}
		return true
	})
	if at < 0 {
		return trim(s), diag.Span{File: s.File, Start: s.End, End: s.End}, false
	}
	return trim(s.File.Span(s.Start, at)), trim(s.File.Span(at+1, s.End)), true
}

// split parts a span at each sep that stands outside brackets and quotation
// marks, and drops empty parts.
func split(s diag.Span, sep byte) []diag.Span {
	var parts []diag.Span
	start := s.Start
	add := func(end int) {
		if part := trim(s.File.Span(start, end)); part.Start < part.End {
			parts = append(parts, part)
		}
		start = end + 1
	}
	outside(s, func(i int, b byte) bool {
		if b == sep {
			add(i)
		}
		return true
	})
	add(s.End)
	return parts
}

// outside calls f for each byte of a span that stands outside brackets,
// parentheses and double quotation marks, until f returns false. A bracket or
// a mark that is never closed does not open anything: "the 5" deck" must not
// swallow the rest of its line.
func outside(s diag.Span, f func(i int, b byte) bool) {
	data := s.File.Data[:s.End]
	for i := s.Start; i < s.End; i++ {
		var end int
		switch data[i] {
		case '[':
			end = closing(data, i, '[', ']')
		case '(':
			end = closing(data, i, '(', ')')
		case '"':
			end = bytes.IndexByte(data[i+1:], '"')
			if end >= 0 {
				end += i + 1
			}
		case 0xE2: // “ … ”
			if !bytes.HasPrefix(data[i:], []byte("“")) {
				end = -1
				break
			}
			if end = bytes.Index(data[i:], []byte("”")); end >= 0 {
				end += i + len("”") - 1
			}
		default:
			end = -1
		}
		if end > i {
			i = end
			continue
		}
		if !f(i, data[i]) {
			return
		}
	}
}

// closing returns the index of the bracket that closes the one at i, or -1.
func closing(data []byte, i int, open, shut byte) int {
	depth := 0
	for ; i < len(data); i++ {
		switch data[i] {
		case open:
			depth++
		case shut:
			if depth--; depth == 0 {
				return i
			}
		case '\n':
			if i+1 < len(data) && data[i+1] == '\n' {
				return -1
			}
		}
	}
	return -1
}

// keyed reads "key: value".
func keyed(s diag.Span) (key Text, val diag.Span, ok bool) {
	k, v, ok := cut(s, ':')
	return textOf(k), v, ok
}

// quoted reads a value that begins with a double quotation mark, and returns
// the words between the marks and what follows the closing mark.
func quoted(s diag.Span) (words, rest diag.Span, ok bool) {
	data := s.File.Data[s.Start:s.End]
	for _, marks := range [...][2]string{{`"`, `"`}, {"“", "”"}, {"„", "“"}, {"«", "»"}} {
		if !bytes.HasPrefix(data, []byte(marks[0])) {
			continue
		}
		open := len(marks[0])
		if i := bytes.Index(data[open:], []byte(marks[1])); i >= 0 {
			return trim(s.File.Span(s.Start+open, s.Start+open+i)),
				trim(s.File.Span(s.Start+open+i+len(marks[1]), s.End)), true
		}
	}
	return s, s, false
}

// unquoted drops the quotation marks that stand around a whole value.
func unquoted(s diag.Span) diag.Span {
	if words, rest, ok := quoted(s); ok && rest.Start == rest.End {
		return words
	}
	return s
}

// refs returns the links and citations in a span, until the next call. Whoever
// asks whether there are any asks for them next.
func (p *parser) refs(s diag.Span) []markdown.Ref {
	if p.refsOf != s {
		p.refsOf, p.found = s, markdown.AppendRefs(p.found[:0], s.File, s.Start, s.End)
	}
	return p.found
}

// link reads a value that is one link, or the bare id or name of a record.
func (p *parser) link(s diag.Span) (Link, bool) {
	s = trim(s)
	if s.Start == s.End {
		return Link{}, false
	}
	for _, h := range p.refs(s) {
		if h.Kind == HoleLink && h.Span.Start == s.Start && h.Span.End == s.End {
			return linkOf(h), true
		}
	}
	if bytes.ContainsAny(s.File.Data[s.Start:s.End], "[]\"") {
		p.diags.Errorf(s, "value/link", "expected a link, not %q", plain(s)).
			Note("write [[id]], [[Name]] or [[id|the words to show]]")
		return Link{}, false
	}
	return Link{Target: plain(s), Span: s}, true
}

func linkOf(r markdown.Ref) Link {
	return Link{Target: r.Target, Anchor: r.Anchor, IsPath: r.IsPath, Label: r.Label, Span: r.Span}
}

// links reads a list of links, parted by commas.
func (p *parser) links(s diag.Span) []Link {
	var list []Link
	for _, part := range split(s, ',') {
		if l, ok := p.link(part); ok {
			list = append(list, l)
		}
	}
	return list
}

// A ClaimRef names a claim: "@source#id". An empty source is the file's own.
type ClaimRef struct {
	Source, Claim string
	Span          diag.Span
}

// claimRefs reads "@source#id", "[@source#id]" or "#id", parted by commas.
func (p *parser) claimRefs(s diag.Span) []ClaimRef {
	var list []ClaimRef
	for _, part := range split(s, ',') {
		inner := part
		if text := part.Text(); strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
			inner = trim(s.File.Span(part.Start+1, part.End-1))
		}
		for _, one := range split(inner, ';') {
			source, claim, found := strings.Cut(one.Text(), "#")
			source = strings.TrimPrefix(source, "@")
			if !found || claim == "" || strings.ContainsAny(one.Text(), " \t[]") {
				p.diags.Errorf(one, "value/claim", "expected a claim, not %q", plain(one)).
					Note("write @source#claim, or #claim for a claim of this file")
				continue
			}
			list = append(list, ClaimRef{Source: source, Claim: claim, Span: one})
		}
	}
	return list
}

// dateForms is what to write where no better form can be told.
const dateForms = "dates are written 2026-01-23, 2026-01, 2026-01-23? (uncertain), 2026-01~ (about) or 2026-01-22/2026-01-23"

// date reads an EDTF date.
func (p *parser) date(s string, at diag.Span) Date {
	d, err := ParseDate(s)
	var wrong *DateError
	if errors.As(err, &wrong) {
		if at.Text() == s {
			at = at.File.Span(at.Start+wrong.Start, at.Start+wrong.End)
		}
		e := p.diags.Errorf(at, "value/date", "%v", err)
		if wrong.Write == "" {
			e.Note(dateForms)
		}
	}
	return d
}

func (p *parser) dateIn(s diag.Span) Date {
	if s.Start == s.End {
		p.diags.Errorf(s, "value/date", "a date is missing here").Note(dateForms)
		return Date{}
	}
	return p.date(plain(s), s)
}

// inline renders a span as inline Markdown.
func (p *parser) inline(s diag.Span) Prose {
	if s.Start >= s.End {
		return Prose{}
	}
	return p.doc.Inline(s.Start, s.End)
}

// dated reads "DATE: text", the form of corrections, status lines and such.
func (p *parser) dated(s diag.Span, what string) (Date, diag.Span, bool) {
	// The colon of a time of day ("2026-01-23T10:00Z") has no space after it.
	at := s.Start
	for at < s.End && (s.File.Data[at] != ':' || at+1 < s.End && !isSpace(s.File.Data[at+1])) {
		at++
	}
	k, v, ok := textOf(trim(s.File.Span(s.Start, at))), s.File.Span(s.End, s.End), at < s.End
	if ok {
		v = trim(s.File.Span(at+1, s.End))
	}
	if !ok || strings.ContainsAny(k.Value, "[\"") {
		p.diags.Errorf(s, "line/form", "expected %q", "- DATE: "+what).
			Note("the line begins with a date and a colon: - 2026-01-23: %s", what)
		return Date{}, v, false
	}
	return p.date(k.Value, k.Span), v, true
}

// unnamed is what stands in the parentheses after a quoted description.
type unnamed struct {
	count  int
	reason string
}

// parenthesis reads "(unnamed)", "(unnamed; 4)" and "(unnamed; 4; reason)".
func (p *parser) parenthesis(s diag.Span) (unnamed, bool) {
	var u unnamed
	text := s.Text()
	if !strings.HasPrefix(text, "(") || !strings.HasSuffix(text, ")") {
		p.diags.Errorf(s, "claim/unnamed", "expected (unnamed) after the description, not %q", plain(s)).
			Note("write \"a description\" (unnamed), (unnamed; 4) or (unnamed; 4; the reason given)")
		return u, false
	}
	parts := split(s.File.Span(s.Start+1, s.End-1), ';')
	if len(parts) == 0 || plain(parts[0]) != "unnamed" {
		at := s
		if len(parts) > 0 {
			at = parts[0]
		}
		p.diags.Errorf(at, "claim/unnamed", "expected the word unnamed, not %q", plain(at)).
			Note("write \"a description\" (unnamed), (unnamed; 4) or (unnamed; 4; the reason given)")
		return u, false
	}
	for i, part := range parts[1:] {
		if n, err := strconv.Atoi(plain(part)); err == nil && i == 0 {
			if n < 1 {
				p.diags.Errorf(part, "claim/unnamed", "the number of unnamed people is at least 1")
			}
			u.count = n
			continue
		}
		if u.reason != "" {
			u.reason += "; "
		}
		u.reason += plain(part)
	}
	return u, true
}
