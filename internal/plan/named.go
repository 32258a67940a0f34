package plan

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"readout/internal/link"
	"readout/internal/record"
)

// mostNameWords is how many words of a text are tried as one name.
const mostNameWords = 6

// named cuts a text of a source where an actor is named for the first time, or
// a meeting or an issue by another name of it, and links what stands there. A
// title of those is a heading ("Territory") and names nothing in an article.
//
// A name is found as it is written, from the beginning of a word to the end of
// one, where it begins with a capital: the longest of those that begin with
// the same word. What is already in seen stays plain.
func (d desk) named(text string, seen map[*link.Node]bool) []Ref {
	var words [][2]int
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !inWord(r) {
			at += size
			continue
		}
		start := at
		for at < len(text) && inWord(r) {
			at += size
			r, size = utf8.DecodeRuneInString(text[at:])
		}
		words = append(words, [2]int{start, at})
	}
	var list []Ref
	done := 0
	for i := 0; i < len(words); i++ {
		start := words[i][0]
		if r, _ := utf8.DecodeRuneInString(text[start:]); !unicode.IsUpper(r) {
			continue
		}
		for j := min(i+mostNameWords, len(words)) - 1; j >= i; j-- {
			end := words[j][1]
			n := d.owner(text[start:end])
			if n == nil {
				continue
			}
			if !seen[n] {
				seen[n] = true
				if start > done {
					list = append(list, Ref{Text: text[done:start]})
				}
				name := text[start:end]
				d.links.node(n, name != n.Name.Value)
				list = append(list, Ref{n.From(d.root), name})
				done = end
			}
			i = j
			break
		}
	}
	if done < len(text) {
		list = append(list, Ref{Text: text[done:]})
	}
	return list
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// owner returns the record that has a name, letter by letter, or nil.
func (d desk) owner(name string) *link.Node {
	n := d.site.Lookup(name)
	if n == nil {
		return nil
	}
	if n.Kind == record.KindActor && n.Name.Value == name ||
		(n.Kind == record.KindActor || n.Kind == record.KindMeeting || n.Kind == record.KindIssue) &&
			slices.ContainsFunc(n.Aliases, func(t record.Text) bool { return t.Value == name }) {
		return n
	}
	return nil
}
