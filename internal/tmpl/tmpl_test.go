package tmpl

import (
	"bytes"
	"errors"
	"html/template"
	"reflect"
	"strings"
	"sync"
	"testing"
	"text/template/parse"
)

// A page is a root as package render has one.
type page struct {
	Root string
	It   any
	Main template.HTML
	*base
}

type base struct {
	Title string
	Site  *site
}

type site struct{ Name string }

func (p *page) Of(it any) *page {
	q := *p
	q.It = it
	return &q
}

func (p *page) Link(path, text string) template.HTML {
	return template.HTML("<a href=\"" + p.Root + path + "\">" + template.HTMLEscapeString(text) + "</a>")
}

func (p *page) Fails() (string, error) { return "", errors.New("it fails") }

type item struct {
	Name  string
	Count int
	Kind  kind
	Any   any
	Tags  []string
	Next  *item
	inner
}

type (
	kind  string
	inner struct{ Deep string }
	loud  string
)

func (i item) Upper() string   { return strings.ToUpper(i.Name) }
func (i *item) Plus(n int) int { return i.Count + n }
func (i item) Bare() bool      { return len(i.Tags) == 0 }
func (l loud) String() string  { return string(l) + "!" }
func bold(s string) template.HTML {
	return template.HTML("<b>" + template.HTMLEscapeString(s) + "</b>")
}
func twice(s string, n int) string { return strings.Repeat(s, n) }

var funcs = template.FuncMap{"bold": bold, "twice": twice}

var quickFuncs = map[string]Func{
	"bold": {
		Call: Func1(bold).Call,
		Append: Writes1(func(out []byte, s string) ([]byte, error) {
			return append(out, bold(s)...), nil
		}),
	},
	"twice": Func2(twice),
}

var quickMethods = map[string]Func{
	"page.Link": {
		Call: Func3((*page).Link).Call,
		Append: Writes3(func(out []byte, p *page, path, text string) ([]byte, error) {
			return append(out, p.Link(path, text)...), nil
		}),
	},
	"item.Bare": Func1(item.Bare),
}

// prepare parses templates, has html/template escape the one named "main", and
// prepares it.
func prepare(t testing.TB, files map[string]string, root any) (*template.Template, *Set, error) {
	t.Helper()
	slow := template.New("").Funcs(funcs)
	for name, text := range files {
		if _, err := slow.New(name).Parse(text); err != nil {
			t.Fatal(err)
		}
	}
	err := slow.ExecuteTemplate(new(bytes.Buffer), "main", root)
	return slow, New(Options{
		Lookup: func(name string) *parse.Tree {
			if t := slow.Lookup(name); t != nil {
				return t.Tree
			}
			return nil
		},
		Funcs: quickFuncs, Methods: quickMethods, HTML: reflect.TypeFor[template.HTML](),
		Root: reflect.TypeFor[*page](), Of: "Of", Subject: "It",
	}, "main"), err
}

func sample() *page {
	last := &item{Name: "last", Kind: "x<y"}
	one := item{
		Name: "one & <only> 'it' \"+\"", Count: 3, Kind: "a", Any: 7, Tags: []string{"red", "", "a/b?c=d&e f"},
		Next: last, inner: inner{"deep\x00 \xff “quoted”"},
	}
	return &page{Root: "../", Main: "<p>main</p>", base: &base{"T&T", &site{"S"}}, It: []item{one, *last, {Any: "any"}}}
}

