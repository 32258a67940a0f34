// Package link joins the records of a briefing into one site.
//
// [Join] takes every record, as package record parsed it, and resolves what
// the editors wrote by name: links, citations, holders, parties, options,
// meetings. Its result, a [Site], is a graph in which every name has become a
// pointer, every pointer has its way back (who is mentioned where, which
// claims an option has, which meetings an actor attended), and every list has
// its final order. Later stages never look a name up again.
//
// A name is an id, the name of an actor, the title of another record, or an
// alias. Names are compared as slugs, so that "[[Vladimir Putin]]" and
// "[[vladimir-putin]]" are one. An id, an actor's name and an alias must each
// have one owner; titles may repeat as long as nobody links to them.
//
// Join works in three steps. The table comes first: the nodes of all records,
// who has which name, claim, option and anchor, who represents whom. Then each
// record is resolved by itself, from its own text and the table alone, so that
// records may be resolved at the same time ([Options.Each]). At last each
// enters itself into the lists of those that it refers to, at the place that
// the list's order gives it.
//
// So a record that was edited changes nothing about another one's resolution
// unless it looks another way to others: its face ([compareFaces]) is all that they see. Given
// a site that nobody reads any more ([Options.Old]), Join takes the edited
// records out of the lists that they are in, resolves those alone, and enters
// them again. Where a face is another one, so do all records that refer to it,
// and all with a reference that failed, since the table is another one for
// them. If there are many edits, or one of them changes the settings, a chain
// of who represents whom or the owner of a name that several have, it is the
// same with all records and an empty site. Either way the site that comes out
// is the same, and has the same diagnostics: a property test edits at random
// and compares.
//
// Records are read, never changed: they are shared between builds. Join is
// linear in the number of records, links and claims.
package link

import (
	"slices"

	"readout/internal/diag"
	"readout/internal/record"
)

// A Site is the whole briefing, resolved.
type Site struct {
	Config   *record.Site
	AsOf     record.Day // the last day that counts; see [Options]
	HasAsOf  bool
	Home     *Page // the record of index.md, or nil
	Pages    []*Page
	Actors   []*Actor   // by name
	Meetings []*Meeting // by first day
	Issues   []*Issue   // by order, then title
	Sources  []*Source  // by date, then id
	Claims   []*Claim   // by source, then place in its file
	Columns  []*Actor   // the parties that site.yaml names, in its order

	Places []Place // paragraphs that prose refers to, for package verify to check

	records []record.Record
	of      []*Node // of each record; nil for the settings
	nodes   []*Node // see Nodes
	ranked  []*Node // in the order in which mentions are listed
	drafts  []*record.Header
	shown   bool      // a draft is part of the site
	diags   diag.List // of the table
	names   names
	files   map[string]*Node // by the path of the record's file, in NFC: file systems differ in accents
}

// Options are what Join depends on besides the records.
type Options struct {
	AsOf    record.Day // statements and events after this day are marked later
	HasAsOf bool
	Drafts  []*record.Header // what is not part of the site; a link to one is explained

	// Old is a site that nobody reads any more, or nil. Join may change it into
	// the one that it returns.
	Old *Site
	// Each calls f(0) to f(n-1), at the same time if it likes; nil is one by one.
	Each func(n int, f func(i int))
}

// A Node is what every page of a record has in common.
type Node struct {
	*record.Header
	Path        string // of its page, below the site's root
	Prose       Prose
	Footnotes   Prose
	Corrections []Correction
	Mentions    []Mention // where other pages refer to this one, in order
	CitedBy     []Mention // where others cite this source

	up     string  // "../" and Path
	pos    int     // of the record's file, among all
	rank   int     // among all, in the order in which mentions are listed
	index  int     // in the list of its kind
	source *Source // itself, for the node of a source
	actor  *Actor
	issue  *Issue
	meet   *Meeting
	page   *Page
	diags  diag.List // of what it refers to
	places []Place
}

// A Place is a reference to a paragraph of a source.
type Place struct {
	Source    *Source
	Paragraph int
	Span      diag.Span
}

// A Page is a plain page.
type Page struct {
	Node
	Record *record.Page
}

