package quote

import "bytes"

// A view is one folded form of a text, in one case, to search in.
type view struct {
	body []byte
	src  []byte
	at   offsets
}

// A piece is a part of a quotation that was found in the source.
type piece struct {
	q    span // in the folded quotation
	src  span // in the view
	body span // in the body of the text
}

// maxPlaces is the most places of one quotation that are looked for. Beyond
// it a quotation such as "a" would take time in the square of the text.
const maxPlaces = 1000

// search returns the places of q in the view, as a whole and between words.
func (v *view) search(q []byte) []piece {
	var found []piece
	v.each(q, func(s int) bool {
		if p, ok := v.fits(s, q); ok {
			found = append(found, p)
		}
		return len(found) < maxPlaces
	})
	return found
}

// each calls yield with every offset of the view at which q stands, or might
// stand if its full stop is the first dot of "....".
func (v *view) each(q []byte, yield func(s int) bool) {
	if n := len(q) - 1; n > 0 && q[n] == '.' {
		q = q[:n]
	}
	for s := 0; ; s++ {
		k := bytes.Index(v.src[s:], q)
		if k < 0 {
			return
		}
		s += k
		if !yield(s) {
			return
		}
	}
}

// fits returns the piece q at the offset s of the view. It does not fit where
// a word of the source begins before it or ends after it.
func (v *view) fits(s int, q []byte) (piece, bool) {
	start, ok := v.startsWord(s)
	if !ok {
		return piece{}, false
	}
	end, bodyEnd, ok := v.reaches(s, q)
	return piece{src: span{s, end}, body: span{start, bodyEnd}}, ok
}

// startsWord returns where the byte at s of the view stands in the body, and
// whether a piece may begin there.
func (v *view) startsWord(s int) (start int, ok bool) {
	start = v.at.start(s)
	return start, v.at.whole(s) && !inside(v.body, start)
}

// reaches reports whether q stands at s and may end where it does.
//
// Four dots fold to an ellipsis as three do, so a sentence that they end has
// lost its full stop to it; a quotation may end with that full stop all the
// same. The piece then ends before the ellipsis.
func (v *view) reaches(s int, q []byte) (end, bodyEnd int, ok bool) {
	end = s + len(q)
	if bytes.HasPrefix(v.src[s:], q) {
		bodyEnd = v.at.end(end)
		return end, bodyEnd, v.at.whole(end) && !inside(v.body, bodyEnd)
	}
	end--
	if len(q) < 2 || q[len(q)-1] != '.' || !bytes.HasPrefix(v.src[s:], q[:len(q)-1]) || !bytes.HasPrefix(v.src[end:], ellipsis) {
		return 0, 0, false
	}
	from, to := v.at.start(end), v.at.end(end+len(ellipsis))
	dots := 0
	for _, r := range string(v.body[from:to]) {
		switch classify(r) {
		case dot1:
			dots++
		case dot3:
			dots += 3
		}
	}
	return end, from + 1, dots > 3 && v.body[from] == '.'
}
