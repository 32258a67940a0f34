package corpus

import (
	"slices"
	"strings"
	"testing"
)

// A size gives the same corpus each time, and another size another one.
func TestNewIsDeterministic(t *testing.T) {
	a, b := New(200), New(200)
	for _, form := range []struct {
		name string
		of   func(*Corpus) []File
	}{
		{"briefing", (*Corpus).Briefing}, {"hugo", (*Corpus).Hugo}, {"markdown", (*Corpus).Markdown},
	} {
		if !slices.Equal(form.of(a), form.of(b)) {
			t.Errorf("two corpora of one size differ as %s", form.name)
		}
	}
	if slices.Equal(a.Briefing(), New(100).Briefing()) {
		t.Error("a size has no say in the corpus")
	}
}

func TestShape(t *testing.T) {
	const pages = 1000
	c := New(pages)
	if c.Pages() != pages {
		t.Errorf("%d pages, want %d", c.Pages(), pages)
	}
	words, links, bytes := 0, 0, 0
	for _, f := range c.Markdown() {
		words += len(strings.Fields(f.Text))
		links += strings.Count(f.Text, "](/")
		bytes += len(f.Text)
	}
	if n := words / pages; n < 270 || n > 340 {
		t.Errorf("%d words to the page, want about 300", n)
	}
	for _, f := range c.Briefing() {
		if f.Path != "site.yaml" && !strings.HasPrefix(f.Path, "private/") {
			links += strings.Count(f.Text, "[[") + strings.Count(f.Text, "[@")
		}
	}
	// Counted in both forms: the briefing has those of the records beside
	// those of the prose.
	if n := links / pages; n < 14 || n > 22 {
		t.Errorf("%d links to the page in both forms, want about eight in each", n)
	}
}

// Every quotation stands in its article, piece by piece, in one paragraph.
func TestQuotationsAreTrue(t *testing.T) {
	elided, whole := 0, 0
	for _, s := range New(1000).Sources {
		for _, cl := range s.Claims {
			pieces := strings.Split(cl.Quotation, " [...] ")
			found := false
			for _, par := range strings.Split(s.Article, "\n\n") {
				ok := true
				for _, piece := range pieces {
					at := strings.Index(par, piece)
					if ok = ok && at >= 0; ok {
						par = par[at+len(piece):]
					}
				}
				found = found || ok
			}
			if !found {
				t.Errorf("%s: %q is not in the article", cl.key(), cl.Quotation)
			}
			if len(pieces) > 1 {
				elided++
			} else {
				whole++
			}
		}
	}
	if elided < 20 || whole < 800 {
		t.Errorf("%d quotations with an elision and %d without: not the mixture that is meant", elided, whole)
	}
}

func TestSpell(t *testing.T) {
	text := "a " + mark('[', "actors/x", "X Y") + ", b " + mark('@', "s#c", "") + "."
	if got := wiki(text); got != "a [[x|X Y]], b [@s#c]." {
		t.Errorf("wiki: %q", got)
	}
	if got := plain(text); got != "a [X Y](/actors/x.md), b [(source)](/sources/s.md#c)." {
		t.Errorf("plain: %q", got)
	}
}
