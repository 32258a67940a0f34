package plan

import (
	"strings"

	"readout/internal/link"
	"readout/internal/record"
	"readout/internal/verify"
)

// A desk builds the views of one page: it knows how the page reaches others.
type desk struct {
	*planner
	root string
	bare bool // for paper: names lead nowhere but a claim's own, and notes do not repeat quotations
}

// desk returns the desk of the page at a path.
func (p *planner) desk(path string) desk {
	return desk{planner: p, root: strings.Repeat("../", strings.Count(path, "/"))}
}

// at returns the address of a path below the root.
func (d desk) at(path string) string {
	if d.bare {
		return ""
	}
	return d.root + path
}

// to returns the address of a record's page, or of a place there.
func (d desk) to(n *link.Node, anchor string) string {
	if d.bare {
		return ""
	}
	way := n.From(d.root)
	if anchor != "" {
		way += "#" + anchor
	}
	return way
}

// ref returns a link to a record, which a reader may want explained.
func (d desk) ref(n *link.Node) Ref {
	if n == nil {
		return Ref{}
	}
	d.links.node(n, false)
	return d.name(n)
}

// name returns a link to a record beside which the page says what it is.
func (d desk) name(n *link.Node) Ref { return Ref{Href: d.to(n, ""), Text: n.Name.Value} }

func (d desk) actorRef(a *link.Actor) Ref {
	if a == nil {
		return Ref{}
	}
	return d.ref(&a.Node)
}

func (d desk) meetingRef(m *link.Meeting) Ref {
	if m == nil {
		return Ref{}
	}
	return d.ref(&m.Node)
}

func (d desk) issueRef(is *link.Issue) Ref {
	if is == nil {
		return Ref{}
	}
	return d.ref(&is.Node)
}

func (d desk) optionRef(o *link.Option) Ref {
	if o == nil {
		return Ref{}
	}
	d.links.node(&o.Issue.Node, true)
	return Ref{Href: d.to(&o.Issue.Node, o.ID), Text: o.Text.Words()}
}

func (d desk) claimRef(c *link.Claim) Ref {
	return Ref{Href: d.to(&c.Source.Node, c.ID), Text: c.Title}
}

func dateOf(d record.Date) Date {
	if d.IsZero() {
		return Date{}
	}
	return Date{ISO: d.ISO(), Words: d.Words(), Inferred: d.Uncertain()}
}

// dayOf returns the first day of a date, or "" where it has none.
func dayOf(d record.Date) string {
	if day := d.Earliest(); day != record.MinDay && day != record.MaxDay {
		return day.String()
	}
	return ""
}

