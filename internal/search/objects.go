package search

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/link"
	"readout/internal/record"
	"readout/internal/verify"
)

// An object is what a result shows, with all of its text.
type object struct {
	kind     string
	href     string // of the page, from the root
	anchor   string // of the object itself, where it is not the whole page
	text     []byte // all texts that are parts of it, one after another
	names    []span // the title, then aliases
	facts    []span // who, when, where: what the result shows beside the title
	also     []span // what is found, and not shown for itself
	stance   record.Stance
	passages []passage       // of all runs
	refs     []*link.Node    // actors, issues, meetings and sources to which it belongs
	direct   link.Directness // of a claim
	dates    []record.Date
	scratch  []byte // no part of it
}

// A span is a part of an object's text.
type span struct{ from, to int }

// A passage is a paragraph, and where on the page it can be reached. Passages
// up to one that ends a run are a run: text that a quotation may run through,
// such as the paragraphs of a note, but not a quotation and the note after it.
type passage struct {
	span
	anchor string
	ends   bool
}

// of returns a part of the text.
func (o *object) of(s span) []byte { return o.text[s.from:s.to] }

// reset makes an object another one, which is empty.
func (o *object) reset(kind, href string) {
	*o = object{
		kind: kind, href: href, text: o.text[:0], names: o.names[:0], facts: o.facts[:0], also: o.also[:0],
		passages: o.passages[:0], refs: o.refs[:0], dates: o.dates[:0], scratch: o.scratch,
	}
}

// objects calls yield with every object of a site, those of one kind together,
// in the order of kinds: what is named first, then what was said. What has a
// date comes newest first. It is one object each time, which is changed into
// the next: a site has many, and nobody needs two of them.
//
// Only what the pages show is in an object: of a source that may not be
// published nothing but its quotations, which are its claims', and nothing that
// was said after the day as of which the site is built.
func objects(site *link.Site, proofs map[*record.Source]*verify.Result, yield func(*object)) {
	o := &object{}
	for _, a := range site.Actors {
		o.actor(a)
		yield(o)
	}
	for _, is := range site.Issues {
		o.issue(is)
		yield(o)
	}
	for _, m := range slices.Backward(site.Meetings) {
		o.meeting(m)
		yield(o)
	}
	for _, s := range slices.Backward(site.Sources) {
		o.source(s, proofs[s.Record])
		yield(o)
	}
	for _, s := range slices.Backward(site.Sources) {
		for i, c := range s.Claims {
			if c.Later {
				continue
			}
			var of []verify.Proof
			if r := proofs[s.Record]; r != nil {
				of = r.Claims[i]
			}
			o.claim(c, of)
			yield(o)
		}
	}
	if h := site.Home; h != nil {
		o.page(h, site.Config.Name.Value)
		yield(o)
	}
	for _, pg := range site.Pages {
		o.page(pg, pg.Name.Value)
		yield(o)
	}
}

// kinds are the kinds of objects, in their order.
var kinds = []string{"actor", "issue", "meeting", "source", "claim", "page"}

// node begins an object with what all records have in common.
func (o *object) node(n *link.Node, title string) {
	o.reset(n.Kind.String(), n.Path)
	o.names = append(o.names, o.put(title))
	for _, a := range n.Aliases {
		o.names = append(o.names, o.put(a.Value))
	}
	anchor := ""
	if n.Kind == record.KindSource {
		anchor = "page-note"
	}
	o.addProse(n.Prose, anchor)
}

// end adds what stands last on the page of a record.
func (o *object) end(n *link.Node) {
	for _, c := range n.Corrections {
		o.addProse(c.Text, "corrections")
	}
	o.addProse(n.Footnotes, "fn-1")
}

func (o *object) actor(a *link.Actor) {
	o.node(&a.Node, a.Name.Value)
	o.fact(string(a.Record.Type))
	o.ref(&a.Node)
	if a.Party != nil && a.Party != a {
		o.fact(a.Party.Name.Value)
		o.ref(&a.Party.Node)
	}
	for _, r := range a.Roles {
		o.addProse(r.Text, "roles")
	}
	o.end(&a.Node)
}

func (o *object) issue(is *link.Issue) {
	o.node(&is.Node, is.Name.Value)
	o.ref(&is.Node)
	for _, op := range is.Options {
		o.addProse(op.Text, op.ID)
	}
	for _, a := range is.Assessments {
		o.addProse(a.Text, "assessment")
	}
	o.end(&is.Node)
}

