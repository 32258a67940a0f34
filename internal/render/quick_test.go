package render

import (
	"testing"

	"readout/internal/plan"
)

// Every page comes out the same whichever way it is executed, and no template
// of ours needs the slow one.
func TestQuickIsSlow(t *testing.T) {
	r := newRenderer(t)
	slow := newEmpty(r.set, r.files)
	var all []plan.View
	for _, v := range views() {
		*v.Frame() = plan.Base{Site: &plan.Site{}}
		all = append(all, v)
	}
	for _, name := range needed() {
		if !r.quick.Has(name) {
			t.Errorf("%s is left to html/template", name)
		}
	}
	for _, v := range append(all, sampleViews()...) {
		quick, err := r.whole(nil, v)
		if err != nil {
			t.Errorf("%s: %v", v.Template(), err)
		}
		want, err := slow.whole(nil, v)
		if err != nil {
			t.Fatal(err)
		}
		if string(quick) != string(want) {
			t.Errorf("%s is\n%s\nnot\n%s", v.Template(), quick, want)
		}
	}
}

// A project's template may use what only html/template knows.
func TestSlowTemplate(t *testing.T) {
	files := shipped(t)
	for i, f := range files {
		if f.Name == "page.html" {
			files[i].Data = []byte(`<h1>{{printf "%q" $.Title}}</h1><script>let t = {{$.Title}}</script>{{$.Prose $.It.Text}}`)
		}
	}
	r, diags := New(files)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	v := &plan.PlainPage{Base: plan.Base{Site: &plan.Site{}, Title: "A </script>"}}
	page := document(t, render(t, r, v))
	if got := page.Find("main h1").Text(); got != `"A </script>"` {
		t.Errorf("the heading is %s", got)
	}
	if got := page.Find("main script").Text(); got != `let t = "A \u003c/script\u003e"` {
		t.Errorf("the script is %s", got)
	}
}
