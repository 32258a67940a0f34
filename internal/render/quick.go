package render

import (
	"html/template"
	"reflect"
	"text/template/parse"

	"readout/internal/plan"
	"readout/internal/tmpl"
)

// quicken prepares the templates for package tmpl, once html/template has
// escaped them. What tmpl does not know stays with html/template.
func (r *Renderer) quicken(names []string) {
	r.quick = tmpl.New(tmpl.Options{
		Lookup: func(name string) *parse.Tree {
			if t := r.set.Lookup(name); t != nil {
				return t.Tree
			}
			return nil
		},
		Funcs: quickFuncs, Methods: quickMethods,
		HTML: reflect.TypeFor[template.HTML](),
		Root: reflect.TypeFor[*Page](), Of: "Of", Subject: "It",
	}, names...)
}

// quickFuncs are those of funcs with their types.
var quickFuncs = map[string]tmpl.Func{
	"ref": writes(tmpl.Func1(ref), tmpl.Writes1(done(appendRef))),
	"link": writes(tmpl.Func2(words), tmpl.Writes2(func(out []byte, href, words string) ([]byte, error) {
		return appendRef(out, plan.Ref{Href: href, Text: words}), nil
	})),
	"date":    writes(tmpl.Func1(date), tmpl.Writes1(done(appendDate))),
	"stance":  writes(tmpl.Func1(stance), tmpl.Writes1(done(appendStance))),
	"seq":     tmpl.Func2(seq),
	"add":     tmpl.Func2(add),
	"join":    tmpl.Func2(join),
	"kind":    tmpl.Func1(kind),
	"address": tmpl.Func1(address),
	"plural": {Call: func(args []reflect.Value) (reflect.Value, error) {
		words := make([]string, len(args)-1)
		for i, a := range args[1:] {
			words[i] = tmpl.Arg[string](a)
		}
		return reflect.ValueOf(plural(tmpl.Arg[int](args[0]), words...)), nil
	}},
}

// quickMethods are the methods that templates call most.
var quickMethods = map[string]tmpl.Func{
	"Page.Prose": writes(tmpl.Func2((*Page).Prose), tmpl.Writes2(func(out []byte, p *Page, x *plan.Prose) ([]byte, error) { return p.appendProse(out, x), nil })),
	"Page.Link": writes(tmpl.Func3((*Page).Link), tmpl.Writes3(func(out []byte, p *Page, path, text string) ([]byte, error) {
		return p.appendLink(out, path, text), nil
	})),
	"Page.Main": {
		Call: func(args []reflect.Value) (reflect.Value, error) {
			html, err := tmpl.Arg[*Page](args[0]).Main()
			return reflect.ValueOf(html), err
		},
		Append: tmpl.Writes1(func(out []byte, p *Page) ([]byte, error) { return p.appendMain(out) }),
	},
	"Page.Card":    keeps((*Page).Card),
	"Page.Brief":   keeps((*Page).Brief),
	"Page.Preview": keeps((*Page).Preview),
	"Cell.Silent":  tmpl.Func1(plan.Cell.Silent),
	"Prose.Empty":  tmpl.Func1(plan.Prose.Empty),
}

func writes(f tmpl.Func, w func([]byte, []reflect.Value) ([]byte, error)) tmpl.Func {
	f.Append = w
	return f
}

func done[A any](f func([]byte, A) []byte) func([]byte, A) ([]byte, error) {
	return func(out []byte, a A) ([]byte, error) { return f(out, a), nil }
}

func keeps[T any](f func(*Page, *T) (template.HTML, error)) tmpl.Func {
	return tmpl.Func{
		Call: func(args []reflect.Value) (reflect.Value, error) {
			html, err := f(tmpl.Arg[*Page](args[0]), tmpl.Arg[*T](args[1]))
			return reflect.ValueOf(html), err
		},
		Append: tmpl.Writes2(func(out []byte, p *Page, x *T) ([]byte, error) {
			html, err := f(p, x)
			return append(out, html...), err
		}),
	}
}
