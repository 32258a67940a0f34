package markdown

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"

	"readout/internal/diag"
)

// A piece is a run of text as it reads, made of raw Markdown text. An exact
// piece is the raw bytes themselves; another (a resolved entity) stands for
// the raw bytes from at on.
type piece struct {
	text  []byte
	at    int // offset in the raw text
	exact bool
}

// Pieces resolves the backslash escapes and the entities in raw.
// https://spec.commonmark.org/0.31.2/#backslash-escapes
// https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
func pieces(raw []byte, add func(piece)) {
	from := 0
	flush := func(to int) {
		if from < to {
			add(piece{raw[from:to], from, true})
		}
	}
	for i := 0; i < len(raw); {
		switch {
		case raw[i] == '\\' && i+1 < len(raw) && util.IsPunct(raw[i+1]):
			flush(i)
			from = i + 1
			i += 2
		case raw[i] == '&':
			s, n := entity(raw[i:])
			if n == 0 {
				i++
				continue
			}
			flush(i)
			add(piece{s, i, false})
			i += n
			from = i
		default:
			i++
		}
	}
	flush(len(raw))
}

// Entity returns what the entity at the head of raw stands for and how many
// bytes it takes, 0 if there is none.
func entity(raw []byte) ([]byte, int) {
	const longest = 34 // &CounterClockwiseContourIntegral;
	end := bytes.IndexByte(raw[:min(len(raw), longest)], ';')
	if end < 3 {
		return nil, 0
	}
	name := raw[1:end]
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(string(name)); ok {
			return e.Characters, end + 1
		}
		return nil, 0
	}
	digits, base, most := name[1:], 10, 7
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base, most = digits[1:], 16, 6
	}
	if len(digits) == 0 || len(digits) > most {
		return nil, 0
	}
	v, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil {
		return nil, 0
	}
	r := rune(v)
	if r > utf8.MaxRune || forbidden(r) {
		r = utf8.RuneError
	}
	return utf8.AppendRune(nil, r), end + 1
}

// Forbidden reports whether a character may not stand in an HTML document.
// https://html.spec.whatwg.org/multipage/parsing.html#parse-error-control-character-in-input-stream
func forbidden(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\f', r == '\r':
		return false
	case r < 0x20, 0x7F <= r && r < 0xA0, 0xD800 <= r && r < 0xE000:
		return true
	}
	return 0xFDD0 <= r && r <= 0xFDEF || r&0xFFFE == 0xFFFE
}

// Decode returns raw with its escapes and entities resolved.
func decode(raw []byte) []byte {
	if bytes.IndexByte(raw, '\\') < 0 && bytes.IndexByte(raw, '&') < 0 {
		return raw
	}
	var out []byte
	pieces(raw, func(p piece) { out = append(out, p.text...) })
	return out
}

// EscapeHTML appends s as the text of an element or the value of an attribute
// in double quotes. A carriage return is dropped.
func escapeHTML(dst, s []byte) []byte {
	from := 0
	for i, c := range s {
		if !markup[c] {
			continue
		}
		var with string
		switch c {
		case '&':
			with = "&amp;"
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		case '"':
			with = "&quot;"
		}
		dst = append(dst, s[from:i]...)
		dst = append(dst, with...)
		from = i + 1
	}
	return append(dst, s[from:]...)
}

// Markup are the bytes that escapeHTML does not leave as they are.
var markup = [256]bool{'&': true, '<': true, '>': true, '"': true, '\r': true}

// Readable returns the file's data with what lies from start to end fit for a
// page, and its traits: each byte that is no UTF-8 and each character that HTML
// forbids is as many question marks, so that offsets hold. The first one is
// reported.
func readable(f *diag.File, start, end int, diags *diag.List) (data []byte, traits uint8) {
	if all := traitsOf(f.Data[start:end]); clean(f.Data[start:end], all) {
		return f.Data, all
	}
	out := bytes.Clone(f.Data)
	first := true
	for i := start; i < end; {
		r, n := utf8.DecodeRune(out[i:end])
		if r == utf8.RuneError && n == 1 || forbidden(r) {
			if first && diags != nil {
				d := diags.Errorf(f.Span(i, i+n), "markdown/encoding", "this is not a character of a text: %#02x", out[i:i+n])
				d.Note("save the file as UTF-8 and delete what is no text")
			}
			first = false
			copy(out[i:], bytes.Repeat([]byte("?"), n))
		}
		i += n
	}
	return out, traitsOf(out[start:end])
}

