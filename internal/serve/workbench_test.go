package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"readout/internal/quote"

	"readout/internal/build"
	"readout/internal/output"
)

// The text of the sample source: a damaged dash, a sentence that stands twice,
// marks that Markdown would take for its own, and a line break in a passage.
const sampleText = `The council met on Tuesday ~ at last. The ferry stays.

Its clerk said the price of *all* tickets [and passes] is 3_000 & falls
by <half>. The ferry stays.

1. Nobody objected.
`

const sampleSource = `---
title: The Post
publisher: The Post
published: 2026-01-20
text: post.txt
repairs: ["~=—"]
---
A note.

## The council met
- id: the-council-met
- holder: [[post]]

> The council met on Tuesday

## The ferry stays, says the clerk
- id: stays
- holder: "a clerk" (unnamed)

> met on Tuesday — at last
`

func sampleFiles() map[string]string {
	return map[string]string{
		"site.yaml":         "title: Ferry\ncolumns: [council]\nmax_quoted_share: 100\n",
		"actors/council.md": "---\nname: Town Council\ntype: organisation\naliases: [Council]\n---\nThe council.\n",
		"issues/fares.md":   "---\ntitle: Fares\n---\nWhat it costs.\n\n## Options\n- lower: they fall\n",
		"meetings/pier.md":  "---\ntitle: Talks at the pier\nstart: 2026-01-19\n---\n",
		"sources/post.md":   sampleSource,
		"private/post.txt":  sampleText,
		"actors/clerk.md":   "---\nname: The Clerk\ntype: person\ndraft: yes\nrepresents: council\n---\n",
	}
}

// bench serves a real briefing.
func bench(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, dir: filepath.Join(t.TempDir(), "content")}
	for name, data := range sampleFiles() {
		s.write(name, data)
	}
	cache := build.NewCache()
	s.run(Options{
		Addr: "127.0.0.1:0", Watch: []string{s.dir}, Content: s.dir,
		Build: func(ctx context.Context, c Change) (*build.Result, error) {
			return build.Build(ctx, build.Options{Content: s.dir, Drafts: true, Lazy: true, Embedded: os.DirFS("../.."), Edited: c.Files, Idle: c.Idle}, cache)
		},
		Write: func(name string, data []byte) error {
			_, err := output.WriteFile(name, data)
			return err
		},
		Editor: "edit:{file}:{line}",
	})
	return s
}

func getJSON[T any](s *site, path string) (v T) {
	s.t.Helper()
	status, body := s.get(path)
	if err := json.Unmarshal([]byte(body), &v); status != http.StatusOK || err != nil {
		s.t.Fatalf("%s: %d %s", path, status, body)
	}
	return v
}

func (s *site) source() string {
	s.t.Helper()
	data, err := os.ReadFile(s.path("sources/post.md"))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(data)
}

// post sends a claim, as the page does but for what edit changes.
func (s *site) post(in claimRequest, edit func(*http.Request)) (int, claimAnswer, string) {
	s.t.Helper()
	data, err := json.Marshal(in)
	if err != nil {
		s.t.Fatal(err)
	}
	r, err := http.NewRequest("POST", s.url+"_readout/claims", bytes.NewReader(data))
	if err != nil {
		s.t.Fatal(err)
	}
	sh := getJSON[sheet](s, "/_readout/source?source=post")
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", strings.TrimSuffix(s.url, "/"))
	r.Header.Set("X-Readout-Token", sh.Token)
	if edit != nil {
		edit(r)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	var out claimAnswer
	if strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(body, &out); err != nil {
			s.t.Fatal(err)
		}
	}
	return res.StatusCode, out, string(body)
}

