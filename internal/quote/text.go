package quote

import (
	"bytes"
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

	once struct {
		digest     lazy[string]
		paragraphs lazy[[]span]
		sentences  lazy[[]int]
		literal    lazy[*face]
		bare       lazy[*face]
		damage     lazy[[]Damage]
		index      lazy[*index]
	}
}

// A lazy is a value that is made when it is first asked for.
type lazy[T any] struct {
	once sync.Once
	v    T
}

func (l *lazy[T]) get(make func() T) T {
	l.once.Do(func() { l.v = make() })
	return l.v
}

// A face is a folded form of a text.
type face struct {
	form
	low lazy[[]byte]
}

// lower returns the lower case of the form, which has the same offsets.
func (f *face) lower() []byte { return f.low.get(func() []byte { return lower(f.b) }) }

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
	return t
}

// paragraphs returns the paragraphs of the body.
func (t *Text) paragraphs() []span {
	return t.once.paragraphs.get(func() []span { return splitParagraphs(t.body) })
}

// sentences returns where the sentences of the body begin.
func (t *Text) sentences() []int {
	return t.once.sentences.get(func() []int { return splitSentences(t.body, t.paragraphs()) })
}

// literal returns the body, folded.
func (t *Text) literal() *face {
	return t.once.literal.get(func() *face { return &face{form: fold(t.body, false)} })
}

// bare returns the same without the marks [ and ]. It is literal itself where
// there are none.
func (t *Text) bare() *face {
	return t.once.bare.get(func() *face {
		if b := t.literal().b; bytes.IndexByte(b, '[') < 0 && bytes.IndexByte(b, ']') < 0 {
			return t.literal()
		}
		return &face{form: fold(t.body, true)}
	})
}

// index returns the body's index for the nearest passage.
func (t *Text) index() *index {
	return t.once.index.get(func() *index { return newIndex(t.body) })
}

// Digest returns the SHA-256 digest of the raw bytes, as "sha256:" and hex.
func (t *Text) Digest() string {
	return t.once.digest.get(func() string { return digest(t.raw) })
}

// Digest returns a digest that is equal for quotations that fold alike, as
// "sha256:" and hex. Case counts, and so do the marks of brackets.
func Digest(quotation string) string { return digest(fold([]byte(quotation), false).b) }

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	text := make([]byte, 0, 80)
	return string(hex.AppendEncode(append(text, "sha256:"...), sum[:]))
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

// Fields returns how many parts of that white space parts.
func (t *Text) Fields(start, end int) int {
	n := 0
	for range strings.FieldsSeq(repairString(string(t.raw[start:end]), t.repairs)) {
		n++
	}
	return n
}
