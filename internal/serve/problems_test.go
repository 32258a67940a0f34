package serve

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/diag"
)

func TestFindEditor(t *testing.T) {
	for _, test := range []struct {
		name, env, want, problem string
	}{
		{name: "vscode", want: "vscode://file{file}:{line}:{column}"},
		{name: "none", env: "TERM_PROGRAM=vscode"},
		{name: "kate:{file}?line={line}", want: "kate:{file}?line={line}"},
		{name: "vscodd", problem: "did you mean vscode"},
		{name: "{file}", problem: "unknown editor"},
		{},
		{env: "TERM_PROGRAM=vscode", want: "vscode://file{file}:{line}:{column}"},
		{env: "TERM_PROGRAM=vscode CURSOR_TRACE_ID=1", want: "cursor://file{file}:{line}:{column}"},
		{env: "TERMINAL_EMULATOR=JetBrains-JediTerm", want: "idea://open?file={file}&line={line}&column={column}"},
		{env: "TERM_PROGRAM=Apple_Terminal"},
	} {
		got, err := FindEditor(test.name, func(key string) string {
			for _, kv := range strings.Fields(test.env) {
				if v, ok := strings.CutPrefix(kv, key+"="); ok {
					return v
				}
			}
			return ""
		})
		if string(got) != test.want || (err != nil) != (test.problem != "") || err != nil && !strings.Contains(err.Error(), test.problem) {
			t.Errorf("FindEditor(%q) with %q: %q, %v; want %q, %q", test.name, test.env, got, err, test.want, test.problem)
		}
	}
}

func TestEditorLink(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a b&c.md")
	if err := os.WriteFile(name, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	f := diag.NewFile(filepath.ToSlash(name), []byte("one\ntwo\n"))
	base := filepath.ToSlash(dir)
	for editor, want := range map[string]string{
		"vscode": "vscode://file" + base + "/a%20b&c.md:2:3",
		"idea":   "idea://open?file=" + strings.ReplaceAll(base, "/", "%2F") + "%2Fa%20b%26c.md&line=2&column=3",
	} {
		if got := editors[editor].link(f.Span(6, 7)); got != want {
			t.Errorf("%s: %s, want %s", editor, got, want)
		}
	}
	for _, s := range []diag.Span{{}, diag.NewFile("embedded/templates/none.html", nil).At(0)} {
		if got := editors["vscode"].link(s); got != "" {
			t.Errorf("a link to no file: %s", got)
		}
	}
}

func TestProblemsHTML(t *testing.T) {
	f := diag.NewFile("content/a.md", []byte("---\ntitle: A <b>\n---\nText with a *mistake*.\n\nmore\nlast\n"))
	var l diag.List
	l.Warnf(f.Span(4, 9), "test/later", "a warning")
	l.Errorf(f.Span(34, 41), "test/first", "an error & more").Note("did you mean <x>?")
	l.Errorf(diag.Span{}, "test/nowhere", "of no file")
	const want = `<h1>2 errors, 1 warning</h1>
<section class="error"><h2><code>content/a.md:4:14</code> an error &amp; more <small>error[test/first]</small></h2>
<pre><span class="line"><i>    2 | </i><span class="nt">title</span><span class="p">:</span> <span class="l">A</span> <span class="l">&lt;b&gt;</span></span>
<span class="line"><i>    3 | </i><span class="p">---</span></span>
<span class="line here"><i>    4 | </i>Text with a <span class="ge">*mistake*</span>.</span>
<span class="carets"><i>      | </i>             ^^^^^^^</span>
<span class="line"><i>    5 | </i></span>
<span class="line"><i>    6 | </i>more</span>
</pre>
<ul><li>did you mean &lt;x&gt;?</li></ul>
</section>
<section class="error"><h2>of no file <small>error[test/nowhere]</small></h2>
</section>
<section class="warning"><h2><code>content/a.md:2:1</code> a warning <small>warning[test/later]</small></h2>
<pre><span class="line"><i>    1 | </i><span class="p">---</span></span>
<span class="line here"><i>    2 | </i><span class="nt">title</span><span class="p">:</span> <span class="l">A</span> <span class="l">&lt;b&gt;</span></span>
<span class="carets"><i>      | </i>^^^^^</span>
<span class="line"><i>    3 | </i><span class="p">---</span></span>
<span class="line"><i>    4 | </i>Text with a <span class="ge">*mistake*</span>.</span>
</pre>
</section>
`
	if got := problemsHTML(l, ""); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
