package cli

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

var (
	expected   = regexp.MustCompile(`^expected "?<([^>]+)>`)
	oneOf      = regexp.MustCompile(`^expected (?:one of )?((?:"[\w-]+",? ?)+)`)
	surplus    = regexp.MustCompile(`^unexpected argument (.*?)(, did you mean .*)?$`)
	needsValue = regexp.MustCompile(`^(--[\w-]+): (?:expected .* value but got "EOL"|missing value)`)
	missing    = regexp.MustCompile(`^missing flags: (--[\w-]+)=`)
	strange    = regexp.MustCompile(`^unknown flag `)
)

// explain puts what Kong says of the arguments into a sentence that says what
// to do, with the example of the command's help.
func explain(err error) usageError {
	u := usageError{message: err.Error(), command: "readout"}
	var parse *kong.ParseError
	if !errors.As(err, &parse) || parse.Context == nil {
		return u
	}
	node := parse.Context.Model.Node
	if n := parse.Context.Selected(); n != nil {
		node = n
	} else if path := parse.Context.Path; len(path) > 0 && path[len(path)-1].Node() != nil {
		node = path[len(path)-1].Node()
	}
	if node.Type != kong.ApplicationNode {
		u.command = node.FullPath()
	}
	name := strings.TrimPrefix(strings.TrimPrefix(u.command, "readout"), " ")
	switch text := u.message; {
	case expected.MatchString(text):
		arg := expected.FindStringSubmatch(text)[1]
		for _, p := range node.Positional {
			if p.Name == arg {
				u.message, u.example = fmt.Sprintf("%s needs <%s>: %s", name, arg, lowerFirst(p.Help)), example(node)
			}
		}
	case missing.MatchString(text):
		flag := missing.FindStringSubmatch(text)[1]
		for _, f := range node.Flags {
			if "--"+f.Name == flag {
				u.message, u.example = fmt.Sprintf("%s needs %s: %s", name, flag, lowerFirst(f.Help)), example(node)
			}
		}
	case needsValue.MatchString(text):
		flag := needsValue.FindStringSubmatch(text)[1]
		u.message = flag + ": missing value"
		for _, f := range node.Flags {
			if "--"+f.Name == flag {
				u.message += fmt.Sprintf("; write %s=%s", flag, f.FormatPlaceHolder())
			}
		}
	case oneOf.MatchString(text):
		u.message = fmt.Sprintf("%s needs to be told what: %s", name, children(node))
	case surplus.MatchString(text) && len(node.Children) > 0:
		m := surplus.FindStringSubmatch(text)
		what := "command"
		if name != "" {
			what = "kind"
		}
		u.message = fmt.Sprintf("there is no %s %q%s (%s)", what, m[1], m[2], children(node))
	case surplus.MatchString(text):
		u.message += ": " + name + " takes " + arguments(node)
	case strange.MatchString(text) && !strings.Contains(text, "did you mean"):
		var flags []string
		for _, f := range node.Flags {
			flags = append(flags, "--"+f.Name)
		}
		u.message += " (" + strings.Join(flags, ", ") + ")"
	}
	return u
}

func lowerFirst(s string) string {
	return strings.TrimSuffix(strings.ToLower(s[:1])+s[1:], ".")
}

func children(n *kong.Node) string {
	var names []string
	for _, c := range n.Children {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

func arguments(n *kong.Node) string {
	switch len(n.Positional) {
	case 0:
		return "no arguments, only flags"
	case 1:
		return "one argument; put what has spaces in it into quotation marks"
	}
	return fmt.Sprintf("%d arguments; put what has spaces in it into quotation marks", len(n.Positional))
}

// example returns the first example of a command's help.
func example(n *kong.Node) string {
	for line := range strings.Lines(n.Detail) {
		line = strings.TrimPrefix(strings.TrimSpace(line), "Example: ")
		if strings.HasPrefix(line, n.FullPath()+" ") {
			return line
		}
	}
	return ""
}
