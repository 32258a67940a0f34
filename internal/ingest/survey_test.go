package ingest

import (
	"fmt"
	"path"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"readout/internal/diag"
	"readout/internal/link"
	"readout/internal/markdown"
	"readout/internal/record"
)

// siteOf joins the records of an archive, and fails on a mistake in them.
func siteOf(t *testing.T, files []txtar.File) *link.Site {
	t.Helper()
	md := markdown.New(markdown.Options{})
	var records []record.Record
	var all diag.List
	for _, f := range files {
		kind, ok := record.Folders[path.Dir(f.Name)]
		switch {
		case f.Name == "site.yaml":
			kind = record.KindSite
		case ok || path.Dir(f.Name) == "." && path.Ext(f.Name) == ".md":
		default:
			continue
		}
		r, diags := record.Parse(kind, diag.NewFile(f.Name, f.Data), md)
		records, all = append(records, r), append(all, diags...)
	}
	s, diags := link.Join(records, link.Options{})
	for _, d := range append(all, diags...) {
		if d.Severity != diag.Notice {
			t.Errorf("%s: %s[%s]: %s", d.Span, d.Severity, d.Code, d.Message)
		}
	}
	return s
}

func TestSurvey(t *testing.T) {
	golden(t, "testdata/survey/*.txtar", func(t *testing.T, a *txtar.Archive) []txtar.File {
		s := siteOf(t, a.Files)
		names := SiteNames(s)
		var out []txtar.File
		for _, f := range a.Files {
			id, ok := strings.CutPrefix(strings.TrimSuffix(f.Name, ".txt"), "private/")
			if !ok {
				continue
			}
			var b strings.Builder
			v := names.Survey(s.Lookup(id).Source().Record, f.Data)
			for _, m := range v.Mentions {
				checkMention(t, f.Data, m)
				fmt.Fprintf(&b, "%s, para. %d: %q is the %s %s\n", m.Source, m.Paragraph, m.Surface, m.Kind, m.Actor)
			}
			for _, u := range v.Unknown {
				fmt.Fprintf(&b, "unknown: %s (%d)\n", u.Name, u.Count)
			}
			for _, u := range v.Unused {
				fmt.Fprintf(&b, "unused: para. %d, %d words, %q, shown as %q\n", u.Paragraph, u.Words, f.Data[u.Start:u.End], u.Text)
			}
			out = append(out, txtar.File{Name: "want " + id, Data: []byte(b.String())})
		}
		var b strings.Builder
		for _, u := range names.Unlinked(s) {
			fmt.Fprintf(&b, "%s: %s names %s as %q, at %q\n", u.Span, u.Page.ID, u.Actor, u.Surface, u.Span.Text())
		}
		return append(out, txtar.File{Name: "want unlinked", Data: []byte(b.String())})
	})
}
