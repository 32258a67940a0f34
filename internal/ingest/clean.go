package ingest

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tidy returns a line of text with its white space, of whatever kind, as
// single spaces, none at the ends, and without invisible characters.
func tidy(s string) string { return strings.Join(strings.FieldsFunc(visible(s), unicode.IsSpace), " ") }

// visible returns s without characters that only steer how a page is laid
// out: soft hyphens, zero-width spaces, word joiners, byte order marks,
// overrides and embeddings of direction, controls. A quotation is proved
// whether they are there or not; in a search they are in the way.
//
// Zero-width joiners and marks of direction stay: Persian, the scripts of
// India and mixed lines of Arabic need them. Accents that stand apart from
// their letters are joined with them (NFC), which changes no text either.
func visible(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.ContainsFunc(s, hidden) {
		s = strings.Map(func(r rune) rune {
			if hidden(r) {
				return -1
			}
			return r
		}, s)
	}
	return norm.NFC.String(s)
}

func hidden(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r', r == '\f', r == '\v', r == 0x85:
		return false
	case r == 0xAD, r == 0x200B, r == 0xFEFF, r >= 0x2060 && r <= 0x2064,
		r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x206F, r == 0x180E, r == 0xFFFC:
		return true
	}
	return r < ' ' || r == 0x7F
}
