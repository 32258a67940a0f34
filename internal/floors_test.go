// Package internal_test holds the project to ARCHITECTURE.md: it reads the
// floors block there, and every Go file of the tree but tests, and names the
// file and line of each breach.
package internal_test

import (
	"bufio"
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

func TestFloors(t *testing.T) {
	list, err := breaches(os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range list {
		t.Error(b)
	}
}

// exclusive says which packages alone may import a path, or one below it.
var exclusive = map[string][]string{
	"github.com/yuin/goldmark":     {"markdown"},
	"github.com/alecthomas/chroma": {"markdown"},
	"html/template":                {"render"},
	"github.com/fsnotify/fsnotify": {"serve"},
	"net/http":                     {"serve"},
	"github.com/google/renameio":   {"output"},
	"golang.org/x/sync/errgroup":   {"build", "serve"},
}

// writes are the functions of os that change what is on disk, or open it so
// that it can be changed.
var writes = []string{
	"Chmod", "Chown", "Chtimes", "CopyFS", "Create", "CreateTemp", "Lchown", "Link", "Mkdir", "MkdirAll", "MkdirTemp",
	"OpenFile", "OpenRoot", "Remove", "RemoveAll", "Rename", "Symlink", "Truncate", "WriteFile",
}

var (
	writers    = []string{"output"}
	concurrent = []string{"build", "serve"}
)

// tool reports whether a package is no part of the program. Tools may do what
// they like, and nobody may import them.
func tool(pkg string) bool { return pkg == "bench" || strings.HasPrefix(pkg, "bench/") }

// breaches returns what in a tree breaks the rules, in order.
func breaches(tree fs.FS) ([]string, error) {
	doc, err := fs.ReadFile(tree, "ARCHITECTURE.md")
	if err != nil {
		return nil, err
	}
	mod, err := fs.ReadFile(tree, "go.mod")
	if err != nil {
		return nil, err
	}
	module, _, _ := strings.Cut(strings.TrimPrefix(string(mod), "module "), "\n")
	floors, list := readFloors(doc)
	err = fs.WalkDir(tree, ".", func(p string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			if name := e.Name(); p != "." && (name == "testdata" || strings.ContainsAny(name[:1], "._")) {
				return fs.SkipDir
			}
		case path.Ext(p) == ".go" && !strings.HasSuffix(p, "_test.go"):
			src, err := fs.ReadFile(tree, p)
			if err != nil {
				return err
			}
			found, err := fileBreaches(strings.TrimSpace(module), p, src, floors)
			list = append(list, found...)
			return err
		}
		return nil
	})
	slices.Sort(list)
	return list, err
}

// readFloors reads the floors block: a package and what it may import, each
// of which has a line above.
func readFloors(doc []byte) (floors map[string][]string, list []string) {
	const start, end = "```floors", "```"
	floors = make(map[string][]string)
	inside := false
	n := 0
	for s := bufio.NewScanner(bytes.NewReader(doc)); s.Scan(); {
		n++
		line := s.Text()
		switch {
		case line == start:
			inside = true
			continue
		case line == end:
			inside = false
		}
		line, _, _ = strings.Cut(line, "#") // the reason for the line
		pkg, may, ok := strings.Cut(line, ":")
		if !inside || !ok {
			continue
		}
		var allowed []string
		for _, name := range strings.Fields(may) {
			switch _, ok := floors[name]; {
			case !ok && name != "*":
				list = append(list, fmt.Sprintf("ARCHITECTURE.md:%d: %s names %s, which has no line above", n, pkg, name))
			case tool(name) && !tool(pkg):
				list = append(list, fmt.Sprintf("ARCHITECTURE.md:%d: %s names %s, which is a tool", n, pkg, name))
			}
			allowed = append(allowed, name)
		}
		floors[strings.TrimSpace(pkg)] = allowed
	}
	if len(floors) == 0 {
		list = append(list, "ARCHITECTURE.md: has no floors block")
	}
	all := slices.DeleteFunc(slices.Collect(maps.Keys(floors)), tool)
	for pkg, allowed := range floors {
		if slices.Contains(allowed, "*") {
			floors[pkg] = all
			if pkg == "build" {
				floors[pkg] = slices.DeleteFunc(slices.Clone(all), func(name string) bool {
					return slices.Contains([]string{"serve", "ingest", "cli"}, name)
				})
			}
		}
	}
	floors["main"] = []string{"cli"}
	return floors, list
}

func fileBreaches(module, name string, src []byte, floors map[string][]string) (list []string, err error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, group := range file.Comments {
		if group.Pos() < file.Package && slices.ContainsFunc(group.List, func(c *ast.Comment) bool { return c.Text == "//go:build ignore" }) {
			return nil, nil // a generator, no part of the program
		}
	}
	report := func(at ast.Node, format string, args ...any) {
		list = append(list, fmt.Sprintf("%s:%d: %s", name, set.Position(at.Pos()).Line, fmt.Sprintf(format, args...)))
	}

	pkg := strings.TrimPrefix(path.Dir(name), "internal/")
	if pkg == "." {
		pkg = "main"
	}
	allowed, ok := floors[pkg]
	if !ok {
		report(file.Name, "the package %s has no line in the floors of ARCHITECTURE.md", pkg)
	}
	osName := ""
	for _, spec := range file.Imports {
		target, _ := strconv.Unquote(spec.Path.Value)
		if target == "os" {
			osName = "os"
			if spec.Name != nil {
				osName = spec.Name.Name
			}
		}
		if ours, ok := strings.CutPrefix(target, module+"/"); ok {
			ours = strings.TrimPrefix(ours, "internal/")
			if !slices.Contains(allowed, ours) {
				report(spec, "%s may not import %s", pkg, ours)
			}
		}
		if tool(pkg) {
			continue
		}
		for prefix, owners := range exclusive {
			if (target == prefix || strings.HasPrefix(target, prefix+"/")) && !slices.Contains(owners, pkg) {
				report(spec, "only %s may import %s", strings.Join(owners, " and "), target)
			}
		}
	}
	if tool(pkg) {
		return list, nil
	}
	reads := map[ast.Expr]bool{} // os.OpenFile, where it only reads
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			if !slices.Contains(concurrent, pkg) {
				report(n, "only %s may start goroutines", strings.Join(concurrent, " and "))
			}
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Go" && !slices.Contains(concurrent, pkg) {
				report(n, "only %s may start goroutines", strings.Join(concurrent, " and "))
			}
			reads[n.Fun] = len(n.Args) == 3 && onlyReads(n.Args[1])
		case *ast.SelectorExpr:
			if n.Sel.Name == "OpenFile" && reads[n] {
				break
			}
			if x, ok := n.X.(*ast.Ident); ok && x.Name == osName && slices.Contains(writes, n.Sel.Name) && !slices.Contains(writers, pkg) {
				report(n, "only %s may call os.%s", strings.Join(writers, " and "), n.Sel.Name)
			}
		}
		return true
	})
	if osName == "." {
		report(file.Name, "os is imported without its name")
	}
	return list, nil
}

