package browsertest

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const preview = `document.querySelector("#page-preview:not([hidden])")`

func TestPreviews(t *testing.T) {
	everywhere(t, func(b *tab, width int) {
		if width == phone {
			b.visit("index.html")
			b.click(`main .prose a[href="actors/north.html"]`) // follows the link, and shows nothing over it
			b.holds(`location.pathname.endsWith("/actors/north.html")`)
			b.is(preview, "null")
			return
		}
		const north, note = `main .prose a[href="actors/north.html"]`, `main .prose a[role=doc-noteref]`
		b.visit("index.html")
		asked := len(b.asked)

		// A record. The pointer can enter; what it leaves closes.
		began := time.Now()
		b.hover(north)
		b.holds(preview)
		if took := time.Since(began); took < 300*time.Millisecond {
			b.t.Errorf("shown after %s", took)
		}
		b.is(preview+`.innerText.replace(/\s+/g, " ")`, "North State The northern bank. It runs the ferry. Turn previews off")
		b.is(`document.querySelector(`+quote(north)+`).getAttribute("aria-describedby")`, "page-preview")
		b.hover("#page-preview p:last-of-type")
		time.Sleep(500 * time.Millisecond)
		b.is(preview+` !== null`, "true")
		b.hover("h1")
		b.holds(preview + " === null")

		// A claim, where the page does not show it whole.
		b.hover(`#page-developments a[href="sources/wire-two.html#north-open"]`)
		b.holds(preview + ` && ` + preview + `.innerText.includes("we would listen")`)
		b.is(preview+`.innerText.replace(/\s+/g, " ")`, "North would now listen Ann Poe · 10 Jun 2031 · Open “we would listen to any other plan for the tolls” Turn previews off")
		b.hover("h1")
		b.holds(preview + " === null")

		// Escape closes, and the same link does not open again by itself.
		b.hover(north)
		b.holds(preview)
		b.keys(kb.Escape)
		b.is(preview, "null")
		time.Sleep(600 * time.Millisecond)
		b.is(preview, "null")
		b.hover("h1")

		// A citation shows its note.
		b.hover(note)
		b.holds(preview)
		if got := js[string](b, preview+".innerText"); !strings.Contains(got, "the tolls will have to rise before winter comes") || !strings.Contains(got, "Crossing Wire") || strings.Contains(got, "↑") {
			b.t.Errorf("the note is shown as %q", got)
		}
		b.is(`document.querySelectorAll("[id]").length - new Set([...document.querySelectorAll("[id]")].map(e => e.id)).size`, "0")
		b.hover("h1")
		b.holds(preview + " === null")

		// By keyboard: with the focus, and away with it.
		b.run(`document.querySelector("main h1").tabIndex = -1; document.querySelector("main h1").focus()`)
		for range 30 {
			b.keys(kb.Tab)
			if js[bool](b, `document.activeElement.matches(`+quote(note)+`)`) {
				break
			}
		}
		b.holds(preview)
		b.hover("h1")
		time.Sleep(500 * time.Millisecond)
		b.is(preview+` !== null`, "true") // the pointer does not close what the focus opened
		b.keys(kb.Escape)
		b.is(preview, "null")
		b.is(`document.activeElement.matches(`+quote(note)+`)`, "true")

		// Within the window, wherever the link stands.
		b.hover(north)
		b.holds(preview)
		b.is(`(() => { const r = `+preview+`.getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth && document.documentElement.scrollWidth <= innerWidth; })()`, "true")
		if len(b.asked) != asked {
			b.t.Errorf("previews asked for %v", b.asked[asked:])
		}

		// The switch in it, which is remembered; the one at the foot undoes it.
		b.click("#page-preview .off")
		b.is(preview, "null")
		b.is(`document.querySelector(".toast").textContent.includes("off")`, "true")
		b.remembers("index.html", `document.querySelector(".settings [name=previews]").checked`, "false", "index.html", ".settings [name=previews]")
		b.hover(north)
		time.Sleep(600 * time.Millisecond)
		b.is(preview, "null")
		b.click(".settings [name=previews]")
		b.hover(north)
		b.holds(preview)

		// Lists in time have the words of the claims that they lead to.
		for page, link := range map[string]string{"timeline.html": ".events", "changes.html": ".developments"} {
			b.visit(page)
			b.hover(link + ` a[href="sources/wire-two.html#south-again"]`)
			b.holds(preview)
			b.is(preview+`.innerText.includes("our answer is the same as it was in spring")`, "true")
			b.hover("h1")
			b.holds(preview + " === null")
		}

		// A note in the margin of its passage is in sight as it is.
		b.visit("sources/wire-two.html")
		b.hover(`#p3 .cites a`)
		time.Sleep(600 * time.Millisecond)
		b.is(preview, "null")

		// A claim is shown from its card where the page has one.
		b.visit("issues/tolls.html")
		b.hover(`#page-history a[href="../sources/wire-two.html#north-open"]`)
		b.holds(preview)
		b.is(preview+`.innerText.includes("we would listen to any other plan")`, "true")
	})
}

