package export

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A column of a CSV file: its name, and what stands in it for a record.
type column[R any] struct {
	name string
	cell func(R) string
}

// table writes records as CSV (https://www.rfc-editor.org/rfc/rfc4180): UTF-8
// without a byte order mark, a line of names first, lines ended by CR LF, also
// within cells.
func table[R any](columns []column[R], records []R) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	row := make([]string, len(columns))
	write := func() {
		if err := w.Write(row); err != nil {
			panic("export: " + err.Error()) // a bytes.Buffer does not fail
		}
	}
	for i, c := range columns {
		row[i] = c.name
	}
	write()
	for _, r := range records {
		for i, c := range columns {
			row[i] = cell(c.cell(r))
		}
		write()
	}
	w.Flush()
	return b.Bytes()
}

// cell returns a text as it is put into a cell. Spreadsheets run a cell that
// begins with one of the signs of [formula] as a formula, and a quotation is
// an outsider's words, so such a cell gets an apostrophe before it, which
// spreadsheets take as "this is text":
// https://owasp.org/www-community/attacks/CSV_Injection. So that nothing is
// lost, a text that begins with apostrophes before such a sign gets one more:
// a reader takes one apostrophe off each cell that has them before a sign.
// Line ends become LF, which the writer ends as lines end in the file.
func cell(s string) string {
	s = lines(strings.ToValidUTF8(s, "\uFFFD"))
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
