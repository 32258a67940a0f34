package build

import (
	"slices"
	"testing"
)

func TestProgress(t *testing.T) {
	var p Progress
	if p.String() != "" {
		t.Errorf("before the build: %q", &p)
	}
	for _, c := range []struct {
		stage       string
		done, total int64
		want        string
	}{
		{"parse", 0, 0, "reading"},
		{"parse", 12, 999, "reading 12 of 999 files"},
		{"link", 1, 5, "linking"},
		{"render", 3200, 10000, "rendering 3,200 of 10,000 pages and exports"},
		{"render", 1234567, 1000000, "rendering 1,000,000 of 1,000,000 pages and exports"},
		{"look for changes", 0, 0, "looking for changes"},
	} {
		p.begin(c.stage)
		p.done.Store(c.done)
		p.total.Store(c.total)
		if got := p.String(); got != c.want {
			t.Errorf("%s %d/%d: %q, want %q", c.stage, c.done, c.total, got, c.want)
		}
	}
}

// Every unit of a stage is counted once, whatever runs beside it.
func TestEachCounts(t *testing.T) {
	b := &builder{opt: Options{Progress: &Progress{}}}
	b.opt.Progress.begin("parse")
	done := make([]bool, 1000)
	b.each(0, len(done), func(i int) { done[i] = true })
	if got := b.opt.Progress.String(); got != "reading 1,000 of 1,000 files" || slices.Contains(done, false) {
		t.Errorf("%s", got)
	}
}
