package plan

// The views, one for each template.

// Home is index.html.
type Home struct {
	Base
	Lead         Prose
	Developments []Development
	Together     []Tally
	Issues       []IssueRows // the comparison in short: cells without cards
	AllIssues    int         // how many there are, where Issues has but the first of them
	Columns      []Column
	Next         []MeetingLine // planned or mooted, soonest first
	Latest       []MeetingLine // held, latest first
	Who          []PartyActors
}

// A Tally is the options to which one rule applies.
type Tally struct {
	Rule    Rule // without detail
	Count   int
	Options []OptionSummary // the first of them; none for a rule that says what is not known
}

// PartyActors is a party with its people.
type PartyActors struct {
	Party  ActorLine
	Actors []ActorLine
	More   Ref // to all of them, where they are more
}

// ComparisonPage is comparison.html.
type ComparisonPage struct {
	Base
	Columns []Column
	Issues  []IssueRows
	Then    Date
	Now     Date
	ThenDay string // the last day of Then, and of Now: "2026-01-23"
	NowDay  string
	Days    []Option    // what else can be set side by side, in order
	Moves   []MoveGroup // empty where the sources have but one date
}

// ShortComparison is comparison.html, or a further page of it, where one full
// table of all issues would be too large: where each party stands, without its
// claims, which are on the pages of the issues.
type ShortComparison struct {
	Base
	Together []Tally
	Columns  []Column
	Issues   []IssueRows
	Spanned
}

// An Option is a choice that a form offers.
type Option struct{ Value, Text string }

// MoveGroup is one issue of the comparison of two dates.
type MoveGroup struct {
	Issue Ref
	Moves []Move
}

// Issue is issues/<id>.html.
type Issue struct {
	Base
	Lead        Prose
	Columns     []Column // those that hold a position here
	Rows        []Row
	ThenNow     string    // its two dates side by side; "" where the comparison is too large to have them
	Chart       Chart     // its list twin is Sides
	Sides       []Account // each one's newest first
	More        Ref       // to all claims, where Sides has but the newest and Rows none
	AllMeetings Ref
	Conflicts   []Conflict
	Assessments []Assessment
	Meetings    []MeetingLine
	Previous    Ref
	Next        Ref
}

// A Conflict is two accounts that cannot both be right.
type Conflict struct {
	Word string // "denies", "disputes", "differs from"
	A, B *Card
}

// An Assessment is the editor's reading.
type Assessment struct {
	Party, Option Ref
	Text          Prose
}

// IssueList is issues.html.
type IssueList struct {
	Base
	Issues []IssueSummary
	Spanned
}

// IssueSummary is an issue in the list.
type IssueSummary struct {
	Ref
	Lead    string
	Options []OptionSummary
	Claims  int
}

// OptionSummary is an option with its rule.
type OptionSummary struct {
	Ref
	Rule Rule
}

// Actor is actors/<id>.html.
type Actor struct {
	Base
	Type       string
	Aliases    []string
	Represents Ref
	Party      Ref
	Lead       Prose
	Roles      []Role
	Positions  []IssuePositions // its own claims
	ForIt      []IssuePositions // claims of those who represent it
	Other      []*Card          // its claims without a stance
	Relayed    []*Card
	About      []*Card
	Meetings   []MeetingLine
	With       []Companion
	Members    []ActorLine
	More       MoreOfActor
}

// MoreOfActor leads to the lists that an actor's page does not show whole.
type MoreOfActor struct {
	Positions, ForIt, Other, Relayed, About, Meetings, With, Members Ref
}

// A Role is what an actor was, and when.
type Role struct {
	When string
	Date Date
	Text Prose
}

// IssuePositions is what an actor said on one issue.
type IssuePositions struct {
	Issue Ref
	Cards []*Card // newest first
}

// A Companion is another actor that took part in the same meetings.
type Companion struct {
	Ref
	Meetings []Shared // the latest of them
	Further  int      // how many more
}

// A Shared is a meeting that a companion took part in as well.
type Shared struct {
	Ref
	When string // "" where nobody says
}

// ActorList is actors.html.
type ActorList struct {
	Base
	Spanned
	Groups []ActorGroup
}

// ActorGroup is the actors of one type.
type ActorGroup struct {
	ID, Title string
	Actors    []ActorLine
	Count     int
	Pages     []Ref // where they are too many for one page
}

// Meeting is meetings/<id>.html.
type Meeting struct {
	Base
	When         Date
	WhenAsStated string
	Place        string
	Stage        string
	Certainty    string
	StageAsOf    Date
	Unreported   bool // announced for a day that has passed, with no word since
	Lead         Prose
	Log          []Status
	Delegations  []Delegation
	Agenda       []AgendaItem
	Accounts     []Account        // what each side says, side by side
	ByIssue      []IssuePositions // the positions taken there
	PartOf       []Ref
	Parts        []Ref
	Follows      []Ref
	FollowedBy   []Ref
	Previous     Ref // by date
	Next         Ref
	Calendar     string // of data/meetings.ics
	More         Ref    // to all claims, where Accounts and ByIssue have but the newest
}

// A Status is a line of a meeting's log.
type Status struct {
	Date             Date
	Stage, Certainty string
	Text             Prose
}

