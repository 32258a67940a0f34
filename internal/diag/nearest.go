package diag

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the candidates that a misspelt word may have meant, nearest
// first, three at the most. A candidate is near when at most a third of the
// longer word's characters differ (two of four at the least, six of many at the
// most), or when one of the two contains the other. Case is ignored. Equal distances are in
// alphabetical order.
func Nearest(word string, candidates []string) []string {
	return NewCandidates(candidates).Nearest(word)
}

// mostEdits bounds what is near for long words: titles of which seven letters
// differ are two titles.
const mostEdits = 6

// Candidates are words prepared for many searches: a folder of notes that are
// no briefing has thousands of names, and thousands of links that miss them.
type Candidates struct {
	list []candidate
	sets []letterSet // side by side, since they settle most pairs
	seen map[string][]string
}

type candidate struct {
	word, low string
	pairs     pairSet
	counts    histogram
}

// A letterSet is which letters a word has, and how many in all.
type letterSet struct {
	letters uint64
	length  int
}

// NewCandidates prepares words.
func NewCandidates(words []string) *Candidates {
	c := &Candidates{list: make([]candidate, len(words)), sets: make([]letterSet, len(words)), seen: map[string][]string{}}
	for i, w := range words {
		low := strings.ToLower(w)
		runes := []rune(low)
		c.list[i], c.sets[i] = candidate{w, low, pairsOf(runes), count(runes)}, letterSet{letters(low), len(runes)}
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

// A pairSet is which letters stand side by side in a word, as bits. An edit
// takes away two pairs at the most, and puts in two.
type pairSet [4]uint64

func pairsOf(word []rune) (set pairSet) {
	for i := 1; i < len(word); i++ {
		h := (uint32(word[i-1])*31 + uint32(word[i])) % 256
		set[h/64] |= 1 << (h % 64)
	}
	return set
}

// bound returns a lower bound of the distance of two words.
func (s *pairSet) bound(t *pairSet) int {
	more, less := 0, 0
	for i := range s {
		more += bits.OnesCount64(s[i] &^ t[i])
		less += bits.OnesCount64(t[i] &^ s[i])
	}
	return (max(more, less) + 1) / 2
}

// A histogram counts the letters of a word, those with equal last bits
// together.
type histogram [32]uint8

func count(word []rune) (h histogram) {
	for _, r := range word {
		if i := uint32(r) % uint32(len(h)); h[i] < 255 {
			h[i]++
		}
	}
	return h
}

// bound returns a lower bound of the distance of two words. An edit takes
// away one letter, puts one in, or does both; a count that is full bounds less.
func (h *histogram) bound(g *histogram) int {
	more, less := 0, 0
	for i := range h {
		if d := int(h[i]) - int(g[i]); d > 0 {
			more += d
		} else {
			less -= d
		}
	}
	return max(more, less)
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
	type match struct {
		word     string
		distance int
	}
	runes := []rune(low)
	n, set, pairs, counts := len(runes), letters(low), pairsOf(runes), count(runes)
	var found []match
	for i, other := range c.sets {
		m, more, less := other.length, bits.OnesCount64(set&^other.letters), bits.OnesCount64(other.letters&^set)
		limit := min(max(1, max(n, m)/3), mostEdits)
		if n >= 4 {
			limit = max(limit, 2) // two swapped letters are two edits
		}
		near := max(n-m, m-n, more, less) <= limit
		if !near && more > 0 && less > 0 {
			continue
		}
		x := &c.list[i]
		if near && pairs.bound(&x.pairs) <= limit && counts.bound(&x.counts) <= limit {
			if d := levenshtein.ComputeDistance(low, x.low); d <= limit {
				found = append(found, match{x.word, d})
				continue
			}
		}
		if n >= 4 && more == 0 && strings.Contains(x.low, low) ||
			m >= 4 && less == 0 && strings.Contains(low, x.low) {
			found = append(found, match{x.word, limit + max(n, m) - min(n, m)})
		}
	}
	slices.SortFunc(found, func(a, b match) int {
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
