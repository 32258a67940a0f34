package search

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"readout/internal/link"
)

// What a site of up to 10,000 pages may cost, in bytes as a host sends them.
const (
	pages         = 10_000
	mostFirst     = 100_000   // a first query, with the code
	mostQuotation = 150_000   // a quotation of nine words, with the code
	mostShort     = 6_000_000 // one of two or three of a text whose words know no neighbours
	mostIndex     = 5_000_000 // all parts but the passages
	mostCode      = 6 << 10   // search.js
)

// TestSizes holds the index of a large site and of a smaller one, whose parts
// are larger, and what queries fetch of them, to their limits.
func TestSizes(t *testing.T) {
	if testing.Short() {
		t.Skip("10,000 pages take some seconds")
	}
	for _, n := range []int{pages, 1300} {
		t.Run(strconv.Itoa(n), func(t *testing.T) { testSizes(t, n) })
	}
}

func testSizes(t *testing.T, pages int) {
	s := readSample(t, prosePages(newAuthor(1, 60_000), pages), link.Options{})
	files := s.files()
	sizes, raw, count := map[string]int{}, map[string]int{}, map[string]int{}
	for _, f := range files {
		kind, _, _ := strings.Cut(strings.TrimPrefix(f.Path, "search/"), "/")
		sizes[kind] += zipped(f.Data)
		raw[kind] += len(f.Data)
		count[kind]++
	}
	t.Log("compressed:", sizes, "raw:", raw, "files:", count)
	if n := sizes["index.js"] + sizes["t"] + sizes["f"]; n > mostIndex {
		t.Errorf("the index takes %d bytes without its passages, over %d", n, mostIndex)
	} else {
		t.Logf("the index takes %d bytes without its passages", n)
	}

	script, err := os.ReadFile("../../static/search.js")
	if err != nil {
		t.Fatal(err)
	}
	var sent []byte // a build leaves out comments and indentation
	for line := range bytes.Lines(script) {
		if line = bytes.TrimLeft(line, "\t"); !bytes.HasPrefix(line, []byte("//")) {
			sent = append(sent, line...)
		}
	}
	code := zipped(sent)
	if code > mostCode {
		t.Errorf("search.js takes %d bytes, over %d", code, mostCode)
	}
	r := newReader(t, files)
	all := s.texts()
	rnd := rand.New(rand.NewPCG(3, 3))
	measure := func(what string, most, rounds int, query func()) {
		sum, top := 0, 0
		for range rounds {
			r.forget()
			query()
			n := code + r.cost()
			sum, top = sum+n, max(top, n)
		}
		t.Logf("%s: %d bytes on average, %d at most", what, sum/rounds, top)
		if top > most {
			t.Errorf("%s fetches %d bytes, over %d", what, top, most)
		}
	}
	some := func(n int) []string {
		for {
			x := all[rnd.IntN(len(all))]
			if words := x.texts[len(x.texts)-1]; len(words) > n {
				at := rnd.IntN(len(words) - n)
				return words[at : at+n]
			}
		}
	}
	// A client shows ten results, whose passages it fetches; those of random
	// ones lie furthest apart.
	show := func(found map[int]bool) {
		i := 0
		for o := range found {
			if i++; i > 10 {
				break
			}
			r.segment(r.first[o])
		}
	}
	named := func(words []string) { r.exact(idKey + strings.Join(words, "-")) } // comes first
	measure("a word", mostFirst, 60, func() {
		w := some(1)
		named(w)
		show(r.word(w[0]))
	})
	measure("three words", mostFirst, 60, func() {
		var found map[int]bool
		words := some(3)
		named(words)
		for _, w := range words {
			found = r.word(w)
		}
		show(found)
	})
	measure("a misspelt word", mostFirst, 30, func() {
		w := some(1)[0]
		for len(w) < 6 {
			w = some(1)[0]
		}
		show(r.word(misspell(rnd, w)))
	})
	measure("a quotation", mostQuotation, 60, func() { show(r.phrase(some(9))) })
	measure("a quotation of two words", mostShort, 10, func() { show(r.phrase(some(2))) })
	measure("a quotation of three words", mostShort, 10, func() { show(r.phrase(some(3))) })
	for range 10 {
		q := some(9)
		if got, want := r.phrase(q), brute(all, q); !maps.Equal(got, want) {
			t.Errorf("%q is in %v, and found in %v", q, hrefs(all, want), hrefs(all, got))
		}
	}
}

func BenchmarkFiles(b *testing.B) {
	s := readSample(b, prosePages(newAuthor(1, 60_000), pages), link.Options{})
	n := 0
	for _, f := range s.files() {
		n += len(f.Data)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		s.files()
	}
}
