package search

import (
	"encoding/binary"
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
	b = slices.Grow(b, 1+size/6+8)
	b = append(b, byte(zero+k))
	w := bits{b: b}
	next := uint32(0)
	for _, v := range list {
		d := uint64(v - next)
		next = v + 1
		q, low := d>>k, d&(1<<k-1)
		if n := int(q) + 1 + k; n <= mostBits {
			w.add((1|low<<1)<<q, n)
			continue
		}
		for ; q >= mostBits; q -= mostBits {
			w.add(0, mostBits)
		}
		w.add(1<<q, int(q)+1)
		w.add(low&(1<<mostBits-1), min(k, mostBits))
		w.add(low>>mostBits, max(k-mostBits, 0))
	}
	return w.end()
}

// rice returns the k that makes a list shortest, the least of those that do,
// and how many bits it then takes.
// The length falls and then rises with k, and is least near the logarithm of
// the mean distance.
func rice(list []uint32) (k, size int) {
	n := len(list)
	sum := int(list[n-1]) + 1 - n // of all distances
	k = max(0, mathbits.Len(uint(sum/n))-2)
	// Three in one go, since they are seldom others.
	var sizes [3]int
	next := uint32(0)
	for _, v := range list {
		d := (v - next) >> k
		sizes[0] += int(d)
		sizes[1] += int(d >> 1)
		sizes[2] += int(d >> 2)
		next = v + 1
	}
	best := 0
	for i := range sizes {
		sizes[i] += n * (k + i + 1)
		if sizes[i] < sizes[best] {
			best = i
		}
	}
	length := func(k int) int {
		size := n * (k + 1)
		next := uint32(0)
		for _, v := range list {
			size += int((v - next) >> k)
			next = v + 1
		}
		return size
	}
	k, size = k+best, sizes[best]
	for best == len(sizes)-1 {
		above := length(k + 1)
		if above >= size {
			break
		}
		k, size = k+1, above
	}
	for best == 0 && k > 0 {
		below := length(k - 1)
		if below > size {
			break
		}
		k, size = k-1, below
	}
	return k, size
}

// Bits writes bits into characters, eight characters at a time.
type bits struct {
	b     []byte
	queue uint64 // bits that are not written yet, the lowest first
	used  int    // how many
}

// mostBits is how many bits there is always room for.
const mostBits = 64 - 8*6 + 1

// add adds the n low bits of v, the lowest first; the others are 0.
func (w *bits) add(v uint64, n int) {
	w.queue |= v << w.used
	if w.used += n; w.used >= 8*6 {
		w.b = binary.LittleEndian.AppendUint64(w.b, eight(w.queue))
		w.queue >>= 8 * 6
		w.used -= 8 * 6
	}
}

// end fills up the last character, and returns all.
func (w *bits) end() []byte {
	n := len(w.b) + (w.used+5)/6
	return binary.LittleEndian.AppendUint64(w.b, eight(w.queue))[:n]
}

// eight returns eight characters, each in a byte, for the 48 low bits of q.
// Six bits are one of the characters '#' to '[' and ']' to 'c': the code is
// that of '#' and as many more, and one more from 57 on, which the eighth bit
// tells once 71 are added.
func eight(q uint64) uint64 {
	const each = 0x0101010101010101
	q = q&0xFFFFFF | q>>24&0xFFFFFF<<32
	q = q&0x00000FFF00000FFF | q&0x00FFF00000FFF000<<4
	q = q&0x003F003F003F003F | q&0x0FC00FC00FC00FC0<<2
	return q + each*zero + (q+each*71)>>7&each
}

// appendString appends a string of JavaScript.
func appendString[S string | []byte](b []byte, s S) []byte {
	return append(appendEscaped(append(b, '"'), s), '"')
}

// appendEscaped appends what stands between the quotation marks of a string of
// JavaScript.
func appendEscaped[S string | []byte](b []byte, s S) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		for i+8 <= len(s) && !special(uint64(s[i])|uint64(s[i+1])<<8|uint64(s[i+2])<<16|uint64(s[i+3])<<24|
			uint64(s[i+4])<<32|uint64(s[i+5])<<40|uint64(s[i+6])<<48|uint64(s[i+7])<<56) {
			i += 8
		}
		if i == len(s) {
			break
		}
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

// special reports whether any of eight bytes is escaped. A byte is below n if n
// from it leaves the highest bit set that it has not itself.
func special(x uint64) bool {
	const each = 0x0101010101010101
	quote, backslash := x^each*'"', x^each*'\\'
	return ((x-each*' ')&^x|(quote-each)&^quote|(backslash-each)&^backslash)&(each*0x80) != 0
}
