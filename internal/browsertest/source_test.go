package browsertest

import (
	"strconv"
	"testing"
)

// A source's claims stand in the margin of their passages on a desk, and below
// them on a phone, where a script folds them; a link to one opens it and marks
// what it quotes.
func TestAnnotated(t *testing.T) {
	everywhere(t, func(b *tab, width int) { b.annotated(width) })
	s, err := ferry()
	if err != nil {
		t.Fatal(err)
	}
	for _, width := range []int{desk, phone} {
		b := open(t, s.http, width, false)
		b.annotated(width)
	}
}

func (b *tab) annotated(width int) {
	const (
		note    = `document.querySelector("#north-bridge .by")`
		mark    = `document.querySelector("#p3 mark")`
		beside  = note + `.getBoundingClientRect().left > ` + mark + `.getBoundingClientRect().right - 1`
		visible = note + `.checkVisibility({contentVisibilityAuto: true}) && ` + note + `.getClientRects().length > 0`
	)
	b.t.Helper()
	b.visit("sources/wire-two.html")
	b.is(`[...document.querySelectorAll(".text .cites a")].map(e => e.textContent + e.getAttribute("href")).join(" ")`, "1#north-open 2#south-again 3#north-bridge")
	// The rest of a text in full is there, and what is quoted of it is told apart.
	b.is(`document.querySelector("#p3 .text").innerText.replace(/\s+/g, " ")`, "3 The north then offered that a bridge can be built if the south pays one half3 of it.")
	b.is(mark+`.textContent`, "a bridge can be built if the south pays one half")
	script := js[bool](b, `document.documentElement.dataset.theme !== undefined`)
	b.is(visible, strconv.FormatBool(width == desk || !script))
	if width == phone && script {
		b.click("#north-bridge summary")
		b.is(visible, "true")
	}
	b.is(beside, strconv.FormatBool(width == desk))

	lightly := js[string](b, `getComputedStyle(document.querySelector("#p1 mark")).borderBottomWidth`)
	b.visit("sources/wire-two.html#north-bridge")
	if js[string](b, `getComputedStyle(`+mark+`).borderBottomWidth`) == lightly {
		b.t.Error("the passage of the claim that is asked for is marked as any other")
	}
	b.is(`getComputedStyle(document.querySelector("#p1 mark")).borderBottomWidth`, lightly)
	b.is(visible, "true")

	// Of a text that may not be shown there are passages, and gaps with their lengths.
	b.visit("sources/wire-one.html")
	b.is(`document.querySelector(".gap").innerText`, "Paragraph 4, 8 words: not quoted here")
	b.is(`[...document.querySelectorAll("#page-unused a")].map(e => e.textContent + e.getAttribute("href")).join()`, "4#p4")
}

// A drawing can be taken away as a file, and its text can be selected.
func TestDrawings(t *testing.T) {
	everywhere(t, func(b *tab, width int) {
		s, _ := ferry()
		for page, file := range map[string]string{
			"issues/tolls.html": "drawings/issues/tolls.svg", "timeline.html": "drawings/meetings.svg", "meetings.html": "drawings/attendance.svg",
		} {
			b.visit(page)
			b.is(`[...document.querySelectorAll("main a[download]")].map(a => a.href).join()`, b.base+file)
			s.read(t, file)
		}
		b.visit("issues/tolls.html")
		if width == phone {
			b.click("#page-history summary")
		}
		b.run(`getSelection().selectAllChildren(document.querySelector("#page-history svg"))`)
		b.is(`getSelection().toString().includes("North")`, "true")

		b.lost = js[string](b, `location.origin + "/favicon.ico"`) // which a browser wants beside a drawing
		b.visit("drawings/issues/tolls.svg")
		b.is(`document.querySelector("title").textContent`, "Positions over time: Tolls")
		b.run(`getSelection().selectAllChildren(document.documentElement)`)
		b.is(`getSelection().toString().includes("Tolls rise")`, "true")
	})
}
