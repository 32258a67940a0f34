package quote

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A form is a folded text with the way back to the text that was folded.
type form struct {
	b  []byte
	at offsets
}

// fold returns the folded form of src. In the bare form the marks [ and ] are
// dropped too. Folding is idempotent: fold(fold(x)) is fold(x).
func fold(src []byte, bare bool) form {
	f := folder{src: src, bare: bare, out: make([]byte, 0, len(src)), at: make(offsets, 0, len(src)/64)}
	for i := 0; i < len(src); {
		if f.quiet() {
			if j := f.run(i); j > i {
				f.out = append(f.out, src[i:j]...)
				f.last = plain
				f.openEnd = src[j-1] == '('
				f.asian = src[j-1] >= 0x80 && endsAsian(src[:j])
				i = j
				continue
			}
		}
		i = f.step(i)
	}
	return form{f.out, f.at}
}

// A folder is the state of folding one text. It looks back, not ahead: three
// dots become an ellipsis when the third arrives.
type folder struct {
	src  []byte
	bare bool
	out  []byte
	at   offsets

	// White space seen and not yet written; nothing where gapEnd is 0.
	gap, gapEnd int

	last    class // of what was written last; mark, dash and dot3 take no space beside them
	openEnd bool  // what was written last takes no space after it: an opening bracket
	asian   bool  // the same, for a Chinese or Japanese character

	// Where the last dot, comma or angle began, in src and out, and how many
	// dots there are, so that the next one can join it.
	from, to int
	dots     int
	pair     byte // the comma or angle that a second one would make a mark
}

// quiet reports whether nothing is pending that the next byte could join.
func (f *folder) quiet() bool {
	return f.gapEnd == 0 && f.dots == 0 && f.pair == 0 && f.last == plain && !f.openEnd && !f.asian
}

// What a byte may be on the fast path. Every byte that is not plain here
// needs a look at its neighbours.
const (
	fastPlain = 1 << iota // copied as it is
	fastLeft              // a space after it stays
	fastRight             // a space before it stays
	fastWord              // a letter or digit
	fastSpace             // a space
)

var fast = func() (t [256]uint8) {
	for c := range 0x80 {
		switch {
		case alnum(rune(c)):
			t[c] = fastPlain | fastLeft | fastRight | fastWord
		case c == ';' || c == ':' || c == '!' || c == '?' || c == ')' || c == '%':
			t[c] = fastPlain | fastLeft
		case c == '(':
			t[c] = fastPlain | fastRight
		case c == '.' || c == ',':
			t[c] = fastLeft
		case c == ' ':
			t[c] = fastSpace
		case c > ' ' && c < 0x7F && classify(rune(c)) == plain:
			t[c] = fastPlain | fastLeft | fastRight
		}
	}
	return t
}()

// run returns the end of the bytes from i that fold to themselves.
func (f *folder) run(i int) int {
	s := f.src
	left := uint8(fastWord | fastLeft) // as the last byte written: see quiet
	if n := len(f.out); n == 0 {
		left = 0
	} else if f.out[n-1] < 0x80 {
		left = fast[f.out[n-1]]
	}
	for i < len(s) {
		// Words and the spaces between them, without a branch for each, which
		// cannot be foretold.
		for ; i+1 < len(s); i++ {
			k := fast[s[i]]
			// A space between what keeps it is as good as plain.
			space := left / fastLeft & (k / fastSpace) & (fast[s[i+1]] / fastRight)
			if (k|space)&fastPlain == 0 {
				break
			}
			left = k
		}
		c := s[i]
		k := fast[c]
		if k&fastPlain != 0 {
			left = k
			i++
			continue
		}
		if c >= 0x80 {
			r, size := utf8.DecodeRune(s[i:])
			if !inert(r) || !parts(s, i+size) {
				return i
			}
			i += size
			left = fastWord | fastLeft
			if han(r) {
				left = fastWord
			}
			continue
		}
		if i+1 == len(s) {
			return i
		}
		next := fast[s[i+1]]
		if s[i+1] >= 0x80 {
			if r, _ := utf8.DecodeRune(s[i+1:]); inert(r) && !han(r) {
				next = fastWord | fastRight
			}
		}
		switch c {
		case ' ':
			if left&fastLeft == 0 || next&fastRight == 0 {
				return i
			}
			left = 0
		case '\'', '-':
			if left&next&fastWord == 0 {
				return i
			}
			left = 0
		case '.', ',':
			// Another dot may follow after white space.
			if next == 0 && s[i+1] != ' ' || s[i+1] == c || s[i+1] == ' ' && (i+2 == len(s) || fast[s[i+2]]&fastRight == 0) {
				return i
			}
			left = k
		default:
			return i
		}
		i++
	}
	return i
}