// Traits are what some bytes of a text are.
const (
	isForbidden   = 1 << iota // an ASCII character that may not stand on a page
	isBeyondASCII             // a part of another one
	isRareSpace               // white space that is neither a space nor the end of a line
	isRareLead                // the first byte of another one that may not stand on a page
	isMarkup                  // what HTML escapes, or Markdown reads as an escape or an entity
)

var traits = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c >= utf8.RuneSelf:
			t[c] = isBeyondASCII
			// U+0080 to U+009F are C2 80 to C2 9F; the noncharacters begin with
			// EF B7, EF BF or F0 to F4.
			if c == 0xC2 || c >= 0xEF {
				t[c] |= isRareLead
			}
		case forbidden(rune(c)):
			t[c] = isForbidden
		case c != ' ' && c != '\n' && isSpace(byte(c)):
			t[c] = isRareSpace
		}
		if markup[c] || c == '\\' {
			t[c] |= isMarkup
		}
	}
	return t
}()

// TraitsOf returns what some bytes of a text are.
func traitsOf(s []byte) (all uint8) {
	for _, c := range s {
		all |= traits[c]
	}
	return all
}

// Clean reports whether all of body, which has these traits, may stand on a page.
func clean(body []byte, all uint8) bool {
	switch {
	case all&isForbidden != 0:
		return false
	case all&isBeyondASCII == 0:
		return true
	}
	if !utf8.Valid(body) {
		return false
	}
	if all&isRareLead == 0 {
		return true
	}
	for i, c := range body {
		if traits[c]&isRareLead != 0 {
			if r, _ := utf8.DecodeRune(body[i:]); forbidden(r) {
				return false
			}
		}
	}
	return true
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// Trim narrows a range of src, which may lie outside it, to what is no white
// space at its ends.
func trim(src []byte, start, end int) (int, int) {
	start = min(max(start, 0), len(src))
	end = min(max(end, start), len(src))
	for start < end && isSpace(src[start]) {
		start++
	}
	for start < end && isSpace(src[end-1]) {
		end--
	}
	return start, end
}

// TrimInline trims a range and widens it to whole characters.
func trimInline(src []byte, start, end int) (int, int) {
	start, end = trim(src, start, end)
	for start > 0 && start < len(src) && !utf8.RuneStart(src[start]) {
		start--
	}
	for end < len(src) && !utf8.RuneStart(src[end]) {
		end++
	}
	return start, max(start, end)
}

// Plain returns text of a file as it is read on one line: trimmed, with each
// run of white space as one space.
func Plain(s []byte) string { return collapse(s) }

// Collapse returns s trimmed, with each run of white space as one space.
func collapse(s []byte) string { return string(collapsed(s)) }

// Collapsed returns what collapse does, which may be s itself.
func collapsed(s []byte) []byte {
	if isCollapsed(s) {
		return s
	}
	return bytes.Join(bytes.Fields(s), []byte(" "))
}

// IsCollapsed reports whether collapse would change nothing. It may err on the
// side of no: what is not ASCII may be white space of another script.
func isCollapsed(s []byte) bool {
	space := true
	for _, c := range s {
		switch {
		case c == ' ' && space, c < ' ', c == 0x7F, c >= utf8.RuneSelf && mayBeSpace(c):
			return false
		}
		space = c == ' '
	}
	return !space || len(s) == 0
}

// MayBeSpace reports whether a character of more than one byte that begins
// with this one may be white space: U+0085, U+00A0, U+1680, U+2000 to U+205F
// or U+3000.
func mayBeSpace(c byte) bool { return c == 0xC2 || 0xE1 <= c && c <= 0xE3 }
