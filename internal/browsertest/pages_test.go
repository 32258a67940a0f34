package browsertest

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// shipped is the briefing that comes with Readout, held to its receipts.
var shipped = sync.OnceValues(func() (*site, error) { return makeSite("../../content") })

// Every page of both briefings, from a host and from a disk: nothing on the
// console, no request but for the site's own files, no more than four for what
// a page is made of, and no sideways scroll on the narrowest screen, in either
// theme, with everything unfolded.
func TestEveryPage(t *testing.T) {
	need(t)
	for name, make := range map[string]func() (*site, error){"shipped": shipped, "ferry": ferry} {
		t.Run(name, func(t *testing.T) {
			s, err := make()
			if err != nil {
				t.Fatal(err)
			}
			for _, base := range []string{s.http, "file://" + filepath.ToSlash(s.dir) + "/"} {
				b := open(t, base, 320, true)
				for _, page := range s.pages {
					if page == "404.html" && base != s.http {
						continue // a host shows it at any depth: its links are absolute
					}
					b.mu.Lock()
					b.asked = nil
					b.mu.Unlock()
					b.do(chromedp.Navigate(b.base + page))
					b.holds(loaded)
					b.narrow(page)
					b.mu.Lock()
					var asked []string
					for _, u := range b.asked {
						if u != "about:blank" && !strings.HasPrefix(u, "data:") {
							asked = append(asked, u)
						}
						if u != "about:blank" && !strings.HasPrefix(u, base) && !strings.HasPrefix(u, "data:") {
							t.Errorf("%s asks for %s", page, u)
						}
					}
					if len(asked) > 4 {
						t.Errorf("%s takes %d requests: %v", page, len(asked), asked)
					}
					b.mu.Unlock()
				}
			}
			// Without a script.
			b := open(t, s.http, 320, false)
			for _, page := range s.pages {
				b.do(chromedp.Navigate(b.base + page))
				b.narrow(page)
			}
		})
	}
}

// narrow reports what makes a page scroll sideways.
func (b *tab) narrow(page string) {
	b.t.Helper()
	const wide = `(() => {
		const root = document.documentElement, found = [];
		for (const open of [false, true]) {
			for (const d of document.querySelectorAll("details")) d.open = open;
			if (root.scrollWidth <= 320) continue;
			for (const e of document.querySelectorAll("body *")) {
				if (e.getBoundingClientRect().right > 321 && e.checkVisibility()) found.push(e.localName + "." + e.className);
			}
		}
		return root.scrollWidth + ": " + found.slice(0, 8).join(" ");
	})()`
	if got := js[string](b, wide); got != "320: " {
		b.t.Errorf("%s is wider than the screen: %s", page, got)
	}
}

// On a desk a passage stays in sight beside its claims, and never lies over
// another.
func TestPassages(t *testing.T) {
	need(t)
	s, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, s.http, desk, true)
	n := 0
	for _, page := range s.pages {
		if !strings.HasPrefix(page, "sources/") {
			continue
		}
		b.visit(page)
		for _, at := range []string{"0.3", "0.6", "0.9"} {
			b.run(`scrollTo({top: document.documentElement.scrollHeight * ` + at + `, behavior: "instant"})`)
			b.is(`[...document.querySelectorAll(".passage")].map(e => e.getBoundingClientRect()).filter((r, i, all) => i && r.top < all[i - 1].bottom - 1).length`, "0")
			n += js[int](b, `document.querySelectorAll(".passage").length`)
		}
	}
	if n == 0 {
		t.Error("there are no passages")
	}
}
