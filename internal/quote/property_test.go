package quote

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// naiveWords is the independent judge of what a text says: its words, without
// case or marks. A quotation whose words do not follow one another in the
// source must not be proved in one run.
func naiveWords(s string) []string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || r == '\u034f' || r == '[' || r == ']' {
			return -1
		}
		return r
	}, s)
	var b strings.Builder
	for _, r := range strings.ToLower(norm.NFKC.String(strings.ToLower(s))) {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) || r > 0x3000 && r < 0x3100 {
			b.WriteString(" " + string(r) + " ") // a character is a word
		} else {
			b.WriteRune(r)
		}
	}
	return strings.FieldsFunc(b.String(), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
}

// says reports whether the words of the quotation follow one another in the
// source, the marks of brackets being taken for nothing or for spaces.
func says(source, quotation string) bool {
	spaced := strings.NewReplacer("[", " ", "]", " ").Replace(source)
	quoted := "\x00" + strings.Join(naiveWords(quotation), "\x00") + "\x00"
	return strings.Contains("\x00"+strings.Join(naiveWords(source), "\x00")+"\x00", quoted) ||
		strings.Contains("\x00"+strings.Join(naiveWords(spaced), "\x00")+"\x00", quoted)
}

// remark writes a quotation with other marks, spaces and invisible characters,
// which are all the same to a reader.
func remark(r *rand.Rand, s string) string {
	pick := func(of ...string) string { return of[r.Intn(len(of))] }
	var b strings.Builder
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		c := runes[i]
		next := rune(-1)
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		switch k := classify(c); {
		case k == mark:
			b.WriteString(pick("'", `"`, "’", "“", "”", "„", "«", "»", "‹", "「", "´", "`", "''", "ʼ", "″"))
		case k == dash && unicode.IsLetter(next):
			b.WriteString(pick("-", "‐", "‑", "–", "—", "--", "−"))
		case k == space && !unicode.IsNumber(next) && next != '.' && next != '…':
			b.WriteString(pick(" ", " ", "\n", "\u00a0", "  ", "\r\n", "\t ", "\u2009", "\u202f", "\u3000"))
		case k == dot3 && unicode.IsLetter(next):
			b.WriteString(pick("…", "...", ". . .", "….", " … ", "....", "⋯"))
		default:
			b.WriteRune(c)
		}
		if unicode.IsLetter(c) && unicode.IsLetter(next) && r.Intn(40) == 0 {
			b.WriteString(pick("\u00ad", "\u200b", "\u2060", "\ufeff"))
		}
	}
	return b.String()
}

