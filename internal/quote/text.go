package quote

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
)

// A Text is a source text made ready for finding quotations. It is immutable
// and safe for concurrent use; what costs time is worked out when it is first
// asked for.
type Text struct {
	raw     []byte
	repairs []Repair
	body    []byte    // raw, with the repairs made
	layers  []offsets // from body back to raw, last repair first

	digest     func() string
	paragraphs func() []span // of the body
	sentences  func() []int  // where the sentences of the body begin
	literal    func() *face
	bare       func() *face // without the marks [ and ]; nil where there are none
	damage     func() []Damage
	index      func() *index // for the nearest passage
}

// A face is a folded form of a text with its lower case, which has the same
// offsets.
type face struct {
	form
	lower func() []byte
}

// NewText returns a text for the raw bytes of a source, which must not change
// afterwards. The repairs are made in order, each everywhere, before anything
// else is.
func NewText(raw []byte, repairs []Repair) *Text {
	t := &Text{raw: raw, repairs: repairs, body: raw}
	for _, r := range repairs {
		body, at := r.apply(t.body)
		if at != nil {
			t.body = body
			t.layers = append([]offsets{at}, t.layers...)
		}
	}
	t.digest = sync.OnceValue(func() string { return digest(raw) })
	t.paragraphs = sync.OnceValue(func() []span { return splitParagraphs(t.body) })
	t.sentences = sync.OnceValue(func() []int { return splitSentences(t.body, t.paragraphs()) })
	t.literal = sync.OnceValue(func() *face { return newFace(t.body, false) })
	t.bare = sync.OnceValue(func() *face {
		if !strings.ContainsAny(string(t.literal().b), "[]") {
			return t.literal()
		}
		return newFace(t.body, true)
	})
	t.damage = sync.OnceValue(func() []Damage { return findDamage(t) })
	t.index = sync.OnceValue(func() *index { return newIndex(t.body) })
	return t
}

func newFace(b []byte, bare bool) *face {
	f := fold(b, bare)
	return &face{f, sync.OnceValue(func() []byte { return lower(f.b) })}
}

// Digest returns the SHA-256 digest of the raw bytes, as "sha256:" and hex.
func (t *Text) Digest() string { return t.digest() }

// Digest returns a digest that is equal for quotations that fold alike, as
// "sha256:" and hex. Case counts, and so do the marks of brackets.
func Digest(quotation string) string { return digest(fold([]byte(quotation), false).b) }

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// rawStart and rawEnd turn an offset of the body into one of the raw bytes.
func (t *Text) rawStart(p int) int {
	for _, at := range t.layers {
		p = at.start(p)
	}
	return p
}

func (t *Text) rawEnd(p int) int {
	for _, at := range t.layers {
		p = at.end(p)
	}
	return p
}

// Paragraphs returns the paragraphs of the text; the first is paragraph 1.
func (t *Text) Paragraphs() []Paragraph {
	spans := t.paragraphs()
	paragraphs := make([]Paragraph, len(spans))
	for i, s := range spans {
		paragraphs[i] = Paragraph{t.rawStart(s.start), t.rawEnd(s.end), countWords(t.body[s.start:s.end])}
	}
	return paragraphs
}

// Words returns the number of words of the text.
func (t *Text) Words() int { return countWords(t.body) }

// Raw returns the text between two offsets of the raw bytes as one shows it:
// repairs made, white space collapsed.
func (t *Text) Raw(start, end int) string {
	return strings.Join(strings.Fields(repairString(string(t.raw[start:end]), t.repairs)), " ")
}
