// Package record turns one file of a briefing into one typed record.
//
// A briefing is a folder of Markdown files. The folder a file stands in says
// what it describes: an [Actor], a [Meeting], an [Issue], a [Source] with the
// claims that it supports, or a plain [Page]. site.yaml is the [Site] record.
// [Parse] reads one file and sees nothing else: no other file, no clock, no
// option but the Markdown engine's. That is why its result may be cached by
// the file's bytes, and why every name of another record stays unresolved
// here: a [Link] is what the editor wrote and where. Package link resolves it.
//
// The shape of a file is the same for all kinds:
//
//   - Front matter is flat YAML between two lines of "---": scalars and lists
//     of scalars. Each kind has a fixed set of fields; any other is an error.
//   - Repeated records are list lines under fixed headings of level 2
//     ("## Roles", "## Status"). Each line is a record; its text after the
//     fixed part is inline Markdown.
//   - A claim is a section of a source whose list has an "id" line; the block
//     quotes in it are its quotations, word for word; the rest is its note.
//   - All else is prose.
//
// Nothing is guessed. A field, word, date or heading that is not one of the
// valid ones is an error at its place which names the nearest valid one; a
// heading that is nearly a fixed one is an error too, since the lines under
// it would silently turn into prose. A file with mistakes still yields a
// record, as whole as it can be, so that one run finds them all.
//
// The format is described for editors in docs/format.md.
package record

import (
	"path"
	"strings"

	"readout/internal/diag"
	"readout/internal/markdown"
)

// Prose is rendered Markdown with holes where its links go. The name lets
// later stages hold prose without knowing the Markdown engine.
type Prose = markdown.Fragment

// A Hole is a place in [Prose] that a link or a citation fills.
type Hole = markdown.Hole

// A CiteRef is one source in a citation, as the editor wrote it.
type CiteRef = markdown.Citation

// The kinds of holes.
const (
	HoleLink = markdown.Link
	HoleCite = markdown.Cite
)

// A Quotation is one block quote of a claim, as the editor wrote it.
type Quotation = markdown.Quotation

// Kind says what a record describes.
type Kind uint8

// The kinds of records, in the order in which the site lists them.
const (
	KindPage Kind = iota
	KindActor
	KindMeeting
	KindIssue
	KindSource
	KindSite
)

var kindNames = [...]string{"page", "actor", "meeting", "issue", "source", "site"}

func (k Kind) String() string { return kindNames[k] }

// Folders maps the folder of a kind, below the content folder, to the kind.
var Folders = map[string]Kind{
	"actors":   KindActor,
	"meetings": KindMeeting,
	"issues":   KindIssue,
	"sources":  KindSource,
}

// A Record is one parsed file: *Actor, *Meeting, *Issue, *Source, *Page or *Site.
type Record interface {
	Head() *Header
}

// A Header is what every record has.
type Header struct {
	Kind        Kind
	ID          string // the slug of the file's base name
	File        *diag.File
	Name        Text   // a name for actors, a title for the others
	Key         string // the slug of the name: it is found and sorted by it
	Aliases     []Text
	Draft       bool  // for previews only
	Prose       Prose // the body without the fixed sections and claims
	Footnotes   Prose // the footnotes of the whole body
	Corrections []Correction
}

// Head returns the header itself; records embed it.
func (h *Header) Head() *Header { return h }

// A Text is a word or line of the editor's, and where it stands.
type Text struct {
	Value string
	Span  diag.Span
}

func (t Text) String() string { return t.Value }

// A Link names another record, as the editor wrote it: an id, a name, an
// alias, or the relative path of its file.
type Link struct {
	Target string
	Anchor string // without "#"
	IsPath bool   // Target is a path, relative to this file
	Label  string // the words to show, plain text; empty for the record's name
	Span   diag.Span
}

// ID returns the id of the record that a file of this name holds.
func ID(name string) string {
	base := path.Base(name)
	return Slug(strings.TrimSuffix(base, path.Ext(base)))
}

// Parse reads a file as a record of the given kind. The record is never nil.
func Parse(kind Kind, f *diag.File, md *markdown.Engine) (Record, diag.List) {
	p := &parser{file: f, md: md}
	h := Header{Kind: kind, ID: ID(f.Path), File: f, Name: Text{Span: f.At(0)}}
	var r Record
	switch kind {
	case KindActor:
		r = p.actor(h)
	case KindMeeting:
		r = p.meeting(h)
	case KindIssue:
		r = p.issue(h)
	case KindSource:
		r = p.source(h)
	case KindSite:
		r = p.site(h)
	default:
		r = p.page(h)
	}
	r.Head().Key = Slug(r.Head().Name.Value)
	return r, p.diags
}

// A parser holds what the reading of one file shares.
type parser struct {
	file   *diag.File
	md     *markdown.Engine
	doc    *markdown.Doc
	diags  diag.List
	broken bool // the front matter could not be read

	refsOf diag.Span      // what refs looked into last
	found  []markdown.Ref // and what it found
}

// needName reports a record without its required name or title.
func (p *parser) needName(h *Header, field string) {
	if h.Name.Value != "" {
		return
	}
	h.Name.Value = h.ID
	if p.broken {
		return // it may well be in the front matter that could not be read
	}
	d := p.diags.Errorf(h.Name.Span, "front/missing", "this %s has no %s", h.Kind, field)
	if h.Kind == KindSite {
		d.Note("add a line %q", field+": ...")
	} else {
		d.Note("add a line %q to the front matter, between the two lines of ---", field+": ...")
	}
}
