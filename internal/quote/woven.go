package quote

import (
	"bytes"
	"slices"
)

// woven finds a quotation in pieces: with its brackets, and if that fails with
// every bare ellipsis taken for an elision too, each first in its own case and
// then in any.
func (t *Text) woven(p *pattern, rules strictness) found {
	if len(p.joints) > maxJoints {
		return found{gaveUp: true}
	}
	tight := slices.DeleteFunc(slices.Clone(p.joints), func(j joint) bool { return j.loose })
	tries := [][]joint{tight}
	if len(tight) < len(p.joints) {
		tries = append(tries, p.joints)
	}
	src := t.bare()
	for _, joints := range tries {
		if len(joints) == 0 {
			continue
		}
		w := weaver{view: view{t.body, src.b, src.at}, t: t, q: p.folded, joints: joints, rules: rules, steps: p.steps}
		chains, gaveUp := w.weave()
		if len(chains) == 0 && !gaveUp {
			w.src, w.q = src.lower(), lower(p.folded)
			chains, gaveUp = w.weave()
		}
		if gaveUp {
			return found{gaveUp: true} // there may be more places
		}
		f := found{loose: len(joints) > len(tight)}
		for _, c := range chains {
			m := unchain(c, joints)
			if !rules.overBracket && t.moved(p, m) {
				continue
			}
			f.matches = append(f.matches, m)
			for _, k := range m.pieces {
				said, has := p.folded[k.q.start:k.q.end], src.b[k.src.start:k.src.end]
				f.recased = f.recased || recased(has, said, k.q.start, firstLetter(p.folded), p.held)
			}
		}
		if len(f.matches) > 0 {
			return f
		}
	}
	return found{}
}

// unchain returns the match of a chain of pieces, with the joints that none of
// them reads literally.
func unchain(c *placing, joints []joint) match {
	var m match
	at := 0
	for ; c != nil; c = c.next {
		for ; at < len(joints) && joints[at].at.end <= c.piece.q.start; at++ {
			m.gaps = append(m.gaps, joints[at])
		}
		m.pieces = append(m.pieces, c.piece)
		at = c.joint
	}
	m.gaps = append(m.gaps, joints[at:]...)
	return m
}

// moved reports whether an insertion has the words of a bracket which the
// source itself has in the same paragraphs: then that one was moved.
func (t *Text) moved(p *pattern, m match) bool {
	src := t.literal()
	if src == t.bare() {
		return false // the source has no brackets
	}
	s := m.span()
	first, last := t.paragraphOf(s.start), t.paragraphOf(s.end-1)
	for _, g := range m.gaps {
		if g.kind != Insertion {
			continue
		}
		words := lower(fold([]byte(p.q[g.raw.start:g.raw.end]), false).b)
		for k := 0; ; k++ {
			i := bytes.Index(src.lower()[k:], words)
			if i < 0 {
				break
			}
			k += i
			if n := t.paragraphOf(src.at.start(k)); n >= first && n <= last {
				return true
			}
		}
	}
	return false
}
