package serve

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"readout/internal/build"
)

var (
	measured = flag.String("measured", "../../content", "briefing that TestSaveToScreen measures; it is copied, and edited in the copy")
	texts    = flag.String("texts", "", "folder with the texts of its articles")
	edited   = flag.String("edited", "", "file of the briefing that is edited; by default the first source")
	saves    = flag.Int("saves", 30, "saves that are measured")
)

// TestSaveToScreen measures what an editor waits for: from the rename that
// ends a save to the end of the update of the page on screen, in Chromium,
// and where that time goes. It has no limit to keep: see what it prints with
//
//	go test ./internal/serve -run TestSaveToScreen -v -saves 100 -measured DIR -texts DIR
func TestSaveToScreen(t *testing.T) {
	s := &site{t: t, dir: filepath.Join(t.TempDir(), "content")}
	s.do(os.CopyFS(s.dir, os.DirFS(*measured)))
	name := *edited
	if name == "" {
		s.do(fs.WalkDir(os.DirFS(s.dir), "sources", func(p string, _ fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(p, ".md") && name == "" {
				name = p
			}
			return err
		}))
	}
	data, err := os.ReadFile(s.path(name))
	s.do(err)
	_, rest, ok := bytes.Cut(data, []byte("\n---\n"))
	if !ok {
		t.Fatalf("%s has no front matter", name)
	}
	head := data[:len(data)-len(rest)]

	var mu sync.Mutex
	var began time.Time
	stages := map[string][]time.Duration{}
	var order []string
	note := func(stage string, d time.Duration) {
		if stages[stage] == nil {
			order = append(order, stage)
		}
		stages[stage] = append(stages[stage], d)
	}
	cache := build.NewCache()
	templates := filepath.Join(t.TempDir(), "templates")
	s.do(os.CopyFS(templates, os.DirFS("../../templates")))
	opt := build.Options{Content: s.dir, Templates: templates, Embedded: os.DirFS("../.."), Drafts: true, Lazy: true}
	if *texts != "" {
		opt.Texts = []string{*texts}
	}
	start := time.Now()
	first := true
	s.run(Options{
		Addr: "127.0.0.1:0", Watch: []string{s.dir, templates}, Content: s.dir,
		Build: func(ctx context.Context, c Change) (*build.Result, error) {
			begin := time.Now()
			opt.Edited, opt.Idle = c.Files, c.Idle
			r, err := build.Build(ctx, opt, cache)
			mu.Lock()
			defer mu.Unlock()
			if !first && err == nil && !c.Idle {
				note("watch", begin.Sub(began))
				for _, x := range r.Timings {
					note(x.Stage, x.Wall)
				}
				note("build", time.Since(begin))
			}
			first = false
			return r, err
		},
	})
	if _, body := s.get("/"); !strings.Contains(body, "</html>") {
		t.Fatalf("there is no site:\n%s", s.logged())
	}
	t.Logf("first build and home page: %s", time.Since(start).Round(time.Millisecond))

	stem := strings.TrimSuffix(name, ".md")
	ctx := s.open(stem + ".html")
	js[bool](s, ctx, `(document.addEventListener("readout:update", () => { window.updated = performance.timeOrigin + performance.now(); }), window.token = 1, true)`)
	// measure saves a file again and again, each time with other words, and
	// returns how long they take to be on screen.
	measure := func(n int, save func(words string)) (took []time.Duration) {
		for i := range n + 3 {
			words := fmt.Sprintf("Save number %d.", i)
			mu.Lock()
			save(words)
			began = time.Now()
			saved := began
			mu.Unlock()
			s.holds(ctx, fmt.Sprintf(`window.updated > %d && document.body.textContent.includes(%q)`, saved.UnixMilli()-1, words))
			at := js[float64](s, ctx, `window.updated`)
			if i >= 3 { // the first ones warm the browser up
				took = append(took, time.Duration(at*1e6)-time.Duration(saved.UnixNano()))
			}
			time.Sleep(30 * time.Millisecond)
		}
		return took
	}
	report := func(what string, took []time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		t.Logf("save to screen, %d saves of %s: %s", len(took), what, spread(took))
		for _, stage := range order {
			t.Logf("  %-10s %s", stage, spread(stages[stage]))
		}
		clear(stages)
		order = nil
	}
	report(name, measure(*saves, func(words string) {
		s.write(name, string(head)+words+"\n\n"+string(rest))
	}))
	base, err := os.ReadFile(filepath.Join(templates, "base.html"))
	s.do(err)
	at := bytes.LastIndex(base, []byte("</body>"))
	whole := s.dir
	s.dir = templates // for write
	report("a template", measure(*saves, func(words string) {
		s.write("base.html", string(base[:at])+"<p>"+words+"</p>"+string(base[at:]))
	}))
	s.dir = whole
	runtime.GC()
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	t.Logf("memory: %d MB live, %d MB taken from the system", mem.HeapAlloc>>20, mem.Sys>>20)
	if js[float64](s, ctx, `window.token`) != 1 {
		t.Errorf("the page was loaded anew")
	}
}

// spread returns the median, the 95th percentile and the most of durations.
func spread(list []time.Duration) string {
	list = slices.Sorted(slices.Values(list))
	at := func(p int) time.Duration { return list[min(len(list)-1, len(list)*p/100)].Round(10 * time.Microsecond) }
	return fmt.Sprintf("median %s, p95 %s, most %s", at(50), at(95), at(100))
}
