package search

import (
	"iter"
	mathbits "math/bits"
)

// The numbers of FNV-1a for 32 bits.
// http://www.isthe.com/chongo/tech/comp/fnv/
const (
	hashSeed  = 2166136261
	hashPrime = 16777619
)

// hash returns the 32-bit FNV-1a hash of a word, over its UTF-16 code units.
func hash(word string) uint32 {
	h := uint32(hashSeed)
	for _, r := range word {
		if r >= 0x10000 {
			r -= 0x10000
			h = (h ^ uint32(0xD800+r>>10)) * hashPrime
			r = 0xDC00 + r&0x3FF
		}
		h = (h ^ uint32(r)) * hashPrime
	}
	return h
}

// bucket returns the bucket, of n, of two neighbouring words, by their hashes.
func bucket(a, b uint32, n int) int {
	x := a*0x9E3779B1 + b
	x = (x ^ x>>15) * 0x85EBCA6B
	x ^= x >> 13
	return int(x % uint32(n))
}

// rows returns the rows that lie one after another in one slice, given where
// each ends.
func rows(all []uint32, ends []int) iter.Seq2[int, []uint32] {
	return func(yield func(row int, numbers []uint32) bool) {
		start := 0
		for i, end := range ends {
			if !yield(i, all[start:end]) {
				return
			}
			start = end
		}
	}
}

// flowing calls yield with the words of each segment, and with the one after
// its last: the words on both sides of the end of a segment that flows into the
// next are the first one's.
func (c *corpus) flowing(yield func(segment int, words []uint32) bool) {
	for s, words := range rows(c.tokens, c.ends) {
		if s+1 < len(c.ends) {
			words = words[:len(words)+1]
		}
		if !yield(s, words) {
			return
		}
	}
}

// exactShare is the part of all neighbours that may be exact pairs: one in so
// many. Their lists then take about as much as the buckets of the others.
const exactShare = 4

// balance returns what the numbers of segments of two words, multiplied, must be
// for their pair to be exact, and how many buckets the other pairs have.
//
// The product, divided by the number of all segments, is how many hold both
// words by chance, and a third of these are of the pair's bucket too: a client
// must read them. As many pairs are exact, of the greatest products first, as
// there is room for.
//
// There are about twice as many buckets as a segment has other pairs, where
// the long segments weigh most: then a third of the segments are in each
// bucket, and each pair of a quotation leaves a third of the candidates.
func (c *corpus) balance(postings lists) (exact, buckets int) {
	// Neighbours by the product: by its length in bits and the two bits after
	// the first.
	var counts [4 * 64]int
	class := func(product int) int {
		n := mathbits.Len(uint(product))
		return 4*n + product<<2>>(n-1)&3
	}
	sum, squares := 0, 0
	for _, words := range c.flowing {
		n := 0
		before := 0 // the number of segments of the word before; 0 for no word
		for _, w := range words {
			here := postings.count(w)
			if product := before * here; product > 0 {
				counts[class(product)]++
				n++
			}
			before = here
		}
		sum, squares = sum+n, squares+n*n
	}
	sum = max(sum, 1)
	least := class(max(64*len(c.ends), 64))
	n, room := len(counts)-1, sum/exactShare
	for ; n > least && counts[n] <= room; n-- {
		room -= counts[n]
	}
	n++
	exact = (4 + n%4) << (n / 4) >> 3
	others := sum - (sum/exactShare - room)
	const fewest, most = 32, 4096
	return exact, min(max(2*squares/sum*others/sum, fewest), most)
}

// neighbours returns the segments of each bucket, in which two neighbouring
// words are of it, and the exact pairs, which are in no bucket.
func (c *corpus) neighbours(postings lists, exact, buckets int) (*sets, *pairs) {
	in := newSets(buckets, len(c.ends))
	own := newPairs(len(c.tokens)/exactShare, len(c.ends))
	hashes := c.vocabulary.hashes
	for s, words := range c.flowing {
		a, before := uint32(0), 0 // the word before, and its number of segments; 0 for no word
		for _, b := range words {
			here := postings.count(b)
			switch product := before * here; {
			case product == 0:
			case product < exact:
				in.add(bucket(hashes[a], hashes[b], buckets), s)
			default:
				own.add(a, b)
			}
			a, before = b, here
		}
		own.end()
	}
	return in, own
}

