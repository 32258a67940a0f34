package export

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// A jsonText is JSON as it is written here: one record to a line, so that two
// versions of a file differ in the lines of the records that differ.
//
// Records of which there are many write themselves, field by field, as package
// json would write them by the tags of their fields; a test holds them to it.
type jsonText struct{ *sheet }

// value writes a value on one line. Characters that matter to HTML stay as
// they are: the files are no part of a page, and are read by people too.
func (t *jsonText) value(v any) {
	e := json.NewEncoder(t.sheet)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		// Only a value that JSON has no form for fails (a channel, an
		// infinity), and the types of this package hold none.
		panic("export: " + err.Error())
	}
	t.b = t.b[:len(t.b)-1] // Encode ends the line
}

// An array is one that is being written, each of its elements on a line of its
// own.
type array struct {
	t        *jsonText
	done, of int // elements
}

// array begins an array, of about so many elements.
func (t *jsonText) array(elements int) array {
	t.add("[")
	return array{t, 0, elements}
}

// element begins the next element.
func (a *array) element() {
	a.t.expect(a.done, a.of)
	if a.done > 0 {
		a.t.add(",")
	}
	a.t.add("\n")
	a.done++
}

func (a *array) end() {
	if a.done > 0 {
		a.t.add("\n")
	}
	a.t.add("]")
}

// key begins a field of an object, or the first one of an object that was
// begun with a brace.
func (t *jsonText) key(name string) {
	t.comma()
	t.add(`"`, name, `":`)
}

// comma writes one unless what comes next is the first in an object or array.
func (t *jsonText) comma() {
	if c := t.b[len(t.b)-1]; c != '{' && c != '[' {
		t.add(",")
	}
}

// text writes a field.
func (t *jsonText) text(name, value string) {
	t.key(name)
	t.string(value)
}

// some writes a field, unless it is empty.
func (t *jsonText) some(name, value string) {
	if value != "" {
		t.text(name, value)
	}
}

// yes writes a field, if it is true.
func (t *jsonText) yes(name string, value bool) {
	if value {
		t.key(name)
		t.add("true")
	}
}

// count writes a field, unless it is 0.
func (t *jsonText) count(name string, n int) {
	if n != 0 {
		t.key(name)
		t.num(n)
	}
}

// texts writes a field, unless it is empty.
func (t *jsonText) texts(name string, values []string) {
	if len(values) > 0 {
		t.key(name)
		t.strings(values)
	}
}

func (t *jsonText) strings(values []string) {
	if values == nil {
		t.add("null")
		return
	}
	t.add("[")
	for _, v := range values {
		t.comma()
		t.string(v)
	}
	t.add("]")
}

// records writes an array of records that write themselves.
func records[E any, R interface {
	*E
	json(*jsonText)
}](t *jsonText, all []E) {
	if all == nil {
		t.add("null")
		return
	}
	t.add("[")
	for i := range all {
		t.comma()
		R(&all[i]).json(t)
	}
	t.add("]")
}

// string writes a string (https://www.rfc-editor.org/rfc/rfc8259#section-7).
// What is no UTF-8 becomes U+FFFD, and U+2028 and U+2029, which JavaScript once
// took for the end of a line, are escaped.
func (t *jsonText) string(s string) {
	const hex = "0123456789abcdef"
	b := append(t.b, '"')
	from := 0
	for i := 0; i < len(s); {
		for i+8 <= len(s) && simple8(s[i:i+8]) {
			i += 8
		}
		if i == len(s) {
			break
		}
		c := s[i]
		if ' ' <= c && c < utf8.RuneSelf && c != '"' && c != '\\' {
			i++
			continue
		}
		size := 1
		var escape string
		switch {
		case c == '"':
			escape = `\"`
		case c == '\\':
			escape = `\\`
		case c == '\b':
			escape = `\b`
		case c == '\f':
			escape = `\f`
		case c == '\n':
			escape = `\n`
		case c == '\r':
			escape = `\r`
		case c == '\t':
			escape = `\t`
		case c < ' ':
			escape = `\u00` + hex[c>>4:c>>4+1] + hex[c&15:c&15+1]
		default:
			var r rune
			switch r, size = utf8.DecodeRuneInString(s[i:]); {
			case r == utf8.RuneError && size == 1:
				escape = `\ufffd`
			case r == '\u2028' || r == '\u2029':
				escape = `\u` + strconv.FormatInt(int64(r), 16)
			}
		}
		if escape != "" {
			b = append(append(b, s[from:i]...), escape...)
			from = i + size
		}
		i += size
	}
	t.b = append(append(b, s[from:]...), '"')
}

// simple8 reports whether eight bytes are ASCII of which nothing is escaped, as
// nearly all are. A byte is below n if n from it leaves the highest bit set.
func simple8(s string) bool {
	const each = 0x0101010101010101
	x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	quote, backslash := x^each*'"', x^each*'\\'
	return (x|(x-each*' ')|(quote-each)|(backslash-each))&(each*0x80) == 0
}
