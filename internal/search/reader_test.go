package search

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// A reader is a client of the index, as the package comment describes one,
// which notes what it fetches. It shares with the package only what makes
// words of a text.
type reader struct {
	testing.TB
	files   map[string][]byte
	fetched map[string]bool
	sizes   map[string]int
	digest  string
	index   struct {
		Version, Segments, Buckets, Exact, Facts int
		Kinds                                    []string
		Ends                                     []int
		More, Texts                              string
		Table                                    []string
	}
	of    []int // the object of each segment
	first []int // the first segment of each object
	texts []int

	blocks   map[int][]row
	segments map[int]*piece
}

func newReader(t testing.TB, files []File) *reader {
	r := &reader{TB: t, files: map[string][]byte{}, sizes: map[string]int{}}
	r.forget()
	for _, f := range files {
		r.files[f.Path] = f.Data
	}
	r.fetch("index", &r.index)
	more := map[int]bool{}
	for _, s := range r.list(r.index.More) {
		more[s] = true
	}
	for s := range r.index.Segments {
		if !more[s] {
			r.first = append(r.first, s)
		}
		r.of = append(r.of, len(r.first)-1)
	}
	r.texts = r.list(r.index.Texts)
	return r
}

var part = regexp.MustCompile(`(?s)^readoutSearch\("([0-9a-f]{8})","([a-z]+(?:/\d+)?)",(.*)\)\n$`)

// fetch reads the arguments of a part.
func (r *reader) fetch(name string, args ...any) {
	r.Helper()
	r.fetched[name] = true
	data, ok := r.files["search/"+name+".js"]
	m := part.FindSubmatch(data)
	switch {
	case !ok:
		r.Fatalf("there is no part %s", name)
	case m == nil:
		r.Fatalf("%s is no part: %.60q", name, data)
	case string(m[2]) != name:
		r.Fatalf("%s calls itself %s", name, m[2])
	case r.digest == "":
		r.digest = string(m[1])
	case r.digest != string(m[1]):
		r.Fatalf("%s is of another build", name)
	}
	d := json.NewDecoder(bytes.NewReader(fmt.Appendf(nil, "[%s]", m[3])))
	if _, err := d.Token(); err != nil {
		r.Fatal(err)
	}
	for _, a := range args {
		if err := d.Decode(a); err != nil {
			r.Fatalf("%s: %v", name, err)
		}
	}
	if d.More() {
		r.Fatalf("%s: more than %d arguments", name, len(args))
	}
}

// forget makes the reader fetch everything anew.
func (r *reader) forget() {
	r.fetched = map[string]bool{"index": true}
	r.blocks, r.segments = map[int][]row{}, map[int]*piece{}
}

// cost returns how many bytes were fetched, each part compressed.
func (r *reader) cost() int {
	n := 0
	for name := range r.fetched {
		if r.sizes[name] == 0 {
			r.sizes[name] = zipped(r.files["search/"+name+".js"])
		}
		n += r.sizes[name]
	}
	return n
}

func zipped(data []byte) int {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.Len()
}

func (r *reader) list(s string) (all []int) {
	if s == "" {
		return nil
	}
	k := int(s[0]) - 35
	var bits []int
	for _, c := range []byte(s[1:]) {
		if c > 92 {
			c--
		}
		for i := range 6 {
			bits = append(bits, int(c-35)>>i&1)
		}
	}
	at, high := -1, 0
	for i := 0; i < len(bits); {
		i++
		if bits[i-1] == 0 {
			high++
			continue
		}
		d := high << k
		for b := range k {
			d |= bits[i] << b
			i++
		}
		at += d + 1
		all = append(all, at)
		high = 0
	}
	return all
}

func (r *reader) numbers(s string) (all []int) {
	for i := 0; i < len(s); i++ {
		v, m := 0, 1
		for ; s[i] > 92; i++ {
			v += (int(s[i]) - 93 + 56) * m
			m *= 31
		}
		all = append(all, v+(int(s[i])-35)*m)
	}
	return all
}

// A row is an entry of the table, as it is read.
type row struct {
	key          string
	list, titles []int
}

// span returns the entries from the key low to before high.
func (r *reader) span(low, high string) (found []row) {
	n := 0
	for n+1 < len(r.index.Table) && compare(r.index.Table[n+1], low) <= 0 {
		n++
	}
	for ; ; n++ {
		for _, x := range r.block(n) {
			if compare(x.key, low) >= 0 && compare(x.key, high) < 0 {
				found = append(found, x)
			}
		}
		if n+1 == len(r.index.Table) || compare(r.index.Table[n+1], high) >= 0 {
			return found
		}
	}
}

