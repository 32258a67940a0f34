package ingest

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/link"
	"readout/internal/quote"
	"readout/internal/record"
)

// A Name is a name, or another name, of a record.
type Name struct {
	Text string
	ID   string // of the record
	Kind record.Kind
}

// Names are known names, made ready for finding them. They are immutable and
// safe for concurrent use.
//
// A name is found where its words stand, one after the other, as Unicode
// parts words. White space of any kind and length parts them; soft hyphens and
// other invisible characters in a word are no difference, nor is how a letter
// with an accent, an apostrophe or a hyphen is encoded. All else is as it is
// written:
//
//   - Capitals count: "May" is not "may". Only a name that begins with a small
//     letter is found with a capital too ("the Kremlin", at the beginning of a
//     sentence), and any name in capitals in a line that is all capitals.
//   - A possessive is no part of the name, nor what is elided before it:
//     "Ukraine's", "Ukraine’s", "l’Ukraine", "dell'Ucraina". Nor is what is
//     joined with a hyphen: "Kremlin-backed". Any other ending makes another
//     word: "Ukrainian" and "Україні" are found as names of their own.
//   - Of names that overlap the longest is found. A name that belongs to two
//     records is none.
//   - A name does not run over the end of a paragraph.
type Names struct {
	words map[string]int32 // of all names; from 1
	next  map[edge]int32   // the trie: from a node, by a word, to a node
	owner []int32          // of each node that ends a name: an index of names, or -1
	names []Name
}

// An edge is a step in the trie. A word before which there is white space is
// another than the same word without.
type edge struct {
	node, word int32
	gap, caps  bool
}

// NewNames makes names ready. A name without a letter or a digit is none.
func NewNames(list []Name) *Names {
	n := &Names{words: map[string]int32{}, next: map[edge]int32{}, owner: []int32{-1}, names: list}
	for i, name := range list {
		ws := wordsIn(nil, name.Text, 0, len(name.Text))
		if !slices.ContainsFunc(ws, isWord) {
			continue
		}
		ws[0].gap = false
		n.add(ws, int32(i), false)
		r, size := utf8.DecodeRuneInString(ws[0].key)
		if unicode.IsLower(r) {
			ws[0].key = string(unicode.ToTitle(r)) + ws[0].key[size:]
			n.add(ws, int32(i), false)
		}
		for k := range ws {
			ws[k].key = strings.ToUpper(ws[k].key)
		}
		n.add(ws, int32(i), true)
	}
	return n
}

// SiteNames makes the names of a briefing ready: the names and aliases of its
// actors, and the aliases of meetings and issues, whose titles are headings
// rather than names ("Territory").
func SiteNames(s *link.Site) *Names {
	var list []Name
	add := func(n *link.Node, names ...record.Text) {
		for _, t := range names {
			list = append(list, Name{t.Value, n.ID, n.Kind})
		}
	}
	for _, a := range s.Actors {
		add(&a.Node, a.Name)
		add(&a.Node, a.Aliases...)
	}
	for _, m := range s.Meetings {
		add(&m.Node, m.Aliases...)
	}
	for _, is := range s.Issues {
		add(&is.Node, is.Aliases...)
	}
	return NewNames(list)
}

func (n *Names) add(ws []word, name int32, caps bool) {
	at := int32(0)
	for _, w := range ws {
		id := n.words[w.key]
		if id == 0 {
			id = int32(len(n.words) + 1)
			n.words[w.key] = id
		}
		e := edge{at, id, w.gap, caps}
		to, ok := n.next[e]
		if !ok {
			to = int32(len(n.owner))
			n.owner = append(n.owner, -1)
			n.next[e] = to
		}
		at = to
	}
	switch old := n.owner[at]; {
	case old == -1:
		n.owner[at] = name
	case old >= 0 && n.names[old].ID != n.names[name].ID:
		n.owner[at] = ambiguous
	}
}

// ambiguous is the owner of a name that several records have.
const ambiguous = -2

