package plan

import (
	"strings"
	"unicode"

	"readout/internal/link"
)

// IsArticle reports whether a source is an article, which its publisher's
// periodical contains, and not a document that stands for itself.
func IsArticle(s *link.Source) bool {
	return s.Record.Genre == "report" || s.Record.Genre == "analysis"
}

// ReadAt returns where a source can be read.
func ReadAt(s *link.Source) string {
	if s.Record.URL != "" {
		return s.Record.URL
	}
	return s.Record.ArchiveURL
}

// citation returns how to cite a source, in words.
func citation(s *link.Source) string { return cite(s, "“"+s.Name.Value+"”") }

func cite(s *link.Source, title string) string {
	var parts []string
	if len(s.Record.Authors) > 0 {
		parts = append(parts, list(s.Record.Authors))
	}
	parts = append(parts, title)
	if name := publisher(s); name != "" {
		parts = append(parts, name)
	}
	if !s.Record.Published.IsZero() {
		parts = append(parts, s.Record.Published.Words())
	}
	if s.Record.URL != "" {
		parts = append(parts, s.Record.URL)
	}
	return strings.Join(parts, ", ")
}

// markdownCitation returns the same in Markdown. The address stays in sight,
// for a citation is also read on paper: CommonMark links one in angle brackets.
func markdownCitation(s *link.Source) string {
	title := "*" + inMarkdown.Replace(s.Name.Value) + "*"
	text := cite(s, title)
	if s.Record.URL != "" {
		text = strings.TrimSuffix(text, s.Record.URL) + "<" + escapeURL(s.Record.URL) + ">"
	}
	return text
}

// inMarkdown escapes what could be markup within a title.
var inMarkdown = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "&", `\&`,
)

// BibTeX returns a source for biblatex and biber. What is not known is left
// out. Its key is its id. Names and titles stand in a second pair of braces:
// no style may change the case of a title, and no name is taken apart, since a
// publisher's name and a person's look alike.
func BibTeX(s *link.Source) string {
	var b strings.Builder
	field := func(name, value string) {
		if value != "" {
			b.WriteString("  " + name + " = {" + value + "},\n")
		}
	}
	var authors []string
	for _, a := range s.Record.Authors {
		authors = append(authors, braced(a))
	}
	kind, body := "misc", "organization"
	switch {
	case IsArticle(s) && publisher(s) != "": // biblatex wants its periodical
		kind, body = "article", "journaltitle"
	case ReadAt(s) != "":
		kind = "online"
	}
	b.WriteString("@" + kind + "{" + s.ID + ",\n")
	field("title", braced(s.Name.Value))
	field("author", strings.Join(authors, " and "))
	field(body, braced(publisher(s)))
	// biblatex reads EDTF of level 1, marks of uncertainty and all.
	field("date", s.Record.Published.String())
	field("url", escapeURL(ReadAt(s)))
	field("keywords", string(s.Record.Genre))
	b.WriteString("}\n")
	return b.String()
}

func braced(s string) string {
	if s = strings.Join(strings.Fields(s), " "); s == "" {
		return ""
	}
	return "{" + escapeTeX(s) + "}"
}

// escapeTeX writes text so that TeX prints it. Braces become commands, not
// "\{": a reader of the file counts braces, also those behind a backslash.
func escapeTeX(s string) string {
	return tex.Replace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
}

var tex = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\textbraceleft{}`, `}`, `\textbraceright{}`,
	`$`, `\$`, `&`, `\&`, `#`, `\#`, `_`, `\_`, `%`, `\%`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
)

// escapeURL writes an address, which biblatex takes as it is, without what
// would end the field or begin a command.
func escapeURL(s string) string { return urlEscaper.Replace(s) }

var urlEscaper = strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C", " ", "%20")
