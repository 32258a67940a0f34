package ingest

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"readout/internal/diag"
)

func TestReadDate(t *testing.T) {
	for in, want := range map[string]string{
		"2026-01-23":                        "2026-01-23",
		"2026-01-23T19:05:00+00:00":         "2026-01-23",
		"2026-01-23T23:30:00.123-0500":      "2026-01-23",
		"2026-01-23T10:30":                  "2026-01-23",
		"2026-01-23 10:30:00 UTC":           "2026-01-23",
		"20260123T103000Z":                  "2026-01-23",
		"20260123":                          "2026-01-23",
		"2026/01/23":                        "2026-01-23",
		"2026.01.23 10:30":                  "2026-01-23",
		"2026-01":                           "2026-01",
		"2026":                              "2026",
		"Fri, 23 Jan 2026 18:00:00 GMT":     "2026-01-23",
		"January 23, 2026":                  "2026-01-23",
		"January 23rd, 2026 at 9:05 a.m.":   "2026-01-23",
		"Jan. 23, 2026, 10:30 AM EST":       "2026-01-23",
		"Sept. 3, 2025":                     "2025-09-03",
		"Friday, 23 January 2026":           "2026-01-23",
		"Fri Jan 23 10:30:00 EST 2026":      "2026-01-23",
		"23\u00a0January\u00a02026":         "2026-01-23",
		"2026-01-23T10:30:00+01:00[Europe]": "2026-01-23",
		// What can be read in two ways, or in none.
		"01/02/2026":           "",
		"1.2.2026":             "",
		"23 січня 2026":        "",
		"yesterday":            "",
		"2026-02-30":           "",
		"2026-13-01T00:00:00Z": "",
		"1970-01-01T00:00:00Z": "",
		"0001-01-01T00:00:00Z": "",
		"1769163000":           "",
		"":                     "",
	} {
		if got := readDate(in).edtf; got != want {
			t.Errorf("%q is read as %q, want %q", in, got, want)
		}
	}
}

func TestDecode(t *testing.T) {
	const (
		ukrainian = "Міністр прибув до порту, щоб обговорити пором і його розклад на зиму. Рішення ще немає."
		french    = "Le ministre a déclaré que l’accord n’était pas signé, et qu’il était à l’étude."
		greek     = "Ο υπουργός είπε ότι δεν υπάρχει συμφωνία για το πλοίο και ότι η συνάντηση θα γίνει αύριο."
	)
	encoded := func(s string, e encoding.Encoding) string {
		b, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, c := range []struct{ in, declared, want, name, doubt string }{
		{"plain", "", "plain", "utf-8", ""},
		{french, "", french, "utf-8", ""},
		{french, "ISO-8859-1", french, "utf-8", "it says that it is windows-1252, but its bytes are UTF-8"},
		{"\xEF\xBB\xBF" + french, "koi8-r", french, "utf-8", ""},
		{encoded(french, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)), "", french, "utf-16le", ""},
		{encoded(french, charmap.Windows1252), "windows-1252", french, "windows-1252", ""},
		{encoded(french, charmap.Windows1252), "", french, "windows-1252", "it does not say how it is encoded, and is read as windows-1252"},
		{encoded(french, charmap.Windows1252), "utf-8", french, "windows-1252", "it says that it is utf-8, which it is not, and is read as windows-1252"},
		{encoded(ukrainian, charmap.Windows1251), "", ukrainian, "windows-1251", "it does not say how it is encoded, and is read as windows-1251"},
		{encoded(ukrainian, charmap.KOI8U), "koi8-u", ukrainian, "koi8-u", ""},
		{encoded(greek, charmap.ISO8859_7), "", greek, "iso-8859-7", "it does not say how it is encoded, and is read as iso-8859-7"},
		{french + "\xff", "utf-8", french + "\uFFFD", "utf-8", "some of its bytes are not UTF-8, as the rest is"},
		{"a \x1b$B5~\x1b(B b", "iso-2022-jp", "a 京 b", "iso-2022-jp", ""},
		{"a b", "utf-16", "a b", "utf-8", ""},
	} {
		text, name, doubt := decode([]byte(c.in), c.declared, false)
		if string(text) != c.want || name != c.name || doubt != c.doubt {
			t.Errorf("%.20q (%s): got %q, %s, %q", c.in, c.declared, text, name, doubt)
		}
	}
}

// TestRefused holds what is no article to the message about it.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name, data string
		opt        Options
		want       string
	}{
		{"a.pdf", "%PDF-1.7", Options{}, "import/no-text: this is a PDF file: copy its text into a .txt file"},
		{"a.docx", "PK\x03\x04", Options{}, "import/no-text: this is a ZIP file, or a document of a word processor: save it as plain text"},
		{"a.bin", "a\x00b", Options{}, "import/no-text: this is no text"},
		{"a.mht", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\n--x--\n", Options{}, "import/no-text: this web archive holds no page"},
		{"a.txt", "", Options{}, "import/empty: there is no text of an article in this file"},
		{"a.txt", " \n\u00a0\n\u00ad", Options{}, "import/empty: there is no text of an article in this file"},
		{"a.html", "<title>x</title><script>y</script>", Options{}, "import/empty: there is no text of an article in this file"},
		{"a.txt", "x", Options{Published: "23 January 2026"}, "import/option: "},
		{"a.txt", "x", Options{URL: "javascript:alert(1)"}, `import/option: "javascript:alert(1)" is not a web address`},
		{"a.txt", "x", Options{Rights: "excerpt"}, `import/option: unknown rights "excerpt"`},
		{"a.txt", "x", Options{ID: "..."}, `import/option: "..." cannot be an id: it has no letter and no digit`},
		{"a.txt", "x", Options{ID: "Bo Dahl", Taken: []string{"bo-dahl"}}, `import/option: the id "bo-dahl" is taken`},
	} {
		a, diags := Import(diag.NewFile(c.name, []byte(c.data)), c.opt)
		var got string
		for _, d := range diags {
			if d.Severity == diag.Error {
				got += d.Code + ": " + d.Message
			}
		}
		if a != nil || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: got %v and %q, want %q", c.name, a, got, c.want)
		}
	}
}

