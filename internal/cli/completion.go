package cli

import (
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"readout/internal/diag"
	"readout/internal/load"
	"readout/internal/markdown"
	"readout/internal/record"
	"readout/internal/serve"
)

type completionCmd struct {
	Shell string `arg:"" help:"bash, zsh or fish." complete:"shell"`
}

func (*completionCmd) Help() string {
	return `Prints a script that completes commands, flags and the ids of the briefing in the current folder.

Put one of these lines into ~/.bashrc, ~/.zshrc or ~/.config/fish/config.fish:

  source <(readout completion bash)

  source <(readout completion zsh)

  readout completion fish | source`
}

// completions are the scripts, each of which asks the program itself: it gives
// it the words of the line, the last one as far as it is typed. Where nothing
// comes back the shell completes the names of files.
var completions = map[string]string{
	"bash": `_readout() {
	local IFS=$'\n'
	COMPREPLY=($("$1" ` + completeArg + ` "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
	[[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == */ ]] && compopt -o nospace 2>/dev/null
	return 0
}
complete -o default -F _readout readout
`,
	"zsh": `#compdef readout
_readout() {
	local -a found
	found=("${(@f)$("${words[1]}" ` + completeArg + ` "${(@)words[2,CURRENT]}" 2>/dev/null)}")
	if [[ -n ${found[1]} ]]; then
		compadd -Q -- "${found[@]}"
	else
		_files
	fi
}
(( $+functions[compdef] )) || { autoload -U compinit && compinit }
compdef _readout readout
`,
	"fish": `function __readout_complete
	set -l words (commandline -opc) (commandline -ct)
	$words[1] ` + completeArg + ` $words[2..-1] 2>/dev/null
end
complete -c readout -a '(__readout_complete)'
`,
}

var shells = []string{"bash", "zsh", "fish"}

// Run prints a script.
func (c *completionCmd) Run(e *env) error {
	script, ok := completions[c.Shell]
	if !ok {
		return usagef("%s", unknown("shell", c.Shell, shells))
	}
	_, err := io.WriteString(e.stdout, script)
	return err
}

// completeArg is the first argument with which a script asks for completions.
const completeArg = "__complete"

// complete writes what the last of these words may become, one to the line. It
// says nothing of what is wrong: nobody would see it.
func complete(w io.Writer, root *kong.Node, words []string) {
	last := ""
	if len(words) > 0 {
		words, last = words[:len(words)-1], words[len(words)-1]
	}
	// Bash parts "--issue=fer" into three words.
	var line []string
	joined := last == "="
	for i, word := range words {
		if word == "=" && i > 0 && strings.HasPrefix(words[i-1], "--") {
			continue
		}
		line = append(line, word)
	}
	if joined {
		last = ""
	}
	node := root
	for len(line) > 0 {
		i := slices.IndexFunc(node.Children, func(n *kong.Node) bool { return n.Name == line[0] })
		if i < 0 {
			break
		}
		node, line = node.Children[i], line[1:]
	}
	c := completer{content: "content", prefix: last}
	flag := func(name string) *kong.Flag {
		i := slices.IndexFunc(node.Flags, func(f *kong.Flag) bool { return "--"+f.Name == name })
		if i < 0 {
			return nil
		}
		return node.Flags[i]
	}
	var open *kong.Flag // the flag whose value comes next
	positional := 0
	for _, word := range line {
		name, value, given := strings.Cut(word, "=")
		switch f := flag(name); {
		case open != nil:
			if open.Name == "content" {
				c.content = word
			}
			open = nil
		case f != nil && given && f.Name == "content":
			c.content = value
		case f != nil && !given && !f.IsBool():
			open = f
		case !strings.HasPrefix(word, "-"):
			positional++
		}
	}
	name, value, given := strings.Cut(last, "=")
	switch f := flag(name); {
	case open != nil:
		c.values(w, "", open.Tag)
	case f != nil && given:
		c.prefix = value
		c.values(w, name+"=", f.Tag)
	case strings.HasPrefix(last, "-"):
		for _, f := range node.Flags {
			c.offer(w, "", "--"+f.Name)
		}
	case len(node.Children) > 0 && positional > 0: // no command of this name
	case len(node.Children) > 0:
		for _, child := range node.Children {
			c.offer(w, "", child.Name)
		}
	case len(node.Positional) > 0:
		p := node.Positional[min(positional, len(node.Positional)-1)]
		if positional < len(node.Positional) {
			c.values(w, "", p.Tag)
		}
	}
}

// A completer offers what begins with a prefix.
type completer struct{ content, prefix string }

func (c *completer) offer(w io.Writer, lead, word string) {
	if strings.HasPrefix(word, c.prefix) {
		fmt.Fprintln(w, lead+word)
	}
}

// values offers the values of a flag or an argument: those of its enum, or
// those of the kind that its tag "complete" names. Of any other kind there are
// none, and the shell offers files.
func (c *completer) values(w io.Writer, lead string, tag *kong.Tag) {
	words := strings.Split(tag.Enum, ",")
	if tag.Enum == "" {
		words = c.kind(tag.Get("complete"))
	}
	for _, word := range words {
		c.offer(w, lead, word)
	}
}

func (c *completer) kind(kind string) []string {
	switch kind {
	case "shell":
		return shells
	case "list":
		return listNames
	case "editor":
		return serve.Editors()
	case "state":
		return texts(stateOrder)
	case "stance":
		return texts(record.Stances)
	case "act":
		return texts(record.Acts)
	case "type":
		return texts(record.ActorTypes)
	case "genre":
		return texts(record.Genres)
	case "rights":
		return []string{string(record.Excerpts), string(record.Full)}
	case "option":
		return c.options()
	}
	if k := kinds[kind]; k != 0 {
		return c.ids(k)
	}
	return nil
}

// kinds are the kinds of records, as the tags name them.
var kinds = map[string]record.Kind{
	"actor": record.KindActor, "meeting": record.KindMeeting, "issue": record.KindIssue, "source": record.KindSource,
}

func texts[T ~string](list []T) []string {
	words := make([]string, len(list))
	for i, x := range list {
		words[i] = string(x)
	}
	return words
}

// ids returns the ids of a kind's records, by the names of their files.
func (c *completer) ids(kind record.Kind) []string {
	var list []string
	for _, x := range c.records(kind) {
		list = append(list, record.ID(x.Name))
	}
	slices.Sort(list)
	return list
}

func (c *completer) records(kind record.Kind) []load.Entry {
	listing, err := load.Scan(os.DirFS(c.content), c.content)
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(listing.Records, func(x load.Entry) bool { return x.Kind != kind })
}

// options returns the options of all issues, as claims name them.
func (c *completer) options() []string {
	md := markdown.New(markdown.Options{})
	var list []string
	for _, x := range c.records(record.KindIssue) {
		data, err := os.ReadFile(path.Join(c.content, x.Name))
		if err != nil {
			continue
		}
		r, _ := load.Parse(x, diag.NewFile(x.Name, data), md)
		if issue, ok := r.(*record.Issue); ok {
			for _, o := range issue.Options {
				list = append(list, record.ID(x.Name)+"/"+o.ID)
			}
		}
	}
	slices.Sort(list)
	return list
}
