package export

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// writesItself is a record that does.
type writesItself interface{ json(*jsonText) }

// sameJSON holds what a record writes to what package json makes of it, without
// what HTML wants.
func sameJSON(t *testing.T, r writesItself) {
	t.Helper()
	text := jsonText{&sheet{}}
	r.json(&text)
	var want bytes.Buffer
	e := json.NewEncoder(&want)
	e.SetEscapeHTML(false)
	if err := e.Encode(r); err != nil {
		t.Fatal(err)
	}
	if got := string(text.b) + "\n"; got != want.String() {
		t.Errorf("%T writes\n%swant\n%s", r, got, want.String())
	}
}

// TestTags holds what records write of themselves to the tags of their fields:
// of records that are empty or full, but for any one of their fields, and of
// those of the samples.
func TestTags(t *testing.T) {
	for _, r := range []writesItself{&claim{}, &holder{}, &relay{}, &quotation{}, &option{}, &position{}} {
		v := reflect.ValueOf(r).Elem()
		full := reflect.New(v.Type()).Elem()
		fill(full)
		for i := range v.NumField() {
			v.SetZero()
			sameJSON(t, r)
			v.Field(i).Set(full.Field(i))
			sameJSON(t, r)
			v.Set(full)
			sameJSON(t, r)
			v.Field(i).SetZero()
			sameJSON(t, r)
		}
	}
	samples(t, func(t *testing.T, _ *txtar.Archive, s sample) {
		x := newExporter(s.site, s.proofs, s.plan)
		for c := range x.claims {
			sameJSON(t, c)
		}
		for _, is := range x.comparison().issues {
			for i := range is.options {
				sameJSON(t, &is.options[i])
			}
		}
	})
}

// fill gives a value that is not empty, in none of its fields.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("some “words” of " + v.Type().String())
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(12)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0))
		fill(v.Index(1))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	default:
		panic(v.Type())
	}
}

// FuzzString holds strings to those of package json.
func FuzzString(f *testing.F) {
	for _, s := range []string{"", "a\"b\\c/<d>&", "\x00\b\t\n\v\f\r\x1f\x7f", "é\u2028\u2029\ufffd😀", "\xff\xe2\x80", long} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		sameJSON(t, &relay{Words: s})
	})
}
