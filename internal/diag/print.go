package diag

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// WriteText writes the list for people: each diagnostic as
//
//	content/sources/x.md:14:3: error[quote/absent]: the message
//	   14 | > the line that it is about
//	      |   ^^^^
//	      = a note
//
// It writes the list in the order it has; see [List.Sort].
func (l List) WriteText(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, d := range l {
		d.writeText(b)
	}
	return b.Flush()
}

func (d Diagnostic) writeText(w *bufio.Writer) {
	if d.Span.File != nil {
		fmt.Fprintf(w, "%s: ", d.Span)
	}
	fmt.Fprintf(w, "%s[%s]: %s\n", d.Severity, d.Code, d.Message)
	gutter := 5
	if d.Span.File != nil {
		line, mark := d.Span.Excerpt()
		number := fmt.Sprintf("%5d", d.Span.File.Position(d.Span.Start).Line)
		gutter = len(number)
		if line != "" {
			fmt.Fprintf(w, "%s | %s\n%*s | %s\n", number, line, gutter, "", mark)
		}
	}
	for _, n := range d.Notes {
		for i, line := range strings.Split(n, "\n") {
			lead := "="
			if i > 0 {
				lead = " "
			}
			fmt.Fprintf(w, "%*s %s %s\n", gutter, "", lead, line)
		}
	}
}

// Excerpt returns the line that the span begins in, or as much of it as one
// shows, and what stands beneath it: carets under the span. Both are empty
// for no place. Tabs become one space, so that the carets stand right whatever
// the terminal's tab stops are; a wide character counts two cells.
func (s Span) Excerpt() (text, mark string) {
	f := s.File
	if f == nil {
		return "", ""
	}
	// A line may be a megabyte long and have a thousand mistakes: no more of
	// it is looked at than can be shown, at four bytes to the character.
	data, n := f.Bytes(), f.Position(s.Start).Line-1
	begin, end := f.lineStart(n), f.lineEnd(n)
	start := min(max(s.Start, begin), end)
	left, right := max(begin, start-4*excerptWidth-4), min(end, start+4*excerptWidth+4)
	for left > begin && left < start && !utf8.RuneStart(data[left]) {
		left++
	}
	runes := []rune(string(data[left:right]))
	for i, r := range runes {
		if unicode.IsControl(r) {
			runes[i] = ' '
		}
	}
	at := utf8.RuneCount(data[left:start])
	marked := utf8.RuneCount(data[start:max(start, min(s.End, right))])
	from, to := 0, len(runes)
	if len(runes) > excerptWidth {
		from = max(0, min(at-excerptWidth/4, len(runes)-excerptWidth))
		to = min(len(runes), from+excerptWidth)
	}
	lead, tail := "", ""
	if from > 0 || left > begin {
		lead = "…"
	}
	if to < len(runes) || right < end {
		tail = "…"
	}
	text = strings.TrimRight(lead+string(runes[from:to])+tail, " ")
	mark = strings.Repeat(" ", cells([]rune(lead))+cells(runes[from:at])) +
		strings.Repeat("^", max(1, cells(runes[at:min(at+marked, to)])))
	return text, mark
}

// excerptWidth is the most columns of a line that are shown: a paragraph of
// an article is often one line of a thousand characters.
const excerptWidth = 100

// cells returns how many terminal cells the runes take.
// https://www.unicode.org/reports/tr11/
func cells(runes []rune) int {
	n := 0
	for _, r := range runes {
		switch k := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case k == width.EastAsianWide || k == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// WriteJSON writes the list for programs: one JSON object per line, with the
// fields file, line, column, severity, code, message and notes. A diagnostic
// about no file has an empty file and line and column 0.
func (l List) WriteJSON(w io.Writer) error {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for _, d := range l {
		row := struct {
			File     string   `json:"file"`
			Line     int      `json:"line"`
			Column   int      `json:"column"`
			Severity Severity `json:"severity"`
			Code     string   `json:"code"`
			Message  string   `json:"message"`
			Notes    []string `json:"notes"`
		}{Severity: d.Severity, Code: d.Code, Message: d.Message, Notes: d.Notes}
		if row.Notes == nil {
			row.Notes = []string{}
		}
		if d.Span.File != nil {
			p := d.Span.File.Position(d.Span.Start)
			row.File, row.Line, row.Column = d.Span.File.Path, p.Line, p.Column
		}
		if err := enc.Encode(row); err != nil {
			return err
		}
	}
	return b.Flush()
}

// Summary returns the counts in words: "2 errors, 1 warning", or "no problems".
func (l List) Summary() string {
	var parts []string
	for s, name := range severityNames {
		switch n := l.Count(Severity(s)); n {
		case 0:
		case 1:
			parts = append(parts, "1 "+name)
		default:
			parts = append(parts, fmt.Sprintf("%d %ss", n, name))
		}
	}
	if parts == nil {
		return "no problems"
	}
	return strings.Join(parts, ", ")
}
