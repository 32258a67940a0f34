package tmpl

import (
	"fmt"
	"reflect"
)

// A Func is a function that templates may call, or a method with its receiver
// for the first argument.
type Func struct {
	Call func(args []reflect.Value) (reflect.Value, error)
	// Append writes the result, where that is HTML, instead of returning it.
	// It may be nil.
	Append func(out []byte, args []reflect.Value) ([]byte, error)
}

// Arg returns an argument as a Go value. It panics where it is of another
// type, as everything does that templates cannot do here.
func Arg[T any](v reflect.Value) T {
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	want := reflect.TypeFor[T]()
	switch t := v.Type(); {
	case t == want && v.CanAddr():
		return *v.Addr().Interface().(*T)
	case t == want:
		return v.Interface().(T)
	case want.Kind() == reflect.Pointer && t == want.Elem() && v.CanAddr():
		return v.Addr().Interface().(T)
	case t.Kind() == reflect.Pointer && t.Elem() == want:
		return *v.Interface().(*T)
	case want.Kind() == reflect.Interface && t.Implements(want):
		return v.Interface().(T)
	}
	panic(fmt.Sprintf("a %s for a %s", v.Type(), want))
}

func count(args []reflect.Value, n int) {
	if len(args) != n {
		panic(fmt.Sprintf("%d arguments, not %d", len(args), n))
	}
}

// Func1 announces a function of one argument; Func2 and so on those of more.
func Func1[A, R any](f func(A) R) Func {
	return Func{Call: func(args []reflect.Value) (reflect.Value, error) {
		count(args, 1)
		return reflect.ValueOf(f(Arg[A](args[0]))), nil
	}}
}

// Func2 announces a function of two arguments.
func Func2[A, B, R any](f func(A, B) R) Func {
	return Func{Call: func(args []reflect.Value) (reflect.Value, error) {
		count(args, 2)
		return reflect.ValueOf(f(Arg[A](args[0]), Arg[B](args[1]))), nil
	}}
}

// Func3 announces a function of three arguments.
func Func3[A, B, C, R any](f func(A, B, C) R) Func {
	return Func{Call: func(args []reflect.Value) (reflect.Value, error) {
		count(args, 3)
		return reflect.ValueOf(f(Arg[A](args[0]), Arg[B](args[1]), Arg[C](args[2]))), nil
	}}
}

// Writes1 adds the form of a function of one argument that writes its result.
func Writes1[A any](f func([]byte, A) ([]byte, error)) func([]byte, []reflect.Value) ([]byte, error) {
	return func(out []byte, args []reflect.Value) ([]byte, error) {
		count(args, 1)
		return f(out, Arg[A](args[0]))
	}
}

// Writes2 adds the form of a function of two arguments that writes its result.
func Writes2[A, B any](f func([]byte, A, B) ([]byte, error)) func([]byte, []reflect.Value) ([]byte, error) {
	return func(out []byte, args []reflect.Value) ([]byte, error) {
		count(args, 2)
		return f(out, Arg[A](args[0]), Arg[B](args[1]))
	}
}

// Writes3 adds the form of a function of three arguments that writes its
// result.
func Writes3[A, B, C any](f func([]byte, A, B, C) ([]byte, error)) func([]byte, []reflect.Value) ([]byte, error) {
	return func(out []byte, args []reflect.Value) ([]byte, error) {
		count(args, 3)
		return f(out, Arg[A](args[0]), Arg[B](args[1]), Arg[C](args[2]))
	}
}
