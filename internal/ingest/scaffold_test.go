package ingest

import (
	"strings"
	"testing"
	"unicode"

	"readout/internal/diag"
	"readout/internal/markdown"
	"readout/internal/record"
)

func TestNewRecord(t *testing.T) {
	for _, c := range []struct {
		kind   record.Kind
		fields Fields
		id     string
		want   string
	}{
		{
			record.KindActor,
			Fields{"name": {"Ada Berg: “the captain”"}, "type": {"person"}, "aliases": {"Berg", "Captain, the"}, "represents": {"north-shore"}, "role": {"as of 2026-01-23: mayor"}},
			"ada-berg-the-captain",
			"---\nname: \"Ada Berg: “the captain”\"\ntype: person\naliases: [Berg, \"Captain, the\"]\nrepresents: north-shore\n---\n" +
				"<!-- Who it is, with a citation for each thing that a source says. -->\n\n## Roles\n- as of 2026-01-23: mayor\n",
		},
		{
			record.KindMeeting,
			Fields{"title": {"Second round"}, "start": {"2026-01-23?"}, "place": {"Port Elin"}, "status": {"2026-01-22: planned, reported"}, "agenda": {"", " the\nferry "}},
			"2026-01-23-port-elin",
			"---\ntitle: Second round\nstart: 2026-01-23?\nwhen_as_stated:\nplace: Port Elin\n---\n" +
				"<!-- What is known of it. Below go ## Status, ## Attendance and ## Agenda. -->\n\n## Status\n- 2026-01-22: planned, reported\n\n## Agenda\n- the ferry\n",
		},
		{
			record.KindIssue,
			Fields{"title": {"The ferry"}, "option": {"keep: it runs on", "sell: it is sold"}, "order": {"2"}},
			"the-ferry",
			"---\ntitle: The ferry\norder: 2\n---\n<!-- What is at stake. Below go ## Options and ## Assessment. -->\n\n## Options\n- keep: it runs on\n- sell: it is sold\n",
		},
		{
			record.KindSource,
			Fields{"title": {"- Talks [end]"}, "publisher": {"Harbour Post"}, "repairs": {"β=—"}},
			"harbour-post-talks-end",
			"---\ntitle: \"- Talks [end]\"\npublisher: Harbour Post\npublished:\nurl:\nrights: excerpts\nrepairs: [β=—]\n---\n" +
				"<!-- How it was dated, what is odd about it, who speaks in it. -->\n",
		},
	} {
		got, err := NewRecord(c.kind, c.fields)
		if err != nil || string(got) != c.want {
			t.Errorf("a new %s: %v\n%s\nwant\n%s", c.kind, err, got, c.want)
		}
		if id := NewID(c.kind, c.fields); id != c.id {
			t.Errorf("a new %s: the id is %q, want %q", c.kind, id, c.id)
		}
		if _, diags := record.Parse(c.kind, diag.NewFile("x.md", got), markdown.New(markdown.Options{})); len(diags) > 0 {
			t.Errorf("a new %s: %v", c.kind, diags)
		}
	}
}

// TestFieldsAreKnown holds that a record takes every field that a scaffold
// may write.
func TestFieldsAreKnown(t *testing.T) {
	unknown := func(what string, diags diag.List) {
		for _, d := range diags {
			if strings.Contains(d.Code, "unknown-field") || d.Code == "heading/misspelt" {
				t.Errorf("%s: %s", what, d.Message)
			}
		}
	}
	md := markdown.New(markdown.Options{})
	for kind, specs := range frontFields {
		fields := Fields{}
		for _, s := range specs {
			fields[s.name] = []string{"x"}
		}
		for _, l := range lineFields[kind] {
			fields[l[0]] = []string{"x"}
		}
		data, err := NewRecord(kind, fields)
		if err != nil {
			t.Fatal(err)
		}
		_, diags := record.Parse(kind, diag.NewFile("x.md", data), md)
		unknown(kind.String(), diags)
	}
	fields := Fields{}
	for _, f := range claimFields {
		fields[f.name] = []string{"x"}
	}
	data, err := NewClaim(fields)
	if err != nil {
		t.Fatal(err)
	}
	_, diags := record.Parse(record.KindSource, diag.NewFile("x.md", append([]byte("---\ntitle: x\n---\n"), data...)), md)
	unknown("claim", diags)
}

