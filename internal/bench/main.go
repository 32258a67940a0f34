// Command bench measures Readout beside Hugo, and beside the least that any
// generator does, over one corpus:
//
//	go run ./internal/bench -pages 1000,10000 -runs 5
//
// It makes the corpus (package corpus), builds Readout from this work tree and
// Hugo through the Go module proxy, and runs in turn
//
//	readout       a first build: quotations proved, everything exported
//	hugo          the same pages as a Hugo site
//	bare          read, goldmark, references, html/template, write
//	goldmark      read and goldmark, nothing else
//	readout again into the folder of its first build: nothing changed
//
// and prints the medians of wall time, CPU time (user and system, of the
// process and its children), peak resident memory, files and bytes, with
// their ratios. On a machine that others use too, only CPU time and ratios
// mean anything, and of these the ratios more.
//
// With -live it measures instead what an editor waits for, in Chromium, beside
// hugo server: from the rename that ends a save to the new words on the screen.
//
// With -against it measures this work tree beside another commit of it, and
// fails where it has become slower: what continuous integration asks.
//
//	go run ./internal/bench -pages 500 -against HEAD~1
//
// With -search it measures the search beside Pagefind's over the pages that
// Readout built: what indexing takes, what queries fetch, in Chromium, and
// whether the answers are whole. npm installs Pagefind; without it, Readout is
// measured alone.
//
//	go run ./internal/bench -pages 10000 -search
//
// Every first build has a folder of its own, and no output is deleted before
// the last run is over: ext4 does not use an inode again for minutes after its
// file is deleted, and seeks past each of them for every file that it makes.
// So a bench soon after another one measures that, unless -out leads to a
// memory file system, as /dev/shm is on Linux.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"readout/internal/bench/corpus"
)

const hugoVersion = "v0.165.0"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run() error {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	sizes := flag.String("pages", "1000", "sizes of the corpus, parted by commas")
	runs := flag.Int("runs", 5, "runs of each program, of which the median counts")
	dir := flag.String("dir", filepath.Join(cache, "readout-bench"), "folder for programs and corpora, kept from one bench to the next")
	out := flag.String("out", "", "folder for what is built; -dir if empty, a memory file system for a measure without the disk")
	only := flag.String("only", "", "programs to run, parted by commas; all if empty")
	corpusOnly := flag.Bool("corpus", false, "make the corpora and stop")
	against := flag.String("against", "", "commit to measure beside, instead of the others")
	limit := flag.Float64("limit", 1.3, "with -against: how many times its CPU time is too much")
	search := flag.Bool("search", false, "measure the search beside Pagefind's, -runs queries of each kind")
	live := flag.Bool("live", false, "measure from save to screen, -runs saves of each preview")
	flag.Parse()

	b := &bench{runs: *runs}
	if b.dir, err = filepath.Abs(*dir); err != nil {
		return err
	}
	b.out = cmp.Or(*out, b.dir)
	if *only != "" {
		b.only = strings.Split(*only, ",")
	}
	if *against != "" || *search {
		b.only = []string{"readout"}
	}
	if !*corpusOnly {
		if err := b.programs(); err != nil {
			return err
		}
	}
	for _, s := range strings.Split(*sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 100 {
			return fmt.Errorf("-pages: %q is no number of at least 100", s)
		}
		if *corpusOnly {
			fmt.Fprintf(os.Stderr, "making a corpus of %d pages in %s\n", n, b.corpus(n))
			if err := b.makeCorpus(n); err != nil {
				return err
			}
			continue
		}
		// By a program of its own: what this one has resident would count as
		// the peak of every program that it starts. See getrusage(2).
		self, err := os.Executable()
		if err != nil {
			return err
		}
		maker := exec.Command(self, "-corpus", "-pages", strconv.Itoa(n), "-dir", b.dir)
		maker.Stderr = os.Stderr
		if err := maker.Run(); err != nil {
			return err
		}
		measure := b.measure
		switch {
		case *live:
			measure = b.live
		case *search:
			measure = b.search
		case *against != "":
			measure = func(n int) error { return b.against(*against, n, *limit) }
		}
		if err := measure(n); err != nil {
			return err
		}
	}
	return nil
}

// programs builds what is measured. Hugo is built once.
func (b *bench) programs() error {
	bin := filepath.Join(b.dir, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return err
	}
	for _, c := range [][]string{
		{"build", "-o", b.program("readout"), "."},
		{"build", "-o", b.program("bare"), "./internal/bench/bare"},
		{"install", "github.com/gohugoio/hugo@" + hugoVersion},
	} {
		if c[0] == "install" {
			if _, err := os.Stat(b.program("hugo")); err == nil || !b.wants("hugo") {
				continue
			}
			fmt.Fprintln(os.Stderr, "building Hugo, which takes minutes")
		}
		cmd := exec.Command("go", c...)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOBIN="+bin)
		cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("go %s: %w (run from the project's folder)", strings.Join(c, " "), err)
		}
	}
	return nil
}

func (b *bench) program(name string) string { return filepath.Join(b.dir, "bin", name) }

func (b *bench) corpus(pages int) string {
	return filepath.Join(b.dir, fmt.Sprintf("corpus-%d", pages))
}

// makeCorpus writes the three forms of a corpus, and touches no file that is
// right already.
func (b *bench) makeCorpus(pages int) error {
	c := corpus.New(pages)
	for _, form := range []struct {
		name  string
		files []corpus.File
	}{
		{"readout", c.Briefing()},
		{"hugo", c.Hugo()},
		{"markdown", c.Markdown()},
	} {
		dir := filepath.Join(b.corpus(pages), form.name)
		wanted := map[string]bool{}
		for _, f := range form.files {
			name := filepath.Join(dir, filepath.FromSlash(f.Path))
			wanted[name] = true
			if old, err := os.ReadFile(name); err == nil && string(old) == f.Text {
				continue
			}
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(name, []byte(f.Text), 0o644); err != nil {
				return err
			}
		}
		err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
			switch {
			case err != nil || e.IsDir() || wanted[name]:
				return err
			case strings.HasSuffix(name, ".md") || strings.HasSuffix(name, ".txt") || strings.HasSuffix(name, ".html"):
				return os.Remove(name) // of an older generator
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
