package quote

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode"
	"unicode/utf8"
)

// A Damage is a place of a text that looks mis-decoded.
type Damage struct {
	Start, End int // byte offsets in the raw text
	Paragraph  int // from 1
	Found      string
	Repair     *Repair // to declare, or nil where it takes a human to tell
}

// Damage returns the places of the text, with its repairs made, that look
// mis-decoded, in order:
//
//   - UTF-8 that was read as Windows-1252, such as "â€”" for a dash, and the
//     control characters that Windows-1252 has marks for;
//   - U+FFFD and bytes that are no UTF-8;
//   - a lone letter between spaces and words of another script, such as a β
//     where a dash should be, in a text without words of its script.
//
// A repair is proposed where all places of the same damage ask for the same.
func (t *Text) Damage() []Damage {
	return t.once.damage.get(func() []Damage { return findDamage(t) })
}

// A Recurring is all damage of one text that is alike: the first of it, and how
// often it is there.
type Recurring struct {
	Damage
	Places int
}

// Gather puts together damage that is alike, in the order of the first places: a text
// that was decoded wrongly has each of its quotation marks damaged.
func Gather(list []Damage) []Recurring {
	var kinds []Recurring
	at := map[string]int{}
	for _, d := range list {
		i, ok := at[d.Found]
		if !ok {
			i = len(kinds)
			at[d.Found], kinds = i, append(kinds, Recurring{Damage: d})
		}
		kinds[i].Places++
	}
	return kinds
}

// maxDamage is the most places that are reported of one text.
const maxDamage = 1000

func findDamage(t *Text) []Damage {
	var list []Damage
	b := t.body
	written := map[int]bool{} // whether the text has words of a script
	alien := func(r rune) bool {
		k := script(r)
		has, ok := written[k]
		if !ok {
			has = wordsOf(b, k)
			written[k] = has
		}
		return !has
	}
	for p := 0; p < len(b) && len(list) < maxDamage; {
		if p = skipASCII(b, p); p == len(b) {
			break
		}
		r, size := utf8.DecodeRune(b[p:])
		end, to := p+size, ""
		damaged := false
		switch {
		case r == utf8.RuneError:
			damaged = true
			to = replacement(b, p, end)
		case r >= 0x80 && r < 0xA0 && r != 0x85:
			damaged = true
			if c := windows1252[r-0x80]; c != 0 {
				to = string(c)
			}
		default:
			if c, n := mojibake(b[p:], r); n > 0 {
				damaged, end = true, p+n
				if c != utf8.RuneError {
					to = string(c)
				}
			} else if lone(b, p, end) && alien(r) {
				damaged, to = true, "—"
			}
		}
		if damaged {
			d := Damage{t.rawStart(p), t.rawEnd(end), t.paragraphOf(p), string(b[p:end]), nil}
			if to != "" {
				d.Repair = &Repair{d.Found, to}
			}
			list = append(list, d)
		}
		p = end
	}
	settleRepairs(b, list)
	return list
}

// skipASCII returns the offset from p on of the first byte beyond ASCII.
func skipASCII(b []byte, p int) int {
	for p+8 <= len(b) && binary.NativeEndian.Uint64(b[p:])&0x8080808080808080 == 0 {
		p += 8
	}
	for p < len(b) && b[p] < utf8.RuneSelf {
		p++
	}
	return p
}

// settleRepairs takes back a repair that would change what is not damaged, or
// that other places of the same damage contradict. A lone letter that stands
// elsewhere in words is repaired with the spaces around it.
func settleRepairs(b []byte, list []Damage) {
	type use struct {
		places int
		all    int // how often the text has it
		to     string
		mixed  bool
	}
	uses := map[string]*use{}
	for _, d := range list {
		u := uses[d.Found]
		if u == nil {
			u = &use{}
			if r, size := utf8.DecodeRuneInString(d.Found); size == len(d.Found) && unicode.IsLetter(r) {
				u.all = bytes.Count(b, []byte(d.Found))
			}
			if d.Repair != nil {
				u.to = d.Repair.To
			}
			uses[d.Found] = u
		}
		u.places++
		u.mixed = u.mixed || d.Repair == nil || d.Repair.To != u.to
	}
	for i, d := range list {
		if d.Repair == nil {
			continue
		}
		switch u := uses[d.Found]; {
		case u.mixed:
			list[i].Repair = nil
		case u.all > u.places:
			list[i].Repair = &Repair{" " + d.Found + " ", " " + d.Repair.To + " "}
		}
	}
}

// windows1252 is what Windows-1252 has where Latin-1 has control characters.
// https://encoding.spec.whatwg.org/index-windows-1252.txt
var windows1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// byteOf returns the byte that Windows-1252, or Latin-1 where it has nothing,
// reads as r.
func byteOf(r rune) (byte, bool) {
	if r >= 0x80 && r < 0x100 {
		return byte(r), true
	}
	if i := slices.Index(windows1252[:], r); i >= 0 && r != 0 {
		return byte(0x80 + i), true
	}
	return 0, false
}