func (r *reader) block(n int) (rows []row) {
	if rows, ok := r.blocks[n]; ok {
		return rows
	}
	var keys, lists string
	r.fetch("t/"+strconv.Itoa(n), &keys, &lists)
	if keys == "" {
		return nil // the only block, of an empty site
	}
	key := ""
	coded := strings.Split(lists, " ")
	for i, k := range strings.Split(keys, " ") {
		// The keys of the tests have no characters of two units.
		key = string([]rune(key)[:k[0]-35]) + k[1:]
		list, titles, _ := strings.Cut(coded[i], "|")
		rows = append(rows, row{key, r.list(list), r.list(titles)})
	}
	r.blocks[n] = rows
	return rows
}

func (r *reader) exact(key string) (row, bool) {
	if all := r.span(key, key+"\x00"); len(all) > 0 {
		return all[0], true
	}
	return row{}, false
}

func (r *reader) beginning(key string) []row { return r.span(key, key+"\uffff") }

// A piece is a segment, as it is read.
type piece struct {
	place              int
	href               string
	names, facts, also []string
	stance             any
	runs               [][]string
}

func (r *reader) segment(s int) *piece {
	if p := r.segments[s]; p != nil {
		return p
	}
	n, _ := slices.BinarySearch(r.texts, s+1)
	var all []json.RawMessage
	r.fetch("d/"+strconv.Itoa(n-1), &all)
	for i, data := range all {
		p := &piece{}
		args := []any{&p.place, &p.href, &p.names, &p.facts, &p.stance, &p.also, &p.runs}
		if err := json.Unmarshal(data, &args); err != nil {
			r.Fatal(err)
		}
		r.segments[r.texts[n-1]+i] = p
	}
	return r.segments[s]
}

// A fact is what a part of facts says of an object.
type fact struct {
	refs        []int
	dated       bool
	first, last int // days since 1970
}

func (r *reader) fact(o int) fact {
	var coded string
	r.fetch("f/"+strconv.Itoa(o/r.index.Facts), &coded)
	v := r.numbers(coded)
	day := 0
	for i := range o%r.index.Facts + 1 {
		var f fact
		n := v[0]
		v = v[1:]
		at := -5
		for range n {
			at += v[0] + 1
			f.refs = append(f.refs, at)
			v = v[1:]
		}
		d := v[0] - 1
		v = v[1:]
		if d >= 0 {
			if d%2 == 0 {
				day += d / 2
			} else {
				day -= (d + 1) / 2
			}
			f.dated, f.first, f.last = true, day, day+v[0]
			v = v[1:]
		}
		if i == o%r.index.Facts {
			return f
		}
	}
	panic("unreachable")
}

// split returns the words of a text.
func split(s string) []string {
	var p splitter
	p.words([]byte(s))
	return p.list()
}

// list returns the words of the last text.
func (p *splitter) list() (all []string) {
	from := 0
	for _, end := range p.ends {
		all = append(all, string(p.letters[from:end]))
		from = end
	}
	return all
}

// word returns the objects that hold what a word of a query stands for.
func (r *reader) word(w string) map[int]bool {
	found := map[int]bool{}
	add := func(rows ...row) {
		for _, x := range rows {
			for _, s := range x.list {
				found[r.of[s]] = true
			}
		}
	}
	if utf8.RuneCountInString(w) < 3 {
		x, _ := r.exact(w)
		add(x)
		return found
	}
	add(r.beginning(w)...)
	if len(found) == 0 && utf8.RuneCountInString(w) > 3 {
		for _, t := range r.spelled(w) {
			x, _ := r.exact(t)
			add(x)
		}
	}
	return found
}

