package serve

import (
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"readout/internal/diag"
)

// An Editor is the address that opens a file in a text editor, with {file},
// {line} and {column} in it. The empty Editor opens nothing.
//
// A desktop hands such an address to the program that registered its scheme.
// Some editors do so when they are installed, others need an add-on.
type Editor string

// editors are the addresses by the editors' names. "none" is not one.
var editors = map[string]Editor{
	"cursor":   "cursor://file{file}:{line}:{column}",
	"emacs":    "emacs://open?url=file://{file}&line={line}&column={column}",
	"idea":     "idea://open?file={file}&line={line}&column={column}",
	"sublime":  "subl://open?url=file://{file}&line={line}&column={column}",
	"textmate": "txmt://open?url=file://{file}&line={line}&column={column}",
	"vim":      "mvim://open?url=file://{file}&line={line}&column={column}",
	"vscode":   "vscode://file{file}:{line}:{column}", // https://code.visualstudio.com/docs/configure/command-line#_opening-vs-code-with-urls
	"vscodium": "vscodium://file{file}:{line}:{column}",
	"windsurf": "windsurf://file{file}:{line}:{column}",
	"zed":      "zed://file{file}:{line}:{column}",
}

// Editors returns the names that [FindEditor] knows, in order.
func Editors() []string { return append(slices.Sorted(maps.Keys(editors)), "none") }

// FindEditor returns the editor of a name, or the address itself that is given
// for one. Without either it is the editor in whose terminal the program was
// started, as far as the environment tells.
func FindEditor(name string, getenv func(string) string) (Editor, error) {
	if strings.Contains(name, "{file}") && strings.Contains(name, ":") {
		return Editor(name), nil
	}
	if name == "none" {
		return "", nil
	}
	if name != "" {
		if e, ok := editors[name]; ok {
			return e, nil
		}
		hint := "the names are " + strings.Join(Editors(), ", ")
		if near := diag.Nearest(name, Editors()); len(near) > 0 {
			hint = "did you mean " + strings.Join(near, " or ") + "?"
		}
		return "", fmt.Errorf("unknown editor %q: %s; for another one give its address, with {file} and {line} in it", name, hint)
	}
	switch {
	case getenv("CURSOR_TRACE_ID") != "": // it calls itself vscode too
		return editors["cursor"], nil
	case getenv("TERM_PROGRAM") == "vscode", getenv("TERM_PROGRAM") == "zed":
		return editors[getenv("TERM_PROGRAM")], nil
	case getenv("TERMINAL_EMULATOR") == "JetBrains-JediTerm":
		return editors["idea"], nil
	}
	return "", nil
}

// link returns the address that opens the file of a span where it begins, or
// "" where there is no such file: a template may be one of the program's own.
func (e Editor) link(s diag.Span) string {
	if e == "" || s.File == nil {
		return ""
	}
	name, err := filepath.Abs(filepath.FromSlash(s.File.Path))
	if err != nil {
		return ""
	}
	if _, err := os.Stat(name); err != nil {
		return ""
	}
	name = filepath.ToSlash(name)
	p := s.File.Position(s.Start)
	before, _, _ := strings.Cut(string(e), "{file}")
	if strings.Contains(before, "?") {
		name = strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
	} else {
		name = (&url.URL{Path: "/" + strings.TrimPrefix(name, "/")}).EscapedPath()
	}
	return strings.NewReplacer("{file}", name, "{line}", strconv.Itoa(p.Line), "{column}", strconv.Itoa(p.Column)).Replace(string(e))
}
