package link

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"readout/internal/diag"
	"readout/internal/markdown"
	"readout/internal/record"
)

// A briefing is files that are edited, and their records, each parsed anew
// only when its file was edited: as a build has them.
type briefing struct {
	files   map[string]string
	parsed  map[string]record.Record
	engine  *markdown.Engine
	dropped []*record.Header // drafts, where they are no part of the site
}

func (b *briefing) edit(name, text string) {
	delete(b.parsed, name)
	if b.files[name] = text; text == "" {
		delete(b.files, name)
	}
}

func (b *briefing) header(name string) *record.Header {
	if r := b.parsed[name]; r != nil {
		return r.Head()
	}
	return nil
}

// reference finds what names a record, in a link or in a field.
var reference = regexp.MustCompile(`\[\[([^\]|#]+)|(?m)^(?:- )?(?:part_of|follows|represents|party|publisher): (.+)$`)

func (b *briefing) records(drafts bool) (list []record.Record) {
	b.dropped = nil
	names := make([]string, 0, len(b.files))
	for name := range b.files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		r := b.parsed[name]
		if r == nil {
			kind := record.KindPage
			if folder, _, nested := strings.Cut(name, "/"); nested {
				kind = record.Folders[folder]
			} else if name == "site.yaml" {
				kind = record.KindSite
			}
			r, _ = record.Parse(kind, diag.NewFile("content/"+name, []byte(b.files[name])), b.engine)
			b.parsed[name] = r
		}
		if r.Head().Draft && !drafts {
			b.dropped = append(b.dropped, r.Head())
		} else {
			list = append(list, r)
		}
	}
	return list
}

