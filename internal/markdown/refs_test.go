package markdown

import (
	"strings"
	"testing"

	"readout/internal/diag"
)

func TestRefs(t *testing.T) {
	tests := []struct{ text, want string }{
		{"no links [here] (or) here", ""},
		{
			"[[north]]: [[south#port|the *shore*]], reported [@log#toll; @b, p. 2]",
			"north|; south#port|the *shore*; @log#toll+@b,p. 2",
		},
		{"[N](../actors/n%20s.md#roles) [x](x.csv) [](a.md) [y](<b c.md>)", "path ../actors/n s.md#roles|N; path a.md|"},
		{"`[[a]]` ``[[b]] ` [@c]`` [[d]] ` [[e]]", "d|; e|"},
		{`\[[a]] \\[[b]] \[@c] [d\](e.md) [f](g.md)`, "b|; path g.md|f"},
		{"[[ spaced\n  out ]] [@a,\n  para. 3]", "spaced out|; @a,para. 3"},
		{"[[]] [[#a]] [[a [@] [@a@b] [[ok]]", "ok|"},
		{"![[embed]] [[1]](https://a.example) [@x](https://a.example) [[[y]]]", "y|"},
		{"[a [b](c.md) d](e.md)", "path c.md|b"},
		{"[[@a]](b.md) [c [[d]]](e.md)", "path b.md|[@a]; path e.md|c [[d]]"},
		{"[[a|]] [[a\\|b &amp; c]]", "a|; a|b & c"},
		{"[t](x.md \"title\") [u](y.md", "path x.md|t"},
	}
	for _, tt := range tests {
		for _, lead := range []string{"", "- holder: "} {
			f := diag.NewFile("r.md", []byte(lead+tt.text+"\n[[after]]"))
			holes := AppendRefs(nil, f, len(lead), len(lead)+len(tt.text))
			var list []string
			for _, h := range holes {
				s := h.Target
				if h.IsPath {
					s = "path " + s
				}
				if h.Anchor != "" {
					s += "#" + h.Anchor
				}
				if h.Kind == Link {
					s += "|" + h.Label
				}
				for i, c := range h.Cites {
					if i > 0 {
						s += "+"
					}
					s += "@" + c.Source
					if c.Claim != "" {
						s += "#" + c.Claim
					}
					if c.Locator != "" {
						s += "," + c.Locator
					}
					if got := c.Span.Text(); !strings.HasPrefix(got, "@"+c.Source) {
						t.Errorf("the span of %q is %q", c.Source, got)
					}
				}
				list = append(list, s)
				if got := h.Span.Text(); got[0] != '[' || !strings.HasSuffix(got, "]") && !strings.HasSuffix(got, ")") {
					t.Errorf("a span is %q", got)
				}
			}
			if got := strings.Join(list, "; "); got != tt.want {
				t.Errorf("%q:\ngot  %s\nwant %s", tt.text, got, tt.want)
			}
		}
	}
}

// FuzzRefs holds Refs to its promises, and against Parse: in a plain paragraph
// without code, tags or definitions both see the same links and citations.
func FuzzRefs(f *testing.F) {
	for _, s := range []string{
		"[[a|b]] [@c#d, p. 2; @e] [f](g.md)", `\[[a]] [[b\|c]]`, "``[[a]]`", "[[[a]]] ![[b]]", "[[a [b]] c]]", "[a](b.md", "[@a\n;@b]",
		"[[a]](b) [[c](d)] [@e](f)", "]](](", "[[a|b [c]]]",
	} {
		f.Add(s)
	}
	e := New(Options{})
	f.Fuzz(func(t *testing.T, s string) {
		file := diag.NewFile("f.md", []byte(s))
		last := 0
		for _, h := range AppendRefs(nil, file, 0, len(s)) {
			if h.Span.Start < last || h.Span.End > len(s) || h.Span.Start >= h.Span.End {
				t.Fatalf("a span from %d to %d after %d", h.Span.Start, h.Span.End, last)
			}
			last = h.Span.End
			switch {
			case h.Kind == Cite && len(h.Cites) == 0, h.Kind == Link && h.Target == "":
				t.Fatalf("an empty hole: %+v", h)
			}
			for _, c := range h.Cites {
				if c.Source == "" || c.Span.Start <= h.Span.Start || c.Span.End >= h.Span.End {
					t.Fatalf("a bad citation: %+v", c)
				}
			}
		}
		if !clean([]byte(s), traitsOf([]byte(s))) || strings.ContainsAny(s, "`<&\n\r\t") || strings.Contains(s, "](") || strings.Contains(s, "]:") || strings.TrimSpace(s) != s {
			return
		}
		d := e.Parse(file, 0)
		if len(d.Lead) != 1 || d.Lead[0].Kind != Other || d.Lead[0].Span.Start != 0 || d.Lead[0].Span.End != len(s) || strings.ContainsAny(s[:min(1, len(s))], "#|") {
			return
		}
		got, want := AppendRefs(nil, file, 0, len(s)), d.Render(d.Lead).Holes
		if len(got) != len(want) {
			t.Fatalf("Refs finds %d, Parse %d", len(got), len(want))
		}
		for i := range got {
			if got[i].Span != want[i].Span.In(file) || got[i].Target != want[i].Target || got[i].Anchor != want[i].Anchor || (got[i].Label != "") != want[i].Piped {
				t.Fatalf("Refs finds %+v, Parse %+v", got[i], want[i])
			}
		}
	})
}
