package markdown

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/yuin/goldmark/ast"

	"readout/internal/diag"
)

const recordBody = `---
front: matter
---
The lead.

- a list

## First *section* [[north|N]]
- id: one
- holder: [[south]] and
  more
-   spaced

    a second paragraph
- [x] task
-
- - nested

> a quotation

> [!TIP]
> an alert

<!-- a comment -->

[ref]: https://a.example

### Lesser

1. ordered

Second
------
# Level one
Text [ref].
`

func TestStructure(t *testing.T) {
	f := diag.NewFile("r.md", []byte(recordBody))
	d := New(Options{}).Parse(f, strings.Index(recordBody, "The lead"))
	var b strings.Builder
	blocks := func(list []Block) {
		for _, bl := range list {
			fmt.Fprintf(&b, "  %s %q\n", bl.Kind, bl.Span.Text())
			for _, it := range d.Items(bl) {
				fmt.Fprintf(&b, "    %q", it.Span.Text())
				if it.HasMore {
					b.WriteString(" and more")
				}
				b.WriteString("\n")
			}
		}
	}
	blocks(d.Lead)
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "%q #%s at %s %q, heading %q\n", s.Title, s.ID, s.Span, s.Span.Text(), filled(s.Heading))
		blocks(s.Blocks)
		if got := s.Prose(); len(got) != len(s.Blocks)+1 || got[0].Kind != Other {
			t.Errorf("the prose of %q has %d blocks", s.Title, len(got))
		}
	}
	want := `  other "The lead."
  list "- a list"
    "a list"
"First section N" #first-section-n at r.md:8:4 "First *section* [[north|N]]", heading "First <em>section</em> {{1}}"
  list "- id: one\n- holder: [[south]] and\n  more\n-   spaced\n\n    a second paragraph\n- [x] task\n-\n- - nested"
    "id: one"
    "holder: [[south]] and\n  more"
    "spaced" and more
    "[x] task"
    ""
    "" and more
  quote "> a quotation"
  alert "> [!TIP]\n> an alert"
  other "### Lesser"
  list "1. ordered"
    "ordered"
"Second" #second at r.md:32:1 "Second", heading "Second"
  other "# Level one"
  other "Text [ref]."
`
	if b.String() != want {
		t.Errorf("got:\n%swant:\n%s", b.String(), want)
	}
}

// TestInline renders the values of list lines.
func TestInline(t *testing.T) {
	tests := []struct{ part, html, text string }{
		{"plain words", "plain words", "plain words"},
		{"a < b & \"c\"", "a &lt; b &amp; &quot;c&quot;", "a < b & \"c\""},
		{"  *spaced* ", "<em>spaced</em>", "spaced"},
		{"[[north]]: [[south|the *shore*]] [@log, p. 2]", "{{1}}: {{2}}{{3}}", "north: the shore"},
		{"over\n  two **lines**", "over two <strong>lines</strong>", "over two lines"},
		{"hard  \n  break\\\n  two", "hard break two", "hard break two"},
		{"`code` [x](https://a.example) ![y](z.png)", `<code>code</code> <a href="https://a.example" rel="noopener external">x</a> <img src="z.png" alt="y" loading="lazy">`, "code x y"},
		{`\*escaped\* &amp; &copy;`, "*escaped* &amp; ©", "*escaped* & ©"},
		{"<b>tag</b> <!-- gone -->x", "&lt;b&gt;tag&lt;/b&gt; x", "<b>tag</b> x"},
		{"www.a.example me@b.example", `<a href="http://www.a.example" rel="noopener external">www.a.example</a> <a href="mailto:me@b.example" rel="noopener external">me@b.example</a>`, "www.a.example me@b.example"},
		{"", "", ""},
	}
	e := New(Options{})
	for _, tt := range tests {
		body := "## A\n- key: " + tt.part + "\n- next: line\n"
		f := diag.NewFile("i.md", []byte(body))
		start := strings.Index(body, "key: ") + len("key: ")
		end := start + len(tt.part)
		d := e.Parse(f, 0)
		got := d.Inline(start, end)
		if html := filled(got); html != tt.html || got.Text != tt.text {
			t.Errorf("%q:\ngot  %q %q\nwant %q %q", tt.part, html, got.Text, tt.html, tt.text)
		}
		for _, h := range got.Holes {
			if int(h.Span.Start) < start || int(h.Span.End) > end {
				t.Errorf("%q: a hole at %d to %d", tt.part, h.Span.Start, h.Span.End)
			}
		}
	}
}

// TestInlineCut cuts constructs in two.
func TestInlineCut(t *testing.T) {
	body := "- *held, reported* [[north]] `a, b`, **c**[^1]\n\n[^1]: note\n"
	f := diag.NewFile("i.md", []byte(body))
	d := New(Options{}).Parse(f, 0)
	tests := []struct{ from, to, html string }{
		{"*held", ", reported", "<em>held</em>"},
		{"reported", " [[north", "<em>reported</em>"},
		{"reported", "orth]]", "<em>reported</em> "},
		{", b", ", **", "<code>, b</code>"},
		{"**c", "\n", `<strong>c</strong><sup class="footnote-ref"><a id="fnref-1" href="#fn-1" role="doc-noteref" aria-label="Footnote 1">1</a></sup>`},
	}
	for _, tt := range tests {
		from := strings.Index(body, tt.from)
		to := from + strings.Index(body[from:], tt.to)
		if got := filled(d.Inline(from, to)); got != tt.html {
			t.Errorf("%q: got %q, want %q", body[from:to], got, tt.html)
		}
	}
	if got := filled(d.Footnotes()); !strings.Contains(got, `href="#fnref-1"`) {
		t.Errorf("the note has no link back: %s", got)
	}
}

