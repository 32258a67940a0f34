package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A previewer is a program that shows a site while it is edited.
type previewer struct {
	name string
	form string // of the corpus
	args func(dir, port string) []string
}

var previewers = []previewer{
	{"readout", "readout", func(dir, port string) []string {
		return []string{"serve", "--content", dir, "--addr", "127.0.0.1:" + port}
	}},
	{"hugo", "hugo", func(dir, port string) []string {
		return []string{
			"server", "--source", dir, "--port", port, "--baseURL", "http://127.0.0.1/",
			"--renderToMemory", // its fastest, and it leaves no files
		}
	}},
}

// watching runs in every page before its own scripts. It notes when a number
// that was saved is first in the page, by the clock of the machine: a page
// may be loaded anew or brought up to date in its place.
const watching = `(() => {
	window.seen = {};
	const look = () => {
		for (const m of (document.body ? document.body.textContent : "").matchAll(/Save number (\d+)\./g))
			window.seen[m[1]] ??= performance.timeOrigin + performance.now();
	};
	new MutationObserver(look).observe(document, {childList: true, subtree: true, characterData: true});
	document.addEventListener("DOMContentLoaded", look);
})()`

// A wait is what a previewer let its editor wait for.
type wait struct {
	start  time.Duration   // until the home page answers
	saves  []time.Duration // from the rename of a source's file to its words in the page
	memory int64           // bytes, resident at the peak
}

// live measures from save to screen, in Chromium, for each previewer. They run
// one after the other, since two at a time would share the cores; each edits
// a copy of the corpus.
func (b *bench) live(pages int) error {
	var names []string
	waits := map[string]*wait{}
	for _, p := range previewers {
		if !b.wants(p.name) {
			continue
		}
		w, err := b.preview(p, pages)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		names = append(names, p.name)
		waits[p.name] = w
	}
	fmt.Printf("\n%d pages, %d saves of a source, from the rename of its file to its new words on the screen\n\n", pages, b.runs)
	fmt.Println("| | home page answers after | median | 95th percentile | most | memory |")
	fmt.Println("|---|--:|--:|--:|--:|--:|")
	for _, name := range names {
		w := waits[name]
		fmt.Printf("| %s | %.2f s | %d ms | %d ms | %d ms | %d MB |\n", name, w.start.Seconds(),
			w.at(50), w.at(95), w.at(100), w.memory/1e6)
	}
	if r, h := waits["readout"], waits["hugo"]; r != nil && h != nil {
		fmt.Printf("| readout to hugo | %.2f | %.3f | %.3f | %.3f | %.2f |\n", r.start.Seconds()/h.start.Seconds(),
			float64(r.at(50))/float64(h.at(50)), float64(r.at(95))/float64(h.at(95)), float64(r.at(100))/float64(h.at(100)),
			float64(r.memory)/float64(h.memory))
	}
	return nil
}

// at returns a percentile of the saves, in milliseconds.
func (w *wait) at(percent int) int64 {
	list := slices.Sorted(slices.Values(w.saves))
	return list[min(len(list)-1, len(list)*percent/100)].Milliseconds()
}

func (b *bench) preview(p previewer, pages int) (*wait, error) {
	dir, err := os.MkdirTemp(b.dir, "live-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(b.corpus(pages), p.form))); err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(b.program(p.name), p.args(dir, port)...)
	cmd.Dir = dir // away from the work tree, whose templates would be a project's own
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	defer func() {
		cmd.Process.Kill()
		cmd.Wait()
	}()
	address := "http://127.0.0.1:" + port + "/"
	if err := answers(address, 5*time.Minute); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, said.Bytes())
	}
	w := &wait{start: time.Since(start)}

	sources := filepath.Join(dir, "sources")
	if p.form == "hugo" {
		sources = filepath.Join(dir, "content", "sources")
	}
	entries, err := os.ReadDir(sources)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(entries, func(e os.DirEntry) bool { return e.Name() != "_index.md" })
	name := filepath.Join(sources, entries[i].Name())
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	head, rest, ok := strings.Cut(string(text), "\n---\n")
	if !ok {
		return nil, fmt.Errorf("%s has no front matter", name)
	}

	ctx, stop := browser()
	defer stop()
	err = chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watching})
		return err
	}), chromedp.Navigate(address+"sources/"+strings.TrimSuffix(entries[i].Name(), ".md")+".html"))
	if err != nil {
		return nil, err
	}
	const warming = 3 // saves that are not counted
	for n := range b.runs + warming {
		fresh := fmt.Sprintf("%s\n---\nSave number %d.\n\n%s", head, n, rest)
		if err := os.WriteFile(name+"~", []byte(fresh), 0o644); err != nil {
			return nil, err
		}
		saved := time.Now()
		if err := os.Rename(name+"~", name); err != nil {
			return nil, err
		}
		at, err := seen(ctx, n)
		if err != nil {
			return nil, fmt.Errorf("save %d: %w\n%s", n, err, said.Bytes())
		}
		if n >= warming {
			w.saves = append(w.saves, at.Sub(saved))
		}
		time.Sleep(time.Second) // Hugo's page, loaded anew, takes a moment to listen again
	}
	w.memory = peak(cmd.Process.Pid)
	return w, nil
}

// seen waits until the page shows a number, and returns since when.
func seen(ctx context.Context, n int) (time.Time, error) {
	expression := fmt.Sprintf("(window.seen && window.seen[%d]) || 0", n)
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		// While a page is loaded anew there is none to ask.
		if ms, err := chromedp.Run(ctx, chromedp.Evaluate[float64](expression)); err == nil && ms > 0 {
			return time.UnixMicro(int64(ms * 1e3)), nil
		}
	}
	return time.Time{}, errors.New("its words are not on the screen after a minute")
}

// browser starts a browser without a window.
func browser() (context.Context, func()) {
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.NoSandbox)
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			options = append(options, chromedp.ExecPath(found))
			break
		}
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(ctx)
	return ctx, func() { cancel(); stop() }
}

// answers waits until an address gives a whole page.
func answers(address string, limit time.Duration) error {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		r, err := http.Get(address)
		if err != nil {
			continue
		}
		body, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err == nil && r.StatusCode == http.StatusOK && bytes.Contains(body, []byte("</html>")) {
			return nil
		}
	}
	return fmt.Errorf("%s does not answer", address)
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// peak returns the most memory that a process had resident, in bytes; 0 where
// the system does not tell. See proc_pid_status(5).
func peak(pid int) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(line)
	if len(fields) == 0 {
		return 0
	}
	kB, _ := strconv.ParseInt(fields[0], 10, 64)
	return kB << 10
}
