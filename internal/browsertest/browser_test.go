// Package browsertest holds the pages to what they promise in a browser: that
// their scripts do what they should and are never needed, below a folder of a
// host and from a disk, on a phone and on a desk, without a word on the console
// and without a request to another host.
//
// The tests drive Chromium. Where there is none they are skipped, unless the
// environment says READOUT_BROWSER=required; READOUT_BROWSER=none skips them
// where there is one.
package browsertest

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"golang.org/x/tools/txtar"

	"readout/internal/build"
)

// browser is the one that all tests share, each in a context of its own that
// remembers nothing of the others.
var browser struct {
	ctx context.Context
	why string // why there is none
}

// rubbish is the folders that the tests leave behind.
var rubbish []string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		defer func() {
			for _, dir := range rubbish {
				os.RemoveAll(dir)
			}
		}()
		wanted := os.Getenv("READOUT_BROWSER")
		if wanted == "none" {
			browser.why = "READOUT_BROWSER=none"
			return m.Run()
		}
		program := ""
		for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
			if found, err := exec.LookPath(name); err == nil {
				program = found
				break
			}
		}
		if program == "" {
			browser.why = "there is no Chromium here"
			if wanted == "required" {
				fmt.Fprintln(os.Stderr, browser.why+", and READOUT_BROWSER=required")
				return 1
			}
			return m.Run()
		}
		opts := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
			chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
			// A desk has a mouse. A machine without a screen has none, and says so.
			chromedp.Flag("blink-settings", "primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4"))
		ctx, stop := chromedp.NewExecAllocator(context.Background(), opts...)
		defer stop()
		ctx, cancel := chromedp.NewContext(ctx)
		defer cancel()
		if err := chromedp.Do(ctx); err != nil {
			fmt.Fprintln(os.Stderr, "Chromium does not start:", err)
			return 1
		}
		browser.ctx = ctx
		return m.Run()
	}())
}

// need skips a test where there is no browser.
func need(t *testing.T) {
	t.Helper()
	if browser.why != "" {
		t.Skip("no test in a browser: " + browser.why)
	}
	if testing.Short() {
		t.Skip("no browser in a short test")
	}
}

// base is where the test's host has its sites.
const base = "/some/briefing/"

// A site is a built briefing, in a folder of a disk and below one of a host.
type site struct {
	dir   string
	http  string // ends with a slash
	pages []string
}

// makeSite builds a briefing. Its 404.html answers what is not there.
func makeSite(content string) (*site, error) {
	r, err := build.Build(context.Background(), build.Options{Content: content, BaseURL: "https://example.org" + base, Embedded: os.DirFS("../..")}, nil)
	if err != nil {
		return nil, err
	}
	if r.Files == nil {
		return nil, fmt.Errorf("%v", r.Diags)
	}
	dir, err := os.MkdirTemp("", "readout-site")
	if err != nil {
		return nil, err
	}
	rubbish = append(rubbish, dir)
	s := &site{dir: dir}
	for _, f := range r.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			return nil, err
		}
		if strings.HasSuffix(f.Path, ".html") {
			s.pages = append(s.pages, f.Path)
		}
	}
	files := http.StripPrefix(base, http.FileServer(http.Dir(dir)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, below := strings.CutPrefix(r.URL.Path, base)
		if info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); !below || err != nil || name != "" && info.IsDir() {
			page, _ := os.ReadFile(filepath.Join(dir, "404.html"))
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			w.Write(page)
			return
		}
		files.ServeHTTP(w, r)
	}))
	s.http = server.URL + base
	return s, nil
}

// ferry is the small briefing of testdata.
var ferry = sync.OnceValues(func() (*site, error) {
	a, err := txtar.ParseFile("testdata/ferry.txtar")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "readout-content")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for _, f := range a.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			return nil, err
		}
	}
	return makeSite(filepath.Join(dir, "content"))
})

// A tab is a page in the browser.
type tab struct {
	t     *testing.T
	ctx   context.Context
	base  string // of the site, ends with a slash
	mu    sync.Mutex
	said  []string // on the console
	asked []string // every address that was requested
	lost  string   // the address that is asked for, and is not there
}

const (
	desk  = 1280
	phone = 360
)

// open opens a tab of its own profile.
func open(t *testing.T, base string, width int, script bool) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	b := &tab{t: t, base: base}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(end)
	b.ctx = ctx
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	b.resize(width)
	if !script {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, s := range b.said {
			t.Errorf("on the console: %s", s)
		}
	})
	return b
}

