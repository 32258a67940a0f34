// Package render turns the views of package plan into HTML.
//
// # What it turns into what
//
// [New] parses a set of templates. [Renderer.Page] executes the template that
// a view names (a *plan.Actor is shown by actor.html), puts the result into
// base.html, which frames every page, and returns the page's bytes.
//
// # For authors of templates
//
// Templates are those of https://pkg.go.dev/html/template. A project's own
// file of the same name takes the place of the one that comes with Readout; a
// further file of any name can be called with {{template "name.html" $}}.
//
// $ is a [Page] in every template. $.It is what the template is about: the
// view itself in the template of a page, and in a partial whatever its caller
// chose with $.Of:
//
//	{{range $.It.Roles}}{{template "role.html" ($.Of .)}}{{end}}
//
// Through $ every template also reaches what all views have ([plan.Base]:
// $.Title, $.Root, $.Site …) and the methods of [Page]: $.Prose, $.Card,
// $.Brief, $.Table, $.Notes, $.Link. Besides html/template's own, these functions
// are there:
//
//	ref R          a link, or its text where it leads nowhere
//	link URL WORDS a link
//	date D         <time> with the date in words
//	stance S       the label of a stance: its sign and its word
//	plural N word  "1 source", "2 sources"; a third argument is the plural
//	seq A B        the numbers from A to B
//	add A B        A + B
//	join LIST SEP  strings joined
//	kind K         the word for a kind of record in a heading
//	address URL    URL without a text fragment, to be written out on paper
//
// Line breaks and indentation are for the author of a template, not for the
// reader: white space with a line break in it is dropped beside a tag or an
// action, and is one space inside a tag or a text. Where the reader needs a
// space there, write {{" "}}. Quotation marks and end tags that HTML can do
// without are dropped, too.
//
// card.html and brief.html are executed once for a claim and a folder, and
// their HTML is used again on every page that shows the claim. They are
// therefore given no page: only $.It and $.Root. preview.html is executed once
// for a record or a claim that pages link to, and is given $.It alone.
//
// # How they are executed
//
// html/template parses the templates and finds the escaper for every value;
// package tmpl then executes them, which it does many times faster. A template
// for which that is not enough, since it uses a function or a context that
// tmpl does not know, is executed by html/template, and so is every page that
// fails, for the sake of the error.
//
// # Invariants
//
//   - A page depends on its view and on the templates, and on nothing else.
//   - What is not rendered Markdown is escaped for the place where it stands;
//     an address with a scheme other than http, https and mailto is not
//     linked.
//   - Citations are numbered in the order of their appearance on the page, and
//     the same place keeps its number.
//   - There is no inline style, and no inline script but the one in the head
//     that sets the reader's colours: the pages forbid every other by their
//     content security policy, which names that one by its digest.
//
// # What it refuses
//
// A template that does not parse (template/syntax), that leaves a tag, an
// attribute or a quotation mark open or calls a template that is not there
// (template/escape), that is missing (template/missing), or that asks for a
// field, a method or a value that does not exist (template/run). New executes
// every template of a page with an empty view, so that most mistakes come to
// light before there is a page that would meet them.
package render

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"readout/internal/diag"
	"readout/internal/plan"
	"readout/internal/tmpl"
)

// A File is one template.
type File struct {
	Name  string // "actor.html"
	Shown string // its path as shown to the user
	Data  []byte
}

// A Renderer renders pages. It is safe for concurrent use.
type Renderer struct {
	set   *template.Template
	quick *tmpl.Set // the same; nil as long as html/template is to be heard
	files map[string]*diag.File
	kept  *caches
}

// Templates that Readout itself calls, beside those that views name.
const (
	frame           = "base.html" // holds every page
	cardTemplate    = "card.html"
	briefTemplate   = "brief.html"
	previewTemplate = "preview.html"
)

// views lists one empty view for each kind of page.
func views() []plan.View {
	return []plan.View{
		&plan.Home{}, &plan.ComparisonPage{}, &plan.Issue{}, &plan.IssueList{}, &plan.Actor{}, &plan.ActorList{},
		&plan.Meeting{}, &plan.MeetingList{}, &plan.Source{}, &plan.SourceList{}, &plan.Timeline{}, &plan.Changes{},
		&plan.Index{}, &plan.IndexPart{}, &plan.PlainPage{}, &plan.NotFound{}, &plan.Print{}, &plan.Rest{}, &plan.ShortComparison{},
	}
}

