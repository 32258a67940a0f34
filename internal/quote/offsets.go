package quote

import "sort"

// An edit says that the bytes [to, toEnd) of a derived text stand for the
// bytes [from, fromEnd) of the text it was derived from, as a whole: no
// offset strictly inside has a counterpart. Either side may be empty.
type edit struct{ from, fromEnd, to, toEnd int32 }

// Offsets map a derived text back to the text it was derived from. Between
// two edits the texts have the same length, byte for byte; a prose text has
// an edit for every thirty words or so, which is why this is a list of edits
// and not an offset for every byte. Edits are in order and do not overlap.
type offsets []edit

// before returns the number of edits that begin at or before the byte p of
// the derived text.
func (o offsets) before(p int) int {
	return sort.Search(len(o), func(i int) bool { return int(o[i].to) > p })
}

// start returns where the byte at p of the derived text comes from: the first
// byte that it stands for.
func (o offsets) start(p int) int {
	i := o.before(p)
	if i == 0 {
		return p
	}
	e := o[i-1]
	if p < int(e.toEnd) {
		return int(e.from)
	}
	return int(e.fromEnd) + p - int(e.toEnd)
}

// end returns where the bytes before p of the derived text end: just after
// the last byte that the byte at p-1 stands for.
func (o offsets) end(p int) int {
	if p == 0 {
		return 0
	}
	i := o.before(p - 1)
	if i == 0 {
		return p
	}
	e := o[i-1]
	if p-1 < int(e.toEnd) {
		return int(e.fromEnd)
	}
	return int(e.fromEnd) + p - int(e.toEnd)
}

// whole reports whether p is an edge, not an offset inside an edit such as
// the "f|i" that stands for a ligature.
func (o offsets) whole(p int) bool {
	i := o.before(p)
	return i == 0 || p <= int(o[i-1].to) || p >= int(o[i-1].toEnd)
}

// derived returns the first offset of a derived text of n bytes whose byte
// comes from at or after from.
func (o offsets) derived(from, n int) int {
	return sort.Search(n, func(p int) bool { return o.start(p) >= from })
}
