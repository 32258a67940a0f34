package search

import (
	"encoding/binary"
	mathbits "math/bits"
	"slices"
	"unicode/utf8"
)

// A vocabulary gives each word a number, from 1 on. The words lie one after
// another in one slice, and are found by their first letters, which are most of
// a word or all of it: a map of strings takes several times as long and an
// allocation for each word.
type vocabulary struct {
	letters []byte
	ends    []uint32 // by id: where the word ends in letters
	hashes  []uint32 // by id
	slots   []slot   // a power of two of them, less than half full
}

// A slot is what tells a word from nearly all others, and its number; 0 if there
// is none. Two words of up to eight bytes are the same if their slots are.
type slot struct {
	head uint64 // its first eight bytes, with zeros after a shorter one
	rest uint32 // of a longer one a hash, which is no length; else its length
	id   uint32
}

// short is how many bytes of a word a slot holds.
const short = 8

// slotOf returns the slot of a word without its number. The word needs room for
// eight bytes.
func slotOf(word []byte) slot {
	n := len(word)
	if n <= short {
		return slot{head: binary.LittleEndian.Uint64(word[:short]) & (1<<(8*n) - 1), rest: uint32(n)}
	}
	return slot{head: binary.LittleEndian.Uint64(word), rest: hashRest(word)}
}

// hashRest returns a hash of what a slot does not hold of a longer word.
func hashRest(word []byte) uint32 {
	h := uint64(len(word))
	for i := short; i < len(word); i += short {
		h = (h ^ binary.LittleEndian.Uint64(word[min(i, len(word)-short):])) * scatter
		h ^= h >> 32
	}
	return uint32(h) | 2*short
}

// scatter is 2 to the power of 64 by the golden ratio: the high bits of its
// product with a number depend on all bits of that.
const scatter = 0x9E3779B97F4A7C15

// place returns where a slot is sought first, of 1<<width.
func (s slot) place(width int) uint64 {
	return (s.head ^ uint64(s.rest)<<32) * scatter >> (64 - width)
}

func newVocabulary() *vocabulary {
	return &vocabulary{ends: []uint32{0}, hashes: []uint32{0}, slots: make([]slot, 1<<12)}
}

// size returns how many ids there are, with the 0 that is no word.
func (v *vocabulary) size() int { return len(v.ends) }

// word returns the letters of a word, which are not to be changed.
func (v *vocabulary) word(id uint32) []byte { return v.letters[v.ends[id-1]:v.ends[id]] }

// id returns the number of a word, which needs room for eight bytes.
func (v *vocabulary) id(word []byte) uint32 {
	s := slotOf(word)
	slots := v.slots
	mask := uint64(len(slots) - 1)
	i := s.place(mathbits.Len64(mask)) & mask
	for slots[i].id != 0 {
		if x := &slots[i]; x.head == s.head && x.rest == s.rest && (len(word) <= short || string(v.word(x.id)) == string(word)) {
			return x.id
		}
		i = (i + 1) & mask
	}
	s.id = uint32(len(v.ends))
	slots[i] = s
	v.letters = append(v.letters, word...)
	v.ends = append(v.ends, uint32(len(v.letters)))
	v.hashes = append(v.hashes, hash(string(word)))
	if len(v.ends)*2 > len(slots) {
		v.grow()
	}
	return s.id
}

// grow doubles the slots.
func (v *vocabulary) grow() {
	old := v.slots
	v.slots = make([]slot, 2*len(old))
	mask := uint64(len(v.slots) - 1)
	for _, x := range old {
		if x.id == 0 {
			continue
		}
		i := x.place(mathbits.Len64(mask))
		for v.slots[i].id != 0 {
			i = (i + 1) & mask
		}
		v.slots[i] = x
	}
}

// backwards returns the letters of all words, each read backwards, where those
// read forwards are.
func (v *vocabulary) backwards() []byte {
	all := make([]byte, 0, len(v.letters))
	for id := uint32(1); int(id) < v.size(); id++ {
		for w := v.word(id); len(w) > 0; {
			_, n := utf8.DecodeLastRune(w)
			all = append(all, w[len(w)-n:]...)
			w = w[:len(w)-n]
		}
	}
	return all
}

// sorted returns words in the order of [compare], by letters that lie as those
// of the vocabulary do.
func (v *vocabulary) sorted(letters []byte, of func(id uint32) bool) []uint32 {
	type spelling struct {
		head uint64 // what it begins with
		id   uint32
	}
	all := make([]spelling, 0, v.size())
	for id := uint32(1); int(id) < v.size(); id++ {
		if !of(id) {
			continue
		}
		var head uint64
		word := letters[v.ends[id-1]:v.ends[id]]
		for _, c := range word[:min(len(word), 8)] {
			head = head<<8 | uint64(rank(c))
		}
		all = append(all, spelling{head << (8 * max(8-len(word), 0)), id})
	}
	slices.SortFunc(all, func(a, b spelling) int {
		switch {
		case a.head < b.head:
			return -1
		case a.head > b.head:
			return 1
		}
		return compare(letters[v.ends[a.id-1]:v.ends[a.id]], letters[v.ends[b.id-1]:v.ends[b.id]])
	})
	ids := make([]uint32, len(all))
	for i, s := range all {
		ids[i] = s.id
	}
	return ids
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