func (b *tab) hear(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch ev := ev.(type) {
	case *runtime.EventConsoleAPICalled:
		for _, a := range ev.Args {
			b.said = append(b.said, fmt.Sprintf("%s: %s %s", ev.Type, a.Value, a.Description))
		}
	case *runtime.EventExceptionThrown:
		b.said = append(b.said, fmt.Sprintf("%s %v", ev.ExceptionDetails.Text, ev.ExceptionDetails.Exception))
	case *log.EventEntryAdded:
		if b.lost == "" || ev.Entry.URL != b.lost {
			b.said = append(b.said, fmt.Sprintf("%s: %s %s", ev.Entry.Level, ev.Entry.Text, ev.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		if !strings.HasSuffix(ev.Request.URL, "/icon.svg") { // which comes when the browser likes
			b.asked = append(b.asked, ev.Request.URL)
		}
	}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *tab) resize(width int) {
	b.t.Helper()
	if width < 600 {
		b.do(chromedp.EmulateViewport(int64(width), 700, chromedp.EmulateMobile, chromedp.EmulateTouch))
		return
	}
	b.do(chromedp.EmulateViewport(int64(width), 800))
}

// loaded says that a page is there, and that its scripts have run: readout.js
// says when it is ready, filters.js how many things it shows.
const loaded = `document.readyState === "complete" && (document.documentElement.dataset.theme === undefined || !document.querySelector("[data-src]") ||
	document.documentElement.matches(".ready") && !document.querySelector("#page-filters .shown:empty"))`

// visit opens a page of the site and waits for its scripts.
func (b *tab) visit(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate("about:blank"), chromedp.Navigate(b.base+path))
	b.holds(loaded)
}

// remembers visits a page and checks what an expression is there, which is
// what another page was told to remember. A browser under load hands that to
// the process of the next page in its own time, so that the page may have to
// be opened anew; and of pages on disk it loses it now and then, when their
// process ends: there a switch of the first page is clicked again.
func (b *tab) remembers(path, expression, want, first, again string) {
	b.t.Helper()
	rounds := 1
	if strings.HasPrefix(b.base, "file:") {
		rounds = 6
	}
	for round := range rounds {
		if round > 0 {
			b.visit(first)
			b.click(again)
			time.Sleep(time.Second)
		}
		for range 60 / rounds {
			b.visit(path)
			if js[string](b, "String("+expression+")") == want {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
	b.is(expression, want)
}

// js returns what an expression is in the page.
func js[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// run runs statements in the page.
func (b *tab) run(statements string) {
	b.t.Helper()
	js[bool](b, "(() => {"+statements+"; return true; })()")
}

// holds waits until a condition holds in the page.
func (b *tab) holds(condition string) {
	b.t.Helper()
	for range 600 {
		if ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+condition+")")); ok && err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	b.t.Fatalf("at %s it does not come to hold: %s", js[string](b, "location.href"), condition)
}

// is checks what an expression is.
func (b *tab) is(expression, want string) {
	b.t.Helper()
	if got := js[string](b, "String("+expression+")"); got != want {
		b.t.Errorf("at %s %s is\n\t%q, not\n\t%q", js[string](b, "location.href"), expression, got, want)
	}
}

// at returns the middle of the first line of what a selector finds, once it
// is in sight.
func (b *tab) at(selector string) (x, y float64) {
	b.t.Helper()
	p := js[[]float64](b, `(() => {
		const e = document.querySelector(`+quote(selector)+`);
		if (!e) return [];
		e.scrollIntoView({block: "center", behavior: "instant"});
		const r = e.getClientRects()[0];
		return [r.x + r.width / 2, r.y + r.height / 2];
	})()`)
	if len(p) != 2 {
		b.t.Fatalf("at %s there is no %s", js[string](b, "location.href"), selector)
	}
	return p[0], p[1]
}

// hover moves the mouse onto what a selector finds.
func (b *tab) hover(selector string) {
	b.t.Helper()
	x, y := b.at(selector)
	b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y))
}

// click presses what a selector finds, with a mouse or, on a phone, a finger.
func (b *tab) click(selector string) {
	b.t.Helper()
	x, y := b.at(selector)
	if js[bool](b, `matchMedia("(hover: none)").matches`) {
		b.do(chromedp.TapXY(x, y))
		return
	}
	b.do(chromedp.MouseClickXY(x, y))
}

func (b *tab) keys(keys string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys))
}

// choose sets a field as a reader does.
func (b *tab) choose(selector, value string) {
	b.t.Helper()
	b.run(`const e = document.querySelector(` + quote(selector) + `); e.value = ` + quote(value) +
		`; if (e.value !== ` + quote(value) + `) throw new Error("no such choice"); e.dispatchEvent(new Event("change", {bubbles: true}))`)
}

func quote(s string) string { return fmt.Sprintf("%q", s) }

// everywhere runs a test of the small briefing from a host and from a disk,
// on a desk and on a phone.
func everywhere(t *testing.T, f func(b *tab, width int)) {
	need(t)
	s, err := ferry()
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range []struct{ name, base string }{{"host", s.http}, {"disk", "file://" + filepath.ToSlash(s.dir) + "/"}} {
		for _, width := range []int{desk, phone} {
			t.Run(fmt.Sprintf("%s/%d", from.name, width), func(t *testing.T) { f(open(t, from.base, width, true), width) })
		}
	}
}
