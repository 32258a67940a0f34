package build

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/plan"
)

// mostWeight is what a page weighs at most, in bytes of HTML before any
// compression, whatever the size of the briefing: docs/format.md states it.
const mostWeight = 300_000

// A sprawl is a briefing of which some part has grown out of all proportion.
type sprawl struct {
	claims   int // in all, of one party's people, relayed by one publisher
	sources  int // that the claims are in
	issues   int
	parties  int
	meetings int
	people   int
	aliases  int // of the people together
}

// write writes the briefing's content below dir.
func (s sprawl) write(t testing.TB, dir string) {
	t.Helper()
	put := func(name, text string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	day := func(i int) string { return fmt.Sprintf("%d-%02d-%02d", 2024+i/336%3, 1+i/28%12, 1+i%28) }
	put("site.yaml", "title: Sprawl\nbase_url: https://example.org/b/\nmax_quoted_share: 100\n")
	put("index.md", "The parties and [[person-0]].\n")
	put("actors/wire.md", "---\nname: The Wire\ntype: organisation\n---\nIt reports.\n")
	for i := range s.parties {
		put(fmt.Sprintf("actors/party-%d.md", i), fmt.Sprintf("---\nname: Party %d\ntype: state\n---\nA party.\n", i))
	}
	for i := range s.people {
		aliases := ""
		for k := i; k < s.aliases; k += s.people {
			aliases += fmt.Sprintf(", the speaker %d", k)
		}
		if aliases != "" {
			aliases = "aliases: [" + aliases[2:] + "]\n"
		}
		put(fmt.Sprintf("actors/person-%d.md", i), fmt.Sprintf("---\nname: Person %d\ntype: person\n%srepresents: party-%d\n---\nKnows [[person-0]] and [[issue-0]].\n", i, aliases, i%max(1, min(s.parties, 2))))
	}
	for i := range s.issues {
		put(fmt.Sprintf("issues/issue-%d.md", i), fmt.Sprintf("---\ntitle: Issue %d\n---\nWhat is at stake in number %d.\n\n## Options\n- first: The first way of %d\n- second: The second way of %d\n", i, i, i, i))
	}
	for i := range s.meetings {
		put(fmt.Sprintf("meetings/meeting-%d.md", i), fmt.Sprintf("---\ntitle: Meeting %d\nstart: %s\nplace: Here\n---\n\n## Status\n- %s: held, reported\n\n## Attendance\n- [[party-0]]: [[person-0]], [[person-%d]]\n\n## Agenda\n- [[issue-0]]\n",
			i, day(i), day(i), 1+i%(s.people-1)))
	}
	var text, article strings.Builder
	in := 0
	for i := range s.claims {
		if text.Len() == 0 {
			fmt.Fprintf(&text, "---\ntitle: Report %d\npublisher: The Wire\npublished: %s\nurl: https://example.org/%d\n---\n", in, day(in), in)
		}
		// The first person says every other thing, others the rest.
		who := 0
		if i%2 == 1 {
			who = i % s.people
		}
		quote := fmt.Sprintf("we have said word %d of it in so many words", i)
		fmt.Fprintf(&article, "Then they said that %s.\n\n", quote)
		fmt.Fprintf(&text, "\n## The speaker has said word number %d of this\n- id: c-%d\n- holder: [[person-%d]]\n- via: [[wire]]\n- about: [[party-%d]]\n- on: issue-%d/%s\n- stance: %s\n",
			i, i, who, s.parties-1, i/3%s.issues, []string{"first", "second"}[i%2], []string{"for", "against", "open"}[i%3])
		if s.meetings > 0 {
			text.WriteString("- at: [[meeting-0]]\n")
		}
		fmt.Fprintf(&text, "\n> %s\n", quote)
		if (i+1)*s.sources/s.claims != in {
			put(fmt.Sprintf("sources/report-%d.md", in), text.String())
			put(fmt.Sprintf("private/report-%d.txt", in), article.String())
			text.Reset()
			article.Reset()
			text.Reset()
			article.Reset()
			in++
		}
	}
}

// One part of a briefing grows, twofold from one to the next: what a build
// takes must not grow faster than what it builds. The metric is the time for a
// thing of the kind that grows; it should be about level.
func BenchmarkGrowth(b *testing.B) {
	for _, shape := range []struct {
		name string
		of   func(n int) (s sprawl, things int)
	}{
		{"claims of an actor", func(n int) (sprawl, int) {
			return sprawl{claims: 1250 * n, sources: 125 * n, issues: 1, parties: 2, people: 2}, 1250 * n
		}},
		{"claims of a source", func(n int) (sprawl, int) {
			return sprawl{claims: 500 * n, sources: 1, issues: 20, parties: 2, people: 10}, 500 * n
		}},
		{"aliases", func(n int) (sprawl, int) {
			return sprawl{claims: 10, sources: 10, issues: 2, parties: 2, people: 500, aliases: 2500 * n}, 500 + 2500*n
		}},
		{"cells of the comparison", func(n int) (sprawl, int) {
			return sprawl{claims: 500 * n, sources: 50 * n, issues: 50 * n, parties: 30, people: 60}, 50 * n * 2 * 30
		}},
		{"meetings", func(n int) (sprawl, int) {
			return sprawl{claims: 10, sources: 10, issues: 2, parties: 2, meetings: 500 * n, people: 50}, 500 * n
		}},
	} {
		for _, n := range []int{1, 2, 4} {
			s, things := shape.of(n)
			b.Run(fmt.Sprintf("%s/%d", shape.name, things), func(b *testing.B) {
				dir := b.TempDir()
				s.write(b, dir)
				for b.Loop() {
					if r := mustBuild(b, options(dir), nil); r.Files == nil {
						b.Fatalf("errors:\n%.2000s", diagText(r))
					}
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*things), "µs/thing")
			})
		}
	}
}

// No page grows without bound, and none of the parts into which a long one is
// split has a link that leads nowhere.
func TestGrowth(t *testing.T) {
	dir := t.TempDir()
	sprawl{claims: 1500, sources: 300, issues: 60, parties: 8, meetings: 450, people: 700, aliases: 2000}.write(t, dir)
	opt := options(dir)
	opt.AllowUnverified = true
	r := mustBuild(t, opt, nil)
	if r.Files == nil {
		t.Fatalf("errors:\n%.2000s", diagText(r))
	}
	for _, f := range r.Files {
		if path.Ext(f.Path) == ".html" && len(f.Data) > mostWeight {
			t.Errorf("%s weighs %d bytes", f.Path, len(f.Data))
		}
	}
	checkLinks(t, r.Files, "https://example.org/b/", "/b/")
	parts := 0
	for _, p := range r.Plan.Pages() {
		if strings.Count(p.Path, ".") == 1 {
			continue
		}
		parts++
		if alone := r.Plan.Page(p.Path); alone == nil || plan.HashOf(alone.View()) != plan.HashOf(p.View()) {
			t.Errorf("%s is another page when it is asked for alone", p.Path)
		}
	}
	if parts < 100 {
		t.Errorf("only %d pages are parts of a list", parts)
	}
	for _, path := range []string{"actors/person-0.html.html", "actors/person-0.nothing.html", "actors/person-0.positions.999.html", "actors/nobody.positions.html"} {
		if r.Plan.Page(path) != nil {
			t.Errorf("there is a page %s", path)
		}
	}
}
