package search

// Numbers are written in printable ASCII that stands in a JavaScript string
// as it is, without the quotation mark and the backslash, nor the space and
// the bar, which part them.
const (
	zero  = '#' // digits that end a number: zero + d, d < last
	last  = 56
	first = ']' // digits that are followed by another: first + d, d < base
	base  = 31
)

// appendNumber appends a number: v < 56 is one digit; of any other the first
// digit is (v-56) % 31, and (v-56) / 31 follows as a number.
func appendNumber(b []byte, v int) []byte {
	for v >= last {
		v -= last
		b = append(b, byte(first+v%base))
		v /= base
	}
	return append(b, byte(zero+v))
}

// appendList appends a list of ascending numbers in a Rice code, which comes
// close to the least that a list of random numbers can take: the number k as
// one digit, then bits, six to a character, the lowest first. Of each number
// the distance d from the one before it, less one, is written as d >> k zeros,
// a one, and the k low bits of d, the lowest first. With k = 0 that is one bit
// for each number there could be. Zeros fill the last character.
//
// R. F. Rice, Some Practical Universal Noiseless Coding Techniques, 1979.
func appendList(b []byte, list []uint32) []byte {
	if len(list) == 0 {
		return b
	}
	w := bits{b: append(b, 0)}
	k := rice(list)
	w.b[len(b)] = byte(zero + k)
	next := uint32(0)
	for _, v := range list {
		d := v - next
		w.add(0, int(d>>k))
		w.add(1, 1)
		w.add(d, k)
		next = v + 1
	}
	w.flush()
	return w.b
}

// rice returns the k that makes a list shortest.
func rice(list []uint32) int {
	n := len(list)
	sum := int(list[n-1]) + 1 - n // of all distances
	best, least := 0, sum+n
	for k := 1; k < last && sum>>k > 0; k++ {
		size := n * (k + 1)
		next := uint32(0)
		for _, v := range list {
			size += int(v-next) >> k
			next = v + 1
		}
		if size >= least {
			break
		}
		best, least = k, size
	}
	return best
}

// Bits writes bits into characters.
type bits struct {
	b    []byte
	six  byte
	used int // of six
}

// add adds the n low bits of v, the lowest first.
func (w *bits) add(v uint32, n int) {
	for ; n > 0; n-- {
		w.six |= byte(v&1) << w.used
		v >>= 1
		if w.used++; w.used == 6 {
			w.flush()
		}
	}
}

func (w *bits) flush() {
	if w.used > 0 {
		w.b = append(w.b, sixBits(w.six))
		w.six, w.used = 0, 0
	}
}

// sixBits returns the character for six bits: '#' to '[', then ']' to 'c'.
func sixBits(v byte) byte {
	if v += zero; v >= '\\' {
		v++
	}
	return v
}

// appendString appends a string of JavaScript.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, `\n`...)
		default:
			const hex = "0123456789abcdef"
			b = append(b, '\\', 'x', hex[c>>4], hex[c&15])
		}
	}
	return append(append(b, s[from:]...), '"')
}
