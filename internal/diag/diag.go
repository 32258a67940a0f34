// Package diag is how every stage of Readout speaks of a mistake.
//
// A stage that meets a mistake appends a [Diagnostic] to its [List] and goes
// on, so that one run reports all of them. A diagnostic points at a [Span] of
// a [File]: two byte offsets. Lines and columns are worked out late, from a
// line table that is built when the first diagnostic of a file is printed, so
// that a build without mistakes never pays for positions.
//
// Lines and columns count from 1. A column counts Unicode code points, not
// bytes, which is what editors show. A byte order mark at the head of a file
// takes no column.
//
// A [List] is not safe for concurrent use: each unit of parallel work fills a
// list of its own, and the caller joins them. The order of a printed list
// does not depend on the order in which it was filled (see [List.Sort]).
//
// Codes are stable words of the form "area/mistake" ("quote/absent"). They
// are part of the public interface: editors and scripts filter by them.
package diag

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A File is a text that diagnostics can point into. Its Data must not change
// after the first diagnostic was made: a changed file is a new File.
type File struct {
	Path string // as shown to the user, with forward slashes
	Data []byte

	once  sync.Once
	lines []int         // offset of the first byte of each line
	marks []mark        // places in long lines, whose columns are known
	again func() []byte // reads what Drop gave up
	data  []byte        // Data, or what again returned; set by buildLines
}

// A mark is a place in a long line: a note pasted as one line of a megabyte
// must not be counted through from its beginning for each of its mistakes.
type mark struct{ offset, column int }

// markEvery is how many bytes of a line stand between two marks, about.
const markEvery = 1 << 10

// NewFile returns a file of the given name and content.
func NewFile(path string, data []byte) *File {
	return &File{Path: path, Data: data}
}

// Drop gives up the file's data, for a run that holds many files and needs
// few of them again: where a diagnostic is shown, its file's data is taken from
// read, which must return what Data was. It must not be called at the same time
// as any other method.
func (f *File) Drop(read func() []byte) {
	f.Data, f.again = nil, read
}

// A Position is a place in a file as an editor shows it.
type Position struct {
	Line, Column int // from 1; the column counts code points
}

const bom = "\uFEFF"

// Position returns the line and column of a byte offset. An offset outside
// the file is taken as its nearest end.
func (f *File) Position(offset int) Position {
	data := f.Bytes()
	offset = min(max(offset, 0), len(data))
	i, found := slices.BinarySearch(f.lines, offset)
	if !found {
		i--
	}
	start, column := min(f.lineStart(i), offset), 1
	k, found := slices.BinarySearchFunc(f.marks, offset, func(m mark, offset int) int { return m.offset - offset })
	if !found {
		k--
	}
	if k >= 0 && f.marks[k].offset > start {
		start, column = f.marks[k].offset, f.marks[k].column
	}
	return Position{Line: i + 1, Column: column + utf8.RuneCount(f.data[start:offset])}
}

// lineStart returns the offset of the first character of a line, counted from
// 0: a byte order mark is none.
func (f *File) lineStart(i int) int {
	if i == 0 && bytes.HasPrefix(f.data, []byte(bom)) {
		return len(bom)
	}
	return f.lines[i]
}

// lineEnd returns the offset behind the last character of a line, counted
// from 0.
func (f *File) lineEnd(i int) int {
	end := len(f.data)
	if i+1 < len(f.lines) {
		end = f.lines[i+1] - 1
	}
	if end > f.lineStart(i) && f.data[end-1] == '\r' {
		end--
	}
	return end
}

// Line returns the text of a line, counted from 1, without its end. It is
// empty for a line that the file does not have.
func (f *File) Line(n int) string {
	data := f.Bytes()
	if n < 1 || n > len(f.lines) {
		return ""
	}
	return string(data[f.lineStart(n-1):f.lineEnd(n-1)])
}

// Bytes returns the file's data, read again if it was dropped.
func (f *File) Bytes() []byte {
	f.once.Do(f.buildLines) // the data and the line table come together
	return f.data
}

