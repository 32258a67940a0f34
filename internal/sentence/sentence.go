// Package sentence finds the ends of the sentences of a text, as
// https://www.unicode.org/reports/tr29/#Sentence_Boundaries has them. It knows
// no language and no abbreviation; who asks knows of these.
//
// No sentence ends before the first mark that may end one (a full stop, say, or
// a line break), whatever stands before it. So the text up to there is passed
// over byte by byte, and the rules are asked from the character before the mark
// on, which is as far back as they look. A fuzz test holds the ends to those of
// the whole text.
package sentence

import "github.com/clipperhouse/uax29/v2/sentences"

// End returns where the sentence ends that begins at start, which must lie
// before the end of the text.
func End(text []byte, start int) int {
	at := start
	for at < len(text) && !mayEnd(text, at) {
		at++
	}
	if at == len(text) {
		return at
	}
	for at > start {
		// A character of ASCII is never one that the rules pass over.
		if at--; text[at] < 0x80 {
			break
		}
	}
	n, _, _ := sentences.SplitFunc(text[at:], true)
	return at + n
}

// mayEnd reports whether the mark that ends a sentence may begin at a byte.
func mayEnd(text []byte, at int) bool {
	switch ends[text[at]] {
	case never:
		return false
	case dashOrQuote: // U+2010 to U+201F
		return !(at+2 < len(text) && text[at+1] == 0x80 && text[at+2]&0xF0 == 0x90)
	}
	return true
}

const (
	never = iota
	dashOrQuote
	maybe
)

// ends says whether a mark that ends a sentence may begin with a byte: in
// ASCII those that the rules name, beyond it any but the Latin letters and the
// bytes inside of a character.
var ends = func() (t [256]uint8) {
	for c := 0x80; c < len(t); c++ {
		switch {
		case c < 0xC0, 0xC3 <= c && c <= 0xC9:
		case c == 0xE2:
			t[c] = dashOrQuote
		default:
			t[c] = maybe
		}
	}
	for _, c := range ".!?\r\n" {
		t[c] = maybe
	}
	return t
}()
