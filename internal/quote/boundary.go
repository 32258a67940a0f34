package quote

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// inside reports whether the offset p of a text lies inside a word or a
// number, so that a passage that began or ended there would misquote it.
//
// The rules are those of https://www.unicode.org/reports/tr29/#Word_Boundaries
// made stricter where a part of what these call several words says another
// thing: "NATO" of "non-NATO", "5" of "$5", "25%", "3.5" or "600 000", and in
// Chinese what follows 不. They are looser after the elided article of French
// and Italian: "accord" stands by itself in "l'accord".
func inside(b []byte, p int) bool {
	l, lp := before(b, p)
	r, rp := after(b, p)
	if l < 0 || r < 0 {
		return false
	}
	la, ra := alnum(l), alnum(r)
	switch {
	case unicode.IsMark(r):
		return la
	case la && ra:
		return joined(l, r)
	case la:
		rr, _ := after(b, rp)
		return alnum(rr) && binds(l, r, rr) ||
			unicode.Is(unicode.Sc, r) && number(rr) && !number(l) || // US$5
			hyphen(r) && alnum(afterBreak(b, rp)) ||
			number(l) && (unitAt(b, p) || groupAt(b, p))
	case ra:
		ll, llp := before(b, lp)
		return alnum(ll) && binds(ll, l, r) && !elided(b, llp, ll, l, r) ||
			hyphenated(b, p) ||
			number(r) && (signBefore(b, lp, l, ll, llp) || groupBefore(b, p))
	}
	rr, _ := after(b, rp)
	ll, _ := before(b, lp)
	return unicode.Is(unicode.Sc, r) && number(rr) && sign(l, ll) ||
		hyphen(l) && alnum(ll) && alnum(afterBreak(b, p))
}

// before returns the visible character that ends at p and where it begins, or
// -1 at the start of the text.
func before(b []byte, p int) (rune, int) {
	for p > 0 {
		r, size := utf8.DecodeLastRune(b[:p])
		p -= size
		if !invisible(b, r, p, p+size) {
			return r, p
		}
	}
	return -1, 0
}

// after returns the visible character that begins at p and where it ends, or
// -1 at the end of the text.
func after(b []byte, p int) (rune, int) {
	for p < len(b) {
		r, size := utf8.DecodeRune(b[p:])
		if !invisible(b, r, p, p+size) {
			return r, p + size
		}
		p += size
	}
	return -1, len(b)
}

// invisible reports whether the character r at [p, end) does not part a word:
// a soft hyphen and the like, or a bracket mark inside one, as in "[T]he".
func invisible(b []byte, r rune, p, end int) bool {
	if r < 0x80 && r != '[' && r != ']' {
		return false
	}
	switch classify(r) {
	case ignored:
		return true
	case bracket:
		l, _ := utf8.DecodeLastRune(b[:p])
		n, _ := utf8.DecodeRune(b[end:])
		if !unicode.IsLetter(l) || !unicode.IsLetter(n) {
			return false
		}
		// Not the bracket of a remark, as in "word[sic]" or
		// "word[citation needed]".
		var content []byte
		if r == '[' {
			content, _, _ = bytes.Cut(b[end:min(len(b), end+24)], []byte("]"))
		} else if near := b[max(0, p-24):p]; bytes.IndexByte(near, '[') >= 0 {
			content = near[bytes.LastIndexByte(near, '[')+1:]
		}
		return len(content) > 0 && string(content) != "sic" && !strings.ContainsAny(string(content), " \t\n")
	}
	return false
}

// joined reports whether two letters or digits side by side are of one word.
func joined(l, r rune) bool {
	lu, ru := unspaced(l), unspaced(r)
	switch {
	case !lu && !ru:
		return true
	case strings.ContainsRune(smallKana, r):
		return true
	case lu && ru:
		return (l == 'ー' || unicode.Is(unicode.Katakana, l)) && unicode.Is(unicode.Katakana, r) ||
			strings.ContainsRune(hanNumerals, l) && strings.ContainsRune(hanNumerals, r) ||
			strings.ContainsRune("不未無无非没沒", l) && unicode.Is(unicode.Han, r)
	}
	return number(l) && strings.ContainsRune(hanNumerals, r)
}