// A site that is joined from another one with some records edited is the site
// that is joined anew, in every list and diagnostic, whatever was edited.
func TestEditedIsAnew(t *testing.T) {
	original := map[string]string{}
	a, err := txtar.ParseFile("../build/testdata/harbour.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files {
		name, ok := strings.CutPrefix(f.Name, "content/")
		if ok && (strings.HasSuffix(name, ".md") || name == "site.yaml") {
			original[name] = string(f.Data)
		}
	}
	// More sources, that hold their claims between those of others.
	const gazette = "sources/gazette-resume.md"
	for _, id := range []string{"sources/a-courier.md", "sources/herald.md"} {
		text := strings.Replace(original[gazette], "title: ", "title: "+id+" on ", 1)
		original[id] = strings.ReplaceAll(text, "[@gazette-resume", "[@"+record.ID(id))
	}
	sources := []string{"sources/a-courier.md", gazette, "sources/herald.md"}
	const stranger = "actors/stranger.md" // to whom nobody refers
	original[stranger] = "---\nname: A Stranger\ntype: person\n---\n"
	names := make([]string, 0, len(original))
	var links, lines []string
	for name, text := range original {
		names = append(names, name)
		for line := range strings.Lines(text) {
			lines = append(lines, line)
		}
		for _, part := range strings.Split(text, "[[")[1:] {
			target, _, _ := strings.Cut(part, "]]")
			links = append(links, "[["+target+"]]")
		}
		for _, part := range strings.Split(text, "[@")[1:] {
			target, _, _ := strings.Cut(part, "]")
			links = append(links, "[@"+target+"]")
		}
	}
	slices.Sort(names)
	slices.Sort(links)
	slices.Sort(lines)

	for _, seed := range []uint64{1, 2, 3, 4} {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 0))
			pick := func(list []string) string { return list[rng.IntN(len(list))] }
			b := &briefing{files: map[string]string{}, parsed: map[string]record.Record{}, engine: markdown.New(markdown.Options{})}
			for name, text := range original {
				b.edit(name, text)
			}
			// One of the two is what a preview shows, the other may be changed.
			var sites [2]*Site
			var opt Options
			drafts, below, nicknamed, before, waited := true, "", "", "", false
			again, anew, wrong := 0, 0, 0
			for step := range 900 {
				name := pick(names)
				text := b.files[name]
				all := strings.SplitAfter(text, "\n")
				at := rng.IntN(len(all))
				what := ""
				kind := rng.IntN(44)
				if below != "" { // the place of what was reported moves
					kind, name = 22, below
					below, text = "", b.files[name]
				}
				// Both sites have to know what the next edit is to take away.
				if nicknamed != "" {
					if kind = -1; waited {
						kind = -2
					}
					waited = !waited
				}
				switch kind {
				case -1:
					what = "nothing"
				case -2:
					what = "no other name"
					b.edit(nicknamed, before)
					nicknamed = ""
				case 0:
					what = "delete"
					b.edit(name, "")
				case 1:
					what = "rename"
					to := strings.Replace(name, "/", "/a-", 1)
					if b.files[to] == "" && strings.Contains(name, "/") {
						b.edit(name, "")
						b.edit(to, text)
					}
				case 2:
					what = "draft"
					b.edit(name, strings.Replace(text, "---\n", "---\ndraft: yes\n", 1))
				case 3:
					what = "hide or show drafts"
					drafts = !drafts
				case 4:
					what = "as of"
					opt.HasAsOf = !opt.HasAsOf
					opt.AsOf, _ = record.ParseDay("2026-01-12")
				case 5:
					what = "alias of two"
					other := pick(names)
					b.edit(other, strings.Replace(b.files[other], "---\n", "---\naliases: [One, Two]\n", 1))
					b.edit(name, strings.Replace(text, "---\n", "---\naliases: [Two]\n", 1))
					below = min(name, other)
				case 26, 27:
					what = "a name"
					for _, field := range []string{"\ntitle: ", "\nname: "} {
						text = strings.Replace(text, field, field+pick([]string{"Some ", "Any ", "Zed "}), 1)
					}
					b.edit(name, text)
				case 32, 33, 34, 35:
					what = "another name"
					// Some reference goes by a name that the next step takes away.
					if rng.IntN(2) == 0 {
						name = pick(sources)
						text = b.files[name]
					}
					found := reference.FindAllStringSubmatchIndex(text, -1)
					if len(found) == 0 || sites[0] == nil {
						break
					}
					at := found[rng.IntN(len(found))]
					from, to := max(at[2], at[4]), max(at[3], at[5])
					n := sites[0].Lookup(text[from:to])
					if n == nil || n.Header != b.header(strings.TrimPrefix(n.File.Path, "content/")) {
						break
					}
					nick := fmt.Sprintf("Nick %d", step)
					b.edit(name, text[:from]+nick+text[to:])
					nicknamed = strings.TrimPrefix(n.File.Path, "content/")
					before = b.files[nicknamed]
					b.edit(nicknamed, strings.Replace(before, "---\n", "---\naliases: ["+nick+"]\n", 1))
				case 28:
					what = "a new claim"
					name = pick(sources)
					b.edit(name, strings.Replace(b.files[name], "\n## ", fmt.Sprintf("\n## One more\n- id: more-%d\n- holder: [[ada-berg]]\n- on: fares/raise\n- stance: for\n\n> words\n\n## ", step), 1))
					b.edit("about.md", b.files["about.md"]+fmt.Sprintf("\nSee [@%s#more-%d].\n", record.ID(name), step))
				case 29, 30:
					// Fields of which the site keeps what they come to, or nothing:
					// the next step takes away, or gives, the name that they use.
					what, name = "a publisher or a party", pick(sources)
					nick := fmt.Sprintf("Nick %d", step)
					line, by := "\n- party: [["+nick+"]]\n- holder: \"a clerk\"", "\n- holder: \"a clerk\""
					if rng.IntN(2) == 0 {
						line, by = "\npublisher: "+nick, "\npublisher: Example Gazette"
					}
					b.edit(name, strings.Replace(original[name], by, line, 1))
					nicknamed = stranger
					with := strings.Replace(original[nicknamed], "---\n", "---\naliases: ["+nick+"]\n", 1)
					if before = with; rng.IntN(2) == 0 {
						before = original[nicknamed]
						b.edit(nicknamed, with)
					}
				case 31:
					what = "an option"
					b.edit("issues/fares.md", strings.Replace(b.files["issues/fares.md"], "\n- raise: ", "\n- lift: They go\n- raise: ", 1))
				case 25:
					what = "a date"
					name = pick([]string{"meetings/2026-01-20-first-round.md", gazette})
					b.edit(name, strings.ReplaceAll(b.files[name], "2026-01", "2025-1"+fmt.Sprint(rng.IntN(3))))
				case 24:
					what = "alias"
					b.edit(name, strings.Replace(text, "---\n", fmt.Sprintf("---\naliases: [Alias %d]\n", rng.IntN(3)), 1))
				case 6, 7:
					what = "line of another file"
					all[at] = pick(lines)
					b.edit(name, strings.Join(all, ""))
				case 8:
					what = "no line"
					b.edit(name, strings.Join(slices.Delete(all, at, at+1), ""))
				case 9, 10, 11, 12:
					what = "a link"
					b.edit(name, text+"\nOne more sentence, on "+pick(links)+" and "+pick(links)+".\n")
				case 13, 14:
					what = "other links"
					if i := strings.Index(text, "[["); i > 0 {
						end := i + strings.Index(text[i:], "]]") + 2
						b.edit(name, text[:i]+pick(links)+text[end:])
					}
				case 15, 16, 17:
					what = "a word"
					b.edit(name, strings.Replace(text, " the ", " that ", 1))
				case 19:
					what = "a heading"
					b.edit("about.md", b.files["about.md"]+"\n## Tides\n")
					b.edit(name, b.files[name]+"\nSee [[about#tides]], or [[about]] and [[about]] again.\n")
				case 20:
					what = "no heading"
					b.edit("about.md", strings.ReplaceAll(b.files["about.md"], "## Tides\n", ""))
				case 21:
					what = "a type"
					b.edit(name, strings.Replace(text, "type: person", "type: document", 1))
				case 22:
					what = "further down"
					b.edit(name, strings.Replace(text, "---\n", "---\n# a comment\n", 1))
				case 23:
					what, drafts = "name of a draft", false
					if len(b.dropped) > 0 {
						name = strings.TrimPrefix(b.dropped[0].File.Path, "content/")
						b.edit(name, strings.Replace(b.files[name], "---\n", fmt.Sprintf("---\naliases: [Draft %d]\n", step), 1))
					}
					b.edit("index.md", b.files["index.md"]+fmt.Sprintf("\nSee [[Draft %d]].\n", step))
				case 18:
					what = "many files"
					for name, text := range b.files {
						b.edit(name, text+"\nThe last line.\n")
					}
				default:
					// Most of the time the briefing is nearly whole.
					what = "restore"
					all := rng.IntN(3) > 0
					for n := range b.files {
						if _, ok := original[n]; !ok {
							b.edit(n, "")
						}
					}
					for n, text := range original {
						if b.files[n] != text && (all || rng.IntN(2) > 0) {
							b.edit(n, text)
						}
					}
				}
				records := b.records(drafts)
				opt.Drafts = b.dropped
				want, wantDiags := Join(records, opt)
				edited := opt
				edited.Old, edited.Each = sites[1], apart
				got, gotDiags := Join(records, edited)
				if got == edited.Old {
					again++
				} else {
					anew++
				}
				if wantDiags.HasErrors() {
					wrong++
				}
				sites[0], sites[1] = got, sites[0]
				if g, w := everything(got, gotDiags), everything(want, wantDiags); g != w {
					gl, wl := strings.Split(g, "\n"), strings.Split(w, "\n")
					for i := range gl {
						if i >= len(wl) || gl[i] != wl[i] {
							t.Fatalf("step %d, %s of %s: line %d is\n%s\nand joined anew\n%s", step, what, name, i, gl[i], wl[min(i, len(wl)-1)])
						}
					}
					t.Fatalf("step %d, %s of %s: the end is missing", step, what, name)
				}
			}
			if again < 60 || anew < 60 || wrong < 60 || wrong > 810 {
				t.Errorf("%d sites were edited and %d made anew, %d with errors: too one-sided to prove much", again, anew, wrong)
			}
		})
	}
}

