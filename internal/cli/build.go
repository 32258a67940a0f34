package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"readout/internal/build"
	"readout/internal/diag"
	"readout/internal/output"
)

type buildCmd struct {
	inputs
	Out     string `default:"build" placeholder:"DIR" help:"Folder to write the site to (default: build)."`
	Timings bool   `help:"Say how long each stage took."`
	Profile string `placeholder:"DIR" help:"Write profiles of the build to this folder, for go tool pprof and go tool trace."`
}

func (*buildCmd) Help() string {
	return `Nothing is written if the briefing has an error: the folder keeps the last good site. Files that did not change are not touched, and only files that Readout wrote are ever deleted. Where no input has changed, and no file of the site, nothing is made anew.

Example: readout build --out public --base-url https://example.org/talks/`
}

// Run builds the site and writes it.
func (c *buildCmd) Run(e *env) (err error) {
	start := time.Now()
	opt, err := c.options(e)
	if err != nil {
		return err
	}
	for flag, dir := range map[string]string{"--content": opt.Content, "--static": opt.Static, "--templates": opt.Templates} {
		if within(c.Out, dir) {
			return usagef("--out: %s lies in the folder of %s, and would be part of the next build", c.Out, flag)
		}
	}
	// Before the work: a folder that is somebody else's is refused at once.
	dir, err := output.Open(c.Out)
	if err != nil {
		return err
	}
	if c.Profile != "" {
		finish, err := profile(c.Profile)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, finish()) }()
	}
	stage := dir.Begin()
	defer stage.Abort()
	opt.Put, opt.Forget, opt.Frugal = stage.Put, true, true
	opt.Last = &build.Last{Memo: dir.Memo()}
	if opt.Last.Memo != nil {
		look := dir.Look()
		defer look.Close()
		opt.Last.Files, opt.Last.Intact = look.Len(), look.Intact
	}
	done := working(e.stderr, &opt)
	res, err := build.Build(e.ctx, opt, nil)
	done()
	if err != nil {
		return err
	}
	say(e.stderr, res.Diags)
	if res.Diags.HasErrors() {
		fmt.Fprintf(e.stderr, "%s; nothing was written\n", res.Diags.Summary())
		return errSaid
	}
	writing := time.Now()
	var stats output.Stats
	if res.Same {
		stats.Unchanged = dir.Files()
	} else {
		if stats, err = stage.Commit(); err != nil {
			return err
		}
		if res.Memo != nil {
			dir.Remember(res.Memo)
		}
	}
	if c.Timings {
		writeTimings(e.stderr, append(res.Timings, build.Timing{Stage: "put in place", Wall: time.Since(writing)}))
	}
	for _, name := range stats.Kept {
		fmt.Fprintf(e.stderr, "note: %s is no longer part of the site, but was changed by somebody: it stays\n", filepath.Join(c.Out, filepath.FromSlash(name)))
	}
	fmt.Fprintf(e.stdout, "%s; %s\n", plural(res.Pages, "page"), statesOf(res))
	fmt.Fprintf(e.stdout, "%s: %d written, %d unchanged, %d deleted, in %s\n",
		filepath.ToSlash(c.Out), stats.Written, stats.Unchanged, stats.Deleted, took(start))
	return nil
}

func took(start time.Time) string {
	return fmt.Sprintf("%.2f s", time.Since(start).Seconds())
}

// failed returns the error of a command that showed these diagnostics.
func failed(l diag.List) error {
	if l.HasErrors() {
		return errSaid
	}
	return nil
}
