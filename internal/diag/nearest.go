package diag

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the candidates that a misspelt word may have meant, nearest
// first, three at the most. A candidate is near when at most a third of the
// longer word's characters differ (two of four at the least), or when one of
// the two contains the other. Case is ignored. Equal distances are in
// alphabetical order.
func Nearest(word string, candidates []string) []string {
	return NewCandidates(candidates).Nearest(word)
}

// Candidates are words prepared for many searches: a folder of notes that are
// no briefing has thousands of names, and thousands of links that miss them.
type Candidates struct {
	list []candidate
	seen map[string][]string
}

type candidate struct {
	word, low string
	length    int
	letters   uint64
}

// NewCandidates prepares words.
func NewCandidates(words []string) *Candidates {
	c := &Candidates{list: make([]candidate, len(words)), seen: map[string][]string{}}
	for i, w := range words {
		low := strings.ToLower(w)
		c.list[i] = candidate{w, low, utf8.RuneCountInString(low), letters(low)}
	}
	return c
}

// letters returns which letters a word has, as bits. An edit changes one
// letter, so that of two words at distance d each has at most d bits that the
// other has not: a bound that costs nothing and decides most pairs.
func letters(s string) (set uint64) {
	for _, r := range s {
		set |= 1 << (uint32(r) % 64)
	}
	return set
}

// Nearest is the function of the same name. It is not safe for concurrent use.
func (c *Candidates) Nearest(word string) []string {
	low := strings.ToLower(strings.TrimSpace(word))
	if low == "" {
		return nil
	}
	words, ok := c.seen[low]
	if !ok {
		words = c.nearest(low)
		c.seen[low] = words
	}
	return words
}

func (c *Candidates) nearest(low string) []string {
	type near struct {
		word     string
		distance int
	}
	n, set := utf8.RuneCountInString(low), letters(low)
	var found []near
	for _, x := range c.list {
		m := x.length
		limit := max(1, max(n, m)/3)
		if n >= 4 {
			limit = max(limit, 2) // two swapped letters are two edits
		}
		bound := max(n-m, m-n, bits.OnesCount64(set&^x.letters), bits.OnesCount64(x.letters&^set))
		if bound <= limit {
			if d := levenshtein.ComputeDistance(low, x.low); d <= limit {
				found = append(found, near{x.word, d})
				continue
			}
		}
		if n >= 4 && set&^x.letters == 0 && strings.Contains(x.low, low) ||
			m >= 4 && x.letters&^set == 0 && strings.Contains(low, x.low) {
			found = append(found, near{x.word, limit + max(n, m) - min(n, m)})
		}
	}
	slices.SortFunc(found, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), strings.Compare(a.word, b.word))
	})
	var words []string
	for _, f := range found {
		if len(words) < 3 && !slices.Contains(words, f.word) {
			words = append(words, f.word)
		}
	}
	return words
}

// DidYouMean adds a note that names the nearest candidates, where there are
// any, and otherwise lists all of them if they are few. It returns d.
func (d *Diagnostic) DidYouMean(word string, candidates []string) *Diagnostic {
	const few = 24
	if near := Nearest(word, candidates); len(near) > 0 {
		return d.Note("did you mean %s?", strings.Join(near, " or "))
	}
	if len(candidates) > 0 && len(candidates) <= few {
		return d.Note("expected one of: %s", strings.Join(candidates, ", "))
	}
	return d
}