func TestSheet(t *testing.T) {
	s := bench(t)
	got := getJSON[sheet](s, "/_readout/source?source=post")
	if got.Token == "" || got.Digest != hash([]byte(sampleSource)) || !got.HasText || got.TextName != "post.txt" || got.Words != 31 {
		t.Errorf("%+v", got)
	}
	want := []passage{
		{Claims: []int{0, 1}, Segments: []segment{
			{"The council ", []int{0}}, {"met on Tuesday ", []int{0, 1}}, {"— at last", []int{1}}, {". The ferry stays.", []int{}},
		}},
		{Claims: []int{}, Segments: []segment{{"Its clerk said the price of *all* tickets [and passes] is 3_000 & falls by <half>. The ferry stays.", []int{}}}},
		{Claims: []int{}, Segments: []segment{{"1. Nobody objected.", []int{}}}},
	}
	for i := range max(len(want), len(got.Paragraphs)) {
		if i >= len(want) || i >= len(got.Paragraphs) || !slices.Equal(got.Paragraphs[i].Claims, want[i].Claims) ||
			!slices.EqualFunc(got.Paragraphs[i].Segments, want[i].Segments, func(a, b segment) bool { return a.Text == b.Text && slices.Equal(a.Claims, b.Claims) }) {
			t.Fatalf("got %+v\nwant %+v", got.Paragraphs, want)
		}
	}
	n := getJSON[names](s, "/_readout/names")
	if !slices.Contains(n.Actors, name{"The Clerk", "person, Town Council"}) || !slices.Equal(n.Options, []name{{"fares/lower", "they fall"}}) ||
		!slices.Equal(n.Meetings, []name{{"pier", "Talks at the pier, 19 Jan 2026"}}) || !slices.Contains(n.Claims, name{"@post#stays", "The ferry stays, says the clerk"}) {
		t.Errorf("%+v", n)
	}
	if status, _ := s.get("/_readout/source?source=../private/post"); status != http.StatusNotFound {
		t.Errorf("a source that there is not: %d", status)
	}
	// The text is in what the page asks for, and not in the page.
	if _, body := s.get("/sources/post.html"); strings.Contains(body, "Nobody objected") || !strings.Contains(body, `workbench.js" data-source="post"`) {
		t.Errorf("the page: %s", body)
	}
	if _, body := s.get("/actors/council.html"); strings.Contains(body, "workbench") {
		t.Errorf("a workbench on a page that is no source's")
	}
}

func TestQuoteIsProved(t *testing.T) {
	s := bench(t)
	for _, test := range []struct {
		query     string
		proved    bool
		result    string
		paragraph int
		places    int
	}{
		{"q=The+council+met", true, "exact", 1, 0},
		{"q=Tuesday+—+at+last", true, "folded", 1, 0},
		{"q=falls+by", true, "folded", 2, 0},
		{"q=The+ferry+stays", false, "ambiguous", 1, 2},
		{"q=The+ferry+stays&after=by+<half>", true, "exact", 2, 2},
		{"q=The+ferry+goes", false, "absent", 0, 0},
		{"q=", false, "absent", 0, 0},
		{"q=Nobody+objected%0A%0AThe+council+met", true, "exact", 1, 0},
		{"q=Nobody+objected%0A+%0Aobjected+nobody%0A%0AThe+council+met", false, "absent", 0, 0},
	} {
		got := getJSON[map[string]any](s, "/_readout/quote?source=post&"+strings.ReplaceAll(strings.ReplaceAll(test.query, "<", "%3C"), ">", "%3E"))
		if got["proved"] != test.proved || got["result"] != test.result || got["paragraph"] != float64(test.paragraph) || len(got["places"].([]any)) != test.places {
			t.Errorf("%s: %v", test.query, got)
		}
	}
}

func TestClaimIsAdded(t *testing.T) {
	s := bench(t)
	st := s.listen("/sources/post.html")
	before := st.next()
	in := claimRequest{Source: "post", Digest: hash([]byte(sampleSource)), Claim: claimDraft{
		Heading: "Fares fall, the council's clerk says", Holder: "“the clerk” of “the council”", Unnamed: true, Count: 1, Reason: "not authorized; new",
		Party: "Council", Via: "Town Council > Post reporters", About: "Fares, [[Council]]", On: "fares/lower", Stance: "for-if", If: `"they" pay`,
		Act: "proposes", At: "pier", Said: "2026-01-19?", Hedge: "perhaps", Changes: "@post#stays", Paraphrase: true,
		Quotation: "price of *all* tickets [and passes] is 3_000 &  falls\nby <half>", Note: "Two *lines*\nof a note.\n",
	}}
	const want = `## Fares fall, the council's clerk says
- id: fares-fall-council-clerk
- holder: "the clerk” of “the council" (unnamed; 1; not authorized; new)
- via: [[council]] > Post reporters
- party: [[council]]
- about: [[fares]], [[council]]
- on: fares/lower
- stance: for-if
- if: “"they" pay”
- act: proposes
- at: [[pier]]
- said: 2026-01-19?
- hedge: perhaps
- changes: @post#stays
- paraphrase: yes

> price of \*all\* tickets \[and passes\] is 3\_000 \& falls by \<half\>

Two *lines*
of a note.
`
	if status, out, body := s.post(in, nil); status != http.StatusOK || out.Section != want || out.Written || !out.Proof.Proved || s.source() != sampleSource {
		t.Fatalf("shown: %d %s\n%s", status, body, out.Section)
	}
	in.Write = true
	status, out, body := s.post(in, nil)
	if status != http.StatusOK || !out.Written || len(out.Problems) != 0 || !strings.HasSuffix(out.Place, "post.md:22:1") || !strings.HasPrefix(out.Edit, "edit:/") {
		t.Fatalf("added: %d %s", status, body)
	}
	if got := s.source(); got != sampleSource+"\n"+want {
		t.Errorf("the file is\n%s", got)
	}
	if after := st.next(); after.Page == before.Page || after.Desk == before.Desk {
		t.Errorf("the page does not follow: %+v, then %+v", before, after)
	}
	s.becomes("/sources/post.html", `id="fares-fall-council-clerk"`)
	// The form was filled in for the file as it was.
	if status, out, body := s.post(in, nil); status != http.StatusConflict || !out.Changed {
		t.Errorf("added to another file: %d %s", status, body)
	}
	in.Digest = hash([]byte(s.source()))
	in.Claim.Changes = ""
	if status, out, body := s.post(in, nil); status != http.StatusOK || out.ID != "fares-fall-council-clerk-2" {
		t.Errorf("added again: %d %s", status, body)
	}
}

