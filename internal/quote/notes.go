package quote

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"readout/internal/diag"
)

const (
	fewWords         = 4
	defaultWarnWords = 40
	defaultMaxWords  = 60
)

// length notes that a quotation is too short or too long.
func (r *Result) length(f found, p *pattern, opt Options) {
	n := p.words()
	if len(f.matches) > 0 {
		n = countProved(f.matches[0], p)
	}
	warn, most := opt.WarnWords, opt.MaxWords
	if warn == 0 {
		warn = defaultWarnWords
	}
	if most == 0 {
		most = defaultMaxWords
	}
	switch {
	case len(f.matches) > 0 && n < fewWords:
		r.note(diag.Warning, "quote/short", "under four words may stand in the source by chance; quote more")
	case opt.Long:
	case n > most:
		r.note(diag.Error, "quote/too-long", "the quotation is %d words long, over %d; shorten it, or give the reason with \"long:\"", n, most)
	case n > warn:
		r.note(diag.Warning, "quote/long", "the quotation is %d words long, over %d", n, warn)
	}
}

// countProved returns how many words of the quotation are the source's.
func countProved(m match, p *pattern) int {
	if len(m.gaps) == 0 {
		return p.count
	}
	b := bytes.Clone(p.src)
	for _, g := range m.gaps {
		for i := g.raw.start; i < g.raw.end; i++ {
			b[i] = ' '
		}
	}
	return countWords(b)
}

// goesOn are the words with which a sentence takes back what it said before.
var goesOn = []string{
	"not", "unless", "until", "without", "if", "only if", "but only", "but not", "except", "provided", "providing",
	"as long as", "so long as", "on condition", "on the condition", "subject to", "pending",
}

// scales are the words that multiply a number before them.
var scales = map[string]bool{
	"hundred": true, "thousand": true, "million": true, "billion": true, "trillion": true, "dozen": true,
	"percent": true, "percentage": true,
}

// cutShort notes that the sentence goes on after the passage s, or came before
// it, with a word that changes what it says.
func (t *Text) cutShort(r *Result, s span) {
	rest := t.body[s.end:min(len(t.body), s.end+80)]
	ended := lastVisible(t.body[s.start:s.end])
	if ended != '.' && ended != '!' && ended != '?' {
		for len(rest) > 0 {
			c, size := utf8.DecodeRune(rest)
			if k := classify(c); k != space && k != mark && k != dash && k != comma && k != ignored && c != ';' && c != ':' {
				break
			}
			rest = rest[size:]
		}
		words := strings.Fields(strings.ToLower(string(rest)))
		for i, w := range words {
			words[i] = strings.TrimRightFunc(w, func(r rune) bool { return !alnum(r) })
		}
		line := strings.Join(words, " ") + " "
		for _, w := range goesOn {
			if strings.HasPrefix(line, w+" ") {
				r.note(diag.Warning, "quote/cut-short", "the quotation stops where the source goes on with “%s”", w)
				break
			}
		}
		if number(ended) && len(words) > 0 && scales[words[0]] {
			r.note(diag.Warning, "quote/cut-short", "the quotation stops after a number that the source goes on with “%s”", words[0])
		}
	}
	if w := t.wordBefore(s.start); denies(w) {
		r.note(diag.Warning, "quote/cut-short", "the quotation begins after “%s”", w)
	}
}

// wordBefore returns the word of the same sentence directly before p.
func (t *Text) wordBefore(p int) string {
	k := p
	for k > 0 && t.body[k-1] == ' ' {
		k--
	}
	start := k
	for start > 0 && k-start < 24 {
		r, size := utf8.DecodeLastRune(t.body[:start])
		if !alnum(r) && classify(r) != mark {
			break
		}
		start -= size
	}
	if start == k || k == p {
		return ""
	}
	return string(t.body[start:k])
}

// denies reports whether a word negates: "not", "can't", "never".
func denies(w string) bool {
	w = strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !alnum(r) }))
	switch w {
	case "not", "no", "never", "none", "neither", "nor", "nobody", "nothing", "nowhere", "cannot", "without", "unless",
		"ni", "ne", "pas", "jamais", "kein", "keine", "keinen", "keiner", "keinem", "nicht", "nie", "niemals", "не", "ні", "ни", "нет":
		return true
	}
	runes := []rune(w)
	n := len(runes)
	return n > 3 && runes[n-1] == 't' && classify(runes[n-2]) == mark && runes[n-3] == 'n'
}

// hiddenDenials warns of a gap of a few words that holds a negation which the
// editor's words in its place do not have: what reads as an omission would
// then turn the sentence round.
func (t *Text) hiddenDenials(r *Result, m match, p *pattern) {
	for i := 1; i < len(m.pieces); i++ {
		over := t.body[m.pieces[i-1].body.end:m.pieces[i].body.start]
		if countWords(over) > maxInserted {
			continue
		}
		own := ""
		for _, g := range m.gaps {
			if g.at.start >= m.pieces[i-1].q.end && g.at.end <= m.pieces[i].q.start {
				own += p.q[g.raw.start:g.raw.end] + " "
			}
		}
		if w := denial(string(over)); w != "" && denial(own) == "" {
			r.note(diag.Warning, "quote/hidden-negation", "the words left out say “%s”", w)
		} else if w := denial(own); w != "" && denial(string(over)) == "" {
			r.note(diag.Warning, "quote/hidden-negation", "the words put in say “%s”, the source does not", w)
		}
	}
}

func denial(s string) string {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !alnum(r) && classify(r) != mark }) {
		if denies(w) {
			return w
		}
	}
	return ""
}
