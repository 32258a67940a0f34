package search_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/unicode/norm"

	"readout/internal/build"
)

// chromium returns a browser, and skips the test where there is none.
// READOUT_BROWSER=required makes that a failure; READOUT_BROWSER=none skips the
// test where there is one.
func chromium(t *testing.T) context.Context {
	t.Helper()
	wanted := os.Getenv("READOUT_BROWSER")
	if wanted == "none" || testing.Short() {
		t.Skip("no browser is wanted")
	}
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	switch {
	case program == "" && wanted == "required":
		t.Fatal("there is no Chromium here, and READOUT_BROWSER=required")
	case program == "":
		t.Skip("there is no Chromium here")
	}
	opts := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		// A page that the browser kept as it was left would not show whether
		// its address says all.
		chromedp.Flag("disable-features", "BackForwardCache,Translate"))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal("Chromium does not start: ", err)
	}
	return ctx
}

// folder writes the site of a briefing into a folder.
func folder(t *testing.T, files []txtar.File) string {
	t.Helper()
	from, to := t.TempDir(), t.TempDir()
	write := func(dir, name string, data []byte) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range files {
		write(from, f.Name, f.Data)
	}
	opt := build.Options{
		Content: filepath.Join(from, "content"), Texts: []string{filepath.Join(from, "texts")},
		AllowUnverified: true, Embedded: os.DirFS("../.."),
	}
	if err := os.MkdirAll(opt.Texts[0], 0o755); err != nil {
		t.Fatal(err)
	}
	r, err := build.Build(t.Context(), opt, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Files == nil {
		t.Fatal(r.Diags)
	}
	for _, f := range r.Files {
		write(to, f.Path, f.Data)
	}
	return to
}

// host serves a folder below a path.
func host(t *testing.T, dir string) string {
	const below = "/some/briefing/"
	s := httptest.NewServer(http.StripPrefix(below, http.FileServer(http.Dir(dir))))
	t.Cleanup(s.Close)
	return s.URL + below
}

// A tab is a page in the browser. What is said on its console fails the test.
type tab struct {
	*testing.T
	ctx  context.Context
	base string
	mu   sync.Mutex
	said []string
}

func open(t *testing.T, browser context.Context, base string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	b := &tab{T: t, base: base}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	b.ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancel)
	err := chromedp.Listen(b.ctx, func(ev any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch ev := ev.(type) {
		case *runtime.EventExceptionThrown:
			b.said = append(b.said, fmt.Sprint(ev.ExceptionDetails.Text, ev.ExceptionDetails.Exception))
		case *runtime.EventConsoleAPICalled:
			b.said = append(b.said, fmt.Sprint(ev.Type, ev.Args))
		case *log.EventEntryAdded:
			b.said = append(b.said, ev.Entry.Text+" "+ev.Entry.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, s := range b.said {
			t.Errorf("on the console: %s", s)
		}
	})
	b.do(chromedp.EmulateViewport(1000, 800))
	// A page that glides has moved on when a click arrives where a thing was.
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}},
	}); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

func (b *tab) visit(path string) {
	b.Helper()
	b.do(chromedp.Navigate("about:blank"), chromedp.Navigate(b.base+path))
	// Its scripts are loaded once it has been drawn.
	b.holds(`!document.documentElement.dataset.theme || document.documentElement.matches(".ready")`)
}

// back goes back in the history. The page may still be at hand, so that
// nothing is loaded.
func (b *tab) back() {
	b.Helper()
	js[bool](b, "(setTimeout(() => history.back()), true)") // later: it may take the page away before it can answer
}

// js returns what an expression is in the page.
func js[T any](b *tab, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

// holds waits until a condition holds in the page.
func (b *tab) holds(condition string) {
	b.Helper()
	for range 1000 {
		if ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+condition+")")); ok && err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	b.Fatalf("at %s it does not come to hold: %s\n%s", js[string](b, "location.href"), condition, js[string](b, "document.querySelector('#search')?.innerText ?? ''"))
}

// is checks what an expression is.
func (b *tab) is(expression, want string) {
	b.Helper()
	if got := js[string](b, "String("+expression+")"); got != want {
		b.Errorf("%s is\n\t%q, not\n\t%q", expression, got, want)
	}
}