// What changes no page changes the workbench all the same: a claim must be
// added to the file as it is.
func TestDeskFollowsTheFile(t *testing.T) {
	s := bench(t)
	st := s.listen("/sources/post.html")
	before := st.next()
	s.write("sources/post.md", sampleSource+"\n\n")
	after := st.next()
	if after.Desk == before.Desk || after.Page != before.Page {
		t.Errorf("%+v, then %+v", before, after)
	}
	if sh := getJSON[sheet](s, "/_readout/source?source=post"); sh.Digest != hash([]byte(sampleSource+"\n\n")) {
		t.Errorf("the workbench is of another file")
	}
}

func TestClaimIsRefused(t *testing.T) {
	s := bench(t)
	good := claimRequest{Source: "post", Digest: hash([]byte(sampleSource)), Write: true, Claim: claimDraft{
		Heading: "Nobody objected", Holder: "Council", Quotation: "Nobody objected",
	}}
	header := func(key, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(key, value) }
	}
	for _, test := range []struct {
		what   string
		edit   func(*http.Request)
		claim  func(*claimRequest)
		status int
		says   string
	}{
		{what: "no token", edit: header("X-Readout-Token", ""), status: 403, says: "token"},
		{what: "a wrong token", edit: header("X-Readout-Token", "x"), status: 403, says: "token"},
		{what: "no origin", edit: func(r *http.Request) { r.Header.Del("Origin") }, status: 403, says: "page of this server"},
		{what: "another origin", edit: header("Origin", "http://example.org"), status: 403, says: "page of this server"},
		{what: "another port's origin", edit: header("Origin", "http://127.0.0.1:1"), status: 403, says: "page of this server"},
		{what: "a null origin", edit: header("Origin", "null"), status: 403, says: "page of this server"},
		{what: "another host", edit: func(r *http.Request) { r.Host = "example.org"; r.Header.Set("Origin", "http://example.org") }, status: 403, says: "does not go by the name"},
		{what: "another site", edit: header("Sec-Fetch-Site", "cross-site"), status: 403, says: "page of this server"},
		{what: "a form", edit: header("Content-Type", "text/plain"), status: 403, says: "not JSON"},
		{what: "no JSON", edit: func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader("{")); r.ContentLength = 1 }, status: 400, says: "cannot be read"},
		{what: "no such source", claim: func(c *claimRequest) { c.Source = "../post" }, status: 404},
		{what: "another file", claim: func(c *claimRequest) { c.Digest = "0" }, status: 409, says: "has changed"},
		{what: "absent", claim: func(c *claimRequest) { c.Claim.Quotation = "Somebody objected" }, status: 422, says: "not proved: it is absent"},
		{what: "ambiguous", claim: func(c *claimRequest) { c.Claim.Quotation = "The ferry stays" }, status: 422, says: "not proved: it is ambiguous"},
		{what: "no holder", claim: func(c *claimRequest) { c.Claim.Holder = "" }, status: 422, says: "no holder"},
		{what: "an unknown holder", claim: func(c *claimRequest) { c.Claim.Holder = "Concil" }, status: 422, says: "did you mean"},
		{what: "a holder of another kind", claim: func(c *claimRequest) { c.Claim.Holder = "pier" }, status: 422, says: "another kind of record"},
		{what: "no heading", claim: func(c *claimRequest) { c.Claim.Heading = "" }, status: 422, says: "no heading text"},
		{what: "a taken id", claim: func(c *claimRequest) { c.Claim.ID = "stays" }, status: 422, says: "given twice"},
		{what: "no slug", claim: func(c *claimRequest) { c.Claim.ID = "Not One" }, status: 422, says: "cannot be the id"},
		{what: "an unknown option", claim: func(c *claimRequest) { c.Claim.On, c.Claim.Stance = "fares/lowr", "for" }, status: 422, says: "lower"},
		{what: "no stance", claim: func(c *claimRequest) { c.Claim.On = "fares/lower" }, status: 422, says: "needs the stance"},
		{what: "an unknown stance", claim: func(c *claimRequest) { c.Claim.On, c.Claim.Stance = "fares/lower", "fro" }, status: 422, says: "for"},
		{what: "a bad date", claim: func(c *claimRequest) { c.Claim.Said = "yesterday" }, status: 422, says: "yesterday"},
		{what: "a heading in the note", claim: func(c *claimRequest) { c.Claim.Note = "x\n\n## Another\n\ny" }, status: 422, says: "ends the claim"},
		{what: "a claim in the note", claim: func(c *claimRequest) {
			c.Claim.Note = "## Another\n- id: x\n- holder: [[council]]\n\n> The council met"
		}, status: 422, says: "not be read as one claim"},
		{what: "a quotation in the note", claim: func(c *claimRequest) { c.Claim.Note = "> The council met" }, status: 422, says: "a quotation too"},
		{what: "a line in a field", claim: func(c *claimRequest) { c.Claim.On, c.Claim.Stance = "fares/lower\n- id: x", "for" }, status: 422},
	} {
		in := good
		if test.claim != nil {
			test.claim(&in)
		}
		status, _, body := s.post(in, test.edit)
		if status != test.status || !strings.Contains(body, test.says) {
			t.Errorf("%s: %d %s", test.what, status, body)
		}
		if s.source() != sampleSource {
			t.Fatalf("%s was written:\n%s", test.what, s.source())
		}
	}
	if res, err := http.Get(s.url + "_readout/claims"); err != nil || res.StatusCode != http.StatusNotFound {
		t.Errorf("GET: %v %v", res, err)
	}
	// A link that leads out of the folder is not followed.
	outside := filepath.Join(t.TempDir(), "outside.md")
	s.do(os.WriteFile(outside, []byte(sampleSource), 0o666))
	s.do(os.Remove(s.path("sources/post.md")))
	s.do(os.Symlink(outside, s.path("sources/post.md")))
	s.rest()
	if status, _, body := s.post(good, nil); status != http.StatusConflict || !strings.Contains(body, "not in the folder") {
		t.Errorf("through a link: %d %s", status, body)
	}
}

