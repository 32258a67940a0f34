package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"readout/internal/load"
)

// briefing fails if a folder is no content folder at all, and says where one
// is: most who get this stand one folder too high or too low. A folder with
// records and without settings is one, and lacks a file.
func briefing(content string) error {
	has := func(dir string) bool {
		_, err := os.Stat(filepath.Join(dir, load.SiteFile))
		return err == nil
	}
	info, err := os.Stat(content)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no content folder %s: %s", content, elsewhere(has))
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is a file: --content names the folder that has %s in it", content, load.SiteFile)
	case !has(content) && has(filepath.Join(content, "content")):
		return fmt.Errorf("%s has no %s, and %s has one: give --content %[3]s", content, load.SiteFile, filepath.Join(content, "content"))
	}
	return nil
}

// elsewhere says where the content folder may be.
func elsewhere(has func(dir string) bool) string {
	if has(".") {
		return "this is one; go one folder up, or give --content ."
	}
	found, err := filepath.Glob(filepath.Join("*", "content", load.SiteFile))
	if err == nil && len(found) > 0 {
		slices.Sort(found)
		dir := filepath.Dir(filepath.Dir(found[0]))
		return fmt.Sprintf("there is a briefing in %s; go there, or give --content %s", dir, filepath.Join(dir, "content"))
	}
	return "run this from the folder of a briefing, or name it with --content; readout init FOLDER begins a new one"
}
