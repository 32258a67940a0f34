// Command bare is the least that any generator does for the pages of a
// corpus: it reads each file, parses its front matter as YAML, turns its
// Markdown into HTML with goldmark, resolves its links, collects who links to
// whom, puts body and references into a page with html/template, and writes
// the page. Nothing is checked, proved, compared or exported. What a real one
// takes more is the price of what it does.
//
//	bare CONTENT OUT     CONTENT is that of a Hugo site of package corpus
//	bare MARKDOWN        goldmark alone: reads and converts, writes nothing
package main

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"go.yaml.in/yaml/v4"
)

//go:embed page.html
var pageHTML string

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bare:", err)
		os.Exit(1)
	}
}

// A page is one page on its way through.
type page struct {
	Path, Title, Root string
	Body              template.HTML
	Links             []string // paths of pages, in their order
	From              []*page  // who links here
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("usage: bare CONTENT [OUT]")
	}
	var names []string
	err := fs.WalkDir(os.DirFS(args[0]), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && path.Ext(name) == ".md" {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return err
	}
	md := goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithAttribute(), parser.WithASTTransformers(util.Prioritized(links{}, 500))),
	)
	pages := make([]*page, len(names))
	if err := each(len(names), func(i int) (err error) {
		pages[i], err = read(md, args[0], names[i])
		return err
	}); err != nil || len(args) == 1 {
		return err
	}
	byPath := map[string]*page{}
	for _, p := range pages {
		byPath[p.Path] = p
	}
	for _, p := range pages {
		for _, to := range p.Links {
			if q := byPath[to]; q != nil && q != p && (len(q.From) == 0 || q.From[len(q.From)-1] != p) {
				q.From = append(q.From, p)
			}
		}
	}
	tmpl, err := template.New("page").Parse(pageHTML)
	if err != nil {
		return err
	}
	for _, p := range pages {
		if err := os.MkdirAll(filepath.Join(args[1], path.Dir(p.Path)), 0o755); err != nil {
			return err
		}
	}
	return each(len(pages), func(i int) error {
		p := pages[i]
		slices.SortFunc(p.From, func(a, b *page) int { return cmp.Compare(a.Title, b.Title) })
		var b bytes.Buffer
		if err := tmpl.Execute(&b, p); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(args[1], p.Path), b.Bytes(), 0o644)
	})
}

var pathKey = parser.NewContextKey()

func read(md goldmark.Markdown, dir, name string) (*page, error) {
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	p := &page{Path: strings.TrimSuffix(name, ".md") + ".html", Root: strings.Repeat("../", strings.Count(name, "/"))}
	if front, body, ok := bytes.Cut(data, []byte("\n---\n")); ok && bytes.HasPrefix(front, []byte("---\n")) {
		data = body
		var fields map[string]any
		if err := yaml.Unmarshal(front[len("---\n"):], &fields); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		p.Title, _ = fields["title"].(string)
	}
	ctx := parser.NewContext()
	ctx.Set(pathKey, p)
	var b bytes.Buffer
	if err := md.Convert(data, &b, parser.WithContext(ctx)); err != nil {
		return nil, err
	}
	p.Body = template.HTML(b.String())
	return p, nil
}

// links makes links to files links to pages, and notes them.
type links struct{}

func (links) Transform(doc *ast.Document, _ text.Reader, ctx parser.Context) {
	p := ctx.Get(pathKey).(*page)
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if l, ok := n.(*ast.Link); ok && entering {
			if to, anchor, ok := strings.Cut(string(l.Destination), ".md"); ok {
				to = strings.TrimPrefix(to, "/") + ".html"
				p.Links = append(p.Links, to)
				l.Destination = []byte(p.Root + to + anchor)
			}
		}
		return ast.WalkContinue, nil
	})
}

// each calls f for 0 to n-1 on all cores and returns one of the errors.
func each(n int, f func(int) error) error {
	var next atomic.Int64
	var failed atomic.Pointer[error]
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := f(i); err != nil {
					failed.Store(&err)
				}
			}
		})
	}
	wg.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}
