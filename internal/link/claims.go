package link

import (
	"slices"

	"readout/internal/record"
)

// A Claim is a resolved claim.
type Claim struct {
	*record.Claim
	Source     *Source
	Holder     *Actor // nil for an unnamed one and for the article itself
	ByArticle  bool   // the article itself says so, quoting nobody
	Via        []Relay
	Party      *Actor // in whose column it counts; nil where that is not known
	Issue      *Issue // of the option; nil without a stance
	Option     *Option
	At         *Meeting
	About      []*Node     // actors and issues
	Said       record.Date // the source's date where the claim gives none
	SaidGiven  bool        // the claim gives its own date
	Directness Directness
	Changes    []*Claim
	Denies     []*Claim
	Disputes   []*Claim
	ChangedBy  []*Claim
	DeniedBy   []*Claim
	DisputedBy []*Claim
	Heading    Prose
	Note       Prose
	Later      bool // said after the site's AsOf

	index int    // among those of its source
	party *Actor // whom the field party names; Party may be whom that one represents
}

// A Relay is one resolved link of the chain between a holder and the source.
type Relay struct {
	*record.Relay
	Actor *Actor // nil for unnamed ones and plain words
}

// Directness says how a position reaches the source.
type Directness string

// The degrees of directness.
const (
	Own        Directness = "own"      // the holder's own words, or its own account
	Relayed    Directness = "relayed"  // a named actor passed it on
	Unnamed    Directness = "unnamed"  // it rests on somebody who is not named
	InDocument Directness = "document" // a document says it
)

// Key returns "source#id", the claim's name in the whole briefing.
func (c *Claim) Key() string { return c.Source.ID + "#" + c.ID }

// Index returns the claim's place among those of its source.
func (c *Claim) Index() int { return c.index }

// Counts reports whether the claim counts in comparisons: it stands, and it
// was made by the day as of which the site is built.
func (c *Claim) Counts() bool { return c.Withdrawn == "" && !c.Later }

// claims resolves a source's claims.
func (j *joiner) claims(s *Source) {
	s.Publisher = nil
	if p := s.Record.Publisher; p.Value != "" {
		if n := j.Lookup(p.Value); n != nil {
			s.Publisher = n.actor
		}
	}
	for _, c := range s.Claims {
		*c = Claim{
			Claim: c.Claim, Source: s, index: c.index,
			ChangedBy: c.ChangedBy, DeniedBy: c.DeniedBy, DisputedBy: c.DisputedBy,
		}
		j.claim(c)
		c.Heading, c.Note = j.prose(&c.Claim.Heading), j.prose(&c.Claim.Note)
	}
}

func (j *joiner) claim(c *Claim) {
	r := c.Claim
	c.Said, c.SaidGiven = r.Said, !r.Said.IsZero()
	if !c.SaidGiven {
		c.Said = c.Source.Record.Published
	} else if pub := c.Source.Record.Published; !pub.IsZero() && r.Said.Earliest() > pub.Latest() {
		j.diags.Warnf(c.Span, "claim/said-after-published", "said %s, but its source was published %s", r.Said.Words(), pub.Words()).
			Note("a source cannot report what was said later: check both dates")
	}
	c.Later = j.later(c.Said) || j.later(c.Source.Record.Published)

	if r.Holder.Link != nil {
		switch n := j.resolveLink(*r.Holder.Link, record.KindActor, record.KindSource); {
		case n == nil:
		case n.actor != nil:
			c.Holder = n.actor
			c.Party = c.Holder.Party
		case n.source == c.Source:
			c.ByArticle = true
		default:
			j.diags.Errorf(r.Holder.Span, "claim/holder", "%s is another source", n.ID).
				Note("a source can hold a claim of its own file only: then the article itself says so, quoting nobody")
		}
	}
	if r.Party != nil {
		c.party = j.actor(r.Party)
		switch p := c.party; {
		case p == nil:
		case c.Holder != nil && c.Holder.Party != p.Party:
			j.diags.Errorf(r.Party.Span, "claim/party", "%s counts in the column of %s, not of %s", c.Holder.Name, c.Holder.Party.Name, p.Name).
				Note("party is for unnamed holders; for a named one write \"represents\" in %s", c.Holder.File.Path)
		default:
			c.Party = p.Party
		}
	}
	for i := range r.Via {
		c.Via = append(c.Via, Relay{Relay: &r.Via[i], Actor: j.actor(r.Via[i].Link)})
	}
	c.Directness = c.directness()

	if r.On.Issue != nil {
		if n := j.resolveLink(*r.On.Issue, record.KindIssue); n != nil {
			c.Issue = n.issue
			c.Option = j.option(n.issue, r.On.Option, r.On.OptionSpan)
		}
	}
	if c.takesStance() && c.Party == nil {
		j.diags.Noticef(c.Claim.Holder.Span, "claim/no-party", "this position counts in no column").
			Note("if the source says on whose behalf the unnamed holder speaks, add \"- party: [[id]]\"")
	}
	if r.At != nil {
		if n := j.resolveLink(*r.At, record.KindMeeting); n != nil {
			c.At = n.meet
		}
	}
	for _, l := range r.About {
		n := j.resolveLink(l, record.KindActor, record.KindIssue)
		if n != nil && !slices.Contains(c.About, n) {
			c.About = append(c.About, n)
		}
	}
	c.Changes = j.claimRefs(c, r.Changes)
	c.Denies = j.claimRefs(c, r.Denies)
	c.Disputes = j.claimRefs(c, r.Disputes)
}

// takesStance reports whether the claim says where its holder stands on an
// option.
func (c *Claim) takesStance() bool { return c.Option != nil && c.Stance != "" }

// claimRefs resolves claims that c changes, denies or disputes.
func (j *joiner) claimRefs(c *Claim, refs []record.ClaimRef) []*Claim {
	var list []*Claim
	for _, r := range refs {
		s := c.Source
		if r.Source != "" {
			if s = j.source(r.Source, r.Span); s == nil {
				continue
			}
		}
		x := s.byID[r.Claim]
		switch {
		case x == nil:
			j.noClaim(s, r.Claim, r.Span)
		case x == c:
			j.diags.Errorf(r.Span, "claim/itself", "a claim cannot refer to itself")
		default:
			list = append(list, x)
		}
	}
	return list
}

// directness judges the chain. The source's own publisher is no relay: it is
// where every chain ends. Plain words at the end of a chain are the listeners
// ("Russian reporters"), and no relay either.
func (c *Claim) directness() Directness {
	if c.Claim.Holder.Link == nil {
		return Unnamed
	}
	relayed := false
	for i, v := range c.Via {
		switch {
		case v.Unnamed:
			return Unnamed
		case v.Actor != nil && v.Actor == c.Source.Publisher, v.Actor == nil && i == len(c.Via)-1:
		case v.Actor != c.Holder || v.Actor == nil:
			relayed = true
		}
	}
	switch {
	case c.Holder != nil && c.Holder.Record.Type == record.Document:
		return InDocument
	case relayed:
		return Relayed
	}
	return Own
}
