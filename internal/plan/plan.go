// Package plan decides what pages a site has and what each of them says.
//
// [Make] turns a resolved site and its proofs into pages. A [Page] is a path
// and a view, made when it is asked for: a tree of plain values (strings, numbers, slices of them) that
// holds everything the page's template will print, with every link already
// relative to the page, and nothing else: no pointer into the site, no
// position in a file. Two equal views render to equal bytes, so a page is
// rendered again only when its [Key], a hash of its view, is new.
//
// What a briefing computes is computed here, from claims alone: where each
// party stands on each option, since when and on whose word ([Compare]), what
// changed, which accounts conflict, and the printed rule of each option.
//
// Pages lie at most one folder deep, so a link is "" or "../" and a path from
// the root: the site works below any address, and from a disk.
package plan

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"readout/internal/link"
	"readout/internal/record"
	"readout/internal/verify"
)

// A Page is one HTML page of the site.
type Page struct {
	Path string // below the site's root, with forward slashes
	view func(*planner) View
	plan *planner
}

// View returns what the page shows. It makes it anew each time: the views of
// a long briefing, all at once, would take several times the memory of their
// pages. Views of several pages may be made at the same time.
func (p *Page) View() View {
	own := *p.plan
	own.links = noLinks()
	defer own.links.free()
	v := p.view(&own)
	v.Frame().Previews = own.previews(v)
	return v
}

// A View is what a page shows. Its type names its template: a *Actor is
// rendered by actor.html.
type View interface {
	Frame() *Base
	Template() string
}

// Base is what every view has.
type Base struct {
	Path         string // of the page
	Root         string // "" or "../": the way from the page to the root
	Section      string // the entry of the navigation that the page is under
	Title        string // "" on the home page
	Description  string
	Site         *Site
	Crumbs       []Ref  // from the root to the page's parent
	Canonical    string // absolute; "" without a base address
	Edit         string // absolute; "" without a repository
	Corrections  []Correction
	Mentions     []MentionGroup
	MoreMentions Ref // to the whole list, where that is longer
	Footnotes    Prose
	Previews     []*Preview
}

// Frame returns the base itself.
func (b *Base) Frame() *Base { return b }

// Site is what all pages share.
type Site struct {
	Title, Tagline       string
	Language             string
	Publisher            string
	Repository, License  string
	BaseURL              string
	AsOf                 string // in words; "" for all there is
	Pages                []Ref  // plain pages, relative to the root
	Sources, Claims      int
	Quotations, Verified int
	Receipts, Unverified int
	Feed                 bool // there is a feed.xml
	Latest               Date // of the latest source that counts
}

// A Ref is a link.
type Ref struct {
	Href string // relative to the page; "" for words that lead nowhere
	Text string
}

// A Date is a date as it is shown.
type Date struct {
	ISO      string // for <time datetime>; "" where HTML has no form for it
	Words    string
	Inferred bool
}

// Prose is rendered Markdown with its links resolved for one page.
type Prose struct {
	HTML  string
	Slots []Slot
}

// Empty reports whether there is nothing to show.
func (p Prose) Empty() bool { return p.HTML == "" && len(p.Slots) == 0 }

// A Slot is a link or a citation in prose.
type Slot struct {
	At    int    // offset in HTML
	Href  string // of a link
	Label string // HTML
	Notes []Note // of a citation
}

// A Note is what a citation shows at the foot of the page.
type Note struct {
	Key       string // equal for citations of the same place
	Source    Ref    // to the claim or the place
	Publisher string
	Date      Date
	Claim     string // the claim's heading
	Quote     []Quote
	Locator   string
	URL       string // of the source; "" without an address
}

// A Correction is one line of a record's corrections.
type Correction struct {
	Date Date
	Text Prose
	On   Ref // the page that was corrected
}

// A MentionGroup is the places of one page that refer to another.
type MentionGroup struct {
	Kind    string
	Page    Ref
	Places  []Mention
	Further int // how many more there are on that page
}

// A Mention is a sentence that refers to the page.
type Mention struct {
	Href                string
	Title               string // of the place; "" for the page's own text
	Before, Name, After string // the sentence, around the name
}

// Who is a holder, a relay or an attendee.
type Who struct {
	Ref
	Unnamed bool
	Count   int    // how many; 0 for not stated
	Reason  string // why not named
	Note    string // a role, or a certainty
}

// A Quote is a quotation with its proof.
type Quote struct {
	Parts     []Part
	State     string // verified, receipt, unverified, lost
	Paragraph int    // from 1; 0 for unknown
	Href      string // of the passage on the source's page
	Out       string // of the passage at the publisher's; "" without an address
	Lang      string // of the source, where it is not the site's; BCP 47
}

// A Part of a quotation: the source's words, the editor's, or an elision.
type Part struct {
	Kind string // "", "insertion" or "elision"
	Text string
}

// A Stance is a stance as it is shown: never by colour alone.
type Stance struct {
	Code string // a [record.Stance]; "mixed" where accounts differ; "" for silence
	Word string
	Sign string
}