// An Actor is a resolved actor.
type Actor struct {
	Node
	Record     *record.Actor
	Represents *Actor
	Party      *Actor   // in whose column its claims count; itself at the end of the chain
	Members    []*Actor // who represent it directly, by name
	Roles      []Role
	Holds      []*Claim   // claims that it holds
	Relays     []*Claim   // claims of others that it passed on
	About      []*Claim   // claims about it
	Meetings   []*Meeting // that it took part in, by first day
}

// A Role is a resolved role.
type Role struct {
	*record.Role
	Text Prose
}

// A Meeting is a resolved meeting.
type Meeting struct {
	Node
	Record     *record.Meeting
	PartOf     []*Meeting
	Parts      []*Meeting // those that are part of it
	Follows    []*Meeting
	FollowedBy []*Meeting
	Log        []Status
	Attendance []Attendance
	Agenda     []AgendaItem
	Claims     []*Claim // said at it or about it
}

// A Status is a resolved line of a meeting's log.
type Status struct {
	*record.Status
	Text  Prose
	Later bool // after the site's AsOf
}

// An Attendance is a resolved delegation.
type Attendance struct {
	*record.Attendance
	Party     *Actor
	Attendees []Attendee
	Text      Prose
}

// An Attendee is a resolved attendee; the actor is nil for one only described.
type Attendee struct {
	*record.Attendee
	Actor *Actor
}

// An AgendaItem is a resolved agenda line.
type AgendaItem struct {
	Issue *Issue
	Text  Prose
}

// An Issue is a resolved issue.
type Issue struct {
	Node
	Record      *record.Issue
	Options     []*Option
	Assessments []Assessment
	Claims      []*Claim   // on one of its options, or about it
	Meetings    []*Meeting // that had it on the agenda
}

// An Option is a resolved option.
type Option struct {
	*record.Option
	Issue  *Issue
	Text   Prose
	Claims []*Claim // that take a stance on it
}

// An Assessment is a resolved assessment.
type Assessment struct {
	*record.Assessment
	Party  *Actor
	Option *Option
	Text   Prose
}

// A Correction is a resolved correction.
type Correction struct {
	*record.Correction
	Text Prose
}

// A Source is a resolved source.
type Source struct {
	Node
	Record    *record.Source
	Publisher *Actor // the actor of the publisher's name, or nil
	Claims    []*Claim
	byID      map[string]*Claim
}

// Nodes returns the nodes of all records: actors, meetings, issues, sources,
// pages, each in the site's order, and the home page last.
func (s *Site) Nodes() []*Node { return slices.Clip(s.nodes) }

// Claim returns the source's claim of this id, or nil.
func (s *Source) Claim(id string) *Claim { return s.byID[id] }

// Join resolves records, which must be in the order of their files' names.
// The site is never nil, and as whole as the mistakes allow.
func Join(records []record.Record, opt Options) (*Site, diag.List) {
	s, byName, byFile := opt.Old.edit(records, opt)
	if s == nil {
		s = newSite(records, opt)
		byName, byFile = s.ranked, s.of
	}
	s.records = records
	each := opt.Each
	if each == nil {
		each = func(n int, f func(int)) {
			for i := range n {
				f(i)
			}
		}
	}
	each(len(byName), func(i int) { s.resolve(byName[i]) })
	// In the order of the lists, so that what is entered mostly comes last.
	for _, n := range byName {
		n.eachMention(func(list *[]Mention, m Mention) { enter(list, m, compareMentions, sameMention) })
	}
	for _, n := range byFile {
		if n != nil {
			n.eachPlace(
				func(list *[]*Claim, c *Claim) { enter(list, c, compareClaims, same) },
				func(list *[]*Meeting, m *Meeting) { enter(list, m, byStart, same) },
			)
		}
	}
	diags := slices.Clone(s.diags)
	s.Places = nil
	for _, n := range s.nodes {
		diags = append(diags, n.diags...)
		s.Places = append(s.Places, n.places...)
	}
	return s, diags
}

// A joiner resolves one record, or makes the table.
type joiner struct {
	*Site
	file   *diag.File // of the record
	diags  diag.List
	places []Place
}

// later reports whether a date is after the last day that counts.
func (s *Site) later(d record.Date) bool {
	return s.HasAsOf && !d.IsZero() && d.Earliest() > s.AsOf
}
