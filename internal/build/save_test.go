package build

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"readout/internal/bench/corpus"
)

var saveTitle = flag.Bool("title", false, "BenchmarkSave changes the title too, by which others know the source")

var savePages = flag.Int("pages", 10_000, "pages of the briefing that BenchmarkSave saves a file of")

// BenchmarkSave is what a preview does after a save: a lazy build with a warm
// cache that is told which source was edited, and the source's page. Custom
// metrics give the processor's time, which other programs do not distort.
func BenchmarkSave(b *testing.B) {
	dir := b.TempDir()
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		b.Fatal(err)
	}
	name := ""
	var data string
	for _, f := range corpus.New(*savePages).Briefing() {
		target := filepath.Join(dir, filepath.FromSlash(f.Path))
		write(b, target, f.Text)
		if name == "" && strings.HasPrefix(f.Path, "sources/") && strings.HasSuffix(f.Path, ".md") {
			name, data = target, f.Text
		}
	}
	head, rest, _ := strings.Cut(data, "\n---\n")
	page := "sources/" + strings.TrimSuffix(filepath.Base(name), ".md") + ".html"

	opt := options(dir)
	opt.Lazy = true
	cache := NewCache()
	if r := mustBuild(b, opt, cache); r.Files == nil {
		b.Fatal(diagText(r))
	}
	opt.Idle = true
	mustBuild(b, opt, cache)
	opt.Idle, opt.Edited = false, []string{name}
	stages := map[string]time.Duration{}
	began, saves := cpuTime(), 0
	for b.Loop() {
		saves++
		head := head
		if *saveTitle {
			head = strings.Replace(head, "title: ", fmt.Sprintf("title: %d ", saves), 1)
		}
		text := fmt.Sprintf("%s\n---\nSave number %d.\n\n%s", head, saves, rest)
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
		r := mustBuild(b, opt, cache)
		for _, x := range r.Timings {
			stages[x.Stage] += x.Wall
		}
		start := time.Now()
		if html, _ := r.Later.Page(page)(); !bytes.Contains(html, fmt.Appendf(nil, "Save number %d.", saves)) {
			b.Fatal("the page does not show what was saved")
		}
		stages["page"] += time.Since(start)
	}
	b.ReportMetric(float64(cpuTime()-began)/float64(saves)/1e6, "cpu-ms/op")
	for stage, took := range stages {
		b.ReportMetric(float64(took)/float64(saves)/1e6, stage+"-ms/op")
	}
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
