package search

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"readout/internal/link"
	"readout/internal/record"
	"readout/internal/verify"
)

// An object is what a result shows, with all of its text.
type object struct {
	kind   string
	href   string   // of the page, from the root
	anchor string   // of the object itself, where it is not the whole page
	names  []string // the title, then aliases
	facts  []string // who, when, where: what the result shows beside the title
	also   []string // what is found, and not shown for itself
	stance record.Stance
	runs   []run
	refs   []*link.Node // actors, issues, meetings and sources to which it belongs
	dates  []record.Date
}

// A run is text that a quotation may run through: the paragraphs of a note,
// say, but not a quotation and the note after it.
type run []passage

// A passage is a paragraph, and where on the page it can be reached.
type passage struct{ anchor, text string }

// objects calls yield with every object of a site, those of one kind together,
// in the order of kinds: what is named first, then what was said. What has a
// date comes newest first.
//
// Only what the pages show is in an object: of a source that may not be
// published nothing but its quotations, which are its claims', and nothing that
// was said after the day as of which the site is built.
func objects(site *link.Site, proofs map[*record.Source]*verify.Result, yield func(*object)) {
	for _, a := range site.Actors {
		yield(actor(a))
	}
	for _, is := range site.Issues {
		yield(issue(is))
	}
	for _, m := range slices.Backward(site.Meetings) {
		yield(meeting(m))
	}
	for _, s := range slices.Backward(site.Sources) {
		yield(source(s, proofs[s.Record]))
	}
	for _, s := range slices.Backward(site.Sources) {
		for i, c := range s.Claims {
			var of []verify.Proof
			if r := proofs[s.Record]; r != nil {
				of = r.Claims[i]
			}
			if !c.Later {
				yield(claim(c, of))
			}
		}
	}
	if h := site.Home; h != nil {
		yield(page(h, site.Config.Name.Value))
	}
	for _, pg := range site.Pages {
		yield(page(pg, pg.Name.Value))
	}
}

// kinds are the kinds of objects, in their order.
var kinds = []string{"actor", "issue", "meeting", "source", "claim", "page"}

// node returns what all records have in common.
func node(n *link.Node) *object {
	o := &object{kind: n.Kind.String(), href: n.Path, names: []string{n.Name.Value}}
	for _, a := range n.Aliases {
		o.names = append(o.names, a.Value)
	}
	anchor := ""
	if n.Kind == record.KindSource {
		anchor = "page-note"
	}
	o.addProse(n.Prose, anchor)
	return o
}

// end adds what stands last on the page of a record.
func (o *object) end(n *link.Node) *object {
	for _, c := range n.Corrections {
		o.addProse(c.Text, "corrections")
	}
	o.addProse(n.Footnotes, "fn-1")
	return o
}

func actor(a *link.Actor) *object {
	o := node(&a.Node)
	o.fact(string(a.Record.Type))
	o.ref(&a.Node)
	if a.Party != nil && a.Party != a {
		o.fact(a.Party.Name.Value)
		o.ref(&a.Party.Node)
	}
	for _, r := range a.Roles {
		o.addProse(r.Text, "roles")
	}
	return o.end(&a.Node)
}

func issue(is *link.Issue) *object {
	o := node(&is.Node)
	o.ref(&is.Node)
	for _, op := range is.Options {
		o.addProse(op.Text, op.ID)
	}
	for _, a := range is.Assessments {
		o.addProse(a.Text, "assessment")
	}
	return o.end(&is.Node)
}

