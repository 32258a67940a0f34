package quote

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// A Paragraph is a paragraph of a source text: its offsets in the raw bytes,
// without the white space around it, and its number of words.
type Paragraph struct{ Start, End, Words int }

// A span is a half-open range of bytes.
type span struct{ start, end int }

// splitParagraphs returns the paragraphs of a text: what blank lines part, or
// each non-empty line of a text that has no blank line between two others. A
// line of nothing but white space is blank. A line ends with LF, CR LF, CR,
// NEL, or Unicode's line or paragraph separator.
func splitParagraphs(b []byte) []span {
	var lines []span
	parted := false  // a blank line stands between two lines
	blank := false   // a blank line came since the last line
	var starts []int // the lines that begin a paragraph, where blank lines part them
	lineEnd := lineEnd
	if onlyLF(b) {
		lineEnd = lineFeed
	}
	for p := 0; p < len(b); {
		end, next := lineEnd(b, p)
		if s := trimSpan(b, span{p, end}); s.start < s.end {
			if blank && len(lines) > 0 {
				parted = true
			}
			if blank || len(lines) == 0 {
				starts = append(starts, len(lines))
			}
			lines, blank = append(lines, s), false
		} else {
			blank = true
		}
		p = next
	}
	if !parted {
		return lines
	}
	paragraphs := make([]span, len(starts))
	for i, first := range starts {
		last := len(lines) - 1
		if i+1 < len(starts) {
			last = starts[i+1] - 1
		}
		paragraphs[i] = span{lines[first].start, lines[last].end}
	}
	return paragraphs
}

// onlyLF reports whether lines end with LF alone, as in most texts.
func onlyLF(b []byte) bool {
	return bytes.IndexByte(b, '\r') < 0 && !bytes.Contains(b, []byte("\u0085")) &&
		!bytes.Contains(b, []byte("\u2028")) && !bytes.Contains(b, []byte("\u2029"))
}

// lineFeed returns for a text in which lines end with LF alone what lineEnd does.
func lineFeed(b []byte, p int) (end, next int) {
	if i := bytes.IndexByte(b[p:], '\n'); i >= 0 {
		return p + i, p + i + 1
	}
	return len(b), len(b)
}

// lineEnd returns where the line that begins at p ends and the next begins.
func lineEnd(b []byte, p int) (end, next int) {
	for p < len(b) {
		switch c := b[p]; {
		case c == '\n':
			return p, p + 1
		case c == '\r':
			if p+1 < len(b) && b[p+1] == '\n' {
				return p, p + 2
			}
			return p, p + 1
		case c < 0xC2:
			p++
		default:
			r, size := utf8.DecodeRune(b[p:])
			if r == 0x85 || r == 0x2028 || r == 0x2029 {
				return p, p + size
			}
			p += size
		}
	}
	return p, p
}

// trimSpan shortens s by the white space and invisible characters around it.
func trimSpan(b []byte, s span) span {
	for s.start < s.end {
		r, size := utf8.DecodeRune(b[s.start:s.end])
		if c := classify(r); c != space && c != ignored {
			break
		}
		s.start += size
	}
	for s.start < s.end {
		r, size := utf8.DecodeLastRune(b[s.start:s.end])
		if c := classify(r); c != space && c != ignored {
			break
		}
		s.end -= size
	}
	return s
}

// find returns the index of the span that holds p, or of the last that begins
// before it; -1 before the first.
func find(spans []span, p int) int {
	return sort.Search(len(spans), func(i int) bool { return spans[i].start > p }) - 1
}
