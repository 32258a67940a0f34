package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"strings"

	"readout/internal/diag"
	"readout/internal/load"
	"readout/internal/markdown"
	"readout/internal/quote"
	"readout/internal/record"
)

type quoteCmd struct {
	folders
	Text   string   `placeholder:"FILE" help:"Seek in this file instead of a source's text; needs no briefing."`
	Repair []string `sep:"none" placeholder:"A=B" help:"Read A in the text as B; with --text only. May be given several times."`
	JSON   bool     `name:"json" help:"One JSON object for each quotation."`
	Args   []string `arg:"" optional:"" name:"source-or-quotation" help:"The id of a source, unless --text is given; then quotations. Without any, one to the line from standard input." complete:"source"`
}

func (*quoteCmd) Help() string {
	return `Exit status 1 if any quotation is ambiguous or absent. A quotation that begins with a hyphen goes after "--".

Examples:

  readout quote harbour-post "no agreement before the spring"

  readout quote --text article.txt --repair "β=—" --json < quotations.txt`
}

// Run proves quotations one by one.
func (c *quoteCmd) Run(e *env) error {
	text, err := c.text()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(e.stdout)
	write := writeProof
	if c.JSON {
		write = writeProofJSON
	}
	allProved := true
	prove := func(quotation string) error {
		r := text.Find(quotation, quote.Options{})
		allProved = allProved && r.Kind.Proved()
		return write(out, quotation, r)
	}
	if quotations := c.quotations(); len(quotations) > 0 {
		for _, q := range quotations {
			if err := prove(q); err != nil {
				return err
			}
		}
	} else if err := c.lines(e, out, prove); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if !allProved {
		return errSaid
	}
	return nil
}

func (c *quoteCmd) quotations() []string {
	if c.Text == "" && len(c.Args) > 0 {
		return c.Args[1:]
	}
	return c.Args
}

