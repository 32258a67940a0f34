package markdown

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"

	"readout/internal/diag"
)

// FuzzParse parses anything and checks what the package promises.
func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(a.Files[0].Data, uint16(0), uint16(10))
	}
	f.Add([]byte(recordBody), uint16(23), uint16(60))
	f.Add([]byte("> \f\"one\"\n"), uint16(0), uint16(9)) // a form feed is white space to some
	safe, raw := New(Options{}), New(Options{RawHTML: true})
	f.Fuzz(func(t *testing.T, data []byte, start, length uint16) {
		file := diag.NewFile("f.md", data)
		c := checker{t: t, file: file}
		for _, e := range []*Engine{safe, raw} {
			c.balanced = e == safe
			d := e.Parse(file, int(start))
			for _, s := range d.Sections {
				c.span(s.Span)
				c.fragment(s.Heading)
				for _, b := range s.Blocks {
					c.block(d, b)
				}
				c.fragment(d.Render(s.Prose()))
			}
			for _, b := range d.Lead {
				c.block(d, b)
			}
			c.fragment(d.Render(d.Lead))
			c.fragment(d.Inline(int(start), int(start)+int(length)))
			c.fragment(d.Footnotes())
			for _, m := range d.Diags {
				c.span(m.Span)
			}
		}
	})
}

// FuzzHighlight: highlighted code is balanced HTML of the same text.
func FuzzHighlight(f *testing.F) {
	for language := range lexers {
		f.Add(language, "---\na: \"b\" # c\n- [[d]] $e `f` {\"g\": 1}\n+h\n")
	}
	f.Fuzz(func(t *testing.T, language, code string) {
		code = strings.ReplaceAll(strings.ToValidUTF8(code, "?"), "\r", "")
		c := checker{t: t}
		got := string(highlight(nil, language, []byte(code)))
		c.html(got)
		var text strings.Builder
		for z := html.NewTokenizer(strings.NewReader(got)); z.Next() != html.ErrorToken; {
			if tok := z.Token(); tok.Type == html.TextToken {
				text.WriteString(tok.Data)
			}
		}
		if text.String() != code {
			t.Fatalf("%q became %q", code, text.String())
		}
	})
}

// A checker holds parts of an outcome against the promises.
type checker struct {
	t        *testing.T
	file     *diag.File
	balanced bool
}

func (c checker) span(s diag.Span) {
	c.t.Helper()
	if s.File != c.file || s.Start < 0 || s.Start > s.End || s.End > len(c.file.Data) {
		c.t.Fatalf("a span from %d to %d of %d", s.Start, s.End, len(c.file.Data))
	}
}

func (c checker) block(d *Doc, b Block) {
	c.t.Helper()
	c.span(b.Span)
	for _, it := range d.Items(b) {
		c.span(it.Span)
		if it.Span.Start < it.Span.End {
			c.fragment(d.Inline(it.Span.Start, it.Span.End))
		}
	}
	q := d.Quotation(b)
	c.span(q.Span)
	last := 0
	for i := range len(q.Text) + 1 {
		at := q.Offset(i)
		if at < last || at < q.Span.Start || at > q.Span.End {
			c.t.Fatalf("byte %d of %q comes from %d, after %d, in %d to %d", i, q.Text, at, last, q.Span.Start, q.Span.End)
		}
		last = at
	}
	for _, h := range q.Holes {
		c.span(h.Span.In(c.file))
		if h.TextAt < 0 || h.TextAt+h.TextLen > len(q.Text) {
			c.t.Fatalf("a hole at %d+%d of %q", h.TextAt, h.TextLen, q.Text)
		}
	}
}

