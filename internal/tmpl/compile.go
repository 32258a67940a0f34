package tmpl

import (
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"
)

// reach returns the trees of the named templates and of all that they execute,
// without those that this package cannot, and without those that need one of
// these.
func (s *Set) reach(names []string) map[string]*parse.Tree {
	trees := map[string]*parse.Tree{}
	calls := map[string][]string{}
	bad := map[string]bool{}
	for todo := names; len(todo) > 0; {
		name := todo[0]
		todo = todo[1:]
		if trees[name] != nil || bad[name] {
			continue
		}
		tree := s.Lookup(name)
		if tree == nil || tree.Root == nil {
			bad[name] = true
			continue
		}
		trees[name] = tree
		// Compiling once finds what is refused, and who is called.
		c := &compiler{set: s}
		if c.try(tree.Root) != nil {
			bad[name] = true
		}
		calls[name] = c.calls
		todo = append(todo, c.calls...)
	}
	for changed := true; changed; {
		changed = false
		for name, list := range calls {
			for _, callee := range list {
				if bad[callee] && !bad[name] {
					bad[name], changed = true, true
				}
			}
		}
	}
	for name := range bad {
		delete(trees, name)
	}
	return trees
}

// A compiler turns one template into steps.
type compiler struct {
	set   *Set
	vars  []string // names of the variables in scope; the first is "$"
	most  int
	calls []string // templates that are executed
}

// refused is the panic of a compiler that meets something it does not know.
type refused struct{ what string }

func refuse(format string, args ...any) { panic(refused{fmt.Sprintf(format, args...)}) }

func (c *compiler) try(list *parse.ListNode) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case refused:
			err = fmt.Errorf("tmpl: %s", r.what)
		default:
			panic(r)
		}
	}()
	c.list(list)
	return nil
}

// list compiles a list of nodes. The outermost one is that of the template.
func (c *compiler) list(list *parse.ListNode) step {
	if list == nil {
		return func(*state, reflect.Value) {}
	}
	if c.vars == nil {
		c.vars, c.most = []string{"$"}, 1
	}
	scope := len(c.vars)
	var steps []step
	for _, n := range list.Nodes {
		if st := c.node(n); st != nil {
			steps = append(steps, st)
		}
	}
	c.vars = c.vars[:scope]
	if len(steps) == 1 {
		return steps[0]
	}
	return func(s *state, dot reflect.Value) {
		for _, st := range steps {
			st(s, dot)
		}
	}
}

func (c *compiler) declare(name string) (slot int) {
	c.vars = append(c.vars, name)
	c.most = max(c.most, len(c.vars))
	return len(c.vars) - 1
}

func (c *compiler) slot(name string) int {
	for i := len(c.vars) - 1; i >= 0; i-- {
		if c.vars[i] == name {
			return i
		}
	}
	refuse("variable %s", name)
	return 0
}

func (c *compiler) node(n parse.Node) step {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(s *state, _ reflect.Value) { s.out = append(s.out, text...) }
	case *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		return c.action(n.Pipe)
	case *parse.IfNode:
		scope := len(c.vars)
		cond := c.pipe(n.Pipe)
		then, otherwise := c.list(n.List), c.list(n.ElseList)
		c.vars = c.vars[:scope]
		return func(s *state, dot reflect.Value) {
			if truth(cond(s, dot)) {
				then(s, dot)
			} else {
				otherwise(s, dot)
			}
		}
	case *parse.WithNode:
		scope := len(c.vars)
		value := c.pipe(n.Pipe)
		then, otherwise := c.list(n.List), c.list(n.ElseList)
		c.vars = c.vars[:scope]
		return func(s *state, dot reflect.Value) {
			if v := value(s, dot); truth(v) {
				then(s, v)
			} else {
				otherwise(s, dot)
			}
		}
	case *parse.RangeNode:
		return c.rangeOver(n)
	case *parse.TemplateNode:
		return c.template(n)
	}
	refuse("%T", n)
	return nil
}

func (c *compiler) rangeOver(n *parse.RangeNode) step {
	scope := len(c.vars)
	decl := n.Pipe.Decl
	if n.Pipe.IsAssign || len(decl) > 2 {
		refuse("range that assigns")
	}
	value := c.commands(n.Pipe.Cmds)
	key, elem := -1, -1
	for i, v := range decl {
		slot := c.declare(v.Ident[0])
		if i == len(decl)-1 {
			elem = slot
		} else {
			key = slot
		}
	}
	body := c.list(n.List)
	c.vars = c.vars[:scope]
	otherwise := c.list(n.ElseList)
	return func(s *state, dot reflect.Value) {
		v := value(s, dot)
		for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if k := v.Kind(); k != reflect.Slice && k != reflect.Array {
			panic("range over " + k.String())
		}
		count := v.Len()
		for i := range count {
			e := v.Index(i)
			if key >= 0 {
				s.vars[s.base+key] = reflect.ValueOf(i)
			}
			if elem >= 0 {
				s.vars[s.base+elem] = e
			}
			body(s, e)
		}
		if count == 0 {
			otherwise(s, dot)
		}
	}
}

