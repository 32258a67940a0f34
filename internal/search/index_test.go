package search

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"readout/internal/link"
	"readout/internal/record"
)

func bridge(t testing.TB) sample {
	t.Helper()
	a, err := txtar.ParseFile("testdata/bridge.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return readSample(t, a.Files, link.Options{})
}

// A text is all texts of an object, each as words.
type text struct {
	href  string
	texts [][]string
}

// texts returns the objects of a site as they are before there is an index.
func (s sample) texts() (all []text) {
	objects(s.site, s.proofs, func(o *object) {
		x := text{href: o.href}
		if o.anchor != "" {
			x.href += "#" + o.anchor
		}
		for _, t := range slices.Concat(o.names, o.facts, o.also) {
			x.texts = append(x.texts, split(string(o.of(t))))
		}
		var run []string
		for _, p := range o.passages {
			run = append(run, split(string(o.of(p.span)))...)
			if p.ends {
				x.texts = append(x.texts, run)
				run = nil
			}
		}
		all = append(all, x)
	})
	return all
}

// hrefs returns the addresses of objects, in their order.
func hrefs(all []text, found map[int]bool) []string {
	list := []string{}
	for _, o := range slices.Sorted(maps.Keys(found)) {
		list = append(list, all[o].href)
	}
	return list
}

// brute returns the objects that hold words in their order.
func brute(all []text, w []string) map[int]bool {
	found := map[int]bool{}
	for o, x := range all {
		for _, t := range x.texts {
			if within(t, w) {
				found[o] = true
			}
		}
	}
	return found
}

// bruteWord returns the objects that hold what a word of a query stands for.
func bruteWord(all []text, w string) map[int]bool {
	found := map[int]bool{}
	each := func(yield func(o int, word string)) {
		for o, x := range all {
			for _, t := range x.texts {
				for _, v := range t {
					yield(o, v)
				}
			}
		}
	}
	each(func(o int, v string) {
		if v == w || len([]rune(w)) > 2 && strings.HasPrefix(v, w) {
			found[o] = true
		}
	})
	return found
}

func TestWords(t *testing.T) {
	s := bridge(t)
	all, r := s.texts(), newReader(t, s.files())
	for _, test := range []struct{ word, want string }{
		{"toll", "issues/bridge.html sources/gazette.html#toll"},
		{"mende", "sources/herald.html"},                              // a beginning
		{"celik", "actors/zoe-celik.html sources/gazette.html#ferry"}, // without its marks
		{"quil", "actors/ada-quill.html meetings/harbour.html sources/gazette.html#toll"},
		{"quiil", "actors/ada-quill.html meetings/harbour.html sources/gazette.html#toll"}, // another letter
		{"norhtland", hrefsOf(t, all, r, "northland")},                                     // two swapped
		{"souhland", hrefsOf(t, all, r, "southland")},                                      // one missing
		{"uthorized", "sources/gazette.html#unsafe"},                                       // the first
		{"xq", ""},
		{"3.5", "sources/gazette.html#unsafe"},
		{"disagreed", ""}, // only the article says so
		{"quote", ""},
		{"planks", "sources/herald.html"}, // the whole text is published
		{"glass", "about.html"},
		{"yellow", "about.html"},
		{"clerk", "sources/gazette.html#toll"},
		{"dusk", "meetings/harbour.html"},
		{"firm", "issues/bridge.html"},
	} {
		if got := strings.Join(hrefs(all, r.word(test.word)), " "); got != test.want {
			t.Errorf("%s: got %s, want %s", test.word, got, test.want)
		}
	}
}

func hrefsOf(t *testing.T, all []text, r *reader, word string) string {
	t.Helper()
	list := hrefs(all, bruteWord(all, word))
	if len(list) == 0 {
		t.Fatalf("nothing has %s", word)
	}
	return strings.Join(list, " ")
}

func TestQuotations(t *testing.T) {
	s := bridge(t)
	all, r := s.texts(), newReader(t, s.files())
	for _, test := range []struct{ quotation, want string }{
		{"a small toll on the bridge", "sources/gazette.html#toll"},
		{"bridge would pay", ""}, // an elision parts them
		{"would pay for its keep", "sources/gazette.html#toll"},
		{"what the envoy meant by small", "sources/gazette.html#toll"},
		{"its keep what the envoy", ""}, // a quotation and a note
		{"I wouldn’t cross it, he said - not for 3.5 million", "sources/gazette.html#unsafe"},
		{"5 million crowns", ""},
		{"SAILS EACH MORNING AT", "sources/gazette.html#ferry"},
		{"to mend the pier. The pier was last", "sources/herald.html"}, // paragraphs
		{"nobody disagreed in public", ""},
		{"ada quill", "actors/ada-quill.html meetings/harbour.html sources/gazette.html#toll"},
		{"we leave no stone out", "about.html"},
		{"bridge", hrefsOf(t, all, r, "bridge")},
	} {
		if got := strings.Join(hrefs(all, r.phrase(split(test.quotation))), " "); got != test.want {
			t.Errorf("%s: got %s, want %s", test.quotation, got, test.want)
		}
	}
}

// random returns a site of pages of all lengths, whose words are few, so that
// any two may stand side by side anywhere.
func random(t testing.TB, seed uint64, pages int) sample {
	w := newAuthor(seed, 40+int(seed%5)*100)
	files := []txtar.File{{Name: "content/site.yaml", Data: []byte("title: A site\n")}}
	for i := range pages {
		n := 3 + w.IntN(60)
		if w.IntN(6) == 0 {
			n = 700 + w.IntN(2500)
		}
		files = append(files, txtar.File{
			Name: fmt.Sprintf("content/page-%03d.md", i),
			Data: fmt.Appendf(nil, "---\ntitle: %s\n---\n%s\n", w.text(1+w.IntN(5)), w.text(n)),
		})
	}
	return readSample(t, files, link.Options{})
}

// TestComplete holds the answers to random queries against those of reading
// everything.
func TestComplete(t *testing.T) {
	for seed := range uint64(6) {
		s := random(t, seed, 80)
		all, r := s.texts(), newReader(t, s.files())
		if len(r.of) == len(r.first) {
			t.Fatal("no object has two segments")
		}
		rnd := rand.New(rand.NewPCG(seed, 2))
		vocabulary := map[string]bool{}
		for _, x := range all {
			for _, words := range x.texts {
				for _, w := range words {
					vocabulary[w] = true
				}
			}
		}
		sorted := slices.Sorted(maps.Keys(vocabulary))
		pick := func() string { return sorted[rnd.IntN(len(sorted))] }
		quotation := func() []string {
			for {
				x := all[rnd.IntN(len(all))]
				words := x.texts[rnd.IntN(len(x.texts))]
				n := 1 + rnd.IntN(14)
				if rnd.IntN(20) == 0 {
					n = 900
				}
				if n > len(words) {
					continue
				}
				at := rnd.IntN(len(words) - n + 1)
				q := slices.Clone(words[at : at+n])
				switch rnd.IntN(4) {
				case 0:
					q[rnd.IntN(n)] = pick()
				case 1:
					i := rnd.IntN(n)
					q[0], q[i] = q[i], q[0]
				}
				return q
			}
		}
		held, none := 0, 0
		for range 300 {
			q := quotation()
			got, want := r.phrase(q), brute(all, q)
			if !maps.Equal(got, want) {
				t.Fatalf("seed %d: %.200q: got %v, want %v", seed, q, hrefs(all, got), hrefs(all, want))
			}
			held, none = held+min(len(want), 1), none+1-min(len(want), 1)
		}
		if held < 50 || none < 50 {
			t.Errorf("seed %d: %d quotations are there and %d are not", seed, held, none)
		}
		for range 100 {
			w := pick()
			w = w[:1+rnd.IntN(len(w))]
			if got, want := r.word(w), bruteWord(all, w); !maps.Equal(got, want) {
				t.Fatalf("seed %d: %q: got %v, want %v", seed, w, hrefs(all, got), hrefs(all, want))
			}
		}
		testSpelling(t, all, r, rnd)
	}
}

// testSpelling misspells words, and holds what is found for them against the
// whole spelling list: in a site of this size, all words.
func testSpelling(t *testing.T, all []text, r *reader, rnd *rand.Rand) {
	t.Helper()
	var list []string
	for _, x := range r.span("0", "\uffff") {
		if strings.ContainsAny(x.key[:1], "<=>") {
			continue
		}
		if len([]rune(x.key)) > 2 {
			list = append(list, x.key)
		}
	}
	wrong := 0
	for range 300 {
		right := list[rnd.IntN(len(list))]
		w := misspell(rnd, right)
		if len(w) < 4 || len(bruteWord(all, w)) > 0 {
			continue
		}
		wrong++
		want := slices.DeleteFunc(slices.Clone(list), func(v string) bool {
			half := (len(w) - 1) / 2
			return !near([]rune(v), []rune(w)) && !(strings.HasPrefix(v, w[:half]) && spells(v, w))
		})
		if got := r.spelled(w); !slices.Equal(got, want) {
			t.Fatalf("%s for %s: got %v, want %v", w, right, got, want)
		}
		if !slices.Contains(want, right) {
			t.Fatalf("%s: %s is not among %v", w, right, want)
		}
	}
	if wrong < 20 {
		t.Errorf("only %d words are misspelt", wrong)
	}
}

func misspell(rnd *rand.Rand, w string) string {
	i := rnd.IntN(len(w))
	letter := string(rune('a' + rnd.IntN(26)))
	switch rnd.IntN(4) {
	case 0:
		return w[:i] + w[i+1:]
	case 1:
		return w[:i] + letter + w[i:]
	case 2:
		return w[:i] + letter + w[i+1:]
	}
	if i+1 == len(w) {
		i = cmp.Or(i-1, 0)
	}
	if i < 0 {
		return w
	}
	return w[:i] + w[i+1:i+2] + w[i:i+1] + w[i+2:]
}

// TestFacts holds what the facets know of objects to exact results.
func TestFacts(t *testing.T) {
	s := bridge(t)
	all, r := s.texts(), newReader(t, s.files())
	for href, want := range map[string]string{
		"actors/ada-quill.html":       "actors/ada-quill.html actors/northland.html",
		"issues/bridge.html":          "issues/bridge.html",
		"meetings/harbour.html":       "actors/ada-quill.html actors/northland.html actors/southland.html issues/bridge.html meetings/harbour.html, 2031-05-04 to 2031-05-04",
		"sources/herald.html":         "sources/herald.html, 2031-06-12 to 2031-06-12",
		"sources/gazette.html#toll":   "relayed actors/ada-quill.html actors/northland.html actors/southland.html issues/bridge.html meetings/harbour.html sources/gazette.html, 2031-05-05 to 2031-05-05",
		"sources/gazette.html#unsafe": "unnamed actors/southland.html sources/gazette.html, 2031-04-01 to 2031-04-30",
		"about.html":                  "",
	} {
		o := slices.IndexFunc(all, func(x text) bool { return x.href == href })
		f := r.fact(o)
		var list []string
		for _, n := range f.refs {
			if n < 0 {
				list = append(list, string(ways[n+len(ways)]))
				continue
			}
			list = append(list, all[n].href)
		}
		got := strings.Join(list, " ")
		if f.dated {
			got += ", " + record.Day(f.first).String() + " to " + record.Day(f.last).String()
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", href, got, want)
		}
	}
}

// TestOpenDates holds open ends to the length that they are given.
func TestOpenDates(t *testing.T) {
	day := record.NewDay(2031, 5, 4)
	for date, want := range map[string][2]record.Day{
		"2031-05-04":    {day, day},
		"2031-05-04/..": {day, day + longest},
		"../2031-05-04": {day - longest, day},
		"2031-05":       {day - 3, day + 27},
	} {
		d, err := record.ParseDate(date)
		if err != nil {
			t.Fatal(err)
		}
		o := object{dates: []record.Date{{}, d}}
		if first, last, ok := o.days(); !ok || first != want[0] || last != want[1] {
			t.Errorf("%s: %v to %v, want %v", date, first, last, want)
		}
	}
	if _, _, ok := (&object{dates: []record.Date{{}}}).days(); ok {
		t.Error("no date has days")
	}
}

// TestPrivate holds what is not published out of the index, and so what was
// said after the day as of which a site is built.
func TestPrivate(t *testing.T) {
	for day, private := range map[string][]string{
		"":           {"disagreed", "nobody here would quote", "pay for its keep. Nobody"},
		"2031-05-20": {"disagreed", "ferry wanted kept", "Southland wants the ferry kept"},
	} {
		a, err := txtar.ParseFile("testdata/bridge.txtar")
		if err != nil {
			t.Fatal(err)
		}
		var opt link.Options
		if d, err := record.ParseDay(day); err == nil {
			opt = link.Options{AsOf: d, HasAsOf: true}
		}
		for _, f := range readSample(t, a.Files, opt).files() {
			for _, words := range private {
				if strings.Contains(string(f.Data), words) {
					t.Errorf("as of %q %s holds %q", day, f.Path, words)
				}
			}
		}
	}
}

// TestSmall holds the index of a small site to a few small files, the same
// each time.
func TestSmall(t *testing.T) {
	s := bridge(t)
	files := s.files()
	var names []string
	size := 0
	for _, f := range files {
		names = append(names, f.Path)
		size += len(f.Data)
	}
	want := []string{"search/index.js", "search/t/0.js", "search/d/0.js", "search/f/0.js"}
	if !slices.Equal(names, want) || size > 25_000 {
		t.Errorf("%d bytes in %v", size, names)
	}
	for range 3 {
		if !reflect.DeepEqual(bridge(t).files(), files) {
			t.Fatal("the same site has another index")
		}
	}
	if s := readSample(t, []txtar.File{{Name: "content/site.yaml", Data: []byte("title: Nothing\n")}}, link.Options{}); len(s.texts()) > 0 {
		t.Error("an empty site has objects")
	} else if r := newReader(t, s.files()); len(r.of) > 0 || len(r.word("nothing")) > 0 || len(r.phrase([]string{"no", "thing"})) > 0 {
		t.Error("something is found where there is nothing")
	}
}

// TestPassages holds what a result shows to exact texts.
func TestPassages(t *testing.T) {
	s := bridge(t)
	all, r := s.texts(), newReader(t, s.files())
	for href, want := range map[string]string{
		"sources/gazette.html#toll": `0 [Northland asks for a toll on the bridge] [Ada Quill relayed A toll on every crossing 5 May 2031 Envoys meet at the harbour The Gazette] [for-if ± For, if]` +
			` [proposes a harbour clerk reporters Northland The bridge Harbour talks Southland] [[ “a small toll on the bridge [...]”] [ “would pay for its keep”] [ the ferry stays free] [ for the time being] [ What the envoy meant by small nobody asked.]]`,
		"sources/gazette.html#unsafe": "0 [An official doubts that the crossing is safe] [a harbour official unnamed source Apr 2031 Envoys meet at the harbour The Gazette] 0" +
			" [not authorized to speak publicly Southland] [[ “\u202f“I wouldn't cross it,” he said—not for 3.5 million crowns”]]",
		"sources/herald.html":   "0 [A letter from the south bank] [The Herald 12 Jun 2031, date inferred statement] 0 [] [[p1 We ask both banks to keep the ferry as it is and to mend the pier. p2 The pier was last mended eleven years ago. Winter took three of its planks. p3 Every paragraph of a full text can be found.]]",
		"actors/ada-quill.html": "0 [Ada Quill Quill] [person Northland] 0 [] [[ Northland's envoy, known for her patience.] [roles chief envoy, Northland]]",
		"about.html":            "0 [About] [] 0 [] [[ How this is made. our-method Our method our-method Every quotation is held to its article. what-we-leave-out What we leave out what-we-leave-out Rumours. We leave no stone out of the bridge's story.] [corrections The ferry was said to be yellow] [fn-1 Letter by letter, with a magnifying glass.]]",
		"index.html":            "0 [The bridge] [] 0 [] [[ The two banks quarrel over a bridge. See The bridge.]]",
	} {
		o := slices.IndexFunc(all, func(x text) bool { return x.href == href })
		p := r.segment(r.first[o])
		if got := fmt.Sprint(p.place, p.names, p.facts, p.stance, p.also, p.runs); got != want {
			t.Errorf("%s: got\n%q\nwant\n%q", href, got, want)
		}
		if p.href != href {
			t.Errorf("%s leads to %s", href, p.href)
		}
	}
}
