package render

import (
	"html/template"
	"strings"
	"testing"

	"readout/internal/plan"
)

func testPage() *Page { return (&Renderer{}).page(&plan.Base{}, nil) }

func TestProse(t *testing.T) {
	note := func(key string) plan.Note { return plan.Note{Key: key} }
	tests := []struct {
		name string
		in   plan.Prose
		want string
	}{
		{"nothing", plan.Prose{}, ""},
		{"no slots", plan.Prose{HTML: "<p>a &amp; b</p>"}, "<p>a &amp; b</p>"},
		{
			"a link",
			plan.Prose{HTML: "<p>See .</p>", Slots: []plan.Slot{{At: 7, Href: "a.html#x", Label: "<em>it</em>"}}},
			`<p>See <a href=a.html#x><em>it</em></a>.</p>`,
		},
		{"a link that leads nowhere", plan.Prose{HTML: "<p></p>", Slots: []plan.Slot{{At: 3, Label: "it"}}}, "<p>it</p>"},
		{
			"an address in quotation marks",
			plan.Prose{Slots: []plan.Slot{{Href: `a"><b>.html`, Label: "it"}}},
			`<a href="a&#34;&gt;&lt;b&gt;.html">it</a>`,
		},
		{"an address that runs", plan.Prose{Slots: []plan.Slot{{Href: "JavaScript:alert(1)", Label: "it"}}}, "it"},
		{
			"citations",
			plan.Prose{HTML: "abc", Slots: []plan.Slot{
				{At: 1, Notes: []plan.Note{note("x")}}, {At: 2, Notes: []plan.Note{note("y"), note("x"), note("y")}}, {At: 3, Notes: []plan.Note{note("y")}},
			}},
			`a<sup class=cites><a href=#page-note-1 id=page-cite-1-1 role=doc-noteref>1</a></sup>` +
				`b<sup class=cites><a href=#page-note-2 id=page-cite-2-1 role=doc-noteref>2</a>, <a href=#page-note-1 id=page-cite-1-2 role=doc-noteref>1</a></sup>` +
				`c<sup class=cites><a href=#page-note-2 id=page-cite-2-2 role=doc-noteref>2</a></sup>`,
		},
	}
	for _, test := range tests {
		if got := string(testPage().Prose(test.in)); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestNotes(t *testing.T) {
	p := testPage()
	sub := p.Of("a partial")
	for _, key := range []string{"a", "b", "a"} {
		sub.Prose(plan.Prose{Slots: []plan.Slot{{Notes: []plan.Note{{Key: key}}}}})
	}
	var got []string
	for _, n := range p.Notes() {
		line := n.Key
		for _, b := range n.Back {
			line += " " + b.ID
		}
		got = append(got, line)
	}
	want := "a page-cite-1-1 page-cite-1-2; b page-cite-2-1"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("got %s, want %s", s, want)
	}
}

func TestSafe(t *testing.T) {
	for href, want := range map[string]bool{
		"": false, "a.html": true, "../a.html#b:c": true, "a/b:c": true, "#x": true, "https://a.example/": true, "HTTP://a": true,
		"mailto:a@b.example": true, "javascript:x": false, "data:text/html,x": false, "vbscript:x": false, "a:b": false,
	} {
		if got := safe(href); got != want {
			t.Errorf("safe(%q) is %t", href, got)
		}
	}
}

func TestFuncs(t *testing.T) {
	tests := []struct{ got, want string }{
		{string(ref(plan.Ref{Text: "a < b"})), "a &lt; b"},
		{string(ref(plan.Ref{Href: "x.html", Text: "a < b"})), `<a href=x.html>a &lt; b</a>`},
		{string(ref(plan.Ref{Href: "https://a.example/?b=1&c", Text: "a"})), `<a href="https://a.example/?b=1&amp;c">a</a>`},
		{string(date(plan.Date{})), ""},
		{string(date(plan.Date{Words: "about 2031"})), "about 2031"},
		{string(date(plan.Date{ISO: "2031-05", Words: "May 2031"})), `<time datetime=2031-05>May 2031</time>`},
		{string(stance(plan.Stance{})), `<span class=none>no statement in our sources</span>`},
		{string(stance(isForIf)), `<b class="stance for-if"><i>±</i> For, if</b>`},
		{plural(0, "source"), "0\u00a0sources"},
		{plural(1, "source"), "1\u00a0source"},
		{plural(2, "party", "parties"), "2\u00a0parties"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestTrimText(t *testing.T) {
	for in, want := range map[string]string{
		"":                     "",
		"a b":                  "a b",
		"a\n\tb":               "a b",
		"\n\t<p>\n\ta\n</p>\n": "<p>a</p>",
		"<a\n\thref=\"x\">":    `<a href="x">`,
		" <b>a</b> ":           " <b>a</b> ",
		"one,\r\n two":         "one, two",
		"<b>a</b> \n <b>b</b>": "<b>a</b><b>b</b>",
		"\n \n":                "",
		"a\n\n  b  c":          "a b  c",
	} {
		if got := trimText(in); got != want {
			t.Errorf("trimText(%q) is %q, want %q", in, got, want)
		}
	}
}

func TestAppendText(t *testing.T) {
	for _, s := range []string{"", "plain", "a & b", "<p>", `"it's"`, "&&", "a\x00b", "1 + 1", "“ü” … <", "\xff>"} {
		if got, want := string(appendText([]byte("x"), s)), "x"+template.HTMLEscapeString(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
