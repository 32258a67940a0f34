package link

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"readout/internal/diag"
	"readout/internal/record"
)

// names maps the slug of every id, name, title and alias to who has it.
type names struct {
	owners map[string][]owner
	mu     sync.Mutex // of what is made for mistakes only
	near   *diag.Candidates
	ids    *diag.Candidates // of the sources
}

type owner struct {
	node   *Node
	strict bool   // an id, a name or an alias, which must have one owner
	word   string // the name as written
	at     diag.Span
}

// reserved are the pages that no record may take the place of.
var reserved = []string{
	"404", "actors", "changes", "comparison", "data", "feed", "index", "issues",
	"meetings", "print", "robots", "search", "sitemap", "sources", "timeline",
}

// register enters every record's names, and reports those with two owners.
func (j *joiner) register() {
	j.names.owners = map[string][]owner{}
	// Ids first, so that an alias that is another record's id is reported at
	// the alias, not at the other record.
	nodes := j.listed() // still in the order of their files' names
	for _, n := range nodes {
		if n.Kind == record.KindPage && n.ID != "index" && slices.Contains(reserved, n.ID) {
			j.diags.Errorf(n.File.At(0), "link/reserved", "the page %s.html is one that Readout makes itself", n.ID).
				Note("give this file another name")
		}
		j.own(n, record.Text{Value: n.ID, Span: n.File.At(0)}, n.ID, true)
	}
	for _, n := range nodes {
		j.own(n, n.Name, n.Key, n.Kind == record.KindActor)
		for _, a := range n.Aliases {
			j.own(n, a, record.Slug(a.Value), true)
		}
	}
}

func (j *joiner) own(n *Node, name record.Text, key string, strict bool) {
	if key == "" {
		return
	}
	for _, o := range j.names.owners[key] {
		switch {
		case o.node == n:
			return
		case !strict || !o.strict:
		case name.Value == n.ID && name.Span.Start == 0:
			j.diags.Errorf(name.Span, "link/duplicate-id", "two files have the id %q", n.ID).
				Note("the other is %s", o.node.File.Path).
				Note("ids are unique over all kinds of records: rename one of the files")
			return
		default:
			j.diags.Errorf(name.Span, "link/two-owners", "%q names two records", name.Value).
				Note("the other is %s (%s)", o.at, o.node.Name).
				Note("drop it from one of them, or make the two names differ")
			return
		}
	}
	j.names.owners[key] = append(j.names.owners[key], owner{n, strict, name.Value, name.Span})
}

// nearest notes the names that a dangling one may have meant.
func (j *joiner) nearest(d *diag.Diagnostic, name string) {
	j.names.mu.Lock()
	defer j.names.mu.Unlock()
	if j.names.near == nil {
		words := make([]string, 0, len(j.names.owners))
		for _, o := range j.names.owners {
			words = append(words, o[0].word)
		}
		slices.Sort(words)
		j.names.near = diag.NewCandidates(words)
	}
	if near := j.names.near.Nearest(name); len(near) > 0 {
		d.Note("did you mean %s?", strings.Join(near, " or "))
		return
	}
	d.Note("write a file for it (readout new actor %q, say), or add the name to the aliases of one that there is", name)
}

