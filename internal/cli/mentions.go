package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"readout/internal/build"
	"readout/internal/diag"
	"readout/internal/ingest"
	"readout/internal/link"
	"readout/internal/record"
)

type mentionsCmd struct {
	folders
	Show   string `enum:"all,known,unknown,unused,unlinked" default:"all" placeholder:"WHAT" help:"Only known names, unknown ones, unused paragraphs, or the briefing's own unlinked mentions (known, unknown, unused, unlinked)."`
	JSON   bool   `name:"json" help:"One JSON object to the line; without --show, of known names."`
	Source string `arg:"" optional:"" help:"The id of a source; by default all whose text is at hand." complete:"source"`
}

func (*mentionsCmd) Help() string {
	return `Known names are those of actors and all aliases, found as whole words, the longest first. Names not known are ranked by how often they stand in the text, those of several words before single ones. In German, where every noun has a capital, a single word counts only where a place would stand.

Examples:

  readout mentions harbour-post

  readout mentions --json --texts ../articles`
}

// Run looks through the texts of sources.
func (c *mentionsCmd) Run(e *env) error {
	opt, err := (&inputs{folders: c.folders}).options(e)
	if err != nil {
		return err
	}
	res, err := build.Check(e.ctx, opt, nil)
	if err != nil {
		return err
	}
	sources := res.Site.Sources
	if c.Source != "" {
		s, ids := res.Lookup(c.Source)
		if s == nil {
			problem := fmt.Sprintf("there is no source %q", c.Source)
			if near := diag.Nearest(c.Source, ids); len(near) > 0 {
				problem += "; did you mean " + strings.Join(near, " or ") + "?"
			}
			return errors.New(problem)
		}
		sources = []*link.Source{s}
	}
	names := ingest.SiteNames(res.Site)
	out := bufio.NewWriter(e.stdout)
	if c.Show != "unlinked" {
		for _, s := range sources {
			if err := c.survey(out, e, names, s); err != nil {
				return err
			}
		}
	}
	if c.Source == "" && (c.Show == "unlinked" || c.Show == "all" && !c.JSON) {
		if err := c.unlinked(out, names.Unlinked(res.Site)); err != nil {
			return err
		}
	}
	return out.Flush()
}

// survey writes what there is to do with one source.
func (c *mentionsCmd) survey(out *bufio.Writer, e *env, names *ingest.Names, s *link.Source) error {
	beside := path.Dir(strings.TrimPrefix(s.File.Path, path.Clean(c.Content)+"/"))
	text, err := c.textFile(s.Record, beside)
	if err != nil {
		if c.Source != "" {
			return err
		}
		fmt.Fprintf(e.stderr, "%v\n", err)
		return nil
	}
	survey := names.Survey(s.Record, text)
	if c.JSON {
		return c.json(out, survey)
	}
	if c.shows("known") {
		fmt.Fprintf(out, "%s: %s of known names\n", s.ID, plural(len(survey.Mentions), "mention"))
		for _, id := range byActor(survey.Mentions) {
			fmt.Fprintf(out, "  %s\n", id)
		}
	}
	if c.shows("unknown") && len(survey.Unknown) > 0 {
		fmt.Fprintf(out, "%s: names not known\n", s.ID)
		for _, u := range survey.Unknown {
			fmt.Fprintf(out, "  %-30s %d, first in paragraph %d\n", u.Name, u.Count, u.Paragraph)
		}
	}
	if c.shows("unused") && len(survey.Unused) > 0 {
		fmt.Fprintf(out, "%s: paragraphs not yet used\n", s.ID)
		for _, u := range survey.Unused {
			fmt.Fprintf(out, "  %3d  %s: %s\n", u.Paragraph, plural(u.Words, "word"), shorten(u.Text, 60))
		}
	}
	return nil
}

func (c *mentionsCmd) shows(what string) bool { return c.Show == "all" || c.Show == what }

// json writes the rows of one kind; their fields are a public interface.
func (c *mentionsCmd) json(out *bufio.Writer, s *ingest.Survey) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	write := func(row any) error { return enc.Encode(row) }
	switch c.Show {
	case "unknown":
		for _, u := range s.Unknown {
			row := struct {
				Source string `json:"source"`
				ingest.Unknown
			}{s.Source, u}
			if err := write(row); err != nil {
				return err
			}
		}
	case "unused":
		for _, u := range s.Unused {
			if err := write(u); err != nil {
				return err
			}
		}
	default:
		for _, m := range s.Mentions {
			if m.Kind != record.KindActor {
				continue // the field is called actor
			}
			if err := write(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// unlinked writes the actors that the briefing's own prose names on a page
// without a link.
func (c *mentionsCmd) unlinked(out *bufio.Writer, list []ingest.Unlinked) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, u := range list {
		if !c.JSON {
			fmt.Fprintf(out, "%s: %q is named and never linked to on this page: [[%s]]\n", u.Span, u.Surface, u.Actor)
			continue
		}
		p := u.Span.File.Position(u.Span.Start)
		if err := enc.Encode(struct {
			File    string `json:"file"`
			Line    int    `json:"line"`
			Column  int    `json:"column"`
			Surface string `json:"surface"`
			Actor   string `json:"actor"`
		}{u.Span.File.Path, p.Line, p.Column, u.Surface, u.Actor}); err != nil {
			return err
		}
	}
	return nil
}

// byActor counts mentions: "vladimir-putin 12: Putin, Vladimir Putin".
func byActor(list []ingest.Mention) []string {
	type entry struct {
		count int
		as    []string
	}
	found := map[string]*entry{}
	ids := map[string]bool{}
	for _, m := range list {
		x := found[m.Actor]
		if x == nil {
			x = &entry{}
			found[m.Actor], ids[m.Actor] = x, true
		}
		x.count++
		if !slices.Contains(x.as, m.Surface) {
			x.as = append(x.as, m.Surface)
		}
	}
	var lines []string
	for _, id := range sorted(ids) {
		lines = append(lines, fmt.Sprintf("%-30s %d: %s", id, found[id].count, strings.Join(found[id].as, ", ")))
	}
	return lines
}

// shorten cuts a line at a number of characters.
func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + " …"
	}
	return s
}
