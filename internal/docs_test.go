package internal_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"readout/internal/quote"
	"readout/internal/record"
)

// The tests of this file hold docs/format.md to the program and to the shipped
// briefing, so that neither can change without it.

const formatFile = "../docs/format.md"

func readFormat(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(formatFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// section returns the text under a heading, up to the next one that is not
// below it.
func section(t *testing.T, doc, heading string) string {
	t.Helper()
	_, rest, found := strings.Cut(doc, "\n"+heading+"\n")
	if !found {
		t.Fatalf("%s: there is no heading %q", formatFile, heading)
	}
	level, _, _ := strings.Cut(heading, " ")
	for n := len(level); n > 1; n-- {
		rest, _, _ = strings.Cut(rest, "\n"+strings.Repeat("#", n)+" ")
	}
	return rest
}

// rows returns the rows of the tables in a text, as cells, without their heads.
func rows(text string) [][]string {
	var all [][]string
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|--") || i+1 < len(lines) && strings.HasPrefix(lines[i+1], "|--") {
			continue
		}
		line = strings.ReplaceAll(line, `\|`, "\x00")
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for j, c := range cells {
			cells[j] = strings.TrimSpace(strings.ReplaceAll(c, "\x00", "|"))
		}
		all = append(all, cells)
	}
	return all
}

// code returns what stands in a cell that is one code span.
func code(cell string) (string, bool) {
	s, ok := strings.CutPrefix(cell, "`")
	s, closed := strings.CutSuffix(s, "`")
	return s, ok && closed && !strings.Contains(s, "`")
}

// TestExamples holds each example that is headed by the name of a file of the
// briefing against that file: it is some lines of it, or all.
func TestExamples(t *testing.T) {
	doc := readFormat(t)
	example := regexp.MustCompile("(?ms)^`content/([^`]+)`[^\n]*:\n\n```[a-z]*\n(.*?)^```$")
	kinds := map[string]bool{}
	for _, m := range example.FindAllStringSubmatch(doc, -1) {
		name, text := m[1], m[2]
		data, err := os.ReadFile(filepath.Join("../content", name))
		if err != nil {
			t.Error(err)
			continue
		}
		if i := bytes.Index(data, []byte(text)); i < 0 || i > 0 && data[i-1] != '\n' {
			t.Errorf("%s: the example of %s is not in the file", formatFile, name)
		}
		kind, _, nested := strings.Cut(name, "/")
		if !nested && filepath.Ext(name) == ".md" {
			kind = "page"
		}
		kinds[kind] = true
	}
	want := []string{"actors", "issues", "meetings", "page", "site.yaml", "sources"}
	if got := slices.Sorted(maps.Keys(kinds)); !slices.Equal(got, want) {
		t.Errorf("%s: there are examples of %v, want %v", formatFile, got, want)
	}
}

// TestDatesAreShown holds the table of dates against the words that the site
// shows.
func TestDatesAreShown(t *testing.T) {
	table := rows(section(t, readFormat(t), "## Dates"))
	if len(table) < 20 {
		t.Fatalf("the table of dates has %d rows", len(table))
	}
	for _, row := range table {
		written, ok := code(row[0])
		d, err := record.ParseDate(written)
		if !ok || err != nil {
			t.Errorf("%s: %v", row[0], err)
		} else if d.Words() != row[1] {
			t.Errorf("%s is shown as %q, not as %q", written, d.Words(), row[1])
		}
	}
}

// TestQuotations holds the examples of quotations against what is proved.
func TestQuotations(t *testing.T) {
	text := section(t, readFormat(t), "## Quotations")
	spans := regexp.MustCompile("`([^`]+)`")
	proved, alike := 0, 0
	for _, row := range rows(text) {
		words, isQuotation := strings.CutPrefix(strings.Trim(row[1], "`"), "> ")
		if !isQuotation {
			same := spans.FindAllStringSubmatch(row[2], -1)
			for _, s := range same[min(1, len(same)):] {
				alike++
				if a, b := same[0][1], s[1]; quote.Digest(a) != quote.Digest(b) {
					t.Errorf("%s: %q and %q do not fold alike", formatFile, a, b)
				}
			}
			continue
		}
		proved++
		got := quote.NewText([]byte(row[0]), nil).Find(words, quote.Options{}).Kind
		if want := strings.HasPrefix(row[2], "proved"); got.Proved() != want {
			t.Errorf("%s: %q in %q is %s, and the document says %q", formatFile, words, row[0], got, row[2])
		}
	}
	if proved < 10 || alike < 8 {
		t.Errorf("%s: %d examples of quotations, %d of what folds alike", formatFile, proved, alike)
	}
}

// TestWords looks for every valid word in the part that describes it.
func TestWords(t *testing.T) {
	doc := readFormat(t)
	for _, test := range []struct {
		heading string
		words   []string
	}{
		{"## Actors", words(record.ActorTypes)},
		{"## Actors", record.RoleWhens},
		{"## Meetings", words(record.Stages)},
		{"## Meetings", words(record.Certainties)},
		{"## Sources", words(record.Genres)},
		{"## Claims", words(record.Stances)},
		{"## Claims", words(record.Acts)},
	} {
		text := section(t, doc, test.heading)
		for _, w := range test.words {
			if !strings.Contains(text, "`"+w+"`") {
				t.Errorf("%s: %q does not name `%s`", formatFile, test.heading, w)
			}
		}
	}
}

func words[W ~string](list []W) []string {
	var out []string
	for _, w := range list {
		out = append(out, string(w))
	}
	return out
}