// unknown notes the sources that a citation of none may have meant.
func (n *names) unknown(d *diag.Diagnostic, name string, sources []*Source) {
	const few = 12
	ids := make([]string, len(sources))
	for i, s := range sources {
		ids[i] = s.ID
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.ids == nil {
		n.ids = diag.NewCandidates(ids)
	}
	switch near := n.ids.Nearest(name); {
	case len(near) > 0:
		d.Note("did you mean %s?", strings.Join(near, " or "))
	case len(ids) > 0 && len(ids) <= few:
		slices.Sort(ids)
		d.Note("the sources are %s", strings.Join(ids, ", "))
	}
}

// resolveLink returns the node that a link names, or nil after reporting it. A
// kind may be given to choose between owners of one title.
func (j *joiner) resolveLink(l record.Link, kinds ...record.Kind) *Node {
	fits := func(n *Node) bool { return len(kinds) == 0 || slices.Contains(kinds, n.Kind) }
	var found *Node
	if l.IsPath {
		target, err := url.PathUnescape(l.Target)
		if err != nil {
			target = l.Target
		}
		name := path.Join(path.Dir(l.Span.File.Path), target)
		if found = j.files[norm.NFC.String(name)]; found == nil {
			d := j.diags.Errorf(l.Span, "link/dangling", "there is no file %q", l.Target)
			if j.noteDraft(d, func(h *record.Header) bool { return h.File.Path == name }) {
				return nil
			}
			if key := record.ID(target); len(j.names.owners[key]) > 0 {
				d.Note("did you mean %s?", j.names.owners[key][0].node.File.Path)
			} else {
				j.nearest(d, record.ID(target))
			}
			return nil
		}
	} else {
		owners := j.names.owners[record.Slug(l.Target)]
		var fit []*Node
		for _, o := range owners {
			if fits(o.node) || len(owners) == 1 {
				fit = append(fit, o.node)
			}
		}
		switch byPath := j.inVault(l.Target); {
		case len(owners) == 0 && byPath != nil:
			fit = []*Node{byPath}
		case len(owners) == 0 || len(fit) == 0:
			d := j.diags.Errorf(l.Span, "link/dangling", "nothing here is named %q", l.Target)
			if !j.noteDraft(d, named(l.Target)) {
				j.nearest(d, l.Target)
			}
			return nil
		case len(fit) > 1:
			d := j.diags.Errorf(l.Span, "link/ambiguous", "%q names several records", l.Target)
			for _, n := range fit {
				d.Note("[[%s]] is %s", n.ID, n.File.Path)
			}
			return nil
		}
		found = fit[0]
	}
	if !fits(found) {
		var want []string
		for _, k := range kinds {
			want = append(want, k.String())
		}
		j.diags.Errorf(l.Span, "link/kind", "%s is the name of another kind of record: a link to %s is expected here", found.ID, strings.Join(want, " or ")).
			Note("%s is %s", found.ID, found.File.Path)
		return nil
	}
	j.warnDraft(found, l.Span)
	return found
}

// inVault returns the record that a link names by its file as Obsidian does:
// with the extension, or by the path from the content folder where two files
// have one name.
func (j *joiner) inVault(target string) *Node {
	name := strings.TrimSuffix(target, ".md")
	if j.Config == nil || name == target && !strings.Contains(target, "/") {
		return nil
	}
	if own := j.names.owners[record.ID(name)]; len(own) == 1 && !strings.Contains(name, "/") {
		return own[0].node
	}
	return j.files[norm.NFC.String(path.Join(path.Dir(j.Config.File.Path), name+".md"))]
}

func (j *joiner) actor(l *record.Link) *Actor {
	if l == nil {
		return nil
	}
	if n := j.resolveLink(*l, record.KindActor); n != nil {
		return n.actor
	}
	return nil
}

func (j *joiner) meetingsOf(links []record.Link) []*Meeting {
	var list []*Meeting
	for _, l := range links {
		if n := j.resolveLink(l, record.KindMeeting); n != nil {
			list = append(list, n.meet)
		}
	}
	return list
}

// Lookup returns the node that an id, name or alias names, or nil.
func (s *Site) Lookup(name string) *Node {
	owners := s.names.owners[record.Slug(name)]
	if len(owners) != 1 {
		return nil
	}
	return owners[0].node
}

// At returns the node whose page has this path, or nil.
func (s *Site) At(name string) *Node {
	for _, o := range s.names.owners[strings.TrimSuffix(path.Base(name), ".html")] {
		if o.node.Path == name {
			return o.node
		}
	}
	return nil
}

// lies gives a node its path.
func (n *Node) lies(path string) {
	n.up = "../" + path
	n.Path = n.up[len("../"):]
}

// From returns the address of the node's page from another one, of which root
// leads to the root of the site: "" or "../". It is one string for all pages.
func (n *Node) From(root string) string {
	if root == "../" {
		return n.up
	}
	return root + n.Path
}

// Index returns the node's place in the site's list of its kind.
func (n *Node) Index() int { return n.index }

// Source returns the node's source, or nil for another kind; so do the others.
func (n *Node) Source() *Source { return n.source }

// Actor returns the node's actor, or nil for another kind.
func (n *Node) Actor() *Actor { return n.actor }

// Meeting returns the node's meeting, or nil for another kind.
func (n *Node) Meeting() *Meeting { return n.meet }

// Issue returns the node's issue, or nil for another kind.
func (n *Node) Issue() *Issue { return n.issue }

// Page returns the node's plain page, or nil for another kind.
func (n *Node) Page() *Page { return n.page }
