package quote

import "unicode"

// A class says what folding makes of a character.
type class uint8

const (
	plain   class = iota
	space         // white space: runs become one space, or none beside a mark
	mark          // a quotation mark or apostrophe
	dash          // a hyphen, dash or minus
	dot1          // one dot
	dot2          // two dots
	dot3          // an ellipsis
	ignored       // invisible: dropped
	comma         // a comma; two make a low quotation mark
	angle         // < or >; two make a guillemet
	bracket       // [ or ]: plain, or dropped in the bare form
)

// classify returns the class of a character before and after NFKC. The marks
// are named before NFKC, which would take ´ and ″ apart.
func classify(r rune) class {
	if inert(r) {
		return plain
	}
	switch r {
	case '\t', '\n', '\v', '\f', '\r', ' ', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
		0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A:
		return space
	case '\'', '"', '`', '´', '«', '»', 'ʹ', 'ʺ', 'ʻ', 'ʼ', 'ʽ', 'ˮ', 0x384, 0x55A, '׳', '״',
		'‘', '’', '‚', '‛', '“', '”', '„', '‟', '′', '″', '‴', '‵', '‶', '‷', '‹', '›', '⁗',
		'❛', '❜', '❝', '❞', '❟', '❠', '❮', '❯', '〈', '〉', '《', '》', '「', '」', '『', '』', '〝', '〞', '〟', 'ꞌ',
		0xFE3D, 0xFE3E, 0xFE3F, 0xFE40, 0xFE41, 0xFE42, 0xFE43, 0xFE44, '＂', '＇', '｀', '｢', '｣':
		return mark
	case '-', 0x58A, 0x5BE, 0x1806, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2043, 0x2212, 0x2E3A, 0x2E3B, 0x2E40,
		0xFE31, 0xFE32, 0xFE58, 0xFE63, 0xFF0D:
		return dash
	case '.', 0x2024, 0xFE52, 0xFF0E:
		return dot1
	case 0x2025, 0xFE30:
		return dot2
	case '…', '⋯', 0xFE19:
		return dot3
	case ',', 0xFF0C, 0xFE50:
		return comma
	case '<', '>', 0xFF1C, 0xFF1E, 0xFE64, 0xFE65:
		return angle
	case '[', ']', 0xFF3B, 0xFF3D:
		return bracket
	case 0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E,
		0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF:
		return ignored
	}
	if r >= 0xFE00 && r <= 0xFE0F { // variation selectors
		return ignored
	}
	return plain
}

// unspaced reports whether r is of a script that writes no spaces between
// words: there every character is a word of its own, and white space beside
// a Chinese or Japanese one means nothing.
func unspaced(r rune) bool {
	if r < 0xE00 {
		return false
	}
	return eastAsian(r) || unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// eastAsian reports whether r is a Chinese or Japanese letter or a mark that
// stands only among these.
func eastAsian(r rune) bool {
	switch {
	case r < 0x2E80:
		return false
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0x3001 && r <= 0x30FF:
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// alnum reports whether r is part of a word: a letter, a digit or any other
// numeral, or a mark that combines with one.
func alnum(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// number reports whether r is a digit or a numeral such as ½ or ².
func number(r rune) bool {
	if r < 0x80 {
		return '0' <= r && r <= '9'
	}
	return unicode.IsNumber(r)
}