func TestUnknownField(t *testing.T) {
	_, err := NewRecord(record.KindActor, Fields{"nmae": {"x"}})
	if err == nil || err.Error() != `no actor has a field "nmae": did you mean name?` {
		t.Error(err)
	}
	_, err = NewClaim(Fields{"xxxxxx": {"x"}})
	if err == nil || !strings.HasPrefix(err.Error(), `no claim has a field "xxxxxx": the fields are title, quote, note, id, holder`) {
		t.Error(err)
	}
	if _, err = NewRecord(record.KindSite, nil); err == nil {
		t.Error("a scaffold for site.yaml")
	}
}

func TestNewClaim(t *testing.T) {
	got, err := NewClaim(Fields{
		"title":  {"North Shore wants to keep the ferry"},
		"holder": {"karin-lindqvist"}, "via": {"[[tor-vik]] > reporters"}, "about": {"south-shore, [[the-board]]"}, "on": {"ferry/keep"}, "stance": {"for"},
		"said": {"2026-01-22?"}, "after": {"told reporters"},
		"quote": {"the night  ferry\u00a0*must* run", "1. [Monday]\n\n\n# two"},
		"note":  {"Said on the quay.", "Twice."},
	})
	const want = `
## North Shore wants to keep the ferry
- id: north-shore-wants-keep
- holder: [[karin-lindqvist]]
- via: [[tor-vik]] > reporters
- about: [[south-shore]], [[the-board]]
- on: ferry/keep
- stance: for
- said: 2026-01-22?
- after: told reporters

> the night ferry \*must\* run

> 1\. [Monday]
>
> \# two

Said on the quay.

Twice.
`
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	for holder, line := range map[string]string{
		`"a U.S. official" (unnamed; 2)`: `- holder: "a U.S. official" (unnamed; 2)`,
		"[[x|y]]":                        "- holder: [[x|y]]",
		"Ada Berg":                       "- holder: [[Ada Berg]]",
		"":                               "- holder:",
	} {
		if got, _ := NewClaim(Fields{"holder": {holder}}); !strings.Contains(string(got), "\n"+line+"\n") {
			t.Errorf("holder %q:%s", holder, got)
		}
	}
}

// noText reports whether a character may not stand on a page, so that Markdown
// shows another in its place.
func noText(r rune) bool {
	return unicode.IsControl(r) || r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE
}

// FuzzQuote holds that a quotation is read back as it was given.
func FuzzQuote(f *testing.F) {
	for _, s := range []string{
		"plain words", "“[Monday night]” and [the talks], [@x] [[y]] [^1] ![z](u) [a](b) [c]: d", "*a* _b_ `c` ~~d~~ <e> &amp; \\* \\", "snake_case _x_",
		"# a\n- b\n+ c\n1. d\n2) e\n> f\n| g\n: h\n=== i\n---\n***\n~~~", "a\n\nb\n\n\nc", "[!NOTE]\nx", "[ ] task", "https://example.org/_x_ www.example.org",
		"a--b ... c", "\u00ad\u00a0x", "5 * 3 * 2", "AT&T &c; &#35;", "[a][b] [c]", "[x]: y", "term\n: definition", "1986\\. x", "<!-- x -->", "http://x.y/[[z]]",
	} {
		f.Add(s)
	}
	md := markdown.New(markdown.Options{})
	f.Fuzz(func(t *testing.T, s string) {
		var want []string
		for line := range strings.Lines(lineEnds.Replace(visible(s))) {
			want = append(want, strings.Fields(tidy(line))...)
		}
		if len(want) == 0 || strings.ContainsFunc(strings.Join(want, ""), noText) {
			return
		}
		data, _ := NewClaim(Fields{"title": {"T"}, "id": {"x"}, "holder": {"y"}, "quote": {s}})
		r, diags := record.Parse(record.KindSource, diag.NewFile("x.md", append([]byte("---\ntitle: x\n---\n"), data...)), md)
		claims := r.(*record.Source).Claims
		if len(claims) != 1 || len(claims[0].Quotations) != 1 {
			t.Fatalf("%q: %d claims, %v\n%s", s, len(claims), diags, data)
		}
		if got := claims[0].Quotations[0].Text; strings.Join(strings.Fields(got), " ") != strings.Join(want, " ") {
			t.Errorf("%q is read as %q\n%s", s, got, data)
		}
	})
}
