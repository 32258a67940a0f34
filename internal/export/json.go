package export

import (
	"bytes"
	"encoding/json"
)

// A jsonText is JSON as it is written here: one record to a line, so that two
// versions of a file differ in the lines of the records that differ.
type jsonText struct {
	bytes.Buffer
	encoder  *json.Encoder
	elements int // of the array that is open
	of       int
}

// value writes a value on one line. Characters that matter to HTML stay as
// they are: the files are no part of a page, and are read by people too.
func (t *jsonText) value(v any) {
	if t.encoder == nil {
		t.encoder = json.NewEncoder(&t.Buffer)
		t.encoder.SetEscapeHTML(false)
	}
	if err := t.encoder.Encode(v); err != nil {
		// Only a value that JSON has no form for fails (a channel, an
		// infinity), and the types of this package hold none.
		panic("export: " + err.Error())
	}
	t.Truncate(t.Len() - 1) // Encode ends the line
}

// list writes an array, each of its elements on a line of its own.
func list[E any](t *jsonText, elements []E, write func(E)) {
	t.WriteByte('[')
	for i, e := range elements {
		if i > 0 {
			t.WriteByte(',')
		}
		t.WriteByte('\n')
		write(e)
	}
	if len(elements) > 0 {
		t.WriteByte('\n')
	}
	t.WriteByte(']')
}

// open begins a long array, of about so many elements, that is written as
// those of list are.
func (t *jsonText) open(elements int) {
	t.WriteByte('[')
	t.elements, t.of = 0, elements
}

func (t *jsonText) element(v any) {
	if t.elements > 0 {
		t.WriteByte(',')
	}
	t.WriteByte('\n')
	t.value(v)
	t.elements++
	expect(&t.Buffer, t.elements, t.of)
}

func (t *jsonText) close() {
	if t.elements > 0 {
		t.WriteByte('\n')
	}
	t.WriteByte(']')
}
