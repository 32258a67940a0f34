package serve

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"readout/internal/diag"
	"readout/internal/link"
	"readout/internal/markdown"
	"readout/internal/record"
)

// A claimDraft is a claim as the form of the workbench sends it. Fields that
// name records hold what the editor typed or chose: a name, an id or a link.
type claimDraft struct {
	Heading    string `json:"heading"` // Markdown, as is the note
	ID         string `json:"id"`      // proposed if empty
	Holder     string `json:"holder"`
	Unnamed    bool   `json:"unnamed"` // the holder is a description
	Count      int    `json:"count"`
	Reason     string `json:"reason"`
	Via        string `json:"via"`
	Party      string `json:"party"`
	About      string `json:"about"`
	On         string `json:"on"`
	Stance     string `json:"stance"`
	If         string `json:"if"`
	Act        string `json:"act"`
	At         string `json:"at"`
	Said       string `json:"said"`
	Hedge      string `json:"hedge"`
	Changes    string `json:"changes"`
	Denies     string `json:"denies"`
	Disputes   string `json:"disputes"`
	After      string `json:"after"`
	Before     string `json:"before"`
	Long       string `json:"long"`
	Paraphrase bool   `json:"paraphrase"`
	Quotation  string `json:"quotation"` // or several, which blank lines part
	Note       string `json:"note"`
}

// line puts a text on one line.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

var blankLine = regexp.MustCompile(`\n[ \t\r]*\n`)

// passages returns the quotations that blank lines part, each on one line. There
// is always one, if an empty one.
func passages(quotation string) []string {
	var list []string
	for _, part := range blankLine.Split(quotation, -1) {
		if q := line(part); q != "" {
			list = append(list, q)
		}
	}
	if list == nil {
		return []string{""}
	}
	return list
}

// linkTo writes a link to what the words name, or to the words themselves,
// which is then reported as every link that leads nowhere is.
func linkTo(site *link.Site, words string) string {
	words = strings.TrimSpace(strings.Trim(line(words), "[]"))
	if n := site.Lookup(words); n != nil {
		words = n.ID
	}
	return "[[" + words + "]]"
}

// linksTo writes a list of links, which commas part in the field too.
func linksTo(site *link.Site, list string) string {
	var links []string
	for part := range strings.SplitSeq(list, ",") {
		if line(part) != "" {
			links = append(links, linkTo(site, part))
		}
	}
	return strings.Join(links, ", ")
}

// marks are the quotation marks that package record reads around a value.
var marks = [][2]string{{`"`, `"`}, {"“", "”"}, {"«", "»"}, {"„", "“"}}

// inMarks puts a value between quotation marks that it does not hold.
func inMarks(s string) string {
	for _, m := range marks {
		if !strings.Contains(s, m[0]) && !strings.Contains(s, m[1]) {
			return m[0] + s + m[1]
		}
	}
	return `"` + strings.ReplaceAll(s, `"`, "'") + `"`
}

// value writes words so that they are read as they are: quotation marks around
// all of them would be dropped.
func value(s string) string {
	s = line(s)
	for _, m := range marks {
		if strings.HasPrefix(s, m[0]) {
			return inMarks(s)
		}
	}
	return s
}

func (c *claimDraft) holder(site *link.Site) string {
	if line(c.Holder) == "" {
		return ""
	}
	if !c.Unnamed {
		return linkTo(site, c.Holder)
	}
	in := "unnamed"
	if c.Count > 0 {
		in += "; " + strconv.Itoa(c.Count)
	}
	if r := line(c.Reason); r != "" {
		in += "; " + r
	}
	words := line(c.Holder)
	for _, m := range marks { // as it is often typed
		if inner, ok := strings.CutPrefix(words, m[0]); ok {
			words = strings.TrimSuffix(inner, m[1])
			break
		}
	}
	return inMarks(words) + " (" + in + ")"
}

// via writes a chain of relays: whoever has a record is linked to, and all
// others stay the words that they are.
func (c *claimDraft) via(site *link.Site) string {
	var parts []string
	for part := range strings.SplitSeq(c.Via, ">") {
		part = line(part)
		switch {
		case part == "":
			continue
		case site.Lookup(part) != nil:
			part = linkTo(site, part)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " > ")
}

// section writes the claim as a section of a source's file. With escaped, the
// quotation's punctuation is escaped where Markdown could read it.
func (c *claimDraft) section(site *link.Site, escaped bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n", line(c.Heading))
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "- %s: %s\n", name, value)
		}
	}
	field("id", c.ID)
	field("holder", c.holder(site))
	field("via", c.via(site))
	if line(c.Party) != "" {
		field("party", linkTo(site, c.Party))
	}
	field("about", linksTo(site, c.About))
	field("on", line(c.On))
	field("stance", line(c.Stance))
	field("if", value(c.If))
	field("act", line(c.Act))
	if line(c.At) != "" {
		field("at", linkTo(site, c.At))
	}
	field("said", line(c.Said))
	field("hedge", value(c.Hedge))
	field("changes", line(c.Changes))
	field("denies", line(c.Denies))
	field("disputes", line(c.Disputes))
	field("after", value(c.After))
	field("before", value(c.Before))
	field("long", value(c.Long))
	if c.Paraphrase {
		field("paraphrase", "yes")
	}
	for _, q := range passages(c.Quotation) {
		if escaped {
			q = escapeMarkdown(q)
		}
		fmt.Fprintf(&b, "\n> %s\n", q)
	}
	if note := strings.TrimSpace(strings.ReplaceAll(c.Note, "\r\n", "\n")); note != "" {
		fmt.Fprintf(&b, "\n%s\n", note)
	}
	return b.String()
}

