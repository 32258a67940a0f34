package plan

import (
	"cmp"
	"slices"
	"strings"

	"readout/internal/link"
	"readout/internal/record"
)

// A Comparison is where each party stands on each option, computed from
// claims.
type Comparison struct {
	// Parties are the columns, in order: the parties that site.yaml names,
	// or, where it names none, every party with a position, by name.
	Parties []*link.Actor
	// Documents with positions, by name. A document has a column of its own.
	Documents []*link.Actor
	// Others is whether some position belongs to neither: to an unnamed
	// holder of no known party, or to a party that site.yaml does not name.
	Others  bool
	Options map[*link.Option]*Standing
}

// A Standing is where everyone stands on one option.
type Standing struct {
	Option    *link.Option
	Positions map[*link.Actor]*Position // by party or document
	Others    []*Position               // by holder
	Rule      Rule
}

// A Position is where one party stands on one option: the claims that count,
// oldest first, and what they come to.
type Position struct {
	Party  *link.Actor // nil for an unnamed holder of no known party
	Holder string      // who, for the column of others
	Claims []*link.Claim
	// Stance is that of the latest claims; Mixed where those of the latest
	// day do not agree.
	Stance record.Stance
	Mixed  bool
	// Since is the date of the first claim of the unbroken run of claims
	// with the present stance.
	Since record.Date
	// From is the stance before that run, where there was one: the position
	// changed.
	From     record.Stance
	Restated bool // the present stance was stated on more than one day
	Disputed bool // another claim denies or disputes one of the claims
}

// Latest returns the newest claim.
func (p *Position) Latest() *link.Claim { return p.Claims[len(p.Claims)-1] }

// Sources returns how many sources the claims come from.
func (p *Position) Sources() int {
	seen := map[*link.Source]bool{}
	for _, c := range p.Claims {
		seen[c.Source] = true
	}
	return len(seen)
}

// Moved returns "changed", "restated" or "".
func (p *Position) Moved() string {
	switch {
	case p.From != "" || p.changes():
		return "changed"
	case p.Restated:
		return "restated"
	}
	return ""
}

// changes reports whether the present run holds a claim that its editor says
// changes an earlier one, even where the stance has the same word.
func (p *Position) changes() bool {
	for _, c := range p.Claims {
		if len(c.Changes) > 0 && c.Stance == p.Stance {
			return true
		}
	}
	return false
}

// Compare computes the comparison of a site.
func Compare(site *link.Site) *Comparison {
	c := &Comparison{Parties: site.Columns, Options: map[*link.Option]*Standing{}}
	named := len(site.Columns) > 0
	for _, is := range site.Issues {
		for _, o := range is.Options {
			s := &Standing{Option: o, Positions: map[*link.Actor]*Position{}}
			c.Options[o] = s
			for _, cl := range counted(o.Claims) {
				s.enter(cl, func(a *link.Actor) bool {
					return isDocument(a) || !named || slices.Contains(site.Columns, a)
				})
			}
			for _, p := range s.Positions {
				p.settle()
				switch {
				case isDocument(p.Party) && !slices.Contains(c.Parties, p.Party):
					if !slices.Contains(c.Documents, p.Party) {
						c.Documents = append(c.Documents, p.Party)
					}
				case !named && !slices.Contains(c.Parties, p.Party):
					c.Parties = append(c.Parties, p.Party)
				}
			}
			for _, p := range s.Others {
				p.settle()
				c.Others = true
			}
		}
	}
	if !named {
		slices.SortFunc(c.Parties, byName)
	}
	slices.SortFunc(c.Documents, byName)
	for _, s := range c.Options {
		s.Rule = c.rule(s)
	}
	return c
}

func isDocument(a *link.Actor) bool { return a.Record.Type == record.Document }

func byName(a, b *link.Actor) int {
	return cmp.Or(strings.Compare(a.Key, b.Key), strings.Compare(a.ID, b.ID))
}

// counted returns the claims that count, oldest first.
func counted(claims []*link.Claim) []*link.Claim {
	list := slices.DeleteFunc(slices.Clone(claims), func(c *link.Claim) bool { return !c.Counts() })
	slices.SortStableFunc(list, bySaid)
	return list
}

