package corpus

import "strings"

// Marks of links in prose: from, a sign ('[' for a link, '@' for a citation),
// the target, sep, the label, to.
const (
	from = '\x01'
	sep  = '\x02'
	to   = '\x03'
)

func mark(sign byte, target, label string) string {
	return string(from) + string(sign) + target + string(sep) + label + string(to)
}

// spell writes prose with its links as a form has them.
func spell(text string, link, cite func(target, label string) string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, string(from))
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		inner, after, _ := strings.Cut(rest, string(to))
		target, label, _ := strings.Cut(inner[1:], string(sep))
		if inner[0] == '@' {
			b.WriteString(cite(target, label))
		} else {
			b.WriteString(link(target, label))
		}
		text = after
	}
}
