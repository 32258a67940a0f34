package link

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"readout/internal/diag"
	"readout/internal/record"
)

// Prose is rendered Markdown and what fills its holes.
type Prose struct {
	*record.Prose
	Targets []Target // one for each hole
}

// A Target is what a hole leads to. It is empty for a link that was reported.
type Target struct {
	Node   *Node // of a link
	Anchor string
	Cites  []Cite // of a citation
}

// A Cite is one resolved citation.
type Cite struct {
	Source    *Source
	Claim     *Claim // nil for a citation of the source or of a place in it
	Locator   string // as written
	Paragraph int    // that the locator names; 0 for none
	Span      diag.Span
}

// A Mention is a place that refers to a record.
type Mention struct {
	From   *Node
	Anchor string // in the page of From
	Title  string // of the part of From: a claim's heading; or empty

	in   *Prose
	hole int
}

// Sentence returns the sentence in which the mention stands, and where in it
// the name stands, in bytes.
func (m Mention) Sentence() (text string, at, length int) { return m.in.sentence(m.hole) }

// Repeats reports whether two mentions say the same in the same place.
func (m Mention) Repeats(x Mention) bool {
	if m.From != x.From || m.Anchor != x.Anchor {
		return false
	}
	a, b := &m.in.Holes[m.hole], &x.in.Holes[x.hole]
	if m.in == x.in && a.Sentence.Start == b.Sentence.Start {
		return true
	}
	text, _, _ := m.Sentence()
	other, _, _ := x.Sentence()
	return text == other
}

// Empty reports whether there is nothing to show.
func (p Prose) Empty() bool { return p.Prose == nil || p.HTML == "" && len(p.Holes) == 0 }

// Words returns the prose as plain text. A link without words of its own
// shows the name of what it leads to.
func (p Prose) Words() string {
	if p.Prose == nil {
		return ""
	}
	text, _, _ := p.named(0, len(p.Text), -1)
	return text
}

// AppendWords appends what Words returns.
func (p Prose) AppendWords(b []byte) []byte {
	if p.Prose == nil {
		return b
	}
	from := 0
	for i := range p.Holes {
		h := &p.Holes[i]
		if n := p.Targets[i].Node; n != nil && h.Label == "" {
			b = append(append(b, p.Text[from:h.TextAt]...), n.Name.Value...)
			from = h.TextAt + h.TextLen
		}
	}
	return append(b, p.Text[from:]...)
}

// Opening returns the first paragraph of what Words does, or its beginning,
// which has more than most characters.
func (p Prose) Opening(most int) string {
	if p.Prose == nil {
		return ""
	}
	start := len(p.Text) - len(strings.TrimLeft(p.Text, " \t\n"))
	end := len(p.Text)
	if i := strings.IndexByte(p.Text[start:], '\n'); i >= 0 {
		end = start + i
	}
	cut := end
	if bytes := 5 * most; end-start > bytes {
		cut = start + bytes
		for !utf8.RuneStart(p.Text[cut]) {
			cut--
		}
		for i := range p.Holes {
			if h := &p.Holes[i]; h.TextAt < cut && h.TextAt+h.TextLen > cut {
				cut = h.TextAt + h.TextLen
			}
		}
	}
	text, _, _ := p.named(start, cut, -1)
	if cut < end && utf8.RuneCountInString(text) <= most { // a long id stood for a short name
		text, _, _ = p.named(start, end, -1)
	}
	return strings.TrimSpace(text)
}

// sentence returns the sentence in which hole i stands, and where in it.
func (p Prose) sentence(i int) (text string, at, length int) {
	r := p.Holes[i].Sentence
	return p.named(int(r.Start), int(r.End), i)
}

// named returns the part of the plain text from start to end with the names
// of what its links lead to, and where in it the words of hole i stand. That is
// a part of the text itself where each link has words of its own, as most have.
func (p Prose) named(start, end, i int) (text string, at, length int) {
	var b strings.Builder
	from := start // what is not yet in b
	first := sort.Search(len(p.Holes), func(k int) bool { return p.Holes[k].TextAt >= start })
	for k := first; k < len(p.Holes) && p.Holes[k].TextAt <= end; k++ {
		h := &p.Holes[k]
		if h.TextAt+h.TextLen > end {
			continue
		}
		if k == i {
			at, length = b.Len()+h.TextAt-from, h.TextLen
		}
		n := p.Targets[k].Node
		if n == nil || h.Label != "" {
			continue
		}
		if k == i {
			length = len(n.Name.Value)
		}
		b.WriteString(p.Text[from:h.TextAt])
		b.WriteString(n.Name.Value)
		from = h.TextAt + h.TextLen
	}
	if from == start {
		return p.Text[start:end], at, length
	}
	b.WriteString(p.Text[from:end])
	return b.String(), at, length
}

