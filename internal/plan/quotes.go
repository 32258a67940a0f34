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
	var proved []string
	for _, p := range parts {
		if t := strings.Join(strings.Fields(p.Text), " "); p.Kind == "" && t != "" {
			proved = append(proved, t)
		}
	}
	if len(proved) == 0 {
		return address
	}
	// A range from the first words to the last holds for elisions and spares
	// a long address.
	const few = 4
	first, last := strings.Fields(proved[0]), strings.Fields(proved[len(proved)-1])
	fragment := ""
	if len(proved) == 1 && len(first) <= 2*few {
		fragment = escapeFragment(proved[0])
	} else {
		fragment = escapeFragment(strings.Join(first[:min(few, len(first))], " ")) + "," +
			escapeFragment(strings.Join(last[max(0, len(last)-few):], " "))
	}
	base, _, _ := strings.Cut(address, "#")
	return base + "#:~:text=" + fragment
}

// A text directive takes commas, hyphens and ampersands for its own syntax.
var directive = strings.NewReplacer(",", "%2C", "-", "%2D", "&", "%26")

func escapeFragment(s string) string { return directive.Replace(url.PathEscape(s)) }
