package quote

// A Damage is a place of a text that looks mis-decoded.
type Damage struct {
	Start, End int // byte offsets in the raw text
	Paragraph  int // from 1
	Found      string
	Repair     *Repair // to declare, or nil where it takes a human to tell
}

// Damage returns the places of the text that look mis-decoded.
func (t *Text) Damage() []Damage { return t.damage() }

func findDamage(t *Text) []Damage { return nil }