func TestOptions(t *testing.T) {
	const page = `<title>The long and winding story of a ferry</title><meta property="og:site_name" content="Harbour Post">
		<meta name="date" content="2026-01-23"><link rel=canonical href="https://post.example/ferry/"><p>Some text of it, at last.</p>`
	sources := map[string]string{"http://www.post.example/ferry": "harbour-post-ferry"}
	for _, c := range []struct {
		name, data string
		opt        Options
		want       Article
	}{
		{"page.html", page, Options{}, Article{ID: "harbour-post-long-winding-story-ferry", Publisher: "Harbour Post", Published: "2026-01-23", URL: "https://post.example/ferry/", Rights: "excerpts"}},
		{
			"page.html", page,
			Options{ID: "My Ferry", Publisher: "The Post", Published: "2026-01-22?", URL: "https://other.example/", Rights: "full", Sources: sources},
			Article{ID: "my-ferry", Publisher: "The Post", Published: "2026-01-22?", URL: "https://other.example/", Rights: "full"},
		},
		{"page.html", page, Options{Sources: sources}, Article{ID: "harbour-post-ferry", Known: true, Publisher: "Harbour Post", Published: "2026-01-23", URL: "https://post.example/ferry/", Rights: "excerpts"}},
		{"page.html", page, Options{ID: "harbour-post-ferry", Taken: []string{"harbour-post-ferry"}, Sources: sources}, Article{ID: "harbour-post-ferry", Known: true, Publisher: "Harbour Post", Published: "2026-01-23", URL: "https://post.example/ferry/", Rights: "excerpts"}},
		{"dir/Ferry Notes.txt", "Text.", Options{}, Article{ID: "ferry-notes", Rights: "excerpts"}},
		{"a.txt", "Text.", Options{Taken: []string{"a", "a-2"}}, Article{ID: "a-3", Rights: "excerpts"}},
		{"a.txt", "Text.", Options{Publisher: "Harbour Post", Published: "2026-01-22?"}, Article{ID: "harbour-post-2026-01-22", Publisher: "Harbour Post", Published: "2026-01-22?", Rights: "excerpts"}},
		{"a.txt", "Text.", Options{Publisher: "unknown"}, Article{ID: "a", Rights: "excerpts"}},
		{"-.txt", "Text.", Options{}, Article{ID: "source", Rights: "excerpts"}},
	} {
		a, diags := Import(diag.NewFile(c.name, []byte(c.data)), c.opt)
		if a == nil {
			t.Errorf("%s: %v", c.name, diags)
			continue
		}
		if a.ID != c.want.ID || a.Known != c.want.Known || a.Publisher != c.want.Publisher || a.Published != c.want.Published || a.URL != c.want.URL || a.Rights != c.want.Rights {
			t.Errorf("%s with %+v: got %+v", c.name, c.opt, a)
		}
	}
}

// TestCleaned holds what goes from an address, and what may name an article.
func TestCleaned(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/b?utm_source=x&utm_medium=y#top": "https://a.example/b",
		"https://a.example/b?id=7&fbclid=x&page=2":          "https://a.example/b?id=7&page=2",
		"https://a.example/b?q=a%20b+c&UTM_Source=x":        "https://a.example/b?q=a%20b+c",
		"https://a.example/b?":                              "https://a.example/b",
		"https://a.example/%D0%BF?a":                        "https://a.example/%D0%BF?a",
	} {
		if got := cleaned(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	if knownKey("https://www.a.example/b/?id=7&gclid=x#c") != knownKey("http://a.example/b?id=7") || knownKey("http://a.example/b?id=7") == knownKey("http://a.example/b?id=8") {
		t.Error("what names an article is not told from what counts its readers")
	}
}

func TestMendedJSON(t *testing.T) {
	for in, want := range map[string]string{
		`{"@type":"Article","headline":"a"}`:                                                                     "a",
		"<!--\n{\"@type\":\"Article\",\"headline\":\"a\"}\n-->":                                                  "a",
		"//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"a\"}\n//]]>":                                         "a",
		"<![CDATA[{\"@type\":\"Article\",\"headline\":\"a\"}]]>":                                                 "a",
		"{\"@type\":\"Article\",\"headline\":\"a\nb\",}":                                                         "a b",
		`[{"@type":"BreadcrumbList"},{"@type":["NewsArticle"],"name":"n"}]`:                                      "",
		`{"@type":"WebPage","mainEntity":{"@type":"https://schema.org/NewsArticle","headline":{"@value":"a"}}};`: "a",
		`{"@type":"Article","headline":["a","b"]}`:                                                               "a",
		`nonsense`: "",
	} {
		var g graph
		g.add(in)
		if got := g.article("").text("headline"); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
