package plan

import (
	"fmt"
	"testing"
)

func TestContentsOf(t *testing.T) {
	const four = `<h2 id="a">One &amp; <em>all</em></h2><p>Text &lt;h2 id=&quot;x&quot;&gt;</p><h2 id="b">Two</h2><h3 id="c">No</h3><h2 id="d"><a href="x.html">Three</a>, &lt;b&gt;</h2>`
	for html, want := range map[string]string{
		"":                               "[]",
		four:                             "[]",
		four + `<h2 id="e">Four</h2>`:    "[{#a One & all} {#b Two} {#d Three, <b>} {#e Four}]",
		four + `<h2 id="e">Four <broken`: "[{#a One & all} {#b Two} {#d Three, <b>} {#e Four }]",
	} {
		if got := fmt.Sprint(contentsOf(html)); got != want {
			t.Errorf("%s: %s, want %s", html, got, want)
		}
	}
}