// bySaid orders claims by the day on which they were said, then by the day on
// which they were published, then by source and place in it.
func bySaid(a, b *link.Claim) int {
	if c := record.Compare(a.Said, b.Said); c != 0 {
		return c
	}
	// Sources are in the order of their dates, then of their ids.
	return cmp.Or(cmp.Compare(a.Source.Index(), b.Source.Index()), cmp.Compare(a.Index(), b.Index()))
}

func newestFirst(a, b *link.Claim) int { return bySaid(b, a) }

func (s *Standing) enter(c *link.Claim, column func(*link.Actor) bool) {
	if c.Party != nil && column(c.Party) {
		p := s.Positions[c.Party]
		if p == nil {
			p = &Position{Party: c.Party, Holder: c.Party.Name.Value}
			s.Positions[c.Party] = p
		}
		p.Claims = append(p.Claims, c)
		return
	}
	who := c.Claim.Holder.Description
	switch {
	case c.Party != nil:
		who = c.Party.Name.Value
	case c.ByArticle:
		who = "the article itself"
	}
	for _, p := range s.Others {
		// "The article itself" is another holder in every article.
		if p.Holder == who && p.Party == c.Party && (!c.ByArticle || p.Claims[0].Source == c.Source) {
			p.Claims = append(p.Claims, c)
			return
		}
	}
	s.Others = append(s.Others, &Position{Party: c.Party, Holder: who, Claims: []*link.Claim{c}})
}

// settle works out the position from its claims, which are oldest first.
func (p *Position) settle() {
	last := p.Latest()
	day := last.Said.Earliest()
	// The latest day's claims must agree; where they do not, saying either
	// of them would take a side. One that is unclear contradicts nothing.
	p.Stance = record.Unclear
	for _, c := range p.Claims {
		if c.Said.Earliest() == day && c.Stance != record.Unclear {
			p.Mixed = p.Mixed || p.Stance != record.Unclear && p.Stance != c.Stance
			p.Stance = c.Stance
		}
		if slices.ContainsFunc(c.DeniedBy, (*link.Claim).Counts) || slices.ContainsFunc(c.DisputedBy, (*link.Claim).Counts) {
			p.Disputed = true
		}
	}
	p.Since = last.Said
	for _, c := range slices.Backward(p.Claims) {
		if c.Stance == record.Unclear && c.Said.Earliest() == day {
			continue
		}
		if c.Stance != p.Stance {
			if !p.Mixed {
				p.From = c.Stance
			}
			break
		}
		if c.Said.Earliest() != day || c.Act == "reiterates" {
			p.Restated = true
		}
		p.Since = c.Said
	}
	if p.Mixed {
		p.Since, p.Restated = last.Said, false
	}
}

// At returns the position as it stood at the end of a day, or nil.
func (p *Position) At(day record.Day) *Position {
	if p == nil {
		return nil
	}
	var claims []*link.Claim
	for _, c := range p.Claims {
		if c.Said.Earliest() <= day {
			claims = append(claims, c)
		}
	}
	if claims == nil {
		return nil
	}
	then := &Position{Party: p.Party, Holder: p.Holder, Claims: claims}
	then.settle()
	return then
}

// stance returns how the position is shown; a nil one is silence.
func (p *Position) stance() Stance {
	if p == nil {
		return Stance{}
	}
	if p.Mixed {
		return Stance{Code: "mixed", Word: "Accounts differ", Sign: "≠"}
	}
	return stanceOf(p.Stance)
}

func stanceOf(s record.Stance) Stance {
	switch s {
	case record.For:
		return Stance{string(s), "For", "+"}
	case record.ForIf:
		return Stance{string(s), "For, if", "±"}
	case record.Open:
		return Stance{string(s), "Open", "○"}
	case record.Against:
		return Stance{string(s), "Against", "−"}
	case record.Unclear:
		return Stance{string(s), "Unclear", "?"}
	}
	return Stance{}
}
