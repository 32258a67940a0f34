package plan

import (
	"net/url"
	"strconv"
	"strings"

	"readout/internal/verify"
)

func paragraphAnchor(n int) string { return "p" + strconv.Itoa(n) }

// parts returns the parts of a proved quotation, for display.
func parts(p verify.Proof) []Part {
	list := make([]Part, len(p.Parts))
	for i, x := range p.Parts {
		list[i] = Part{Kind: string(x.Kind), Text: x.Text}
	}
	return list
}

// textFragment returns an address that leads to the quoted words on the
// publisher's page, where the browser can find them.
// https://wicg.github.io/scroll-to-text-fragment/
func textFragment(address string, parts []Part) string {
	if address == "" {
		return ""
	}
	var first, last []string // words
	several := false
	for _, p := range parts {
		if words := strings.Fields(p.Text); p.Kind == "" && len(words) > 0 {
			if several = first != nil; !several {
				first = words
			}
			last = words
		}
	}
	if first == nil {
		return address
	}
	// A range from the first words to the last holds for elisions and spares
	// a long address.
	const few = 4
	base, _, _ := strings.Cut(address, "#")
	var b strings.Builder
	b.Grow(len(base) + 128)
	b.WriteString(base)
	b.WriteString("#:~:text=")
	if !several && len(first) <= 2*few {
		writeFragment(&b, first)
	} else {
		writeFragment(&b, first[:min(few, len(first))])
		b.WriteByte(',')
		writeFragment(&b, last[max(0, len(last)-few):])
	}
	return b.String()
}

// A text directive takes commas, hyphens and ampersands for its own syntax.
var directive = strings.NewReplacer(",", "%2C", "-", "%2D", "&", "%26")

func writeFragment(b *strings.Builder, words []string) {
	for i, w := range words {
		if i > 0 {
			b.WriteString("%20")
		}
		b.WriteString(directive.Replace(url.PathEscape(w)))
	}
}
