package export

import (
	"encoding/csv"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A column of a CSV file: its name, and what stands in it for a record.
type column[R any] struct {
	name string
	cell func(*R) string
}

// A table is a CSV file (https://www.rfc-editor.org/rfc/rfc4180): UTF-8 without
// a byte order mark, a line of names first, lines ended by CR LF, also within
// cells.
type table[R any] struct {
	*sheet
	w        *csv.Writer
	columns  []column[R]
	row      []string
	rows, of int
}

// newTable begins a table of about so many records.
func newTable[R any](s *sheet, columns []column[R], records int) *table[R] {
	t := &table[R]{sheet: s, columns: columns, row: make([]string, len(columns)), of: records}
	t.w = csv.NewWriter(s)
	t.w.UseCRLF = true
	for i, c := range columns {
		t.row[i] = c.name
	}
	t.write()
	return t
}

func (t *table[R]) record(record *R) {
	for i, c := range t.columns {
		t.row[i] = cell(c.cell(record))
	}
	t.write()
	t.rows++
	t.expect(t.rows, t.of)
}

func (t *table[R]) write() {
	if err := t.w.Write(t.row); err != nil {
		panic("export: " + err.Error()) // a sheet does not fail
	}
}

// end writes what is left.
func (t *table[R]) end() { t.w.Flush() }

// cell returns a text as it is put into a cell. Spreadsheets run a cell that
// begins with one of the signs of [formula] as a formula, and a quotation is
// an outsider's words, so such a cell gets an apostrophe before it, which
// spreadsheets take as "this is text":
// https://owasp.org/www-community/attacks/CSV_Injection. So that nothing is
// lost, a text that begins with apostrophes before such a sign gets one more:
// a reader takes one apostrophe off each cell that has them before a sign.
// Line ends become LF, which the writer ends as lines end in the file.
func cell(s string) string {
	if s == "" {
		return ""
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	s = lines(s)
	if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "'")); formula(r) {
		return "'" + s
	}
	return s
}

// lines makes each end of a line LF.
func lines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s // as nearly always; a replacer takes its time to find out
	}
	return newlines.Replace(s)
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// formula reports whether a cell that begins with r is run as a formula, by
// one or another spreadsheet. The full-width forms are those that programs in
// Japanese read as the signs themselves.
func formula(r rune) bool {
	switch r {
	case '=', '+', '-', '@', '\t', '\n', '＝', '＋', '－', '＠':
		return true
	}
	return false
}

// items joins ids, which hold neither spaces nor semicolons.
func items(ids []string) string { return strings.Join(ids, "; ") }

func each[E any](elements []E, sep string, f func(E) string) string {
	if len(elements) == 1 {
		return f(elements[0])
	}
	parts := make([]string, len(elements))
	for i, e := range elements {
		parts[i] = f(e)
	}
	return strings.Join(parts, sep)
}

func yes(b bool) string {
	if b {
		return "true"
	}
	return ""
}

// number leaves zero out: it stands for unknown.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
