package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"readout/internal/ingest"
	"readout/internal/load"
	"readout/internal/output"
)

type initCmd struct {
	Title string `placeholder:"TITLE" help:"Title of the briefing; by default the name of the folder."`
	Dir   string `arg:"" placeholder:"DIR" help:"The new folder, which must be empty or not there yet."`
}

func (*initCmd) Help() string {
	return `Writes an empty briefing that builds: its settings, a home page, a page about it, a README, and what git, GitHub Pages, VS Code and Obsidian need.

Example: readout init harbour-talks --title "Harbour talks"`
}

// Run writes an empty briefing.
func (c *initCmd) Run(e *env) error {
	title := c.Title
	if title == "" {
		abs, err := filepath.Abs(c.Dir)
		if err != nil {
			return err
		}
		title = filepath.Base(abs)
	}
	entries, err := os.ReadDir(c.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, x := range entries {
		if x.Name() != ".git" { // a repository that holds nothing yet is as good as empty
			return fmt.Errorf("%s is not empty (it has %s): choose a new folder", c.Dir, x.Name())
		}
	}
	for _, f := range ingest.Init(title) {
		name := filepath.Join(c.Dir, filepath.FromSlash(f.Path))
		if _, err := output.WriteFile(name, f.Data); err != nil {
			return err
		}
		if f.Executable {
			if err := output.MakeExecutable(name); err != nil {
				return err
			}
		}
		fmt.Fprintf(e.stdout, "written %s\n", filepath.ToSlash(name))
	}
	// The folder of private texts is ignored by git, and so cannot be one of
	// the files.
	if err := output.MakeFolder(filepath.Join(c.Dir, "content", load.PrivateName)); err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "next: cd %s, then: readout serve\n", c.Dir)
	fmt.Fprintln(e.stdout, "next: bring an article in with: readout import FILE (README.md goes on from there)")
	return nil
}
