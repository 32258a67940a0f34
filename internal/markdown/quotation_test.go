package markdown

import (
	"strings"
	"testing"

	"readout/internal/diag"
)

// quotationOf returns the first quotation of a body.
func quotationOf(t *testing.T, body string) (Quotation, *diag.File) {
	t.Helper()
	f := diag.NewFile("q.md", []byte(body))
	d := New(Options{}).Parse(f, 0)
	for _, b := range everything(d) {
		if b.Kind == Quote {
			return d.Quotation(b), f
		}
	}
	t.Fatalf("%q has no quotation", body)
	return Quotation{}, nil
}

func TestQuotation(t *testing.T) {
	tests := []struct {
		name, body, text string
		// from is the byte of the file that each byte of the text comes from.
		from string
		span string
	}{
		{"plain", "> a fair beginning", "a fair beginning", "a fair beginning", "a fair beginning"},
		{"lines", "> one\n> two", "one\ntwo", "one\ntwo", "one\n> two"},
		{"lazy", "> one\ntwo\n  three", "one\ntwo\nthree", "one\ntwo\nthree", "one\ntwo\n  three"},
		{"crlf", "> one  \r\n> two\r\n", "one\ntwo", "one two", "one  \r\n> two"},
		{"paragraphs", "> one\n>\n> two", "one\n\ntwo", "one\n\ntwo", "one\n>\n> two"},
		{"hard break", "> one\\\n> two  \n> three", "one\ntwo\nthree", "one\\two three", "one\\\n> two  \n> three"},
		{"emphasis", "> *a **b** c* ~~d~~ _e_", "a b c d e", "a b c d e", "*a **b** c* ~~d~~ _e_"},
		{"escapes", `> \*a\* \[b\] \\c`, `*a* [b] \c`, `*a* [b] \c`, `\*a\* \[b\] \\c`},
		{"entities", "> a &mdash; b&#39;s &amp; c", "a — b's & c", "a &&& b&s & c", "a &mdash; b&#39;s &amp; c"},
		{"brackets", "> [Monday night] ... [...] […]", "[Monday night] ... [...] […]", "[Monday night] ... [...] […]", "[Monday night] ... [...] […]"},
		{
			"links", "> [[north|the *shore*]] [[a b]] [x](https://a.example) [y](z.md)", "the shore a b x y", "the shore a b x y",
			"[[north|the *shore*]] [[a b]] [x](https://a.example) [y](z.md)",
		},
		{"links without words", "> [](z.md) [[a|b&#32;]]", "z.md b", "[[[[ b", "[](z.md) [[a|b&#32;]]"},
		{"link over lines", "> [[a\n> b]] c", "a b c", "aaa c", "[[a\n> b]] c"},
		{"addresses", "> see https://a.example/x_y now", "see https://a.example/x_y now", "see https://a.example/x_y now", "see https://a.example/x_y now"},
		{"citation", "> so he said [@log].", "so he said.", "so he said.", "so he said [@log]."},
		{"code", "> a `b  c` d", "a b  c d", "a b  c d", "a `b  c` d"},
		{"tags and comments", "> a <b>c</b> <!-- x -->d", "a <b>c</b> d", "a <b>c</b> d", "a <b>c</b> <!-- x -->d"},
		{"straight marks", `> "a" 'b' -- c...`, `"a" 'b' -- c...`, `"a" 'b' -- c...`, `"a" 'b' -- c...`},
		{"letters", "> Été “à” 北", "Été “à” 北", "Été “à” 北", "Été “à” 北"},
		{"indented", "  >  a\n  > b", "a\nb", "a\nb", "a\n  > b"},
		{"tab", ">\ta", "a", "a", "a"},
		{"empty", ">", "", "", ""},

		{"list", "> - a\n> - *b*", "- a\n- *b*", "- a\n- *b*", "- a\n> - *b*"},
		{"number at the head", "> 28. the plan\n> &amp;", "28. the plan\n&amp;", "28. the plan\n&amp;", "28. the plan\n> &amp;"},
		{"heading", "> # a\n> b", "# a\nb", "# a\nb", "# a\n> b"},
		{"fence", "> ```\n> a\n>  b\n> ```\n\nc", "```\na\n b\n```", "```\na\n b\n```", "```\n> a\n>  b\n> ```"},
		{"nested", "> > a\n> b", "> a\nb", "> a\nb", "> a\n> b"},
		{"list, lazily", "> - a\nb\n\nc", "- a\nb", "- a\nb", "- a\nb"},
		{"list, crlf", "> - a\r\n> - b\r\n", "- a\n- b", "- a\r- b", "- a\r\n> - b"},
		{"blank lines in a list", ">\n> - a\n>\n>   b\n>\n", "- a\n\n  b", "- a\n\n  b", "- a\n>\n>   b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, lead := range []string{"", "Before.\n\n"} {
				q, f := quotationOf(t, lead+tt.body)
				if q.Text != tt.text {
					t.Errorf("text %q, want %q", q.Text, tt.text)
				}
				var from strings.Builder
				for i := range len(q.Text) {
					from.WriteByte(f.Data[q.Offset(i)])
				}
				if from.String() != tt.from {
					t.Errorf("it comes from %q, want %q", from.String(), tt.from)
				}
				if q.Span.Text() != tt.span {
					t.Errorf("span %q, want %q", q.Span.Text(), tt.span)
				}
				if end := q.Offset(len(q.Text)); end != q.Span.End {
					t.Errorf("ends at %d, want %d", end, q.Span.End)
				}
			}
		})
	}
}

func TestQuotationHoles(t *testing.T) {
	q, _ := quotationOf(t, "> by [[north|the shore]] and [x](z.md#a) [@log#toll]")
	if len(q.Holes) != 3 {
		t.Fatalf("%d holes", len(q.Holes))
	}
	for i, want := range []string{"the shore", "x", ""} {
		h := q.Holes[i]
		if got := q.Text[h.TextAt : h.TextAt+h.TextLen]; got != want || h.Piped != (want != "") {
			t.Errorf("hole %d stands at %q, want %q", i, got, want)
		}
	}
	if h := q.Holes[1]; h.Target != "z.md" || h.Anchor != "a" || !h.IsPath {
		t.Errorf("got %+v", h)
	}
	if c := q.Holes[2].Cites; len(c) != 1 || c[0].Source != "log" || c[0].Claim != "toll" {
		t.Errorf("got %+v", c)
	}
}

func TestNoQuotation(t *testing.T) {
	f := diag.NewFile("q.md", []byte("> [!NOTE]\n> a\n\n- b\n"))
	d := New(Options{}).Parse(f, 0)
	for _, b := range d.Lead {
		if q := d.Quotation(b); q.Text != "" || q.Offset(3) != b.Span.End {
			t.Errorf("a block of the kind %s quotes %q", b.Kind, q.Text)
		}
	}
}
