package markdown

import (
	"bytes"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// Sentences finds the sentence of each hole of the current leaf, by UAX 29
// (https://www.unicode.org/reports/tr29/#Sentence_Boundaries), which breaks
// after every full stop before a capital; a stop that ends an abbreviation
// does not end a sentence here.
func (w *writer) sentences() {
	text := w.text[w.leafText:]
	next := w.leafHole
	// A target stands for a name, but an id is in lower case, and UAX 29 sees
	// no sentence begin there.
	for _, h := range w.holes[next:] {
		if at := h.TextAt; h.Kind == Link && !h.Piped && at < len(w.text) && 'a' <= w.text[at] && w.text[at] <= 'z' {
			w.text[at] -= 'a' - 'A'
			defer func() { w.text[at] += 'a' - 'A' }()
		}
	}
	start, near := 0, next
	it := sentences.FromBytes(text)
	for it.Next() {
		end := it.End()
		for near+1 < len(w.holes) && w.holes[near+1].TextAt < w.leafText+end {
			near++
		}
		// A name such as "Baker No. 5 Ltd." stays whole.
		h := &w.holes[near]
		cut := h.TextAt < w.leafText+end && w.leafText+end < h.TextAt+h.TextLen
		if end < len(text) && (cut || abbreviated(text[start:end])) {
			continue
		}
		for ; next < len(w.holes); next++ {
			if at := w.holes[next].TextAt - w.leafText; at >= end && end < len(text) {
				break
			}
			a, b := trim(text, start, end)
			// White space may be all there is before or in a hole.
			at := w.holes[next].TextAt - w.leafText
			a, b = min(a, at), max(b, at+w.holes[next].TextLen)
			w.sents[next] = rng{w.leafText + a, w.leafText + b}
		}
		start = end
	}
	for ; next < len(w.holes); next++ {
		a := w.holes[next].TextAt
		w.sents[next] = rng{a, a}
	}
}

var abbreviations = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "dr": true, "prof": true, "st": true, "jr": true, "sr": true,
	"gen": true, "lt": true, "col": true, "maj": true, "capt": true, "cmdr": true, "adm": true, "sgt": true, "brig": true,
	"sen": true, "rep": true, "gov": true, "pres": true, "amb": true, "hon": true, "rev": true, "min": true,
	"vs": true, "no": true, "nos": true, "art": true, "para": true, "paras": true, "pp": true, "vol": true, "approx": true, "ca": true, "cf": true,
	"jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true, "aug": true, "sept": true, "sep": true, "oct": true, "nov": true, "dec": true,
}

// Abbreviated reports whether s ends with the stop of an abbreviation: one of
// the list, a single letter, or letters each with a stop of its own (U.S.).
func abbreviated(s []byte) bool {
	s = bytes.TrimRight(s, " \t\u00A0")
	if len(s) == 0 || s[len(s)-1] != '.' {
		return false
	}
	s = s[:len(s)-1]
	i := len(s)
	for i > 0 && (isLetter(s[i-1]) || s[i-1] == '.' || s[i-1] >= 0x80) {
		i--
	}
	word := s[i:]
	switch {
	case len(word) == 0:
		return false
	case len(word) == 1, len(word) > 2 && word[len(word)-2] == '.':
		return isLetter(word[len(word)-1]) && word[0] != 'I' || len(word) > 1
	}
	return len(word) <= 8 && abbreviations[string(bytes.ToLower(word))]
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
