package plan

import (
	"reflect"
	"testing"
)

// fill gives every field of a view a value, and calls each for every leaf.
func fill(v reflect.Value, depth int, leaf func(reflect.Value)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), depth, leaf)
		}
	case reflect.Slice:
		if depth == 0 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), depth-1, leaf)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth, leaf)
	default:
		leaf(v)
	}
}

// Every field of every view is in its key: a change of any of them is a new
// page.
func TestKeyHasEveryField(t *testing.T) {
	views := []View{
		&Home{}, &ComparisonPage{}, &Issue{}, &IssueList{}, &Actor{}, &ActorList{}, &Meeting{}, &MeetingList{},
		&Source{}, &SourceList{}, &Timeline{}, &Changes{}, &Index{}, &IndexPart{}, &PlainPage{}, &NotFound{}, &Print{},
	}
	seen := map[Key]string{}
	for _, view := range views {
		v := reflect.ValueOf(view).Elem()
		var leaves []reflect.Value
		fill(v, 4, func(x reflect.Value) { leaves = append(leaves, x) })
		if len(leaves) < 10 {
			t.Errorf("%T has only %d leaves", view, len(leaves))
		}
		whole := HashOf(view)
		if other, taken := seen[whole]; taken {
			t.Errorf("%T and %s have one key", view, other)
		}
		seen[whole] = v.Type().Name()
		for i, x := range leaves {
			old := reflect.ValueOf(x.Interface())
			switch x.Kind() {
			case reflect.String:
				x.SetString("x")
			case reflect.Bool:
				x.SetBool(true)
			case reflect.Int:
				x.SetInt(1)
			default:
				t.Fatalf("%T holds a %s", view, x.Kind())
			}
			if HashOf(view) == whole {
				t.Errorf("%T: leaf %d (%s) is not in the key", view, i, x.Kind())
			}
			x.Set(old)
		}
	}
}

// Values that are written alike when joined have different keys.
func TestKeyKeepsPartsApart(t *testing.T) {
	a := &PlainPage{Text: Prose{HTML: "ab"}}
	a.Title, a.Description = "a", "bc"
	b := &PlainPage{Text: Prose{HTML: "ab"}}
	b.Title, b.Description = "ab", "c"
	if HashOf(a) == HashOf(b) {
		t.Error("one key for two views")
	}
}

func TestKeyRefusesMaps(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a map was hashed")
		}
	}()
	HashOf(map[string]int{})
}
