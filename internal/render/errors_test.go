package render

import (
	"bytes"
	"strings"
	"testing"

	"readout/internal/diag"
	"readout/internal/plan"
)

// with returns the templates that come with Readout, with one of a project's
// own.
func with(t *testing.T, name, text string) []File {
	t.Helper()
	files := shipped(t)
	own := File{Name: name, Shown: "mine/" + name, Data: []byte(text)}
	for i := range files {
		if files[i].Name == name {
			files[i] = own
			return files
		}
	}
	return append(files, own)
}

func TestMistakes(t *testing.T) {
	tests := []struct{ name, file, text, want string }{
		{"an action not closed", "page.html", "<p>\n{{if .It}}", "mine/page.html:2:1: error[template/syntax]: unexpected EOF"},
		{"an unknown function", "page.html", "<p>\n  {{stanse .It}}</p>", "mine/page.html:2:1: error[template/syntax]: function \"stanse\" not defined | did you mean stance?"},
		{"a quotation mark not closed", "page.html", "<p title=\"{{.Title}}></p>", "mine/page.html:1:1: error[template/escape]"},
		{"an unknown field", "page.html", "<h1>{{$.Titel}}</h1>", "mine/page.html:1:8: error[template/run]: executing \"page.html\" at <$.Titel>: can't evaluate field Titel in type *render.Page | did you mean "},
		{"an unknown field of a view", "page.html", "<h1>x</h1>\n{{with .It}}{{.Txt}}{{end}}", "mine/page.html:2:15: error[template/run]: executing \"page.html\" at <.Txt>: can't evaluate field Txt in type *plan.PlainPage | did you mean Text?"},
		{"an unknown template", "page.html", `{{template "notez.html" $}}`, "mine/page.html:1:12: error[template/escape]: no such template \"notez.html\" | did you mean notes.html"},
		{"a partial", "mine.html", "{{.It.No}}", ""}, // nobody calls it
		{"a partial that is no template", "mine.html", "{{end}}", "mine/mine.html:1:1: error[template/syntax]: unexpected {{end}}"},
	}
	for _, test := range tests {
		r, diags := New(with(t, test.file, test.text))
		got := format(diags)
		if test.want == "" && got == "" && r != nil {
			continue
		}
		if r != nil || test.want == "" || !strings.HasPrefix(got, test.want) && !strings.Contains(got, test.want) {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// Every broken file is reported, not only the first.
func TestAllMistakes(t *testing.T) {
	files := with(t, "page.html", "{{if}}")
	files = append(files, File{Name: "other.html", Shown: "mine/other.html", Data: []byte("{{nope}}")})
	_, diags := New(files)
	if len(diags) != 2 {
		t.Errorf("got %s", format(diags))
	}
}

func TestMissing(t *testing.T) {
	_, diags := New([]File{{Name: "base.html", Shown: "base.html"}})
	for _, name := range []string{"card.html", "home.html", "source.html"} {
		if !strings.Contains(format(diags), "there is no template "+name) {
			t.Errorf("%s is not missed: %s", name, format(diags))
		}
	}
}

// A mistake in a branch that an empty view does not take is found when a page
// takes it, also inside a card.
func TestLateMistake(t *testing.T) {
	r, diags := New(with(t, "card.html", "<p>\n{{$.Site.Title}}</p>"))
	if r == nil {
		t.Fatal(format(diags))
	}
	views := sampleViews()
	out, diags := r.Page(views[2])
	const want = "mine/card.html:2:4: error[template/run]: "
	if got := format(diags); out != nil || !strings.Contains(got, want) {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func format(l diag.List) string {
	var b bytes.Buffer
	for _, d := range l {
		b.WriteString(d.Span.String() + ": " + d.Severity.String() + "[" + d.Code + "]: " + d.Message)
		for _, n := range d.Notes {
			b.WriteString(" | " + n)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// What an editor writes is text wherever it stands.
func TestEscape(t *testing.T) {
	const bad = `<script>alert("1")</script>`
	r := newRenderer(t)
	card := sampleCard("x", 1, isFor)
	card.Title, card.Hedge, card.If, card.Withdrawn = bad, bad, bad, bad
	card.Holder.Text, card.Chain[1].Text, card.Source.Text = bad, bad, bad
	card.Quotes[0].Parts[0].Text = bad
	card.Quotes[0].Out = "javascript:alert(1)"
	is := sampleViews()[2].(*plan.Issue)
	is.Title, is.Description = bad, bad
	is.Site.Title = bad
	is.Sides[0].Cards = []*plan.Card{card}
	is.Mentions[0].Places[0].Before = bad
	page := render(t, r, is)
	if strings.Contains(page, "<script>alert") || strings.Contains(page, "javascript:") {
		t.Error("a script reached the page")
	}
	doc := document(t, page)
	if got := doc.Find("h1").Text(); got != bad {
		t.Errorf("the title is %q", got)
	}
	if got := doc.Find("title").Text(); got != bad+" · "+bad {
		t.Errorf("the page's title is %q", got)
	}
	if got := doc.Find("meta[name=description]").AttrOr("content", ""); got != bad {
		t.Errorf("the description is %q", got)
	}
}