func newEmpty(set *template.Template, files map[string]*diag.File) *Renderer {
	return &Renderer{set: set, files: files, kept: newCaches()}
}

// New parses templates. The renderer is nil where the list has errors.
func New(files []File) (*Renderer, diag.List) {
	r, diags := read(files)
	if diags.HasErrors() {
		return nil, diags
	}
	needed := needed()
	for _, name := range needed {
		if r.files[name] == nil {
			diags.Errorf(diag.Span{}, "template/missing", "there is no template %s", name)
		}
	}
	if diags.HasErrors() {
		return nil, diags
	}
	if r.escape(needed) == nil {
		r.quicken(needed)
	} else { // from the start, so that each template tells of its own mistakes
		r, _ = read(files)
	}
	for _, v := range views() {
		*v.Frame() = plan.Base{Site: &plan.Site{}}
		_, list := r.Page(v)
		diags = append(diags, list...)
	}
	diags.Sort()
	if diags.HasErrors() {
		return nil, diags
	}
	return r, diags
}

// read returns a renderer whose templates are not yet escaped.
func read(files []File) (*Renderer, diag.List) {
	r := newEmpty(template.New("").Option("missingkey=error").Funcs(funcs), map[string]*diag.File{})
	var diags diag.List
	for _, f := range files {
		r.files[f.Name] = diag.NewFile(f.Shown, f.Data)
		if _, err := r.set.New(f.Name).Parse(string(f.Data)); err != nil {
			r.report(&diags, "template/syntax", err)
		}
	}
	for _, t := range r.set.Templates() {
		trim(t.Tree)
	}
	return r, diags
}

// needed are the templates that Readout calls.
func needed() []string {
	names := []string{frame, cardTemplate, briefTemplate, previewTemplate}
	for _, v := range views() {
		names = append(names, v.Template())
	}
	return names
}

// escape lets html/template escape all templates. It does so when one is
// executed, and then goes through all that it has ever escaped; so there is one
// that calls all others, and none is executed.
func (r *Renderer) escape(names []string) error {
	var all strings.Builder
	all.WriteString("{{if .}}")
	for _, name := range names {
		fmt.Fprintf(&all, "{{template %q .}}", name)
	}
	all.WriteString("{{end}}")
	if _, err := r.set.Parse(all.String()); err != nil {
		return err
	}
	return r.set.Execute(io.Discard, nil)
}

// Page renders a page. The bytes are nil where the list has errors.
func (r *Renderer) Page(v plan.View) ([]byte, diag.List) {
	buffer := buffers.Get().(*[]byte)
	page, diags := r.Append((*buffer)[:0], v)
	if diags.HasErrors() {
		return nil, diags
	}
	if cap(page) < 1<<20 {
		*buffer = page // the next page is likely to be no longer
	}
	page = bytes.Clone(page)
	buffers.Put(buffer)
	return page, nil
}

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// Append renders a page and appends it to out, for who does not keep it. Where
// the list has errors, what was appended is worth nothing.
func (r *Renderer) Append(out []byte, v plan.View) ([]byte, diag.List) {
	page, err := r.whole(out, v)
	if err != nil && r.quick != nil {
		// Once more, slowly: html/template can do everything, and knows how
		// to say what is wrong.
		slow := newEmpty(r.set, r.files)
		page, err = slow.whole(out, v)
	}
	if err != nil {
		var diags diag.List
		d := r.report(&diags, "template/run", err)
		if path := v.Frame().Path; path != "" {
			d.Note("met while rendering %s", path)
		}
		return out, diags
	}
	return page, nil
}

func (r *Renderer) whole(out []byte, v plan.View) ([]byte, error) {
	p := r.page(v.Frame(), v)
	if r.quick == nil || !r.quick.Has(frame) {
		// An error in the content is told of by the content's own template.
		body, err := p.appendMain(out)
		if err != nil {
			return out, err
		}
		main := template.HTML(body[len(out):])
		p.main = &main
		out = body[:len(out)]
	}
	return r.execute(out, frame, p)
}

// execute executes a template and appends what it says.
func (r *Renderer) execute(out []byte, name string, p *Page) ([]byte, error) {
	if r.quick != nil && r.quick.Has(name) {
		return r.quick.Append(out, name, p)
	}
	b := bytes.NewBuffer(out)
	err := r.set.ExecuteTemplate(b, name, p)
	return b.Bytes(), err
}