func TestNotesInPlace(t *testing.T) {
	everywhere(t, func(b *tab, width int) {
		const note = `main .prose a[role=doc-noteref]`
		b.visit("index.html")
		b.click(note)
		if width == desk {
			b.holds(`location.hash === "#page-note-1"`)
			b.is(`document.querySelector(".opened")`, "null")
			return
		}
		b.holds(`document.querySelector(".opened")`)
		b.is(`location.hash`, "")
		b.is(`document.querySelector(".opened").previousElementSibling.matches(".prose p")`, "true")
		b.is(`document.querySelector(".opened").innerText.includes("the tolls will have to rise before winter comes")`, "true")
		b.is(`document.querySelector(`+quote(note)+`).getAttribute("aria-expanded")`, "true")
		b.is(`document.documentElement.scrollWidth`, "360")
		b.click(note)
		b.is(`document.querySelector(".opened")`, "null")
		b.is(`document.querySelector(`+quote(note)+`).getAttribute("aria-expanded")`, "false")
		b.click(note)
		b.holds(`document.querySelector(".opened")`)
		b.click(".opened > button")
		b.is(`document.querySelector(".opened")`, "null")
		b.is(`document.activeElement.matches(`+quote(note)+`)`, "true")
	})
}

func TestTheme(t *testing.T) {
	everywhere(t, func(b *tab, _ int) {
		const paper = `getComputedStyle(document.body).backgroundColor`
		b.visit("index.html")
		light := js[string](b, paper)
		b.is(`document.querySelector(".settings [name=theme]:checked").value`, "auto")
		b.click(`.settings [value=dark]`)
		dark := js[string](b, paper)
		if light == dark {
			b.t.Errorf("light and dark are %s", dark)
		}
		// It is there before the page's own script has run, on every page.
		b.remembers("actors/north.html", paper, dark, "index.html", ".settings [value=dark]")
		b.is(`document.querySelector(".settings [name=theme]:checked").value`, "dark")
		b.is(`[...document.head.children].findIndex(e => e.matches("script:not([src])")) < [...document.head.children].findIndex(e => e.matches("link[rel=stylesheet]"))`, "true")
		b.click(`.settings [value=light]`)
		b.is(paper, light)
		b.click(`.settings [value=auto]`)
		b.is(`document.documentElement.dataset.theme`, "auto")
	})
}

// shown lists what of a comparison is shown: options, and the parties' cells.
const shown = `[...document.querySelectorAll(".options-of")].flatMap(s => [...s.querySelectorAll("tbody")].filter(b => !b.hidden && !s.hidden)
	.map(b => b.id + ":" + [...b.querySelectorAll("[data-party]")].filter(c => !c.hidden).map(c => c.dataset.party).join("+"))).join(" ")`

