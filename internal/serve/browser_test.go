package serve

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// open opens a page in a browser. The test is skipped where there is none,
// and with READOUT_BROWSER=none; READOUT_BROWSER=required makes that a failure.
func (s *site) open(path string) context.Context {
	s.t.Helper()
	wish := os.Getenv("READOUT_BROWSER")
	if testing.Short() || wish == "none" {
		s.t.Skip("no browser wanted")
	}
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" && wish == "required" {
		s.t.Fatal("READOUT_BROWSER is required, and there is no Chromium here")
	}
	if program == "" {
		s.t.Skip("there is no Chromium here")
	}
	opts := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(program), chromedp.NoSandbox)
	ctx, stop := chromedp.NewExecAllocator(s.t.Context(), opts...)
	s.t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(ctx)
	s.t.Cleanup(cancel)
	ctx, end := context.WithTimeout(ctx, 90*time.Second)
	s.t.Cleanup(end)
	s.do(chromedp.Do(ctx, chromedp.EmulateViewport(1000, 700), chromedp.Navigate(s.url+path)))
	return ctx
}

// js returns what an expression is in the page.
func js[T any](s *site, ctx context.Context, expression string) T {
	s.t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		s.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// holds waits until a condition holds in the page. While a page is loaded
// anew there is none to ask.
func (s *site) holds(ctx context.Context, condition string) {
	s.t.Helper()
	for range 1000 {
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](condition)); ok && err == nil {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	s.t.Fatalf("it does not come to hold: %s\n%s", condition, js[string](s, ctx, "document.documentElement.outerHTML.slice(0, 2000)"))
}

const testPage = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'">
<title>A page</title><link rel="stylesheet" href="style.css"><script src="site.js" defer></script></head>
<body><main id="main"><h1>A page</h1>
<details id="d"><summary>More</summary><p id="inner">folded words</p></details>
<p><input id="field"></p>
<ul id="list"><li>one</li><li>two</li><li>three</li></ul>
PARAGRAPHS
<p id="end">the end</p></main></body></html>`

func pageOf(edit func(i int) string) string {
	var b strings.Builder
	for i := range 60 {
		fmt.Fprintf(&b, "<p>%s</p>\n", edit(i))
	}
	return strings.Replace(testPage, "PARAGRAPHS", b.String(), 1)
}

func paragraph(i int) string { return fmt.Sprintf("Paragraph %d says nothing much.", i) }

func TestBrowser(t *testing.T) {
	s := start(t, map[string]string{
		"index.html": pageOf(paragraph),
		"other.html": "<title>Another page</title><body>other</body>",
		"style.css":  "h1 { color: rgb(1, 2, 3) } p { line-height: 60px }",
		"site.js": `document.addEventListener("securitypolicyviolation", (e) => { window.violated = e.violatedDirective; });
			const button = document.createElement("button"); button.id = "made"; button.textContent = "made by a script";
			document.querySelector("#list").prepend(button);
			document.querySelector("#d").dataset.ready = "yes";`,
	})
	ctx := s.open("")
	s.holds(ctx, `!!document.querySelector("#made")`)
	js[bool](s, ctx, `(window.token = 1, document.querySelector("#d").open = true,
		document.querySelector("#field").value = "typed", document.querySelector("#field").focus(), true)`)
	js[bool](s, ctx, `(window.scrollTo(0, 1500), true)`)
	js[bool](s, ctx, `(window.marked = [...document.querySelectorAll("p")].find((p) => p.textContent.startsWith("Paragraph 30 ")), true)`)
	top := js[float64](s, ctx, `window.marked.getBoundingClientRect().top`)

	// An edit, one above what is seen and one below, and a line that is new.
	edited := func(i int) string {
		switch i {
		case 3:
			return "A paragraph that came.</p>\n<p>" + paragraph(i)
		case 40:
			return "Paragraph 40 says something now."
		}
		return paragraph(i)
	}
	page := strings.Replace(pageOf(edited), "<li>two</li>", "<li>two</li><li>two and a half</li>", 1)
	s.write("index.html", page)
	s.holds(ctx, `document.body.textContent.includes("says something now")`)
	for condition, want := range map[string]string{
		`String(window.token)`:                                                "1", // not loaded anew
		`String(document.querySelector("#d").open)`:                           "true",
		`document.querySelector("#d").dataset.ready`:                          "yes",
		`document.querySelector("#field").value`:                              "typed",
		`document.activeElement.id`:                                           "field",
		`String(window.marked.isConnected)`:                                   "true",
		`document.querySelector("#list").innerText.replace(/\s+/g, " ")`:      "made by a script one two two and a half three",
		`String(document.querySelectorAll("p").length)`:                       "64",
		`String(document.body.textContent.includes("A paragraph that came"))`: "true",
		`String(window.violated)`:                                             "undefined",
	} {
		if got := js[string](s, ctx, condition); got != want {
			t.Errorf("%s is %q, not %q", condition, got, want)
		}
	}
	time.Sleep(100 * time.Millisecond) // for the browser's own anchoring of the scroll
	if now := js[float64](s, ctx, `window.marked.getBoundingClientRect().top`); now < top-2 || now > top+2 {
		t.Errorf("what was read moved from %v to %v", top, now)
	}

	// A style, without a reload.
	s.write("style.css", "h1 { color: rgb(9, 9, 9) } p { line-height: 60px }")
	s.holds(ctx, `getComputedStyle(document.querySelector("h1")).color === "rgb(9, 9, 9)"`)
	s.holds(ctx, `document.querySelectorAll("link[rel=stylesheet]").length === 2`)

	// A mistake lies over the page, and goes when it is mended.
	over := `!!(document.querySelector("html > div") && document.querySelector("html > div").shadowRoot.querySelector(".over"))`
	s.write("other.html", "<title>Another page</title><body>BROKEN</body>")
	s.holds(ctx, over)
	text := js[string](s, ctx, `document.querySelector("html > div").shadowRoot.querySelector(".over").innerText`)
	if !strings.Contains(text, "other.html:1:") || !strings.Contains(text, "this is <broken>") || !strings.Contains(text, "^^^^^^") {
		t.Errorf("over the page: %s", text)
	}
	if colour := js[string](s, ctx, `getComputedStyle(document.querySelector("html > div").shadowRoot.querySelector(".over")).position`); colour != "fixed" {
		t.Errorf("the overlay is %s: it has no style", colour)
	}
	// Esc hides it, a button brings it back.
	js[bool](s, ctx, `(document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true })), true)`)
	s.holds(ctx, "!("+over+")")
	js[bool](s, ctx, `(document.querySelector("html > div").shadowRoot.querySelector(".badge button").click(), true)`)
	s.holds(ctx, over)
	// Mended, and this is another page than the one on screen.
	s.write("other.html", "<title>Another page</title><body>mended</body>")
	s.holds(ctx, "!("+over+")")
	s.holds(ctx, `!!document.querySelector("html > div").shadowRoot.querySelector(".float a")`)
	if got := js[string](s, ctx, `(() => { const a = document.querySelector("html > div").shadowRoot.querySelector(".float a"); return a.textContent + " " + a.getAttribute("href"); })()`); got != "Another page /other.html" {
		t.Errorf("the notice leads to %q", got)
	}
	if got := js[string](s, ctx, `String(window.token) + window.violated`); got != "1undefined" {
		t.Errorf("loaded anew, or against the policy: %s", got)
	}

	// From the end of a save to the changed page.
	var took []time.Duration
	for i := range 15 {
		want := fmt.Sprintf("Save %d.", i)
		s.write("index.html", strings.Replace(page, "the end", want, 1))
		began := time.Now()
		for js[string](s, ctx, `document.querySelector("#end").textContent`) != want {
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("from a save to the page: median %s, most %s", took[len(took)/2], took[len(took)-1])

	// A script needs a reload.
	s.write("site.js", `window.again = 1;`)
	s.holds(ctx, `window.again === 1 && window.token === undefined`)
}

func TestBrowserAtFirstError(t *testing.T) {
	s := start(t, map[string]string{"index.html": "BROKEN"})
	ctx := s.open("")
	s.holds(ctx, `document.body.innerText.includes("this is <broken>")`)
	s.write("index.html", "STILL BROKEN")
	s.holds(ctx, `document.body.innerText.includes("STILL BROKEN")`)
	s.write("index.html", "<title>T</title><body>a site at last</body>")
	s.holds(ctx, `document.body.innerText.includes("a site at last")`)
}

func TestBrowserFollows(t *testing.T) {
	files := map[string]string{
		"index.html": "<title>Home</title><body>home</body>",
		"a/b.html":   "<title>B</title><body>one</body>",
	}
	s := startWith(t, files, Options{Follow: true})
	ctx := s.open("")
	js[bool](s, ctx, `(window.token = 1, true)`)
	s.write("index.html", "<title>Home</title><body>still here</body>")
	s.holds(ctx, `document.body.textContent.includes("still here") && window.token === 1`)
	s.write("a/b.html", "<title>B</title><body>two</body>")
	s.holds(ctx, `location.pathname === "/a/b.html" && document.body.textContent.includes("two")`)
}

// drag selects with the mouse from one place of an element's text to another.
func (s *site) drag(ctx context.Context, words string, from, to int) {
	s.t.Helper()
	place := fmt.Sprintf(`(() => {
		const node = document.createTreeWalker(%s, NodeFilter.SHOW_TEXT).nextNode();
		node.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
		const of = (i) => { const r = document.createRange(); r.setStart(node, i); r.setEnd(node, i + 1); return r.getBoundingClientRect(); };
		const a = of(%d), b = of(%d);
		return [a.left + 1, (a.top + a.bottom) / 2, b.left + 1, (b.top + b.bottom) / 2];
	})()`, words, from, to)
	at := js[[]float64](s, ctx, place)
	for rests := false; !rests; { // answers that are on their way move what stands below them
		time.Sleep(100 * time.Millisecond)
		last := at
		at = js[[]float64](s, ctx, place)
		rests = slices.Equal(at, last)
	}
	s.do(chromedp.Do(ctx,
		chromedp.MouseEvent("mouseMoved", at[0], at[1]),
		chromedp.MouseEvent("mousePressed", at[0], at[1], chromedp.ButtonLeft, chromedp.ClickCount(1)),
		chromedp.MouseEvent("mouseMoved", at[2], at[3], chromedp.ButtonLeft),
		chromedp.MouseEvent("mouseReleased", at[2], at[3], chromedp.ButtonLeft, chromedp.ClickCount(1)),
	))
}

func (s *site) keys(ctx context.Context, keys ...string) {
	s.t.Helper()
	for _, k := range keys {
		s.do(chromedp.Do(ctx, chromedp.KeyEvent(k)))
	}
}

// A passage is selected with the mouse, the rest is done with the keyboard,
// and the claim stands on the page.
func TestBrowserWorkbench(t *testing.T) {
	s := bench(t)
	ctx := s.open("sources/post.html")
	for _, width := range []int64{1280, 640} {
		s.do(chromedp.Do(ctx, chromedp.EmulateViewport(width, 800), chromedp.Navigate(s.url+"sources/post.html")))
		js[bool](s, ctx, `(document.addEventListener("securitypolicyviolation", (e) => { window.violated = e.violatedDirective; }), window.token = 1, true)`)
		s.holds(ctx, `document.querySelectorAll(".rw-p").length === 3`)
		if n := js[float64](s, ctx, `document.documentElement.scrollWidth - innerWidth`); n > 0 {
			t.Errorf("at %d the page is %v too wide", width, n)
		}
	}
	if got := js[string](s, ctx, `[...document.querySelectorAll(".rw-p:not(.rw-used) .rw-n")].map((e) => e.textContent).join()`); got != "2,3" {
		t.Errorf("what is not used: %s", got)
	}
	s.drag(ctx, `document.querySelectorAll(".rw-words")[2]`, 5, 15) // 1. No[body obj]ected.
	s.holds(ctx, `document.querySelector("#rw-quotation").value === "Nobody objected"`)
	s.holds(ctx, `document.querySelector(".rw-state").textContent.startsWith("✓ Proved (exact), paragraph 3.")`)
	s.keys(ctx, "\r")
	s.holds(ctx, `document.activeElement.id === "rw-heading"`)
	s.keys(ctx, "\x1b")
	s.holds(ctx, `document.querySelector(".rw-form").hidden && document.activeElement.className === "rw-n" && document.activeElement.textContent === "3"`)

	// Several places: the words before the one that was selected settle it.
	s.drag(ctx, `document.querySelectorAll(".rw-words")[1]`, 85, 98)
	s.holds(ctx, `document.querySelector("#rw-quotation").value === "The ferry stays"`)
	s.holds(ctx, `document.querySelector(".rw-state").textContent.startsWith("✓ Proved (exact), paragraph 2.")`)
	s.keys(ctx, "\r")
	s.holds(ctx, `document.activeElement.id === "rw-heading"`)
	s.keys(ctx, "\r")
	s.holds(ctx, `document.querySelector(".rw-said").textContent === "This needs a line that says what is claimed."`)
	s.keys(ctx, "It", " ", "stays", "\t", "Concil", "\r")
	s.holds(ctx, `document.querySelector(".rw-said").textContent.includes("did you mean")`)
	js[bool](s, ctx, `(document.querySelector("#rw-holder").select(), true)`)
	s.keys(ctx, "Town Council", "\r")
	s.holds(ctx, `document.querySelector(".rw-done").textContent.startsWith("✓ Added stays-2 at ")`)
	s.holds(ctx, `!!document.querySelector("main #stays-2") && document.querySelectorAll(".rw-p:not(.rw-used)").length === 1`)
	if got := js[string](s, ctx, `String(window.token) + window.violated + document.activeElement.className`); got != "1undefinedrw-n" {
		t.Errorf("loaded anew, against the policy, or the focus is lost: %s", got)
	}
	if want := sampleSource + "\n## It stays\n- id: stays-2\n- holder: [[council]]\n- after: 3_000 & falls by <half>.\n\n> The ferry stays\n"; s.source() != want {
		t.Errorf("the file is\n%s", s.source())
	}

	// A claim of two passages.
	s.keys(ctx, "\r") // on the button of paragraph 2
	s.holds(ctx, `document.activeElement.id === "rw-quotation"`)
	js[bool](s, ctx, `(document.querySelector(".rw-another").focus(), true)`)
	s.keys(ctx, "\r")
	s.holds(ctx, `document.querySelector(".rw-another").getAttribute("aria-pressed") === "true"`)
	// What is said of the first passage moves what stands below it.
	s.holds(ctx, `document.querySelector(".rw-state").textContent.startsWith("✓ Proved")`)
	s.drag(ctx, `document.querySelectorAll(".rw-words")[2]`, 5, 15)
	s.holds(ctx, `document.querySelector("#rw-quotation").value.endsWith("stays.\n\nNobody objected")`)
	s.holds(ctx, `document.querySelector(".rw-state").textContent.startsWith("✓ Proved: 2 passages, of paragraphs 2, 3.")`)
	s.keys(ctx, "\x1b")

	// What is typed stays through an update of the page.
	s.keys(ctx, "\r") // on the button of paragraph 2
	s.holds(ctx, `document.activeElement.id === "rw-quotation"`)
	js[bool](s, ctx, `(document.querySelector("#rw-heading").focus(), true)`)
	s.keys(ctx, "half a ")
	s.write("sources/post.md", strings.Replace(s.source(), "A note.", "Another note.", 1))
	s.holds(ctx, `document.querySelector("main").textContent.includes("Another note.")`)
	s.keys(ctx, "line")
	s.holds(ctx, `document.querySelector("#rw-heading").value === "half a line" && window.token === 1`)

	// The draft is marked, and so is what leads to it.
	s.do(chromedp.Do(ctx, chromedp.Navigate(s.url+"actors.html")))
	s.holds(ctx, `getComputedStyle(document.querySelector("main a[href='actors/clerk.html']"), "::after").content === '" (draft)"'`)
	s.do(chromedp.Do(ctx, chromedp.Navigate(s.url+"actors/clerk.html")))
	s.holds(ctx, `getComputedStyle(document.querySelector("#readout-draft")).position === "fixed"`)
}
