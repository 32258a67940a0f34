package search

import (
	"iter"
	mathbits "math/bits"
	"slices"
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

// A frequentPair is a pair that stands in many segments.
type frequentPair struct {
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

// neighbours returns, for each bucket, the segments in which two neighbouring
// words are of it, and the pairs that stand in at least so many segments. Of
// another pair there are so few that a client can look into each, but the words
// of a frequent one may be in nearly all segments.
//
// There are about twice as many buckets as a segment has pairs, where the long
// segments weigh most: then a third of the segments are in each bucket, and
// each pair of a quotation leaves a third of the candidates.
func (c *corpus) neighbours(postings [][]uint32, least int) ([]set, []frequentPair) {
	sum, squares := 0, 0
	for _, words := range c.flowing {
		n := 0
		for i := 1; i < len(words); i++ {
			if words[i-1] != 0 && words[i] != 0 {
				n++
			}
		}
		sum, squares = sum+n, squares+n*n
	}
	const fewest, most = 32, 4096
	size := min(max(2*squares/max(sum, 1), fewest), most)

	// A word as these loops see it: its hash, and whether it may be one of a
	// frequent pair.
	hashes := c.vocabulary.hashes
	common := make([]bool, len(postings))
	for w, list := range postings {
		common[w] = len(list) >= least
	}
	// Counting the pairs by a hash first leaves out nearly all others for good.
	const bits = 18
	counts := make([]int32, 1<<bits)
	place := func(a, b uint32) uint32 { return (a*0x9E3779B1 + b) * 0x85EBCA6B >> (32 - bits) }

	buckets := make([]set, size)
	for i := range buckets {
		buckets[i] = make(set, (len(c.ends)+63)/64)
	}
	for s, words := range c.flowing {
		for i := 1; i < len(words); i++ {
			a, b := words[i-1], words[i]
			if a == 0 || b == 0 {
				continue
			}
			buckets[bucket(hashes[a], hashes[b], size)].add(s)
			if common[a] && common[b] {
				counts[place(a, b)]++
			}
		}
	}

	var list []frequentPair
	index := map[uint64]int{}
	for s, words := range c.flowing {
		for i := 1; i < len(words); i++ {
			a, b := words[i-1], words[i]
			if a == 0 || b == 0 || !common[a] || !common[b] || int(counts[place(a, b)]) < least {
				continue
			}
			key := uint64(a)<<32 | uint64(b)
			i, seen := index[key]
			if !seen {
				i = len(list)
				index[key] = i
				list = append(list, frequentPair{pair: pair{a, b}})
			}
			f := &list[i]
			if n := len(f.segments); n == 0 || f.segments[n-1] != uint32(s) {
				f.segments = append(f.segments, uint32(s))
			}
		}
	}
	return buckets, slices.DeleteFunc(list, func(p frequentPair) bool { return len(p.segments) < least })
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