const (
	status = `document.querySelector("#search [role=status]").textContent`
	links  = `[...document.querySelectorAll("#search-results a")].map(a => a.href.replace(new URL(".", location), "")).join(" ")`
	about  = `decodeURIComponent(location.search.replaceAll("+", " "))`
)

// ask replaces the query, as typing does, and waits for the answer.
func (b *tab) ask(query string) {
	b.Helper()
	b.do(chromedp.Focus(chromedp.CSS("#search-q")))
	js[bool](b, `(document.querySelector("#search-q").select(), true)`)
	if query == "" {
		b.do(chromedp.KeyEvent(kb.Backspace))
		b.holds(about + ` === ""`)
		return
	}
	b.do(chromedp.KeyEvent(query))
	b.holds(fmt.Sprintf(`%s.includes(%q) && / results?/.test(%s)`, about, "q="+strings.TrimSpace(query), status))
}

func bridge(t *testing.T) []txtar.File {
	t.Helper()
	a, err := txtar.ParseFile("testdata/bridge.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return a.Files
}

func TestPage(t *testing.T) {
	browser := chromium(t)
	dir := folder(t, bridge(t))
	for name, base := range map[string]string{"http": host(t, dir), "file": "file://" + filepath.ToSlash(dir) + "/"} {
		t.Run(name, func(t *testing.T) {
			b := open(t, browser, base)
			b.visit("search.html")
			b.holds(`!document.querySelector("#search").hidden`)
			b.is(status, "")
			b.is(`document.querySelector("#search [role=status]").getAttribute("aria-live") ?? "polite"`, "polite")

			// Words, their beginnings, and misspelt ones.
			b.ask("toll")
			b.is(status, "2 results")
			b.is(links, "sources/gazette.html#toll issues/bridge.html#toll")
			b.is(`document.querySelector("#search-results mark").textContent`, "toll")
			b.is(`document.querySelector("#search-results li .meta").textContent`,
				"± For, if Ada Quill · relayed · A toll on every crossing · 5 May 2031 · Envoys meet at the harbour · The Gazette")
			b.is(`document.querySelector("#search-results li p:last-child").textContent`, "“a small toll on the bridge [...]”")
			b.ask("northlnad")
			b.is(status, "4 results; “northlnad” is nowhere: taken for northland")
			b.ask("zzzz")
			b.is(status, "0 results; “zzzz” is nowhere")
			b.is(links, "")

			// Quotations, in marks or pasted.
			b.ask(`"on the bridge`)
			b.is(status, "1 result")
			b.ask(`“I wouldn't cross it” he said - not for 3.5`)
			b.is(status, "1 result, word for word")
			b.is(links, "sources/gazette.html#unsafe")
			b.is(`document.querySelector("#search-results mark").textContent`, "I wouldn't cross it,” he said—not for 3.5")
			b.ask("harbour skippers will never cross that bridge")
			b.is(status+`.startsWith("0 results")`, "true")

			// The whole text of a source leads to its paragraph.
			b.ask("winter planks")
			b.is(links, "sources/herald.html#p2")
			b.do(chromedp.Click(chromedp.CSS("#search-results a")))
			b.holds(`location.href.endsWith("/sources/herald.html#p2") && document.querySelector("#p2").textContent.includes("planks")`)
			b.back()
			b.holds(links + ` === "sources/herald.html#p2"`)
			b.is(`document.querySelector("#search-q").value`, "winter planks")
			b.ask("")
			b.is(links, "")
		})
	}
}

func TestFacets(t *testing.T) {
	b := open(t, chromium(t), host(t, folder(t, bridge(t))))
	const shown = `[...document.querySelectorAll("#search fieldset label")].filter(e => !e.hidden).map(e => e.innerText.trim()).join("; ")`
	b.visit("search.html?q=bridge")
	b.holds(status)
	b.is(status, "7 results")
	b.is(shown, "all; issues 1; meetings 1; claims 3; pages 2")
	b.do(chromedp.Click(chromedp.CSS("#search [value=claim]")))
	b.holds(`document.querySelectorAll("#search-results li").length === 3 && ` + status)
	b.is("location.search", "?q=bridge&kind=claim")
	b.is(shown, "all; issues 1; meetings 1; claims 3; pages 2")

	b.do(chromedp.Click(chromedp.CSS("#search summary")))
	b.holds(`document.querySelector("[name=actor]").options.length > 1`)
	b.is(`[...document.querySelector("[name=actor]").options].map(o => o.text).join("; ")`, "any; Southland (3); Ada Quill (1); Northland (1); Zoë Çelik (1)")
	js[bool](b, `(document.querySelector("[name=actor]").value = "zoe-celik", document.querySelector("[name=actor]").dispatchEvent(new Event("input", {bubbles: true})), true)`)
	b.holds(links + ` === "sources/gazette.html#ferry"`)
	b.is("location.search", "?q=bridge&kind=claim&actor=zoe-celik")

	// Back, and once more.
	b.back()
	b.holds(`document.querySelectorAll("#search-results li").length === 3`)
	b.is(`document.querySelector("[name=actor]").value`, "")
	b.back()
	b.holds(`document.querySelectorAll("#search-results li").length === 7`)
	b.is(`document.querySelector("[name=kind]:checked").value`, "")

	// Facets alone, from the address.
	for _, test := range []struct{ query, want string }{
		{"kind=meeting", "meetings/harbour.html"},
		{"actor=zoe-celik", "actors/zoe-celik.html sources/gazette.html#ferry"},
		{"actor=nobody", ""},
		{"direct=unnamed", "sources/gazette.html#unsafe"},
		{"direct=relayed&actor=ada-quill", "sources/gazette.html#toll"},
		{"direct=nobody", ""},
		{"kind=claim&issue=bridge&by=newest", "sources/herald.html#kept sources/gazette.html#toll sources/gazette.html#ferry"},
		{"kind=claim&by=oldest", "sources/gazette.html#unsafe sources/gazette.html#toll sources/gazette.html#ferry sources/herald.html#kept"},
		{"source=herald", "sources/herald.html sources/herald.html#kept"},
		{"issue=bridge&kind=claim", "sources/herald.html#kept sources/gazette.html#toll sources/gazette.html#ferry"},
		{"from=2031-06-01", "sources/herald.html sources/herald.html#kept"},
		{"to=2031-04-01", "sources/gazette.html#unsafe"},
		{"q=planks&other=1", "sources/herald.html#p2"},
		{"q=unnamed&kind=claim", "sources/gazette.html#unsafe"},
		{"q=harbour&from=2031-05-04&to=2031-05-04", "meetings/harbour.html"},
	} {
		b.visit("search.html?" + test.query)
		b.holds(status)
		b.is(links, test.want)
		b.is(`document.querySelector("#search details").open`, fmt.Sprint(!strings.HasPrefix(test.query, "q=planks") && !strings.HasPrefix(test.query, "q=unnamed") && test.query != "kind=meeting"))
	}
}

// TestNewBuild searches a page that was opened before the site was built anew.
func TestNewBuild(t *testing.T) {
	browser := chromium(t)
	files := bridge(t)
	dir := folder(t, files)
	b := open(t, browser, host(t, dir))
	b.visit("search.html?q=toll")
	b.holds(status)
	for i := range files {
		if files[i].Name == "content/index.md" {
			files[i].Data = slices.Concat(files[i].Data, []byte("\nA toll was never paid.\n"))
		}
	}
	if err := os.CopyFS(dir+"/new", os.DirFS(folder(t, files))); err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{"index.js", "t/0.js", "d/0.js", "f/0.js"} {
		if err := os.Rename(dir+"/new/search/"+f, dir+"/search/"+f); err != nil {
			t.Fatal(err)
		}
	}
	js[bool](b, `(document.querySelector("#search summary").click(), true)`) // needs another part
	b.ask("toll was never paid")
	b.is(status, "1 result")

	// And where there is no index at all.
	if err := os.RemoveAll(dir + "/search"); err != nil {
		t.Fatal(err)
	}
	b.visit("search.html?q=toll")
	b.holds(status)
	b.is(status, "The index could not be read.")
	b.mu.Lock()
	b.said = nil // the browser says what is missing
	b.mu.Unlock()
}

func TestKeyboard(t *testing.T) {
	b := open(t, chromium(t), host(t, folder(t, bridge(t))))
	b.visit("issues/bridge.html")
	b.do(chromedp.KeyEvent("/"))
	b.holds(`document.activeElement.id === "search-q" && document.querySelector("#search").onsubmit`)
	b.do(chromedp.KeyEvent("ferry"), chromedp.KeyEvent(kb.Enter))
	b.holds(status)
	b.is("location.search", "?q=ferry")
	b.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	b.is(`document.activeElement === document.querySelectorAll("#search-results a")[1]`, "true")
	b.do(chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.ArrowUp))
	b.is("document.activeElement.id", "search-q")
	b.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Escape))
	b.is("document.activeElement.id", "search-q")
	b.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
	b.holds(`!location.href.includes("search.html")`)
}

