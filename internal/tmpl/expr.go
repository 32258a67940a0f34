package tmpl

import (
	"reflect"
	"sync/atomic"
	"text/template/parse"
)

// command compiles a command; final is the value of the one before it in the
// pipeline, or nil.
func (c *compiler) command(cmd *parse.CommandNode, final expr) expr {
	var args []expr
	for _, n := range cmd.Args[1:] {
		args = append(args, c.arg(n))
	}
	if final != nil {
		args = append(args, final)
	}
	switch n := cmd.Args[0].(type) {
	case *parse.FieldNode:
		return c.chain(nil, n.Ident, args)
	case *parse.ChainNode:
		return c.chain(c.arg(n.Node), n.Field, args)
	case *parse.VariableNode:
		return c.chain(c.variable(n.Ident[0]), n.Ident[1:], args)
	case *parse.IdentifierNode:
		return c.call(n.Ident, args)
	}
	if len(args) > 0 {
		refuse("a call of %T", cmd.Args[0])
	}
	return c.arg(cmd.Args[0])
}

func dotOf(_ *state, dot reflect.Value) reflect.Value { return dot }

func (c *compiler) variable(name string) expr {
	slot := c.slot(name)
	return func(s *state, _ reflect.Value) reflect.Value { return s.vars[s.base+slot] }
}

// arg compiles an operand.
func (c *compiler) arg(n parse.Node) expr {
	constant := func(x any) expr {
		// Addressable, so that it can be handed on without being boxed.
		v := reflect.New(reflect.TypeOf(x)).Elem()
		v.Set(reflect.ValueOf(x))
		return func(*state, reflect.Value) reflect.Value { return v }
	}
	switch n := n.(type) {
	case *parse.DotNode:
		return dotOf
	case *parse.FieldNode:
		return c.chain(nil, n.Ident, nil)
	case *parse.ChainNode:
		return c.chain(c.arg(n.Node), n.Field, nil)
	case *parse.VariableNode:
		return c.chain(c.variable(n.Ident[0]), n.Ident[1:], nil)
	case *parse.IdentifierNode:
		return c.call(n.Ident, nil)
	case *parse.PipeNode:
		if len(n.Decl) > 0 {
			refuse("a variable in parentheses")
		}
		return c.commands(n.Cmds)
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.BoolNode:
		return constant(n.True)
	case *parse.NumberNode:
		if n.IsInt {
			return constant(int(n.Int64))
		}
	}
	refuse("operand %T", n)
	return nil
}

// chain compiles .A.B.C of a value, or of the dot (nil). Only the last may take
// arguments.
func (c *compiler) chain(of expr, names []string, args []expr) expr {
	ofDot := of == nil
	if ofDot {
		of = dotOf
	}
	for i, name := range names {
		m := &member{name: name}
		if i == len(names)-1 {
			m.args = args
		}
		inner := of
		if i == 0 && ofDot {
			of = func(s *state, dot reflect.Value) reflect.Value { return m.get(s, dot, dot) }
			continue
		}
		of = func(s *state, dot reflect.Value) reflect.Value { return m.get(s, dot, inner(s, dot)) }
	}
	if len(names) == 0 && len(args) > 0 {
		refuse("a value that is called")
	}
	return of
}

// A member is a field or a method in a template. It remembers what it was of
// the type that it met last.
type member struct {
	name string
	args []expr
	last atomic.Pointer[access]
}

// An access is what a name means for a type.
type access struct {
	of      reflect.Type
	field   int   // of a struct itself; -1 for anything else
	subject bool  // the subject of the root
	index   []int // of a field of what is embedded
	fn      Func  // of a method that was announced
	method  int   // of any other method
}

func (m *member) get(s *state, dot, v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	t := v.Type()
	a := m.last.Load()
	if a == nil || a.of != t {
		a = s.set.access(t, m.name, v.CanAddr())
		if len(m.args) > 0 {
			a.field = -1
		}
		m.last.Store(a)
	}
	if a.field >= 0 {
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		return v.Field(a.field)
	}
	if a.subject && s.subject.IsValid() && s.isRoot(v) {
		return s.subject
	}
	if a.index != nil {
		if len(m.args) > 0 {
			panic("a field that is called")
		}
		for _, i := range a.index {
			if v.Kind() == reflect.Pointer {
				v = v.Elem()
			}
			v = v.Field(i)
		}
		return v
	}
	return m.call(s, dot, v, a)
}

// call calls a method.
func (m *member) call(s *state, dot, v reflect.Value, a *access) (out reflect.Value) {
	n := len(s.args)
	if a.fn.Call != nil {
		s.args = append(s.args, v)
	}
	for _, x := range m.args {
		arg := x(s, dot)
		s.args = append(s.args, arg)
	}
	if a.fn.Call != nil {
		out = result(a.fn.Call(s.args[n:]))
	} else {
		if v.Kind() != reflect.Pointer && v.CanAddr() {
			v = v.Addr()
		}
		out = reflected(v.Method(a.method), s.args[n:])
	}
	s.args = s.args[:n]
	return out
}

// access finds what a name means, in the order of text/template: a method,
// then a field.
func (s *Set) access(t reflect.Type, name string, addressable bool) *access {
	a := &access{of: t, field: -1}
	base, receiver := t, t
	if t.Kind() == reflect.Pointer {
		base = t.Elem()
	} else if addressable {
		receiver = reflect.PointerTo(t)
	}
	if m, ok := receiver.MethodByName(name); ok {
		a.fn, a.method = s.Methods[base.Name()+"."+name], m.Index
		return a
	}
	if base.Kind() != reflect.Struct {
		panic("no " + name + " in " + t.String())
	}
	f, ok := base.FieldByName(name)
	if !ok || !f.IsExported() {
		panic("no " + name + " in " + t.String())
	}
	a.index = f.Index
	if a.subject = t == s.Root && name == s.Subject; !a.subject && len(f.Index) == 1 {
		a.field = f.Index[0]
	}
	return a
}

// reflected calls a function through reflection.
func reflected(f reflect.Value, args []reflect.Value) reflect.Value {
	t := f.Type()
	if t.IsVariadic() || t.NumIn() != len(args) {
		panic("a call with other arguments")
	}
	in := make([]reflect.Value, len(args))
	for i, a := range args {
		for a.Kind() == reflect.Interface && t.In(i).Kind() != reflect.Interface {
			a = a.Elem()
		}
		if !a.Type().AssignableTo(t.In(i)) {
			panic("an argument of another type")
		}
		in[i] = a
	}
	out := f.Call(in)
	if len(out) == 2 && !out[1].IsNil() {
		panic(out[1].Interface())
	}
	return out[0]
}

func result(v reflect.Value, err error) reflect.Value {
	if err != nil {
		panic(err)
	}
	return v
}

// call compiles a call of a function by its name.
func (c *compiler) call(name string, args []expr) expr {
	if f, ok := c.set.Funcs[name]; ok {
		return func(s *state, dot reflect.Value) reflect.Value {
			n := len(s.args)
			for _, a := range args {
				v := a(s, dot)
				s.args = append(s.args, v)
			}
			v := result(f.Call(s.args[n:]))
			s.args = s.args[:n]
			return v
		}
	}
	if b := builtins[name]; b != nil && len(args) > 0 {
		return b(args)
	}
	refuse("function %s", name)
	return nil
}