// A Card is a claim as it is shown.
type Card struct {
	Key, ID    string
	Href       string // of the claim on its source's page
	Title      string
	Holder     Who
	Chain      []Who // the relays, outward
	Party      Ref
	Directness string // own, relayed, unnamed, document
	Direct     string // the same in words
	Issue      Ref
	Option     Ref
	Stance     Stance
	If         string
	Act        string
	Hedge      string
	At         Ref
	About      []Ref
	Said       Date
	Day        string // the first day of Said: "2026-01-23"; "" for none
	SaidGiven  bool
	Source     Ref
	Publisher  string
	Published  Date
	Quotes     []Quote
	Paraphrase bool
	Withdrawn  string
	Later      bool
	Relations  []Relation
}

// A Relation is how a claim stands to another.
type Relation struct {
	Word  string // "changes", "is denied by", ...
	Claim Ref
	By    string // the other claim's holder
}

// A Column is a party or a document in a comparison.
type Column struct {
	ID   string // an actor's id, or "others"
	Kind string // party, document or others
	Ref
}

// A Row is an option in a comparison.
type Row struct {
	ID    string
	Issue Ref
	Text  Prose
	Plain string
	Cells []Cell // one for each column
	Rule  Rule
}

// A Cell is where a party stands on an option.
type Cell struct {
	Column     Column
	Stance     Stance // Code "" for silence
	If         string
	Who        Who // who said the latest
	Said       Date
	Since      Date
	Directness string
	Direct     string
	Sources    int
	Moved      string // "changed", "restated" or ""
	From       Stance // before the change
	Disputed   bool
	Cards      []*Card // newest first
}

// Silent reports whether the party made no statement in the sources.
func (c Cell) Silent() bool { return c.Stance.Code == "" }

// A Rule says where the parties stand on an option together.
type Rule struct {
	Code   string // agreed, rejected, opposed, conditional, unsettled, silent
	Word   string
	Detail string // who is where
}

// An IssueRows is an issue with its options against the parties.
type IssueRows struct {
	ID string
	Ref
	Columns []Column // every party, and whoever else has a word on the issue
	Rows    []Row
}

// A Move is a position then and now.
type Move struct {
	Issue, Option, Party Ref
	Then, Now            Stance
	ThenCard, NowCard    *Card
	Word                 string // new, changed, restated, unchanged, not heard since
}

// A Development is one line of what changed.
type Development struct {
	Date   Date
	Day    string // the first day of the date: "2026-01-23"; "" for none
	Kind   string // position, meeting, correction
	Word   string // "new", "changed", "restated", "held", ...
	Text   string
	Href   string
	Party  string
	Source Ref
}

// A Month groups what happened in one month.
type Month struct {
	ID, Title    string
	Developments []Development
	Events       []Event
}

// An Event is one entry of the timeline.
type Event struct {
	Date   Date
	Kind   string // claim, meeting, source
	Title  Ref
	Party  Ref
	Who    Who
	Stance Stance
	Issue  Ref
	Direct string
	Stage  string
	Actors string // ids, parted by spaces, for filters
	Issues string

	Directness string // of a claim, for filters
}

// A MeetingLine is a meeting in a list.
type MeetingLine struct {
	Ref
	When      Date
	Place     string
	Stage     string
	Certainty string
	Parties   []Ref
}

// An ActorLine is an actor in a list.
type ActorLine struct {
	Ref
	Type  string
	Role  string
	Party Ref
}

// Make plans every page of a site. What they share is worked out when a page,
// or an export, first needs it, and a page's own view when [Page.View] is
// called: a preview shows one page of ten thousand. Proofs are by source
// record.
func Make(site *link.Site, proofs map[*record.Source]*verify.Result) *Plan {
	p := &planner{site: site, proofs: proofs}
	p.kept = sync.OnceValue(func() *shelves { return newShelves(site) })
	p.shared = sync.OnceValue(p.siteView)
	p.compared = sync.OnceValue(func() *Comparison { return Compare(site) })
	p.ofParty = sync.OnceValue(func() map[*link.Actor][]*link.Claim { return byParty(site) })
	p.today = sync.OnceValue(func() record.Day { return today(site) })
	p.developments = sync.OnceValue(p.develop)
	p.table = sync.OnceValue(p.matrix)
	p.actorsByType = sync.OnceValue(func() []actorSpans { return actorsByType(site) })
	p.longs = sync.OnceValue(p.arrange)
	p.initials = sync.OnceValue(func() []initial { return alphabet(site) })
	return &Plan{
		planner: p,
		Pages:   sync.OnceValue(p.pages),
		Developments: sync.OnceValue(func() []Development {
			own := *p
			own.links = &links{}
			return own.desk("index.html").developmentViews(p.developments())
		}),
	}
}

