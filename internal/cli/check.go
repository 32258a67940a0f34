package cli

import (
	"fmt"
	"time"

	"readout/internal/build"
)

type checkCmd struct {
	inputs
	Format string `default:"text" enum:"text,json" placeholder:"text|json" help:"How to write the diagnostics (default: text); json is one object to the line."`
}

func (*checkCmd) Help() string {
	return `Exit status 1 if there is an error, so that it can stand in a script or a commit hook. With the texts at hand each quotation is sought anew; without them it is held against its receipt.

Example: readout check --texts ../articles`
}

// Run reports all diagnostics.
func (c *checkCmd) Run(e *env) error {
	start := time.Now()
	opt, err := c.options(e)
	if err != nil {
		return err
	}
	opt.Forget, opt.Frugal = true, true
	done := working(e.stderr, &opt)
	res, err := build.Check(e.ctx, opt, nil)
	done()
	if err != nil {
		return err
	}
	if c.Format == "json" {
		err = res.Diags.WriteJSON(e.stdout)
	} else {
		err = res.Diags.WriteText(coloured(e.stdout))
	}
	if err != nil {
		return err
	}
	if len(res.Diags) > manyDiags {
		fmt.Fprintln(e.stderr, "In short:")
		if err := res.Diags.WriteTally(coloured(e.stderr)); err != nil {
			return err
		}
	}
	fmt.Fprintf(e.stderr, "%s; %s, in %s\n", res.Diags.Summary(), statesOf(res), took(start))
	return failed(res.Diags)
}

// manyDiags is how many diagnostics nobody reads through: more than a screen.
const manyDiags = 20
