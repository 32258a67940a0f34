package ingest

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"

	"readout/internal/quote"
)

// An Unknown is what looks like a name and is none of the known ones.
type Unknown struct {
	Name      string   `json:"name"`
	Forms     []string `json:"forms,omitempty"` // shorter ones that are its end: "Berg" for "Ada Berg"
	Count     int      `json:"count"`           // of all forms
	Paragraph int      `json:"paragraph"`       // of the first place
	Start     int      `json:"start"`
	End       int      `json:"end"`
}

// Unknown returns what of a text looks like a name that is not known, the
// most frequent first; of these several words and abbreviations before single
// words, then in the order of the text.
//
// A name is a run of words with capitals, with initials and particles between
// them ("J. van der Berg"). Where a capital means nothing, at the beginning of
// a sentence, of a quotation, and throughout a heading, a single word counts
// only if it has one elsewhere too, and a first word that the text has in small
// letters is left out, as are articles and the like. So are honorifics, offices,
// days and months, and the one word beside a known name, which belongs to it.
// In scripts without capitals nothing looks like a name. In German, where every
// noun has one, a single word counts only if it stands as places do ("in
// Bremen"), or as the end of a longer name.
func (n *Names) Unknown(text []byte) []Unknown {
	s := string(text)
	var all [][]word
	var offsets []int // of the paragraphs, for those with no word
	small := map[string]bool{}
	for _, p := range quote.NewText(text, nil).Paragraphs() {
		ws := wordsIn(nil, s, p.Start, p.End)
		for _, w := range ws {
			if r, _ := utf8.DecodeRuneInString(w.key); unicode.IsLower(r) {
				small[w.key] = true
			}
		}
		all = append(all, ws)
		offsets = append(offsets, p.Start)
	}
	nouns := nounsInCapitals(all, small)
	var places []candidate
	for i, ws := range all {
		if len(ws) == 0 {
			continue
		}
		known := make([]bool, len(ws))
		for _, m := range n.matches(s, ws) {
			for k := m.first; k <= m.last; k++ {
				known[k] = true
			}
		}
		starts := sentenceStarts(s[offsets[i]:ws[len(ws)-1].end], offsets[i], ws)
		r := &runs{text: s, ws: ws, known: known, starts: starts, small: small, caps: capitalWords(s, ws), nouns: nouns}
		for _, c := range r.find() {
			c.Paragraph = i + 1
			places = append(places, c)
		}
	}
	return rank(count(places))
}

// nounsInCapitals reports whether a text is written as German is: of its words
// in the middle of a line a fifth at least have a capital, and it has most of
// the words that German sentences are held together by.
func nounsInCapitals(all [][]word, small map[string]bool) bool {
	glue := 0
	for w := range germanGlue {
		if small[w] {
			glue++
		}
	}
	capitals, words := 0, 0
	for _, ws := range all {
		for i, w := range ws {
			if i > 0 && isWord(w) {
				words++
				if w.capital() {
					capitals++
				}
			}
		}
	}
	return glue*2 >= len(germanGlue) && capitals*5 >= words
}

// placed reports whether a noun stands as names of places do, and not as one
// of a thing: behind a preposition, without an article.
func (r *runs) placed(i int) bool {
	return i > 0 && r.ws[i].gap && germanPlaces[r.ws[i-1].key] && !germanNoun.MatchString(r.ws[i].key)
}

// A candidate is a place, then all places, of what may be a name.
type candidate struct {
	Unknown
	sure bool   // a capital means a name here
	noun bool   // where every noun has one
	rest string // what is left of it without its first word, where that begins a sentence
	at   int    // of rest
}

// count gathers the places of each name. The first word of a sentence is left
// out where the rest is a name elsewhere: "Ahead of the Geneva".
func count(places []candidate) []*candidate {
	sure := map[string]bool{}
	for _, c := range places {
		sure[c.Name] = sure[c.Name] || c.sure && c.rest == ""
	}
	found := map[string]*candidate{}
	var order []*candidate
	for _, c := range places {
		if c.rest != "" && !sure[c.Name] && sure[c.rest] {
			c.Name, c.Start = c.rest, c.at
		}
		f := found[c.Name]
		if f == nil {
			f = &c
			found[c.Name], order = f, append(order, f)
		}
		f.Count++
		f.sure = f.sure || c.sure
		f.noun = f.noun && c.noun
	}
	return order
}