// fixed are the pages that every site has.
var fixed = map[string]func(*planner) View{
	"index.html": func(p *planner) View { return p.home() },
	"comparison.html": func(p *planner) View {
		if p.table().spans != nil {
			return p.shortComparison(0)
		}
		return p.comparison()
	},
	"issues.html":   func(p *planner) View { return p.issueList(0) },
	"actors.html":   func(p *planner) View { return p.actorList() },
	"meetings.html": func(p *planner) View { return p.meetingList() },
	"sources.html":  func(p *planner) View { return p.sourceList() },
	"timeline.html": func(p *planner) View { return p.timeline() },
	"changes.html":  func(p *planner) View { return p.changes() },
	"search.html":   func(p *planner) View { return p.index() },
	"404.html":      func(p *planner) View { return p.notFound() },
	printPath:       func(p *planner) View { return p.print() },
}

// pages returns every page, by path.
func (p *planner) pages() []Page {
	var all []Page
	add := func(path string, view func(*planner) View) { all = append(all, Page{path, view, p}) }
	for path, view := range fixed {
		add(path, view)
	}
	for i, s := range p.table().spans {
		if i > 0 {
			add(s.path, func(p *planner) View { return p.shortComparison(i) })
		}
	}
	for i, s := range p.issueSpans() {
		if i > 0 {
			add(s.path, func(p *planner) View { return p.issueList(i) })
		}
	}
	for t, g := range p.actorsByType() {
		for i, s := range g.spans {
			add(s.path, func(p *planner) View { return p.actorsOf(t, i) })
		}
	}
	for k := range p.indexParts() {
		in := &p.initials()[k]
		for i := range in.parts() {
			add(in.path(i), func(p *planner) View { return p.indexPart(in, i) })
		}
	}
	for _, n := range p.site.Nodes() {
		if n.Path != "index.html" {
			add(n.Path, viewOf(n))
		}
	}
	for _, l := range p.datedLists() {
		for i, s := range l.stretches {
			add(s.path, func(p *planner) View { return l.page(p, i) })
		}
	}
	for _, n := range p.site.Nodes() {
		all = append(all, p.restOf(n)...)
	}
	// A record whose page would take the place of another is an error already.
	slices.SortStableFunc(all, func(a, b Page) int { return cmp.Compare(a.Path, b.Path) })
	return all
}

// restOf returns the pages of a record's long lists.
func (p *planner) restOf(n *link.Node) (pages []Page) {
	for _, l := range p.longLists(n) {
		for part := range l.parts() {
			pages = append(pages, Page{l.path(n, part), func(p *planner) View { return p.rest(l, part) }, p})
		}
	}
	return pages
}

// viewOf returns what makes the view of a record's page.
func viewOf(n *link.Node) func(*planner) View {
	switch {
	case n.Issue() != nil:
		return func(p *planner) View { return p.issue(n.Issue()) }
	case n.Actor() != nil:
		return func(p *planner) View { return p.actor(n.Actor()) }
	case n.Meeting() != nil:
		return func(p *planner) View { return p.meeting(n.Index()) }
	case n.Source() != nil:
		return func(p *planner) View { return p.source(n.Index()) }
	}
	return func(p *planner) View { return p.page(n.Page()) }
}

// A Plan is every page, and what the exports share with them.
type Plan struct {
	planner      *planner
	Pages        func() []Page        // by path
	Developments func() []Development // newest first, with links relative to the root
}

// Comparison returns the comparison of the site.
func (p *Plan) Comparison() *Comparison { return p.planner.compared() }

// Page returns the page at a path, or nil. It is the same as that of Pages,
// but finds the page of a record without making a list of all.
func (p *Plan) Page(path string) *Page {
	if view := fixed[path]; view != nil {
		return &Page{path, view, p.planner}
	}
	if n := p.planner.site.At(path); n != nil {
		return &Page{path, viewOf(n), p.planner}
	}
	if !strings.HasSuffix(path, ".html") {
		return nil
	}
	// A page of a long list is called after the record's own.
	folder, name, _ := strings.Cut(path, "/")
	if id, _, ok := strings.Cut(name, "."); ok {
		if n := p.planner.site.At(folder + "/" + id + ".html"); n != nil {
			for _, x := range p.planner.restOf(n) {
				if x.Path == path {
					return &x
				}
			}
			return nil
		}
	}
	all := p.Pages()
	if i, ok := slices.BinarySearchFunc(all, path, func(x Page, path string) int { return cmp.Compare(x.Path, path) }); ok {
		return &all[i]
	}
	return nil
}

// A planner holds what the planning of all pages shares. Nobody changes it;
// only links is a page's own.
type planner struct {
	site         *link.Site
	proofs       map[*record.Source]*verify.Result
	shared       func() *Site
	compared     func() *Comparison
	developments func() []development // newest first
	today        func() record.Day
	ofParty      func() map[*link.Actor][]*link.Claim // claims of others that count for it
	table        func() matrix
	actorsByType func() []actorSpans // in the order of [record.ActorTypes]
	longs        func() *longs
	kept         func() *shelves
	initials     func() []initial // of the index
	links        *links           // of the page
}

func joinIDs(ids []string) string {
	slices.Sort(ids)
	return strings.Join(slices.Compact(ids), " ")
}
