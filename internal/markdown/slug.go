package markdown

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Slugs are the heading ids given so far, and for each the last number that
// was put behind it.
type slugs map[string]int

// Make returns an id for a heading as GitHub makes them: lower case, spaces
// as hyphens, other marks dropped, and a number if it is taken. Accents are
// dropped too; letters of other scripts are kept.
func (ids slugs) make(heading string) string {
	var b strings.Builder
	for _, r := range heading {
		if r >= 0x80 {
			if base := norm.NFD.PropertiesString(string(r)).Decomposition(); len(base) > 0 && base[0] < 0x80 {
				r = rune(base[0])
			}
		}
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '-', r == '_':
			b.WriteRune(r)
		case 'A' <= r && r <= 'Z':
			b.WriteRune(r + 'a' - 'A')
		case unicode.IsSpace(r):
			b.WriteByte('-')
		case r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	id := strings.Trim(b.String(), "-")
	if id == "" {
		id = "section"
	}
	if strings.HasPrefix(id, "fn-") || strings.HasPrefix(id, "fnref-") {
		id = "section-" + id
	}
	n, taken := ids[id]
	if !taken {
		ids[id] = 0
		return id
	}
	for {
		n++
		next := id + "-" + strconv.Itoa(n)
		if _, taken := ids[next]; !taken {
			ids[id], ids[next] = n, 0
			return next
		}
	}
}