func TestComparison(t *testing.T) {
	everywhere(t, func(b *tab, width int) {
		b.visit("comparison.html")
		const status = `document.querySelector("#page-filters [role=status]").textContent`
		const everything = "tolls/raise:north+south+draft tolls/freeze:north+south+draft bridge/build:north+south"
		b.is(shown, everything)
		b.is(status, "3 of 3 options shown")
		// On a phone an issue is chosen first, and the filters are one line.
		b.is(`document.querySelector(".options-of tbody").checkVisibility()`, strconv.FormatBool(width == desk))
		b.is(`document.querySelector("#page-filters select").checkVisibility()`, strconv.FormatBool(width == desk))
		for _, c := range []struct{ query, shown, status string }{
			{"?issue=bridge", "bridge/build:north+south", "1 of 3 options shown"},
			{"?party=south", "tolls/raise:south tolls/freeze:south bridge/build:south", "3 of 3 options shown"},
			{"?party=north&party=draft", "tolls/raise:north+draft tolls/freeze:north+draft bridge/build:north", "3 of 3 options shown"},
			{"?stance=against", "tolls/raise:north+south+draft", "1 of 3 options shown"},
			{"?party=north&stance=against", "", "0 of 3 options shown: choose less"},
			{"?party=north&stance=silent", "tolls/freeze:north", "1 of 3 options shown"},
			{"?since=2031-03-02", "tolls/raise:north+south+draft bridge/build:north+south", "2 of 3 options shown"},
			{"?party=south&since=2031-03-02", "", "0 of 3 options shown: choose less"}, // it only repeated itself
			{"?direct=document", "tolls/freeze:north+south+draft", "1 of 3 options shown"},
			{"?direct=own&party=north", "tolls/raise:north bridge/build:north", "2 of 3 options shown"},
			{"?direct=unnamed", "", "0 of 3 options shown: choose less"},
			{"?since=2031-06-10", "", "0 of 3 options shown: choose less"},
			{"?issue=nowhere&party=nobody", everything, "3 of 3 options shown"},
		} {
			b.visit("comparison.html" + c.query)
			b.is(shown, c.shown)
			b.is(status, c.status)
			fitting := strings.Contains(c.query, "stance=") || strings.Contains(c.query, "since=") || strings.Contains(c.query, "direct=")
			b.is(`document.querySelectorAll(".options-of tbody:not([hidden]) .fits").length > 0`, strconv.FormatBool(fitting && c.shown != ""))
			b.is(`[...document.querySelectorAll(".options-of tbody")].some(e => e.checkVisibility())`, strconv.FormatBool(c.shown != "" && (width == desk || c.shown != everything)))
		}

		// By hand, and the address follows.
		b.visit("comparison.html")
		const set = `document.querySelector("#page-filters summary").textContent`
		b.is(set, "Filters")
		b.choose(`#page-filters [name=issue]`, "tolls")
		b.choose(`#page-filters [name=party]`, "south")
		b.is(set, "Filters: Tolls, South")
		b.is(shown, "tolls/raise:south tolls/freeze:south")
		b.is("location.search", "?issue=tolls&party=south")
		b.is(`document.querySelector('.contents a[href="#bridge"]').checkVisibility()`, "false")
		b.is(`document.documentElement.scrollWidth <= innerWidth`, "true")
		if width == phone { // what a chosen party does not say is said
			b.is(`[...document.querySelectorAll("td.silent:not(.rule, [hidden])")].filter(e => e.checkVisibility()).length`, "1")
		} else {
			b.is(`[...document.querySelectorAll(".options-of th[data-party]")].filter(e => e.checkVisibility()).map(e => e.dataset.party).join()`, "south")
		}
		if width == phone {
			b.click(`#page-filters summary`)
		}
		b.click(`#page-filters [type=reset]`)
		b.holds(status + ` === "3 of 3 options shown"`)
		b.is(shown, everything)
		b.is("location.search", "")

		b.click(`#page-filters [data-open]`)
		b.is(`document.querySelectorAll(".options-of details:not([open])").length`, "0")
		b.click(`#page-filters [data-close]`)
		b.is(`document.querySelectorAll(".options-of td details[open]").length`, "0")
		b.is(`document.querySelector(".options-of tbody").checkVisibility()`, "true")
		b.click(`.options-of td summary`)
		b.is(`document.querySelector(".options-of blockquote").checkVisibility()`, "true")

		if width == desk { // the heads stay
			b.run(`document.querySelector("#tolls tbody:last-of-type").scrollIntoView({block: "start", behavior: "instant"})`)
			b.is(`getComputedStyle(document.querySelector(".options-of th[data-party]")).position`, "sticky")
		}
	})
}

