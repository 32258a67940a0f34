package quote

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Wrapped reports whether the paragraphs of the text seem to be the lines of
// one whose paragraphs were lost: pasted with a break at the end of each line
// of the screen, and without blank lines. Such a text proves quotations all
// the same, but tells no passage from its neighbours.
//
// It is so of five paragraphs and more of which a third at least go on in the
// next one: see [GoesOn].
func (t *Text) Wrapped() bool {
	spans := t.paragraphs()
	if len(spans) < 5 {
		return false
	}
	broken := 0
	for i := 1; i < len(spans); i++ {
		if brokenOff(t.body[spans[i-1].start:spans[i-1].end], t.body[spans[i].start:spans[i].end]) {
			broken++
		}
	}
	return broken*3 >= len(spans)
}

// GoesOn reports whether a line seems to be broken off in the middle of a
// sentence that the next line goes on with: it does not end as a sentence, a
// heading or a label does, and the next begins with a word that has no
// capital.
func GoesOn(line, next string) bool { return brokenOff([]byte(line), []byte(next)) }

func brokenOff(line, next []byte) bool {
	line = bytes.TrimRightFunc(line, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.In(r, unicode.Pf, unicode.Pe, unicode.Pi, unicode.Cf) || r == '"' || r == '\''
	})
	next = bytes.TrimLeftFunc(next, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	last, _ := utf8.DecodeLastRune(line)
	first, _ := utf8.DecodeRune(next)
	return len(line) > 0 && !strings.ContainsRune(".!?…。！？؟۔।:;", last) && unicode.IsLetter(first) && !unicode.IsUpper(first) && !unicode.IsTitle(first)
}
