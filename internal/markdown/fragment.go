package markdown

import (
	"strconv"
	"strings"

	"readout/internal/diag"
)

// A Fragment is rendered Markdown with holes where links and citations go.
type Fragment struct {
	HTML     string
	Holes    []Hole    // in the order of their places in HTML and Text
	Text     string    // without markup, one line for each paragraph, item or cell
	Headings []Heading // in order
}

// A Heading is a heading in a fragment.
type Heading struct {
	Level int // 2 to 6, as shown
	ID    string
	Text  string
}

// HoleKind says what goes into a hole.
type HoleKind uint8

const (
	Link HoleKind = iota // a link to a record
	Cite                 // a citation, of one source or of several
)

func (k HoleKind) String() string { return [...]string{"link", "cite"}[k] }

// A Hole is a place in a fragment for a link or a citation. A briefing has more
// holes than anything else, so a hole is small: what its fragment says, it
// does not say again.
type Hole struct {
	Kind   HoleKind
	IsPath bool // see Target
	Piped  bool // the link has a label of its own
	Span   Range

	// The sentence in which it stands, from byte to byte of Fragment.Text. Of
	// a Quotation this is left empty.
	Sentence Range

	At int // where it goes in Fragment.HTML

	// TextAt and TextLen are where it stands in Fragment.Text. For a link
	// that is its label, or its target as written if it has none. A citation
	// has no text; the space before it is left out of both text and HTML.
	TextAt, TextLen int

	// Of a link: what it points to, as written, with its white space
	// collapsed: an id, a name or an alias, or with IsPath a relative path
	// that ends in ".md", percent-decoded. The anchor is without its "#".
	Target, Anchor string
	Label          string // HTML without links; empty: use the target's name

	Cites []Citation // of a citation, at least one
}

// A Range is a range of bytes: of a hole's file, if it is its span.
type Range struct{ Start, End int32 }

// In returns the range as a span of a file.
func (r Range) In(f *diag.File) diag.Span { return f.Span(int(r.Start), int(r.End)) }

func rangeOf(start, end int) Range { return Range{int32(start), int32(end)} }

// A Citation names one source, of the several that a Cite hole may cite.
type Citation struct {
	Source  string // as written after the "@"
	Claim   string // after the "#", or empty
	Locator string // after the comma, or empty: "para. 8"
	Span    diag.Span
}

// Paragraphs returns the first and the last paragraph that a locator such as
// "para. 8", "paras. 8-9", "paragraph 8" or "¶ 8" names. A page is none.
func (c Citation) Paragraphs() (first, last int, ok bool) {
	i := strings.IndexAny(c.Locator, "0123456789")
	if i < 0 {
		return 0, 0, false
	}
	switch strings.TrimRight(strings.ToLower(c.Locator[:i]), ". \t\u00A0") {
	case "para", "paras", "par", "pars", "paragraph", "paragraphs", "¶", "¶¶":
	default:
		return 0, 0, false
	}
	a, b, isRange := strings.Cut(strings.ReplaceAll(c.Locator[i:], "–", "-"), "-")
	first, err := strconv.Atoi(strings.TrimSpace(a))
	if err != nil || first < 1 {
		return 0, 0, false
	}
	last = first
	if isRange {
		if last, err = strconv.Atoi(strings.TrimSpace(b)); err != nil || last < first {
			return 0, 0, false
		}
	}
	return first, last, true
}