// spelled returns what a misspelt word may stand for.
func (r *reader) spelled(word string) []string {
	w := []rune(word)
	found := map[string]bool{}
	for _, x := range r.beginning(">" + string(w[:(len(w)-1)/2])) {
		if t := x.key[1:]; spells(t, word) {
			found[t] = true
		}
	}
	for _, x := range r.beginning("<" + string([]rune(reverse(word))[:len(w)/2])) {
		if t := reverse(x.key[1:]); near([]rune(t), w) {
			found[t] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func reverse(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}

// phrase returns the objects in which words stand in this order.
func (r *reader) phrase(w []string) map[int]bool {
	found := map[int]bool{}
	segments, sure := r.candidates(w)
	for _, s := range segments {
		if !found[r.of[s]] && (sure || r.holds(s, w)) {
			found[r.of[s]] = true
		}
	}
	return found
}

// candidates returns the segments in which words may begin to stand in this
// order, and whether they do for sure.
func (r *reader) candidates(w []string) (found []int, sure bool) {
	if len(w) == 1 {
		x, _ := r.exact(w[0])
		return x.list, true
	}
	if len(w) > 5 {
		found, pairs, _ := r.narrowed(w, w, 4, 5)
		if pairs > 2 && len(found) < 9 {
			return found, false
		}
	}
	found, _, sure = r.narrowed(w, w[:min(len(w), 12)], 12, 11)
	return found, sure
}

// narrowed returns candidates by so many of the longest of some words and by so
// many pairs at most, and how many pairs these are.
func (r *reader) narrowed(w, some []string, words, most int) (found []int, pairs int, sure bool) {
	longest := slices.Compact(slices.SortedFunc(slices.Values(some), func(a, b string) int {
		return cmp.Or(len(b)-len(a), strings.Compare(a, b))
	}))
	longest = longest[:min(words, len(longest))]
	in := map[string]int{} // segments
	holds := map[int]int{}
	for i, x := range longest {
		row, _ := r.exact(x)
		in[x] = len(row.list)
		for _, s := range row.list {
			if holds[r.of[s]] == i {
				holds[r.of[s]]++
			}
		}
	}
	var lists [][]int
	for i := range w[1:min(len(w), segmentWords)] {
		a, knowA := in[w[i]]
		b, knowB := in[w[i+1]]
		limit := r.index.Exact
		key := ""
		switch {
		case knowA && knowB && a*b >= limit:
			key = "&" + w[i] + "&" + w[i+1]
			sure = len(w) == 2
		case knowA && knowB || knowA && a*r.index.Segments < limit || knowB && b*r.index.Segments < limit:
			key = "#" + strconv.Itoa(bucket(hash(w[i]), hash(w[i+1]), r.index.Buckets))
		}
		if key != "" && len(lists) < most {
			x, _ := r.exact(key)
			lists = append(lists, x.list)
		}
	}
	lead, trail := map[int]int{}, map[int]int{}
	for i, l := range lists {
		for _, s := range l {
			if lead[s] == i {
				lead[s]++
			}
		}
	}
	for i, l := range slices.Backward(lists) {
		for _, s := range l {
			if trail[s] == len(lists)-1-i {
				trail[s]++
			}
		}
	}
	for s := range trail {
		lead[s-1] += 0 // all pairs may be in the next one
	}
	for s := range lead {
		if s < 0 {
			continue
		}
		have := lead[s]
		if s+1 < len(r.of) && r.of[s+1] == r.of[s] {
			have += trail[s+1]
		}
		if have >= len(lists) && holds[r.of[s]] == len(longest) {
			found = append(found, s)
		}
	}
	slices.Sort(found)
	return found, len(lists), sure
}

// holds reports whether words stand in this order in a text that begins in a
// segment.
func (r *reader) holds(s int, w []string) bool {
	p := r.segment(s)
	if p.place == 0 {
		for _, t := range slices.Concat(p.names, p.facts, p.also) {
			if within(split(t), w) {
				return true
			}
		}
	}
	for i, run := range p.runs {
		all := textOf(run)
		if i == len(p.runs)-1 {
			for next := s + 1; next < len(r.of) && r.of[next] == r.of[s]; next++ {
				q := r.segment(next)
				if q.place < 2 {
					break
				}
				all = append(all, textOf(q.runs[0])...)
				if len(q.runs) > 1 {
					break
				}
			}
		}
		if within(all, w) {
			return true
		}
	}
	return false
}

func textOf(run []string) (all []string) {
	for i := 1; i < len(run); i += 2 {
		all = append(all, split(run[i])...)
	}
	return all
}

// within reports whether words stand among others in their order.
func within(all, w []string) bool {
	for i := 0; i+len(w) <= len(all); i++ {
		if slices.Equal(all[i:i+len(w)], w) {
			return true
		}
	}
	return false
}

// near reports whether two words are within one edit.
func near(a, b []rune) bool {
	i, j := 0, 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	for j < min(len(a), len(b))-i && a[len(a)-1-j] == b[len(b)-1-j] {
		j++
	}
	a, b = a[i:len(a)-j], b[i:len(b)-j]
	return len(a) < 2 && len(b) < 2 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}

// spells reports whether t is what w may stand for, or begins with it.
func spells(t, w string) bool {
	a, b := []rune(t), []rune(w)
	for k := len(b) - 1; k <= len(b)+1; k++ {
		if near(a[:min(k, len(a))], b) && (len(a) <= k || a[k-1] == b[len(b)-1]) {
			return true
		}
	}
	return false
}