// template compiles {{template "name" pipeline}}.
func (c *compiler) template(n *parse.TemplateNode) step {
	c.calls = append(c.calls, n.Name)
	p := c.set.templates[n.Name] // nil while only looking who is called
	if n.Pipe == nil || len(n.Pipe.Decl) > 0 {
		refuse("template without an argument")
	}
	if subject := c.subject(n.Pipe); subject != nil {
		return func(s *state, dot reflect.Value) {
			root, v := s.vars[s.base], subject(s, dot)
			if root.Kind() != reflect.Pointer || root.Type() != s.set.Root || !v.IsValid() {
				panic("no root to take a subject")
			}
			s.execute(p, root, v)
		}
	}
	arg := c.pipe(n.Pipe)
	return func(s *state, dot reflect.Value) {
		v := arg(s, dot)
		if s.isRoot(v) {
			s.execute(p, v, s.subject)
			return
		}
		s.execute(p, v, reflect.Value{})
	}
}

// subject returns the argument of ($.Of X), or nil for any other pipeline.
func (c *compiler) subject(p *parse.PipeNode) expr {
	for len(p.Decl) == 0 && len(p.Cmds) == 1 {
		args := p.Cmds[0].Args
		if inner, ok := args[0].(*parse.PipeNode); ok && len(args) == 1 {
			p = inner
			continue
		}
		if v, ok := args[0].(*parse.VariableNode); ok && len(args) == 2 && len(v.Ident) == 2 && v.Ident[0] == "$" && v.Ident[1] == c.set.Of {
			return c.arg(args[1])
		}
		return nil
	}
	return nil
}

// pipe compiles a pipeline to its value, which its variable gets too.
func (c *compiler) pipe(p *parse.PipeNode) expr {
	value := c.commands(p.Cmds)
	switch len(p.Decl) {
	case 0:
		return value
	case 1:
		var slot int
		if name := p.Decl[0].Ident[0]; p.IsAssign {
			slot = c.slot(name)
		} else {
			slot = c.declare(name)
		}
		return func(s *state, dot reflect.Value) reflect.Value {
			v := value(s, dot)
			s.vars[s.base+slot] = v
			return v
		}
	}
	refuse("several variables")
	return nil
}

func (c *compiler) commands(cmds []*parse.CommandNode) expr {
	var value expr
	for _, cmd := range cmds {
		value = c.command(cmd, value)
	}
	return value
}

// action compiles {{pipeline}}, whose last commands are escapers.
func (c *compiler) action(p *parse.PipeNode) step {
	if len(p.Decl) > 0 {
		value := c.pipe(p)
		return func(s *state, dot reflect.Value) { value(s, dot) }
	}
	cmds := p.Cmds
	var escapers []string
	for len(cmds) > 1 {
		last := cmds[len(cmds)-1]
		id, ok := last.Args[0].(*parse.IdentifierNode)
		if !ok || !strings.HasPrefix(id.Ident, escaperPrefix) {
			break
		}
		if len(last.Args) != 1 {
			refuse("escaper with arguments")
		}
		escapers = append([]string{strings.TrimPrefix(id.Ident, escaperPrefix)}, escapers...)
		cmds = cmds[:len(cmds)-1]
	}
	if len(escapers) == 0 {
		refuse("a value that is not escaped: %s", p)
	}
	write, ok := writers[strings.Join(escapers, " ")]
	if !ok {
		refuse("escapers %v", escapers)
	}
	if len(escapers) == 1 && escapers[0] == "htmlescaper" && len(cmds) == 1 {
		if st := c.direct(cmds[0]); st != nil {
			return st
		}
	}
	value := c.commands(cmds)
	if len(escapers) == 1 { // text, or an attribute with text in it
		return func(s *state, dot reflect.Value) {
			if v := value(s, dot); v.Kind() == reflect.String && v.Type() == stringType {
				s.out = appendEscaped(s.out, v.String())
			} else {
				write(s, v)
			}
		}
	}
	return func(s *state, dot reflect.Value) { write(s, value(s, dot)) }
}

// direct compiles a command whose function writes HTML by itself.
func (c *compiler) direct(cmd *parse.CommandNode) step {
	var f Func
	var args []expr
	switch n := cmd.Args[0].(type) {
	case *parse.IdentifierNode:
		f = c.set.Funcs[n.Ident]
	case *parse.VariableNode:
		if len(n.Ident) != 2 || n.Ident[0] != "$" || c.set.Root == nil {
			return nil
		}
		if f = c.set.Methods[c.set.Root.Elem().Name()+"."+n.Ident[1]]; f.Append == nil {
			return nil
		}
		args = append(args, func(s *state, _ reflect.Value) reflect.Value {
			root := s.vars[s.base]
			if root.Type() != s.set.Root {
				panic("$ is no root")
			}
			return root
		})
	}
	if f.Append == nil {
		return nil
	}
	for _, n := range cmd.Args[1:] {
		args = append(args, c.arg(n))
	}
	return func(s *state, dot reflect.Value) {
		n := len(s.args)
		for _, a := range args {
			v := a(s, dot)
			s.args = append(s.args, v)
		}
		out, err := f.Append(s.out, s.args[n:])
		if err != nil {
			panic(err)
		}
		s.out, s.args = out, s.args[:n]
	}
}