// onlyReads reports whether flags of os.OpenFile are os.O_RDONLY, spelt out,
// with nothing that could make or change a file.
func onlyReads(flags ast.Expr) bool {
	switch e := flags.(type) {
	case *ast.BinaryExpr:
		return e.Op == token.OR && onlyReads(e.X) && onlyReads(e.Y)
	case *ast.SelectorExpr:
		return e.Sel.Name == "O_RDONLY" || e.Sel.Name == "O_NONBLOCK"
	}
	return false
}

// TestBreaches checks the check: a tree that breaks every rule.
func TestBreaches(t *testing.T) {
	tree := fstest.MapFS{}
	add := func(name string, lines ...string) {
		tree[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n") + "\n")}
	}
	add("go.mod", "module readout", "", "go 1.26")
	add("ARCHITECTURE.md", "floors: not these", "```floors",
		"diag:",
		"output: diag",
		"plan: render diag # up, not down",
		"render: diag",
		"build: *",
		"serve: build",
		"ingest: diag",
		"bench: # a tool",
		"bench/corpus: bench diag",
		"export: bench",
		"cli: *",
		"```", "late: diag")
	add("main.go", "package main", "", `import "readout/internal/cli"`, `import "readout/internal/build"`)
	add("internal/diag/diag.go", "package diag", "", "import (", `	"html/template"`, `	"readout/internal/output"`, `	"github.com/yuin/goldmark/ast"`, ")")
	add("internal/diag/diag_test.go", "package diag", "", `import "net/http"`)
	add("internal/diag/testdata/x.go", "package x", "", `import "net/http"`)
	add("internal/output/output.go", "package output", "", `import "os"`, "", "func f() { os.Rename(a, b); os.RemoveAll(a) }", "func g() { go f() }")
	add("internal/render/render.go", "package render", "", `import "html/template"`, `import disk "os"`, "", "var f = disk.WriteFile", "func g() { disk.ReadFile(a) }",
		"func h() { disk.OpenFile(a, disk.O_RDONLY|syscall.O_NONBLOCK, 0); disk.OpenFile(a, disk.O_RDONLY|b, 0) }", "var o = disk.OpenFile")
	add("internal/render/gen.go", "//go:build ignore", "", "package main", "", `import "net/http"`)
	add("internal/build/build.go", "package build", "", `import "readout/internal/render"`, `import "readout/internal/serve"`, "", "func f() { go f() }")
	add("internal/serve/serve.go", "package serve", "", `import "net/http"`, `import "readout/internal/build"`, "", "func f(wg sync.WaitGroup) { wg.Go(f) }")
	add("internal/cli/cli.go", "package cli", "", `import "readout/internal/ingest"`, `import "net/http/httptest"`, `import . "os"`, "", "func f(wg sync.WaitGroup) {", "	wg.Go(f)", "}")
	add("internal/late/late.go", "package late")
	add("internal/bench/bench.go", "package main", "", `import "html/template"`, `import "os"`, `import "readout/internal/build"`, "", "func f() { go os.Remove(a) }")
	add("internal/bench/corpus/corpus.go", "package corpus", "", `import "readout/internal/diag"`)
	add("internal/cli/time.go", "package cli", "", `import "readout/internal/bench"`)
	add("tools/tool.go", "package main", "", `import "readout/internal/diag"`)

	want := []string{
		"ARCHITECTURE.md:12: export names bench, which is a tool",
		"ARCHITECTURE.md:5: plan names render, which has no line above",
		"internal/bench/bench.go:5: bench may not import build",
		"internal/build/build.go:4: build may not import serve",
		"internal/cli/cli.go:1: os is imported without its name",
		"internal/cli/cli.go:4: only serve may import net/http/httptest",
		"internal/cli/cli.go:8: only build and serve may start goroutines",
		"internal/cli/time.go:3: cli may not import bench",
		"internal/diag/diag.go:4: only render may import html/template",
		"internal/diag/diag.go:5: diag may not import output",
		"internal/diag/diag.go:6: only markdown may import github.com/yuin/goldmark/ast",
		"internal/late/late.go:1: the package late has no line in the floors of ARCHITECTURE.md",
		"internal/output/output.go:6: only build and serve may start goroutines",
		"internal/render/render.go:6: only output may call os.WriteFile",
		"internal/render/render.go:8: only output may call os.OpenFile",
		"internal/render/render.go:9: only output may call os.OpenFile",
		"main.go:4: main may not import build",
		"tools/tool.go:1: the package tools has no line in the floors of ARCHITECTURE.md",
		"tools/tool.go:3: tools may not import diag",
	}
	got, err := breaches(tree)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}

	add("ARCHITECTURE.md", "no block")
	if got, err := breaches(tree); err != nil || !slices.Contains(got, "ARCHITECTURE.md: has no floors block") {
		t.Errorf("without a block: %v, %v", got, err)
	}
}
