package ingest

import (
	"strings"
	"unicode/utf8"

	"readout/internal/quote"
)

// rejoin returns the paragraphs of a text whose lines were broken where the
// screen ended, as far as the lines show where a paragraph ended: at a line
// that had room for the next word, unless the next one goes on with its
// sentence. Nothing is changed in a line, and no break taken away.
func rejoin(lines []string) []string {
	width := 0
	for _, s := range lines {
		width = max(width, utf8.RuneCountInString(s))
	}
	var list []string
	from := 0
	for i := range lines {
		if i+1 < len(lines) {
			n := utf8.RuneCountInString(lines[i])
			next, _, _ := strings.Cut(strings.TrimLeft(lines[i+1], " "), " ")
			full := n+1+utf8.RuneCountInString(next) > width
			open := !endsSentence(lines[i]) && n*3 > width*2 // a heading is shorter
			if full || open || quote.GoesOn(lines[i], lines[i+1]) {
				continue
			}
		}
		list = append(list, strings.Join(lines[from:i+1], "\n"))
		from = i + 1
	}
	return list
}
