package quote

import (
	"bytes"
	"slices"
)

// A gap is what a joint, or several side by side, stand for in the source.
type gap struct {
	words   int  // the most words, where there is no elision
	elision bool // any words, in one paragraph
	loose   bool // an elision by a bare ellipsis alone
	joint   int  // the last joint of the gap
}

// A state is what the rest of a match depends on after a piece was placed.
//
// The words since the last elision are a stretch. A stretch of under three
// words must stand in one sentence with the stretch before or after it.
type state struct {
	joint, end int   // the joint that comes next; where the piece ended
	words      uint8 // of the stretch; 3 stands for more
	sole       bool  // no stretch came before
	within     bool  // the stretch stands in one sentence,
	linked     bool  // and in that in which the stretch before ended
	waiting    bool  // the stretch before was short and not linked
}

// lonely reports whether the stretch needs a neighbour after it.
func (st state) lonely() bool { return st.words < 3 && !st.linked }

// A placing is a chain of pieces, from one on to the end of the quotation.
type placing struct {
	piece piece
	joint int // the joint after the piece
	next  *placing
	end   int // where the last piece ends, in the view
}

// An outcome is the best way on from a state: none, an empty one at the end of
// the quotation, or a chain.
type outcome struct {
	next *placing
	ok   bool
}

// Limits of a search with gaps. Beyond them a quotation is refused; an
// honest one stays a thousand times below. The steps are those of all that
// one call of [Text.Find] tries, about a second's worth.
const (
	maxJoints = 60
	maxSteps  = 1 << 20
)

// A strictness says which rules hold. All do when a quotation is proved; some
// are let go to explain why one was not.
type strictness struct {
	anyParagraph bool // an elision may cross paragraphs
	anyLength    bool // a bracket may stand for any number of words
	anySentence  bool // short pieces need no neighbour
	overBracket  bool // a bracket may stand for one of the source
	overEllipsis bool // a bare ellipsis may leave out one of the source
}

// maxInserted is the most words of the source that one bracket stands for.
const maxInserted = 8

// A weaver finds a quotation with joints in a view.
type weaver struct {
	view
	t      *Text
	q      []byte // the folded quotation, in the case of the view
	joints []joint
	rules  strictness

	parted bool          // some joint is an elision, so that stretches count
	starts map[int][]int // where the piece after a joint may begin
	known  map[state]outcome
	steps  *int
}

func (w *weaver) spend(steps int) { *w.steps += steps }
func (w *weaver) spent() bool     { return *w.steps > maxSteps }

// weave returns the places of the quotation, and whether it gave up.
func (w *weaver) weave() (found []*placing, gaveUp bool) {
	if !w.possible() {
		return nil, false
	}
	w.starts = map[int][]int{}
	w.known = map[state]outcome{}
	w.parted = slices.ContainsFunc(w.joints, func(j joint) bool { return j.kind == Elision })
	g := gap{joint: -1}
	found = w.first(g)
	// With a joint at its head the quotation may begin after it.
	for j := 0; len(found) == 0 && j < len(w.joints) && w.blank(g, j); j++ {
		g = w.widen(g, j)
		found = w.first(g)
	}
	return shortest(found), w.spent()
}

// possible reports whether what stands between two joints is in the source at
// all, wherever that may be. It spares most absent quotations the rest.
func (w *weaver) possible() bool {
	for j := -1; j < len(w.joints); j++ {
		a, b := w.qStart(j), w.qEnd(j+1)
		if a >= b {
			continue
		}
		w.spend(len(w.src) / 256)
		if q := bytes.TrimSuffix(w.q[a:b], []byte(".")); !bytes.Contains(w.src, q) {
			return false
		}
	}
	return true
}

// shortest drops every place that holds another one.
func shortest(found []*placing) []*placing {
	slices.SortFunc(found, func(a, b *placing) int { return b.piece.src.start - a.piece.src.start })
	kept := found[:0]
	for _, p := range found {
		if len(kept) == 0 || p.end < kept[len(kept)-1].end {
			kept = append(kept, p)
		}
	}
	slices.Reverse(kept)
	return kept
}

// first returns a chain for every place where the first piece may stand.
func (w *weaver) first(g gap) []*placing {
	var found []*placing
	for _, s := range w.pieceStarts(g.joint) {
		if g.joint >= 0 && !g.elision && !w.rules.overBracket && lastVisible(w.body[:w.at.start(s)]) == ']' {
			continue
		}
		if p := w.place(s, g, state{sole: true, end: -1}); p != nil {
			found = append(found, p)
		}
		if w.spent() || len(found) >= maxPlaces {
			break
		}
	}
	return found
}

// qStart returns where the piece after joint j begins in the quotation.
func (w *weaver) qStart(j int) int {
	a := 0
	if j >= 0 {
		a = w.joints[j].at.end
	}
	for a < len(w.q) && w.q[a] == ' ' {
		a++
	}
	return a
}

// qEnd returns where the piece before joint j ends in the quotation.
func (w *weaver) qEnd(j int) int {
	b := len(w.q)
	if j < len(w.joints) {
		b = w.joints[j].at.start
	}
	for b > 0 && w.q[b-1] == ' ' {
		b--
	}
	return b
}

// blank reports whether nothing stands between the gap and the joint j, which
// may be the end of the quotation.
func (w *weaver) blank(g gap, j int) bool { return w.qEnd(j) <= w.qStart(g.joint) }

// widen returns the gap g with the joint j added.
func (w *weaver) widen(g gap, j int) gap {
	k := w.joints[j]
	if k.kind == Insertion {
		g.words += maxInserted
	} else {
		g.loose = k.loose && (g.loose || !g.elision)
		g.elision = true
	}
	g.joint = j
	return g
}

