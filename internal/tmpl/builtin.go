package tmpl

import (
	"fmt"
	"reflect"
)

var (
	yes = reflect.ValueOf(true)
	no  = reflect.ValueOf(false)
)

func boolean(b bool) reflect.Value {
	if b {
		return yes
	}
	return no
}

// builtins are those functions of text/template that are known here.
var builtins = map[string]func(args []expr) expr{
	"and": func(args []expr) expr { return until(args, false) },
	"or":  func(args []expr) expr { return until(args, true) },
	"not": func(args []expr) expr {
		exactly(args, 1)
		return func(s *state, dot reflect.Value) reflect.Value { return boolean(!truth(args[0](s, dot))) }
	},
	"len": func(args []expr) expr {
		exactly(args, 1)
		return func(s *state, dot reflect.Value) reflect.Value {
			v := args[0](s, dot)
			for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
				v = v.Elem()
			}
			return reflect.ValueOf(v.Len())
		}
	},
	"eq": func(args []expr) expr {
		if len(args) < 2 {
			refuse("eq of one value")
		}
		return func(s *state, dot reflect.Value) reflect.Value {
			x := args[0](s, dot)
			for _, a := range args[1:] {
				if equal(x, a(s, dot)) {
					return yes
				}
			}
			return no
		}
	},
	"ne": func(args []expr) expr {
		exactly(args, 2)
		return func(s *state, dot reflect.Value) reflect.Value {
			return boolean(!equal(args[0](s, dot), args[1](s, dot)))
		}
	},
	"lt": order(func(x, y int64) bool { return x < y }),
	"le": order(func(x, y int64) bool { return x <= y }),
	"gt": order(func(x, y int64) bool { return x > y }),
	"ge": order(func(x, y int64) bool { return x >= y }),
	"print": func(args []expr) expr {
		return func(s *state, dot reflect.Value) reflect.Value {
			list := make([]any, len(args))
			for i, a := range args {
				list[i] = a(s, dot).Interface()
			}
			return reflect.ValueOf(fmt.Sprint(list...))
		}
	},
}

func exactly(args []expr, n int) {
	if len(args) != n {
		refuse("%d arguments, not %d", len(args), n)
	}
}

// order compares two integers.
func order(holds func(x, y int64) bool) func(args []expr) expr {
	return func(args []expr) expr {
		exactly(args, 2)
		return func(s *state, dot reflect.Value) reflect.Value {
			return boolean(holds(args[0](s, dot).Int(), args[1](s, dot).Int()))
		}
	}
}

// until returns the first argument that is true, or not, or the last one. The
// arguments after it are not evaluated.
func until(args []expr, stop bool) expr {
	return func(s *state, dot reflect.Value) (v reflect.Value) {
		for _, a := range args {
			if v = a(s, dot); truth(v) == stop {
				break
			}
		}
		return v
	}
}

// equal compares two values of one basic kind.
func equal(x, y reflect.Value) bool {
	for x.Kind() == reflect.Interface {
		x = x.Elem()
	}
	for y.Kind() == reflect.Interface {
		y = y.Elem()
	}
	switch k := x.Kind(); {
	case k == reflect.String && y.Kind() == k:
		return x.String() == y.String()
	case x.CanInt() && y.CanInt():
		return x.Int() == y.Int()
	case k == reflect.Bool && y.Kind() == k:
		return x.Bool() == y.Bool()
	}
	panic("a comparison of " + x.Kind().String() + " and " + y.Kind().String())
}

// truth reports whether a value is not the zero of its kind. A struct is
// always true.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Slice, reflect.Array, reflect.Map:
		return v.Len() > 0
	case reflect.Bool:
		return v.Bool()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int() != 0
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return v.Uint() != 0
	case reflect.Float32, reflect.Float64:
		return v.Float() != 0
	case reflect.Pointer, reflect.Interface:
		return !v.IsNil()
	case reflect.Struct:
		return true
	case reflect.Invalid:
		return false
	}
	panic("the truth of a " + v.Kind().String())
}
