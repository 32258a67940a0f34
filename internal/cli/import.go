package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"readout/internal/build"
	"readout/internal/diag"
	"readout/internal/ingest"
	"readout/internal/link"
	"readout/internal/load"
	"readout/internal/markdown"
	"readout/internal/output"
	"readout/internal/record"
	"readout/internal/verify"
)

type importCmd struct {
	Content   string `default:"content" placeholder:"DIR" help:"Folder of the briefing (default: content)."`
	ID        string `name:"id" placeholder:"ID" help:"Id of the source; by default made of publisher, title or date."`
	Title     string `placeholder:"TITLE" help:"Its headline; by default what the page says, and unknown for a plain text."`
	Publisher string `placeholder:"NAME" help:"Who published it; by default what the page says."`
	Published string `placeholder:"DATE" help:"When, as an EDTF date (2026-01-23, or 2026-01-23? for an inferred one)."`
	URL       string `name:"url" placeholder:"URL" help:"Where it stands; by default what the page says."`
	Rights    string `placeholder:"RIGHTS" help:"excerpts (only quoted passages are published; the default) or full." complete:"rights"`
	File      string `arg:"" placeholder:"FILE" help:"A saved web page, a plain text, or an article clipped as Markdown; - for a plain text from standard input."`
}

func (*importCmd) Help() string {
	return `Writes the record of the source to content/sources/ID.md and its text to content/private/ID.txt, which git ignores. Title, publisher, date, authors and address are taken from what the page says of itself, and are unknown where it does not say. Flags win over the page. A text in another encoding is converted to UTF-8, and one whose lines were broken is put together into paragraphs.

An article whose address the briefing has already, or that is given the id of a source, is that source again: it gets the new text and keeps its record, and the old text is kept beside it.

Examples:

  readout import ~/Downloads/talks.html

  readout import article.txt --title "Ferry talks end without a date" --publisher "Harbour Post" --published 2026-01-23`
}

// Run reads an article into the briefing.
func (c *importCmd) Run(e *env) error {
	f, err := c.read(e.stdin)
	if err != nil {
		return err
	}
	site, err := c.site(e)
	if err != nil {
		return err
	}
	opt := ingest.Options{
		ID: c.ID, Title: c.Title, Publisher: c.Publisher, Published: c.Published, URL: c.URL, Rights: c.Rights,
		Sources: map[string]string{}, Markdown: plainOf, TextFolder: path.Join(filepath.ToSlash(filepath.Clean(c.Content)), load.PrivateName),
	}
	for _, n := range site.Nodes() {
		opt.Taken = append(opt.Taken, n.ID)
	}
	for _, s := range site.Sources {
		opt.Known = append(opt.Known, s.ID)
		if s.Record.URL != "" {
			opt.Sources[s.Record.URL] = s.ID
		}
	}
	article, diags := ingest.Import(f, opt)
	diags.Sort()
	say(e.stderr, diags)
	if article == nil {
		return errSaid
	}
	if twin := c.twin(site, article); twin != "" && !article.Known && c.ID == "" {
		fmt.Fprintf(e.stdout, "nothing was written: the source %s has this very text; to have it twice, give --id\n", twin)
		return nil
	}
	src, err := c.write(e.stdout, site, article)
	if err != nil {
		return err
	}
	survey := ingest.SiteNames(site).Survey(src, article.Text())
	reportNames(e.stdout, survey)
	if len(survey.Unknown) > 0 {
		fmt.Fprintf(e.stdout, "next: record whom it is about, for example: readout new actor %q --type person\n", survey.Unknown[0].Name)
	}
	fmt.Fprintf(e.stdout, "next: write what it says as claims in %s, by hand or in readout serve; then run: readout verify\n", src.File.Path)
	return nil
}

func (c *importCmd) read(stdin io.Reader) (*diag.File, error) {
	if c.File == "-" {
		data, err := io.ReadAll(stdin)
		return diag.NewFile("article.txt", data), err
	}
	if strings.HasPrefix(c.File, "https://") || strings.HasPrefix(c.File, "http://") {
		return nil, usagef("import reads files: save the page in your browser, as one file, and import that (with --url %s, if the page does not say so itself)", c.File)
	}
	info, err := os.Stat(c.File)
	if err == nil && info.IsDir() {
		return nil, usagef("%s is a folder: name one file in it", c.File)
	}
	data, err := os.ReadFile(c.File)
	return diag.NewFile(filepath.ToSlash(c.File), data), err
}

