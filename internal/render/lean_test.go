package render

import "testing"

func TestLean(t *testing.T) {
	for in, want := range map[string]string{
		`<p class="a" id="b-1" lang="en">x`:         `<p class=a id=b-1 lang=en>x`,
		`<p class="a b" id="c">x`:                   `<p class="a b" id=c>x`,
		`<a href="a.html?x=1" title="">x</a>`:       `<a href="a.html?x=1" title="">x</a>`,
		`<p class="a"`:                              `<p class="a"`, // an action follows
		`<p class="a`:                               `<p class="a`,
		`<line x1="0"/>`:                            `<line x1="0"/>`,
		`<b>class="a" </b>`:                         `<b>class="a" </b>`,
		`<ul><li>a</li><li>b</li></ul>`:             `<ul><li>a<li>b</ul>`,
		`<dl><dt>a</dt><dd>b</dd></dl>`:             `<dl><dt>a<dd>b</dl>`,
		`<tr><th>a</th><td>b</td></tr></table>`:     `<tr><th>a<td>b</table>`,
		`<p>a</p><p>b</p></div>`:                    `<p>a<p>b</div>`,
		`<p>a</p>`:                                  `<p>a</p>`, // who knows what follows
		`<p>a</p><span>b</span><p>c</p><details>`:   `<p>a</p><span>b</span><p>c<details>`,
		`<p>a</p></a>`:                              `<p>a</p></a>`,
		`<p>a</p></noscript>`:                       `<p>a</p></noscript>`,
		`<p>a</p><pre class="b">`:                   `<p>a</p><pre class="b">`,
		`<script src="x">"</li>"</script>`:          `<script src="x">"</li>"</script>`,
		`<p>a</p><footer class="b">c</footer></li>`: `<p>a<footer class=b>c</footer>`,
	} {
		if got := lean(in); got != want {
			t.Errorf("%s is\n\t%s, not\n\t%s", in, got, want)
		}
	}
}
