// Package tmpl executes templates that html/template has made safe, several
// times faster than it does.
//
// html/template parses, finds out in which context each value stands, and puts
// the escapers for it into the parse tree. That tree is what [New] takes. It
// turns every template of it into a chain of Go functions: which field of
// which type an expression means is looked up once and remembered, functions
// and methods that were announced with their Go types ([Func]) are called
// directly, and everything is written to one buffer. Package text/template
// does the same by looking up each name and calling each function through
// reflection, every time.
//
// It decides nothing about safety. Of the escapers it knows those that stand
// in text, in quoted attributes and in addresses; a test holds each of them to
// html/template's own. What it does not know (another escaper, a builtin
// function, a kind of value) it refuses: the template as a whole, when
// [Set.Has] says no, or the execution, with an error. The caller then executes
// html/template, which is also what explains a mistake to the author of the
// template: the errors here have no place and are shown to nobody.
package tmpl

import (
	"fmt"
	"reflect"
	"sync"
	"text/template/parse"
)

// Options are what templates may use besides their own text.
type Options struct {
	// Lookup returns the parse tree of a template after its escaping, or nil.
	Lookup func(name string) *parse.Tree
	// Funcs are the functions by name.
	Funcs map[string]Func
	// Methods are methods by the name of their receiver's type, a dot, and
	// their own: "Page.Link". The receiver is the first argument. A method
	// that is not here is called through reflection.
	Methods map[string]Func
	// HTML is the type of strings that are HTML already.
	HTML reflect.Type
	// Root is the type of the dot that templates are executed with, Of the
	// name of its method that returns it with another subject, and Subject
	// the field that holds the subject. {{template "x" ($.Of .Y)}} is then
	// executed without making a new root. No other method of it may read
	// the subject.
	Root        reflect.Type
	Of, Subject string
}

// A Set is a set of templates, ready to be executed. It is safe for
// concurrent use.
type Set struct {
	Options
	templates map[string]*program
	states    sync.Pool
}

// A program is a template.
type program struct {
	name string
	run  step
	vars int // how many variables it has at most, with $
}

// New prepares the templates of these names, and all that they execute.
func New(opt Options, names ...string) *Set {
	s := &Set{Options: opt, templates: map[string]*program{}}
	s.states.New = func() any { return &state{set: s} }
	trees := s.reach(names)
	for name, tree := range trees {
		s.templates[name] = &program{name: tree.Name}
	}
	for name, tree := range trees {
		c := &compiler{set: s}
		p := s.templates[name]
		p.run = c.list(tree.Root)
		p.vars = c.most
	}
	return s
}

// Has reports whether a template can be executed.
func (s *Set) Has(name string) bool { return s.templates[name] != nil }

// Append executes a template and appends what it says to out. Where the error
// is not nil, what was appended is worth nothing.
func (s *Set) Append(out []byte, name string, root any) (_ []byte, err error) {
	p := s.templates[name]
	if p == nil {
		return out, fmt.Errorf("tmpl: %s is not known", name)
	}
	st := s.states.Get().(*state)
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("tmpl: %s: %v", name, r)
		}
		st.out = nil
		clear(st.vars)
		clear(st.args)
		st.vars, st.args, st.depth = st.vars[:0], st.args[:0], 0
		s.states.Put(st)
	}()
	st.out = out
	st.execute(p, reflect.ValueOf(root), reflect.Value{})
	return st.out, nil
}

// A state is one execution.
type state struct {
	set     *Set
	out     []byte
	vars    []reflect.Value // of all templates that are being executed
	base    int             // where those of the present one begin; the first is $
	subject reflect.Value   // of $, where it is not the one that $ holds
	args    []reflect.Value // of calls that are being made
	depth   int
}

// A step does something; an expr comes to a value. Both panic where they
// cannot.
type (
	step func(s *state, dot reflect.Value)
	expr func(s *state, dot reflect.Value) reflect.Value
)

// maxDepth is how deep templates may execute each other.
const maxDepth = 1000

func (s *state) execute(p *program, dot, subject reflect.Value) {
	if s.depth++; s.depth > maxDepth {
		panic("templates execute each other without end")
	}
	base, old := s.base, s.subject
	s.base, s.subject = len(s.vars), subject
	for range p.vars {
		s.vars = append(s.vars, reflect.Value{})
	}
	s.vars[s.base] = dot
	p.run(s, dot)
	clear(s.vars[s.base:])
	s.vars = s.vars[:s.base]
	s.base, s.subject = base, old
	s.depth--
}

// isRoot reports whether v is $ itself.
func (s *state) isRoot(v reflect.Value) bool {
	root := s.vars[s.base]
	return v.Kind() == reflect.Pointer && root.Kind() == reflect.Pointer && v.Type() == s.set.Root && v.Pointer() == root.Pointer()
}
