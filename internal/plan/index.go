package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/link"
	"readout/internal/record"
)

// mostEntries is how many entries of the index stand on one page: with its
// style sheet and its scripts such a page takes less than 30 KB compressed. A
// site that has more has an index in pages by letter, each in even parts.
const mostEntries = 400

// An entry is a name or an alias in the index.
type entry struct {
	key   string // what it is sorted by
	name  string
	alias bool
	node  *link.Node
}

// An initial is the entries that begin with one letter, or with none.
type initial struct {
	id      string // the letter itself, or "0"
	title   string
	entries []entry
}

// alphabet returns every name and alias from A to Z, what begins with no
// letter first.
func alphabet(site *link.Site) []initial {
	byInitial := map[string]*initial{}
	add := func(key string, e entry) {
		if key == "" {
			return
		}
		e.key = key
		first, n := utf8.DecodeRuneInString(key)
		id := key[:n]
		if !unicode.IsLetter(first) {
			id = "0"
		}
		in := byInitial[id]
		if in == nil {
			in = &initial{id: id, title: string(unicode.ToUpper(first))}
			if id == "0" {
				in.title = "0–9"
			}
			byInitial[id] = in
		}
		in.entries = append(in.entries, e)
	}
	for _, n := range site.Nodes() {
		if n.Path == "index.html" {
			continue
		}
		add(n.Key, entry{name: n.Name.Value, node: n})
		for _, a := range n.Aliases {
			add(record.Slug(a.Value), entry{name: a.Value, alias: true, node: n})
		}
	}
	all := make([]initial, 0, len(byInitial))
	for _, in := range byInitial {
		slices.SortStableFunc(in.entries, func(a, b entry) int {
			return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.node.Path, b.node.Path))
		})
		all = append(all, *in)
	}
	slices.SortFunc(all, func(a, b initial) int { return strings.Compare(a.id, b.id) })
	return all
}

// parts returns how many pages hold the entries of a letter.
func (in *initial) parts() int { return (len(in.entries) + mostEntries - 1) / mostEntries }

// part returns the entries of one of these pages, from 0.
func (in *initial) part(i int) []entry {
	n, of := len(in.entries), in.parts()
	return in.entries[n*i/of : n*(i+1)/of]
}

// path returns where one of these pages is.
func (in *initial) path(i int) string {
	if i == 0 {
		return "az/" + in.id + ".html"
	}
	return fmt.Sprintf("az/%s-%d.html", in.id, i+1)
}

// span names one of these pages by its first entry and its last, as the head
// of a dictionary's page does.
func (in *initial) span(i int) string {
	list := in.part(i)
	first, last := brief(list[0].name), brief(list[len(list)-1].name)
	if first == last {
		return first
	}
	return first + " – " + last
}

// brief cuts a long name after a word.
func brief(s string) string {
	const most = 32
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	s = string([]rune(s)[:most])
	if i := strings.LastIndexByte(s, ' '); i > most/2 {
		s = s[:i]
	}
	return s + " …"
}

// indexParts returns the letters whose entries have pages of their own: all,
// or none where search.html holds them.
func (p *planner) indexParts() []initial {
	n := 0
	for _, in := range p.initials() {
		n += len(in.entries)
	}
	if n <= mostEntries {
		return nil
	}
	return p.initials()
}

// index plans search.html, which lists every name and alias from A to Z, or
// where to find them.
func (p *planner) index() *Index {
	d := p.desk("search.html")
	v := &Index{Base: p.base("search.html", "Search", "Search this briefing by words and by quotations, or look everything up from A to Z.")}
	whole := p.indexParts() == nil
	for _, in := range p.initials() {
		l := Letter{ID: "letter-" + in.id, Title: in.title, Href: "#letter-" + in.id, Count: len(in.entries)}
		if whole {
			l.Entries = d.entries(in.entries)
		} else {
			for i := range in.parts() {
				l.Pages = append(l.Pages, Ref{Href: in.path(i), Text: in.span(i)})
			}
			if len(l.Pages) == 1 {
				l.Href = l.Pages[0].Href
			}
		}
		v.Count += l.Count
		v.Letters = append(v.Letters, l)
	}
	return v
}

// indexPart plans a page of the index.
func (p *planner) indexPart(in *initial, i int) *IndexPart {
	path, of := in.path(i), in.parts()
	title := in.title
	if of > 1 {
		title = fmt.Sprintf("%s, %d of %d", title, i+1, of)
	}
	v := &IndexPart{
		Base:    p.base(path, title, "The index of this briefing: "+in.span(i)+"."),
		Span:    in.span(i),
		Count:   len(in.entries),
		Entries: p.desk(path).entries(in.part(i)),
	}
	v.Section = "search.html"
	v.Crumbs = append(v.Crumbs, Ref{Href: v.Root + v.Section, Text: "Search"})
	at := slices.IndexFunc(p.initials(), func(x initial) bool { return x.id == in.id })
	if i > 0 {
		v.Previous = p.turnTo(in, i-1)
	} else if at > 0 {
		before := &p.initials()[at-1]
		v.Previous = p.turnTo(before, before.parts()-1)
	}
	if i+1 < of {
		v.Next = p.turnTo(in, i+1)
	} else if at+1 < len(p.initials()) {
		v.Next = p.turnTo(&p.initials()[at+1], 0)
	}
	return v
}

func (p *planner) turnTo(in *initial, i int) Ref {
	return Ref{Href: "../" + in.path(i), Text: in.span(i)}
}

func (d desk) entries(list []entry) []IndexEntry {
	out := make([]IndexEntry, len(list))
	for i, e := range list {
		out[i] = IndexEntry{Ref: Ref{e.node.From(d.root), e.name}, Kind: e.node.Kind.String()}
		if e.alias {
			out[i].See = e.node.Name.Value
		}
	}
	return out
}
