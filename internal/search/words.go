package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A splitter cuts texts into words, and folds them.
type splitter struct {
	letters []byte // of all words of a text, one after another, with room for eight more
	ends    []int  // where each word ends in letters
}

// words cuts a text into words, in place of those of the text before.
//
// White space of ASCII parts words whatever is beside it, so that a text that
// is not plain is folded in pieces between it, and of these only those that
// are not plain themselves.
func (p *splitter) words(s []byte) {
	p.letters, p.ends = p.letters[:0], p.ends[:0]
	if plain(s) {
		p.plainWords(s)
	} else {
		for i := 0; i < len(s); {
			if s[i] <= ' ' {
				i++
				continue
			}
			start := i
			for i < len(s) && s[i] > ' ' {
				i++
			}
			if piece := s[start:i]; plain(piece) {
				p.plainWords(piece)
			} else {
				p.foldedWords(fold(string(piece)))
			}
		}
	}
	p.letters = slices.Grow(p.letters, 8)
}

// plain reports whether a text is ASCII, with no other characters than dashes,
// quotation marks and an ellipsis, which part words as they are: folding such
// a text changes nothing but capitals.
func plain(s []byte) bool {
	for i := 0; i < len(s); i++ {
		for i+8 <= len(s) && s[i]|s[i+1]|s[i+2]|s[i+3]|s[i+4]|s[i+5]|s[i+6]|s[i+7] < utf8.RuneSelf {
			i += 8
		}
		if i == len(s) || s[i] < utf8.RuneSelf {
			continue
		}
		// U+2010 to U+2023 and U+2026, which are E2 80 90 to A3 and A6. But
		// U+2017 folds to a space with a mark.
		if i+2 >= len(s) || s[i] != 0xE2 || s[i+1] != 0x80 {
			return false
		}
		if c := s[i+2]; c < 0x90 || c > 0xA3 && c != 0xA6 || c == 0x97 {
			return false
		}
		i += 2
	}
	return true
}

// lower holds the letters and digits of ASCII in lower case, and 0 for all
// other bytes.
var lower = func() (table [256]byte) {
	for c := range byte(utf8.RuneSelf) {
		switch {
		case 'a' <= c && c <= 'z' || digit(c):
			table[c] = c
		case 'A' <= c && c <= 'Z':
			table[c] = c + 'a' - 'A'
		}
	}
	return table
}()

// plainWords cuts a plain text into words.
func (p *splitter) plainWords(s []byte) {
	start := len(p.letters) // of the word
	n := start              // letters
	letters := slices.Grow(p.letters, len(s))[:start+len(s)]
	for i, c := range s {
		if l := lower[c]; l != 0 {
			letters[n] = l
			n++
			continue
		}
		if n == start {
			continue
		}
		if joins(rune(c)) && digit(letters[n-1]) && i+1 < len(s) && digit(s[i+1]) {
			letters[n] = c
			n++
			continue
		}
		p.ends = append(p.ends, n)
		start = n
	}
	if n > start {
		p.ends = append(p.ends, n)
	}
	p.letters = letters[:n]
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// joins reports whether r, between two digits, is part of a number.
func joins(r rune) bool { return r == '.' || r == ',' || r == ':' }

// foldedWords cuts a folded text into words.
func (p *splitter) foldedWords(s string) {
	start := len(p.letters) // of the word
	var before rune         // its last character
	end := func() {
		if len(p.letters) > start {
			start = len(p.letters)
			p.ends = append(p.ends, start)
		}
		before = 0
	}
	single := false // the word is one character of an unspaced script
	for i, r := range s {
		switch mark := unicode.Is(unicode.M, r); {
		case single && mark:
			p.letters = utf8.AppendRune(p.letters, r)
			continue
		case unspaced(r):
			end()
			p.letters = utf8.AppendRune(p.letters, r)
			single = true
			continue
		case mark || unicode.IsLetter(r) || unicode.IsNumber(r):
			if single {
				end()
			}
			p.letters = utf8.AppendRune(p.letters, r)
			before = r
		case joins(r) && unicode.IsDigit(before) && digitAt(s[i+1:]):
			p.letters = utf8.AppendRune(p.letters, r)
			before = 0
		default:
			end()
		}
		single = false
	}
	end()
}

func digitAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}

// unspaced reports whether r is of a script that writes no spaces between
// words.
func unspaced(r rune) bool {
	return r >= 0xE00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// fold returns the folded form of a text. Folding is idempotent but for the
// spaces about numerals.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 16)
	for _, r := range s {
		switch {
		case r < 0x80:
			b.WriteByte(byte(r))
		case unicode.Is(unicode.Cf, r) || r == 0x34F || r >= 0xFE00 && r <= 0xFE0F:
		case unicode.Is(unicode.No, r):
			b.WriteByte(' ')
			b.WriteRune(r)
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	bare := false // a mark here is dropped
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			if bare {
				return -1
			}
			return r
		}
		bare = unicode.In(r, unicode.Latin, unicode.Greek, unicode.Hebrew, unicode.Arabic)
		if r = unicode.ToLower(r); r == 'ς' {
			return 'σ'
		}
		return r
	}, norm.NFKD.String(b.String())))
}