// lines proves what standard input holds, a line at a time, however long. A
// line's end is not part of the quotation; a blank line is none. What was
// found is written before more is waited for.
func (c *quoteCmd) lines(e *env, out *bufio.Writer, prove func(string) error) error {
	in := bufio.NewReaderSize(e.stdin, 1<<16)
	for {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
		line, err := in.ReadString('\n')
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if strings.TrimSpace(line) != "" {
			if err := prove(line); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// text returns the text to seek in.
func (c *quoteCmd) text() (*quote.Text, error) {
	if c.Text == "" {
		if len(c.Repair) > 0 {
			return nil, usagef("--repair goes with --text; the repairs of a source stand in its record")
		}
		if len(c.Args) == 0 {
			return nil, usagef("name a source, or a file with --text")
		}
		return c.textOf(c.Args[0])
	}
	var repairs []quote.Repair
	for _, s := range c.Repair {
		if s == "" {
			return nil, usagef("--repair: expected FROM=TO")
		}
		r, err := quote.ParseRepair(s)
		if err != nil {
			return nil, usagef("--repair: %v", err)
		}
		repairs = append(repairs, r)
	}
	data, err := os.ReadFile(c.Text)
	if err != nil {
		return nil, err
	}
	return quote.NewText(data, repairs), nil
}

// textOf returns the text of a source, as its record says to read it.
func (c *quoteCmd) textOf(id string) (*quote.Text, error) {
	content := os.DirFS(c.Content)
	shown := filepath.ToSlash(filepath.Clean(c.Content))
	if err := briefing(c.Content); err != nil {
		return nil, fmt.Errorf("%w; for a text that is no source give --text FILE", err)
	}
	listing, err := load.Scan(content, shown)
	if err != nil {
		return nil, err
	}
	if path.Ext(id) == ".md" {
		id = path.Base(filepath.ToSlash(id)) // shells complete the names of files
		id = strings.TrimSuffix(id, ".md")
	}
	var ids []string
	for _, x := range listing.Records {
		if x.Kind != record.KindSource {
			continue
		}
		ids = append(ids, record.ID(x.Name))
		if ids[len(ids)-1] != record.Slug(strings.TrimPrefix(id, "@")) {
			continue
		}
		data, err := fs.ReadFile(content, x.Name)
		if err != nil {
			return nil, err
		}
		r, _ := load.Parse(x, diag.NewFile(path.Join(shown, x.Name), data), markdown.New(markdown.Options{}))
		return c.textOfRecord(r.(*record.Source), path.Dir(x.Name))
	}
	problem := fmt.Sprintf("there is no source %q", id)
	if near := diag.Nearest(id, ids); len(near) > 0 {
		problem += "; did you mean " + strings.Join(near, " or ") + "?"
	} else if len(ids) > 0 && len(ids) <= 24 {
		problem += "; the sources are " + strings.Join(ids, ", ")
	}
	return nil, errors.New(problem)
}

func (c *quoteCmd) textOfRecord(s *record.Source, beside string) (*quote.Text, error) {
	data, err := c.textFile(s, beside)
	if err != nil {
		return nil, err
	}
	var repairs []quote.Repair
	for _, x := range s.Repairs {
		r, err := quote.ParseRepair(x.From + "=" + x.To)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", x.Span, err)
		}
		repairs = append(repairs, r)
	}
	return quote.NewText(data, repairs), nil
}

// writeProofJSON writes one line of JSON. Its fields are a public interface.
func writeProofJSON(w *bufio.Writer, quotation string, r quote.Result) error {
	row := struct {
		Quotation    string     `json:"quotation"`
		Result       quote.Kind `json:"result"`
		Paragraph    int        `json:"paragraph"`     // from 1; 0 for an absent one
		ParagraphEnd int        `json:"paragraph_end"` // of its last word
		Start        int        `json:"start"`         // bytes in the file; -1 for an absent one
		End          int        `json:"end"`
		Nearest      string     `json:"nearest"`    // the passage most like an absent one, or empty
		Similarity   float64    `json:"similarity"` // of that, 0 to 1; 1 for one that was found
		Notes        []string   `json:"notes"`
	}{
		Quotation: quotation, Result: r.Kind,
		Paragraph: r.Paragraph, ParagraphEnd: r.ParagraphEnd, Start: r.Start, End: r.End,
		Notes: notes(r),
	}
	if r.Kind != quote.Absent {
		row.Similarity = 1
	} else if r.Nearest != nil {
		row.Nearest = r.Nearest.Text
		row.Similarity = math.Round(r.Nearest.Similarity*1000) / 1000
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(row)
}

// writeProof writes what was found for people.
func writeProof(w *bufio.Writer, quotation string, r quote.Result) error {
	where := ""
	if r.Kind != quote.Absent {
		where = fmt.Sprintf(" in paragraph %d", r.Paragraph)
		if r.ParagraphEnd > r.Paragraph {
			where = fmt.Sprintf(" in paragraphs %d to %d", r.Paragraph, r.ParagraphEnd)
		}
		where += fmt.Sprintf(", bytes %d to %d", r.Start, r.End)
	}
	fmt.Fprintf(w, "%s%s: %s\n", r.Kind, where, quotation)
	for _, n := range notes(r) {
		fmt.Fprintf(w, "    %s\n", bytes.ReplaceAll([]byte(n), []byte("\n"), []byte("\n    ")))
	}
	return nil
}

// notes returns what there is to say of a quotation, never nil.
func notes(r quote.Result) []string {
	list := []string{}
	for _, n := range r.Notes {
		list = append(list, fmt.Sprintf("%s[%s]: %s", n.Severity, n.Code, n.Message))
	}
	if len(r.Places) > 1 {
		for _, p := range r.Places {
			list = append(list, fmt.Sprintf("paragraph %d, bytes %d to %d: %s", p.Paragraph, p.Start, p.End, p.Context))
		}
	}
	if r.Kind == quote.Absent && r.Nearest != nil {
		list = append(list, r.Nearest.Explain()...)
	}
	return list
}
