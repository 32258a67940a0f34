package render

import (
	"errors"
	"html/template"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"readout/internal/diag"
)

// Place is how the packages of the standard library begin their errors:
// "template: name:line:column: message", with the column from 0, in bytes. An
// error about the end of a template has no line.
var place = regexp.MustCompile(`(?s)^(?:html/)?template: ?([^:\s]+)(?::(\d+))?(?::(\d+))?: (.*)$`)

// report turns an error of html/template into a diagnostic.
func (r *Renderer) report(l *diag.List, code string, err error) *diag.Diagnostic {
	var bad *template.Error
	if errors.As(err, &bad) {
		code = "template/escape"
	}
	text := err.Error()
	// An error in a template that a method executed is wrapped in the error
	// of its caller. The innermost place is the one to mend.
	if i := strings.LastIndex(text, "template: "); i > 0 {
		text = text[i:]
	}
	m := place.FindStringSubmatch(text)
	if m == nil {
		return l.Errorf(diag.Span{}, code, "%s", text)
	}
	var span diag.Span
	if f := r.files[m[1]]; f != nil {
		line, _ := strconv.Atoi(m[2])
		column, _ := strconv.Atoi(m[3])
		span = f.At(offset(f.Data, line, column))
	} else {
		m[4] = m[1] + ": " + m[4]
	}
	message, _, _ := strings.Cut(m[4], "\n")
	d := l.Errorf(span, code, "%s", message)
	r.advise(d)
	return d
}

// offset returns the place of a line, from 1, and a column, from 0, in data.
func offset(data []byte, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		i := slices.Index(data[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
	}
	return min(at+column, len(data))
}

var (
	noFunction = regexp.MustCompile(`function "([^"]+)" not defined`)
	noTemplate = regexp.MustCompile(`(?:no such template |template )"([^"]+)"`)
	noField    = regexp.MustCompile(`can't evaluate field (\w+) in type \S*?(\w+)$`)
)

// advise adds the nearest names to an error about a name that does not exist.
func (r *Renderer) advise(d *diag.Diagnostic) {
	if m := noFunction.FindStringSubmatch(d.Message); m != nil {
		near(d, m[1], slices.Sorted(maps.Keys(funcs)))
	} else if m := noField.FindStringSubmatch(d.Message); m != nil {
		near(d, m[1], fieldsOf(m[2]))
	} else if m := noTemplate.FindStringSubmatch(d.Message); m != nil {
		near(d, m[1], r.names())
	}
}

func near(d *diag.Diagnostic, word string, names []string) {
	if list := diag.Nearest(word, names); len(list) > 0 {
		d.Note("did you mean %s?", strings.Join(list, " or "))
	}
}

// names returns the names of the templates, sorted.
func (r *Renderer) names() []string { return slices.Sorted(maps.Keys(r.files)) }

// fieldsOf returns the fields and methods of the type of this name that
// templates can meet.
func fieldsOf(name string) []string {
	var fields []string
	seen := map[reflect.Type]bool{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice:
			walk(t.Elem())
		case reflect.Struct:
			if seen[t] {
				return
			}
			seen[t] = true
			for _, f := range reflect.VisibleFields(t) {
				if f.IsExported() {
					walk(f.Type)
					if t.Name() == name {
						fields = append(fields, f.Name)
					}
				}
			}
			if t.Name() == name {
				for m := range reflect.PointerTo(t).NumMethod() {
					fields = append(fields, reflect.PointerTo(t).Method(m).Name)
				}
			}
		}
	}
	for _, v := range views() {
		walk(reflect.TypeOf(v))
	}
	for _, x := range []any{Page{}, Table{}, Note{}} {
		walk(reflect.TypeOf(x))
	}
	return fields
}
