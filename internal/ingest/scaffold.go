package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"readout/internal/diag"
	"readout/internal/record"
)

// Fields are what is known of a record that is to be written: values by the
// name of their field. A field that takes one value takes the first.
type Fields map[string][]string

func (f Fields) first(key string) string {
	for _, v := range f[key] {
		if v = tidy(v); v != "" {
			return v
		}
	}
	return ""
}

// A spec is a field as a scaffold writes it.
type spec struct {
	name string
	kind specKind
	or   string // what is written where the value is not known
}

type specKind uint8

const (
	optional specKind = iota // left out where it is not known
	blank                    // left open for the editor
	listed                   // a list, left out where it is empty
)

// front matter, by kind, in the order in which it is written.
var frontFields = map[record.Kind][]spec{
	record.KindActor: {{"name", blank, ""}, {"type", blank, ""}, {"aliases", listed, ""}, {"represents", optional, ""}, {"draft", optional, ""}},
	record.KindMeeting: {
		{"title", blank, ""},
		{"start", blank, ""},
		{"end", optional, ""},
		{"when_as_stated", blank, ""},
		{"place", blank, ""},
		{"part_of", listed, ""},
		{"follows", listed, ""},
		{"aliases", listed, ""},
		{"draft", optional, ""},
	},
	record.KindIssue: {{"title", blank, ""}, {"order", optional, ""}, {"aliases", listed, ""}, {"draft", optional, ""}},
	record.KindSource: {
		{"title", blank, ""},
		{"publisher", blank, "unknown"},
		{"published", blank, ""},
		{"url", blank, ""},
		{"archive_url", optional, ""},
		{"authors", listed, ""},
		{"language", optional, ""},
		{"genre", optional, ""},
		{"rights", blank, string(record.Excerpts)},
		{"text", optional, ""},
		{"repairs", listed, ""},
		{"edition", optional, ""},
		{"aliases", listed, ""},
		{"draft", optional, ""},
	},
}

// lineFields are the list lines under fixed headings: the field that gives
// them, and the heading.
var lineFields = map[record.Kind][][2]string{
	record.KindActor:   {{"role", "Roles"}},
	record.KindMeeting: {{"status", "Status"}, {"attendance", "Attendance"}, {"agenda", "Agenda"}},
	record.KindIssue:   {{"option", "Options"}, {"assessment", "Assessment"}},
}

// hints stand where the text goes. A comment is never published.
var hints = map[record.Kind]string{
	record.KindActor:   "Who it is, with a citation for each thing that a source says.",
	record.KindMeeting: "What is known of it. Below go ## Status, ## Attendance and ## Agenda.",
	record.KindIssue:   "What is at stake. Below go ## Options and ## Assessment.",
	record.KindSource:  "How it was dated, what is odd about it, who speaks in it.",
}

// NewRecord returns the file of a new actor, meeting, issue or source. It has
// the fields that are given, and those open that an editor should fill in; it
// parses without a mistake if the required ones are given: name and type of an
// actor, the title of the others. Besides the fields of the front matter there
// are those for lines under fixed headings: role; status, attendance, agenda;
// option, assessment.
//
// The error is for a field that the kind does not have, and names the nearest.
func NewRecord(kind record.Kind, fields Fields) ([]byte, error) {
	specs := frontFields[kind]
	if specs == nil {
		return nil, fmt.Errorf("there is no scaffold for a %s", kind)
	}
	var known []string
	for _, s := range specs {
		known = append(known, s.name)
	}
	for _, l := range lineFields[kind] {
		known = append(known, l[0])
	}
	if err := checkFields(kind.String(), fields, known); err != nil {
		return nil, err
	}
	return write(kind, fields, ""), nil
}

// write writes a record, with a comment at the end of its front matter if
// there is one.
func write(kind record.Kind, fields Fields, comment string) []byte {
	var f front
	f.b.WriteString("---\n")
	for _, s := range frontFields[kind] {
		v := or(fields.first(s.name), s.or)
		switch {
		case s.kind == listed && v != "":
			f.list(s.name, slices.DeleteFunc(slices.Clone(fields[s.name]), func(v string) bool { return tidy(v) == "" }))
		case s.kind == blank, v != "":
			f.set(s.name, v)
		}
	}
	if comment != "" {
		f.comment(comment)
	}
	f.b.WriteString("---\n<!-- " + hints[kind] + " -->\n")
	for _, l := range lineFields[kind] {
		if fields.first(l[0]) == "" {
			continue
		}
		f.b.WriteString("\n## " + l[1] + "\n")
		for _, v := range fields[l[0]] {
			if v = tidy(v); v != "" {
				f.b.WriteString("- " + v + "\n")
			}
		}
	}
	return f.b.Bytes()
}

// NewID returns the id that a new record should have, which the name of its
// file gives: a meeting's begins with its day, a source's with its publisher.
// It is empty where neither name nor title is given.
func NewID(kind record.Kind, fields Fields) string {
	switch kind {
	case record.KindActor:
		return record.Slug(fields.first("name"))
	case record.KindMeeting:
		day, _, _ := strings.Cut(strings.TrimRight(fields.first("start"), "?~%"), "/")
		what := or(fields.first("place"), fields.first("title"))
		if fields.first("title") == "" && what == "" {
			return ""
		}
		return record.Slug(day + " " + record.ShortID(what, 4, 32))
	case record.KindSource:
		return proposed(&Article{Title: fields.first("title"), Publisher: fields.first("publisher"), Published: fields.first("published")})
	}
	return record.Slug(fields.first("title"))
}

func checkFields(what string, fields Fields, known []string) error {
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if slices.Contains(known, key) {
			continue
		}
		if near := diag.Nearest(key, known); len(near) > 0 {
			return fmt.Errorf("no %s has a field %q: did you mean %s?", what, key, strings.Join(near, " or "))
		}
		return fmt.Errorf("no %s has a field %q: the fields are %s", what, key, strings.Join(known, ", "))
	}
	return nil
}
