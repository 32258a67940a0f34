// Package cli is the command: it reads arguments, calls the packages that do
// the work, and says what came of it.
//
// [Run] is the whole program but for its embedded files. It takes everything
// from its arguments and gives back the exit status:
//
//	0    it is done
//	1    it is not: the briefing has an error, a quotation is not proved, a
//	     file cannot be read
//	2    it was not understood: an unknown command or flag, a bad value
//	130  it was interrupted (serve ends with 0: that is how one ends it)
//
// A command's product goes to standard output, and only that: with --json or
// --format json, one JSON object to the line. Everything said to people about
// the work goes to standard error. Diagnostics are the product of check, and
// are said by all others. Each of them is always shown, in order.
//
// On a terminal diagnostics are coloured, unless NO_COLOR is set, and work
// that takes longer than a second says that it goes on. Nothing else depends
// on where the output goes.
package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/alecthomas/kong"
)

const (
	statusFailed      = 1
	statusUsage       = 2
	statusInterrupted = 130 // as shells count it: 128 and the number of SIGINT
)

// commands is the grammar of the command line.
type commands struct {
	Build      buildCmd      `cmd:"" help:"Build the site into a folder."`
	Serve      serveCmd      `cmd:"" help:"Show the site in a browser, and keep it up to date while it is edited."`
	Check      checkCmd      `cmd:"" help:"Report every mistake, and write nothing."`
	Verify     verifyCmd     `cmd:"" help:"Prove every quotation against the texts, and write the receipts to quotes.lock."`
	Quote      quoteCmd      `cmd:"" help:"Say where a quotation stands in its source, or what comes nearest."`
	New        newCmd        `cmd:"" help:"Write a new record, or a new claim, from what is known."`
	Init       initCmd       `cmd:"" help:"Write an empty briefing into a new folder."`
	Import     importCmd     `cmd:"" help:"Read an article into the briefing: a source record, and its private text."`
	Mentions   mentionsCmd   `cmd:"" help:"Find names in the texts of sources, known and not, and paragraphs not yet used."`
	List       listCmd       `cmd:"" help:"List what the briefing holds, as a table or as JSON."`
	Completion completionCmd `cmd:"" help:"Print a script that completes commands, flags and ids in bash, zsh or fish."`
	Version    versionCmd    `cmd:"" help:"Print the version."`
}

const about = `Readout makes a briefing website of annotated articles, and proves every quotation in it.

Start in the folder of a briefing with: readout serve

Start a new one with: readout init FOLDER`

// An env is what all commands share.
type env struct {
	ctx            context.Context
	stdin          io.Reader
	stdout, stderr io.Writer
	embedded       fs.FS // templates/ and static/
}

// errSaid is the error of a command that has said already what is wrong.
var errSaid = errors.New("failed")

// A usageError is a mistake in the arguments that only the command can see.
type usageError struct {
	message string
	command string // as typed, for what to read next
	example string
}

func (e usageError) Error() string { return e.message }

func usagef(format string, args ...any) error {
	return usageError{message: fmt.Sprintf(format, args...)}
}

// Run runs the command with these arguments, without the program's name, and
// returns its exit status. The embedded files are the folders templates and
// static. An interrupt or a request to terminate cancels the work; a second
// one ends the program at once, as the first does to quote, which may be
// waiting for its input and has nothing to lose.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, embedded fs.FS) (status int) {
	// Kong prints help and then wants the program to end: it does, here.
	type exit int
	defer func() {
		switch r := recover().(type) {
		case nil:
		case exit:
			status = int(r)
		default:
			panic(r)
		}
	}()
	var grammar commands
	parser, err := kong.New(&grammar,
		kong.Name("readout"),
		kong.Description(about),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
	)
	if err != nil {
		panic(err) // the grammar itself is wrong
	}
	if len(args) > 0 && args[0] == completeArg {
		complete(stdout, parser.Model.Node, args[1:])
		return 0
	}
	if len(args) == 0 {
		parsed, _ := kong.Trace(parser, nil)
		parsed.PrintUsage(false)
		return statusUsage
	}
	switch args[0] {
	case "--version", "-v":
		args[0] = "version"
	case "help": // as other programs have it
		args = append(args[1:], "--help")
	}
	parsed, err := parser.Parse(flagsFirst(args, parser.Model.Node))
	if err != nil {
		return complain(stderr, explain(err))
	}
	if parsed.Selected().Name != "quote" {
		var stop func()
		ctx, stop = signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
		defer stop()
		defer context.AfterFunc(ctx, stop)()
	}
	err = parsed.Run(&env{ctx, stdin, stdout, stderr, embedded})
	if usage := (usageError{}); errors.As(err, &usage) {
		usage.command = parsed.Selected().FullPath()
		err = usage
	}
	return complain(stderr, err)
}

// complain says what went wrong and returns the exit status for it.
func complain(stderr io.Writer, err error) int {
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errSaid):
		return statusFailed
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "readout: interrupted")
		return statusInterrupted
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "readout: error: %s\n", usage.message)
		if usage.example != "" {
			fmt.Fprintf(stderr, "Example: %s\n", usage.example)
		}
		command := cmp.Or(usage.command, "readout")
		fmt.Fprintf(stderr, "Run \"%s --help\" for how it goes.\n", command)
		return statusUsage
	}
	fmt.Fprintf(stderr, "readout: error: %v\n", err)
	return statusFailed
}

// flagsFirst moves a command's flags before its other arguments, since Kong
// wants a list of arguments in one piece: a quotation may stand on either side
// of --json. What follows "--" is no flag.
func flagsFirst(args []string, root *kong.Node) []string {
	if len(args) == 0 {
		return args
	}
	i := slices.IndexFunc(root.Children, func(n *kong.Node) bool { return n.Name == args[0] })
	if i < 0 {
		return args
	}
	if node := root.Children[i]; len(node.Children) > 0 {
		return append([]string{args[0]}, flagsFirst(args[1:], node)...)
	}
	takesValue := map[string]bool{}
	for _, f := range root.Children[i].Flags {
		takesValue["--"+f.Name] = !f.IsBool()
	}
	flags, others := []string{args[0]}, []string{"--"}
	for rest := args[1:]; len(rest) > 0; rest = rest[1:] {
		switch arg := rest[0]; {
		case arg == "--":
			return slices.Concat(flags, others, rest[1:])
		case len(arg) < 2 || arg[0] != '-':
			others = append(others, arg)
		case takesValue[arg] && len(rest) == 1:
			return args // Kong says what is missing
		case takesValue[arg]:
			flags = append(flags, arg+"="+rest[1]) // the value may look like a flag
			rest = rest[1:]
		default:
			flags = append(flags, arg)
		}
	}
	return slices.Concat(flags, others)
}
