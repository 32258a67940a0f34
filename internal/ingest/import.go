package ingest

import (
	"path"
	"strings"
	"unicode"

	"readout/internal/diag"
	"readout/internal/quote"
	"readout/internal/record"
)

// Options are what the editor says of an article, which wins over what its
// page says, and what is known of the briefing.
type Options struct {
	ID        string
	Title     string
	Publisher string
	Published string // EDTF
	URL       string
	Rights    string // excerpts or full; excerpts if empty

	// Taken lists the ids that the briefing has, of any kind, Known those of
	// its sources, and Sources the addresses of these with their ids. An
	// article of a known address, or that is given the id of a source, is that
	// source again.
	Taken, Known []string
	Sources      map[string]string

	// Markdown returns the text of Markdown, one line for each paragraph. Without
	// it a file of that form is read as a plain text.
	Markdown func(text string) string

	// TextFolder is where the text will be, for messages about places in it.
	TextFolder string
}

// An Article is what was read from a file: what its source record will say,
// and its text.
type Article struct {
	ID         string
	Known      bool // a source of the briefing already: its text is new, its record stays
	Title      string
	Publisher  string // empty for unknown
	Published  string // EDTF; empty for unknown
	URL        string
	ArchiveURL string
	Authors    []string
	Language   string
	Rights     string
	Paragraphs []string       // a plain text has them with their line breaks
	Repairs    []quote.Repair // that the text seems to need
}

// TextName returns the file name of the article's text.
func (a *Article) TextName() string { return a.ID + ".txt" }

// Text returns the private text: UTF-8, paragraphs parted by blank lines.
func (a *Article) Text() []byte {
	if len(a.Paragraphs) == 0 {
		return nil
	}
	return []byte(strings.Join(a.Paragraphs, "\n\n") + "\n")
}

// Import reads an article from the file that it was saved in. The file's path
// tells HTML from text by its extension, and names a plain text.
//
// The article is nil where the list has an error: a file that is no text, a
// page without an article, an option that cannot be. All else is a warning or
// a notice: what is unknown, where the page contradicts itself, what was left
// out, which characters look damaged. Those about the text are at their places
// in it, in a file of the name TextName.
func Import(f *diag.File, opt Options) (*Article, diag.List) {
	im := &importer{file: f, opt: opt}
	im.checkOptions()
	d, problem := unwrap(f.Path, f.Data)
	if problem != "" {
		im.diags.Errorf(im.here(), "import/no-text", "%s", problem)
		return nil, im.diags
	}
	if d.doubt != "" {
		im.diags.Warnf(im.here(), "import/encoding", "%s", d.doubt).
			Note("if characters are wrong in the text, convert the file to UTF-8 and import it again")
	}
	a := &im.article
	d.markdown = !d.isHTML && im.opt.Markdown != nil && isMarkdown(f.Path)
	switch {
	case d.isHTML:
		im.page(d)
	case d.markdown:
		im.clipping(d.text)
	default:
		im.plain(d.text)
	}
	if len(a.Paragraphs) == 0 && !im.diags.HasErrors() {
		im.diags.Errorf(im.here(), "import/empty", "there is no text of an article in this file").
			Note("if a program of the page's own writes the text, select it in the browser and paste it into a .txt file")
	}
	if !im.diags.HasErrors() {
		im.fill(d)
	}
	if im.diags.HasErrors() {
		return nil, im.diags
	}
	im.damage()
	return a, im.diags
}

type importer struct {
	file    *diag.File
	opt     Options
	article Article
	diags   diag.List
}

// here is the file as a whole: what a page says of itself has no place that
// anybody would look at.
func (im *importer) here() diag.Span { return diag.Span{} }

func (im *importer) checkOptions() {
	if d := im.opt.Published; d != "" {
		if _, err := record.ParseDate(d); err != nil {
			im.diags.Errorf(im.here(), "import/option", "%v", err).
				Note("give the date as 2026-01-23, 2026-01 or 2026-01-23?")
		}
	}
	if u := im.opt.URL; u != "" && webAddress(u) == "" {
		im.diags.Errorf(im.here(), "import/option", "%q is not a web address", u).Note("give it whole, with https://")
	}
	if r := im.opt.Rights; r != "" && r != string(record.Excerpts) && r != string(record.Full) {
		im.diags.Errorf(im.here(), "import/option", "unknown rights %q", r).
			DidYouMean(r, []string{string(record.Excerpts), string(record.Full)})
	}
	if im.opt.ID != "" && record.Slug(im.opt.ID) == "" {
		im.diags.Errorf(im.here(), "import/option", "%q cannot be an id: it has no letter and no digit", im.opt.ID)
	}
}