// inert reports whether r is a letter that NFKC leaves alone unless something
// that combines follows.
func inert(r rune) bool {
	return r >= 0xC0 && r < 0x132 || r >= 0x400 && r < 0x482 || r >= 0x48A && r < 0x530 || han(r)
}

func han(r rune) bool { return r >= 0x4E00 && r < 0xA000 }

// parts reports whether the character at i combines with none before it, as
// far as a glance can tell.
func parts(s []byte, i int) bool {
	if i == len(s) || s[i] < 0x80 || s[i] == 0xC2 {
		return true
	}
	if i+1 < len(s) && (s[i] == 0xE2 && s[i+1] == 0x80 || s[i] == 0xEF && s[i+1] == 0xBC) {
		return true // general punctuation, full-width forms
	}
	r, _ := utf8.DecodeRune(s[i:])
	return inert(r)
}

func endsAsian(b []byte) bool {
	r, _ := utf8.DecodeLastRune(b)
	return eastAsian(r)
}

// step folds one character, or one cluster of combining characters, at i and
// returns the offset after it.
func (f *folder) step(i int) int {
	s := f.src
	r, size := rune(s[i]), 1
	if r >= 0x80 {
		r, size = utf8.DecodeRune(s[i:])
	}
	j := i + size
	switch c := classify(r); {
	case r == utf8.RuneError && size == 1:
		// Each invalid byte is a character of its own, so that no two of
		// them are alike.
		f.text(utf8.AppendRune(nil, 0xF700+rune(s[i])), i, j)
	case r == 0:
		f.text([]byte("\uF700"), i, j) // the parser of quotations needs the NUL
	case c != plain:
		f.atom(c, r, i, j)
	case r < 0x80:
		f.text(s[i:j], i, j)
	default:
		return f.cluster(r, i, j)
	}
	return j
}

// cluster folds a character that is no mark, with those that combine with it.
func (f *folder) cluster(r rune, i, j int) int {
	s := f.src
	if inert(r) && parts(s, j) {
		f.text(s[i:j], i, j)
		return j
	}
	var own []byte
	from := i
	if !norm.NFKC.Properties(s[i:]).BoundaryBefore() && f.gapEnd == 0 && len(f.out) > 0 && f.last == plain && f.dots == 0 {
		own, from = f.unwrite(), f.from
	}
	for j < len(s) && s[j] >= 0x80 {
		next, size := utf8.DecodeRune(s[j:])
		if next == utf8.RuneError || classify(next) != plain || norm.NFKC.Properties(s[j:]).BoundaryBefore() {
			break
		}
		j += size
	}
	own = append(own, s[i:j]...)
	folded := norm.NFKC.Bytes(own)
	if several := utf8.RuneCount(folded) > 1; several && bytes.ContainsFunc(folded, func(r rune) bool { return classify(r) != plain }) {
		// A lone accent, which NFKC hangs on a space, or a sign such as ⒈
		// that it spells with marks.
		f.text(own, from, j)
		return j
	}
	f.compat(r, folded, from, j)
	return j
}

