package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// against measures this work tree beside another commit of it, in turn, over
// the same corpus: a first build, a build in which nothing changed, and a
// check. It fails if one of them takes more than limit times the CPU time. A
// commit that cannot build the corpus of today, which may use what is new, is
// no measure.
//
// A run on a machine that others use takes now more, now less; never less than
// the work itself. So two measures are taken of each, the median of the ratios
// of neighbouring runs and the ratio of the least of both, and the smaller of
// the two counts: noise alone must raise both to raise an alarm.
func (b *bench) against(revision string, pages int, limit float64) error {
	tree, err := os.MkdirTemp(b.dir, "before-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tree)
	if err := checkOut(revision, tree); err != nil {
		return err
	}
	build := exec.Command("go", "build", "-o", b.program("before"), ".")
	build.Dir = tree
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("building %s: %w", revision, err)
	}
	content := filepath.Join(b.corpus(pages), "readout")
	if _, err := b.once("readout", "verify", "--content", content); err != nil {
		return err
	}
	outputs, err := os.MkdirTemp(b.out, "output-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(outputs)

	var slower []error
	fmt.Printf("%d pages, beside %s; CPU time of %d runs of each in turn\n\n| | before | now | ratio |\n|---|--:|--:|--:|\n", pages, revision, b.runs)
	for _, work := range []struct {
		name string
		args func(program string, run int) []string
	}{
		{"build", func(program string, run int) []string {
			return []string{"build", "--content", content, "--out", filepath.Join(outputs, fmt.Sprintf("%s-%d", program, run))}
		}},
		{"build again", func(program string, _ int) []string {
			return []string{"build", "--content", content, "--out", filepath.Join(outputs, program+"-0")}
		}},
		{"check", func(string, int) []string {
			return []string{"check", "--content", content}
		}},
	} {
		var before, now, ratios []float64
		for run := range b.runs {
			var took [2]float64
			for i := range took {
				k := (i + run) % 2 // whoever is first finds the files cold
				program := []string{"before", "readout"}[k]
				c, err := b.once(program, work.args(program, run)...)
				if err != nil && program == "before" {
					fmt.Printf("\n%s cannot do this: there is nothing to compare with\n%v\n", revision, err)
					return nil
				}
				if err != nil {
					return err
				}
				took[k] = c.cpuSeconds()
			}
			before, now, ratios = append(before, took[0]), append(now, took[1]), append(ratios, took[1]/took[0])
		}
		ratio := min(middle(ratios), slices.Min(now)/slices.Min(before))
		fmt.Printf("| %s | %.2f s | %.2f s | %.2f |\n", work.name, middle(before), middle(now), ratio)
		if ratio > limit {
			slower = append(slower, fmt.Errorf("%s takes %.2f times the CPU time of %s; at most %.2f is let through", work.name, ratio, revision, limit))
		}
	}
	return errors.Join(slower...)
}

// checkOut writes the files of a commit of the work tree's repository into a
// folder.
func checkOut(revision, dir string) error {
	archive := exec.Command("git", "archive", "--format=tar", cmp.Or(revision, "HEAD"))
	unpack := exec.Command("tar", "-x", "-C", dir)
	var said strings.Builder
	archive.Stderr, unpack.Stderr = &said, &said
	pipe, err := archive.StdoutPipe()
	if err != nil {
		return err
	}
	unpack.Stdin = pipe
	if err := errors.Join(archive.Start(), unpack.Run(), archive.Wait()); err != nil {
		return fmt.Errorf("the files of %s: %w\n%s", revision, err, said.String())
	}
	return nil
}
