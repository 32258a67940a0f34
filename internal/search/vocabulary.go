package search

import (
	"encoding/binary"
	"slices"
)

// A vocabulary gives each word a number, from 1 on. The words lie one after
// another in one slice, and are found by their hashes, which the pairs of
// neighbours need in any case: a map of strings takes three times as long and
// an allocation for each word.
type vocabulary struct {
	letters []byte
	ends    []uint32 // by id: where the word ends in letters
	hashes  []uint32 // by id
	slots   []slot   // by hash; a power of two of them, less than two thirds full
}

// A slot is empty if its id is 0.
type slot struct{ hash, id uint32 }

func newVocabulary() *vocabulary {
	return &vocabulary{ends: []uint32{0}, hashes: []uint32{0}, slots: make([]slot, 1<<10)}
}

// size returns how many ids there are, with the 0 that is no word.
func (v *vocabulary) size() int { return len(v.ends) }

// word returns the letters of a word, which are not to be changed.
func (v *vocabulary) word(id uint32) []byte { return v.letters[v.ends[id-1]:v.ends[id]] }

// id returns the number of a word, by its hash.
func (v *vocabulary) id(word []byte, hash uint32) uint32 {
	mask := uint32(len(v.slots) - 1)
	i := scatter(hash) & mask
	for ; v.slots[i].id != 0; i = (i + 1) & mask {
		if s := v.slots[i]; s.hash == hash && string(v.word(s.id)) == string(word) {
			return s.id
		}
	}
	id := uint32(len(v.ends))
	v.letters = append(v.letters, word...)
	v.ends = append(v.ends, uint32(len(v.letters)))
	v.hashes = append(v.hashes, hash)
	v.slots[i] = slot{hash, id}
	if len(v.ends)*3 > len(v.slots)*2 {
		v.grow()
	}
	return id
}

func (v *vocabulary) grow() {
	v.slots = make([]slot, 2*len(v.slots))
	mask := uint32(len(v.slots) - 1)
	for id := uint32(1); int(id) < len(v.ends); id++ {
		h := v.hashes[id]
		i := scatter(h) & mask
		for v.slots[i].id != 0 {
			i = (i + 1) & mask
		}
		v.slots[i] = slot{h, id}
	}
}

// scatter makes all bits of a hash count in its low ones.
func scatter(h uint32) uint32 { return (h * 0x9E3779B1) >> 7 }

// A spelling is a word as it is sorted: forwards or backwards.
type spelling struct {
	head uint64 // what it begins with
	id   uint32
	text string
}

// spellings returns the words in the order of [compare], as they are or read
// backwards.
func (v *vocabulary) spellings(backwards bool, of func(id uint32) bool) []spelling {
	var all []spelling
	for id := uint32(1); int(id) < v.size(); id++ {
		if !of(id) {
			continue
		}
		s := spelling{id: id, text: string(v.word(id))}
		if backwards {
			s.text = reverse(s.text)
		}
		var b [8]byte
		for i := range min(len(s.text), len(b)) {
			b[i] = rank(s.text[i])
		}
		s.head = binary.BigEndian.Uint64(b[:])
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b spelling) int {
		switch {
		case a.head < b.head:
			return -1
		case a.head > b.head:
			return 1
		}
		return compare(a.text, b.text)
	})
	return all
}

// rank orders bytes of UTF-8 as the UTF-16 code units of their characters: what
// needs two of these, and begins with F0 or above, comes before U+E000, which
// begins with EE.
func rank(c byte) byte {
	if c == 0xEE || c == 0xEF {
		return c + 0x10
	}
	return c
}
