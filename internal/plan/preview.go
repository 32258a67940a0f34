package plan

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"readout/internal/link"
	"readout/internal/record"
)

// A Preview is what a reader is shown of a record that the page links to,
// before following the link. A page carries those of the records that it
// links to, so that a preview takes no request and works from a disk. It says
// what the link does not: where a link stands beside as much as a preview
// would say (in a list of meetings, at the foot of a note), there is none.
type Preview struct {
	Path  string // from the root
	Name  string // where some link of the page has other words for it
	Kind  string // what it is: "president of Russia", "Meeting · held · 22 Jan 2026"
	Words string // its first words, where it has no role to be known by, or a claim's quotation
}

// previewLength is how many characters of a record's text a preview has.
const previewLength = 90

// mostQuoted is how many claims a list in time has in words, from its top. With
// those of a longer one it would be as heavy again, by what most of its readers
// never see.
const mostQuoted = 120

// A described is a record's preview, for links that are its name and for
// those that are not.
type described struct{ bare, named Preview }

// describe returns a record's preview, which is made when a page first needs
// it; nil for the home page.
func (p *planner) describe(n *link.Node) *described {
	if n.Path == "index.html" {
		return nil
	}
	kept := p.kept()
	return kept.described.get(kept.node(n), func() *described { return describedAs(n) })
}

func describedAs(n *link.Node) *described {
	kind := slices.DeleteFunc(kindOf(n), func(s string) bool { return s == "" })
	bare := Preview{Path: n.Path, Kind: strings.Join(kind, " · ")}
	if a := n.Actor(); a == nil || len(a.Roles) == 0 {
		bare.Words = shorten(n.Prose, previewLength)
	}
	named := bare
	named.Name = n.Name.Value
	return &described{bare, named}
}

// kindOf says what a record is, in parts that may be empty.
func kindOf(n *link.Node) []string {
	if a := n.Actor(); a != nil {
		if len(a.Roles) > 0 {
			return []string{a.Roles[0].Text.Words()}
		}
		return []string{typeTitle(a.Record.Type)}
	}
	if m := n.Meeting(); m != nil {
		stage := ""
		if s := state(m); s != nil {
			stage = string(s.Stage)
		}
		return []string{"Meeting", stage, when(m).Words}
	}
	if s := n.Source(); s != nil {
		return []string{"Source", publisher(s), dateOf(s.Record.Published).Words}
	}
	if n.Issue() != nil {
		return []string{"Issue"}
	}
	return []string{"Page"}
}

// typeTitle returns the word for one actor of a type.
func typeTitle(t record.ActorType) string {
	if t == "" {
		return ""
	}
	return strings.ToUpper(string(t[:1])) + string(t[1:])
}

// links are the records and the claims that a page links to and does not
// explain beside the link, as they come.
type links struct {
	nodes  []linked
	claims []*link.Claim
}

// A linked is a record, and whether the link has other words than its name.
type linked struct {
	node       *link.Node
	otherWords bool
}

func (l *links) add(m links) {
	l.nodes, l.claims = append(l.nodes, m.nodes...), append(l.claims, m.claims...)
}

func (l *links) node(n *link.Node, otherWords bool) {
	l.nodes = append(l.nodes, linked{n, otherWords})
}

func (l *links) claim(c *link.Claim) { l.claims = append(l.claims, c) }

// Links are used again, since those of a page grow to some hundreds and are
// done with when its previews are made.
var linkLists = sync.Pool{New: func() any { return &links{} }}

func noLinks() *links { return linkLists.Get().(*links) }

func (l *links) free() {
	clear(l.nodes)
	clear(l.claims)
	l.nodes, l.claims = l.nodes[:0], l.claims[:0]
	linkLists.Put(l)
}

// unique returns a copy of what is linked, of each once.
func (l *links) unique() links {
	l.sort()
	return links{slices.Clone(l.nodes), slices.Clone(l.claims)}
}

// sort sorts what is linked and leaves each once, a record that has a link of
// other words as such.
func (l *links) sort() {
	slices.SortFunc(l.nodes, func(x, y linked) int {
		switch {
		case x.node == y.node && x.otherWords != y.otherWords && x.otherWords:
			return -1
		case x.node == y.node && x.otherWords != y.otherWords:
			return 1
		}
		return cmp.Or(cmp.Compare(x.node.Kind, y.node.Kind), cmp.Compare(x.node.Index(), y.node.Index()))
	})
	l.nodes = slices.CompactFunc(l.nodes, func(x, y linked) bool { return x.node == y.node })
	slices.SortFunc(l.claims, func(x, y *link.Claim) int {
		return cmp.Or(cmp.Compare(x.Source.Index(), y.Source.Index()), cmp.Compare(x.Span.Start, y.Span.Start))
	})
	l.claims = slices.Compact(l.claims)
}

// previews returns those of the records that a page links to. A page
// that lists records says as much of each beside its name, and needs none.
func (p *planner) previews(v View) []*Preview {
	switch v.(type) {
	case *ActorList, *ShortComparison, *MeetingList, *IssueList, *SourceList, *Index, *IndexPart, *NotFound, *Print:
		return nil
	}
	own := v.Frame().Path
	// Of what a list in time leads to, it tells all but the words of claims.
	switch v.(type) {
	case *Timeline, *Changes:
		p.links.nodes = p.links.nodes[:0]
		p.links.claims = p.links.claims[:min(len(p.links.claims), mostQuoted)]
	}
	p.links.sort()
	list := make([]*Preview, 0, len(p.links.nodes)+len(p.links.claims))
	for _, l := range p.links.nodes {
		if l.node.Path == own {
			continue
		}
		switch x := p.describe(l.node); {
		case x == nil:
		case l.otherWords:
			list = append(list, &x.named)
		default:
			list = append(list, &x.bare)
		}
	}
	for _, c := range p.links.claims {
		if c.Source.Path != own {
			kept := p.kept()
			list = append(list, kept.claims.get(kept.claim(c), func() *Preview { return p.claimPreview(c) }))
		}
	}
	return list
}

// claimPreview returns what is shown of a claim that the page names, but does
// not hold.
func (p *planner) claimPreview(c *link.Claim) *Preview {
	d := p.desk("index.html")
	x := &Preview{Path: c.Source.Path + "#" + c.ID, Kind: d.holder(c).Text}
	if said := dateOf(c.Said).Words; said != "" {
		x.Kind += " · " + said
	}
	if word := stanceOf(c.Stance).Word; word != "" {
		x.Kind += " · " + word
	}
	if len(c.Quotations) > 0 {
		x.Words = "“" + strings.Trim(strings.Join(strings.Fields(c.Quotations[0].Text), " "), "“”\"") + "”"
	}
	return x
}