func (o *object) meeting(m *link.Meeting) {
	o.node(&m.Node, m.Name.Value)
	o.dates = append(o.dates, m.Record.Start, m.Record.End)
	o.fact(when(m.Record.Start, m.Record.End))
	o.fact(m.Record.Place)
	o.ref(&m.Node)
	o.add("", m.Record.WhenAsStated)
	var last *link.Status
	for i := range m.Log {
		if s := &m.Log[i]; !s.Later {
			last = s
			o.addProse(s.Text, "status")
		}
	}
	if last != nil {
		o.fact(strings.Trim(string(last.Stage)+", "+string(last.Certainty), ", "))
	}
	for i := range m.Attendance {
		o.attendance(&m.Attendance[i])
	}
	for _, a := range m.Agenda {
		if a.Issue != nil {
			o.ref(&a.Issue.Node)
		}
		o.addProse(a.Text, "agenda")
	}
	o.end(&m.Node)
}

// attendance adds a party and those who came for it, as one passage.
func (o *object) attendance(a *link.Attendance) {
	from := len(o.text)
	who := func(name string, first bool) {
		if !first {
			o.text = append(o.text, ", "...)
		}
		o.text = append(o.text, name...)
	}
	if a.Party != nil {
		o.ref(&a.Party.Node)
		who(a.Party.Name.Value, true)
	}
	for i, x := range a.Attendees {
		name := x.Words
		if x.Actor != nil {
			o.ref(&x.Actor.Node)
			name = x.Actor.Name.Value
		}
		who(name, i == 0 && a.Party == nil)
	}
	o.addFrom("attendance", from)
}

// when joins a meeting's two dates to one.
func when(start, end record.Date) string {
	if start.IsZero() || end.IsZero() || start == end {
		return start.Words()
	}
	if d, err := record.ParseDate(start.String() + "/" + end.String()); err == nil {
		return d.Words()
	}
	return start.Words() + " to " + end.Words()
}

func (o *object) source(s *link.Source, proof *verify.Result) {
	r := s.Record
	o.node(&s.Node, s.Name.Value)
	o.fact(publisher(s))
	o.fact(r.Published.Words())
	o.fact(string(r.Genre))
	o.fact(strings.Join(r.Authors, ", "))
	o.dates = append(o.dates, r.Published)
	o.ref(&s.Node)
	if s.Publisher != nil {
		o.ref(&s.Publisher.Node)
	}
	if r.Rights == record.Full && proof != nil && proof.Text != nil {
		before := len(o.passages)
		for i, p := range proof.Text.Paragraphs() {
			o.passages = append(o.passages, passage{o.put(proof.Text.Raw(p.Start, p.End)), "p" + strconv.Itoa(i+1), false})
		}
		o.endRun(before)
	}
	o.end(&s.Node)
}

func publisher(s *link.Source) string {
	if s.Publisher != nil {
		return s.Publisher.Name.Value
	}
	return s.Record.Publisher.Value
}

func (o *object) claim(c *link.Claim, proofs []verify.Proof) {
	o.reset("claim", c.Source.Path)
	o.anchor, o.stance, o.direct = c.ID, c.Stance, c.Directness
	o.names = append(o.names, o.put(c.Title))
	o.dates = append(o.dates, c.Said)
	o.fact(holder(c))
	o.fact(indirect[c.Directness])
	if c.Option != nil {
		if from := len(o.text); !c.Option.Text.Empty() {
			o.text = c.Option.Text.AppendWords(o.text)
			o.facts = append(o.facts, span{from, len(o.text)})
		}
	}
	o.fact(c.Said.Words())
	o.fact(c.Source.Name.Value)
	o.fact(publisher(c.Source))

	for i, q := range c.Quotations {
		if i < len(proofs) && len(proofs[i].Parts) > 0 {
			o.quotation(proofs[i].Parts...)
		} else {
			o.quotation(verify.Part{Text: q.Text})
		}
	}
	for _, s := range [...]string{c.If, c.Hedge, c.Withdrawn} {
		o.add(c.ID, s)
	}
	o.addProse(c.Note, c.ID)

	o.ref(&c.Source.Node)
	also := func(n *link.Node) {
		o.ref(n)
		o.tell(n.Name.Value)
	}
	o.tell(string(c.Act))
	o.tell(c.Claim.Holder.Reason)
	if c.Holder != nil {
		o.ref(&c.Holder.Node)
	}
	for _, v := range c.Via {
		if v.Actor != nil {
			also(&v.Actor.Node)
		} else {
			o.tell(v.Relay.String())
		}
	}
	if c.Party != nil && c.Party != c.Holder {
		also(&c.Party.Node)
	}
	if c.Issue != nil {
		also(&c.Issue.Node)
	}
	if c.At != nil {
		also(&c.At.Node)
	}
	for _, n := range c.About {
		also(n)
	}
}

