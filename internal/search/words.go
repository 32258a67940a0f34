package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Words calls yield with each word of a text, folded. The slice is only valid
// during the call.
//
// White space of ASCII parts words whatever is beside it, so that the text is
// folded in pieces between it, and a piece of ASCII alone not at all.
func words(s string, yield func(word []byte)) {
	var buf [64]byte
	for i := 0; i < len(s); {
		if s[i] <= ' ' {
			i++
			continue
		}
		start, ascii := i, true
		for ; i < len(s) && s[i] > ' '; i++ {
			ascii = ascii && s[i] < utf8.RuneSelf
		}
		if ascii {
			asciiWords(s[start:i], buf[:0], yield)
		} else {
			foldedWords(fold(s[start:i]), yield)
		}
	}
}

func asciiWords(s string, buf []byte, yield func([]byte)) {
	word := buf
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z' || digit(c):
			word = append(word, c)
		case 'A' <= c && c <= 'Z':
			word = append(word, c+'a'-'A')
		case joins(rune(c)) && len(word) > 0 && digit(word[len(word)-1]) && i+1 < len(s) && digit(s[i+1]):
			word = append(word, c)
		case len(word) > 0:
			yield(word)
			word = word[:0]
		}
	}
	if len(word) > 0 {
		yield(word)
	}
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// joins reports whether r, between two digits, is part of a number.
func joins(r rune) bool { return r == '.' || r == ',' || r == ':' }

// foldedWords cuts a folded text into words.
func foldedWords(s string, yield func([]byte)) {
	var word []byte
	var before rune // the last character of the word
	end := func() {
		if len(word) > 0 {
			yield(word)
			word = word[:0]
		}
		before = 0
	}
	single := false // the word is one character of an unspaced script
	for i, r := range s {
		switch mark := unicode.Is(unicode.M, r); {
		case single && mark:
			word = utf8.AppendRune(word, r)
			continue
		case unspaced(r):
			end()
			word = utf8.AppendRune(word, r)
			single = true
			continue
		case mark || unicode.IsLetter(r) || unicode.IsNumber(r):
			if single {
				end()
			}
			word = utf8.AppendRune(word, r)
			before = r
		case joins(r) && unicode.IsDigit(before) && digitAt(s[i+1:]):
			word = utf8.AppendRune(word, r)
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
