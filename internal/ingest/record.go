package ingest

import (
	"strings"

	"readout/internal/record"
)

// Record returns the source's Markdown file: what is known of the article, in
// the order in which an editor reads it, and a comment where the note goes.
// Repairs that the text seems to need are proposed in a comment: an editor
// declares them.
func (a *Article) Record() []byte {
	var f front
	f.b.WriteString("---\n")
	f.set("title", or(a.Title, "unknown"))
	f.set("publisher", or(a.Publisher, "unknown"))
	f.set("published", a.Published)
	f.set("url", a.URL)
	if a.ArchiveURL != "" {
		f.set("archive_url", a.ArchiveURL)
	}
	if len(a.Authors) > 0 {
		f.list("authors", a.Authors)
	}
	if a.Language != "" {
		f.set("language", a.Language)
	}
	f.set("rights", or(a.Rights, string(record.Excerpts)))
	f.set("text", a.TextName())
	if len(a.Repairs) > 0 {
		var repairs []string
		for _, r := range a.Repairs {
			repairs = append(repairs, r.String())
		}
		f.comment("repairs: " + flow(repairs))
	}
	f.b.WriteString("---\n")
	f.b.WriteString("<!-- How it was dated, what is odd about it, who speaks in it. -->\n")
	return f.b.Bytes()
}

func or(s, other string) string {
	if strings.TrimSpace(s) == "" {
		return other
	}
	return s
}
