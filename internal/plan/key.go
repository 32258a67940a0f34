package plan

import (
	"crypto/sha256"
	"encoding/binary"
	"reflect"
	"sync"
)

// A Key is a hash of a view or of a part of one.
type Key [16]byte

var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 64<<10); return &b }}

// HashOf hashes everything in a view or in a part of one, by its structure:
// each value is written with its length or number before it, so that no two
// different values of a type are written alike. A field that is added to a
// view is in its key at once, which a hand-written list of fields would
// forget. It panics on what a view must not hold: maps, functions, channels.
func HashOf(v any) Key {
	b := buffers.Get().(*[]byte)
	out := appendValue((*b)[:0], reflect.ValueOf(v))
	sum := sha256.Sum256(out)
	*b = out
	buffers.Put(b)
	return Key(sum[:16])
}

func appendValue(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.String:
		b = binary.AppendUvarint(b, uint64(v.Len()))
		return append(b, v.String()...)
	case reflect.Bool:
		if v.Bool() {
			return append(b, 1)
		}
		return append(b, 0)
	case reflect.Int:
		return binary.AppendVarint(b, v.Int())
	case reflect.Slice:
		b = binary.AppendUvarint(b, uint64(v.Len()))
		for i := range v.Len() {
			b = appendValue(b, v.Index(i))
		}
		return b
	case reflect.Struct:
		for i := range v.NumField() {
			b = appendValue(b, v.Field(i))
		}
		return b
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return append(b, 0)
		}
		b = append(b, 1)
		if v.Kind() == reflect.Interface || v.Type().Elem().Kind() == reflect.Struct {
			name := v.Elem().Type().Name() // two views of equal fields differ by type
			b = binary.AppendUvarint(b, uint64(len(name)))
			b = append(b, name...)
		}
		return appendValue(b, v.Elem())
	}
	panic("plan: a view must not hold a " + v.Kind().String())
}