// TestMany holds the page to the answers of reading everything, where there is
// more than a screen of them.
func TestMany(t *testing.T) {
	browser := chromium(t)
	files := []txtar.File{{Name: "content/site.yaml", Data: []byte("title: Many\n")}}
	want := map[string]bool{}
	for i := range 60 {
		text := strings.Repeat("grey water ran under the old stone arch. ", 40)
		if i%5 == 0 {
			// Far down, and across the end of a paragraph.
			text = strings.Repeat(text, 4) + "\n\nAt last the ferryman\n\nwould not sail again."
			want[fmt.Sprintf("page-%02d.html", i)] = true
		}
		files = append(files, txtar.File{Name: fmt.Sprintf("content/page-%02d.md", i), Data: fmt.Appendf(nil, "---\ntitle: Page %d\n---\n%s\n", i, text)})
	}
	b := open(t, browser, host(t, folder(t, files)))
	b.visit("search.html")
	b.ask(`"old stone arch"`)
	b.is(status, "60 results")
	b.is(`document.querySelectorAll("#search-results li").length`, "10")
	b.is(`document.querySelector("#search-more").textContent`, "Show more (50 left)")
	b.do(chromedp.Click(chromedp.CSS("#search-more")))
	b.holds(`document.querySelectorAll("#search-results li").length === 20`)
	b.is(`document.activeElement === document.querySelectorAll("#search-results a")[10]`, "true")

	for _, q := range []string{"the ferryman would not sail", "last the ferryman would not sail again", `"ferryman would"`} {
		b.ask(q)
		b.is(status+`.startsWith("12 results")`, "true")
		b.do(chromedp.Click(chromedp.CSS("#search-more")))
		b.holds(`document.querySelectorAll("#search-results li").length === 12`)
		for _, href := range strings.Fields(js[string](b, links)) {
			if !want[href] {
				t.Errorf("%s: %s does not hold it", q, href)
			}
		}
	}
}

