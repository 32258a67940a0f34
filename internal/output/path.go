package output

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// checkPaths refuses paths that cannot all be written on every system.
func checkPaths(files []staged) error {
	var errs []error
	seen := make(map[string]string, len(files))
	for _, f := range files {
		if err := checkPath(f.path); err != nil {
			errs = append(errs, err)
			continue
		}
		key := strings.ToLower(f.path)
		switch other, ok := seen[key]; {
		case ok && other == f.path:
			errs = append(errs, fmt.Errorf("two files of the site have one name: %s", f.path))
		case ok:
			errs = append(errs, fmt.Errorf("two files of the site differ only in case, which some systems do not tell apart: %s and %s", other, f.path))
		}
		seen[key] = f.path
	}
	for _, folder := range foldersOf(files) {
		if other, ok := seen[strings.ToLower(folder)]; ok {
			errs = append(errs, fmt.Errorf("%s is a file of the site, and a folder for others", other))
		}
	}
	return join(errs)
}

// checkPath refuses a path that leads out of the folder, is Readout's own, or
// cannot be stored on Linux, macOS or Windows.
// https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
func checkPath(p string) error {
	if !fs.ValidPath(p) || p == "." {
		return fmt.Errorf("%q is not a path within the output folder", p)
	}
	if first, _, _ := strings.Cut(p, "/"); p == manifestName || p == newName || first == stageName {
		return fmt.Errorf("%s is a name that Readout keeps for itself", p)
	}
	for name := range strings.SplitSeq(p, "/") {
		base, _, _ := strings.Cut(name, ".")
		switch i := strings.IndexFunc(name, isUnsafe); {
		case i >= 0:
			return fmt.Errorf("%q cannot be the name of a file on every system: it has %q", p, name[i])
		case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
			return fmt.Errorf("%q cannot be the name of a file on every system: Windows takes no point or space at the end", p)
		case (len(base) == 3 || len(base) == 4) && slices.Contains(devices, strings.ToLower(base)):
			return fmt.Errorf("%q cannot be the name of a file on every system: on Windows %s is a device", p, base)
		case len(name) > 255:
			return fmt.Errorf("%q cannot be the name of a file on every system: it has over 255 bytes", p)
		}
	}
	return nil
}

func isUnsafe(r rune) bool { return r < ' ' || r < 0x80 && strings.ContainsRune(`<>:"\|?*`, r) }

var devices = []string{
	"con", "prn", "aux", "nul",
	"com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
}

// foldersOf returns the folders that the files are in, outer ones first.
func foldersOf(files []staged) []string {
	set := make(map[string]bool)
	last := "."
	for _, f := range files {
		dir := path.Dir(f.path)
		if dir == last {
			continue
		}
		last = dir
		for ; dir != "." && dir != "/" && !set[dir]; dir = path.Dir(dir) {
			set[dir] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}