// What a reader chooses before the script is there is not lost.
func TestChosenEarly(t *testing.T) {
	everywhere(t, func(b *tab, _ int) {
		_, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: `addEventListener("DOMContentLoaded", () => { const e = document.querySelector("#page-filters [name=issue]"); if (e) e.value = "bridge"; })`,
		})
		if err != nil {
			b.t.Fatal(err)
		}
		b.visit("comparison.html")
		b.is(shown, "bridge/build:north+south")
		b.is("location.search", "?issue=bridge")
		b.visit("comparison.html?issue=tolls") // the address is what was sent
		b.is(shown, "tolls/raise:north+south+draft tolls/freeze:north+south+draft")
	})
}

func TestThenAndNow(t *testing.T) {
	everywhere(t, func(b *tab, _ int) {
		const table = `[...document.querySelectorAll(".moves tr")].map(r => [...r.cells].map(c => c.textContent.replace(/\s+/g, " ").trim()).join(" | ")).join("\n")`
		const links = `[...document.querySelectorAll(".moves tbody a")].map(a => a.href).join("\n")`
		const text = `document.querySelector("#page-moves .span").textContent`
		b.visit("comparison.html")
		// What the browser works out for the dates of the first and the last
		// source is what the build worked out.
		built, to, says := js[string](b, table), js[string](b, links), js[string](b, text)
		b.choose(`[name=then]`, "2031-06-10")
		if js[string](b, table) == built {
			b.t.Error("another date changes nothing")
		}
		b.is("location.search", "?then=2031-06-10")
		b.choose(`[name=then]`, "2031-03-02")
		b.is(table, built)
		b.is(links, to)
		b.is(text, says)
		b.is("location.search", "")

		const rows = `[...document.querySelectorAll(".moves tbody tr:not(.group)")].map(r => [r.cells[0].textContent, r.cells[1].textContent, r.cells[4].textContent.replace("What moved", "").trim()].join("/")).join(" ")`
		b.is(rows, "Tolls rise/North/changed Tolls rise/South/restated Tolls stay/Draft treaty/not heard since A bridge is built/North/new")
		b.is(`document.querySelectorAll('.moves a[href^="http"]').length`, "0") // which would be marked as another site's
		// From an issue its two dates are one step away.
		b.visit("issues/tolls.html")
		b.click(`a[href$="#page-moves"]`)
		b.holds(`location.search === "?issue=tolls" && document.querySelectorAll(".moves tbody").length === 1`)
		b.is(rows, "Tolls rise/North/changed Tolls rise/South/restated Tolls stay/Draft treaty/not heard since")
		b.is(`document.querySelector(".moves").checkVisibility()`, "true")
		b.visit("comparison.html?party=north&now=2031-03-02")
		b.is(rows, "Tolls rise/North/not heard since")
	})
}

func TestTimeline(t *testing.T) {
	everywhere(t, func(b *tab, width int) {
		const shown = `[...document.querySelectorAll(".events > li")].filter(e => e.checkVisibility()).length`
		b.visit("timeline.html")
		all := js[int](b, shown)
		b.visit("timeline.html?actor=south&kind=claim")
		b.is(shown, "2")
		b.is(`document.querySelector("#page-filters [role=status]").textContent`, "2 of 9 entries shown")
		b.choose(`#page-filters [name=actor]`, "")
		b.choose(`#page-filters [name=kind]`, "meeting")
		b.is(shown, "1")
		b.is("location.search", "?kind=meeting")
		b.is(`[...document.querySelectorAll("main section:has(.events)")].filter(e => e.checkVisibility()).length`, "1")
		b.choose(`#page-filters [name=kind]`, "")
		b.choose(`#page-filters [name=issue]`, "bridge")
		b.is(shown, "1")
		b.visit("timeline.html?direct=document")
		b.is(shown, "1")
		if width == phone {
			b.click(`#page-filters summary`)
		}
		b.click(`#page-filters [type=reset]`)
		b.holds(shown + " === " + strconv.Itoa(all))
	})
}

