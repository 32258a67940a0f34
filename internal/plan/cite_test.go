package plan

import (
	"strings"
	"testing"
	"unicode"

	"readout/internal/link"
	"readout/internal/record"
)

func sourceOf(title, publisher, published, url string, authors ...string) *link.Source {
	date, err := record.ParseDate(published)
	if err != nil && published != "" {
		panic(err)
	}
	r := &record.Source{Authors: authors, Published: date, URL: url, Genre: "report"}
	r.ID, r.Name.Value, r.Publisher.Value = "wire", title, publisher
	s := &link.Source{Record: r}
	s.Header = &r.Header
	return s
}

func TestCitations(t *testing.T) {
	for _, c := range []struct {
		source                *link.Source
		words, mark, biblatex string
	}{
		{
			sourceOf("Talks [at] 5 % & more", "Harbour Wire", "2031-03-02?", "https://example.org/a_{b}", "Ann Poe", "Bo Ray"),
			"Ann Poe and Bo Ray, “Talks [at] 5 % & more”, Harbour Wire, 2 Mar 2031, date inferred, https://example.org/a_{b}",
			`Ann Poe and Bo Ray, *Talks \[at\] 5 % \& more*, Harbour Wire, 2 Mar 2031, date inferred, <https://example.org/a_%7Bb%7D>`,
			"@article{wire,\n  title = {{Talks [at] 5 \\% \\& more}},\n  author = {{Ann Poe} and {Bo Ray}},\n  journaltitle = {{Harbour Wire}},\n" +
				"  date = {2031-03-02?},\n  url = {https://example.org/a_%7Bb%7D},\n  keywords = {report},\n}\n",
		},
		{
			sourceOf("A *bare* note", "", "", ""),
			"“A *bare* note”",
			`*A \*bare\* note*`,
			"@misc{wire,\n  title = {{A *bare* note}},\n  keywords = {report},\n}\n",
		},
	} {
		if got := citation(c.source); got != c.words {
			t.Errorf("in words: %q, want %q", got, c.words)
		}
		if got := markdownCitation(c.source); got != c.mark {
			t.Errorf("in Markdown: %q, want %q", got, c.mark)
		}
		if got := BibTeX(c.source); got != c.biblatex {
			t.Errorf("in BibTeX: %q, want %q", got, c.biblatex)
		}
	}
}

func FuzzEscapeTeX(f *testing.F) {
	for _, s := range []string{"", `\{}$&#_%~^`, "a { b", "} a", `\textbackslash{}`, "\xff\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := escapeTeX(s)
		want := strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return -1
			}
			return r
		}, strings.ToValidUTF8(s, "\uFFFD"))
		if back := untex.Replace(got); back != want {
			t.Errorf("%q reads back as %q", want, back)
		}
		if rest := strings.ReplaceAll(got, "{}", ""); strings.ContainsAny(rest, "{}~^") {
			t.Errorf("%q has a bare sign", got)
		}
	})
}

var untex = strings.NewReplacer(
	`\textbackslash{}`, `\`, `\textbraceleft{}`, `{`, `\textbraceright{}`, `}`,
	`\textasciitilde{}`, `~`, `\textasciicircum{}`, `^`,
	`\$`, `$`, `\&`, `&`, `\#`, `#`, `\_`, `_`, `\%`, `%`,
)
