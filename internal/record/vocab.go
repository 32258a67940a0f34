package record

import (
	"slices"
	"strings"

	"readout/internal/diag"
)

// Stance is how a claim's holder stands to an option.
type Stance string

// The stances.
const (
	For     Stance = "for"
	ForIf   Stance = "for-if" // for, on a condition that the claim states
	Open    Stance = "open"   // would consider it
	Against Stance = "against"
	Unclear Stance = "unclear" // spoke of it without a position that can be read
)

// Stances lists the stances in the order in which the site shows them.
var Stances = []Stance{For, ForIf, Open, Against, Unclear}

// Act is what the holder did by saying it.
type Act string

// Acts lists the valid acts.
var Acts = []Act{"demands", "proposes", "accepts", "rejects", "reiterates", "denies", "signals"}

// Stage is how far a meeting has come.
type Stage string

// The stages of a meeting.
const (
	Mooted    Stage = "mooted"
	Planned   Stage = "planned"
	Held      Stage = "held"
	Postponed Stage = "postponed"
	Cancelled Stage = "cancelled"
)

// Stages lists the valid stages.
var Stages = []Stage{Mooted, Planned, Held, Postponed, Cancelled}

// Certainty is how sure a statement about a meeting is.
type Certainty string

// Certainties lists the valid certainties.
var Certainties = []Certainty{"reported", "confirmed", "disputed", "expected"}

// ActorType is what sort of actor a record describes.
type ActorType string

// The types of actors.
const (
	Person       ActorType = "person"
	Organisation ActorType = "organisation"
	State        ActorType = "state"
	Delegation   ActorType = "delegation"
	Document     ActorType = "document"
)

// ActorTypes lists the valid types, in the order in which the site lists them.
var ActorTypes = []ActorType{State, Delegation, Organisation, Person, Document}

// Genre is what sort of text a source is.
type Genre string

// Genres lists the valid genres.
var Genres = []Genre{"report", "readout", "statement", "document", "analysis"}

// Rights says how much of a source's text may be published.
type Rights string

// The rights.
const (
	Excerpts Rights = "excerpts" // only quoted passages
	Full     Rights = "full"     // the whole text
)

// oneOf returns the valid word that t is, or reports it with the nearest.
func oneOf[W ~string](p *parser, what string, t Text, valid []W) W {
	if t.Value == "" {
		return ""
	}
	if w := W(t.Value); slices.Contains(valid, w) {
		return w
	}
	unknownWord(&p.diags, t.Span, what, t.Value, valid)
	return ""
}

func unknownWord[W ~string](l *diag.List, at diag.Span, what, word string, valid []W) {
	words := make([]string, len(valid))
	for i, w := range valid {
		words[i] = string(w)
	}
	d := l.Errorf(at, "value/unknown-word", "unknown %s %q", what, word)
	if near := diag.Nearest(word, words); len(near) > 0 {
		d.Note("did you mean %s?", strings.Join(near, " or "))
	}
	d.Note("the valid words are %s", strings.Join(words, ", "))
}