// A Mention is a place of a text where a known name stands.
type Mention struct {
	Source    string      `json:"source"`
	Paragraph int         `json:"paragraph"` // from 1
	Start     int         `json:"start"`     // bytes of the text, as it is in its file
	End       int         `json:"end"`
	Surface   string      `json:"surface"` // the bytes between them
	Actor     string      `json:"actor"`   // the id of the record
	Kind      record.Kind `json:"-"`
}

// Find returns the places of a text where a name stands, in order. It takes
// time in proportion to the text, times the words of the longest name at most.
func (n *Names) Find(text []byte) []Mention {
	var list []Mention
	var ws []word
	s := string(text)
	for i, p := range quote.NewText(text, nil).Paragraphs() {
		ws = wordsIn(ws[:0], s, p.Start, p.End)
		for _, m := range n.matches(s, ws) {
			from, to := ws[m.first].start, ws[m.last].end
			name := n.names[m.name]
			list = append(list, Mention{Paragraph: i + 1, Start: from, End: to, Surface: s[from:to], Actor: name.ID, Kind: name.Kind})
		}
	}
	return list
}

// A match is a name in a list of words.
type match struct {
	first, last int
	name        int32
	size        int // in bytes
}

// matches returns the names in the words of a paragraph, none overlapping, in
// order: of all that there are the longest, then the longest of what is left.
func (n *Names) matches(text string, ws []word) []match {
	ids := make([]int32, len(ws))
	for i, w := range ws {
		ids[i] = n.words[w.key]
	}
	caps := capitalWords(text, ws)
	var all []match
	for i := range ws {
		if ids[i] == 0 || !begins(ws, i) {
			continue
		}
		for _, inCaps := range []bool{false, true} {
			if inCaps && !caps[i] {
				break
			}
			at := int32(0)
			for j := i; j < len(ws) && ids[j] != 0; j++ {
				to, ok := n.next[edge{at, ids[j], ws[j].gap && j > i, inCaps}]
				if !ok {
					break
				}
				if at = to; n.owner[at] != -1 && ends(ws, j) {
					all = append(all, match{i, j, n.owner[at], ws[j].end - ws[i].start})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(a.first, b.first))
	})
	used := make([]bool, len(ws))
	kept := all[:0]
	for _, m := range all {
		if slices.Contains(used[m.first:m.last+1], true) {
			continue
		}
		for k := m.first; k <= m.last; k++ {
			used[k] = true
		}
		if m.name != ambiguous {
			kept = append(kept, m)
		}
	}
	slices.SortFunc(kept, func(a, b match) int { return cmp.Compare(a.first, b.first) })
	return kept
}

// elided are the words that lose their end before a vowel, in French and
// Italian; what follows the apostrophe is a word.
var elided = words(`l d c j m n s t qu jusqu lorsqu puisqu quoiqu presqu quelqu
	un all dall dell nell sull coll quell quest sant gl`)

// endings are what may follow a name after an apostrophe.
var endings = words(`s d ll re ve`)

// begins reports whether a name may begin with word i: not behind an
// apostrophe within a word, unless that elides another word.
func begins(ws []word, i int) bool {
	if i == 0 || !ws[i-1].inner || ws[i].gap {
		return true
	}
	return i >= 2 && elided[strings.ToLower(ws[i-2].key)]
}

// ends reports whether a name may end with word i.
func ends(ws []word, i int) bool {
	if i+2 >= len(ws) || !ws[i+1].inner || ws[i+1].gap {
		return true
	}
	return endings[strings.ToLower(ws[i+2].key)]
}

// capitalWords tells which words stand in a line that is all capitals, as
// headings are.
func capitalWords(text string, ws []word) []bool {
	caps := make([]bool, len(ws))
	for i := 0; i < len(ws); {
		j := i + 1 // the line is ws[i:j]
		for j < len(ws) && !strings.ContainsAny(text[ws[j-1].end:ws[j].start], "\n\r\u0085\u2028\u2029") {
			j++
		}
		line := text[ws[i].start:ws[j-1].end]
		if strings.ContainsFunc(line, unicode.IsUpper) && !strings.ContainsFunc(line, unicode.IsLower) {
			for k := i; k < j; k++ {
				caps[k] = true
			}
		}
		i = j
	}
	return caps
}
