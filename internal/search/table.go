package search

import (
	"maps"
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

// A block is a part of the index: a run of the table's entries.
type block struct {
	first       string // the shortest string after the block before, and not after its first key
	keys, lists []byte
}

// A table is a sorted list of keys with their lists, cut into blocks.
type table struct {
	size    int // of a block in bytes, about
	exact   int // the limit for exact pairs
	buckets int // how many there are
	blocks  []block
	last    string // key of the last block
}

// add adds an entry, whose key comes after that of the one before.
func (t *table) add(key string, list, titles []uint32) {
	n := len(t.blocks)
	if n == 0 || len(t.blocks[n-1].keys)+len(t.blocks[n-1].lists) >= t.size {
		t.blocks = append(t.blocks, block{first: between(t.last, key)})
		n++
		t.last = ""
	} else {
		b := &t.blocks[n-1]
		b.keys, b.lists = append(b.keys, ' '), append(b.lists, ' ')
	}
	b := &t.blocks[n-1]
	shared, rest := share(t.last, key)
	b.keys = append(append(b.keys, byte(zero+shared)), rest...)
	b.lists = appendList(b.lists, list)
	if len(titles) > 0 {
		b.lists = appendList(append(b.lists, '|'), titles)
	}
	t.last = key
}

// table makes the table. The keys of each kind are in order, and the kinds come
// in the order of what the keys begin with; the words stand around those whose
// sign comes after the digits and before the letters.
func (c *corpus) table() *table {
	v := c.vocabulary
	t := &table{size: c.blockSize()}
	postings, titles := gather(v.size(), c.segments), gather(v.size(), c.titled)
	t.exact, t.buckets = c.balance(postings)
	neighbouring, exact := c.neighbours(postings, t.exact, t.buckets)
	var names []string
	for i := range neighbouring {
		names = append(names, strconv.Itoa(i))
	}
	slices.Sort(names)
	var list []uint32
	for _, name := range names {
		i, _ := strconv.Atoi(name)
		if list = neighbouring[i].appendTo(list[:0]); len(list) > 0 {
			t.add(bucketKey+name, list, nil)
		}
	}

	type keyed struct {
		key  string
		list []uint32
	}
	pairs := make([]keyed, len(exact))
	for i, p := range exact {
		pairs[i] = keyed{pairKey + string(v.word(p.a)) + pairKey + string(v.word(p.b)), p.segments}
	}
	slices.SortFunc(pairs, func(a, b keyed) int { return compare(a.key, b.key) })
	for _, p := range pairs {
		t.add(p.key, p.list, nil)
	}

	words := v.spellings(false, func(uint32) bool { return true })
	after := slices.IndexFunc(words, func(s spelling) bool { return compare(s.text, backwardKey) > 0 })
	if after < 0 {
		after = len(words)
	}
	addWords := func(words []spelling) {
		for _, s := range words {
			t.add(s.text, postings[s.id], titles[s.id])
		}
	}
	addWords(words[:after])

	least := 1
	if len(c.ends) > spellAll {
		least = 2
	}
	spelt := func(id uint32) bool {
		return (len(titles[id]) > 0 || len(postings[id]) >= least) && utf8.RuneCount(v.word(id)) >= spellWord
	}
	for _, s := range v.spellings(true, spelt) {
		t.add(backwardKey+s.text, nil, nil)
	}
	ids := map[string]uint32{}
	for n, number := range c.numbers {
		ids[idKey+n.ID] = number
	}
	for _, key := range slices.SortedFunc(maps.Keys(ids), compare) {
		t.add(key, []uint32{ids[key]}, nil)
	}
	for _, s := range words {
		if spelt(s.id) {
			t.add(forwardKey+s.text, nil, nil)
		}
	}
	addWords(words[after:])
	return t
}

const (
	spellWord = 3    // letters of a word of the spelling list, at least
	spellAll  = 1000 // segments; where there are more, a word of the list is in two or in a name
)

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
