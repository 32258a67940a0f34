package ingest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"readout/internal/record"
)

// namesOf reads lines of "id: name | another".
func namesOf(data string) []Name {
	var list []Name
	for line := range strings.Lines(data) {
		id, names, _ := strings.Cut(strings.TrimSpace(line), ":")
		for s := range strings.SplitSeq(names, "|") {
			list = append(list, Name{strings.TrimSpace(s), id, record.KindActor})
		}
	}
	return list
}

// TestNames holds what is found in texts, and what is not, to exact offsets.
func TestNames(t *testing.T) {
	golden(t, "testdata/names/*.txtar", func(t *testing.T, a *txtar.Archive) []txtar.File {
		var out []txtar.File
		var names *Names
		for _, f := range a.Files {
			switch {
			case strings.HasPrefix(f.Name, "want"):
			case strings.HasSuffix(f.Name, "names"):
				names = NewNames(namesOf(string(f.Data)))
			case strings.HasSuffix(f.Name, "text"):
				var b strings.Builder
				for _, m := range names.Find(f.Data) {
					checkMention(t, f.Data, m)
					fmt.Fprintf(&b, "para. %d, %d-%d: %q is %s\n", m.Paragraph, m.Start, m.End, m.Surface, m.Actor)
				}
				for _, u := range names.Unknown(f.Data) {
					fmt.Fprintf(&b, "unknown: %s (%d)", u.Name, u.Count)
					if len(u.Forms) > 0 {
						fmt.Fprintf(&b, ", also %s", strings.Join(u.Forms, ", "))
					}
					fmt.Fprintf(&b, "; para. %d, %q\n", u.Paragraph, f.Data[u.Start:u.End])
				}
				out = append(out, txtar.File{Name: "want " + f.Name, Data: []byte(b.String())})
			}
		}
		return out
	})
}

func checkMention(t *testing.T, text []byte, m Mention) {
	t.Helper()
	if m.Start < 0 || m.End > len(text) || m.Start >= m.End || string(text[m.Start:m.End]) != m.Surface || m.Paragraph < 1 || m.Actor == "" {
		t.Fatalf("not a mention: %+v", m)
	}
}

// FuzzFind holds that mentions lie in the text, in order, apart from each
// other, at the bytes that they give, and that a name which a text is made of
// is found.
func FuzzFind(f *testing.F) {
	f.Add("Ada Berg | Berg | U.S.", "The U.S. met Ada Berg’s Berg.")
	f.Add("O'Brien|al-Amin|北京", "O’Brien, al‑Amin, 北京\n\nl'al-Amin")
	f.Add("a|a a|a a a", strings.Repeat("a ", 50))
	f.Add("Ää|\u00ad|'", "A\u0308a\u0308 '\u200bÄä \xff\u200b")
	f.Fuzz(func(t *testing.T, list, text string) {
		if len(list) > 1000 || len(text) > 10000 {
			return
		}
		var names []Name
		for i, s := range strings.Split(list, "|") {
			names = append(names, Name{s, fmt.Sprint("id", i), record.KindActor})
		}
		n := NewNames(names)
		last := 0
		for _, m := range n.Find([]byte(text)) {
			checkMention(t, []byte(text), m)
			if m.Start < last {
				t.Fatalf("mentions overlap at %d", m.Start)
			}
			last = m.End
		}
		for _, u := range n.Unknown([]byte(text)) {
			if u.Start < 0 || u.End > len(text) || u.Start >= u.End || u.Count < 1 || u.Paragraph < 1 || u.Name == "" {
				t.Fatalf("not an unknown name: %+v", u)
			}
		}
		for _, name := range names[:1] {
			one := NewNames([]Name{name})
			r, _ := utf8.DecodeRuneInString(name.Text)
			if len(one.next) == 0 || !utf8.ValidString(name.Text) || strings.ContainsAny(name.Text, "\n\r\u0085\u2028\u2029") ||
				unicode.In(r, unicode.M, unicode.Cf) { // it would belong to the space before it
				continue
			}
			if got := one.Find([]byte("— " + name.Text + " —")); len(got) != 1 {
				t.Errorf("%q is not found in a text of its own: %v", name.Text, got)
			}
		}
	})
}

// sample returns n names of two words and a text of about size bytes in which
// each tenth word belongs to one.
func sample(n, size int) ([]Name, []byte) {
	r := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("ka ri lin mo ta vel dor ni sha ber gol un est pra")
	makeWord := func(k int) string {
		var b strings.Builder
		for range k {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		return b.String()
	}
	title := func(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
	names := make([]Name, n)
	for i := range names {
		names[i] = Name{title(makeWord(3)) + " " + title(makeWord(4)), fmt.Sprint("id", i), record.KindActor}
	}
	var b strings.Builder
	for i := 1; b.Len() < size; i++ {
		switch {
		case i%10 == 0:
			b.WriteString(names[r.IntN(n)].Text)
		case i%97 == 0:
			b.WriteString("end.\n\n")
		default:
			b.WriteString(makeWord(1 + r.IntN(3)))
		}
		b.WriteByte(' ')
	}
	return names, []byte(b.String())
}

func BenchmarkFind(b *testing.B) {
	names, text := sample(10000, 1<<20)
	n := NewNames(names)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if len(n.Find(text)) < 10000 {
			b.Fatal("too few")
		}
	}
}

func BenchmarkNewNames(b *testing.B) {
	names, _ := sample(10000, 1)
	for b.Loop() {
		NewNames(names)
	}
}

func BenchmarkUnknown(b *testing.B) {
	_, text := sample(100, 1<<20)
	n := NewNames(nil)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		n.Unknown(text)
	}
}
