package quote

import (
	"bytes"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"
)

// A Nearest is the passage most like a quotation that is absent. It only
// explains: it proves nothing, however alike the two are.
type Nearest struct {
	Text       string     // as [Text.Raw] shows it
	Paragraph  int        // from 1
	Start, End int        // byte offsets in the raw source
	Similarity float64    // 0 to below 1: how many of the words of both sides agree, near misses counting half
	Diff       []DiffWord // from the source to the quotation
}

// An Op says which side has a word.
type Op uint8

const (
	Same    Op = iota // both
	Missing           // the source only
	Extra             // the quotation only
)

// A DiffWord is one word that differs, or a run of words that do not.
type DiffWord struct {
	Op   Op
	Text string
	Kind string // of a word that differs: "number", "name", "negation", "marks" if only its punctuation does, or ""
}

// A token is a word with what clings to it, without the white space and the
// dashes around it.
type token struct {
	span
	word int // an identity: the same for words that fold alike, whatever their case and punctuation
}

// An index holds the words of a text for [Text.nearest].
type index struct {
	tokens []token
	words  map[string]int
	at     [][]int32 // by word: the tokens that are it, in order
}

func newIndex(body []byte) *index {
	x := &index{words: map[string]int{}}
	eachToken(body, func(s span) {
		w := key(body[s.start:s.end])
		id, ok := x.words[string(w)]
		if !ok {
			id = len(x.at)
			x.words[string(w)] = id
			x.at = append(x.at, nil)
		}
		x.at[id] = append(x.at[id], int32(len(x.tokens)))
		x.tokens = append(x.tokens, token{s, id})
	})
	return x
}

// eachToken calls yield for every token of b that holds a letter or digit. A
// character of an unspaced script is a token.
func eachToken(b []byte, yield func(span)) {
	start, wordy := 0, false
	end := func(p int) {
		if wordy {
			yield(span{start, p})
		}
		wordy = false
	}
	for p := 0; p < len(b); {
		r, size := utf8.DecodeRune(b[p:])
		switch c := classify(r); {
		case c == space, r == '—', r == '―', c == dash && p+1 < len(b) && b[p] == '-' && b[p+1] == '-':
			end(p)
			start = p + size
		case unspaced(r) && alnum(r):
			end(p)
			yield(span{p, p + size})
			start = p + size
		default:
			wordy = wordy || alnum(r)
		}
		p += size
	}
	end(len(b))
}

// key returns a word folded, in lower case, without punctuation around it.
func key(word []byte) []byte {
	return trimMarks(lower(fold(word, true).b))
}

func trimMarks(b []byte) []byte {
	return bytes.TrimFunc(b, func(r rune) bool {
		return !alnum(r) && !unicode.Is(unicode.Sc, r) && r != '%' && r != '-' && r != '+'
	})
}

const (
	maxAligned = 300 // words of a quotation that are aligned
	maxVotes   = 1 << 18
	maxWindows = 3
)

// nearest returns the passage most like the quotation, or nil if nothing is.
//
// Windows of the text are found by the words that they share with the
// quotation, rare words counting most, and the best few are aligned with it
// word by word.
func (t *Text) nearest(q []byte) *Nearest {
	x := t.index()
	var words []token
	eachToken(q, func(s span) {
		id, ok := x.words[string(key(q[s.start:s.end]))]
		if !ok {
			id = -1
		}
		if len(words) < maxAligned {
			words = append(words, token{s, id})
		}
	})
	if len(words) == 0 || len(x.tokens) == 0 {
		return nil
	}
	var best *alignment
	for _, w := range x.windows(words) {
		if a := align(q, words, t.body, x.tokens[w.start:w.end]); best == nil || a.cost < best.cost {
			best = a
		}
	}
	if best == nil || len(best.pairs) == 0 {
		return nil
	}
	return t.describe(q, best)
}