// indirect says how a claim reaches its source, where it is not in its holder's
// own words, as its card does.
var indirect = map[link.Directness]string{
	link.Relayed:    "relayed",
	link.Unnamed:    "unnamed source",
	link.InDocument: "document",
}

// holder says who holds a claim, as its card does.
func holder(c *link.Claim) string {
	switch {
	case c.Holder != nil:
		return c.Holder.Name.Value
	case c.ByArticle:
		return "the article itself"
	}
	return c.Claim.Holder.Description
}

// quotation adds a quotation of a claim, in marks: a result must tell the
// source's words from the editor's. What stands before an elision and what
// stands after it are no one quotation.
func (o *object) quotation(parts ...verify.Part) {
	words := o.scratch[:0]
	end := func() {
		if text := bytes.TrimSpace(words); len(text) > 0 {
			from := len(o.text)
			o.text = appendInMarks(o.text, text)
			o.addFrom(o.anchor, from)
		}
		words = words[:0]
	}
	for _, p := range parts {
		words = append(words, p.Text...)
		if p.Kind == verify.Elision {
			end()
		}
	}
	end()
	o.scratch = words
}

// appendInMarks appends a text in quotation marks, a little apart from its own.
func appendInMarks(b, s []byte) []byte {
	const marks, apart = "“”‘’\"'", "\u202f"
	b = append(b, "“"...)
	if r, _ := utf8.DecodeRune(s); strings.ContainsRune(marks, r) {
		b = append(b, apart...)
	}
	b = append(b, s...)
	if r, _ := utf8.DecodeLastRune(s); strings.ContainsRune(marks, r) {
		b = append(b, apart...)
	}
	return append(b, "”"...)
}

func (o *object) page(p *link.Page, title string) {
	o.node(&p.Node, title)
	o.end(&p.Node)
}

// put adds a text, and returns where it is.
func (o *object) put(s string) span {
	from := len(o.text)
	o.text = append(o.text, s...)
	return span{from, len(o.text)}
}

func (o *object) fact(s string) {
	if s != "" {
		o.facts = append(o.facts, o.put(s))
	}
}

func (o *object) tell(s string) {
	if s != "" {
		o.also = append(o.also, o.put(s))
	}
}

func (o *object) ref(n *link.Node) {
	if !slices.Contains(o.refs, n) {
		o.refs = append(o.refs, n)
	}
}

// add adds a text that no quotation runs out of.
func (o *object) add(anchor, text string) {
	from := len(o.text)
	o.text = append(o.text, text...)
	o.addFrom(anchor, from)
}

// addFrom makes of the text from a place on a passage that no quotation runs
// out of.
func (o *object) addFrom(anchor string, from int) {
	if s := (span{from, len(o.text)}); len(bytes.TrimSpace(o.of(s))) > 0 {
		o.passages = append(o.passages, passage{s, anchor, true})
	}
}

// endRun ends the run of the passages that were added after so many.
func (o *object) endRun(before int) {
	if n := len(o.passages); n > before {
		o.passages[n-1].ends = true
	}
}

// addProse adds prose, a passage for each of its paragraphs, which are reached
// by the heading above them, or else by the anchor.
func (o *object) addProse(p link.Prose, anchor string) {
	if p.Empty() {
		return
	}
	before := len(o.passages)
	headings := p.Headings
	// The names that links show hold no line breaks, so that the lines are
	// those of the text before it had them.
	raw := p.Text
	at := len(o.text)
	o.text = p.AppendWords(o.text)
	for at <= len(o.text) {
		var line string
		line, raw, _ = strings.Cut(raw, "\n")
		for k, h := range headings {
			if strings.TrimSpace(h.Text) == strings.TrimSpace(line) {
				anchor = h.ID
				headings = headings[k+1:]
				break
			}
		}
		end := len(o.text)
		if i := bytes.IndexByte(o.text[at:], '\n'); i >= 0 {
			end = at + i
		}
		if s := o.trim(span{at, end}); s.from < s.to {
			o.passages = append(o.passages, passage{s, anchor, false})
		}
		at = end + 1
	}
	o.endRun(before)
}

// trim returns a span without the white space about its text.
func (o *object) trim(s span) span {
	s.from = s.to - len(bytes.TrimLeftFunc(o.of(s), unicode.IsSpace))
	s.to = s.from + len(bytes.TrimRightFunc(o.of(s), unicode.IsSpace))
	return s
}
