package plan

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"readout/internal/link"
	"readout/internal/record"
)

// A Preview is what a reader is shown of a record that the page links to,
// before following the link. A page carries those of all records that it
// links to, so that a preview takes no request and works from a disk.
type Preview struct {
	Ref
	Kind  string // what it is: "president of Russia", "Meeting · held · 22 Jan 2026"
	Words string // its first words
}

// previewLength is how many characters of a record's text a preview has.
const previewLength = 120

// describeAll returns for every record the function that makes its preview,
// with paths from the root, when a page first needs it.
func (p *planner) describeAll() map[*link.Node]func() Preview {
	all := map[*link.Node]func() Preview{}
	put := func(n *link.Node, kind func() []string) {
		all[n] = sync.OnceValue(func() Preview {
			kind := slices.DeleteFunc(kind(), func(s string) bool { return s == "" })
			return Preview{
				Ref: Ref{Href: n.Path, Text: n.Name.Value}, Kind: strings.Join(kind, " · "),
				Words: shorten(n.Prose, previewLength),
			}
		})
	}
	for _, a := range p.site.Actors {
		put(&a.Node, func() []string {
			if len(a.Roles) > 0 {
				return []string{a.Roles[0].Text.Words()}
			}
			return []string{typeTitle(a.Record.Type)}
		})
	}
	for _, m := range p.site.Meetings {
		put(&m.Node, func() []string {
			stage := ""
			if s := state(m); s != nil {
				stage = string(s.Stage)
			}
			return []string{"Meeting", stage, when(m).Words}
		})
	}
	for _, is := range p.site.Issues {
		put(&is.Node, func() []string { return []string{"Issue"} })
	}
	for _, s := range p.site.Sources {
		put(&s.Node, func() []string { return []string{"Source", publisher(s), dateOf(s.Record.Published).Words} })
	}
	for _, pg := range p.site.Pages {
		put(&pg.Node, func() []string { return []string{"Page"} })
	}
	return all
}

// typeTitle returns the word for one actor of a type.
func typeTitle(t record.ActorType) string {
	if t == "" {
		return ""
	}
	return strings.ToUpper(string(t[:1])) + string(t[1:])
}

// previews returns those of the records that a page links to, by path. A page
// that lists records says as much of each beside its name, and needs none.
func (p *planner) previews(v View) []Preview {
	switch v.(type) {
	case *ActorList, *MeetingList, *IssueList, *SourceList, *Index, *NotFound:
		return nil
	}
	b := v.Frame()
	var list []Preview
	for n := range p.linked {
		if describe, ok := p.described[n]; ok && n.Path != b.Path {
			x := describe()
			x.Href = b.Root + x.Href
			list = append(list, x)
		}
	}
	if h, ok := v.(*Home); ok {
		list = append(list, p.claimPreviews(h.Developments)...)
	}
	slices.SortFunc(list, func(x, y Preview) int { return cmp.Compare(x.Href, y.Href) })
	return list
}

// claimPreviews returns those of the claims among the developments that the
// home page names. Any other page either shows the claims that it links to, or
// has too many to carry the words of each; there a claim's source is previewed.
func (p *planner) claimPreviews(list []Development) []Preview {
	named := map[string]bool{}
	for _, x := range list {
		named[x.Href] = true
	}
	var out []Preview
	d := p.desk("index.html")
	for _, c := range p.site.Claims {
		ref := d.claimRef(c)
		if !named[ref.Href] {
			continue
		}
		x := Preview{Ref: ref, Kind: d.holder(c).Text}
		if said := dateOf(c.Said).Words; said != "" {
			x.Kind += " · " + said
		}
		if len(c.Quotations) > 0 {
			x.Words = "“" + strings.Trim(c.Quotations[0].Text, "“”\"") + "”"
		}
		out = append(out, x)
	}
	return out
}
