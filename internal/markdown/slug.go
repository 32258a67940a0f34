package markdown

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Slugs are the heading ids given so far, and for each the last number that
// was put behind it.
type slugs map[string]int

// Make returns an id for a heading as GitHub makes them: lower case, spaces
// as hyphens, other marks dropped, and a number if it is taken. Accents are
// dropped too; letters of other scripts are kept.
func (ids slugs) make(heading string) string {
	var short [64]byte
	b := short[:0]
	for _, r := range heading {
		if r >= 0x80 {
			if base := norm.NFD.PropertiesString(string(r)).Decomposition(); len(base) > 0 && base[0] < 0x80 {
				r = rune(base[0])
			}
		}
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '-', r == '_':
			b = append(b, byte(r))
		case 'A' <= r && r <= 'Z':
			b = append(b, byte(r+'a'-'A'))
		case unicode.IsSpace(r):
			b = append(b, '-')
		case r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b = utf8.AppendRune(b, unicode.ToLower(r))
		}
	}
	id := string(bytes.Trim(b, "-"))
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