// rank merges shorter forms with the one longer name that they end, and sorts.
func rank(order []*candidate) []Unknown {
	ending := map[string][]*candidate{} // by each proper end
	for _, c := range order {
		for i := 0; c.sure && i < len(c.Name); {
			next := strings.IndexByte(c.Name[i:], ' ')
			if next < 0 {
				break
			}
			i += next + 1
			ending[c.Name[i:]] = append(ending[c.Name[i:]], c)
		}
	}
	merged := map[*candidate]bool{}
	for _, c := range order {
		if longer := ending[c.Name]; len(longer) == 1 && len(ending[longer[0].Name]) != 1 {
			l := longer[0]
			l.Forms, l.Count, merged[c] = append(l.Forms, c.Name), l.Count+c.Count, true
			if c.Start < l.Start {
				l.Paragraph, l.Start, l.End = c.Paragraph, c.Start, c.End
			}
		}
	}
	var list []Unknown
	for _, c := range order {
		if c.sure && !c.noun && !merged[c] {
			list = append(list, c.Unknown)
		}
	}
	slices.SortStableFunc(list, func(a, b Unknown) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(certainty(b.Name), certainty(a.Name)), cmp.Compare(a.Start, b.Start))
	})
	return list
}

// certainty ranks names that stand in a text equally often: several words, and
// abbreviations, are names more often than a single word with a capital is.
func certainty(name string) int {
	if strings.ContainsAny(name, " -") || !strings.ContainsFunc(name, unicode.IsLower) {
		return 1
	}
	return 0
}

// sentenceStarts tells which words stand where every word has a capital.
func sentenceStarts(s string, offset int, ws []word) []bool {
	starts := make([]bool, len(ws))
	i := 0
	for it := sentences.FromString(s); it.Next(); {
		end := offset + it.End()
		first := true
		for ; i < len(ws) && ws[i].start < end; i++ {
			if r, _ := utf8.DecodeRuneInString(ws[i].key); unicode.IsLetter(r) {
				quoted := i > 0 && !ws[i].gap && opens(ws, i-1)
				colon := i > 0 && ws[i].gap && ws[i-1].key == ":"
				starts[i] = first && !abbreviated(ws, i) || quoted || colon
				first = false
			}
		}
	}
	if isTitle(s, ws) {
		for i := range starts {
			starts[i] = true
		}
	}
	return starts
}

// abbreviated reports whether a full stop before word i is that of a title or
// an initial, which ends no sentence.
func abbreviated(ws []word, i int) bool {
	if i < 2 || ws[i-1].key != "." || ws[i-1].gap {
		return false
	}
	key := ws[i-2].key
	return titles[strings.ToLower(key)] || abbreviations[strings.ToLower(key)] || ws[i-2].capital() && utf8.RuneCountInString(key) == 1
}

// opens reports whether word i is a mark that opens a quotation.
func opens(ws []word, i int) bool {
	switch ws[i].key {
	case "“", "„", "«", "»", "\"", "‹", "‚", "「", "『":
		return ws[i].gap || i == 0 || !isWord(ws[i-1])
	case "'":
		return !ws[i].inner && (ws[i].gap || i == 0)
	}
	return false
}

// isTitle reports whether a paragraph is a heading in capitals: a few words,
// most of them with one, and not the end of a sentence.
func isTitle(s string, ws []word) bool {
	letters, capitals := 0, 0
	for _, w := range ws {
		if r, _ := utf8.DecodeRuneInString(w.key); unicode.IsLetter(r) {
			letters++
			if w.capital() {
				capitals++
			}
		}
	}
	return letters <= 20 && capitals*5 >= letters*3 && !endsSentence(strings.TrimSpace(s))
}

// runs looks for names in a paragraph.
type runs struct {
	text                string
	ws                  []word
	known, starts, caps []bool
	small               map[string]bool
	nouns               bool // every noun has a capital
}

func (r *runs) find() []candidate {
	var list []candidate
	for i := 0; i < len(r.ws); {
		if !r.starter(i) {
			i++
			continue
		}
		parts := []int{i} // the words with letters, particles among them
		j := i
		for {
			k, more := r.step(j)
			if !more {
				break
			}
			for p := j + 1; p <= k; p++ {
				if isWord(r.ws[p]) {
					parts = append(parts, p)
				}
			}
			j = k
		}
		list = append(list, r.cut(parts)...)
		i = j + 1
	}
	return list
}

// starter reports whether a name may begin with word i.
func (r *runs) starter(i int) bool {
	if r.known[i] {
		return false
	}
	w := r.ws[i]
	if w.capital() {
		// "L’Assemblée" at the beginning of a sentence, but "met D’Angelo".
		article := i+1 < len(r.ws) && r.ws[i+1].inner && elided[strings.ToLower(w.key)]
		return begins(r.ws, i) && !(article && (r.starts[i] || i+2 < len(r.ws) && !r.ws[i+2].capital()))
	}
	// al-Something
	return joiners[w.key] && i+2 < len(r.ws) && r.hyphen(i+1) && r.ws[i+2].capital() && !r.known[i+2]
}

func (r *runs) hyphen(i int) bool { return r.ws[i].key == "-" && !r.ws[i].gap && !r.ws[i+1].gap }