// mojibake returns the character that the text at b was before its UTF-8 was
// read as Windows-1252, and the length of what it became; 0 if it was not.
//
// An accented letter before quotation marks or no-break spaces makes valid
// UTF-8 too, so it goes by lead: Â and Ã, which begin most accents; â before
// the signs that begin punctuation; ï of a byte order mark; ð of an emoji; and
// Ä to ß only where one follows another, as in Cyrillic or Greek words. The
// text begins with the character first.
func mojibake(b []byte, first rune) (rune, int) {
	if first < 0xC2 || first > 0xF4 { // no UTF-8 of several bytes begins with it
		return 0, 0
	}
	raw, n := undecode(b)
	if n == 0 {
		return 0, 0
	}
	r, size := utf8.DecodeRune(raw)
	switch lead := raw[0]; {
	case lead == 0xE2 && len(raw) == 2 && raw[1] == 0x80:
		// The last byte of a right quotation mark is undefined in
		// Windows-1252, and is often lost.
		return '”', n
	case r == utf8.RuneError && !(lead == 0xEF && size == 3), size != len(raw):
		return 0, 0
	case lead == 0xC2, lead == 0xC3,
		lead == 0xE2 && raw[1] < 0x8C,
		lead == 0xEF && (raw[1] == 0xBB || raw[1] == 0xBF),
		lead == 0xF0 && raw[1] == 0x9F:
		return r, n
	case lead < 0xE0:
		if more, _ := undecode(b[n:]); len(more) == 2 && more[0] >= 0xC4 && more[0] < 0xE0 {
			return r, n
		}
	}
	return 0, 0
}

// undecode returns the bytes of the UTF-8 character, or the beginning of one,
// that the text at b would be in Windows-1252, and their length in b.
func undecode(b []byte) (raw []byte, n int) {
	want := 1
	for len(raw) < want && n < len(b) {
		r, size := utf8.DecodeRune(b[n:])
		c, ok := byteOf(r)
		if !ok || len(raw) > 0 && (c < 0x80 || c > 0xBF) {
			break
		}
		if len(raw) == 0 {
			switch {
			case c >= 0xF0 && c < 0xF5:
				want = 4
			case c >= 0xE0 && c < 0xF0:
				want = 3
			case c >= 0xC2 && c < 0xE0:
				want = 2
			default:
				return nil, 0
			}
		}
		raw = append(raw, c)
		n += size
	}
	return raw, n
}

// replacement returns what a U+FFFD at [p, end) most likely stood for.
func replacement(b []byte, p, end int) string {
	if end-p == 1 {
		return "" // an invalid byte, which no repair can name
	}
	l, _ := utf8.DecodeLastRune(b[:p])
	r, _ := utf8.DecodeRune(b[end:])
	switch {
	case l == ' ' && r == ' ':
		return "—"
	case unicode.IsLetter(l) && unicode.IsLetter(r):
		return "’"
	}
	return ""
}

// lone reports whether the letter at [p, end) stands by itself between words
// of another script, as nothing does that was meant to be a letter.
func lone(b []byte, p, end int) bool {
	r, _ := utf8.DecodeRune(b[p:])
	if !unicode.IsLetter(r) || unspaced(r) || p < 2 || end+2 > len(b) || b[p-1] != ' ' || b[end] != ' ' {
		return false
	}
	inWord := func(r rune) bool { return !unicode.IsPunct(r) }
	i := bytes.LastIndexFunc(b[max(0, p-9):p-1], inWord)
	j := bytes.IndexFunc(b[end+1:min(len(b), end+9)], inWord)
	if i < 0 || j < 0 {
		return false
	}
	l, _ := utf8.DecodeRune(b[max(0, p-9)+i:])
	n, _ := utf8.DecodeRune(b[end+1+j:])
	own, left, right := script(r), script(l), script(n)
	if left == 0 || right == 0 {
		return false
	}
	// A Latin letter with an accent is no stranger to Cyrillic or Greek prose.
	return own != left && own != right && own != latin
}

// wordsOf reports whether the text has two letters of a script side by side.
func wordsOf(b []byte, of int) bool {
	last := 0
	for _, r := range string(b) {
		own := 0
		if r >= utf8.RuneSelf {
			own = script(r)
		}
		if own == of && last == of {
			return true
		}
		last = own
	}
	return false
}

const (
	other = iota + 1
	latin
	cyrillic
	greek
)

// script returns which script a letter is of, 0 for no letter.
func script(r rune) int {
	switch {
	case !unicode.IsLetter(r):
		return 0
	case unicode.Is(unicode.Latin, r):
		return latin
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillic
	case unicode.Is(unicode.Greek, r):
		return greek
	}
	return other
}
