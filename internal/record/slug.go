package record

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Slug returns the id that a name stands for: the name in lower case, its
// letters and digits kept, whatever their script, and each run of anything
// else made one hyphen, with none at the ends. It is empty for a name without
// a letter or a digit. A slug is its own slug, and one name has one slug
// however a keyboard or a file system spells it: compatibility forms are
// folded (https://www.unicode.org/reports/tr15/) and invisible format
// characters are dropped.
//
// Marks are dropped where they modify a letter ("Çavuşoğlu" is "cavusoglu", a
// Hebrew or an Arabic name loses its points) and kept where they make another
// letter of it: "й" is not "и", and vowel signs are most of a word in the
// scripts of India. Letters that have no other form stay: "Łukasz" is "łukasz".
func Slug(s string) string {
	if isSlug(s) {
		return s
	}
	if slug, ok := asciiSlug(s); ok {
		return slug
	}
	return fullSlug(s)
}

// fullSlug returns the slug of any name.
func fullSlug(s string) string {
	// The normal forms skip what follows a byte that is not UTF-8.
	s = strings.ToValidUTF8(s, " ")
	var b strings.Builder
	b.Grow(len(s))
	gap := false    // a hyphen is due before the next letter
	var letter rune // what a mark here would belong to; 0 for nothing
	for _, r := range norm.NFKC.String(bare(norm.NFKD.String(s))) {
		switch {
		case unicode.Is(unicode.Cf, r):
			continue
		case unicode.IsMark(r):
			if letter == 0 || unicode.In(letter, pointed...) {
				continue
			}
		case isWord(r):
			r = unicode.ToLower(r)
			letter = r
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
		default:
			gap = true
			letter = 0
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// asciiSlug returns the slug of a name in ASCII, by the same rules.
func asciiSlug(s string) (slug string, ok bool) {
	var short [64]byte
	b := short[:0]
	gap := false
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 0x80:
			return "", false
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		default:
			gap = true
			continue
		}
		if gap && len(b) > 0 {
			b = append(b, '-')
		}
		gap = false
		b = append(b, c)
	}
	return string(b), true
}

// pointed are the scripts in which a mark that has not become one character
// with its letter only points or stresses it.
var pointed = []*unicode.RangeTable{
	unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic, unicode.Digit,
}

// bare drops the marks from Latin and Greek letters of a decomposed string,
// where composing them again would keep them.
func bare(s string) string {
	var letter rune
	return strings.Map(func(r rune) rune {
		if !unicode.IsMark(r) {
			letter = r
		} else if unicode.In(letter, unicode.Latin, unicode.Greek) {
			return -1
		}
		return r
	}, s)
}

// isWord reports whether a slug keeps r. Spacing modifier letters
// (U+02B0 to U+02FF) are left out: a name is written with U+02BC for its
// apostrophe as often as with an apostrophe.
func isWord(r rune) bool {
	return unicode.IsDigit(r) || unicode.IsLetter(r) && (r < 0x2b0 || r > 0x2ff)
}

// isSlug reports whether s is an ASCII slug, as nearly all are. It is asked of
// every link, and so has no branch for each byte.
func isSlug(s string) bool {
	last, wrong := uint8(slugHyphen), uint8(0) // a hyphen may not stand before the first letter, either
	for i := range len(s) {
		kind := slugBytes[s[i]]
		wrong |= kind&slugNone | kind&last&slugHyphen
		last = kind
	}
	return wrong == 0 && last != slugHyphen
}

const (
	slugWord = 1 << iota
	slugHyphen
	slugNone // no part of an ASCII slug
)

var slugBytes = func() (t [256]uint8) {
	for c := range t {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			t[c] = slugWord
		case c == '-':
			t[c] = slugHyphen
		default:
			t[c] = slugNone
		}
	}
	return t
}()
