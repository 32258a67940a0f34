package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/rogpeppe/go-internal/diff"

	"readout/internal/plan"
)

// shipped returns the templates that come with Readout.
func shipped(t testing.TB) []File {
	t.Helper()
	const dir = "../../templates"
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var files []File
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, File{Name: e.Name(), Shown: "templates/" + e.Name(), Data: data})
	}
	return files
}

func newRenderer(t testing.TB) *Renderer {
	t.Helper()
	r, diags := New(shipped(t))
	for _, d := range diags {
		t.Errorf("%s: %s %q", d.Span, d.Message, d.Notes)
	}
	if r == nil {
		t.FailNow()
	}
	return r
}

func render(t testing.TB, r *Renderer, v plan.View) string {
	t.Helper()
	out, diags := r.Page(v)
	for _, d := range diags {
		t.Errorf("%s: %s: %s %q", v.Template(), d.Span, d.Message, d.Notes)
	}
	return string(out)
}

func document(t testing.TB, page string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// A frame may look whether there is content before it shows it.
func TestMainTwice(t *testing.T) {
	r, diags := New(with(t, "base.html", `{{if $.Main}}<main>{{$.Main}}</main>{{end}}{{len $.Notes}} {{range $.Notes}}{{len .Back}}{{end}}`))
	if r == nil {
		t.Fatal(format(diags))
	}
	v := &plan.PlainPage{Base: plan.Base{Site: &plan.Site{}}, Text: cited()}
	if got := render(t, r, v); strings.Count(got, "<main>") != 1 || !strings.Contains(got, `id=page-cite-1-1`) || !strings.HasSuffix(got, "</main>2 21") {
		t.Errorf("got %s", got)
	}
}

func TestEveryView(t *testing.T) {
	r := newRenderer(t)
	full := sampleViews()
	for i, empty := range views() {
		if full[i].Template() != empty.Template() {
			t.Fatalf("sample %d is a %s, not a %s", i, full[i].Template(), empty.Template())
		}
		*empty.Frame() = plan.Base{Site: &plan.Site{}}
		for _, v := range []plan.View{empty, full[i]} {
			page := render(t, r, v)
			if dir := os.Getenv("RENDER_SAMPLES"); dir != "" && v == full[i] {
				if err := os.WriteFile(filepath.Join(dir, v.Template()), []byte(page), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if !strings.HasPrefix(page, "<!doctype html>") || !strings.HasSuffix(page, "</html>") {
				t.Errorf("%s is not whole", v.Template())
			}
			for _, bad := range []string{"<no value>", "ZgotmplZ", "%!", "style="} {
				if strings.Contains(page, bad) {
					t.Errorf("%s holds %q", v.Template(), bad)
				}
			}
			doc := document(t, page)
			allowed := doc.Find("meta[http-equiv=Content-Security-Policy]").AttrOr("content", "")
			doc.Find("script").Each(func(_ int, s *goquery.Selection) {
				sum := sha256.Sum256([]byte(s.Text()))
				inline := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
				if _, own := s.Attr("src"); !own && !strings.Contains(allowed, inline) {
					t.Errorf("%s: the policy does not let this script run, which needs %s: %s", v.Template(), inline, s.Text())
				}
			})
			if n := doc.Find("main h1").Length(); n != 1 {
				t.Errorf("%s has %d headings of level 1", v.Template(), n)
			}
			seen := map[string]bool{}
			doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
				id := s.AttrOr("id", "")
				if seen[id] && v == full[i] || id == "" && v == full[i] {
					t.Errorf("%s has the id %q twice, or empty", v.Template(), id)
				}
				seen[id] = true
			})
			doc.Find(`a[href^="#"]`).Each(func(_ int, s *goquery.Selection) {
				if href := s.AttrOr("href", ""); !seen[href[1:]] {
					t.Errorf("%s links to %s, which is not there", v.Template(), href)
				}
			})
			level := 1
			doc.Find("main").Find("h1, h2, h3, h4").Each(func(_ int, s *goquery.Selection) {
				l := int(goquery.NodeName(s)[1] - '0')
				if l > level+1 {
					t.Errorf("%s skips a level of headings before %q", v.Template(), s.Text())
				}
				level = l
			})
		}
	}
}

// A page must be the same whoever renders it, and in whatever order.
func TestConcurrent(t *testing.T) {
	r := newRenderer(t)
	want := map[string]string{}
	for _, v := range sampleViews() {
		want[v.Template()] = render(t, r, v)
	}
	fresh := newRenderer(t)
	done := make(chan bool)
	for range 4 {
		go func() {
			defer func() { done <- true }()
			for _, v := range sampleViews() {
				if got, _ := fresh.Page(v); !bytes.Equal(got, []byte(want[v.Template()])) {
					t.Errorf("%s differs", v.Template())
				}
			}
		}()
	}
	for range 4 {
		<-done
	}
}

var update = flag.Bool("update", false, "rewrite the pages in testdata")

// TestGolden holds the whole of two pages: one that is the frame and little
// else, and one with a claim.
func TestGolden(t *testing.T) {
	r := newRenderer(t)
	site := &plan.Site{Title: "The Bridge", Language: "en", Sources: 1, Quotations: 1, Verified: 1}
	about := &plan.PlainPage{Base: plan.Base{Path: "about.html", Section: "about.html", Title: "About", Site: site}, Text: cited()}
	card := sampleCard("toll", 2, isFor)
	source := &plan.Source{
		Base: plan.Base{Path: "sources/gazette.html", Root: "../", Section: "sources.html", Title: gazette.Text, Site: site},
		Passages: []plan.Passage{{Stretch: plan.Stretch{First: 1, Last: 1}, Words: 1, Gap: true}, {
			Stretch: plan.Stretch{First: 2, Last: 2}, Words: 9, Claims: 1, Segments: []plan.Segment{{
				Words:  []plan.Ref{{Text: "a small toll on "}, {Href: "../issues/bridge.html", Text: "the bridge"}},
				Claims: []plan.Cited{{Ref: plan.Ref{Href: card.Href, Text: card.Title}, N: 1, At: 1}},
			}},
			Notes: []plan.MarginNote{{N: 1, Card: card, Note: text("<p>A note.</p>")}},
		}},
	}
	for _, v := range []plan.View{about, source} {
		file := filepath.Join("testdata", v.Template())
		// One tag to a line, to be read and compared.
		got := strings.ReplaceAll(render(t, r, v), "><", ">\n<") + "\n"
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if d := diff.Diff("want", want, "got", []byte(got)); d != nil {
			t.Errorf("%s (go test -update rewrites it):\n%s", v.Template(), d)
		}
	}
}