// A record is listed once for a sentence that names it twice, and once for
// each sentence.
func TestMentionedOnce(t *testing.T) {
	records := parse(t, []txtar.File{
		{Name: "actors/a.md", Data: []byte("---\nname: Ann\ntype: person\n---\n")},
		{Name: "b.md", Data: []byte("---\ntitle: B\n---\n[[a]] met [[a]] again. There was [[Ann]] too.\n\n[[a]] met [[a]] again.\n")},
		{Name: "c.md", Data: []byte("---\ntitle: C\n---\nAgain [[a]].\n")},
		{Name: "site.yaml", Data: []byte("title: T\n")},
	})
	s, _ := Join(records, Options{})
	var got []string
	for _, m := range s.Actors[0].Mentions {
		text, at, n := m.Sentence()
		got = append(got, fmt.Sprintf("%s %d+%d %s", m.From.ID, at, n, text))
	}
	want := []string{"b 0+3 Ann met Ann again.", "b 10+3 There was Ann too.", "b 0+3 Ann met Ann again.", "c 6+3 Again Ann."}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// apart runs calls at the same time, so that the race detector sees what
// resolving one record touches.
func apart(n int, f func(int)) {
	var wg sync.WaitGroup
	for w := range 3 {
		wg.Go(func() {
			for i := w; i < n; i += 3 {
				f(i)
			}
		})
	}
	wg.Wait()
}

// everything writes all that a site says, and all diagnostics.
func everything(s *Site, diags diag.List) string {
	var b bytes.Buffer
	diags.Sort()
	diags.WriteText(&b)
	id := func(n *Node) string {
		if n == nil {
			return "-"
		}
		return n.Path
	}
	claims := func(what string, list []*Claim) {
		fmt.Fprintf(&b, " %s:", what)
		for _, c := range list {
			fmt.Fprintf(&b, " %s@%d", c.Key(), c.Span.Start)
		}
		b.WriteString("\n")
	}
	actors := func(what string, list ...*Actor) {
		fmt.Fprintf(&b, " %s:", what)
		for _, a := range list {
			if a == nil {
				b.WriteString(" -")
			} else {
				b.WriteString(" " + id(&a.Node))
			}
		}
		b.WriteString("\n")
	}
	meetings := func(what string, list []*Meeting) {
		fmt.Fprintf(&b, " %s:", what)
		for _, m := range list {
			b.WriteString(" " + id(&m.Node))
		}
		b.WriteString("\n")
	}
	prose := func(what string, p Prose) {
		fmt.Fprintf(&b, " %s %q %q\n", what, p.HTML, p.Words())
		for _, t := range p.Targets {
			fmt.Fprintf(&b, "  to %s#%s", id(t.Node), t.Anchor)
			for _, c := range t.Cites {
				fmt.Fprintf(&b, " cites %s %v %q %d %s", id(&c.Source.Node), c.Claim != nil && c.Source.byID[c.Claim.ID] == c.Claim, c.Locator, c.Paragraph, c.Span)
			}
			b.WriteString("\n")
		}
	}
	mentions := func(what string, list []Mention) {
		for _, m := range list {
			text, at, n := m.Sentence()
			fmt.Fprintf(&b, " %s by %s#%s %q: %q in %q\n", what, id(m.From), m.Anchor, m.Title, text[at:at+n], text)
		}
	}
	place := map[*Node]bool{}
	for _, n := range s.Nodes() {
		place[n] = true
		fmt.Fprintf(&b, "%s %s %q %v %d %v\n", id(n), n.Kind, n.Name.Value, n.Draft, n.rank, s.files[n.File.Path] == n)
		prose("prose", n.Prose)
		prose("footnotes", n.Footnotes)
		for _, c := range n.Corrections {
			prose("correction "+c.Date.String(), c.Text)
		}
		mentions("mentioned", n.Mentions)
		mentions("cited", n.CitedBy)
	}
	for _, a := range s.Actors {
		fmt.Fprintf(&b, "%s %s\n", id(&a.Node), a.Record.Type)
		actors("party", a.Party, a.Represents)
		actors("members", a.Members...)
		for _, r := range a.Roles {
			prose("role "+r.When+r.Date.String(), r.Text)
		}
		claims("holds", a.Holds)
		claims("relays", a.Relays)
		claims("about", a.About)
		meetings("meetings", a.Meetings)
	}
	for _, m := range s.Meetings {
		fmt.Fprintf(&b, "%s %s\n", id(&m.Node), m.Record.Start)
		meetings("part of", m.PartOf)
		meetings("parts", m.Parts)
		meetings("follows", m.Follows)
		meetings("followed by", m.FollowedBy)
		claims("claims", m.Claims)
		for _, x := range m.Log {
			prose(fmt.Sprint("status ", x.Date, x.Stage, x.Certainty, x.Later), x.Text)
		}
		for _, x := range m.Attendance {
			actors("attendance", x.Party)
			for _, y := range x.Attendees {
				actors("attendee "+y.Words, y.Actor)
			}
			prose("attendance", x.Text)
		}
		for _, x := range m.Agenda {
			if x.Issue != nil {
				fmt.Fprintf(&b, " agenda %s\n", id(&x.Issue.Node))
			}
			prose("agenda", x.Text)
		}
	}
	for _, is := range s.Issues {
		fmt.Fprintf(&b, "%s %d\n", id(&is.Node), is.Record.Order)
		for _, o := range is.Options {
			fmt.Fprintf(&b, " option %s of %s\n", o.ID, id(&o.Issue.Node))
			prose("option", o.Text)
			claims("claims", o.Claims)
		}
		for _, a := range is.Assessments {
			option := "-"
			if a.Option != nil {
				option = a.Option.ID
			}
			actors("assessment of "+option, a.Party)
			prose("assessment", a.Text)
		}
		claims("claims", is.Claims)
		meetings("meetings", is.Meetings)
	}
	for _, x := range s.Sources {
		fmt.Fprintf(&b, "%s %s\n", id(&x.Node), x.Record.Published)
		actors("publisher", x.Publisher)
		claims("claims", x.Claims)
	}
	claims("all claims", s.Claims)
	actors("columns", s.Columns...)
	for _, c := range s.Claims {
		fmt.Fprintf(&b, "claim %s %q %v %v %v %v %v %v %v\n", c.Key(), c.Title, place[&c.Source.Node], c.ByArticle, c.Said, c.SaidGiven, c.Directness, c.Later, c.Stance)
		actors("by", c.Holder, c.Party)
		for _, v := range c.Via {
			actors("via "+v.Relay.String(), v.Actor)
		}
		if c.Issue != nil {
			fmt.Fprintf(&b, " on %s %v\n", id(&c.Issue.Node), c.Option != nil && slices.Contains(c.Issue.Options, c.Option))
		}
		if c.Option != nil {
			fmt.Fprintf(&b, " option %s\n", c.Option.ID)
		}
		if c.At != nil {
			fmt.Fprintf(&b, " at %s\n", id(&c.At.Node))
		}
		for _, n := range c.About {
			fmt.Fprintf(&b, " about %s\n", id(n))
		}
		claims("changes", c.Changes)
		claims("denies", c.Denies)
		claims("disputes", c.Disputes)
		claims("changed by", c.ChangedBy)
		claims("denied by", c.DeniedBy)
		claims("disputed by", c.DisputedBy)
		prose("heading", c.Heading)
		prose("note", c.Note)
	}
	for _, p := range s.Pages {
		fmt.Fprintf(&b, "page %s %d\n", id(&p.Node), p.Record.Order)
	}
	for _, p := range s.Places {
		fmt.Fprintf(&b, "place %d of %s at %s\n", p.Paragraph, id(&p.Source.Node), p.Span)
	}
	return b.String()
}
