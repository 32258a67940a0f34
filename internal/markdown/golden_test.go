package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"readout/internal/diag"
)

var update = flag.Bool("update", false, "write what comes out into testdata")

// TestGolden renders each in.md of testdata. The parts of an archive are the
// sections of the body in order: html (with each hole as {{number}}), holes,
// text, notes (the footnotes) and diagnostics; what is empty is left out.
// The comment of an archive may hold the words "raw_html" and "crlf".
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	engines := map[bool]*Engine{false: New(Options{}), true: New(Options{RawHTML: true})}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Files) == 0 || a.Files[0].Name != "in.md" {
				t.Fatal("the first part is not in.md")
			}
			in := a.Files[0].Data
			if strings.Contains(string(a.Comment), "crlf") {
				in = []byte(strings.ReplaceAll(string(in), "\n", "\r\n"))
			}
			e := engines[strings.Contains(string(a.Comment), "raw_html")]
			got := &txtar.Archive{Comment: a.Comment, Files: append(a.Files[:1:1], outcome(e, in)...)}
			if *update {
				if err := os.WriteFile(file, txtar.Format(got), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			want := string(txtar.Format(a))
			if have := string(txtar.Format(got)); have != want {
				t.Errorf("got:\n%s\nwant:\n%s", have, want)
			}
		})
	}
}

func outcome(e *Engine, in []byte) []txtar.File {
	file := diag.NewFile("in.md", in)
	d := e.Parse(file, 0)
	f := d.Render(everything(d))
	notes := d.Footnotes()
	var list, diags strings.Builder
	show(&list, file, f.Text, f.Holes)
	show(&list, file, notes.Text, notes.Holes)
	d.Diags.Sort()
	for _, m := range d.Diags {
		fmt.Fprintf(&diags, "%s %s[%s] %s\n\tat %q\n", m.Span, m.Severity, m.Code, m.Message, m.Span.Text())
		for _, n := range m.Notes {
			fmt.Fprintf(&diags, "\t%s\n", n)
		}
	}
	var out []txtar.File
	add := func(name, s string) {
		if s != "" {
			out = append(out, txtar.File{Name: name, Data: []byte(strings.TrimSuffix(s, "\n") + "\n")})
		}
	}
	add("html", filled(f))
	add("holes", list.String())
	add("text", f.Text)
	add("notes", filled(notes))
	add("diagnostics", diags.String())
	return out
}

// Everything returns all blocks of a body, with the headings of its sections.
func everything(d *Doc) []Block {
	blocks := append([]Block(nil), d.Lead...)
	for _, s := range d.Sections {
		blocks = append(blocks, s.Prose()...)
	}
	return blocks
}

// Filled returns the HTML of a fragment with each hole as {{number}}.
func filled(f Fragment) string {
	return fill(f, func(i int) string { return fmt.Sprintf("{{%d}}", i+1) })
}

func fill(f Fragment, with func(int) string) string {
	var b strings.Builder
	at := 0
	for i, h := range f.Holes {
		b.WriteString(f.HTML[at:h.At])
		b.WriteString(with(i))
		at = h.At
	}
	return b.String() + f.HTML[at:]
}

// SentenceOf returns the sentence of a hole.
func sentenceOf(f Fragment, i int) string {
	r := f.Holes[i].Sentence
	return f.Text[r.Start:r.End]
}

func show(b *strings.Builder, file *diag.File, text string, holes []Hole) {
	for _, h := range holes {
		span := h.Span.In(file)
		fmt.Fprintf(b, "%s %s %q", h.Kind, span, span.Text())
		if h.Kind == Link {
			fmt.Fprintf(b, " to %q", h.Target)
		}
		if h.Anchor != "" {
			fmt.Fprintf(b, " at %q", h.Anchor)
		}
		if h.IsPath {
			b.WriteString(" by path")
		}
		if h.Piped {
			fmt.Fprintf(b, " as %q", h.Label)
			if words := text[h.TextAt : h.TextAt+h.TextLen]; words != h.Label {
				fmt.Fprintf(b, " that reads %q", words)
			}
		}
		for _, c := range h.Cites {
			fmt.Fprintf(b, " [%s|%s|%s %q]", c.Source, c.Claim, c.Locator, c.Span.Text())
		}
		b.WriteString("\n")
		if r := h.Sentence; r.Start < r.End {
			fmt.Fprintf(b, "\t%s<%s>%s\n", text[r.Start:h.TextAt], text[h.TextAt:h.TextAt+h.TextLen], text[h.TextAt+h.TextLen:r.End])
		}
	}
}