func TestCopy(t *testing.T) {
	everywhere(t, func(b *tab, width int) {
		want := "https://example.org/some/briefing/sources/wire-two.html" // a disk's own address is of no use to others
		if !strings.HasPrefix(b.base, "file:") {
			want = b.base + "sources/wire-two.html"
		}
		b.visit("sources/wire-two.html")
		b.run(`Object.defineProperty(navigator, "clipboard", {configurable: true, value: {writeText: async t => { window.copied = t; }}})`)
		for _, c := range []struct{ selector, want string }{
			{`#north-bridge [data-copy]`, want + "#north-bridge"},
			{`#p2 [data-copy]`, want + "#p2"},
			{`dd [data-copy]:nth-of-type(1)`, "“Banks meet again”, Crossing Wire, 10 Jun 2031, https://example.org/news/two"},
			{`dd [data-copy]:nth-of-type(2)`, "*Banks meet again*, Crossing Wire, 10 Jun 2031, <https://example.org/news/two>"},
			{`dd [data-copy]:nth-of-type(3)`, "@article{wire-two,\n  title = {{Banks meet again}},\n  journaltitle = {{Crossing Wire}},\n  date = {2031-06-10},\n" +
				"  url = {https://example.org/news/two},\n  keywords = {report},\n}\n"},
		} {
			if width == phone && strings.HasPrefix(c.selector, "#north") {
				b.click("#north-bridge summary")
			}
			b.click(c.selector)
			b.holds("window.copied" + " || /* " + c.want + " */ false")
			b.is("window.copied", c.want)
			b.is(`document.querySelector(".toast").textContent.startsWith("Copied: ")`, "true")
			b.run("window.copied = undefined")
		}

		// Where there is no clipboard, the text is there to be copied by hand.
		b.run(`Object.defineProperty(navigator, "clipboard", {value: undefined})`)
		b.click(`#p2 [data-copy]`)
		b.holds(`document.querySelector("dialog[open] textarea")`)
		b.is(`document.querySelector("dialog textarea").value`, want+"#p2")
		b.is(`document.activeElement.localName + getSelection().toString().length`, "textarea"+strconv.Itoa(len(want+"#p2")))
		b.keys(kb.Escape)
		b.holds(`!document.querySelector("dialog")`)

		// What a link leads to is marked.
		b.visit("sources/wire-two.html#north-bridge")
		b.is(`getComputedStyle(document.querySelector("#north-bridge")).outlineStyle`, "solid")
		b.is(`getComputedStyle(document.querySelector("#south-again")).outlineStyle`, "none")
	})
}

func TestKeys(t *testing.T) {
	everywhere(t, func(b *tab, _ int) {
		b.visit("actors/north.html")
		b.keys("?")
		b.holds(`document.querySelector("dialog[open]")`)
		b.is(`document.querySelector("dialog").getAttribute("aria-labelledby") + document.querySelector("#page-dialog").textContent`, "page-dialogKeys")
		b.keys("/") // nothing: the dialog is over the page
		b.is(`location.pathname.endsWith("/actors/north.html")`, "true")
		b.keys(kb.Escape)
		b.holds(`!document.querySelector("dialog")`)
		b.keys("gc")
		b.holds(`location.pathname.endsWith("/comparison.html") && ` + loaded)
		b.keys("/")
		b.holds(`location.pathname.endsWith("/search.html")`)

		// Not in a field, nor with a modifier, nor when switched off.
		b.visit("actors/north.html")
		b.run(`const i = document.createElement("input"); i.id = "field"; document.querySelector("main").append(i); i.focus()`)
		b.keys("/?gc")
		b.is(`document.querySelector("#field").value`, "/?gc")
		b.run(`document.activeElement.blur()`)
		b.click(".settings button")
		b.holds(`document.querySelector("dialog[open]")`)
		b.click("dialog input")
		b.click("dialog form button")
		b.holds(`!document.querySelector("dialog")`)
		b.is(`document.activeElement.matches(".settings button")`, "true") // the focus goes back
		b.keys("/?gc")
		time.Sleep(100 * time.Millisecond)
		b.is(`location.pathname.endsWith("/actors/north.html") && !document.querySelector("dialog")`, "true")

		// The first key of a page skips to its content.
		b.visit("actors/north.html")
		b.keys(kb.Tab)
		b.is(`document.activeElement.textContent`, "Skip to the content")
		b.keys(kb.Enter)
		b.holds(`document.activeElement.id === "page-main"`)
	})
}

