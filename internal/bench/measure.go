package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// A bench is what all measurements share.
type bench struct {
	dir  string // for programs and corpora
	out  string // for what is built
	runs int
	only []string
}

func (b *bench) wants(name string) bool { return len(b.only) == 0 || slices.Contains(b.only, name) }

// A cost is what one run took.
type cost struct {
	wall, cpu time.Duration
	memory    int64 // bytes, at its peak
	files     int
	bytes     int64
}

// A contender is one program with what it is to do.
type contender struct {
	name string
	args func(out string) (program string, args []string)
	out  func(run int) string // "" where it writes nothing
}

// measure runs the contenders in turn, and prints what they took.
func (b *bench) measure(pages int) error {
	outputs, err := os.MkdirTemp(b.out, "output-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(outputs)
	form := func(name string) string { return filepath.Join(b.corpus(pages), name) }
	fresh := func(name string) func(int) string {
		return func(run int) string { return filepath.Join(outputs, fmt.Sprintf("%s-%d", name, run)) }
	}
	readout := func(out string) (string, []string) {
		return "readout", []string{"build", "--content", form("readout"), "--out", out}
	}
	all := []contender{
		{"readout", readout, fresh("readout")},
		{"hugo", func(out string) (string, []string) {
			return "hugo", []string{"build", "--quiet", "--source", form("hugo"), "--destination", out}
		}, fresh("hugo")},
		{"bare", func(out string) (string, []string) {
			return "bare", []string{filepath.Join(form("hugo"), "content"), out}
		}, fresh("bare")},
		{"goldmark", func(string) (string, []string) {
			return "bare", []string{form("markdown")}
		}, nil},
		{"readout again", readout, fresh("readout")},
	}
	all = slices.DeleteFunc(all, func(c contender) bool { return !b.wants(c.name) })
	// The receipts are written once; without them each quotation is a warning.
	if _, err := b.once("readout", "verify", "--content", form("readout")); err != nil {
		return err
	}
	costs := make([][]cost, len(all))
	for run := range b.runs {
		for i, c := range all {
			out := ""
			if c.out != nil {
				out = c.out(run)
			}
			program, args := c.args(out)
			took, err := b.once(program, args...)
			if err != nil {
				return err
			}
			if out != "" {
				if took.files, took.bytes, err = weigh(out); err != nil {
					return err
				}
			}
			costs[i] = append(costs[i], took)
			fmt.Fprintf(os.Stderr, "run %d: %-14s %6.2f s wall, %6.2f s CPU, %5d MB\n", run+1, c.name, took.wall.Seconds(), took.cpu.Seconds(), took.memory>>20)
		}
	}
	printTable(pages, b.runs, all, costs)
	return nil
}

// once runs a program and returns what it took.
func (b *bench) once(program string, args ...string) (cost, error) {
	cmd := exec.Command(b.program(program), args...)
	cmd.Dir = filepath.Dir(cmd.Path) // away from the work tree, whose templates would be a project's own
	return measureRun(cmd)
}

// measureRun runs a command and returns what it and its children took.
func measureRun(cmd *exec.Cmd) (cost, error) {
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err != nil {
		return cost{}, fmt.Errorf("%s: %w\n%s", cmd, err, said.Bytes())
	}
	c := cost{wall: wall, cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.memory = usage.Maxrss << 10 // Linux counts in kilobytes
	}
	return c, nil
}

// weigh counts a folder's files and their bytes.
func weigh(dir string) (files int, bytes int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		files++
		bytes += info.Size()
		return nil
	})
	return files, bytes, err
}

// printTable prints medians, and how they compare to Hugo's and to those of
// the bare pipeline. A ratio is the median of the ratios of each run, since
// what disturbs a run disturbs its neighbour.
func printTable(pages, runs int, all []contender, costs [][]cost) {
	fmt.Printf("\n%d pages, medians of %d runs in turn\n\n", pages, runs)
	fmt.Println("| | wall | CPU | memory | files | bytes | CPU per page |")
	fmt.Println("|---|--:|--:|--:|--:|--:|--:|")
	for i, c := range all {
		wall, cpu := median(costs[i], cost.wallSeconds), median(costs[i], cost.cpuSeconds)
		last := costs[i][len(costs[i])-1]
		fmt.Printf("| %s | %.2f s | %.2f s | %.0f MB | %d | %.1f MB | %.2f ms |\n",
			c.name, wall, cpu, median(costs[i], cost.megabytes), last.files, float64(last.bytes)/1e6, cpu*1e3/float64(pages))
	}
	for _, base := range []string{"hugo", "bare"} {
		k := slices.IndexFunc(all, func(c contender) bool { return c.name == base })
		if k < 0 {
			continue
		}
		fmt.Printf("\n| to %s | wall | CPU | memory | files | bytes |\n|---|--:|--:|--:|--:|--:|\n", base)
		for i, c := range all {
			if i == k || c.out == nil {
				continue
			}
			ratio := func(f func(cost) float64) float64 {
				list := make([]float64, runs)
				for r := range runs {
					list[r] = f(costs[i][r]) / f(costs[k][r])
				}
				return middle(list)
			}
			fmt.Printf("| %s | %.2f | %.2f | %.2f | %.2f | %.2f |\n", c.name, ratio(cost.wallSeconds), ratio(cost.cpuSeconds),
				ratio(cost.megabytes), ratio(cost.count), ratio(cost.volume))
		}
	}
	fmt.Println()
}

func (c cost) wallSeconds() float64 { return c.wall.Seconds() }
func (c cost) cpuSeconds() float64  { return c.cpu.Seconds() }
func (c cost) megabytes() float64   { return float64(c.memory) / 1e6 }
func (c cost) count() float64       { return float64(c.files) }
func (c cost) volume() float64      { return float64(c.bytes) }

func median(costs []cost, f func(cost) float64) float64 {
	list := make([]float64, len(costs))
	for i, c := range costs {
		list[i] = f(c)
	}
	return middle(list)
}

func middle(list []float64) float64 {
	slices.SortFunc(list, cmp.Compare[float64])
	return (list[(len(list)-1)/2] + list[len(list)/2]) / 2
}