// TestFootnotesOfWhatIsShown: a note whose reference is never rendered is not
// shown, and keeps its number.
func TestFootnotesOfWhatIsShown(t *testing.T) {
	f := diag.NewFile("n.md", []byte("One[^1].\n\nTwo[^2].\n\n[^1]: a\n[^2]: b\n"))
	d := New(Options{}).Parse(f, 0)
	if n := d.Footnotes(); n.HTML != "" {
		t.Errorf("notes without references: %s", n.HTML)
	}
	d.Render(d.Lead[1:])
	got := d.Footnotes().HTML
	if !strings.Contains(got, `<li id="fn-2" value="2">`) || strings.Contains(got, "fn-1") {
		t.Errorf("got %s", got)
	}
}

func TestEncoding(t *testing.T) {
	body := "\uFEFFa \xff\xfe b\x00 \u0085c [[\x01x]] \U0001FFFE"
	f := diag.NewFile("e.md", []byte(body))
	d := New(Options{}).Parse(f, 0)
	got := d.Render(d.Lead)
	if want := "<p>a ?? b? ??c {{1}} ????</p>\n"; filled(got) != want {
		t.Errorf("got %q, want %q", filled(got), want)
	}
	if len(d.Diags) != 1 || d.Diags[0].Code != "markdown/encoding" || d.Diags[0].Span.Start != 5 {
		t.Errorf("got %v", d.Diags)
	}
	if string(f.Data) != body {
		t.Error("the file was changed")
	}
}

// TestConcurrent uses one engine from several goroutines at once.
func TestConcurrent(t *testing.T) {
	e := New(Options{})
	want := parseAndRender(e)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 50 {
				if got := parseAndRender(e); got[1].HTML != want[1].HTML || sentenceOf(got[1], 3) != sentenceOf(want[1], 3) {
					t.Error("another outcome")
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestTreeIsDropped keeps all that may be kept of a parse, and sees the tree
// collected.
func TestTreeIsDropped(t *testing.T) {
	var kept []any
	collected := make(chan bool, 1)
	func() {
		body := "Lead [[a|*b*]] [@c] [d](e.md).\n\n## S [[x]]\n- k: [[v]]\n\n> q [[w]] [@u]\n\n```json\n{}\n```\n\nn[^1]\n\n[^1]: note [[y]]\n"
		f := diag.NewFile("k.md", []byte(body))
		d := New(Options{}).Parse(f, 0)
		for _, s := range d.Sections {
			kept = append(kept, s.Title, s.Heading, s.ID, s.Span)
		}
		for _, b := range everything(d) {
			kept = append(kept, b.Kind, b.Span, d.Items(b), d.Quotation(b))
		}
		at := strings.Index(body, "k: ")
		kept = append(kept, d.Render(everything(d)), d.Inline(at, at+8), d.Footnotes(), d.Diags, AppendRefs(nil, f, at, at+8))
		runtime.AddCleanup(d.root.(*ast.Document), func(c chan bool) { c <- true }, collected)
	}()
	for range 20 {
		runtime.GC()
		select {
		case <-collected:
			runtime.KeepAlive(kept)
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
	t.Error("something that is kept refers to the tree")
}

func TestSlugs(t *testing.T) {
	ids := slugs{}
	var got []string
	for _, h := range []string{"A b", "a b", "a-b-1", "A  B", "", " - ", "fnref-2", "Ångström's (1)", "snake_case", "北 海"} {
		got = append(got, ids.make(h))
	}
	want := []string{"a-b", "a-b-1", "a-b-1-1", "a--b", "section", "section-1", "section-fnref-2", "angstroms-1", "snake_case", "北-海"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestParagraphs(t *testing.T) {
	tests := []struct {
		locator     string
		first, last int
	}{
		{"para. 8", 8, 8},
		{"para 8", 8, 8},
		{"paras. 8-9", 8, 9},
		{"Paragraphs 8–10", 8, 10},
		{"¶ 3", 3, 3},
		{"par. 1", 1, 1},
		{"p. 8", 0, 0},
		{"8", 0, 0},
		{"para. 0", 0, 0},
		{"para. 9-8", 0, 0},
		{"para. x", 0, 0},
		{"para. 8 and on", 0, 0},
		{"", 0, 0},
	}
	for _, tt := range tests {
		first, last, ok := Citation{Locator: tt.locator}.Paragraphs()
		if first != tt.first || last != tt.last || ok != (tt.first > 0) {
			t.Errorf("%q: %d to %d, %v", tt.locator, first, last, ok)
		}
	}
}
