package ingest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"readout/internal/record"
)

// claimFields are the fields of a claim in the order in which they are
// written. Of those that name records a bare id is made a link.
var claimFields = []struct {
	name  string
	links bool
}{
	{"id", false},
	{"holder", true},
	{"via", false},
	{"party", true},
	{"about", true},
	{"on", false},
	{"stance", false},
	{"if", false},
	{"act", false},
	{"at", true},
	{"said", false},
	{"hedge", false},
	{"changes", false},
	{"denies", false},
	{"disputes", false},
	{"status", false},
	{"paraphrase", false},
	{"after", false},
	{"before", false},
	{"long", false},
}

// NewClaim returns a section for the end of a source's file: an empty line,
// the heading (the field title), the fields, each quotation (quote) as a block
// quote that reads word for word as it is given, and the note. It parses
// without a mistake if title, id and holder are given; an id is made of the
// title where there is none. A holder that is no link, and no description with
// "(unnamed", is taken for an id.
//
// The error is for a field that claims do not have, and names the nearest.
func NewClaim(fields Fields) ([]byte, error) {
	known := []string{"title", "quote", "note"}
	for _, f := range claimFields {
		known = append(known, f.name)
	}
	if err := checkFields("claim", fields, known); err != nil {
		return nil, err
	}
	var b strings.Builder
	title := fields.first("title")
	b.WriteString("\n## " + title + "\n")
	for _, f := range claimFields {
		v := fields.first(f.name)
		switch {
		case f.name == "id" && v == "":
			v = record.ShortID(title, 4, 32)
		case f.name == "about":
			var list []string
			for _, one := range fields["about"] {
				for id := range strings.SplitSeq(one, ",") {
					if id = tidy(id); id != "" {
						list = append(list, linked(id))
					}
				}
			}
			v = strings.Join(list, ", ")
		case f.links && v != "":
			v = linked(v)
		}
		if v != "" || f.name == "id" || f.name == "holder" {
			b.WriteString(strings.TrimRight("- "+f.name+": "+v, " ") + "\n")
		}
	}
	for _, q := range fields["quote"] {
		if q = quoted(q); q != "" {
			b.WriteString("\n" + q)
		}
	}
	if note := strings.TrimSpace(strings.Join(fields["note"], "\n\n")); note != "" {
		b.WriteString("\n" + note + "\n")
	}
	return []byte(b.String()), nil
}

// linked makes a bare name of a record a link.
func linked(s string) string {
	if strings.HasPrefix(s, "[") || strings.ContainsAny(s, "\"“”") || strings.Contains(s, "(unnamed") {
		return s
	}
	return "[[" + s + "]]"
}

// quoted returns a text as a block quote that Markdown reads as that text.
// White space within a line counts as one space.
func quoted(s string) string {
	var b strings.Builder
	var lines []string
	for line := range strings.Lines(lineEnds.Replace(visible(s))) {
		lines = append(lines, tidy(line))
	}
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	links := linkEnd.MatchString(s)
	for _, line := range slices.CompactFunc(lines, func(a, b string) bool { return a == "" && b == "" }) {
		b.WriteString(strings.TrimRight("> "+escaped(line, links), " ") + "\n")
	}
	return b.String()
}

var (
	// lineStart is what begins a block of Markdown at the beginning of a line.
	lineStart = regexp.MustCompile(`^(?:#{1,6}(?:\s|$)|[-+=:|>~]|\d{1,9}[.)](?:\s|$))`)
	linkEnd   = regexp.MustCompile(`\]\s*[(\[:]`)
	reference = regexp.MustCompile(`^&(?:[a-zA-Z][a-zA-Z0-9]*|#[0-9]+|#[xX][0-9a-fA-F]+);`)
)

// escaped returns a line with a backslash before each mark that Markdown
// would not show; links says that a bracket may begin a link. https://spec.commonmark.org/0.31.2/#backslash-escapes
func escaped(line string, links bool) string {
	var b strings.Builder
	start := lineStart.FindString(line)
	digits := len(start) - len(strings.TrimLeft(start, "0123456789"))
	runes := []rune(line)
	at := 0
	for i, r := range runes {
		next := rune(0)
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		inWord := i > 0 && wordRune(runes[i-1]) && wordRune(next)
		escape := false
		switch r {
		case '\\':
			escape = next == 0 || next < 0x80 && (unicode.IsPunct(next) || unicode.IsSymbol(next))
		case '*', '`', '<', '~':
			escape = true
		case '_':
			escape = !inWord
		case '&':
			escape = reference.MatchString(string(runes[i:]))
		case '!':
			escape = next == '['
		case '[':
			// A link, a citation, a footnote, an alert.
			escape = links || strings.ContainsRune("[@^!", next) && next != 0
		}
		if start != "" && at == digits {
			escape = true
		}
		if escape {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		at += len(string(r))
	}
	return b.String()
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
