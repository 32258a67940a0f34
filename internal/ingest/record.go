package ingest

import (
	"strings"

	"readout/internal/record"
)

// Record returns the source's Markdown file: what is known of the article, and
// a comment where the editor's note goes. Repairs that the text seems to need
// are proposed in a comment: an editor declares them.
func (a *Article) Record() []byte {
	comment := ""
	if len(a.Repairs) > 0 {
		var repairs []string
		for _, r := range a.Repairs {
			repairs = append(repairs, r.String())
		}
		comment = "repairs: " + flow(repairs)
	}
	return write(record.KindSource, Fields{
		"title":       {or(a.Title, "unknown")},
		"publisher":   {a.Publisher},
		"published":   {a.Published},
		"url":         {a.URL},
		"archive_url": {a.ArchiveURL},
		"authors":     a.Authors,
		"language":    {a.Language},
		"rights":      {a.Rights},
		"text":        {a.TextName()},
	}, comment)
}

func or(s, other string) string {
	if strings.TrimSpace(s) == "" {
		return other
	}
	return s
}
