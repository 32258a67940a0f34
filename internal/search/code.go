package search

import (
	mathbits "math/bits"
	"slices"
)

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
	k, size := rice(list)
	b = slices.Grow(b, 1+(size+5)/6)
	b = append(b, byte(zero+k))
	w := bits{b: b}
	next := uint32(0)
	for _, v := range list {
		d := v - next
		q := d >> k
		for ; q > 30; q -= 30 {
			w.add(0, 30)
		}
		w.add(1<<q, int(q)+1)
		w.add(d&(1<<k-1), k)
		next = v + 1
	}
	return w.end()
}

// rice returns the k that makes a list shortest, the least of those that do,
// and how many bits it then takes.
// The length falls and then rises with k, and is least near the logarithm of
// the mean distance.
func rice(list []uint32) (k, size int) {
	n := len(list)
	length := func(k int) int {
		size := n * (k + 1)
		next := uint32(0)
		for _, v := range list {
			size += int((v - next) >> k)
			next = v + 1
		}
		return size
	}
	sum := int(list[n-1]) + 1 - n // of all distances
	k = max(0, mathbits.Len(uint(sum/n))-1)
	here := length(k)
	for {
		above := length(k + 1)
		if above >= here {
			break
		}
		k, here = k+1, above
	}
	for k > 0 {
		below := length(k - 1)
		if below > here {
			break
		}
		k, here = k-1, below
	}
	return k, here
}

// Bits writes bits into characters.
type bits struct {
	b     []byte
	queue uint64 // bits that are not written yet, the lowest first
	used  int    // how many
}

// add adds the n low bits of v, the lowest first; the others are 0.
func (w *bits) add(v uint32, n int) {
	w.queue |= uint64(v) << w.used
	w.used += n
	for w.used >= 6 {
		w.b = append(w.b, sixBits[w.queue&63])
		w.queue >>= 6
		w.used -= 6
	}
}

// end fills up the last character, and returns all.
func (w *bits) end() []byte {
	if w.used > 0 {
		w.b = append(w.b, sixBits[w.queue])
	}
	return w.b
}

// sixBits are the characters for six bits: '#' to '[', then ']' to 'c'.
const sixBits = "#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abc"

// appendString appends a string of JavaScript.
func appendString[S string | []byte](b []byte, s S) []byte {
	return append(appendEscaped(append(b, '"'), s), '"')
}

// appendEscaped appends what stands between the quotation marks of a string of
// JavaScript.
func appendEscaped[S string | []byte](b []byte, s S) []byte {
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
	return append(b, s[from:]...)
}