// TestNamed finds first what bears the very name, where others have it in
// theirs and would come before.
func TestNamed(t *testing.T) {
	b := open(t, chromium(t), host(t, folder(t, []txtar.File{
		{Name: "content/site.yaml", Data: []byte("title: Tolls\n")},
		{Name: "content/actors/office.md", Data: []byte("---\nname: Bridge toll office\ntype: organisation\n---\n")},
		{Name: "content/issues/bridge-toll.md", Data: []byte("---\ntitle: Bridge toll\n---\n")},
	})))
	b.visit("search.html?q=bridge+toll")
	b.holds(status)
	b.is(links, "issues/bridge-toll.html actors/office.html")
	b.ask("toll bridge")
	b.is(links, "actors/office.html issues/bridge-toll.html")
}

func TestWithoutScript(t *testing.T) {
	b := open(t, chromium(t), host(t, folder(t, bridge(t))))
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.visit("search.html")
	b.is(`document.querySelector("#search").checkVisibility()`, "false")
	b.is(`[...document.querySelectorAll(".index a")].filter(a => a.checkVisibility()).length >= 9`, "true")
}

// TestForms asks from the pages that have a box of their own.
func TestForms(t *testing.T) {
	browser := chromium(t)
	dir := folder(t, bridge(t))
	for name, base := range map[string]string{"http": host(t, dir), "file": "file://" + filepath.ToSlash(dir) + "/"} {
		t.Run(name, func(t *testing.T) {
			b := open(t, browser, base)
			b.visit("index.html")
			b.do(chromedp.Focus(chromedp.CSS("#page-find")), chromedp.KeyEvent("mend the pier"), chromedp.KeyEvent(kb.Enter))
			b.holds(`location.pathname.endsWith("/search.html") && ` + status)
			b.is(links, "sources/herald.html#p1")
			b.is(`document.querySelector("#search-q").value`, "mend the pier")

			// What is not asked for leads to the whole list.
			b.visit("index.html")
			b.do(chromedp.Click(chromedp.CSS(".find .meta a")))
			b.holds(`location.hash === "#page-index" && document.querySelector("#page-index h2").getBoundingClientRect().top < 200`)

			// Nor is anything lost without a script.
			if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
				t.Fatal(err)
			}
			b.visit("index.html")
			b.do(chromedp.Focus(chromedp.CSS("#page-find")), chromedp.KeyEvent("pier"), chromedp.KeyEvent(kb.Enter))
			b.holds(`location.href.endsWith("/search.html?q=pier") && document.querySelector("noscript").checkVisibility()`)
			b.is(`document.querySelector("#letter-t a").checkVisibility()`, "true")
		})
	}
	t.Run("no such page", func(t *testing.T) {
		page, err := os.ReadFile(filepath.Join(dir, "404.html"))
		if err != nil {
			t.Fatal(err)
		}
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "the-ferry.html") {
				w.Write(page)
				return
			}
			http.FileServer(http.Dir(dir)).ServeHTTP(w, r)
		}))
		t.Cleanup(s.Close)
		b := open(t, browser, s.URL+"/")
		b.visit("actors/the-ferry.html")
		b.holds(`document.querySelector("#page-find").value === "the ferry"`)
		b.do(chromedp.Click(chromedp.CSS(".find button")))
		b.holds(`location.pathname === "/search.html" && ` + status)
		b.is(status+`.startsWith("0 ")`, "false")
	})
}