// A file keeps its kind of line ends.
func TestClaimInWindowsFile(t *testing.T) {
	s := bench(t)
	dos := strings.TrimSuffix(strings.ReplaceAll(sampleSource, "\n", "\r\n"), "\r\n")
	st := s.listen("/sources/post.html")
	was := st.next()
	s.write("sources/post.md", dos)
	for st.next().Desk == was.Desk {
	}
	status, _, body := s.post(claimRequest{Source: "post", Digest: hash([]byte(dos)), Write: true, Claim: claimDraft{
		Heading: "Nobody objected", Holder: "Council", Quotation: "Nobody objected",
	}}, nil)
	want := dos + "\r\n\r\n## Nobody objected\r\n- id: nobody-objected\r\n- holder: [[council]]\r\n\r\n> Nobody objected\r\n"
	if got := s.source(); status != http.StatusOK || got != want {
		t.Errorf("%d %s\n%q", status, body, got)
	}
}

// Whatever is in a text can be quoted: written out and read back, it is the
// same passage.
func FuzzCompose(f *testing.F) {
	for _, q := range []string{
		"plain", "1. a list", "- a dash", "# no heading", "> no quote", "a *b* _c_ `d` ~~e~~", "[[link]] [@cite] [x](y) ![z](w)", "<b> &amp; &lt; <!-- c -->",
		"\\*", "trailing\\", "=====", "- - -", "| a | b |", "[^1]", ": term", "https://example.org/x_y_z", "$x$", "tab\there", "(1) + 2)", "***", "[ ] task", "{#id}", "::: x",
	} {
		f.Add(q, "A heading")
	}
	d, err := sampleDesk(f)
	if err != nil {
		f.Fatal(err)
	}
	src, _ := d.source("post")
	f.Fuzz(func(t *testing.T, quotation, words string) {
		if strings.ContainsRune(quotation, 0) || strings.ContainsRune(words, 0) {
			t.Skip("Markdown replaces it: U+0000 is in no text")
		}
		n := d.compose(src, &claimDraft{Heading: words, ID: "new", Holder: words, Unnamed: true, If: words, Stance: "for-if", On: "fares/lower", Hedge: words, Quotation: quotation, Note: words})
		if !bytes.HasPrefix(n.file.Data, src.File.Data) {
			t.Errorf("the rest of the file changed")
		}
		if n.diags.HasErrors() {
			return
		}
		last := n.record.Claims[len(n.record.Claims)-1]
		if len(n.record.Claims) != 3 || last.ID != "new" || line(last.Quotations[0].Text) != line(quotation) || last.Hedge != line(words) {
			t.Errorf("%q is read as %+v", n.section, last)
		}
	})
}