// plain reads a plain text.
func (im *importer) plain(text string) {
	parted := false
	if im.article.Paragraphs, parted = plainParagraphs(text); !parted {
		im.rejoin()
	}
}

// rejoin puts the lines of a text together that were broken, if they were.
func (im *importer) rejoin() {
	a := &im.article
	if !quote.NewText(a.Text(), nil).Wrapped() {
		return
	}
	lines := a.Paragraphs
	if a.Paragraphs = rejoin(lines); len(a.Paragraphs) == 1 {
		// Its lines would be read as paragraphs again.
		a.Paragraphs[0] = strings.ReplaceAll(a.Paragraphs[0], "\n", " ")
	}
	im.diags.Noticef(im.here(), "import/wrapped", "the text has its lines broken in the middle of sentences, and no blank lines between its paragraphs: %s made of %s",
		counted(len(a.Paragraphs), "paragraph"), counted(len(lines), "line")).
		Note("see that they are right; a quotation is found wherever the lines are broken")
}

// plainParagraphs returns a plain text in paragraphs, and whether blank lines
// part them. In a text without blank lines each line is one, as it is where
// quotations are proved.
func plainParagraphs(s string) (list []string, parted bool) {
	var lines []string
	for line := range strings.Lines(lineEnds.Replace(s)) {
		line = strings.TrimRightFunc(plainLine(line), unicode.IsSpace)
		switch {
		case strings.TrimSpace(line) != "":
			lines = append(lines, line)
		case len(lines) > 0:
			list = append(list, strings.Join(lines, "\n"))
			lines = nil
		}
	}
	if len(lines) > 0 {
		list = append(list, strings.Join(lines, "\n"))
	}
	if len(list) == 1 {
		return strings.Split(list[0], "\n"), false
	}
	return list, true
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n", "\f", "\n\n")

// plainLine returns a line without invisible characters, with plain spaces;
// runs of spaces stay, as in a table.
func plainLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Zs, r) {
			return ' '
		}
		return r
	}, visible(s))
}

// fill settles what the record says, once the page has been read.
func (im *importer) fill(d document) {
	a, opt := &im.article, im.opt
	if !d.isHTML && !d.markdown {
		a.Title = ""
	}
	a.Rights = string(record.Excerpts)
	for _, o := range []struct {
		field *string
		given string
	}{{&a.Title, tidy(opt.Title)}, {&a.Publisher, tidy(opt.Publisher)}, {&a.Published, opt.Published}, {&a.URL, webAddress(opt.URL)}, {&a.Rights, opt.Rights}} {
		if o.given != "" {
			*o.field = o.given
		}
	}
	if strings.EqualFold(a.Publisher, "unknown") {
		a.Publisher = ""
	}
	var missing []string
	for _, m := range []struct{ name, value string }{
		{"title", a.Title}, {"publisher", a.Publisher}, {"date", a.Published}, {"address", a.URL},
	} {
		if m.value == "" {
			missing = append(missing, m.name)
		}
	}
	if len(missing) > 0 {
		what := "the page does not state its"
		if d.markdown {
			what = "its properties do not state the"
		} else if !d.isHTML {
			what = "a plain text does not state its"
		}
		im.diags.Noticef(im.here(), "import/unknown", "%s %s", what, join(missing)).
			Note("fill in what you know; mark a date that you inferred with a question mark: 2026-01-23?")
	}
	im.identify()
}

// damage reports the characters that look damaged, and proposes repairs.
func (im *importer) damage() {
	a := &im.article
	f := diag.NewFile(path.Join(im.opt.TextFolder, a.TextName()), a.Text())
	for _, d := range quote.NewText([]byte(a.Title), nil).Damage() {
		im.diags.Warnf(im.here(), "text/damaged", "the title has what looks like a damaged character: %q", d.Found).
			Note("the title is %q: write it right in the record", a.Title)
		break
	}
	for _, d := range quote.Gather(quote.NewText(f.Data, nil).Damage()) {
		w := im.diags.Warnf(f.Span(d.Start, d.End), "text/damaged", "this looks like a damaged character: %q", d.Found)
		if d.Repair != nil {
			w.Note("to read it as %q, declare in the source: repairs: [%q]", d.Repair.To, d.Repair.String())
			if _, err := quote.ParseRepair(d.Repair.String()); err == nil {
				a.Repairs = append(a.Repairs, *d.Repair)
			}
		}
		if d.Places > 1 {
			w.Note("it stands in %d places", d.Places)
		}
	}
}

// join joins words as in "a, b and c".
func join(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}