func (c checker) fragment(f Fragment) {
	c.t.Helper()
	at, textAt := 0, 0
	for i, h := range f.Holes {
		c.span(h.Span.In(c.file))
		if h.At < at || h.At > len(f.HTML) || h.TextAt < textAt || h.TextAt+h.TextLen > len(f.Text) {
			c.t.Fatalf("a hole at %d and %d+%d, after %d and %d, in %q, %q", h.At, h.TextAt, h.TextLen, at, textAt, f.HTML, f.Text)
		}
		at, textAt = h.At, h.TextAt
		text := f.Text[h.TextAt : h.TextAt+h.TextLen]
		if h.TextAt < int(h.Sentence.Start) || h.TextAt+h.TextLen > int(h.Sentence.End) || int(h.Sentence.End) > len(f.Text) {
			c.t.Fatalf("%q, at %d+%d, does not stand in %q, at %v", text, h.TextAt, h.TextLen, sentenceOf(f, i), h.Sentence)
		}
		switch {
		case h.Kind == Cite && (len(h.Cites) == 0 || text != ""), h.Kind == Link && h.Target == "",
			h.Kind == Link && h.Piped != (h.Label != ""):
			c.t.Fatalf("a bad hole: %+v", h)
		}
		for _, one := range h.Cites {
			c.span(one.Span)
		}
		if c.balanced {
			c.html(h.Label)
		}
	}
	if !utf8.ValidString(f.HTML) || !utf8.ValidString(f.Text) {
		c.t.Fatalf("not UTF-8: %q", f.HTML)
	}
	if c.balanced {
		c.html(fill(f, func(i int) string {
			h := f.Holes[i]
			if h.Kind == Cite {
				return "<sup>1</sup>"
			}
			return `<a href="x">` + h.Label + "</a>"
		}))
		if strings.Contains(strings.ToLower(f.HTML), "<script") {
			c.t.Fatalf("a script: %q", f.HTML)
		}
	}
	ids := map[string]bool{}
	for _, h := range f.Headings {
		if h.Level < 2 || h.Level > 6 || h.ID == "" || ids[h.ID] || strings.ContainsAny(h.ID, " \t\n") {
			c.t.Fatalf("a bad heading: %+v", h)
		}
		ids[h.ID] = true
	}
}

// Html checks that tags are balanced, that no link stands in a link, and that
// every address has a safe scheme.
func (c checker) html(s string) {
	c.t.Helper()
	var open []string
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		tok := z.Token()
		switch tok.Data {
		case "br", "hr", "img", "input":
			continue
		}
		switch kind {
		case html.CommentToken, html.DoctypeToken, html.SelfClosingTagToken:
			c.t.Fatalf("unexpected %q in %q", tok, s)
		case html.StartTagToken:
			if tok.Data == "a" {
				for _, o := range open {
					if o == "a" {
						c.t.Fatalf("a link in a link: %q", s)
					}
				}
			}
			for _, a := range tok.Attr {
				low := strings.ToLower(strings.TrimSpace(a.Val))
				if a.Key == "href" && (strings.HasPrefix(low, "javascript:") || strings.HasPrefix(low, "data:")) || a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					c.t.Fatalf("unsafe: %q", tok)
				}
			}
			open = append(open, tok.Data)
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				c.t.Fatalf("%v is open at %q in %q", open, tok, s)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		c.t.Fatalf("%v is left open in %q", open, s)
	}
}

// TestLinear gives long rows of marks to the parsers of this package. With
// quadratic time, each would take minutes.
func TestLinear(t *testing.T) {
	rows := []string{
		"[[", "[@", "![[", "[[[", "[[a|", "[[a|[", "[@a;", "[@a,", "[[a\n", "[@a\n", "[[a]](", "[@a](", "](", "]](", "`[[", "![@", "![@a]", "[[a|`",
		"[^", "[^a] ", "[[a]]", "[@a]", "[[a|*b*]] ", "> [!", "> [!NOTE]\n\n", "<!-- ", "<!-- -->", "&amp", "\\[", "[[a [b] ", "a. B", "Mr. [[a]] ",
		"# [[a]]\n", "[@a;\n@", "- [[a]]\n", "[[a|b\n", "[x]: ", "www.", "@", "a@", "`", "``` ", "\xff", "\x00",
	}
	// Of these, goldmark's own parser of links makes quadratic work.
	for _, row := range []string{"[a](b.md", "[](a.md#"} {
		data := bytes.Repeat([]byte(row), 50_000)
		start := time.Now()
		AppendRefs(nil, diag.NewFile("l.md", data), 0, len(data))
		if refs := time.Since(start); refs > 10*time.Second {
			t.Errorf("%q: %v for the links", row, refs)
		}
	}
	e := New(Options{})
	for _, row := range rows {
		n := 50_000
		if len(row) > 4 {
			n = 10_000
		}
		data := bytes.Repeat([]byte(row), n)
		f := diag.NewFile("l.md", data)
		start := time.Now()
		d := e.Parse(f, 0)
		f1 := d.Render(everything(d))
		for _, b := range d.Lead {
			d.Quotation(b)
		}
		parsed := time.Since(start)
		start = time.Now()
		AppendRefs(nil, f, 0, len(data))
		if refs := time.Since(start); parsed > 10*time.Second || refs > 10*time.Second {
			t.Errorf("%q: %v to parse %d bytes into %d, %v for the links alone", row, parsed, len(data), len(f1.HTML), refs)
		}
	}
}