// pieceStarts returns the offsets of the view at which the piece after joint
// j may begin, in order.
func (w *weaver) pieceStarts(j int) []int {
	if known, ok := w.starts[j]; ok {
		return known
	}
	var starts []int
	a, m := w.qStart(j), j+1
	for m < len(w.joints) && w.qEnd(m) <= a {
		m++
	}
	if b := w.qEnd(m); a < b {
		w.spend(len(w.src) / 256)
		w.each(w.q[a:b], func(s int) bool {
			w.spend(1 + (b-a)/64)
			if _, ok := w.startsWord(s); ok {
				starts = append(starts, s)
			}
			return !w.spent()
		})
	}
	w.starts[j] = starts
	return starts
}

// place puts the piece after the gap g at s, as far as it reaches with this
// or that joint read literally, and returns the chain that ends soonest.
func (w *weaver) place(s int, g gap, before state) *placing {
	var best *placing
	start := w.at.start(s)
	a := w.qStart(g.joint)
	for m := g.joint + 1; m <= len(w.joints); m++ {
		b := w.qEnd(m)
		if b <= a {
			continue
		}
		if w.spend(1 + (b-a)/64); w.spent() {
			break
		}
		end, bodyEnd, ok := w.reaches(s, w.q[a:b])
		if !ok {
			if !bytes.HasPrefix(w.src[s:], w.q[a:b]) {
				break
			}
			continue
		}
		p := piece{span{a, b}, span{s, end}, span{start, bodyEnd}}
		st, ok := w.follow(p, g, before)
		if !ok {
			continue
		}
		st.joint = m
		rest := w.rest(st)
		if !rest.ok {
			continue
		}
		chain := &placing{p, m, rest.next, end}
		if rest.next != nil {
			chain.end = rest.next.end
		}
		if best == nil || chain.end <= best.end {
			best = chain
		}
	}
	return best
}

// follow returns the state after the piece p, which stands behind the gap g.
func (w *weaver) follow(p piece, g gap, before state) (state, bool) {
	after := state{end: p.src.end}
	if !w.parted {
		return after, true
	}
	last := -1
	if before.end >= 0 {
		last = w.t.sentenceOf(w.at.end(before.end) - 1)
	}
	from, to := w.t.sentenceOf(p.body.start), w.t.sentenceOf(p.body.end-1)
	words := countWords(w.body[p.body.start:p.body.end])
	if before.end < 0 || g.elision {
		after.words = uint8(min(words, 3))
		after.sole = before.end < 0
		after.within = from == to
		after.linked = to == last
		return after, !before.waiting || from == last
	}
	after.words = uint8(min(words+int(before.words), 3))
	after.sole = before.sole
	after.within = before.within && to == last
	after.linked = before.linked && to == last
	return after, true
}

// finished reports whether the quotation may end in the state st.
func (w *weaver) finished(st state) bool {
	return !w.parted || w.rules.anySentence || st.sole || !st.lonely()
}

// rest returns the best way on from a state.
func (w *weaver) rest(st state) outcome {
	if st.joint == len(w.joints) {
		return outcome{ok: w.finished(st)}
	}
	if known, ok := w.known[st]; ok {
		return known
	}
	o := w.cross(st)
	w.known[st] = o
	return o
}

// cross tries every gap that begins with the joint after the state st.
func (w *weaver) cross(st state) outcome {
	var best *placing
	g := gap{joint: st.joint - 1}
	for j := st.joint; ; j++ {
		g = w.widen(g, j)
		if j+1 == len(w.joints) && w.blank(g, j+1) {
			return outcome{ok: w.finished(st) && (g.elision || w.rules.overBracket || firstVisible(w.body[w.at.end(st.end):]) != '[')}
		}
		if p := w.leap(st, g); p != nil && (best == nil || p.end < best.end) {
			best = p
		}
		if j+1 == len(w.joints) || !w.blank(g, j+1) {
			return outcome{best, best != nil}
		}
	}
}

// leap returns the best chain behind the gap g.
func (w *weaver) leap(st state, g gap) *placing {
	if g.elision && w.parted && !w.rules.anySentence {
		if st.waiting = st.lonely(); st.waiting && !st.within {
			return nil
		}
	}
	from := w.at.end(st.end)
	limit := len(w.body)
	if !w.rules.anyParagraph {
		paragraphs := w.t.paragraphs()
		limit = paragraphs[max(0, find(paragraphs, from-1))].end
	}
	starts := w.pieceStarts(g.joint)
	k, _ := slices.BinarySearch(starts, st.end)
	var best *placing
	for _, s := range starts[k:] {
		if w.spend(1); w.spent() || best != nil && s >= best.end {
			break
		}
		to := w.at.start(s)
		if to >= limit {
			break
		}
		if !g.elision {
			over := w.body[from:to]
			w.spend(len(over) / 64)
			if !w.rules.anyLength && countWords(over) > g.words || !w.rules.overBracket && bytes.ContainsAny(over, "[]") {
				break
			}
		} else if g.loose && !w.rules.overEllipsis && s-st.end != len(ellipsis) && bytes.Contains(w.src[st.end:s], ellipsis) {
			break
		}
		if p := w.place(s, g, st); p != nil && (best == nil || p.end < best.end) {
			best = p
		}
	}
	return best
}

func firstVisible(b []byte) rune {
	for p := 0; ; {
		r, end := after(b, p)
		if r < 0 || classify(r) != space {
			return r
		}
		p = end
	}
}

func lastVisible(b []byte) rune {
	for p := len(b); ; {
		r, start := before(b, p)
		if r < 0 || classify(r) != space {
			return r
		}
		p = start
	}
}
