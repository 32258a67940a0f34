package search

import "slices"

// hash returns the 32-bit FNV-1a hash of a word, over its UTF-16 code units.
// http://www.isthe.com/chongo/tech/comp/fnv/
func hash(word string) uint32 {
	h := uint32(2166136261)
	for _, r := range word {
		if r >= 0x10000 {
			r -= 0x10000
			h = (h ^ uint32(0xD800+r>>10)) * 16777619
			r = 0xDC00 + r&0x3FF
		}
		h = (h ^ uint32(r)) * 16777619
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

// pairs calls yield with the neighbouring words of each segment, the segments
// in order. The words on both sides of the end of a segment that flows into
// the next are the first one's.
func (c *corpus) pairs(yield func(segment int, a, b uint32)) {
	start := 0
	for s, end := range c.ends {
		for i := start; i < end && i+1 < len(c.tokens); i++ {
			if a, b := c.tokens[i], c.tokens[i+1]; a != 0 && b != 0 {
				yield(s, a, b)
			}
		}
		start = end
	}
}

// buckets returns, for each bucket, the segments in which two neighbouring
// words are of it.
//
// There are about twice as many buckets as a segment has pairs, where the long
// segments weigh most: then a third of the segments are in each bucket, and
// each pair of a quotation leaves a third of the candidates.
func (c *corpus) buckets() [][]uint32 {
	sum, squares := 0, 0
	n, of := 0, 0
	count := func() { sum, squares, n = sum+n, squares+n*n, 0 }
	c.pairs(func(s int, _, _ uint32) {
		if s != of {
			count()
			of = s
		}
		n++
	})
	count()
	const least, most = 32, 4096
	size := min(max(2*squares/max(sum, 1), least), most)

	lists := make([][]uint32, size)
	c.pairs(func(s int, a, b uint32) {
		k := bucket(c.hash[a], c.hash[b], size)
		if l := lists[k]; len(l) == 0 || l[len(l)-1] != uint32(s) {
			lists[k] = append(l, uint32(s))
		}
	})
	return lists
}

// A pair is two neighbouring words that are so in many segments.
type pair struct {
	a, b     uint32
	segments []uint32
}

// frequentPairs returns the pairs that stand in at least so many segments. Of
// another pair there are so few that a client can look into each, but the
// words of a frequent one may be in nearly all segments.
func (c *corpus) frequentPairs(postings [][]uint32, least int) []pair {
	common := make([]bool, len(postings))
	for w, list := range postings {
		common[w] = len(list) >= least
	}
	// Counting by a hash first leaves out nearly all others for good.
	const size = 1 << 18
	counts := make([]int32, size)
	c.pairs(func(_ int, a, b uint32) {
		if common[a] && common[b] {
			counts[bucket(a, b, size)]++
		}
	})
	var list []pair
	index := map[[2]uint32]int{}
	c.pairs(func(s int, a, b uint32) {
		if !common[a] || !common[b] || int(counts[bucket(a, b, size)]) < least {
			return
		}
		i, seen := index[[2]uint32{a, b}]
		if !seen {
			i = len(list)
			index[[2]uint32{a, b}] = i
			list = append(list, pair{a: a, b: b})
		}
		p := &list[i]
		if n := len(p.segments); n == 0 || p.segments[n-1] != uint32(s) {
			p.segments = append(p.segments, uint32(s))
		}
	})
	return slices.DeleteFunc(list, func(p pair) bool { return len(p.segments) < least })
}