// unwrite takes back the character that was written last and returns it; its
// start in the source is in f.from.
func (f *folder) unwrite() []byte {
	_, size := utf8.DecodeLastRune(f.out)
	p := len(f.out) - size
	if n := f.at.before(p); n > 0 && p < int(f.at[n-1].toEnd) {
		p = int(f.at[n-1].to) // all of a ligature
	}
	f.from = f.at.start(p)
	last := append([]byte(nil), f.out[p:]...)
	f.cut(p, f.from)
	return last
}

// cut shortens the output to p, which came from the source's offset from.
func (f *folder) cut(p, from int) {
	f.out = f.out[:p]
	n := len(f.at)
	for n > 0 && int(f.at[n-1].fromEnd) > from {
		n--
	}
	f.at = f.at[:n]
}

// compat writes the NFKC form of a cluster that began with r.
//
// A numeral that NFKC makes of a raised or circled one is kept apart from the
// digits beside it: 10² must not become 102, nor "Article 5" with a footnote 1
// become Article 51. A vulgar fraction gets a slash, and a space before it.
func (f *folder) compat(r rune, folded []byte, i, j int) {
	if unicode.Is(unicode.No, r) {
		after := f.gapEnd == 0 && len(f.out) > 0 && digit(f.out[len(f.out)-1])
		switch {
		case bytes.Contains(folded, fractionSlash):
			folded = bytes.ReplaceAll(folded, fractionSlash, []byte("/"))
			if after {
				folded = append([]byte(" "), folded...)
			}
		case after && digit(folded[0]):
			folded = append([]byte("^"), folded...)
		}
		if j < len(f.src) && digit(f.src[j]) && digit(folded[len(folded)-1]) {
			folded = append(folded, '^')
		}
	} else if r == '\u2044' {
		folded = []byte("/")
	}
	if c, n := utf8.DecodeRune(folded); n == len(folded) && classify(c) != plain {
		f.atom(classify(c), c, i, j) // a full-width mark
		return
	}
	f.text(folded, i, j)
}

var fractionSlash = []byte("\u2044")

func digit(c byte) bool { return '0' <= c && c <= '9' }

// atom folds a character that is not plain.
func (f *folder) atom(c class, r rune, i, j int) {
	switch c {
	case space:
		if f.gapEnd == 0 {
			f.gap = i
		}
		f.gapEnd = j
	case mark:
		f.join(mark, "'", i, j)
	case dash:
		f.join(dash, "-", i, j)
	case dot1:
		f.dot(1, i, j)
	case dot2:
		f.dot(2, i, j)
	case dot3:
		f.dot(3, i, j)
	case comma:
		f.twin(',', i, j)
	case angle:
		f.twin(byte(norm.NFKC.String(string(r))[0]), i, j)
	case bracket:
		b := byte('[')
		if r == ']' || r == 0xFF3D {
			b = ']'
		}
		n := len(f.out)
		switch {
		case !f.bare:
			f.text([]byte{b}, i, j)
			f.openEnd = b == '['
		case f.gapEnd == 0 && n > 0 && digit(f.out[n-1]) && j < len(f.src) && digit(f.src[j]):
			f.text([]byte("^"), i, j) // the footnote of "Article 5[1]"
		default:
			f.drop(i, j)
		}
	case ignored:
		f.drop(i, j)
	}
}

// drop leaves out the source's bytes from i to j.
func (f *folder) drop(i, j int) {
	if f.gapEnd > 0 {
		f.gapEnd = j
		return
	}
	f.at = append(f.at, edit{int32(i), int32(j), int32(len(f.out)), int32(len(f.out))})
}

// flush writes the pending white space as one space, or drops it.
func (f *folder) flush(keep bool) {
	if f.gapEnd == 0 {
		return
	}
	i, j := f.gap, f.gapEnd
	f.gap, f.gapEnd = 0, 0
	if !keep {
		f.drop(i, j)
		return
	}
	f.out = append(f.out, ' ')
	if j-i != 1 {
		f.at = append(f.at, edit{int32(i), int32(j), int32(len(f.out) - 1), int32(len(f.out))})
	}
}