const (
	hanNumerals = "〇零一二三四五六七八九十百千万萬億亿兆两兩"
	smallKana   = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮー々"
)

// binds reports whether c joins the letters or digits on both sides of it.
func binds(l, c, r rune) bool {
	digits := number(l) && number(r)
	if !digits && (unspaced(l) || unspaced(r)) {
		return false
	}
	switch c {
	case '-', 0x2010, 0x2011, 0x2012, 0x2013, 0x2212, '/', 0x2044, '&', '@', '_', '·', '\u2027',
		'\'', '’', '‘', '‛', '`', '´', '′', 'ʼ', 'ʻ', 'ʹ', 0x55A, 'ꞌ', '׳', 0xFF07:
		return true
	case 0x2014, 0x2015, ',', '٫', '٬':
		return digits
	case '.', 0x2024:
		// "U.S", "example.com", "3.5", but not the full stop of "war.The".
		return digits || unicode.IsLetter(l) && unicode.IsLetter(r) && !(unicode.IsLower(l) && unicode.IsUpper(r))
	case ':':
		return digits || unicode.IsUpper(l) && unicode.IsLower(r) // "10:30", Swedish "EU:s"
	case '"', '״', '”', '“':
		return unicode.Is(unicode.Hebrew, l) && unicode.Is(unicode.Hebrew, r)
	}
	return false
}

func hyphen(r rune) bool { return r == '-' || r == 0x2010 || r == 0x2011 }

// afterBreak returns the character that follows the line break at p, for a
// word hyphenated at the end of a line, or -1.
func afterBreak(b []byte, p int) rune {
	for line := false; ; {
		r, end := after(b, p)
		if r < 0 || classify(r) != space {
			if line {
				return r
			}
			return -1
		}
		line = line || r == '\n' || r == '\r'
		p = end
	}
}

// hyphenated reports whether a line break and before it a hyphen that ends a
// word stand right before p.
func hyphenated(b []byte, p int) bool {
	for line := false; ; {
		r, start := before(b, p)
		if r < 0 || classify(r) != space {
			l, _ := before(b, start)
			return line && hyphen(r) && alnum(l)
		}
		line = line || r == '\n' || r == '\r'
		p = start
	}
}

// elided reports whether the apostrophe c after the letter l at lp elides an
// article or a pronoun, which the next word r stands without: l'accord,
// qu'il, dell'Ucraina. It leaves out n', which negates, and names such as
// D'Angelo and O'Brien.
func elided(b []byte, lp int, l, c, r rune) bool {
	if c != '\'' && c != '’' && c != 'ʼ' || !unicode.IsLetter(r) {
		return false
	}
	start := lp
	for start > 0 {
		k, p := before(b, start)
		if !alnum(k) {
			break
		}
		start = p
	}
	_, size := utf8.DecodeRune(b[lp:])
	word := string(b[start : lp+size])
	if low := strings.ToLower(word); low != word {
		if unicode.IsUpper(r) {
			return false
		}
		word = low
	}
	switch word {
	case "l", "d", "j", "m", "t", "s", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
		"un", "dell", "nell", "all", "dall", "sull", "quell":
		return true
	}
	return false
}

// sign reports whether r, after the character l, is the sign of the number or
// the amount that follows.
func sign(r, l rune) bool {
	switch r {
	case '+', '±', '~', '≈', '<', '>', '≤', '≥':
		return true
	case '-', 0x2012, 0x2013, 0x2212:
		return !alnum(l) && classify(l) != dash
	}
	return false
}