// cut returns a random passage of b that begins and ends with a word.
func cut(r *rand.Rand, b []byte, most int) (span, bool) {
	var edges []int
	for p := range string(b) {
		if !inside(b, p) {
			edges = append(edges, p)
		}
	}
	edges = append(edges, len(b))
	for range 20 {
		i := r.Intn(len(edges))
		j := min(len(edges)-1, i+1+r.Intn(most))
		s := span{edges[i], edges[j]}
		first, _ := utf8.DecodeRune(b[s.start:s.end])
		last, _ := utf8.DecodeLastRune(b[s.start:s.end])
		if s.start < s.end && wordRune(first) && wordRune(last) {
			return s, true
		}
	}
	return span{}, false
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// checkRemarked holds a passage with other marks against the text: it must be
// found where it was cut.
func checkRemarked(t *testing.T, r *rand.Rand, x *Text, raw []byte) {
	t.Helper()
	s, ok := cut(r, raw, 60)
	if !ok {
		return
	}
	passage := string(raw[s.start:s.end])
	q := remark(r, passage)
	res := x.Find(q, Options{Long: true})
	at := res.Start == s.start && res.End == s.end
	for _, p := range res.Places {
		at = at || p.Start == s.start && p.End == s.end
	}
	if !at && len(res.Places) < maxListed {
		t.Fatalf("%q, cut at %d-%d from\n%q\nas %q, is %s at %d-%d, %d places", q, s.start, s.end, raw, passage, res.Kind, res.Start, res.End, len(res.Places))
	}
}

// nonce is a word that no text has.
const nonce = "qzxvq"

// checkAltered alters one word of a passage. It must not be found unless what
// it says then stands in the text all the same.
func checkAltered(t *testing.T, r *rand.Rand, x *Text, raw []byte) {
	t.Helper()
	s, ok := cut(r, raw, 60)
	if !ok {
		return
	}
	words := strings.Fields(string(raw[s.start:s.end]))
	i, j := r.Intn(len(words)), r.Intn(len(words))
	what := r.Intn(9)
	switch what {
	case 0:
		words[i] = nonce
	case 1:
		words = append(words[:i:i], append([]string{nonce}, words[i:]...)...)
	case 2:
		words = append(words[:i:i], words[i+1:]...)
	case 3:
		words[i], words[j] = words[j], words[i]
	case 4:
		words = append(words[:i:i], append([]string{[]string{"not", "never", "no", "25", "nicht", "не", "不"}[r.Intn(7)]}, words[i:]...)...)
	case 5:
		words[i] += []string{"s", "ed", "n't", "'s", "0", "-ex"}[r.Intn(6)]
	case 6:
		words[i] = []string{"un", "non-", "1", "-", "$", "3."}[r.Intn(6)] + words[i]
	case 7:
		_, size := utf8.DecodeLastRuneInString(words[i])
		words[i] = words[i][:len(words[i])-size]
	case 8:
		_, size := utf8.DecodeRuneInString(words[i])
		words[i] = words[i][size:]
	}
	q := strings.Join(words, " ")
	if strings.ContainsAny(q, "[]［］") {
		return // brackets may hold the editor's words
	}
	res := x.Find(remark(r, q), Options{Long: true})
	if (res.Kind == Exact || res.Kind == Folded) && !says(string(raw), q) {
		t.Fatalf("alteration %d: %q is %s at %d-%d of\n%q", what, q, res.Kind, res.Start, res.End, raw)
	}
	if what < 2 && res.Kind.Proved() && !strings.Contains(q, "…") && !strings.Contains(q, "..") {
		t.Fatalf("%q is %s", q, res.Kind)
	}
}

func TestGenerated(t *testing.T) {
	for i, text := range []string{english, german, french, ukrainian, chinese, japanese} {
		r := rand.New(rand.NewSource(int64(i)))
		x := NewText([]byte(text), nil)
		for range 400 {
			checkRemarked(t, r, x, []byte(text))
			checkAltered(t, r, x, []byte(text))
		}
	}
}

// TestEveryWord alters each word of a quotation in turn, in every way that a
// slip of the pen does.
func TestEveryWord(t *testing.T) {
	x := NewText([]byte(english), nil)
	for para := range strings.Lines(english) {
		words := strings.Fields(para)
		for from := 0; from+9 <= len(words); from += 4 {
			if strings.ContainsAny(strings.Join(words[from:from+9], " "), "[]….") {
				continue
			}
			for i := range 9 {
				alter := func(how string, change func(w []string) []string) {
					w := change(append([]string(nil), words[from:from+9]...))
					q := strings.Join(w, " ")
					if res := x.Find(q, Options{}); res.Kind.Proved() && !says(english, q) {
						t.Errorf("%s: %q is %s", how, q, res.Kind)
					}
				}
				alter("dropped", func(w []string) []string { return append(w[:i], w[i+1:]...) })
				alter("doubled", func(w []string) []string { return append(w[:i+1], w[i:]...) })
				alter("negated", func(w []string) []string { w[i] = "not " + w[i]; return w })
				alter("denied", func(w []string) []string { w[i] += " never"; return w })
				alter("plural", func(w []string) []string { w[i] += "s"; return w })
				alter("past", func(w []string) []string { w[i] += "ed"; return w })
				alter("cut", func(w []string) []string { w[i] = w[i][:len(w[i])-1]; return w })
				alter("swapped", func(w []string) []string { w[i], w[(i+1)%9] = w[(i+1)%9], w[i]; return w })
				alter("moved", func(w []string) []string { return append(append(w[:i:i], w[i+1:]...), w[i]) })
				alter("numbered", func(w []string) []string { w[i] = "25"; return w })
				alter("renamed", func(w []string) []string { w[i] = "Okafor"; return w })
			}
		}
	}
}

// TestWoven makes quotations in pieces out of each paragraph.
func TestWoven(t *testing.T) {
	x := NewText([]byte(english), nil)
	r := rand.New(rand.NewSource(7))
	for n, p := range x.Paragraphs() {
		words := strings.Fields(english[p.Start:p.End])
		if strings.Contains(english[p.Start:p.End], "[") {
			continue
		}
		for range 40 {
			a := r.Intn(len(words) - 12)
			b := a + 4 + r.Intn(3)
			c := b + 1 + r.Intn(len(words)-b-5)
			d := c + 4
			first, second := strings.Join(words[a:b], " "), strings.Join(words[c:d], " ")
			if countWords([]byte(first)) < 3 || countWords([]byte(second)) < 3 {
				continue
			}
			if res := x.Find(first+" [...] "+second, Options{}); res.Kind != Elided || res.Paragraph != n+1 {
				t.Errorf("%s [...] %s: %s, paragraph %d, want %d", first, second, res.Kind, res.Paragraph, n+1)
			}
			if res := x.Find(second+" [...] "+first, Options{}); res.Kind.Proved() {
				t.Errorf("out of order: %s [...] %s: %s", second, first, res.Kind)
			}
			gap := countWords([]byte(strings.Join(words[b:c], " ")))
			res := x.Find(first+" [the editor's words] "+second, Options{})
			if res.Kind.Proved() != (gap <= maxInserted) {
				t.Errorf("%s [%d words] %s: %s", first, gap, second, res.Kind)
			}
		}
	}
}

func checkOffsets(t *testing.T, src []byte, bare bool) {
	t.Helper()
	f := fold(src, bare)
	last := 0
	for p := range f.b {
		start, end := f.at.start(p), f.at.end(p+1)
		if start < last || start > len(src) || end < start && f.at.whole(p) || end > len(src) {
			t.Fatalf("fold(%q): byte %d of %q comes from %d-%d, the one before from %d", src, p, f.b, start, end, last)
		}
		last = start
	}
	if again := fold(f.b, bare); string(again.b) != string(f.b) {
		t.Fatalf("fold(%q) is %q, folded again %q", src, f.b, again.b)
	}
	if low := lower(f.b); len(low) != len(f.b) {
		t.Fatalf("lower(%q) has %d bytes, not %d", f.b, len(low), len(f.b))
	}
}

func FuzzFind(f *testing.F) {
	for i, text := range []string{
		english, german, french, ukrainian, chinese, japanese, "a ﬁne½ 10² Article 5[1] e\u0301 ‥. ⒈.. ,, << a ¨b 5 ％ ",
		"a-\nb 600 000 -5 $5 5% \xff\x00 ÷…5 … .5 ....5", "[a [b] c] d [..] [e",
	} {
		f.Add(text, int64(i))
	}
	f.Fuzz(func(t *testing.T, text string, seed int64) {
		if len(text) > 4000 {
			return
		}
		raw := []byte(text)
		checkOffsets(t, raw, false)
		checkOffsets(t, raw, true)
		x := NewText(raw, nil)
		x.Find(text, Options{})
		for _, p := range x.Paragraphs() {
			if p.Start < 0 || p.End > len(raw) || p.Start >= p.End {
				t.Fatalf("paragraph %v of %d bytes", p, len(raw))
			}
		}
		for _, d := range x.Damage() {
			if d.Start >= d.End || d.End > len(raw) {
				t.Fatalf("damage %v", d)
			}
		}
		if !utf8.ValidString(text) || strings.Contains(text, nonce) {
			return
		}
		r := rand.New(rand.NewSource(seed))
		for range 4 {
			checkRemarked(t, r, x, raw)
			checkAltered(t, r, x, raw)
		}
	})
}

func ExampleText_Find() {
	t := NewText([]byte("“It isn’t over,” the envoy said -- twice."), nil)
	fmt.Println(t.Find(`"It isn't over," the envoy said`, Options{}).Kind)
	fmt.Println(t.Find(`"It is over," the envoy said`, Options{}).Kind)
	// Output:
	// folded
	// absent
}