// escapeMarkdown escapes what Markdown could take for more than text, in a
// text of one line. Every ASCII punctuation character can be escaped:
// https://spec.commonmark.org/0.31.2/#backslash-escapes
func escapeMarkdown(s string) string {
	var b strings.Builder
	digits := true // nothing but digits so far: a dot would begin a list
	for i, r := range s {
		switch {
		case strings.ContainsRune("\\`*_[]<>&#~|!^$", r),
			i == 0 && strings.ContainsRune("-+=:", r),
			i > 0 && digits && strings.ContainsRune(".)", r):
			b.WriteByte('\\')
		}
		digits = digits && '0' <= r && r <= '9'
		b.WriteRune(r)
	}
	return b.String()
}

// A composed is a claim that was written out, and the file with it at its end.
type composed struct {
	section string
	file    *diag.File
	at      int // where the section begins in it
	record  *record.Source
	diags   diag.List
}

// compose writes a claim out and reads the file with it as a build would: the
// quotation as it is or, if Markdown would make something else of it, escaped.
// Its diagnostics are those of the new part, all errors, and an error if the
// claim that is read is not the one that was meant.
func (d *desk) compose(s *link.Source, c *claimDraft) *composed {
	var best *composed
	for _, escaped := range []bool{false, true} {
		n := d.read(s, c, escaped)
		if best == nil || !n.diags.HasErrors() {
			best = n
		}
		if !n.diags.HasErrors() {
			break
		}
	}
	return best
}

func (d *desk) read(s *link.Source, c *claimDraft, escaped bool) *composed {
	n := &composed{section: c.section(d.Site, escaped)}
	old := s.File.Data
	newline := "\n"
	if bytes.Contains(old, []byte("\r\n")) {
		newline = "\r\n"
	}
	data := bytes.Clone(old)
	if len(data) > 0 && !bytes.HasSuffix(data, []byte("\n")) {
		data = append(data, newline...)
	}
	if !bytes.HasSuffix(data, []byte(newline+newline)) {
		data = append(data, newline...)
	}
	n.at = len(data)
	data = append(data, strings.ReplaceAll(n.section, "\n", newline)...)
	n.file = diag.NewFile(s.File.Path, data)

	md := markdown.New(markdown.Options{RawHTML: d.Site.Config.RawHTML})
	parsed, diags := record.Parse(record.KindSource, n.file, md)
	r := parsed.(*record.Source)
	n.record = r
	for _, x := range diags {
		if x.Severity == diag.Error || x.Span.Start >= n.at {
			n.diags = append(n.diags, x)
		}
	}
	here := n.file.At(n.at)
	if len(r.Claims) != len(s.Record.Claims)+1 || r.Prose.HTML != s.Record.Prose.HTML || len(r.Corrections) != len(s.Record.Corrections) {
		n.diags.Errorf(here, "serve/claim", "at the end of %s this would not be read as one claim", s.File.Path).
			Note("a heading in the note ends the claim; what is left open above, a fence or a comment, swallows it")
		return n
	}
	got := r.Claims[len(r.Claims)-1]
	if !slices.EqualFunc(got.Quotations, passages(c.Quotation), func(q record.Quotation, want string) bool { return line(q.Text) == want }) {
		n.diags.Errorf(here, "serve/claim", "the quotation would not be read as it stands in the text").
			Note("a block quote in the note is a quotation too: quote in words there")
	}
	for _, f := range []struct{ name, got, want string }{
		{"if", got.If, c.If},
		{"hedge", got.Hedge, c.Hedge},
		{"after", got.After, c.After},
		{"before", got.Before, c.Before},
		{"long", got.Long, c.Long},
		{"reason", got.Holder.Reason, c.Reason},
	} {
		if c.Unnamed || f.name != "reason" {
			if f.got != line(f.want) {
				n.diags.Errorf(here, "serve/claim", "the field %q would be read as %q", f.name, f.got).
					Note("write it without quotation marks or brackets at its ends")
			}
		}
	}
	return n
}

// resolve links the whole site with the new file in place of the old one, and
// adds what is wrong with its names.
func (d *desk) resolve(n *composed) {
	site := d.Site
	records := []record.Record{site.Config}
	add := func(r record.Record) {
		if r.Head().File.Path == n.file.Path {
			r = n.record
		}
		records = append(records, r)
	}
	for _, x := range site.Actors {
		add(x.Record)
	}
	for _, x := range site.Meetings {
		add(x.Record)
	}
	for _, x := range site.Issues {
		add(x.Record)
	}
	for _, x := range site.Sources {
		add(x.Record)
	}
	for _, x := range site.Pages {
		add(x.Record)
	}
	if site.Home != nil {
		add(site.Home.Record)
	}
	slices.SortFunc(records[1:], func(a, b record.Record) int {
		return strings.Compare(a.Head().File.Path, b.Head().File.Path)
	})
	_, diags := link.Join(records, link.Options{AsOf: site.AsOf, HasAsOf: site.HasAsOf})
	for _, x := range diags {
		if x.Span.File == n.file && (x.Severity == diag.Error || x.Span.Start >= n.at) {
			n.diags = append(n.diags, x)
		}
	}
	n.diags.Sort()
}