// text writes b, which stands for the source's bytes from i to j as a whole.
func (f *folder) text(b []byte, i, j int) {
	first, _ := utf8.DecodeRune(b)
	final, n := utf8.DecodeLastRune(b)
	f.flush(len(f.out) > 0 && f.last == plain && !f.openEnd && !f.asian && spaceBefore(first))
	f.out = append(f.out, b...)
	if j-i != len(b) || n != len(b) && !bytes.Equal(b, f.src[i:j]) {
		f.at = append(f.at, edit{int32(i), int32(j), int32(len(f.out) - len(b)), int32(len(f.out))})
	}
	f.last, f.dots, f.pair = plain, 0, 0
	f.openEnd, f.asian = final == '(', eastAsian(final)
}

// spaceBefore reports whether white space before r counts.
func spaceBefore(r rune) bool {
	switch r {
	case '.', ',', ';', ':', '!', '?', ')', ']', '%':
		return false
	}
	return !eastAsian(r)
}

// join writes a mark, or widens the one before if that is of the same kind.
func (f *folder) join(c class, b string, i, j int) {
	to := len(f.out)
	if bytes.HasSuffix(f.out, []byte(b)) {
		to -= len(b)
		i = f.at.start(to)
		f.cut(to, i)
		f.gap, f.gapEnd = 0, 0
	} else {
		f.flush(false)
	}
	f.out = append(f.out, b...)
	if j-i != len(b) {
		f.at = append(f.at, edit{int32(i), int32(j), int32(to), int32(len(f.out))})
	}
	f.last, f.dots, f.pair, f.openEnd, f.asian = c, 0, 0, false, false
}

// dot writes n dots, or an ellipsis if they make three with those before.
func (f *folder) dot(n, i, j int) {
	if f.gapEnd > 0 && j < len(f.src) && digit(f.src[j]) {
		// " .5" is a number. It keeps its space even after an ellipsis.
		f.flush(len(f.out) > 0)
		f.text([]byte("."), i, j)
		return
	}
	from, to, dots := f.from, f.to, f.dots
	switch {
	case f.last == dot3:
		f.join(dot3, "…", i, j)
	case dots+n >= 3:
		if dots > 0 {
			i = from
			f.cut(to, i)
			f.gap, f.gapEnd = 0, 0
		}
		f.last = plain
		f.join(dot3, "…", i, j)
	default:
		if dots == 0 {
			from, to = i, len(f.out)
		}
		f.text([]byte("..")[:n], i, j)
		f.from, f.to, f.dots = from, to, dots+n
	}
}

// twin writes a comma, < or >, or a quotation mark if it is the second.
func (f *folder) twin(b byte, i, j int) {
	if f.pair == b && (f.gapEnd == 0 || b == ',') {
		i = f.from
		f.cut(f.to, i)
		f.gap, f.gapEnd = 0, 0
		if n := len(f.out) - 1; n >= 0 && f.out[n] == ' ' {
			from := f.at.start(n)
			f.cut(n, from)
			f.drop(from, i)
		}
		f.join(mark, "'", i, j)
		return
	}
	f.text([]byte{b}, i, j)
	f.from, f.to, f.pair = i, len(f.out)-1, b
}

// lower returns the lower case of a folded text with the same offsets: a
// letter whose lower case has another length stays as it is, on both sides.
func lower(b []byte) []byte {
	out := bytes.Clone(b)
	for i := 0; i < len(out); {
		c := out[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				out[i] = c + 'a' - 'A'
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(out[i:])
		low := unicode.ToLower(r)
		if r == 'ς' {
			low = 'σ'
		}
		if low != r && utf8.RuneLen(low) == size {
			utf8.EncodeRune(out[i:], low)
		}
		i += size
	}
	return out
}
