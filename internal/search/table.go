package search

import (
	"slices"
	"strconv"
	"unicode/utf8"
)

// The first characters of keys that are no words.
const (
	bucketKey   = "#" // and the number of the bucket
	pairKey     = "&" // before each of two words
	backwardKey = "<" // and a word, read backwards
	idKey       = "=" // and the id of a record
	forwardKey  = ">" // and a word
)

// An entry is a key of the table with its lists.
type entry struct {
	key    string
	list   []uint32
	titles []uint32
}

// A block is a part of the index: a run of the table's entries.
type block struct {
	first       string // the shortest string after the block before, and not after its first key
	keys, lists []byte
}

// entries returns the table, in order.
func (c *corpus) entries(buckets [][]uint32) []entry {
	postings := c.postings()
	spelt := 1
	if len(c.ends) > spellAll {
		spelt = 2
	}
	all := make([]entry, 0, 3*len(c.names)+len(buckets)+len(c.numbers))
	for id := 1; id < len(c.names); id++ {
		word := c.names[id]
		titles := c.titles[uint32(id)]
		all = append(all, entry{word, postings[id], titles})
		if n := utf8.RuneCountInString(word); n >= spellWord && (len(titles) > 0 || len(postings[id]) >= spelt) {
			all = append(all, entry{key: forwardKey + word}, entry{key: backwardKey + reverse(word)})
		}
	}
	for i, list := range buckets {
		if len(list) > 0 {
			all = append(all, entry{key: bucketKey + strconv.Itoa(i), list: list})
		}
	}
	for _, p := range c.frequentPairs(postings, max(minPair, len(c.ends)/pairShare)) {
		all = append(all, entry{key: pairKey + c.names[p.a] + pairKey + c.names[p.b], list: p.segments})
	}
	for n, id := range c.numbers {
		all = append(all, entry{key: idKey + n.ID, list: []uint32{id}})
	}
	slices.SortFunc(all, func(a, b entry) int { return compare(a.key, b.key) })
	return all
}

const (
	spellWord = 3    // letters of a word of the spelling list, at least
	spellAll  = 1000 // segments; where there are more, a word of the list is in two or in a name
	minPair   = 16   // segments of a frequent pair, at least,
	pairShare = 32   // and one in so many of all
)

// postings returns the segments in which each word stands, by id.
func (c *corpus) postings() [][]uint32 {
	counts := make([]uint32, len(c.names))
	seen := make([]uint32, len(c.names))
	total := 0
	each := func(yield func(segment, word uint32)) {
		clear(seen)
		start := 0
		for s, end := range c.ends {
			for _, w := range c.tokens[start:end] {
				if w != 0 && seen[w] != uint32(s)+1 {
					seen[w] = uint32(s) + 1
					yield(uint32(s), w)
				}
			}
			start = end
		}
	}
	each(func(_, w uint32) { counts[w]++; total++ })
	all := make([]uint32, total)
	lists := make([][]uint32, len(c.names))
	for w, n := range counts {
		lists[w], all = all[:0:n], all[n:]
	}
	each(func(s, w uint32) { lists[w] = append(lists[w], s) })
	return lists
}

// blocks cuts the table into blocks of about size bytes.
func blocks(entries []entry, size int) []block {
	var list []block
	var b *block
	last := ""
	for _, e := range entries {
		if b == nil || len(b.keys)+len(b.lists) >= size {
			list = append(list, block{first: between(last, e.key)})
			b = &list[len(list)-1]
			last = ""
		} else {
			b.keys, b.lists = append(b.keys, ' '), append(b.lists, ' ')
		}
		shared, rest := share(last, e.key)
		b.keys = append(append(b.keys, byte(zero+shared)), rest...)
		b.lists = appendList(b.lists, e.list)
		if len(e.titles) > 0 {
			b.lists = appendList(append(b.lists, '|'), e.titles)
		}
		last = e.key
	}
	return list
}

// share returns how many UTF-16 code units the key b begins with that a does
// too, up to what one digit holds, and the rest of b.
func share(a, b string) (units int, rest string) {
	for i, r := range b {
		n := utf8.RuneLen(r)
		w := 1
		if r >= 0x10000 {
			w = 2
		}
		if units+w >= last || i+n > len(a) || a[i:i+n] != b[i:i+n] {
			return units, b[i:]
		}
		units += w
	}
	return units, ""
}

// between returns the shortest prefix of b that comes after a.
func between(a, b string) string {
	for i := range b {
		if compare(b[:i], a) > 0 {
			return b[:i]
		}
	}
	return b
}

// compare orders strings as JavaScript does, by their UTF-16 code units: what
// needs two of them comes before U+E000.
func compare(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		x, y := a[i], b[i]
		if x == y {
			continue
		}
		// The first byte tells: F0 and above begin such a character, EE
		// and EF one from U+E000 on.
		if x >= 0xEE && y >= 0xEE && (x >= 0xF0) != (y >= 0xF0) {
			x, y = y, x
		}
		if x < y {
			return -1
		}
		return 1
	}
	return len(a) - len(b)
}

func reverse(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}
