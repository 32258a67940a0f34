package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"readout/internal/verify"
)

// briefing is the site that the project ships, as far as it needs no texts.
func briefing(t testing.TB) sample {
	t.Helper()
	a := &txtar.Archive{Comment: []byte("base: https://briefings.example/talks\n")}
	tree := os.DirFS("../../content")
	err := fs.WalkDir(tree, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(name, ".md") && name != "site.yaml" {
			return err
		}
		data, err := fs.ReadFile(tree, name)
		a.Files = append(a.Files, txtar.File{Name: "content/" + name, Data: data})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return readSample(t, a)
}

// everySite runs f with each sample and with the shipped briefing.
func everySite(t *testing.T, f func(t *testing.T, s sample)) {
	samples(t, func(t *testing.T, _ *txtar.Archive, s sample) { f(t, s) })
	t.Run("briefing", func(t *testing.T) { f(t, briefing(t)) })
}

func TestSchemas(t *testing.T) {
	schemas := map[string]*jsonschema.Schema{}
	for name, file := range map[string]string{
		"data/claims.json":        "claims",
		"data/comparison.json":    "comparison",
		"data/sources.csl.json":   "sources.csl",
		"data/annotations.jsonld": "annotations",
	} {
		schemas[name] = schema(t, file)
	}
	everySite(t, func(t *testing.T, s sample) {
		for name, schema := range schemas {
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(s.file(t, name)))
			if err != nil {
				t.Errorf("%s: %v", name, err)
			} else if err := schema.Validate(v); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func schema(t testing.TB, name string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile("../../docs/schema/" + name + ".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSchemaIsStrict shows that the schemas would notice a stray field.
func TestSchemaIsStrict(t *testing.T) {
	claims := schema(t, "claims")
	for text, ok := range map[string]bool{
		`{"version": 1, "claims": []}`: true,
		`{"version": 2, "claims": []}`: false,
		`{"version": 1, "claims": [{"id":"a#b","source":"a","title":"t","holder":{"actor":"x"},"directness":"own","url":"sources/a.html#b"}]}`:                              true,
		`{"version": 1, "claims": [{"id":"a#b","source":"a","title":"t","holder":{"actor":"x"},"directness":"own","url":"sources/a.html#b","more":1}]}`:                     false,
		`{"version": 1, "claims": [{"id":"a#b","source":"a","title":"t","holder":{"actor":"x","description":"y"},"directness":"own","url":"sources/a.html#b"}]}`:            false,
		`{"version": 1, "claims": [{"id":"a#b","source":"a","title":"t","holder":{"actor":"x"},"directness":"own","url":"sources/a.html#b","stance":"for"}]}`:               false,
		`{"version": 1, "claims": [{"id":"a#b","source":"a","title":"t","holder":{"actor":"x"},"directness":"own","url":"sources/a.html#b","said":"last week"}]}`:           false,
		`{"version": 1, "claims": [{"id":"a#b","source":"a","title":"t","holder":{"actor":"x"},"directness":"own","url":"sources/a.html"}]}`:                                false,
		`{"version": 1, "claims": [{"id":"a#b","source":"a","title":"t","holder":{"actor":"x"},"directness":"own","url":"sources/a.html#b","about":[],"paraphrase":true}]}`: false,
	} {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := claims.Validate(v); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestCSVIsJSON holds the two forms of the claims against each other.
func TestCSVIsJSON(t *testing.T) {
	everySite(t, func(t *testing.T, s sample) {
		rows := readCSV(t, s.file(t, "data/claims.csv"))
		var file struct{ Claims []claim }
		if err := json.Unmarshal(s.file(t, "data/claims.json"), &file); err != nil {
			t.Fatal(err)
		}
		if len(rows) != len(file.Claims)+1 {
			t.Fatalf("%d rows for %d claims and the names", len(rows), len(file.Claims))
		}
		for i, c := range file.Claims {
			for j, col := range claimColumns {
				if got, want := rows[i+1][j], col.cell(&c); uncell(got) != want {
					t.Errorf("%s of %s is %q, want %q", rows[0][j], c.ID, uncell(got), want)
				}
			}
		}
	})
}

// TestComparisonRows wants a row for each party on each option, the silent ones
// too, and one for each position of a document.
func TestComparisonRows(t *testing.T) {
	everySite(t, func(t *testing.T, s sample) {
		rows := readCSV(t, s.file(t, "data/comparison.csv"))
		kind := slices.Index(rows[0], "party_kind")
		n := 0
		for _, r := range rows[1:] {
			if r[kind] != others {
				n++
			}
		}
		c := s.plan.Comparison()
		want := len(c.Options) * len(c.Parties)
		for _, o := range c.Options {
			for _, a := range c.Documents {
				if o.Positions[a] != nil {
					want++
				}
			}
		}
		if n != want {
			t.Errorf("%d rows, want %d", n, want)
		}
	})
}

// readCSV reads a file as RFC 4180 has it, and holds its lines to CR LF.
func readCSV(t testing.TB, data []byte) [][]string {
	t.Helper()
	if n := bytes.Count(data, []byte("\n")); n != bytes.Count(data, []byte("\r\n")) || n != bytes.Count(data, []byte("\r")) {
		t.Error("a line does not end in CR LF")
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// uncell undoes what docs/data.md tells readers to undo.
func uncell(s string) string {
	if rest := strings.TrimLeft(s, "'"); len(rest) < len(s) && rest != "" && formula([]rune(rest)[0]) {
		return s[1:]
	}
	return s
}

func TestCalendarReadsBack(t *testing.T) {
	everySite(t, func(t *testing.T, s sample) {
		data := s.file(t, "data/meetings.ics")
		for line := range bytes.SplitSeq(bytes.TrimSuffix(data, []byte("\r\n")), []byte("\r\n")) {
			if len(line) > 75 || bytes.ContainsAny(line, "\r\n") {
				t.Errorf("not a line of iCalendar: %q", line)
			}
		}
		cal, err := ics.ParseCalendar(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		dated := 0
		for _, m := range s.site.Meetings {
			first, last, ok := days(m.Record)
			if state, _, _ := newExporter(s.site, s.proofs, s.plan).state(m); !ok || state == nil && len(m.Log) > 0 {
				continue
			}
			e := cal.Events()[dated]
			dated++
			if !strings.HasPrefix(e.Id(), m.ID+"@") {
				t.Errorf("%s stands where %s should", e.Id(), m.ID)
			}
			start, err := e.GetAllDayStartAt()
			if err != nil || start.Format(time.DateOnly) != first.String() {
				t.Errorf("%s starts %v, want %v (%v)", m.ID, start, first, err)
			}
			end, err := e.GetAllDayEndAt()
			if err != nil || end.AddDate(0, 0, -1).Format(time.DateOnly) != last.String() {
				t.Errorf("%s ends before %v, want after %v (%v)", m.ID, end, last, err)
			}
			if got := e.GetProperty(ics.ComponentPropertySummary).Value; !strings.HasPrefix(got, oneLine(m.Name.Value)) {
				t.Errorf("%s is called %q", m.ID, got)
			}
			if got := e.GetProperty(ics.ComponentPropertyLocation); m.Record.Place != "" && got.Value != m.Record.Place {
				t.Errorf("%s is at %q, want %q", m.ID, got.Value, m.Record.Place)
			}
			if _, err := e.GetDtStampTime(); err != nil {
				t.Error(err)
			}
		}
		if n := len(cal.Events()); n != dated {
			t.Errorf("%d events, want %d", n, dated)
		}
	})
}

func TestBibliographyReadsBack(t *testing.T) {
	everySite(t, func(t *testing.T, s sample) {
		entries := readBib(t, string(s.file(t, "data/sources.bib")))
		if len(entries) != len(s.site.Sources) {
			t.Fatalf("%d entries for %d sources", len(entries), len(s.site.Sources))
		}
		for i, src := range s.site.Sources {
			e := entries[i]
			title := strings.TrimSuffix(strings.TrimPrefix(e["title"], "{"), "}")
			if e["key"] != src.ID || untex.Replace(title) != oneLine(src.Name.Value) || e["date"] != src.Record.Published.String() {
				t.Errorf("%s became %v", src.ID, e)
			}
		}
	})
}

// readBib reads a .bib as BibTeX does: a value ends where its braces balance.
func readBib(t testing.TB, s string) []map[string]string {
	t.Helper()
	var entries []map[string]string
	for {
		s = strings.TrimSpace(s)
		if s == "" {
			return entries
		}
		kind, rest, ok1 := strings.Cut(s, "{")
		key, rest, ok2 := strings.Cut(rest, ",")
		if !ok1 || !ok2 || !slices.Contains([]string{"@article", "@online", "@misc"}, kind) {
			t.Fatalf("no entry: %.40q", s)
		}
		e := map[string]string{"key": key}
		entries = append(entries, e)
		for {
			rest = strings.TrimLeft(rest, " \n,")
			if after, done := strings.CutPrefix(rest, "}"); done {
				s = after
				break
			}
			name, value, ok := strings.Cut(rest, " = {")
			depth, end := 1, 0
			for ; ok && depth > 0; end++ {
				if end == len(value) {
					t.Fatalf("the braces of %s do not balance", name)
				}
				switch value[end] {
				case '{':
					depth++
				case '}':
					depth--
				}
			}
			if !ok {
				t.Fatalf("no field: %.40q", rest)
			}
			e[name], rest = value[:end-1], value[end:]
		}
	}
}

var untex = strings.NewReplacer(
	`\textbackslash{}`, `\`, `\textbraceleft{}`, `{`, `\textbraceright{}`, `}`,
	`\textasciitilde{}`, `~`, `\textasciicircum{}`, `^`,
	`\$`, `$`, `\&`, `&`, `\#`, `#`, `\_`, `_`, `\%`, `%`,
)

func TestFeedReadsBack(t *testing.T) {
	everySite(t, func(t *testing.T, s sample) {
		if s.site.Config.BaseURL == "" {
			return
		}
		var f atomFeed
		if err := xml.Unmarshal(s.file(t, "feed.xml"), &f); err != nil {
			t.Fatal(err)
		}
		if f.Title != s.site.Config.Name.Value {
			t.Errorf("the title is %q", f.Title)
		}
		seen := map[string]bool{}
		last := "9999"
		for _, e := range append(f.Entries, atomEntry{ID: f.ID, Title: f.Title, Updated: "0001-01-01T00:00:00Z", Link: f.Links[0]}) {
			if seen[e.ID] {
				t.Errorf("two entries have the id %s", e.ID)
			}
			seen[e.ID] = true
			for _, address := range []string{e.ID, e.Link.Href} {
				if u, err := url.Parse(address); err != nil || !u.IsAbs() || !strings.HasPrefix(address, s.site.Config.BaseURL) {
					t.Errorf("%q is no address of the site", address)
				}
			}
			if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || e.Updated > last {
				t.Errorf("%s was updated %s, after %s", e.ID, e.Updated, last)
			}
			if last = e.Updated; e.Title == "" {
				t.Errorf("%s has no title", e.ID)
			}
		}
	})
}

func TestSitemapReadsBack(t *testing.T) {
	everySite(t, func(t *testing.T, s sample) {
		if s.site.Config.BaseURL == "" {
			return
		}
		var got struct {
			XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
			URLs    []struct {
				Loc string `xml:"loc"`
			} `xml:"url"`
		}
		if err := xml.Unmarshal(s.file(t, "sitemap.xml"), &got); err != nil {
			t.Fatal(err)
		}
		if len(got.URLs) != len(s.plan.Pages())-1 { // all but 404.html
			t.Errorf("%d addresses for %d pages", len(got.URLs), len(s.plan.Pages()))
		}
		for _, l := range got.URLs {
			path, ok := strings.CutPrefix(l.Loc, s.site.Config.BaseURL)
			path, err := url.PathUnescape(path)
			if path == "" {
				path = "index.html"
			}
			have := false
			for _, p := range s.plan.Pages() {
				have = have || p.Path == path
			}
			if !ok || err != nil || !have {
				t.Errorf("%s is no page", l.Loc)
			}
		}
	})
}

// TestReferences wants every id that the files mention to be there, and every
// address of a claim to be on a page.
func TestReferences(t *testing.T) {
	everySite(t, func(t *testing.T, s sample) {
		var claims struct{ Claims []claim }
		var comparison struct {
			Columns []party
			Issues  []struct{ Options []option }
		}
		for name, v := range map[string]any{"data/claims.json": &claims, "data/comparison.json": &comparison} {
			if err := json.Unmarshal(s.file(t, name), v); err != nil {
				t.Fatal(err)
			}
		}
		ids := map[string]bool{}
		for _, c := range claims.Claims {
			if ids[c.ID] {
				t.Errorf("%s is there twice", c.ID)
			}
			ids[c.ID] = true
		}
		want := func(list ...string) {
			for _, id := range list {
				if !ids[id] {
					t.Errorf("there is no claim %s", id)
				}
			}
		}
		for _, c := range claims.Claims {
			want(slices.Concat(c.Changes, c.Denies, c.Disputes)...)
			path, _ := strings.CutPrefix(c.URL, s.site.Config.BaseURL)
			if u, err := url.Parse(path); err != nil || u.Fragment == "" || u.Path != "sources/"+c.Source+".html" {
				t.Errorf("%s is at %s", c.ID, c.URL)
			}
		}
		for _, is := range comparison.Issues {
			for _, o := range is.Options {
				for _, p := range o.Positions {
					want(p.Claims...)
					if !slices.ContainsFunc(comparison.Columns, func(c party) bool { return c.ID == p.Party }) {
						t.Errorf("there is no column %s", p.Party)
					}
				}
			}
		}
	})
}

// TestSameBytes holds two builds of one input to one result.
func TestSameBytes(t *testing.T) {
	samples(t, func(t *testing.T, a *txtar.Archive, s sample) {
		first, second, rebuilt := s.files(), s.files(), readSample(t, a).files()
		for _, other := range [][]File{second, rebuilt} {
			if !slices.EqualFunc(first, other, func(x, y File) bool { return x.Path == y.Path && bytes.Equal(x.Data, y.Data) }) {
				t.Error("two builds differ")
			}
		}
	})
}

// TestWithoutTexts wants the files of a clone, which has receipts and no
// texts, to differ in the states of the quotations alone.
func TestWithoutTexts(t *testing.T) {
	samples(t, func(t *testing.T, _ *txtar.Archive, s sample) {
		with := s.files()
		for _, src := range s.site.Sources {
			s.proofs[src.Record] = verify.Prove(verify.Input{
				Source: src.Record, Receipts: s.proofs[src.Record].Receipt,
				Limits: verify.Limits{AllowUnverified: true},
			})
		}
		for i, f := range s.files() {
			want := bytes.ReplaceAll(with[i].Data, []byte("verified"), []byte("receipt"))
			if !bytes.Equal(f.Data, want) {
				t.Errorf("%s is\n%s\nwant\n%s", f.Path, f.Data, want)
			}
		}
	})
}

// TestUnproved: a quotation without a proof is exported as such, and not
// annotated.
func TestUnproved(t *testing.T) {
	s := briefing(t)
	s.proofs = nil
	claims := string(s.file(t, "data/claims.json"))
	if strings.Contains(claims, `"verified"`) || strings.Contains(claims, `"receipt"`) || !strings.Contains(claims, `"unverified"`) {
		t.Error("a state is not unverified")
	}
	if !strings.Contains(string(s.file(t, "data/annotations.jsonld")), `"total": 0`) {
		t.Error("a quotation that is not proved is annotated")
	}
}