// What is executed here is what html/template would have made of it.
func TestSameAsHTMLTemplate(t *testing.T) {
	for _, text := range []string{
		`plain {{/* comment */}}{{.Title}} {{$.Site.Name}} {{.Main}}`,
		`{{range .It}}<p title="{{.Name}}">{{.Name}} {{.Count}} {{.Kind}} {{.Deep}}</p>{{end}}`,
		`{{range $i, $x := .It}}{{if $i}}, {{end}}{{$x.Name}}{{$i}}{{else}}none{{end}}`,
		`{{range $x := .It}}{{range .Tags}}{{$x.Name}}{{.}}{{else}}untagged{{end}}{{end}}`,
		`{{range .It}}{{with .Next}}{{.Name}}{{with .Next}}never{{else}}{{.Name}}{{end}}{{else}}{{$.Root}}{{end}}{{end}}`,
		`{{range .It}}{{if and .Name .Count}}both{{else if or .Name .Count}}one{{else}}none{{end}}{{end}}`,
		`{{range .It}}{{and .Name .Kind}}|{{or .Kind .Name}}|{{not .Count}}|{{len .Tags}}{{end}}`,
		`{{range .It}}{{if eq .Kind "a" "b"}}ab{{else if ne .Name ""}}named{{end}}{{if eq .Count 3}}three{{end}}{{end}}`,
		`{{range .It}}{{if lt .Count 3}}<3{{end}}{{if gt .Count 2}}>2{{end}}{{if ge .Count 3}}>=3{{end}}{{if le .Count 3}}<=3{{end}}{{end}}`,
		`{{range .It}}{{.Upper}} {{.Plus 2}} {{.Bare}} {{if .Bare}}bare{{end}}{{end}}`,
		`{{range .It}}{{with .Any}}{{.}}{{end}}{{end}}`,
		`{{range .It}}<a href="{{.Name}}">{{range .Tags}}<a href="/x?{{.}}#{{.}}">{{.}}</a>{{end}}</a>{{end}}`,
		`{{range .It}}<a href="{{$.Root}}x/{{.Deep}}.html" data-x="{{.Count}}">x</a>{{end}}`,
		`<title>{{.Title}}{{range .It}}{{.Name}}{{end}}</title>`,
		`{{range .It}}{{bold .Name}} {{.Name | bold}} {{twice .Name 2}} {{twice "-" .Count | bold}} {{(print .Name "/" .Count)}}{{end}}`,
		`{{$.Link "a.html" .Title}}{{range .It}}{{$.Link .Name "x"}}{{($.Of .).Link "b" .Name}}{{end}}`,
		`{{$x := "outer"}}{{range .It}}{{$x = .Name}}{{$y := $x}}{{$y}}{{end}}{{$x}}`,
		`{{if $t := .Title}}{{$t}}{{end}}{{with $s := .Site}}{{$s.Name}}{{.Name}}{{end}}`,
		`{{template "list" $}}{{template "one" ($.Of .Title)}}{{template "list" ($.Of .It)}}`,
		`{{range .It}}{{template "item" ($.Of .)}}{{template "bare" .}}{{end}}`,
		`{{with $p := $.Of .Site}}{{template "site" $p}}{{$p.It.Name}}{{end}}{{template "site" ($.Of .Site)}}`,
		`{{" "}}{{true}}{{12}}{{-3}}`,
	} {
		root := sample()
		slow, quick, err := prepare(t, map[string]string{
			"main": text,
			"list": `[{{range .It}}{{template "item" ($.Of .)}}{{end}}{{$.Title}}]`,
			"item": `<i title="{{$.It.Name}}">{{with $.It}}{{.Count}}{{.Deep}}{{end}}{{template "same" $}}{{template "same" .}}</i>`,
			"same": `{{$.It.Name}}{{.Root}}`,
			"one":  `({{with $.It}}{{.}}{{end}})`,
			"site": `({{$.It.Name}}, {{$.Site.Name}})`,
			"bare": `{{.Name}}{{with .Next}}{{template "bare" .}}{{end}}`,
		}, root)
		var want bytes.Buffer
		if err != nil || slow.ExecuteTemplate(&want, "main", root) != nil {
			t.Errorf("%s: html/template: %v", text, err)
			continue
		}
		if !quick.Has("main") {
			t.Errorf("%s: is refused", text)
			continue
		}
		got, err := quick.Append([]byte("before:"), "main", root)
		if err != nil || string(got) != "before:"+want.String() {
			t.Errorf("%s\ngot  %s, %v\nwant %s", text, got, err, &want)
		}
	}
}

// What is not known here is refused, with all templates that need it, and
// nothing is ever written without its escaper.
func TestRefused(t *testing.T) {
	for _, text := range []string{
		`<script>var x = {{.Title}}</script>`,
		`<style>p { color: {{.Title}} }</style>`,
		`<p title={{.Title}}>`,
		`<p onclick="f({{.Title}})">`,
		`<img srcset="{{.Title}}">`,
		`{{printf "%s" .Title}}`,
		`{{index .It 0}}`,
		`{{.Title | html}}`,
		`{{range .It}}{{break}}{{end}}`,
		`{{template "other" .}}`,
		`{{1.5}}`,
	} {
		_, quick, err := prepare(t, map[string]string{"main": text, "other": `<script>var y = {{.Title}}</script>`}, sample())
		if err != nil {
			t.Errorf("%s: html/template: %v", text, err)
		}
		if quick.Has("main") {
			out, err := quick.Append(nil, "main", sample())
			t.Errorf("%s: came to %s, %v", text, out, err)
		}
	}
	tree, err := parse.Parse("main", "{{.Title}}", "", "")
	if err != nil {
		t.Fatal(err)
	}
	if New(Options{Lookup: func(string) *parse.Tree { return tree["main"] }}, "main").Has("main") {
		t.Error("a template that nobody escaped is executed")
	}
}

