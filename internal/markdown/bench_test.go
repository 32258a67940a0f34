package markdown

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"

	"readout/internal/diag"
)

// benchPage is a page of 300 words with eight links and citations.
var benchPage = func() []byte {
	var b strings.Builder
	b.WriteString("## A heading for the *page*\n\n")
	for range 2 {
		b.WriteString("The delegation of [[north-shore]] said on Monday that the *draft* of the harbour treaty had " +
			"been read by the council, and that its second part, on tolls and pilots, would be put to " +
			"the [[harbour-board|board of the harbour]] before the end of the month [@shore-gazette#tolls]. " +
			"A member of the council, who was not named, called it a fair beginning; another said that it was **not** " +
			"the last word, and that the price of the pilots had still to be agreed by both sides of the water [@bay-post, para. 8].\n\n")
	}
	b.WriteString("- as of 2020-01: keeper of the light\n- from 2021-02-03: head of the board\n\n")
	b.WriteString("> a fair beginning of what may be a long road\n\n")
	for range 4 {
		b.WriteString("It was read again in the spring, when the ice had gone and the first boats came in from the islands with their salt and their news. ")
	}
	return []byte(b.String())
}()

func parseAndRender(e *Engine) []Fragment {
	d := e.Parse(diag.NewFile("page.md", benchPage), 0)
	all := []Fragment{d.Render(d.Lead)}
	for _, s := range d.Sections {
		all = append(all, d.Render(s.Prose()))
	}
	return all
}

// BenchmarkParse parses and renders a page. "against-goldmark" and
// "against-extended" report how many times as long that takes as goldmark's
// own Convert of the page, bare and with the same extensions, turn by turn.
func BenchmarkParse(b *testing.B) {
	e := New(Options{})
	b.Run("page", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(benchPage)))
		for b.Loop() {
			parseAndRender(e)
		}
	})
	extended := goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()))
	b.Run("against-goldmark", func(b *testing.B) { compare(b, e, goldmark.New()) })
	b.Run("against-extended", func(b *testing.B) { compare(b, e, extended) })
}

func compare(b *testing.B, e *Engine, md goldmark.Markdown) {
	var ours, theirs time.Duration
	var out bytes.Buffer
	for b.Loop() {
		start := time.Now()
		parseAndRender(e)
		ours += time.Since(start)
		start = time.Now()
		out.Reset()
		if err := md.Convert(benchPage, &out); err != nil {
			b.Fatal(err)
		}
		theirs += time.Since(start)
	}
	b.ReportMetric(float64(ours)/float64(theirs), "times")
}
