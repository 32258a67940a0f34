package record

import (
	"cmp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// ShortID returns an id made of the first words of a name that say something:
// at most so many words and, after the first, so many letters. It is empty for
// a name that says nothing.
func ShortID(name string, maxWords, maxLetters int) string {
	var kept []string
	size := 0
	for w := range strings.SplitSeq(Slug(name), "-") {
		letters := utf8.RuneCountInString(w)
		if emptyWords()[w] || letters <= 1 {
			continue
		}
		size += letters + 1
		if len(kept) == maxWords || len(kept) > 0 && size > maxLetters {
			break
		}
		kept = append(kept, w)
	}
	return strings.Join(kept, "-")
}

// ProposeID returns an id for a new claim of this heading, which no other claim
// of the source has.
func (s *Source) ProposeID(heading string) string {
	id := cmp.Or(ShortID(heading, 4, 32), Slug(heading), "claim")
	taken := map[string]bool{}
	for _, c := range s.Claims {
		taken[c.ID] = true
	}
	free := id
	for n := 2; taken[free]; n++ {
		free = id + "-" + strconv.Itoa(n)
	}
	return free
}

// emptyWords are left out of short ids. Only commands that propose one need them.
var emptyWords = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`a an the of in on at to for and or but with by from as is are was were be been it its after before over into about
	his her their that this without
	der die das den dem des ein eine und in im am zu mit von für auf
	le la les un une des du de et en au aux à pour sur dans par
	el los las del y por para con una
	у в на з із за до та і й про від що
	и с со к о об от что по`) {
		m[w] = true
	}
	return m
})
