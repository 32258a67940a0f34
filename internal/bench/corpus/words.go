package corpus

import (
	"math/rand/v2"
	"strings"
)

// common are the words that hold sentences together. None of them, behind a
// quotation, would turn its sense round: the build warns of those, and a bench
// of warnings is none.
var common = strings.Fields(`the of and to in a that on for with as at from by which its their this these was were has
	had will would could said told after before during over about between under through against toward among also still
	again both each such more most other first second last new next later earlier while when where who whom`)

var (
	onsets = strings.Fields("b br c cl d dr f fl g gl h j k l m n p pr qu r s sc st t tr v w z")
	nuclei = strings.Fields("a e i o u ai ea ie oa ou")
	codas  = strings.Fields("d g k l lt m n nd r rd rn s st t th x")
	ends   = strings.Fields("a al an ance ate ed el en ent er es ia ic ing ion is ity ly ment or ous um")
)

// A language is an invented one: its words, the frequent ones first.
type language struct {
	rng   *rand.Rand
	words []string
}

// newLanguage invents as many words as a briefing's texts share.
func newLanguage(rng *rand.Rand) *language {
	const size = 6000
	l := &language{rng: rng}
	seen := map[string]bool{}
	for _, w := range common {
		seen[w] = true
	}
	for len(l.words) < size {
		if w := l.invent(1 + rng.IntN(3)/2); !seen[w] {
			seen[w] = true
			l.words = append(l.words, w)
		}
	}
	return l
}

func (l *language) invent(syllables int) string {
	var b strings.Builder
	for range syllables {
		b.WriteString(pick(l.rng, onsets))
		b.WriteString(pick(l.rng, nuclei))
		if l.rng.IntN(2) == 0 {
			b.WriteString(pick(l.rng, codas))
		}
	}
	b.WriteString(pick(l.rng, ends))
	return b.String()
}

// word returns a word as a text has them: two in five are common ones, and of
// the others few are frequent and most are rare.
func (l *language) word() string {
	if l.rng.IntN(5) < 2 {
		return pick(l.rng, common)
	}
	f := l.rng.Float64()
	return l.words[int(f*f*float64(len(l.words)))]
}

// phrase returns n words.
func (l *language) phrase(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = l.word()
	}
	return list
}

// sentence returns 8 to 26 words with the marks that stand between them.
func (l *language) sentence() []string {
	list := l.phrase(8 + l.rng.IntN(19))
	for i := 3; i < len(list)-3; i += 5 + l.rng.IntN(6) {
		switch l.rng.IntN(8) {
		case 0:
			list[i] += " –"
		case 1:
			list[i] = "“" + list[i] + "”"
		case 2:
			list[i] += "’s"
		default:
			list[i] += ","
		}
	}
	list[0] = capital(list[0])
	list[len(list)-1] += "."
	return list
}

// name returns a proper name that no other call returned.
func (l *language) name(words int, taken map[string]bool) string {
	for {
		var list []string
		for range words {
			list = append(list, capital(l.invent(1+l.rng.IntN(2))))
		}
		if s := strings.Join(list, " "); !taken[s] {
			taken[s] = true
			return s
		}
	}
}

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