func meeting(m *link.Meeting) *object {
	o := node(&m.Node)
	o.dates = []record.Date{m.Record.Start, m.Record.End}
	o.fact(when(m.Record.Start, m.Record.End))
	o.fact(m.Record.Place)
	o.ref(&m.Node)
	o.add("", m.Record.WhenAsStated)
	stage := ""
	for _, s := range m.Log {
		if !s.Later {
			stage = strings.Trim(string(s.Stage)+", "+string(s.Certainty), ", ")
			o.addProse(s.Text, "status")
		}
	}
	o.fact(stage)
	for _, a := range m.Attendance {
		var who []string
		if a.Party != nil {
			o.ref(&a.Party.Node)
			who = append(who, a.Party.Name.Value)
		}
		for _, x := range a.Attendees {
			if x.Actor != nil {
				o.ref(&x.Actor.Node)
				who = append(who, x.Actor.Name.Value)
			} else {
				who = append(who, x.Words)
			}
		}
		o.add("attendance", strings.Join(who, ", "))
	}
	for _, a := range m.Agenda {
		if a.Issue != nil {
			o.ref(&a.Issue.Node)
		}
		o.addProse(a.Text, "agenda")
	}
	return o.end(&m.Node)
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

func source(s *link.Source, proof *verify.Result) *object {
	o := node(&s.Node)
	r := s.Record
	o.fact(publisher(s))
	o.fact(r.Published.Words())
	o.fact(string(r.Genre))
	o.fact(strings.Join(r.Authors, ", "))
	o.dates = []record.Date{r.Published}
	o.ref(&s.Node)
	if s.Publisher != nil {
		o.ref(&s.Publisher.Node)
	}
	if r.Rights == record.Full && proof != nil && proof.Text != nil {
		var text run
		for i, p := range proof.Text.Paragraphs() {
			text = append(text, passage{"p" + strconv.Itoa(i+1), proof.Text.Raw(p.Start, p.End)})
		}
		o.runs = append(o.runs, text)
	}
	return o.end(&s.Node)
}

func publisher(s *link.Source) string {
	if s.Publisher != nil {
		return s.Publisher.Name.Value
	}
	return s.Record.Publisher.Value
}

func claim(c *link.Claim, proofs []verify.Proof) *object {
	o := &object{kind: "claim", href: c.Source.Path, anchor: c.ID, names: []string{c.Title}, stance: c.Stance}
	o.dates = []record.Date{c.Said}
	o.fact(holder(c))
	o.fact(indirect[c.Directness])
	if c.Option != nil {
		o.fact(c.Option.Text.Words())
	}
	o.fact(c.Said.Words())
	o.fact(c.Source.Name.Value)
	o.fact(publisher(c.Source))

	for i, q := range c.Quotations {
		parts := []verify.Part{{Text: q.Text}}
		if i < len(proofs) && len(proofs[i].Parts) > 0 {
			parts = proofs[i].Parts
		}
		o.quotation(parts)
	}
	for _, s := range []string{c.If, c.Hedge, c.Withdrawn} {
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
	return o
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
func (o *object) quotation(parts []verify.Part) {
	var b strings.Builder
	end := func() {
		if text := strings.TrimSpace(b.String()); text != "" {
			o.add(o.anchor, inMarks(text))
		}
		b.Reset()
	}
	for _, p := range parts {
		b.WriteString(p.Text)
		if p.Kind == verify.Elision {
			end()
		}
	}
	end()
}

// inMarks puts a text in quotation marks, a little apart from its own.
func inMarks(s string) string {
	const marks, apart = "“”‘’\"'", "\u202f"
	if r, _ := utf8.DecodeRuneInString(s); strings.ContainsRune(marks, r) {
		s = apart + s
	}
	if r, _ := utf8.DecodeLastRuneInString(s); strings.ContainsRune(marks, r) {
		s += apart
	}
	return "“" + s + "”"
}

func page(p *link.Page, title string) *object {
	o := node(&p.Node)
	o.names[0] = title
	return o.end(&p.Node)
}

func (o *object) fact(s string) {
	if s != "" {
		o.facts = append(o.facts, s)
	}
}

func (o *object) tell(s string) {
	if s != "" {
		o.also = append(o.also, s)
	}
}

func (o *object) ref(n *link.Node) {
	if !slices.Contains(o.refs, n) {
		o.refs = append(o.refs, n)
	}
}

// add adds a text that no quotation runs out of.
func (o *object) add(anchor, text string) {
	if strings.TrimSpace(text) != "" {
		o.runs = append(o.runs, run{{anchor, text}})
	}
}

// addProse adds prose, a passage for each of its paragraphs, which are reached
// by the heading above them, or else by the anchor.
func (o *object) addProse(p link.Prose, anchor string) {
	if p.Empty() {
		return
	}
	headings := p.Headings
	var r run
	// The names that links show hold no line breaks, so that the lines are
	// those of the text before it had them.
	raw := strings.Split(p.Text, "\n")
	for i, line := range strings.Split(p.Words(), "\n") {
		for k, h := range headings {
			if strings.TrimSpace(h.Text) == strings.TrimSpace(raw[i]) {
				anchor = h.ID
				headings = headings[k+1:]
				break
			}
		}
		if line = strings.TrimSpace(line); line != "" {
			r = append(r, passage{anchor, line})
		}
	}
	if len(r) > 0 {
		o.runs = append(o.runs, r)
	}
}