// step returns the next word of a name that has word j.
func (r *runs) step(j int) (int, bool) {
	ok := func(k int) bool { return k < len(r.ws) && !r.known[k] && r.ws[k].capital() }
	k := j + 1
	if k >= len(r.ws) || r.known[k] {
		return 0, false
	}
	switch w := r.ws[k]; {
	case w.gap && ok(k):
		return k, true
	case w.key == "." && !w.gap && r.initial(j):
		if ok(k + 1) {
			return k + 1, true
		}
		return r.particle(k+1, ok)
	case k+1 < len(r.ws) && r.hyphen(k) && ok(k+1):
		return k + 1, true
	case w.inner && k+1 < len(r.ws) && !r.known[k+1] && !endings[r.ws[k+1].key]:
		return k + 1, true
	case w.key == "&" && w.gap && ok(k+1):
		return k + 1, true
	case w.key == "of" && !heads[strings.ToLower(r.ws[j].key)]:
		return 0, false
	}
	return r.particle(k, ok)
}

// particle returns the word of a name behind the particles at word k.
func (r *runs) particle(k int, ok func(int) bool) (int, bool) {
	at := func(i int, set map[string]bool) bool { return i < len(r.ws) && r.ws[i].gap && set[r.ws[i].key] }
	switch {
	case !at(k, particles):
		return 0, false
	case ok(k+1) && r.ws[k+1].gap:
		return k + 1, true
	case at(k+1, seconds) && ok(k+2) && r.ws[k+2].gap:
		return k + 2, true
	case joiners[r.ws[k].key] && k+2 < len(r.ws) && r.hyphen(k+1) && ok(k+2):
		return k + 2, true
	}
	return 0, false
}

// initial reports whether word i is an initial, or an abbreviation that names
// have.
func (r *runs) initial(i int) bool {
	key := r.ws[i].key
	return utf8.RuneCountInString(key) == 1 || abbreviations[strings.ToLower(key)] || strings.Contains(key, ".")
}

// acronym reports whether word i is all capitals, two at least.
func (r *runs) acronym(i int) bool {
	key := r.ws[i].key
	return utf8.RuneCountInString(key) > 1 && !strings.ContainsFunc(key, unicode.IsLower)
}

// cut parts a run at words that are no part of a name.
func (r *runs) cut(parts []int) []candidate {
	var list []candidate
	from := 0
	for i := 0; i <= len(parts); i++ {
		if i < len(parts) && !r.dated(parts[i]) {
			continue
		}
		if c, ok := r.name(parts[from:i]); ok {
			list = append(list, c)
		}
		from = i + 1
	}
	return list
}

// dated reports whether word i is a day or a month. Jan and Mar are names too,
// unless a full stop or a number follows.
func (r *runs) dated(i int) bool {
	key := strings.ToLower(r.ws[i].key)
	if !shortMonths[key] {
		return calendar[key]
	}
	if i+1 == len(r.ws) {
		return false
	}
	next := r.ws[i+1].key
	return next == "." && !r.ws[i+1].gap || strings.ContainsFunc(next, unicode.IsDigit)
}

// name makes a name of a run, without what leads up to it.
func (r *runs) name(parts []int) (candidate, bool) {
	first := true
	for len(parts) > 0 {
		i := parts[0]
		lower := strings.ToLower(r.ws[i].key)
		begins := first && r.starts[i]
		stop := stops[lower] && !r.acronym(i)
		if !(isOffice(lower) || particles[lower] && !joiners[lower] || begins && (stop || r.small[lower])) {
			break
		}
		first = false
		parts = parts[1:]
	}
	for len(parts) > 0 {
		last := r.ws[parts[len(parts)-1]]
		if !particles[last.key] && !(last.gap && isOffice(strings.ToLower(last.key))) {
			break
		}
		parts = parts[:len(parts)-1]
	}
	for len(parts) > 0 && !r.ws[parts[0]].capital() && !joiners[r.ws[parts[0]].key] {
		parts = parts[1:] // the end of a word whose beginning was left out: "Aujourd’hui"
	}
	if len(parts) == 0 {
		return candidate{}, false
	}
	a, b := parts[0], parts[len(parts)-1]
	c := candidate{Unknown: Unknown{Start: r.ws[a].start, End: r.ws[b].end}}
	c.Name = tidy(r.text[c.Start:c.End])
	single := len(parts) == 1
	c.noun = single && r.nouns && !r.acronym(a) && !r.placed(a)
	if single && (stops[strings.ToLower(c.Name)] && !r.acronym(a) || utf8.RuneCountInString(c.Name) < 2 || a > 0 && r.known[a-1] && r.ws[a].gap || b+1 < len(r.ws) && r.known[b+1] && r.ws[b+1].gap) {
		return candidate{}, false
	}
	if rest := parts[1:]; r.starts[a] && len(rest) > 0 {
		for len(rest) > 1 && (particles[r.ws[rest[0]].key] || seconds[r.ws[rest[0]].key]) {
			rest = rest[1:]
		}
		c.at = r.ws[rest[0]].start
		c.rest = tidy(r.text[c.at:c.End])
	}
	c.sure = !r.caps[a] && slices.ContainsFunc(parts, func(i int) bool { return !r.starts[i] })
	return c, true
}
