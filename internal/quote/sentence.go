package quote

import (
	"bytes"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/sentence"
)

// abbreviations end with a full stop that does not end a sentence, though a
// capital follows. https://www.unicode.org/reports/tr29/#Sentence_Boundaries
// leaves them to the implementation.
var abbreviations = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`Mr Mrs Ms Dr Prof Gen Col Lt Maj Capt Cmdr Adm Sgt Cpl Sen Rep Reps Sens Gov Pres
		Amb Min St Jr Sr No Nos vs Rev Hon Messrs Art Fig Vol p pp ca cf
		Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
		Hr Fr Frl Nr Abs bzw MM Mme Mlle`) {
		m[w] = true
	}
	return m
}()

// splitSentences returns where the sentences of a text begin, in order. Every
// paragraph begins one.
func splitSentences(b []byte, paragraphs []span) []int {
	var starts []int
	for _, p := range paragraphs {
		text := b[p.start:p.end]
		if bytes.ContainsAny(text, "\n\r") && utf8.Valid(text) {
			text = bytes.Clone(text)
			for i, c := range text {
				if c == '\n' || c == '\r' {
					text[i] = ' ' // a wrapped line ends no sentence
				}
			}
		}
		for at, goesOn := 0, false; at < len(text); {
			if !goesOn {
				starts = append(starts, p.start+at)
			}
			end := sentence.End(text, at)
			goesOn = abbreviated(text[at:end])
			at = end
		}
	}
	return starts
}

// abbreviated reports whether a sentence ends with an abbreviation, or with a
// single letter and its full stop, such as an initial or "U.S.".
func abbreviated(s []byte) bool {
	s, found := bytes.CutSuffix(bytes.TrimSpace(s), []byte("."))
	if !found {
		return false
	}
	start := len(s)
	for start > 0 {
		r, size := utf8.DecodeLastRune(s[:start])
		if !unicode.IsLetter(r) {
			break
		}
		start -= size
	}
	word := string(s[start:])
	return utf8.RuneCountInString(word) == 1 && unicode.IsUpper([]rune(word)[0]) || abbreviations[word]
}

// sentenceOf returns the number of the sentence that holds the offset p of the
// body.
func (t *Text) sentenceOf(p int) int {
	return sort.SearchInts(t.sentences(), p+1) - 1
}
