package diag

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the candidates that a misspelt word may have meant, nearest
// first, three at the most. A candidate is near when at most a third of the
// longer word's characters differ (two of four at the least), or when one of the two contains the other.
// Case is ignored. Equal distances are in alphabetical order.
func Nearest(word string, candidates []string) []string {
	type near struct {
		word     string
		distance int
	}
	low := strings.ToLower(strings.TrimSpace(word))
	if low == "" {
		return nil
	}
	n := utf8.RuneCountInString(low)
	var found []near
	for _, c := range candidates {
		lc := strings.ToLower(c)
		m := utf8.RuneCountInString(lc)
		limit := max(1, max(n, m)/3)
		if n >= 4 {
			limit = max(limit, 2) // two swapped letters are two edits
		}
		// The difference in length is a lower bound of the distance, and
		// cheap: with ten thousand names it decides most of them.
		if d := m - n; max(d, -d) <= limit {
			if d := levenshtein.ComputeDistance(low, lc); d <= limit {
				found = append(found, near{c, d})
				continue
			}
		}
		if n >= 4 && strings.Contains(lc, low) || m >= 4 && strings.Contains(low, lc) {
			found = append(found, near{c, limit + max(n, m) - min(n, m)})
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