// windows returns ranges of tokens to align the words of a quotation with.
func (x *index) windows(words []token) []span {
	m := len(words)
	width := max(8, m/2)
	votes := make([]float64, (len(x.tokens)+m)/width+2)
	var rarest []int // of the words that the text has, the rarest first
	for i, w := range words {
		if w.word >= 0 {
			rarest = append(rarest, i)
		}
	}
	slices.SortStableFunc(rarest, func(i, j int) int { return len(x.at[words[i].word]) - len(x.at[words[j].word]) })
	cast := 0
	for _, i := range rarest {
		at := x.at[words[i].word]
		if cast += len(at); cast > maxVotes {
			break
		}
		weight := math.Log(1 + float64(len(x.tokens))/float64(len(at)))
		for _, p := range at {
			votes[(int(p)-i+m)/width] += weight
		}
	}
	var windows []span
	for range maxWindows {
		k, most := -1, 0.0
		for i := range len(votes) - 1 {
			if v := votes[i] + votes[i+1]; v > most {
				k, most = i, v
			}
		}
		if k < 0 {
			break
		}
		votes[k], votes[k+1] = 0, 0
		start := k*width - m - width
		windows = append(windows, span{max(0, start), min(len(x.tokens), start+4*width+m)})
	}
	return windows
}

// A pair is a word of each side; nil where a side has none.
type pair struct{ source, quoted *token }

// An alignment pairs the words of a quotation with those of a window.
type alignment struct {
	cost  int
	pairs []pair
}

// The costs of an alignment. Two words in each other's place cost less than
// one left out and one put in; that a word agrees is worth something, so that
// the quotation's last word finds its like beyond one that it left out.
const (
	costSame  = -1
	costNear  = 2
	costGap   = 2
	costOther = 3
)

// align aligns the whole quotation with the best part of a window, by the
// dynamic programme of Needleman and Wunsch with free ends on one side,
// https://doi.org/10.1016/0022-2836(70)90057-4.
func align(q []byte, words []token, body []byte, window []token) *alignment {
	m, n := len(words), len(window)
	table := make([]int32, (m+1)*(n+1))
	at := func(i, j int) *int32 { return &table[i*(n+1)+j] }
	quoted, source := keys(q, words), keys(body, window)
	differ := func(i, j int) int32 {
		switch {
		case words[i].word == window[j].word:
			return costSame
		case similar(quoted[i], source[j]):
			return costNear
		}
		return costOther
	}
	subst := make([]int32, m*n)
	for i := range m {
		*at(i+1, 0) = int32(i+1) * costGap
		for j := range n {
			d := differ(i, j)
			subst[i*n+j] = d
			*at(i+1, j+1) = min(*at(i, j)+d, *at(i, j+1)+costGap, *at(i+1, j)+costGap)
		}
	}
	last := 0
	for j := range n + 1 {
		if *at(m, j) < *at(m, last) {
			last = j
		}
	}
	a := &alignment{cost: int(*at(m, last))}
	for i, j := m, last; i > 0; {
		switch c := *at(i, j); {
		case j > 0 && c == *at(i-1, j-1)+subst[(i-1)*n+j-1]:
			i, j = i-1, j-1
			a.pairs = append(a.pairs, pair{&window[j], &words[i]})
		case j > 0 && c == *at(i, j-1)+costGap:
			j--
			a.pairs = append(a.pairs, pair{&window[j], nil})
		default:
			i--
			a.pairs = append(a.pairs, pair{nil, &words[i]})
		}
	}
	slices.Reverse(a.pairs)
	return a
}

func keys(b []byte, words []token) [][]byte {
	k := make([][]byte, len(words))
	for i, w := range words {
		k[i] = key(b[w.start:w.end])
	}
	return k
}

// similar reports whether two words are forms of one, or one misspelt: they
// share more than half of the longer one's letters at their start or end.
func similar(a, b []byte) bool {
	most := max(len(a), len(b))
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	k := 0
	for k < len(a)-n && k < len(b)-n && a[len(a)-1-k] == b[len(b)-1-k] {
		k++
	}
	return 2*(n+k) > most
}