// A mistake that only shows with the data is an error, never a panic and
// never a page.
func TestMistakes(t *testing.T) {
	root := sample()
	root.base.Site = nil
	for _, text := range []string{
		`{{.Nothing}}`, `{{$.Site.Name}}`, `{{range .It}}{{.Next.Next.Name}}{{end}}`, `{{.Fails}}`, `{{range .Title}}{{end}}`,
		`{{range .It}}{{if eq .Name .Count}}{{end}}{{end}}`, `{{bold .It}}`, `{{bold .Title .Title}}`, `{{.Title.Name}}`, `{{.Link "x"}}`,
		`{{range .It}}{{.Plus "x"}}{{end}}`, `{{template "main" .}}`, `{{len .Site}}`, `{{.Of}}`,
	} {
		_, quick, err := prepare(t, map[string]string{"main": text}, root)
		if err == nil {
			t.Errorf("%s: no mistake to html/template", text)
		}
		if out, err := quick.Append(nil, "main", root); err == nil {
			t.Errorf("%s: came to %q", text, out)
		}
	}
	// These are no mistakes, but not known here.
	for _, text := range []string{`{{range $k, $v := .It}}{{$v}}{{end}}`, `<p title="{{.Main}}">`, `{{.It}}`} {
		root := sample()
		root.It = map[string]loud{"a": "b"}
		if _, quick, err := prepare(t, map[string]string{"main": text}, root); err != nil {
			t.Errorf("%s: html/template: %v", text, err)
		} else if out, err := quick.Append(nil, "main", root); err == nil {
			t.Errorf("%s: came to %q", text, out)
		}
	}
}

// An execution that failed leaves nothing behind for the next.
func TestAfterFailure(t *testing.T) {
	_, quick, _ := prepare(t, map[string]string{"main": `{{range .It}}{{.Name}}{{template "x" ($.Of .)}}{{end}}`, "x": `{{with $.It.Next}}{{.Name}}{{end}}{{$.Site.Name}}`}, sample())
	good, bad := sample(), sample()
	bad.base.Site = nil
	want, err := quick.Append(nil, "main", good)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if _, err := quick.Append(nil, "main", bad); err == nil {
					t.Error("no error")
				}
				if got, err := quick.Append(nil, "main", good); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s, %v", got, err)
				}
			}
		})
	}
	wg.Wait()
}

const escaped = `{{range .It}}{{.Name}}|{{.Kind}}<p title="{{.Name}}" class='{{.Kind}}'>` +
	`<a href="{{.Name}}" data-n="{{.Count}}">x</a><a href="{{.Kind}}#{{.Name}}">x</a><a href="/{{.Name}}?q={{.Name}}&amp;r={{.Kind}}">x</a></p>{{end}}<title>{{range .It}}{{.Name}}{{end}}</title>`

// FuzzEscape holds the escapers to those of html/template, byte for byte.
func FuzzEscape(f *testing.F) {
	slow, quick, err := prepare(f, map[string]string{"main": escaped}, sample())
	if err != nil || !quick.Has("main") {
		f.Fatal(err, quick.Has("main"))
	}
	var all strings.Builder
	for c := range 256 {
		all.WriteByte(byte(c))
	}
	for _, s := range []string{"", all.String(), "javascript:alert(1)", "HTTPS://x", "mailto:a@b", "a:b/c", "./a:b", "%41%4g%", "ü€𝄞\ufdd0\ufffe", "&amp;+<>'\"\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		root := &page{It: []item{{Name: s, Kind: kind(s)}}, base: &base{}}
		var want bytes.Buffer
		if err := slow.ExecuteTemplate(&want, "main", root); err != nil {
			t.Fatal(err)
		}
		got, err := quick.Append(nil, "main", root)
		if err != nil || string(got) != want.String() {
			t.Errorf("%q\ngot  %q, %v\nwant %q", s, got, err, &want)
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	root := sample()
	slow, quick, err := prepare(b, map[string]string{
		"main": `{{range .It}}{{template "item" ($.Of .)}}{{end}}`,
		"item": `{{with $.It}}<li{{if .Kind}} class="{{.Kind}}"{{end}}><a href="{{.Name}}">{{.Name}}</a>{{if and .Count (ne .Name "x")}} {{.Count}}{{end}}{{range .Tags}} {{.}}{{end}}</li>{{end}}`,
	}, root)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("tmpl", func(b *testing.B) {
		b.ReportAllocs()
		var out []byte
		for b.Loop() {
			if out, err = quick.Append(out[:0], "main", root); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("html", func(b *testing.B) {
		b.ReportAllocs()
		var out bytes.Buffer
		for b.Loop() {
			out.Reset()
			if err := slow.ExecuteTemplate(&out, "main", root); err != nil {
				b.Fatal(err)
			}
		}
	})
}
