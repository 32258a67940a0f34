package markdown

import (
	"bytes"
	"strings"

	"readout/internal/sentence"
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
	for end := 0; end < len(text) && next < len(w.holes); {
		end = sentence.End(text, end)
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
			w.loose[next].sentence = rng{w.leafText + a, w.leafText + b}
		}
		start = end
	}
	for ; next < len(w.holes); next++ {
		a := w.holes[next].TextAt
		w.loose[next].sentence = rng{a, a}
	}
}

// Abbreviations are the words whose stop seldom ends a sentence: titles, and
// what stands before a name, a number or a day.
var abbreviations = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`
		mr mrs ms dr prof st jr sr hon rev
		gen lt col maj capt cmdr adm sgt brig
		sen rep gov pres amb min
		vs no nos art para paras pp vol approx ca cf
		jan feb mar apr jun jul aug sept sep oct nov dec`) {
		m[w] = true
	}
	return m
}()

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
	case len(word) == 1:
		return isLetter(word[0]) && word[0] != 'I' // "So did I."
	case len(word) > 2 && word[len(word)-2] == '.':
		return isLetter(word[len(word)-1])
	}
	var lower [8]byte
	if len(word) > len(lower) {
		return false
	}
	for i, c := range word {
		lower[i] = c
		if 'A' <= c && c <= 'Z' {
			lower[i] += 'a' - 'A'
		}
	}
	return abbreviations[string(lower[:len(word)])]
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
