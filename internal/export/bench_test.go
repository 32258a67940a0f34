package export

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// large returns a site of 200 sources with 50 claims each, on 40 options.
func large(b *testing.B) sample {
	a := &txtar.Archive{Comment: []byte("base: https://briefings.example\n")}
	add := func(name, format string, args ...any) {
		a.Files = append(a.Files, txtar.File{Name: name, Data: fmt.Appendf(nil, format, args...)})
	}
	const parties, issues, options, sources, claims = 5, 10, 4, 200, 50
	for i := range parties {
		add(fmt.Sprintf("content/actors/party-%d.md", i), "---\nname: Party %d\ntype: state\n---\n", i)
	}
	for i := range issues {
		var lines strings.Builder
		for o := range options {
			fmt.Fprintf(&lines, "- option-%d: What is to be done, number %d\n", o, o)
		}
		add(fmt.Sprintf("content/issues/issue-%d.md", i), "---\ntitle: Issue %d\n---\n## Options\n%s", i, lines.String())
	}
	for s := range sources {
		var text, body strings.Builder
		for c := range claims {
			fmt.Fprintf(&text, "Paragraph %d holds the words of speaker number %d of source %d.\n\n", c, c, s)
			fmt.Fprintf(&body, "\n## Speaker %d says something, for once\n- id: c%d\n- holder: [[party-%d]]\n- on: issue-%d/option-%d\n- stance: for\n\n> the words of speaker number %d of source\n\nA note that refers to [[issue-%d]].\n",
				c, c, c%parties, c%issues, c%options, c, c%issues)
		}
		add(fmt.Sprintf("content/sources/source-%d.md", s), "---\ntitle: Source %d\npublisher: The Post\npublished: 2031-%02d-%02d\n---\n%s", s, 1+s%12, 1+s%28, body.String())
		add(fmt.Sprintf("texts/source-%d.txt", s), "%s", text.String())
	}
	return readSample(b, a)
}

// BenchmarkFiles writes all files of a site of 10,000 claims.
func BenchmarkFiles(b *testing.B) {
	s := large(b)
	n := 0
	for _, f := range s.files() {
		n += len(f.Data)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		for _, makeSome := range Makers(s.site, s.proofs, s.plan) {
			makeSome(func(File) {})
		}
	}
}
