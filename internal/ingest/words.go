package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	uax29 "github.com/clipperhouse/uax29/v2/words"
	"golang.org/x/text/unicode/norm"
)

// A word is a word, a number or a mark of a text: a segment of
// https://www.unicode.org/reports/tr29/#Word_Boundaries, but parted where an
// apostrophe or a colon stands in it, so that "Ukraine's", "l'Ukraine" and
// "EU:s" hold the names in them. White space is no word.
type word struct {
	start, end int
	key        string // as names are compared: see keyOf
	gap        bool   // white space stands before it
	inner      bool   // an apostrophe with letters on both sides
}

// wordsIn appends the words of text[start:end] to list, with offsets in text.
func wordsIn(list []word, text string, start, end int) []word {
	gap, joined := false, false
	for it := uax29.FromString(text[start:end]); it.Next(); {
		s := it.Value()
		at := start + it.Start()
		r, _ := utf8.DecodeRuneInString(s)
		switch {
		case r == '\u200b': // it parts words where a line may break, not where one ends
			joined = !gap && len(list) > 0 && isWord(list[len(list)-1])
			continue
		case unicode.IsSpace(r):
			gap, joined = true, false
			continue
		case joined && (unicode.IsLetter(r) || unicode.IsDigit(r)) && !strings.ContainsFunc(s, isApostrophe):
			last := &list[len(list)-1]
			last.end, last.key, joined = at+len(s), last.key+keyOf(s), false
			continue
		}
		joined = false
		from := 0
		for i, r := range s {
			size := utf8.RuneLen(r)
			if r == utf8.RuneError {
				_, size = utf8.DecodeRuneInString(s[i:])
			}
			if mark := isApostrophe(r); mark || r == ':' {
				if i > from {
					list = append(list, word{start: at + from, end: at + i, key: keyOf(s[from:i]), gap: gap})
					gap = false
				}
				list = append(list, word{start: at + i, end: at + i + size, key: keyOf(s[i : i+size]), gap: gap, inner: mark && i > 0 && i+size < len(s)})
				gap = false
				from = i + size
			}
		}
		if from < len(s) {
			list = append(list, word{start: at + from, end: at + len(s), key: keyOf(s[from:]), gap: gap})
			gap = false
		}
	}
	return list
}

// keyOf returns a word as it is compared: in NFKC, without soft hyphens and
// other invisible characters, every apostrophe as ' and every hyphen as -.
func keyOf(s string) string {
	plain := true
	for i := range len(s) {
		plain = plain && s[i] < utf8.RuneSelf
	}
	if plain {
		return s
	}
	return norm.NFKC.String(strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case isApostrophe(r):
			return '\''
		case r == '\u2010' || r == '\u2011':
			return '-'
		}
		return r
	}, s))
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʻ', '`', '´', '＇':
		return true
	}
	return false
}

func isWord(w word) bool {
	r, _ := utf8.DecodeRuneInString(w.key)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// capital reports whether a word begins with a capital letter.
func (w word) capital() bool {
	r, _ := utf8.DecodeRuneInString(w.key)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}
