package search

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"readout/internal/diag"
	"readout/internal/link"
	"readout/internal/markdown"
	"readout/internal/record"
	"readout/internal/verify"
)

// A sample is a small site: files under content/, and the texts of its sources
// under texts/.
type sample struct {
	site   *link.Site
	proofs map[*record.Source]*verify.Result
}

func (s sample) files() (files []File) {
	Make(s.site, s.proofs, func(f File) { files = append(files, File{f.Path, bytes.Clone(f.Data)}) })
	return files
}

func readSample(t testing.TB, files []txtar.File, opt link.Options) sample {
	t.Helper()
	md := markdown.New(markdown.Options{})
	var records []record.Record
	texts := map[string]*diag.File{}
	var diags diag.List
	byName := func(a, b txtar.File) int { return strings.Compare(a.Name, b.Name) }
	for _, f := range slices.SortedFunc(slices.Values(files), byName) {
		folder, name, _ := strings.Cut(f.Name, "/")
		file := diag.NewFile(name, f.Data)
		if folder == "texts" {
			texts[name] = file
			continue
		}
		kind := record.KindSite
		if name != "site.yaml" {
			kind = record.Folders[path.Dir(name)] // a page, if in none
		}
		r, ds := record.Parse(kind, file, md)
		diags = append(diags, ds...)
		records = append(records, r)
	}
	s := sample{proofs: map[*record.Source]*verify.Result{}}
	var ds diag.List
	s.site, ds = link.Join(records, opt)
	diags = append(diags, ds...)
	for _, src := range s.site.Sources {
		r := verify.Prove(verify.Input{
			Source: src.Record, Text: texts[verify.TextName(src.Record)],
			Limits: verify.Limits{AllowUnverified: true},
		})
		diags = append(diags, r.Diags...)
		s.proofs[src.Record] = r
	}
	for _, d := range diags {
		if d.Severity == diag.Error {
			t.Errorf("%v: %s", d.Span, d.Message)
		}
	}
	return s
}

// An author writes text whose words are as frequent as those of a language.
type author struct {
	*rand.Rand
	words []string
	zipf  *rand.Zipf
}

func newAuthor(seed uint64, vocabulary int) *author {
	w := &author{Rand: rand.New(rand.NewPCG(seed, 1))}
	syllables := strings.Fields("ba be bi bo ca ce co da de di do fa fe fi ga ge go ha he ho in is it ka ke la le li lo ma me mi mo na ne ni no on or pa pe po ra re ri ro sa se si so sta ste ta te ti to tra tre un ur va ve vi za")
	seen := map[string]bool{}
	for len(w.words) < vocabulary {
		n := 1 + len(w.words)*4/vocabulary + w.IntN(2)
		word := ""
		for range n {
			word += syllables[w.IntN(len(syllables))]
		}
		if !seen[word] {
			seen[word] = true
			w.words = append(w.words, word)
		} else if w.IntN(20) == 0 {
			w.words = append(w.words, word+"s"+word)
			seen[word+"s"+word] = true
		}
	}
	w.zipf = rand.NewZipf(w.Rand, 1.08, 2.7, uint64(vocabulary-1))
	return w
}

func (w *author) word() string { return w.words[w.zipf.Uint64()] }

// text returns sentences of n words in all.
func (w *author) text(n int) string {
	var b strings.Builder
	left := 0
	for i := range n {
		word := w.word()
		if left == 0 {
			left = 6 + w.IntN(20)
			word = strings.ToUpper(word[:1]) + word[1:]
		}
		left--
		b.WriteString(word)
		switch {
		case left == 0 || i == n-1:
			left = 0
			b.WriteByte('.')
			if w.IntN(4) == 0 {
				b.WriteString("\n\n")
				continue
			}
		case w.IntN(12) == 0:
			b.WriteByte(',')
		}
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

// prosePages returns a site of pages of about 500 words.
func prosePages(w *author, pages int) []txtar.File {
	files := []txtar.File{{Name: "content/site.yaml", Data: []byte("title: A large site\n")}}
	for i := range pages {
		files = append(files, txtar.File{
			Name: fmt.Sprintf("content/page-%05d.md", i),
			Data: fmt.Appendf(nil, "---\ntitle: %s %d\n---\n%s\n", w.text(6), i, w.text(300+w.IntN(400))),
		})
	}
	return files
}