// Sets are sets of segments, as bits: of a third of the segments a list would
// take ten times as much. The sets' bits for one run of 64 segments lie side by
// side, since segments are added in order.
type sets struct {
	n    int
	bits []uint64
}

func newSets(n, segments int) *sets { return &sets{n, make([]uint64, n*((segments+63)/64))} }

// add adds a segment to a set.
func (x *sets) add(set, segment int) { x.bits[segment/64*x.n+set] |= 1 << (segment % 64) }

// appendTo appends what is in a set to a list.
func (x *sets) appendTo(list []uint32, set int) []uint32 {
	for from := 0; set < len(x.bits); set, from = set+x.n, from+64 {
		for word := x.bits[set]; word != 0; word &= word - 1 {
			list = append(list, uint32(from+mathbits.TrailingZeros64(word)))
		}
	}
	return list
}

// Pairs are pairs of words, numbered from 1 on, and where they are.
type pairs struct {
	words []uint64   // by number: the first word above the second
	slots []pairSlot // a power of two of them, less than half full
	all   []uint32   // the pairs of each segment in turn
	ends  []int      // where they end in all
}

// A pairSlot is empty if its number is 0.
type pairSlot struct {
	words uint64
	n     uint32
}

// newPairs returns no pairs yet, with room for those of so many neighbours.
func newPairs(neighbours, segments int) *pairs {
	return &pairs{words: []uint64{0}, slots: make([]pairSlot, 1<<12), all: make([]uint32, 0, neighbours), ends: make([]int, 0, segments)}
}

// add adds a pair to the segment.
func (p *pairs) add(a, b uint32) {
	words := uint64(a)<<32 | uint64(b)
	s := p.find(words)
	if s.n == 0 {
		*s = pairSlot{words, uint32(len(p.words))}
		p.words = append(p.words, words)
	}
	p.all = append(p.all, s.n)
	if 2*len(p.words) > len(p.slots) {
		p.slots = make([]pairSlot, 2*len(p.slots))
		for n, words := range p.words[1:] {
			*p.find(words) = pairSlot{words, uint32(n + 1)}
		}
	}
}

// find returns the slot of a pair, or the empty one where it would be.
func (p *pairs) find(words uint64) *pairSlot {
	mask := uint64(len(p.slots) - 1)
	i := words * scatter >> (64 - mathbits.Len64(mask))
	for p.slots[i].n != 0 && p.slots[i].words != words {
		i = (i + 1) & mask
	}
	return &p.slots[i]
}

// end ends the segment.
func (p *pairs) end() { p.ends = append(p.ends, len(p.all)) }

// Lists are ascending lists of segments, one for each number.
type lists struct {
	all  []uint32
	ends []uint32 // by number: where its list ends in all
}

// of returns the list of a number, which is not 0: that has none.
func (l lists) of(i uint32) []uint32 { return l.all[l.ends[i-1]:l.ends[i]] }

// count returns how many segments there are in the list of a number, 0 for 0.
func (l lists) count(i uint32) int {
	if i == 0 {
		return 0
	}
	return int(l.ends[i] - l.ends[i-1])
}

// gather returns, for each number below n but 0, the rows in which it is.
// It goes through them twice.
func gather(n int, rows iter.Seq2[int, []uint32]) lists {
	ends := make([]uint32, n+1) // where the list of a number ends; the list of the one before, until it is filled
	last := make([]uint32, n)   // one more than the last row of a number
	for s, numbers := range rows {
		for _, i := range numbers {
			if last[i] != uint32(s)+1 && i != 0 {
				last[i] = uint32(s) + 1
				ends[i+1]++
			}
		}
	}
	for i := range n {
		ends[i+1] += ends[i]
	}
	all := make([]uint32, ends[n])
	clear(last)
	for s, numbers := range rows {
		for _, i := range numbers {
			if last[i] != uint32(s)+1 && i != 0 {
				last[i] = uint32(s) + 1
				all[ends[i]] = uint32(s)
				ends[i]++
			}
		}
	}
	return lists{all, ends}
}