// signBefore reports whether what stands before a number belongs to it: a
// sign, a currency (with or without a space), or the dot of ".5". The
// character l at lp is the one before the number, ll the one before that.
func signBefore(b []byte, lp int, l, ll rune, llp int) bool {
	switch {
	case unicode.Is(unicode.Sc, l), sign(l, ll):
		return true
	case l == '.':
		return !alnum(ll) && classify(ll) != dot1
	case classify(l) == space && unicode.Is(unicode.Sc, ll):
		k, _ := before(b, llp)
		return !number(k)
	}
	return false
}

// unitAt reports whether a percent sign, a degree sign or a currency follows
// the number that ends at p, with or without a space.
func unitAt(b []byte, p int) bool {
	r, end := after(b, p)
	if classify(r) == space {
		r, end = after(b, end)
	}
	switch r {
	case '%', '‰', '‱', '٪', '°', '％':
		return true
	}
	if unicode.Is(unicode.Sc, r) {
		next, _ := after(b, end)
		return !number(next)
	}
	return false
}

// groupAt reports whether p parts two groups of three digits: "600| 000".
func groupAt(b []byte, p int) bool {
	r, end := after(b, p)
	return classify(r) == space && r != '\n' && leads(b, p) && threeDigits(b, end)
}

// groupBefore reports whether p parts two groups of three digits: "600 |000".
func groupBefore(b []byte, p int) bool {
	l, start := before(b, p)
	return classify(l) == space && l != '\n' && threeDigits(b, p) && leads(b, start)
}

// leads reports whether a group of one to three digits ends at p.
func leads(b []byte, p int) bool {
	n := p
	for n > 0 && digit(b[n-1]) {
		n--
	}
	l, _ := before(b, n)
	return 1 <= p-n && p-n <= 3 && (l < 0 || !alnum(l) && l != '.' && l != ',' && l != ':' && l != '/')
}

// threeDigits reports whether exactly three digits stand at p.
func threeDigits(b []byte, p int) bool {
	if p+3 > len(b) || !digit(b[p]) || !digit(b[p+1]) || !digit(b[p+2]) {
		return false
	}
	r, _ := after(b, p+3)
	return !alnum(r)
}

// What a byte means for countWords whatever stands beside it.
const (
	glanceWord  = 1 + iota // a letter or digit of ASCII
	glanceParts            // what binds nothing: a space, a semicolon
)

var glance = func() (t [256]uint8) {
	for c := range rune(utf8.RuneSelf) {
		switch {
		case alnum(c):
			t[c] = glanceWord
		case c != '[' && c != ']' && !binds('1', c, '1') && !binds('a', c, 'a') && !binds('A', c, 'a') && !binds('א', c, 'א'):
			t[c] = glanceParts
		}
	}
	return t
}()

// countWords returns the number of words of a text. A word is what [inside]
// keeps together, whatever joins it: "four-year-long" and "$5" are one word
// each. In scripts that write no spaces two characters count as one word.
func countWords(b []byte) int {
	n, unspacedRun := 0, 0
	var l rune // the letter or digit before, where the word may go on
	for p := 0; p < len(b); {
		if glance[b[p]] != 0 {
			// Without a branch for each word, which cannot be foretold.
			in := uint8(0)
			if l != 0 {
				in = glanceWord
			}
			for ; p < len(b) && glance[b[p]] != 0; p++ {
				word := glance[b[p]] & glanceWord
				n += int(word &^ in)
				in = word
			}
			if l = 0; in != 0 {
				l = rune(b[p-1])
			}
			n += (unspacedRun + 1) / 2
			unspacedRun = 0
			continue
		}
		r, size := rune(b[p]), 1
		if r >= 0x80 {
			r, size = utf8.DecodeRune(b[p:])
		}
		at := p
		p += size
		switch {
		case alnum(r) && unspaced(r):
			unspacedRun++
			l = 0
			continue
		case alnum(r):
			if l == 0 {
				n++
			}
			l = r
		case l != 0 && !invisible(b, r, at, p):
			if next, _ := after(b, p); !alnum(next) || !binds(l, r, next) {
				l = 0
			}
		}
		n += (unspacedRun + 1) / 2
		unspacedRun = 0
	}
	return n + (unspacedRun+1)/2
}
