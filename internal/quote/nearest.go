package quote

// A Nearest is the passage most like a quotation that is absent.
type Nearest struct {
	Text       string
	Paragraph  int
	Start, End int
	Similarity float64 // below 1
	Diff       []DiffWord
}

// An Op says which side has a word.
type Op uint8

const (
	Same    Op = iota // both
	Missing           // the source only
	Extra             // the quotation only
)

// A DiffWord is a word, or several, of a difference.
type DiffWord struct {
	Op   Op
	Text string
	Kind string // "number", "name", "negation" or ""
}

// Explain returns lines for people.
func (n *Nearest) Explain() []string { return nil }

type index struct{}

func newIndex(body []byte) *index { return nil }

func (t *Text) nearest(q string) *Nearest { return nil }