// TestFolding finds texts of many scripts by what a reader may paste, in the
// browser: its words must be those of the index.
func TestFolding(t *testing.T) {
	browser := chromium(t)
	files := []txtar.File{{Name: "content/site.yaml", Data: []byte("title: Scripts\n")}}
	texts := []string{
		"It’s said – or so they say – that “the Ferry” sails, at 3.5 knots",
		"Zoë Çelik met Łukasz in İzmir, near ÅNGSTRÖM Street and Straße",
		"a soft\u00adhyphen and a zero\u200bwidth space in one\u00a0line of text",
		"ﬁne ﬂags flew at Ⅳ and ｆｕｌｌ width with 10² and 1½ of them",
		"Мой дядя самых честных правил, когда не в шутку занемог, йод и ёлка",
		"ΣΊΣΥΦΟΣ και ο βράχος του, ξανά και ξανά στον λόφο",
		"安全保障について話し合い、がんばりました。東京で",
		"ภาษาไทยไม่มีช่องว่างระหว่างคำ",
		"한국어 문장은 띄어쓰기를 합니다 그래서 단어가 있다",
		"שָׁלוֹם עֲלֵיכֶם אמר האיש ליד הנהר הגדול",
		"قَالَ الرَّجُل إنّ الجسر مغلق حتى الشتاء القادم",
		"हिन्दी में लिखा हुआ एक वाक्य जो पुल के बारे में है",
		"𝔉𝔯𝔞𝔨𝔱𝔲𝔯 letters and 𝒮𝒸𝓇𝒾𝓅𝓉 ones, 👍🏽 ❤️ and 𠮷野家 besides",
	}
	for i, text := range texts {
		files = append(files, txtar.File{Name: fmt.Sprintf("content/page-%02d.md", i), Data: fmt.Appendf(nil, "---\ntitle: Page %d\n---\nBefore it. %s. After it.\n", i, text)})
	}
	b := open(t, browser, host(t, folder(t, files)))
	for i, text := range texts {
		for _, q := range []string{text, strings.ToUpper(text), norm.NFD.String(text)} {
			b.visit("search.html?q=" + url.QueryEscape(q))
			b.holds(status)
			b.is(status, "1 result, word for word")
			b.is(links, fmt.Sprintf("page-%02d.html", i))
		}
	}
}
