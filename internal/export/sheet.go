package export

import (
	"slices"
	"strconv"
)

// A sheet is what files are written on, one after the other: its bytes are
// those of a file until the next one is begun.
type sheet struct{ b []byte }

// Write appends p, as an [io.Writer] does. It never fails.
func (s *sheet) Write(p []byte) (int, error) {
	s.b = append(s.b, p...)
	return len(p), nil
}

// add appends texts.
func (s *sheet) add(texts ...string) *sheet {
	for _, t := range texts {
		s.b = append(s.b, t...)
	}
	return s
}

// num appends a number, in digits.
func (s *sheet) num(n int) *sheet {
	s.b = strconv.AppendInt(s.b, int64(n), 10)
	return s
}

// xml appends a text as [escapeXML] returns it.
func (s *sheet) xml(text string) *sheet {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '&' || c == '<' || c == '>' || c == '"' {
			return s.add(escapeXML(text))
		}
	}
	return s.add(text)
}

// expect makes room for what is to come, once it can be told from what is
// there: growing into it takes three times the room.
func (s *sheet) expect(done, of int) {
	const enough = 256
	if done == enough && of > done {
		s.b = slices.Grow(s.b, len(s.b)/done*(of-done)*17/16)
	}
}