// site reads what the briefing holds. Mistakes in it are no hindrance.
func (c *importCmd) site(e *env) (*link.Site, error) {
	opt, err := (&inputs{folders: folders{Content: c.Content}}).options(e)
	if err != nil {
		return nil, err
	}
	res, err := build.Check(e.ctx, opt, nil)
	if err != nil {
		return nil, err
	}
	return res.Site, nil
}

// plainOf returns the text of Markdown without its marks and its pictures, one
// line for each paragraph.
func plainOf(text string) string {
	text = picture.ReplaceAllString(text, "")
	r, _ := record.Parse(record.KindPage, diag.NewFile("clipping.md", []byte(text)), markdown.New(markdown.Options{}))
	return r.(*record.Page).Prose.Text
}

var picture = regexp.MustCompile(`!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])`)

// twin returns the id of a source that has the text of an article already, as
// when a file is imported twice that does not say where it is from.
func (c *importCmd) twin(site *link.Site, a *ingest.Article) string {
	text := a.Text()
	for _, s := range site.Sources {
		data, err := os.ReadFile(filepath.Join(c.Content, load.PrivateName, filepath.FromSlash(verify.TextName(s.Record))))
		if err == nil && bytes.Equal(data, text) {
			return s.ID
		}
	}
	return ""
}

// write puts the record and the text in their places, and returns the record.
// What is there is never written over, but for the text of a source that is
// imported again.
func (c *importCmd) write(w io.Writer, site *link.Site, a *ingest.Article) (*record.Source, error) {
	name := path.Join(filepath.ToSlash(filepath.Clean(c.Content)), "sources", a.ID+".md")
	data, textName := a.Record(), a.TextName()
	if a.Known {
		for _, s := range site.Sources {
			if s.ID == a.ID {
				name, data, textName = s.File.Path, s.File.Data, verify.TextName(s.Record)
			}
		}
	}
	text := path.Join(filepath.ToSlash(filepath.Clean(c.Content)), load.PrivateName, textName)
	if !a.Known {
		for _, file := range []string{name, text} {
			if _, err := os.Stat(filepath.FromSlash(file)); err == nil {
				return nil, fmt.Errorf("there is a file %s already: choose another id with --id", file)
			} else if !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
		}
	}
	if err := keepOld(w, text, a.Text()); err != nil {
		return nil, err
	}
	for _, x := range []struct {
		name string
		data []byte
	}{{text, a.Text()}, {name, data}} {
		changed, err := output.WriteFile(filepath.FromSlash(x.name), x.data)
		if err != nil {
			return nil, err
		}
		word := "unchanged"
		if changed {
			word = "written"
		}
		fmt.Fprintf(w, "%s %s\n", word, x.name)
	}
	r, _ := record.Parse(record.KindSource, diag.NewFile(name, data), markdown.New(markdown.Options{}))
	return r.(*record.Source), nil
}

// keepOld puts a text that is about to be replaced by another one aside, under
// the first free name: git does not have it.
func keepOld(w io.Writer, name string, data []byte) error {
	old, err := os.ReadFile(filepath.FromSlash(name))
	if errors.Is(err, fs.ErrNotExist) || err == nil && bytes.Equal(old, data) {
		return nil
	}
	if err != nil {
		return err
	}
	for i := 1; ; i++ {
		aside := fmt.Sprintf("%s.%d.txt", strings.TrimSuffix(name, ".txt"), i)
		if _, err := os.Stat(filepath.FromSlash(aside)); errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintf(w, "kept the text as it was in %s\n", aside)
			_, err := output.WriteFile(filepath.FromSlash(aside), old)
			return err
		} else if err != nil {
			return err
		}
	}
}

// reportNames lists whom a text names, known and not.
func reportNames(w io.Writer, s *ingest.Survey) {
	var known []string
	count := map[string]int{}
	for _, m := range s.Mentions {
		if count[m.Actor]++; count[m.Actor] == 1 {
			known = append(known, m.Actor)
		}
	}
	for i, id := range known {
		known[i] = fmt.Sprintf("%s (%d)", id, count[id])
	}
	if len(known) > 0 {
		fmt.Fprintf(w, "known: %s\n", strings.Join(known, ", "))
	}
	var unknown []string
	for _, u := range s.Unknown {
		unknown = append(unknown, fmt.Sprintf("%s (%d)", u.Name, u.Count))
	}
	if len(unknown) > 0 {
		fmt.Fprintf(w, "not known: %s\n", strings.Join(unknown, ", "))
	}
}
