package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	"readout/internal/build"
	"readout/internal/load"
	"readout/internal/output"
	"readout/internal/serve"
)

type serveCmd struct {
	inputs
	Addr   string `default:"127.0.0.1:1313" placeholder:"HOST:PORT" help:"Where to listen (default: 127.0.0.1:1313). A port that is taken gives way to the next free one."`
	Open   bool   `help:"Open the site in the browser."`
	Editor string `placeholder:"NAME" help:"Editor that opens a file from the list of mistakes: vscode, cursor, zed, idea, sublime, vim …, none, or an address with {file}, {line} and {column} in it (default: the one whose terminal this is, where that can be told)." complete:"editor"`
	Poll   bool   `name:"polling" help:"Look for changes every half second, instead of having the system watch the folders: for a network folder."`
	Follow bool   `help:"When another page than the one on screen was changed, go there."`
}

func (*serveCmd) Help() string {
	return `Builds the site, serves it from memory, and after each save brings the open pages up to date in place. A mistake is shown over the page until it is mended; the last good site stays beneath. Drafts are shown too, marked. Beside the page of a source stands its whole text, to draw claims from: select a passage, and say who holds what; the claim is added to the source's file, and nothing else is ever written. Only this machine can reach it, unless another address is given.

From a mistake a link leads to its line in the editor. Editors: ` + strings.Join(serve.Editors(), ", ") + `. For another one, give the address that opens a file in it: --editor "myeditor://{file}:{line}:{column}".

Example: readout serve --texts ../articles --editor vscode --follow`
}

// Run serves until it is interrupted.
func (c *serveCmd) Run(e *env) error {
	editor, err := serve.FindEditor(c.Editor, os.Getenv)
	if err != nil {
		return usagef("--editor: %v", err)
	}
	opt, err := c.options(e)
	if err != nil {
		return err
	}
	opt.Drafts, opt.Lazy = true, true
	cache := build.NewCache()
	first := true
	// A preview stays for hours beside all else that an editor needs, and makes
	// little garbage once the first build is done: half the usual allowance for
	// it costs hardly a collection more. Who has set GOGC knows better.
	thrift := sync.OnceFunc(func() {
		if os.Getenv("GOGC") == "" {
			debug.SetGCPercent(50)
		}
	})
	return serve.Run(e.ctx, serve.Options{
		Addr: c.Addr,
		Build: func(ctx context.Context, c serve.Change) (*build.Result, error) {
			if first {
				first = false
				defer working(e.stderr, &opt)()
			}
			opt.Edited, opt.Idle = c.Files, c.Idle
			defer thrift()
			return build.Build(ctx, opt, cache)
		},
		Watch:   append([]string{opt.Content, opt.Templates, opt.Static}, opt.Texts...),
		Poll:    c.Poll,
		Ignore:  load.Ignored,
		Content: opt.Content,
		Write: func(name string, data []byte) error {
			_, err := output.WriteFile(name, data)
			return err
		},
		Editor: editor,
		Follow: c.Follow,
		Log:    coloured(e.stderr),
		Ready: func(url string) {
			if c.Open {
				if err := browse(url); err != nil {
					fmt.Fprintf(e.stderr, "the browser does not open (%v): open %s yourself\n", err, url)
				}
			}
		},
	})
}

// browse opens an address in the browser that the desktop prefers.
func browse(url string) error {
	var cmd *exec.Cmd
	switch runtime.GOOS {
	case "darwin":
		cmd = exec.Command("open", url)
	case "windows":
		cmd = exec.Command("rundll32", "url.dll,FileProtocolHandler", url)
	default:
		cmd = exec.Command("xdg-open", url)
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Process.Release()
}
