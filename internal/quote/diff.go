package quote

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// describe turns an alignment into words.
func (t *Text) describe(q []byte, a *alignment) *Nearest {
	// The source's side ends with the first and the last word that has a
	// counterpart.
	pairs := a.pairs
	for len(pairs) > 0 && pairs[0].quoted == nil {
		pairs = pairs[1:]
	}
	same, near, m, n := 0, 0, 0, 0
	var first, last *token
	for _, p := range pairs {
		if p.quoted != nil {
			m++
		}
		if p.source != nil {
			n++
			if first == nil {
				first = p.source
			}
			last = p.source
		}
		if p.source != nil && p.quoted != nil {
			switch {
			case p.source.word == p.quoted.word:
				same++
			case similar(key(t.body[p.source.start:p.source.end]), key(q[p.quoted.start:p.quoted.end])):
				near++
			}
		}
	}
	if first == nil || same == 0 {
		return nil
	}
	at := trimQuotes(t.body, span{first.start, last.end})
	found := &Nearest{
		Start:      t.rawStart(at.start),
		End:        t.rawEnd(at.end),
		Paragraph:  t.paragraphOf(first.start),
		Similarity: min(float64(2*same+near)/float64(m+n), 0.99),
	}
	found.Text = t.Raw(found.Start, found.End)
	d := differ{n: found}
	for i, p := range pairs {
		var s, w string
		if p.source != nil {
			s = string(t.body[p.source.start:p.source.end])
		}
		if p.quoted != nil {
			w = string(q[p.quoted.start:p.quoted.end])
		}
		switch {
		case p.quoted == nil:
			d.add(Missing, s, kindOf(s, t.startsSentence(p.source.start)))
		case p.source == nil:
			d.add(Extra, w, kindOf(w, i == 0))
		case p.source.word != p.quoted.word:
			kind := kindOf(s, t.startsSentence(p.source.start))
			if kind == "" {
				kind = kindOf(w, i == 0 || t.startsSentence(p.source.start))
			}
			d.add(Missing, s, kind)
			d.add(Extra, w, kind)
		case !sameMarks(s, w, i == 0, i == len(pairs)-1):
			d.add(Missing, s, "marks")
			d.add(Extra, w, "marks")
		default:
			d.add(Same, s, "")
		}
	}
	return found
}

// trimQuotes shortens s by the quotation marks around it.
func trimQuotes(b []byte, s span) span {
	isMark := func(r rune) bool { return classify(r) == mark }
	s.end = s.start + len(bytes.TrimRightFunc(b[s.start:s.end], isMark))
	s.start = s.end - len(bytes.TrimLeftFunc(b[s.start:s.end], isMark))
	return s
}

// A differ collects the words of a difference.
type differ struct{ n *Nearest }

func (d *differ) add(op Op, text, kind string) {
	if k := len(d.n.Diff) - 1; op == Same && k >= 0 && d.n.Diff[k].Op == Same {
		d.n.Diff[k].Text += " " + text
		return
	}
	d.n.Diff = append(d.n.Diff, DiffWord{op, text, kind})
}

// sameMarks reports whether two forms of a word have the same punctuation.
// Before the first and after the last word the source may have more.
func sameMarks(source, quoted string, first, last bool) bool {
	s, w := lower(fold([]byte(source), true).b), lower(fold([]byte(quoted), true).b)
	k := trimMarks(w)
	si, wi := bytes.Index(s, k), bytes.Index(w, k)
	if si < 0 || wi < 0 {
		return true
	}
	lead := bytes.HasSuffix(s[:si], w[:wi]) && (first || si == wi)
	s, w = s[si+len(k):], w[wi+len(k):]
	return lead && bytes.HasPrefix(s, w) && (last || len(s) == len(w))
}

// startsSentence reports whether the word at p of the body begins a sentence,
// so that its capital makes it no name.
func (t *Text) startsSentence(p int) bool {
	switch r := lastVisible(t.body[max(0, p-16):p]); {
	case r < 0, r == '.', r == '!', r == '?', r == ':', classify(r) == mark, classify(r) == dot3:
		return true
	}
	i := find(t.paragraphs(), p)
	return i >= 0 && t.paragraphs()[i].start >= p-2
}

// numberWords are numbers spelt out.
var numberWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
		sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
		first second third fourth fifth half quarter dozen dozens hundreds thousands millions`) {
		m[w] = true
	}
	return m
}()

// kindOf says what about a word makes its difference grave.
func kindOf(word string, initial bool) string {
	w := string(key([]byte(word)))
	lead, _, _ := strings.Cut(w, "-")
	switch r, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(word, func(r rune) bool { return !alnum(r) })); {
	case denies(w):
		return "negation"
	case strings.ContainsFunc(w, number) || numberWords[w] || numberWords[lead] || scales[w]:
		return "number"
	case unicode.IsUpper(r) && !initial:
		return "name"
	}
	return ""
}

// maxExplained is the most differences that are explained one by one.
const maxExplained = 8

// Explain returns lines for people: the nearest passage, then what differs,
// with negations, numbers and names called out.
func (n *Nearest) Explain() []string {
	lines := []string{fmt.Sprintf("nearest is paragraph %d, %d %% alike: “%s”", n.Paragraph, int(n.Similarity*100), n.Text)}
	if n.Similarity < 0.5 {
		return lines
	}
	told := 0
	for i := 0; i < len(n.Diff); {
		if n.Diff[i].Op == Same {
			i++
			continue
		}
		var source, quoted []string
		kind := ""
		for ; i < len(n.Diff) && n.Diff[i].Op != Same; i++ {
			d := n.Diff[i]
			if d.Op == Missing {
				source = append(source, d.Text)
			} else {
				quoted = append(quoted, d.Text)
			}
			if kind == "" || d.Kind == "negation" {
				kind = d.Kind
			}
		}
		if told++; told > maxExplained {
			lines = append(lines, "and more differences")
			break
		}
		s, q := strings.Join(source, " "), strings.Join(quoted, " ")
		var line string
		switch {
		case q == "":
			line = fmt.Sprintf("the source has “%s”, the quotation does not", s)
		case s == "":
			line = fmt.Sprintf("the quotation has “%s”, the source does not", q)
		default:
			line = fmt.Sprintf("the source has “%s”, the quotation “%s”", s, q)
		}
		switch kind {
		case "marks":
			line += " (only marks differ)"
		case "negation", "number", "name":
			line += " (a " + kind + ")"
		}
		lines = append(lines, line)
	}
	return lines
}
