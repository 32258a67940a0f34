package quote

import (
	"readout/internal/diag"
)

// FoldVersion is the version of the folding. Digests of folded quotations are
// comparable only within one version.
const FoldVersion = 1

// A Kind says how a quotation stands in its source.
type Kind uint8

const (
	Exact     Kind = iota // byte for byte
	Folded                // in one run, once both sides are folded
	Elided                // in pieces, parted by elisions or the editor's insertions
	Ambiguous             // in several places
	Absent                // nowhere
)

var kindNames = [...]string{"exact", "folded", "elided", "ambiguous", "absent"}

func (k Kind) String() string { return kindNames[k] }

// MarshalText returns the kind's name, for JSON.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Proved reports whether a quotation of this kind may be published.
func (k Kind) Proved() bool { return k < Ambiguous }

// Options are what an editor said beside the quotation, and the limits of the
// site.
type Options struct {
	After, Before string // words that pick one of several places
	Long          bool   // there is a reason for the length

	// The words from which on a quotation is an error or a warning; 0 for 60
	// and 40.
	MaxWords, WarnWords int
}

// A Result is what is known of a quotation.
type Result struct {
	Kind Kind

	// The passage: byte offsets in the raw source, and the numbers of the
	// paragraphs that it begins and ends in, from 1. Of an ambiguous
	// quotation it is the first place; of an absent one -1 and 0.
	Start, End              int
	Paragraph, ParagraphEnd int

	Places  []Place  // all places, where there are several, though After or Before settled it
	Spans   []Span   // what of the source is quoted, in order
	Parts   []Part   // the quotation cut up
	Notes   []Note   // in the order in which they matter
	Nearest *Nearest // of an absent quotation, where anything is near
}

// A Span is a range of bytes in the raw source.
type Span struct{ Start, End int }

// A Place is one of several places of a quotation.
type Place struct {
	Start, End int // byte offsets in the raw source
	Paragraph  int // from 1
	Context    string
}

// A Part is a part of a quotation, as the editor wrote it.
type Part struct {
	Text string
	Kind PartKind
}

// A PartKind says whose words a part of a quotation is.
type PartKind uint8

const (
	Proved    PartKind = iota // the source's
	Insertion                 // the editor's, with the brackets
	Elision                   // nobody's: [...] or …
)

// A Note is something to tell of a quotation.
type Note struct {
	Severity diag.Severity
	Code     string // "quote/absent"
	Message  string // one line, lower case, no full stop
}