// A Delegation is who came for one party.
type Delegation struct {
	Party          Ref
	People         []Who
	NotNamed       bool
	OthersNotNamed bool
	Text           Prose // as the editor wrote it, with citations
	Cites          Prose // the citations alone
}

// An AgendaItem is a subject of a meeting.
type AgendaItem struct {
	Text Prose
}

// An Account is what one side said at or of a meeting.
type Account struct {
	Party Ref // without a party: Text says so
	Cards []*Card
}

// MeetingList is meetings.html.
type MeetingList struct {
	Base
	Grid       Grid
	Upcoming   []MeetingLine
	Unreported []MeetingLine // announced for a day that has passed, with no word since
	Past       []MeetingLine
	Month      []MeetingLine // all of one month
	Monthly
}

// Source is sources/<id>.html.
type Source struct {
	Base
	Publisher  Ref
	Published  Date
	Authors    []string
	Language   string
	Genre      string
	Rights     string
	URL        string
	ArchiveURL string
	Edition    bool // the article was changed since
	Lead       Prose
	Passages   []Passage
	Unplaced   []MarginNote // claims of which no passage is known
	Words      int          // of the text; 0 for unknown
	Paragraphs int
	Quoted     int // words quoted; 0 for unknown
	Left       int // paragraphs on which no claim rests
	Unused     []Stretch
	Repairs    []Repair
	Cite       string
	Markdown   string // the same
	BibTeX     string
	Previous   Ref // by date
	Next       Ref
}

// A Stretch is paragraphs one after the other.
type Stretch struct{ First, Last int }

// A Passage is a paragraph of a source, or a run of paragraphs that the
// briefing does not quote.
type Passage struct {
	Stretch
	Words    int // in it
	Gap      bool
	Claims   int // that quote it
	Segments []Segment
	Out      string       // of the passage at the publisher's; "" without an address
	Notes    []MarginNote // the claims that begin here
}

// A Segment of a paragraph: words of the source, or the name of a gap.
type Segment struct {
	Words  []Ref // cut where a record is first named; without an address between
	Gap    bool
	Claims []Cited // that quote it; empty for text that no claim quotes
}

// A Cited is the number of a claim at the end of what it quotes.
type Cited struct {
	Ref
	N  int
	At int // its place among the notes of the passage, from 1; 0 where it stands elsewhere
}

// A MarginNote is a claim beside its passage, with the number that it has on
// this page: in the order in which the source is read.
type MarginNote struct {
	N int
	*Card
	Note Prose
}

// A Repair is a declared correction of a damaged text.
type Repair struct{ From, To string }

// SourceList is sources.html.
type SourceList struct {
	Base
	Monthly
	Sources []SourceLine
}

// SourceLine is a source in the list.
type SourceLine struct {
	Ref
	Publisher string
	Published Date
	Genre     string
	Claims    int
	Verified  int
	Receipts  int
	Other     int
}

// Timeline is timeline.html.
type Timeline struct {
	Base
	Monthly
	Chart  Chart // its list twin is Months
	Months []Month
	Actors []Option // those of the events, by name
	Issues []Option
}

// Changes is changes.html.
type Changes struct {
	Base
	Monthly
	Months      []Month
	Corrections []Correction
	Withdrawn   []*Card
}

// Index is search.html: the search, and everything from A to Z.
type Index struct {
	Base
	Count   int // entries
	Letters []Letter
}

// A Letter is the entries that begin with it, or the pages that hold them.
type Letter struct {
	ID, Title string
	Href      string // of its section, or of its only page
	Count     int
	Entries   []IndexEntry
	Pages     []Ref
}

// IndexPart is az/<letter>.html: what begins with the letter, or a part of it.
type IndexPart struct {
	Base
	Count          int    // entries of the letter
	Span           string // its first entry and its last
	Entries        []IndexEntry
	Previous, Next Ref
}

// An IndexEntry is one name, and what it is.
type IndexEntry struct {
	Ref
	Kind string
	See  string // for an alias: the name it stands for
}

// PlainPage is a page of the editor's own.
type PlainPage struct {
	Base
	Contents []Ref // its headings of level 2, where they are several
	Text     Prose
}

// NotFound is 404.html. It may be shown at any depth, so its links are
// absolute below the base address, or relative to the root.
type NotFound struct {
	Base
	Issues []Ref
}

// The templates of the views.
func (*Home) Template() string            { return "home.html" }
func (*ComparisonPage) Template() string  { return "comparison.html" }
func (*ShortComparison) Template() string { return "comparison-short.html" }
func (*Issue) Template() string           { return "issue.html" }
func (*IssueList) Template() string       { return "issues.html" }
func (*Actor) Template() string           { return "actor.html" }
func (*ActorList) Template() string       { return "actors.html" }
func (*Meeting) Template() string         { return "meeting.html" }
func (*MeetingList) Template() string     { return "meetings.html" }
func (*Source) Template() string          { return "source.html" }
func (*SourceList) Template() string      { return "sources.html" }
func (*Timeline) Template() string        { return "timeline.html" }
func (*Changes) Template() string         { return "changes.html" }
func (*Index) Template() string           { return "search.html" }
func (*IndexPart) Template() string       { return "letter.html" }
func (*PlainPage) Template() string       { return "page.html" }
func (*NotFound) Template() string        { return "404.html" }