// TestFields holds the tables of fields, and the fixed headings, against the
// sets of them in the sources of package record.
func TestFields(t *testing.T) {
	doc := readFormat(t)
	for _, test := range []struct{ file, heading string }{
		{"site.go", "## site.yaml"},
		{"page.go", "## Pages"},
		{"actor.go", "## Actors"},
		{"meeting.go", "## Meetings"},
		{"issue.go", "## Issues"},
		{"source.go", "## Sources"},
		{"claim.go", "## Claims"},
	} {
		fields, headings := fieldsOf(t, filepath.Join("record", test.file))
		text := section(t, doc, test.heading)
		var have []string
		for _, row := range rows(text) {
			if name, ok := code(row[0]); ok && len(row) == 5 {
				have = append(have, name)
			}
		}
		slices.Sort(have)
		if len(fields) == 0 || !slices.Equal(have, fields) {
			t.Errorf("%s: %q describes the fields %v, want those of %s: %v", formatFile, test.heading, have, test.file, fields)
		}
		for _, h := range headings {
			if !strings.Contains(text, "\n### `## "+h+"`\n") {
				t.Errorf("%s: %q does not describe the lines under \"## %s\"", formatFile, test.heading, h)
			}
		}
	}
}

// fieldsOf returns the names in the composite literals of type front, the keys
// in those of type fixed, and those of the variable claimFields.
func fieldsOf(t *testing.T, name string) (fields, headings []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	keys := func(e ast.Expr) (list []string) {
		for _, x := range e.(*ast.CompositeLit).Elts {
			var key ast.Expr
			switch x := x.(type) {
			case *ast.KeyValueExpr:
				key = x.Key
			case *ast.CompositeLit:
				key = x.Elts[0]
			}
			if s, ok := literal(key); ok {
				list = append(list, s)
			}
		}
		return list
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if id, ok := n.Type.(*ast.Ident); ok && id.Name == "front" {
				fields = append(fields, keys(n)...)
			} else if ok && id.Name == "fixed" {
				headings = append(headings, keys(n)...)
			}
		case *ast.ValueSpec:
			if n.Names[0].Name == "claimFields" && len(n.Values) == 1 {
				fields = append(fields, keys(n.Values[0])...)
			}
		}
		return true
	})
	slices.Sort(fields)
	return fields, headings
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(l.Value)
	return s, err == nil
}

var (
	codeForm = regexp.MustCompile(`^[a-z]+/[a-z]+(-[a-z]+)*$`)
	// Strings of the form of a code that are none.
	noCode = regexp.MustCompile(`^(application|audio|font|image|video)/|^text/(html|css|csv|plain|xml|calendar|markdown|javascript|event-stream)$`)
	// Codes that package quote puts together, by how they begin.
	composed = map[string]string{"quote/after": "quote/after-absent", "quote/before": "quote/before-absent"}
)

// TestCodes holds the table of diagnostics against the codes in the sources:
// each is there, none is there that no source uses, and the severities are
// those with which it is reported.
func TestCodes(t *testing.T) {
	table := map[string][]string{}
	for _, row := range rows(section(t, readFormat(t), "## Diagnostics")) {
		name, ok := code(row[0])
		if !ok || len(row) != 4 || row[2] == "" || row[3] == "" {
			t.Errorf("%s: not a row of the table of diagnostics: %q", formatFile, row)
			continue
		}
		if table[name] != nil {
			t.Errorf("%s: the code %s has two rows", formatFile, name)
		}
		table[name] = strings.Split(row[1], ", ")
	}

	used := codesIn(t, ".")
	for _, name := range slices.Sorted(maps.Keys(used)) {
		if table[name] == nil {
			t.Errorf("%s: the code %s has no row in the table of diagnostics", formatFile, name)
		}
		for severity := range used[name] {
			if !slices.Contains(table[name], severity) {
				t.Errorf("%s: %s is reported as %s too", formatFile, name, severity)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(table)) {
		if used[name] == nil {
			t.Errorf("%s: nothing reports the code %s", formatFile, name)
		}
	}
}

// codesIn returns the codes in the Go sources of a tree: every string of their
// form, with the severities that can be told from where it stands.
func codesIn(t *testing.T, root string) map[string]map[string]bool {
	t.Helper()
	codes := map[string]map[string]bool{}
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		add := func(code, severity string) {
			if !codeForm.MatchString(code) || noCode.MatchString(code) {
				return
			}
			if whole := composed[code]; whole != "" {
				code = whole
			}
			if codes[code] == nil {
				codes[code] = map[string]bool{}
			}
			if severity != "" {
				codes[code][severity] = true
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.BasicLit:
				if s, ok := literal(n); ok {
					add(s, "")
				}
			case *ast.CallExpr:
				severity := severityOf(n)
				for _, arg := range n.Args {
					if s, ok := literal(arg); ok && severity != "" {
						add(s, severity)
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(codes) < 50 {
		t.Fatalf("found %d codes only", len(codes))
	}
	return codes
}

// severityOf returns the severity with which a call reports, where its name or
// one of its arguments says so.
func severityOf(call *ast.CallExpr) string {
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
		switch sel.Sel.Name {
		case "Errorf", "errorf":
			return "error"
		case "Warnf":
			return "warning"
		case "Noticef":
			return "notice"
		}
	}
	for _, arg := range call.Args {
		if sel, ok := arg.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "diag" && slices.Contains([]string{"Error", "Warning", "Notice"}, sel.Sel.Name) {
				return strings.ToLower(sel.Sel.Name)
			}
		}
	}
	return ""
}