// A browser that remembers nothing still does what is asked, on this page.
func TestNothingRemembered(t *testing.T) {
	everywhere(t, func(b *tab, _ int) {
		_, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: `Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError"); }})`,
		})
		if err != nil {
			b.t.Fatal(err)
		}
		b.visit("index.html")
		b.is(`document.documentElement.dataset.theme`, "auto")
		b.click(`.settings [value=dark]`)
		b.is(`document.documentElement.dataset.theme`, "dark")
		b.click(`.settings [name=previews]`)
		b.is(`is("previews")`, "false")
		b.is(`document.querySelector(".settings [name=previews]").checked`, "false")
	})
}

func TestUnfold(t *testing.T) {
	everywhere(t, func(b *tab, _ int) {
		b.visit("comparison.html")
		b.run(`document.querySelector(".options-of details .card").id = "inside"; location.hash = "#inside"`)
		b.holds(`document.querySelector("#inside").closest("details").open`)
		b.run(`dispatchEvent(new Event("beforeprint"))`)
		b.is(`document.querySelectorAll("details:not([open])").length`, "0")
		b.run(`dispatchEvent(new Event("afterprint"))`)
		b.is(`document.querySelectorAll("details[open]:not(.narrow)").length`, "1")
		b.visit("about.html")
		b.is(`getComputedStyle(document.querySelector('main .prose a[href^="https:"]'), "::after").content.includes("↗")`, "true")
	})
}

// On paper there is nothing to press.
func TestPaper(t *testing.T) {
	everywhere(t, func(b *tab, _ int) {
		if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
			b.t.Fatal(err)
		}
		for _, page := range []string{"index.html", "comparison.html", "issues/tolls.html", "sources/wire-two.html", "timeline.html"} {
			b.visit(page)
			b.is(`[...document.querySelectorAll("button, input, select")].filter(e => e.checkVisibility()).length`, "0")
			b.is(`document.querySelector("main h1").checkVisibility()`, "true")
		}
	})
}

func TestNotFound(t *testing.T) {
	need(t)
	s, err := ferry()
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, s.http, desk, true)
	b.lost = s.http + "actors/old-harbour_master.html"
	b.visit("actors/old-harbour_master.html")
	b.is(`document.querySelector(".lost").value`, "old harbour master")
	b.is(`document.querySelector(".lost").form.action.endsWith("/search.html")`, "true")
	b.is(`document.querySelector(".lost").checkVisibility()`, "true")
}

// Without a script the page is whole, and shows nothing that needs one.
func TestWithoutScript(t *testing.T) {
	need(t)
	s, err := ferry()
	if err != nil {
		t.Fatal(err)
	}
	for _, width := range []int{desk, phone} {
		b := open(t, s.http, width, false)
		b.visit("comparison.html?issue=tolls")
		b.is(`document.documentElement.dataset.theme`, "undefined")
		b.is(`[...document.querySelectorAll("main button, main select, main input, .settings")].filter(e => e.checkVisibility()).length`, "0")
		b.is(shown, "tolls/raise:north+south+draft tolls/freeze:north+south+draft bridge/build:north+south")
		b.is(`document.querySelectorAll(".moves tbody tr:not(.group)").length`, "4")
		b.is(`[...document.querySelectorAll("main details:not(td details, .key, .filters details)")].every(e => e.open && e.lastElementChild.checkVisibility())`, "true")
		b.click(".options-of td summary")
		b.is(`document.querySelector(".options-of blockquote").checkVisibility()`, "true")
		b.visit("sources/wire-two.html")
		b.is(`[...document.querySelectorAll("button")].filter(e => e.checkVisibility()).length`, "0")
		b.visit("index.html")
		b.click(`main .prose a[role=doc-noteref]`)
		b.holds(`location.hash === "#page-note-1"`)
	}
}
