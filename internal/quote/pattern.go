package quote

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// A joint is a place of a quotation where its words may leave those of the
// source: an elision, a bracket, or an ellipsis that may be the source's own.
type joint struct {
	raw   span     // in the quotation, with its marks
	at    span     // in the folded quotation: what it says if it is read literally
	kind  PartKind // Insertion or Elision
	loose bool     // an elision without square brackets, taken for one as a last resort
}

// A pattern is a quotation made ready for matching.
type pattern struct {
	q        string
	src      []byte // the same
	count    int    // its words
	literal  []byte // folded
	bare     []byte // folded, without the marks [ and ]
	brackets []span // what stands in brackets, in bare
	held     []span // the same, in folded
	joints   []joint
	// folded is bare with a NUL, which no text has, in the place of each
	// [...]; joints are offsets in it.
	folded []byte
	welded string // a bracket that is joined to a word and so no insertion: "negotiat[ed]"
	steps  *int   // spent on this quotation, see [maxSteps]
	marks  bool   // some bracket mark stands in the quotation
}

// newPattern cuts up a quotation.
func newPattern(q string, steps *int) *pattern {
	b := []byte(q)
	literal := fold(b, false)
	p := &pattern{q: q, src: b, count: countWords(b), steps: steps, literal: literal.b}
	p.marks = bytes.IndexByte(p.literal, '[') >= 0 || bytes.IndexByte(p.literal, ']') >= 0
	if !p.marks {
		p.bare = p.literal
		p.segment(0, literal, nil)
		return p
	}
	bare := fold(b, true)
	p.bare = bare.b
	pairs := bracketPairs(b)
	for _, s := range pairs {
		p.brackets = append(p.brackets, span{bare.at.derived(s.start, len(bare.b)), bare.at.derived(s.end, len(bare.b))})
	}
	start, first := 0, 0
	for i, s := range pairs {
		if !elision(b[s.start:s.end]) {
			continue
		}
		p.segment(start, fold(b[start:s.start], true), pairs[first:i])
		p.joints = append(p.joints, joint{raw: s, at: span{len(p.folded), len(p.folded) + 1}, kind: Elision})
		p.folded = append(p.folded, 0)
		start, first = s.end, i+1
	}
	p.segment(start, fold(b[start:], true), pairs[first:])
	return p
}

// segment adds the part of the quotation between two elisions, which begins at
// start and is folded without the marks of brackets, to the pattern, with its
// joints. The pairs are the brackets in it.
func (p *pattern) segment(start int, f form, pairs []span) {
	base := len(p.folded)
	p.folded = append(p.folded, f.b...)
	k := 0
	loose := func(until int) {
		for {
			i := bytes.Index(f.b[k:], ellipsis)
			if i < 0 || k+i >= until {
				return
			}
			s := span{k + i, k + i + len(ellipsis)}
			k = s.end
			if s.start > 0 && s.end < len(f.b) && (f.b[s.start-1] == '(' && f.b[s.end] == ')' || f.b[s.start-1] == '<' && f.b[s.end] == '>') {
				s = span{s.start - 1, s.end + 1}
			}
			p.joints = append(p.joints, joint{
				raw:   span{start + f.at.start(s.start), start + f.at.end(s.end)},
				at:    span{base + s.start, base + s.end},
				kind:  Elision,
				loose: true,
			})
		}
	}
	for _, s := range pairs {
		at := span{f.at.derived(s.start-start, len(f.b)), f.at.derived(s.end-start, len(f.b))}
		for at.end > at.start && f.b[at.end-1] == ' ' {
			at.end-- // the space after the bracket
		}
		p.held = append(p.held, span{base + at.start, base + at.end})
		loose(at.start)
		k = max(k, at.end)
		if welded(p.q, s) {
			if p.welded == "" {
				p.welded = p.q[s.start:s.end]
			}
			continue
		}
		p.joints = append(p.joints, joint{raw: s, at: span{base + at.start, base + at.end}, kind: Insertion})
	}
	loose(len(f.b))
}

var ellipsis = []byte("…")

// elision reports whether a bracket, with its marks, holds only an ellipsis.
func elision(b []byte) bool {
	if len(b) > 40 {
		return false
	}
	s := string(fold(b, false).b)
	return s == "[…]" || s == "[..]"
}

// bracketPairs returns the outermost pairs of square brackets, or the elisions
// in a pair that has any. A mark without its partner is no bracket.
func bracketPairs(b []byte) []span {
	type opening struct {
		at, pairs int
		elided    bool // it has an elision in it
	}
	var open []opening
	var pairs []span
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		switch r {
		case '[', 0xFF3B:
			open = append(open, opening{at: i, pairs: len(pairs)})
		case ']', 0xFF3D:
			n := len(open) - 1
			if n < 0 {
				break
			}
			o := open[n]
			open = open[:n]
			s := span{o.at, i + size}
			if !o.elided {
				pairs = append(pairs[:o.pairs], s)
			}
			if n > 0 && (o.elided || elision(b[s.start:s.end])) {
				open[n-1].elided = true
			}
		}
		i += size
	}
	return pairs
}

// welded reports whether a bracket is joined to a word beside it, so that it
// cannot stand for whole words.
func welded(q string, s span) bool {
	b := []byte(q)
	open, end := s.start, s.end
	_, n := utf8.DecodeRune(b[open:])
	_, m := utf8.DecodeLastRune(b[:end])
	first, _ := utf8.DecodeRune(b[open+n:])
	final, _ := utf8.DecodeLastRune(b[:end-m])
	if l, size := utf8.DecodeLastRune(b[:open]); size > 0 {
		ll, _ := utf8.DecodeLastRune(b[:open-size])
		if alnum(l) && (!alnum(first) || joined(l, first)) || alnum(ll) && binds(ll, l, first) {
			return true
		}
	}
	if r, size := utf8.DecodeRune(b[end:]); size > 0 {
		rr, _ := utf8.DecodeRune(b[end+size:])
		if alnum(r) && (!alnum(final) || joined(final, r)) || alnum(rr) && binds(final, r, rr) {
			return true
		}
	}
	return false
}

// words returns the number of words that are to be proved, whatever the source.
func (p *pattern) words() int {
	if !p.marks {
		return p.count
	}
	return WordCount(p.q)
}

// WordCount returns the number of words of a quotation that are to be proved:
// all but what stands in square brackets. A bracket that is joined to a word
// is part of it.
func WordCount(quotation string) int {
	if !strings.ContainsAny(quotation, "[]［］") {
		return countWords([]byte(quotation))
	}
	b := []byte(quotation)
	for _, s := range bracketPairs(b) {
		if !welded(quotation, s) {
			for i := s.start; i < s.end; i++ {
				b[i] = ' '
			}
		}
	}
	return countWords(b)
}
