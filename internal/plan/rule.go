package plan

import (
	"strings"

	"readout/internal/link"
	"readout/internal/record"
)

// rule says where the parties stand on an option together. Only parties
// count, never documents or others; there is no percentage, since the parties
// are too few and too unequal to be counted against each other. The first of
// these that holds is the rule:
//
//	opposed      one is for, or for on a condition, and another against
//	rejected     every party has spoken, and all are against
//	agreed       every party has spoken, and all are for
//	conditional  nobody is against, and somebody is for on a condition
//	silent       somebody has made no statement in the sources
//	unsettled    all have spoken, and some are open, unclear or of two voices
func (c *Comparison) rule(s *Standing) Rule {
	groups := map[string][]string{}
	for _, a := range c.Parties {
		code := s.Positions[a].stance().Code
		if code == "" {
			code = "silent"
		}
		groups[code] = append(groups[code], a.Name.Value)
	}
	n := func(codes ...string) (n int) {
		for _, code := range codes {
			n += len(groups[code])
		}
		return n
	}
	r := Rule{Detail: detail(groups)}
	switch all := len(c.Parties); {
	case all == n("silent"):
		r.Code, r.Word = "silent", "No party has spoken"
	case n("for", "for-if") > 0 && n("against") > 0:
		r.Code, r.Word = "opposed", "Opposed"
	case n("against") == all:
		r.Code, r.Word = "rejected", "All against"
	case n("for") == all:
		r.Code, r.Word = "agreed", "All for"
	case n("for-if") > 0:
		r.Code, r.Word = "conditional", "Conditional"
	case n("silent") > 0:
		r.Code, r.Word = "silent", "Someone silent"
	default:
		r.Code, r.Word = "unsettled", "Unsettled"
	}
	return r
}

// detail says who is where, in the order of the stances.
func detail(groups map[string][]string) string {
	var parts []string
	for _, g := range [...]struct{ code, words string }{
		{"for", "for"},
		{"for-if", "for on a condition"},
		{"open", "open"},
		{"against", "against"},
		{"unclear", "unclear"},
		{"mixed", "accounts differ"},
		{"silent", "no statement in our sources"},
	} {
		if names := groups[g.code]; len(names) > 0 {
			parts = append(parts, list(names)+": "+g.words)
		}
	}
	return strings.Join(parts, "; ")
}

// list joins names as a sentence does: "A, B and C".
func list(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// conflicts returns the pairs of claims that cannot both be right: those that
// an editor marked, and those of one party, on one option, of one day, that
// differ in stance. It returns the first of them, up to a number.
func conflicts(claims []*link.Claim, most int) []conflict {
	var pairs []conflict
	type spoken struct {
		option *link.Option
		party  *link.Actor
		day    record.Day
	}
	before := map[spoken][]*link.Claim{}
	for _, a := range claims {
		if len(pairs) >= most {
			return pairs[:most]
		}
		for _, b := range a.Denies {
			if a.Counts() && b.Counts() {
				pairs = append(pairs, conflict{"denies", a, b})
			}
		}
		for _, b := range a.Disputes {
			if a.Counts() && b.Counts() {
				pairs = append(pairs, conflict{"disputes", a, b})
			}
		}
		if a.Option == nil || a.Party == nil || !a.Counts() {
			continue
		}
		when := spoken{a.Option, a.Party, a.Said.Earliest()}
		for _, b := range before[when] {
			if a.Stance != b.Stance && len(pairs) < most {
				pairs = append(pairs, conflict{"differs from", a, b})
			}
		}
		before[when] = append(before[when], a)
	}
	return pairs
}

// mostConflicts is how many conflicts a page shows.
const mostConflicts = 40

type conflict struct {
	word string
	a, b *link.Claim
}

func sameDay(a, b record.Date) bool { return a.Earliest() == b.Earliest() }
