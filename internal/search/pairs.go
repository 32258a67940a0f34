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

// A pair is two neighbouring words.
type pair struct{ a, b uint32 }

// An exactPair is a pair that is a key of the table by itself.
type exactPair struct {
	pair
	segments []uint32
}

// segments calls yield with the words of each segment.
func (c *corpus) segments(yield func(segment int, words []uint32) bool) {
	start := 0
	for s, end := range c.ends {
		if !yield(s, c.tokens[start:end]) {
			return
		}
		start = end
	}
}

// flowing calls yield with the words of each segment, and with the one after
// its last: the words on both sides of the end of a segment that flows into the
// next are the first one's.
func (c *corpus) flowing(yield func(segment int, words []uint32) bool) {
	for s, words := range c.segments {
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
func (c *corpus) balance(postings [][]uint32) (exact, buckets int) {
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
		for i := 1; i < len(words); i++ {
			if a, b := words[i-1], words[i]; a != 0 && b != 0 {
				counts[class(len(postings[a])*len(postings[b]))]++
				n++
			}
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

// neighbours returns, for each bucket, the segments in which two neighbouring
// words are of it, and the exact pairs, which are in no bucket.
func (c *corpus) neighbours(postings [][]uint32, exact, buckets int) ([]set, []exactPair) {
	counts := make([]int, len(postings)) // segments by word
	for w, list := range postings {
		counts[w] = len(list)
	}
	sets := make([]set, buckets)
	for i := range sets {
		sets[i] = make(set, (len(c.ends)+63)/64)
	}
	var list []exactPair
	index := map[uint64]int{}
	hashes := c.vocabulary.hashes
	for s, words := range c.flowing {
		for i := 1; i < len(words); i++ {
			a, b := words[i-1], words[i]
			if a == 0 || b == 0 {
				continue
			}
			if counts[a]*counts[b] < exact {
				sets[bucket(hashes[a], hashes[b], buckets)].add(s)
				continue
			}
			key := uint64(a)<<32 | uint64(b)
			k, seen := index[key]
			if !seen {
				k = len(list)
				index[key] = k
				list = append(list, exactPair{pair: pair{a, b}})
			}
			p := &list[k]
			if n := len(p.segments); n == 0 || p.segments[n-1] != uint32(s) {
				p.segments = append(p.segments, uint32(s))
			}
		}
	}
	return sets, list
}

// A set is a set of segments, as bits: of a third of them a list would take
// ten times as much.
type set []uint64

func (x set) add(segment int) { x[segment/64] |= 1 << (segment % 64) }

// appendTo appends what is in the set to a list.
func (x set) appendTo(list []uint32) []uint32 {
	for i, word := range x {
		for ; word != 0; word &= word - 1 {
			list = append(list, uint32(i*64+mathbits.TrailingZeros64(word)))
		}
	}
	return list
}

// gather returns, for each number below n but 0, the segments in which it is
// among what each yields. Segments come in order; gather goes through them
// twice.
func gather(n int, each iter.Seq2[int, []uint32]) [][]uint32 {
	ends := make([]uint32, n+1) // where the list of a number ends; the list of the one before, until it is filled
	last := make([]uint32, n)   // one more than the last segment of a number
	for s, numbers := range each {
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
	for s, numbers := range each {
		for _, i := range numbers {
			if last[i] != uint32(s)+1 && i != 0 {
				last[i] = uint32(s) + 1
				all[ends[i]] = uint32(s)
				ends[i]++
			}
		}
	}
	lists := make([][]uint32, n)
	start := uint32(0)
	for i := range n {
		lists[i] = all[start:ends[i]:ends[i]]
		start = ends[i]
	}
	return lists
}
