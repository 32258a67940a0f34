package search

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"readout/internal/link"
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
	first string // the shortest string after the block before, and not after its first key
	data  []byte // the keys and the lists, as two strings of JavaScript
}

// A table is a sorted list of keys with their lists, cut into blocks.
type table struct {
	size        int // of a block in bytes, about
	exact       int // the limit for exact pairs
	buckets     int // how many there are
	blocks      []block
	keys, lists []byte // of the last block, as long as it grows
	last        []byte // key
}

// add adds an entry, whose key comes after that of the one before.
func (t *table) add(key []byte, list, titles []uint32) {
	shared, rest := 0, key
	if n := len(t.keys) + len(t.lists); n == 0 || n >= t.size {
		t.endBlock()
		t.blocks = append(t.blocks, block{first: between(string(t.last), string(key))})
	} else {
		t.keys, t.lists = append(t.keys, ' '), append(t.lists, ' ')
		shared, rest = share(t.last, key)
	}
	t.keys = append(append(t.keys, byte(zero+shared)), rest...)
	t.lists = appendList(t.lists, list)
	if len(titles) > 0 {
		t.lists = appendList(append(t.lists, '|'), titles)
	}
	t.last = append(t.last[:0], key...)
}

// endBlock ends the last block.
func (t *table) endBlock() {
	if n := len(t.blocks); n > 0 {
		data := make([]byte, 0, len(t.keys)+len(t.lists)+len(`"",""`))
		t.blocks[n-1].data = appendString(append(appendString(data, t.keys), ','), t.lists)
	}
	t.keys, t.lists = t.keys[:0], t.lists[:0]
}

// table makes the table. The keys of each kind are in order, and the kinds come
// in the order of what the keys begin with; the words stand around those whose
// sign comes after the digits and before the letters.
func (c *corpus) table() *table {
	v := c.vocabulary
	t := &table{size: c.blockSize()}
	postings, titles := gather(v.size(), rows(c.tokens, c.ends)), gather(v.size(), rows(c.titles, c.titlesEnds))
	words := v.sorted(v.letters, func(uint32) bool { return true })
	t.exact, t.buckets = c.balance(postings)
	c.addPairs(t, postings, words)

	addWords := func(words []uint32) {
		for _, id := range words {
			t.add(v.word(id), postings.of(id), titles.of(id))
		}
	}
	after := slices.IndexFunc(words, func(id uint32) bool { return compare(string(v.word(id)), backwardKey) > 0 })
	if after < 0 {
		after = len(words)
	}
	addWords(words[:after])

	least := 1
	if len(c.ends) > spellAll {
		least = 2
	}
	spelt := func(id uint32) bool {
		return (titles.count(id) > 0 || postings.count(id) >= least) && utf8.RuneCount(v.word(id)) >= spellWord
	}
	var key []byte
	backwards := v.backwards()
	for _, id := range v.sorted(backwards, spelt) {
		key = append(append(key[:0], backwardKey...), backwards[v.ends[id-1]:v.ends[id]]...)
		t.add(key, nil, nil)
	}
	for _, n := range slices.SortedFunc(maps.Keys(c.numbers), func(a, b *link.Node) int { return compare(a.ID, b.ID) }) {
		key = append(append(key[:0], idKey...), n.ID...)
		t.add(key, []uint32{c.numbers[n]}, nil)
	}
	for _, id := range words {
		if spelt(id) {
			key = append(append(key[:0], forwardKey...), v.word(id)...)
			t.add(key, nil, nil)
		}
	}
	addWords(words[after:])
	t.endBlock()
	if len(t.blocks) == 0 {
		t.blocks = []block{{data: []byte(`"",""`)}} // a client looks into one whatever it seeks
	}
	return t
}

// addPairs adds the buckets and the exact pairs. Words are in order, and so are
// the pairs by their words: their keys part these by what comes before all that
// a word is made of.
func (c *corpus) addPairs(t *table, postings lists, words []uint32) {
	v := c.vocabulary
	in, own := c.neighbours(postings, t.exact, t.buckets)
	c.tokens = nil // most of what is held, and not looked at again
	var key []byte
	var list []uint32
	names := make([]string, t.buckets)
	for i := range names {
		names[i] = strconv.Itoa(i)
	}
	slices.Sort(names)
	for _, name := range names {
		i, _ := strconv.Atoi(name)
		if list = in.appendTo(list[:0], i); len(list) > 0 {
			key = append(append(key[:0], bucketKey...), name...)
			t.add(key, list, nil)
		}
	}

	place := make([]uint32, v.size()) // of each word, in their order
	for i, id := range words {
		place[id] = uint32(i)
	}
	type pair struct {
		order uint64
		n     uint32
	}
	pairs := make([]pair, len(own.words)-1)
	for i := range pairs {
		words := own.words[i+1]
		pairs[i] = pair{uint64(place[words>>32])<<32 | uint64(place[uint32(words)]), uint32(i + 1)}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Compare(a.order, b.order) })
	where := gather(len(own.words), rows(own.all, own.ends))
	for _, p := range pairs {
		words := own.words[p.n]
		key = append(append(key[:0], pairKey...), v.word(uint32(words>>32))...)
		key = append(append(key, pairKey...), v.word(uint32(words))...)
		t.add(key, where.of(p.n), nil)
	}
}

const (
	spellWord = 3    // letters of a word of the spelling list, at least
	spellAll  = 1000 // segments; where there are more, a word of the list is in two or in a name
)

// share returns how many UTF-16 code units the key b begins with that a does
// too, up to what one digit holds, and the rest of b.
func share(a, b []byte) (units int, rest []byte) {
	n := 0
	most := min(len(a), len(b), last-1)
	for n < most && a[n] == b[n] && b[n] < utf8.RuneSelf {
		n++
	}
	if n == most || b[n] < utf8.RuneSelf {
		return n, b[n:]
	}
	for units = n; n < len(b); {
		r, size := utf8.DecodeRune(b[n:])
		w := utf16.RuneLen(r)
		if units+w >= last || !bytes.HasPrefix(a[n:], b[n:n+size]) {
			break
		}
		units, n = units+w, n+size
	}
	return units, b[n:]
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
func compare[S string | []byte](a, b S) int {
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