// prose resolves the holes of p.
func (j *joiner) prose(p *record.Prose) Prose {
	out := Prose{Prose: p}
	if len(p.Holes) == 0 {
		return out
	}
	out.Targets = make([]Target, len(p.Holes))
	n := 0
	for i := range p.Holes {
		n += len(p.Holes[i].Cites)
	}
	cites := make([]Cite, 0, n)
	for i := range p.Holes {
		h, t := &p.Holes[i], &out.Targets[i]
		if h.Kind == record.HoleCite {
			first := len(cites)
			for k := range h.Cites {
				if cite, ok := j.cite(&h.Cites[k]); ok {
					cites = append(cites, cite)
				}
			}
			t.Cites = cites[first:len(cites):len(cites)]
			continue
		}
		at := h.Span.In(j.file)
		t.Node = j.resolveLink(record.Link{Target: h.Target, IsPath: h.IsPath, Span: at})
		if t.Node != nil && h.Anchor != "" {
			t.Anchor = j.anchor(t.Node, h.Anchor, at)
		}
	}
	return out
}

// cite resolves one citation.
func (j *joiner) cite(r *record.CiteRef) (Cite, bool) {
	s := j.source(r.Source, r.Span)
	if s == nil {
		return Cite{}, false
	}
	c := Cite{Source: s, Locator: r.Locator, Span: r.Span}
	if r.Claim != "" {
		if c.Claim = s.byID[r.Claim]; c.Claim == nil {
			j.noClaim(s, r.Claim, r.Span)
			return Cite{}, false
		}
	}
	if first, last, ok := r.Paragraphs(); ok {
		c.Paragraph = first
		j.places = append(j.places, Place{s, last, r.Span})
	}
	return c, true
}

// source resolves the name of a source in a citation.
func (j *joiner) source(name string, at diag.Span) *Source {
	for _, o := range j.names.owners[record.Slug(name)] {
		if o.node.source != nil {
			j.warnDraft(o.node, at)
			return o.node.source
		}
	}
	d := j.diags.Errorf(at, "cite/unknown-source", "there is no source %q", name)
	if !j.noteDraft(d, named(name)) {
		j.names.unknown(d, name, j.Sources)
	}
	return nil
}

func (j *joiner) noClaim(s *Source, claim string, at diag.Span) {
	var ids []string
	for _, c := range s.Record.Claims {
		ids = append(ids, c.ID)
	}
	d := j.diags.Errorf(at, "cite/unknown-claim", "the source %s has no claim %q", s.ID, claim).DidYouMean(claim, ids)
	if len(d.Notes) == 0 {
		d.Note("a claim is a section of %s with a line \"- id: ...\"", s.File.Path)
	}
}

// anchor checks that a page has the place that a link names.
func (j *joiner) anchor(n *Node, anchor string, at diag.Span) string {
	valid := anchors(n.record())
	// Obsidian writes a heading as its text, behind those it stands under.
	for _, a := range []string{anchor, anchor[strings.LastIndexByte(anchor, '#')+1:]} {
		for _, a := range []string{a, record.Slug(a)} {
			if slices.Contains(valid, a) {
				return a
			}
		}
		if i := slices.IndexFunc(valid, func(v string) bool { return bare(v) == bare(a) }); i >= 0 && bare(a) != "" {
			return valid[i]
		}
	}
	// Paragraphs are known once the text or its receipt is read.
	if p, err := strconv.Atoi(strings.TrimPrefix(anchor, "p")); err == nil && n.source != nil && anchor[0] == 'p' {
		j.places = append(j.places, Place{n.source, p, at})
		return anchor
	}
	d := j.diags.Errorf(at, "link/anchor", "the page of %s has no place %q", n.ID, anchor)
	if len(valid) > 0 {
		d.DidYouMean(anchor, valid)
	}
	return ""
}

// bare returns the letters and digits of an anchor, or of the heading that it
// was made of: the two differ in accents, and in what stands for a mark.
func bare(s string) string { return strings.ReplaceAll(record.Slug(s), "-", "") }

// compareNodes orders nodes by the folder of their page, then by name.
func compareNodes(a, b *Node) int {
	if c := folderOrder[a.Kind] - folderOrder[b.Kind]; c != 0 {
		return c
	}
	if c := strings.Compare(a.Name.Value, b.Name.Value); c != 0 {
		return c
	}
	return strings.Compare(a.Path, b.Path)
}

// folderOrder is the order of the folders' names; that of pages is none.
var folderOrder = [...]int{record.KindPage: 0, record.KindActor: 1, record.KindIssue: 2, record.KindMeeting: 3, record.KindSource: 4}