// The seeds of the fuzz target are all good quotations.
func TestComposeQuotes(t *testing.T) {
	d, err := sampleDesk(t)
	if err != nil {
		t.Fatal(err)
	}
	src, _ := d.source("post")
	for _, q := range []string{
		"1. a list", "2) another", "- a dash", "+ plus", "# no heading", "> no quote", "a *b* _c_ `d` ~~e~~", "[[link]] [@cite] [x](y) ![z](w)", "<b> &amp; &lt; <!-- c -->",
		"\\*", "trailing\\", "=====", "- - -", "| a | b |", "[^1]", ": term", "https://example.org/x_y_z", "***", "[ ] task", "## Corrections", "[!NOTE]", "[!NOTE] words",
	} {
		if n := d.compose(src, &claimDraft{Heading: "A heading", ID: "new", Holder: "Council", Quotation: q}); n.diags.HasErrors() {
			t.Errorf("%q:\n%s\n%s", q, n.section, problemsHTML(n.diags, ""))
		}
	}
}

// Several passages are several quotations, in the order in which they were
// chosen, and none of them may fail.
func TestComposeSeveral(t *testing.T) {
	d, err := sampleDesk(t)
	if err != nil {
		t.Fatal(err)
	}
	src, _ := d.source("post")
	text := quote.NewText([]byte(sampleText), nil)
	c := &claimDraft{Heading: "A heading", ID: "new", Holder: "Council", Quotation: " Nobody\nobjected \r\n \r\nall* tickets\n\n\n\n"}
	n := d.compose(src, c)
	if want := "\n> Nobody objected\n\n> all* tickets\n"; n.diags.HasErrors() || !strings.HasSuffix(n.section, want) {
		t.Errorf("%s\n%s", n.section, problemsHTML(n.diags, ""))
	}
	p := d.proveAll(text, c.Quotation, quote.Options{})
	if !p.Proved || !slices.Equal(p.Passages, []int{3, 2}) {
		t.Errorf("%+v", p)
	}
	p = d.proveAll(text, "Nobody objected\n\nnobody said\n\nThe council met", quote.Options{})
	if p.Proved || !slices.Equal(p.Passages, []int{3}) || !slices.ContainsFunc(p.Problems, func(x problem) bool { return x.Code == "quote/absent" }) {
		t.Errorf("%+v", p)
	}
}

func sampleDesk(t testing.TB) (*desk, error) {
	dir := t.TempDir()
	for name, data := range sampleFiles() {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return nil, err
		}
		if err := os.WriteFile(name, []byte(data), 0o666); err != nil {
			return nil, err
		}
	}
	r, err := build.Check(t.Context(), build.Options{Content: dir, Drafts: true, Embedded: os.DirFS("../..")}, nil)
	if err != nil {
		return nil, err
	}
	return newDesk(r), nil
}

// What a build writes holds none of it.
func TestBuildHasNoWorkbench(t *testing.T) {
	s := bench(t)
	r, err := build.Build(t.Context(), build.Options{Content: s.dir, Embedded: os.DirFS("../..")}, nil)
	if err != nil || r.Diags.HasErrors() {
		t.Fatal(err, r.Diags)
	}
	for _, f := range r.Files {
		for _, words := range []string{"_readout", "Nobody objected", "The Clerk", "readout-draft"} {
			if bytes.Contains(f.Data, []byte(words)) {
				t.Errorf("%s holds %q", f.Path, words)
			}
		}
	}
}