// prose resolves prose for the page.
func (d desk) prose(p link.Prose) Prose {
	if p.Empty() {
		return Prose{}
	}
	out := Prose{HTML: p.HTML}
	if len(p.Holes) == 0 {
		return out
	}
	out.Slots = make([]Slot, len(p.Holes))
	for i := range p.Holes {
		h, t := &p.Holes[i], p.Targets[i]
		s := Slot{At: h.At}
		if h.Kind == record.HoleCite {
			for _, c := range t.Cites {
				s.Notes = append(s.Notes, d.note(c))
			}
		} else {
			s.Label = h.Label
			if t.Node != nil {
				d.links.node(t.Node, s.Label != "" && s.Label != escape(t.Node.Name.Value))
				s.Href = d.to(t.Node, t.Anchor)
				if s.Label == "" {
					s.Label = escape(t.Node.Name.Value)
				}
			}
			if s.Label == "" {
				s.Label = escape(h.Target)
			}
		}
		out.Slots[i] = s
	}
	return out
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

func escape(s string) string { return escaper.Replace(s) }

func (d desk) note(c link.Cite) Note {
	s := c.Source
	n := Note{Locator: c.Locator, URL: s.Record.URL}
	if c.Claim != nil && !d.bare {
		k := &d.made(c.Claim).card
		n.Key, n.Claim, n.Source.Text, n.Publisher, n.Date = k.Key, k.Title, k.Source.Text, k.Publisher, k.Published
		n.Source.Href, n.Quote = k.Href, k.Quotes
	} else {
		n.Key, n.Source, n.Publisher, n.Date = s.ID, d.name(&s.Node), publisher(s), dateOf(s.Record.Published)
		if c.Claim != nil {
			n.Key, n.Claim = c.Claim.Key(), c.Claim.Title
		} else if c.Paragraph > 0 {
			n.Source.Href = d.to(&s.Node, paragraphAnchor(c.Paragraph))
		}
	}
	if c.Locator != "" {
		n.Key += ", " + c.Locator
	}
	return n
}

func publisher(s *link.Source) string {
	if s.Publisher != nil {
		return s.Publisher.Name.Value
	}
	return s.Record.Publisher.Value
}

// proof returns the proofs of a claim's quotations.
func (p *planner) proof(c *link.Claim) []verify.Proof {
	if r := p.proofs[c.Source.Record]; r != nil {
		return r.Claims[c.Index()]
	}
	return nil
}

// quotes returns a claim's quotations with their proofs.
func (d desk) quotes(c *link.Claim) []Quote {
	proofs := d.proof(c)
	var list []Quote
	for i := range c.Quotations {
		q := Quote{State: string(verify.Unverified), Parts: []Part{{Text: c.Quotations[i].Text}}}
		if i < len(proofs) {
			p := proofs[i]
			q.State, q.Paragraph = string(p.State), p.Paragraph
			if len(p.Parts) > 0 {
				q.Parts = parts(p)
			}
		}
		if q.Paragraph > 0 {
			q.Href = d.to(&c.Source.Node, paragraphAnchor(q.Paragraph))
		}
		q.Out = textFragment(c.Source.Record.URL, q.Parts)
		if lang := c.Source.Record.Language; lang != d.shared().Language {
			q.Lang = lang
		}
		list = append(list, q)
	}
	return list
}

// who shows a named holder, or the description of an unnamed one.
func (d desk) holder(c *link.Claim) Who {
	h := c.Claim.Holder
	if c.Holder != nil {
		return Who{Ref: d.actorRef(c.Holder)}
	}
	if c.ByArticle {
		return Who{Ref: Ref{Href: d.to(&c.Source.Node, ""), Text: "the article itself"}}
	}
	return Who{Ref: Ref{Text: h.Description}, Unnamed: true, Count: h.Count, Reason: h.Reason}
}

// chain shows the relays of a claim.
func (d desk) chain(c *link.Claim) []Who {
	var list []Who
	for _, v := range c.Via {
		w := Who{Unnamed: v.Unnamed, Count: v.Count, Reason: v.Reason}
		if v.Actor != nil {
			w.Ref = d.actorRef(v.Actor)
		} else {
			w.Text = v.Relay.String()
		}
		list = append(list, w)
	}
	return list
}

var directWords = map[link.Directness]string{
	link.Own:        "own words",
	link.Relayed:    "relayed",
	link.Unnamed:    "unnamed source",
	link.InDocument: "document",
}

// direct says in words how directly a claim reaches us. A source that puts a
// position into words of its own gives it at first hand, but not verbatim.
func direct(c *link.Claim) string {
	if c.Directness == link.Own && c.Paraphrase && !c.ByArticle {
		return "own, paraphrased"
	}
	if c.ByArticle {
		return "the article’s own account"
	}
	return directWords[c.Directness]
}

// A made is a claim's card, which all pages of a folder share, and what it
// links to. A claim is shown on six pages or more.
type made struct {
	card    Card
	by, all links // of what brief.html shows, and of the rest as well
}

// made returns a claim's card, which is made when a page first needs it. Only
// one page is for paper: what is made for it is not kept.
func (d desk) made(c *link.Claim) *made {
	if d.bare {
		return d.makeCard(c)
	}
	kept := d.kept()
	return kept.cards[d.level()].get(kept.claim(c), func() *made { return d.makeCard(c) })
}

func (d desk) makeCard(c *link.Claim) *made {
	own := *d.planner
	own.links = noLinks()
	defer own.links.free()
	d.planner = &own
	m := &made{}
	m.card = Card{Holder: d.holder(c), Chain: d.chain(c), Option: d.optionRef(c.Option)}
	d.relate(&m.card, c)
	m.by = own.links.unique()
	d.complete(&m.card, c)
	m.all = own.links.unique()
	return m
}

// card shows a claim. The card is shared, so nobody may change it.
func (d desk) card(c *link.Claim) *Card {
	m := d.made(c)
	d.links.add(m.all)
	return &m.card
}

// brief is card, for a page that shows of it what brief.html does, its option
// and its relations.
func (d desk) brief(c *link.Claim) *Card {
	m := d.made(c)
	d.links.add(m.by)
	return &m.card
}

// line is card, for a page that shows its title, its holder and its date.
func (d desk) line(c *link.Claim) *Card {
	if c.Holder != nil {
		d.links.node(&c.Holder.Node, false)
	}
	return &d.made(c).card
}

// complete fills a card but for what [desk.made] has.
func (d desk) complete(k *Card, c *link.Claim) {
	k.Key, k.ID, k.Href, k.Title = c.Key(), c.ID, c.Source.From(d.root)+"#"+c.ID, c.Title
	k.Party, k.Issue, k.At = d.actorRef(c.Party), d.issueRef(c.Issue), d.meetingRef(c.At)
	k.Directness, k.Direct, k.Stance = string(c.Directness), direct(c), stanceOf(c.Stance)
	k.If, k.Act, k.Hedge = c.If, string(c.Act), c.Hedge
	k.Said, k.Day, k.SaidGiven = dateOf(c.Said), dayOf(c.Said), c.SaidGiven
	k.Source, k.Publisher, k.Published = d.name(&c.Source.Node), publisher(c.Source), dateOf(c.Source.Record.Published)
	k.Quotes, k.Paraphrase, k.Withdrawn, k.Later = d.quotes(c), c.Paraphrase, c.Withdrawn, c.Later
	for _, n := range c.About {
		k.About = append(k.About, d.ref(n))
	}
}

// relate adds to a card how its claim stands to others.
func (d desk) relate(k *Card, c *link.Claim) {
	for _, r := range [...]struct {
		word   string
		claims []*link.Claim
	}{
		{"changes", c.Changes},
		{"changed by", c.ChangedBy},
		{"denies", c.Denies},
		{"denied by", c.DeniedBy},
		{"disputes", c.Disputes},
		{"disputed by", c.DisputedBy},
	} {
		for _, x := range r.claims {
			d.links.claim(x)
			k.Relations = append(k.Relations, Relation{Word: r.word, Claim: d.claimRef(x), By: d.holder(x).Text})
		}
	}
}

func (d desk) cards(claims []*link.Claim) []*Card { return shownAs(claims, d.card) }

// shownAs returns the cards of claims, as card, brief or line has them.
func shownAs(claims []*link.Claim, show func(*link.Claim) *Card) []*Card {
	list := make([]*Card, len(claims))
	for i, c := range claims {
		list[i] = show(c)
	}
	return list
}

func (d desk) corrections(n *link.Node) []Correction {
	var list []Correction
	for _, c := range n.Corrections {
		list = append(list, Correction{Date: dateOf(c.Date), Text: d.prose(c.Text), On: d.name(n)})
	}
	return list
}

// A mentionGroup is the places of one page that refer to another.
type mentionGroup []link.Mention

// mentionGroups groups the places that refer to a page by the page they are
// on. Those who cite a source refer to it as much as those who link to it.
func mentionGroups(n *link.Node) []mentionGroup {
	list := n.Mentions
	if len(n.CitedBy) > 0 {
		list = mergeMentions(list, n.CitedBy)
	}
	var groups []mentionGroup
	for len(list) > 0 {
		k := 1
		for k < len(list) && list[k].From == list[0].From {
			k++
		}
		groups, list = append(groups, list[:k]), list[k:]
	}
	return groups
}

func (d desk) mentions(groups []mentionGroup) []MentionGroup {
	list := make([]MentionGroup, len(groups))
	for i, g := range groups {
		from := g[0].From
		places := g[:min(len(g), mostPlaces)]
		list[i] = MentionGroup{Kind: from.Kind.String(), Page: d.pageRef(from), Places: make([]Mention, len(places)), Further: len(g) - len(places)}
		for k, m := range places {
			place := Mention{Href: list[i].Page.Href, Title: m.Title}
			if m.Anchor != "" {
				place.Href += "#" + m.Anchor
			}
			text, at, n := m.Sentence()
			at = min(at, len(text))
			end := min(at+n, len(text))
			place.Before, place.Name, place.After = text[:at], text[at:end], text[end:]
			list[i].Places[k] = place
		}
	}
	return list
}

// pageRef is ref, for a page that may have no title: the home page.
func (d desk) pageRef(n *link.Node) Ref {
	r := d.name(n)
	if r.Text == "" || n.Path == "index.html" {
		r.Text = "Home"
	}
	return r
}