func (f *File) buildLines() {
	f.data = f.Data
	if f.again != nil {
		f.data = f.again()
	}
	f.lines = append(f.lines, 0)
	for i, b := range f.data {
		if b == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	for i := range f.lines {
		at, end := f.lineStart(i), f.lineEnd(i)
		for column, next := 1, at+markEvery; next < end; column++ {
			if at >= next {
				f.marks = append(f.marks, mark{at, column})
				next = at + markEvery
			}
			_, size := utf8.DecodeRune(f.data[at:])
			at += size
		}
	}
}

// A Span is a half-open range of bytes [Start, End) in a file. The zero Span
// is no place at all; a diagnostic with it is about the whole run.
type Span struct {
	File       *File
	Start, End int
}

// At returns the empty span at an offset of f.
func (f *File) At(offset int) Span { return Span{f, offset, offset} }

// Span returns the span of f from start to end.
func (f *File) Span(start, end int) Span { return Span{f, start, end} }

// String returns "path:line:column", or the empty string for no place.
func (s Span) String() string {
	if s.File == nil {
		return ""
	}
	p := s.File.Position(s.Start)
	return fmt.Sprintf("%s:%d:%d", s.File.Path, p.Line, p.Column)
}

// Text returns the bytes that the span covers, as a string.
func (s Span) Text() string {
	if s.File == nil {
		return ""
	}
	if s.File.again == nil { // no need for lines
		return string(s.File.Data[s.Start:s.End])
	}
	data := s.File.Bytes()
	return string(data[min(s.Start, len(data)):min(s.End, len(data))])
}

// Severity says what a diagnostic does to the build.
type Severity uint8

// The severities, gravest first. Only an error stops a build.
const (
	Error Severity = iota
	Warning
	Notice
)

var severityNames = [...]string{"error", "warning", "notice"}

func (s Severity) String() string { return severityNames[s] }

// MarshalText returns the severity's name, for JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// A Diagnostic is one mistake, where it is, and what to do about it.
type Diagnostic struct {
	Span     Span
	Severity Severity
	Code     string   // "area/mistake"
	Message  string   // one line, lower case, no full stop
	Notes    []string // each one line or several: what was expected, near misses, what to do
}

// A List collects diagnostics. The zero List is empty and ready for use.
type List []Diagnostic

// Errorf adds an error. The notes may be set on the diagnostic it returns,
// which stays valid until the next call on the list.
func (l *List) Errorf(at Span, code, format string, args ...any) *Diagnostic {
	return l.add(at, Error, code, format, args)
}

// Warnf adds a warning, as Errorf adds an error.
func (l *List) Warnf(at Span, code, format string, args ...any) *Diagnostic {
	return l.add(at, Warning, code, format, args)
}

// Noticef adds a notice, as Errorf adds an error.
func (l *List) Noticef(at Span, code, format string, args ...any) *Diagnostic {
	return l.add(at, Notice, code, format, args)
}

func (l *List) add(at Span, s Severity, code, format string, args []any) *Diagnostic {
	*l = append(*l, Diagnostic{Span: at, Severity: s, Code: code, Message: fmt.Sprintf(format, args...)})
	return &(*l)[len(*l)-1]
}

// Note adds a note to d, formatted as by [fmt.Sprintf], and returns d.
func (d *Diagnostic) Note(format string, args ...any) *Diagnostic {
	d.Notes = append(d.Notes, fmt.Sprintf(format, args...))
	return d
}

// Count returns how many diagnostics have the severity s.
func (l List) Count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// HasErrors reports whether any diagnostic is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Sort orders the list by file, offset, severity, code and message, and drops
// a diagnostic that says the same of the same place as the one before it.
// Diagnostics about no file come last.
func (l *List) Sort() {
	slices.SortStableFunc(*l, compare)
	*l = slices.CompactFunc(*l, func(a, b Diagnostic) bool { return compare(a, b) == 0 })
}

func compare(a, b Diagnostic) int {
	switch {
	case a.Span.File == nil && b.Span.File != nil:
		return 1
	case a.Span.File != nil && b.Span.File == nil:
		return -1
	case a.Span.File != nil:
		if c := strings.Compare(a.Span.File.Path, b.Span.File.Path); c != 0 {
			return c
		}
		if c := a.Span.Start - b.Span.Start; c != 0 {
			return c
		}
	}
	if c := int(a.Severity) - int(b.Severity); c != 0 {
		return c
	}
	if c := strings.Compare(a.Code, b.Code); c != 0 {
		return c
	}
	return strings.Compare(a.Message, b.Message)
}
