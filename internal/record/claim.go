package record

import (
	"maps"
	"slices"
	"strings"

	"readout/internal/diag"
	"readout/internal/markdown"
)

// A Claim is one thing that a source reports somebody to hold, say or do.
type Claim struct {
	ID         string
	IDSpan     diag.Span
	Title      string // the heading, plain
	Heading    Prose
	Span       diag.Span // of the heading
	Holder     Holder
	Via        []Relay // outward: who told, whom they told, and so on
	Party      *Link   // the column in which an unnamed holder's claim counts
	On         On
	Stance     Stance
	StanceSpan diag.Span
	If         string // the condition of a for-if
	Act        Act
	At         *Link
	About      []Link
	Said       Date // zero for the source's date
	Hedge      string
	Changes    []ClaimRef
	Denies     []ClaimRef
	Disputes   []ClaimRef
	Withdrawn  string // why, for a claim that no longer stands
	Paraphrase bool   // the heading reports it; the quotation only anchors it
	After      string
	Before     string
	Long       string // why a quotation may be longer than the limit
	Quotations []Quotation
	Note       Prose
}

// A Holder is who holds, said or did what a claim reports.
type Holder struct {
	Link        *Link  // nil for an unnamed one
	Description string // of an unnamed one, in the source's words
	Count       int    // how many they were; 0 where the source does not say
	Reason      string // why they are not named, as the source puts it
	Span        diag.Span
}

// A Relay is one link of the chain between a holder and the source.
type Relay struct {
	Link    *Link // nil for unnamed ones and plain words
	Words   string
	Unnamed bool
	Count   int
	Reason  string
	Span    diag.Span
}

// On is the option that a claim takes a stance on.
type On struct {
	Issue      *Link // nil for a claim without a stance
	Option     string
	OptionSpan diag.Span
	Span       diag.Span
}

// claimFields is every field of a claim, with the function that reads it.
// A new field is a line here, a field of Claim, and a line in docs/format.md.
var claimFields = map[string]func(p *parser, c *Claim, v diag.Span){
	"id":     (*parser).claimID,
	"holder": (*parser).holder,
	"via":    (*parser).via,
	"party":  func(p *parser, c *Claim, v diag.Span) { c.Party = p.oneLink(v) },
	"on":     (*parser).on,
	"stance": func(p *parser, c *Claim, v diag.Span) {
		c.Stance, c.StanceSpan = oneOf(p, "stance", textOf(v), Stances), v
	},
	"if":         func(p *parser, c *Claim, v diag.Span) { c.If = plain(unquoted(v)) },
	"act":        func(p *parser, c *Claim, v diag.Span) { c.Act = oneOf(p, "act", textOf(v), Acts) },
	"at":         func(p *parser, c *Claim, v diag.Span) { c.At = p.oneLink(v) },
	"about":      func(p *parser, c *Claim, v diag.Span) { c.About = p.links(v) },
	"said":       func(p *parser, c *Claim, v diag.Span) { c.Said = p.dateIn(v) },
	"hedge":      func(p *parser, c *Claim, v diag.Span) { c.Hedge = plain(unquoted(v)) },
	"changes":    func(p *parser, c *Claim, v diag.Span) { c.Changes = p.claimRefs(v) },
	"denies":     func(p *parser, c *Claim, v diag.Span) { c.Denies = p.claimRefs(v) },
	"disputes":   func(p *parser, c *Claim, v diag.Span) { c.Disputes = p.claimRefs(v) },
	"status":     (*parser).claimStatus,
	"paraphrase": func(p *parser, c *Claim, v diag.Span) { c.Paraphrase = p.yes("paraphrase", textOf(v)) },
	"after":      func(p *parser, c *Claim, v diag.Span) { c.After = plain(unquoted(v)) },
	"before":     func(p *parser, c *Claim, v diag.Span) { c.Before = plain(unquoted(v)) },
	"long":       func(p *parser, c *Claim, v diag.Span) { c.Long = plain(unquoted(v)) },
}

var claimFieldNames []string

func init() {
	// claimFields cannot be read where it is declared: its functions would
	// then refer to themselves.
	claimFieldNames = slices.Sorted(maps.Keys(claimFields))
}

// claim reads a section as a claim. It returns nil for a section that is
// ordinary Markdown: one that has no list with an id, a holder, or two fields
// of a claim.
func (p *parser) claim(sec markdown.Section) *Claim {
	at := slices.IndexFunc(sec.Blocks, func(b markdown.Block) bool { return b.Kind == markdown.List })
	if at < 0 {
		return nil
	}
	items := p.doc.Items(sec.Blocks[at])
	if !looksLikeClaim(items) {
		return nil
	}
	c := &Claim{Title: sec.Title, Heading: sec.Heading, Span: sec.Span}
	seen := make(seen, 0, 24)
	for _, it := range items {
		p.claimLine(c, it, &seen)
	}
	for _, name := range []string{"id", "holder"} {
		if !seen.has(name) && !seen.has(misspeltField+name) {
			p.diags.Errorf(c.Span, "claim/missing", "this claim has no %s", name).
				Note("add a line \"- %s: ...\" under its heading", name)
		}
	}
	if c.Title == "" {
		p.diags.Errorf(c.Span, "claim/missing", "this claim has no heading text").
			Note("the heading says in one line what is claimed")
	}
	p.stance(c, seen)

	var note []markdown.Block
	for i, b := range sec.Blocks {
		switch {
		case i == at:
		case b.Kind == markdown.Quote:
			q := p.doc.Quotation(b)
			for _, h := range q.Holes {
				what := "link"
				if h.Kind == HoleCite {
					what = "citation"
				}
				p.diags.Warnf(h.Span.In(p.file), "claim/link-in-quotation", "a quotation holds the source's words and nothing else: this %s is not shown", what).
					Note("move it to the note under the quotation")
			}
			c.Quotations = append(c.Quotations, q)
		default:
			note = append(note, b)
		}
	}
	if len(c.Quotations) == 0 {
		p.diags.Warnf(c.Span, "claim/no-quotation", "nothing proves this claim: it has no quotation").
			Note("quote the words that it rests on as a block quote: > the source's words")
	}
	c.Note = p.doc.Render(note)
	return c
}

func looksLikeClaim(items []markdown.Item) bool {
	n := 0
	for _, it := range items {
		k, _, ok := cut(it.Span, ':')
		if !ok {
			continue
		}
		name := k.File.Data[k.Start:k.End]
		_, known := claimFields[string(name)]
		if !known { // in what is read as a space beside it, perhaps
			name = []byte(plain(k))
			_, known = claimFields[string(name)]
		}
		if known {
			n++
		}
		if string(name) == "id" || string(name) == "holder" {
			return true
		}
	}
	return n >= 2
}

// misspeltField stands before the names of fields that an unknown one may be:
// what is there, misspelt, is not reported as missing too.
const misspeltField = "misspelt "

// seen are the names of the fields of a claim that were there. They are too few
// for a map.
type seen []string

func (s seen) has(name string) bool { return slices.Contains(s, name) }

func (p *parser) claimLine(c *Claim, it markdown.Item, seen *seen) {
	k, v, ok := keyed(it.Span)
	if !ok {
		p.diags.Errorf(it.Span, "line/form", "expected %q", "- field: value").
			Note("the list under a claim's heading holds its fields; put other lists after the quotation")
		return
	}
	read, known := claimFields[k.Value]
	switch {
	case !known:
		p.diags.Errorf(k.Span, "claim/unknown-field", "unknown field %q", k.Value).
			DidYouMean(k.Value, claimFieldNames)
		for _, name := range diag.Nearest(k.Value, claimFieldNames) {
			*seen = append(*seen, misspeltField+name)
		}
	case seen.has(k.Value):
		p.diags.Errorf(k.Span, "claim/duplicate-field", "the field %q is given twice", k.Value).
			Note("keep one of the two lines")
	case it.HasMore:
		p.diags.Errorf(it.Span, "line/nested", "a field holds nothing but one paragraph").
			Note("leave an empty line before the quotation, and do not indent it")
	default:
		*seen = append(*seen, k.Value)
		if v.Start < v.End {
			read(p, c, v)
		}
	}
}

func (p *parser) claimID(c *Claim, v diag.Span) {
	c.ID, c.IDSpan = plain(v), v
	if s := Slug(c.ID); s != c.ID {
		p.diags.Errorf(v, "claim/id", "%q cannot be the id of a claim", c.ID).
			Note("write %s: lower-case letters, digits and hyphens", s)
		c.ID = s
	}
}

// stance checks what only holds together: on, stance and if.
func (p *parser) stance(c *Claim, seen seen) {
	switch {
	case seen.has("stance") && !seen.has("on"):
		p.diags.Errorf(c.StanceSpan, "claim/stance-without-option", "a stance needs the option that it is on").
			Note("add a line \"- on: issue/option\", or drop the stance")
	case seen.has("on") && !seen.has("stance"):
		p.diags.Errorf(c.On.Span, "claim/option-without-stance", "an option needs the stance that is taken on it").
			Note("add a line \"- stance: ...\" (%s)", joined(Stances)).
			Note("a claim that only touches an issue names it in \"- about: [[issue]]\"")
	}
	switch {
	case c.Stance == ForIf && c.If == "":
		p.diags.Errorf(c.StanceSpan, "claim/for-if", "the stance for-if needs its condition").
			Note("add a line \"- if: the condition\"")
	case c.Stance != ForIf && c.If != "" && (c.Stance != "" || !seen.has("stance")):
		p.diags.Errorf(c.Span, "claim/for-if", "a condition goes with the stance for-if only").
			Note("write \"- stance: for-if\", or drop the line \"- if: ...\"")
	}
}

func (p *parser) oneLink(v diag.Span) *Link {
	if l, ok := p.link(v); ok {
		return &l
	}
	return nil
}

// on reads "issue/option".
func (p *parser) on(c *Claim, v diag.Span) {
	issue, option, ok := cut(v, '/')
	c.On.Span = v
	if !ok || issue.Start == issue.End || option.Start == option.End {
		p.diags.Errorf(v, "claim/on", "expected issue/option, not %q", plain(v)).
			Note("the option is one of the list under \"## Options\" in the issue's file")
		return
	}
	c.On.Issue = p.oneLink(issue)
	c.On.Option, c.On.OptionSpan = plain(option), option
}

// holder reads a link, or a quoted description with (unnamed).
func (p *parser) holder(c *Claim, v diag.Span) {
	c.Holder.Span = v
	words, rest, ok := quoted(v)
	if !ok {
		if hs := p.refs(v); len(hs) == 0 {
			p.diags.Errorf(v, "claim/holder", "the holder is a link or a quoted description, not %q", plain(v)).
				Note("write [[id]] for one who has a page, or \"a description\" (unnamed)")
			return
		}
		c.Holder.Link = p.oneLink(v)
		return
	}
	c.Holder.Description = plain(words)
	if rest.Start == rest.End {
		p.diags.Errorf(v, "claim/unnamed", "a quoted holder is an unnamed one: say so").
			Note("write %s (unnamed)", plain(v))
		return
	}
	if u, ok := p.parenthesis(rest); ok {
		c.Holder.Count, c.Holder.Reason = u.count, u.reason
	}
}

// via reads the chain of relays, parted by ">".
func (p *parser) via(c *Claim, v diag.Span) {
	for _, part := range split(v, '>') {
		r := Relay{Span: part}
		if words, rest, ok := quoted(part); ok {
			r.Words, r.Unnamed = plain(words), true
			if rest.Start < rest.End {
				if u, ok := p.parenthesis(rest); ok {
					r.Count, r.Reason = u.count, u.reason
				}
			}
		} else if len(p.refs(part)) > 0 {
			if r.Link = p.oneLink(part); r.Link == nil {
				continue
			}
		} else {
			r.Words = plain(part)
		}
		c.Via = append(c.Via, r)
	}
}

// claimStatus reads "withdrawn: reason".
func (p *parser) claimStatus(c *Claim, v diag.Span) {
	k, reason, _ := keyed(v)
	switch {
	case k.Value != "withdrawn":
		p.diags.Errorf(k.Span, "claim/status", "unknown status %q", k.Value).
			Note("the only status is \"withdrawn: the reason\"; a claim that stands has none")
	case reason.Start == reason.End:
		p.diags.Errorf(v, "claim/status", "a withdrawn claim needs the reason").
			Note("write \"- status: withdrawn: the reason\"")
	default:
		c.Withdrawn = plain(reason)
	}
}

// Named reports whether the holder is named.
func (h Holder) Named() bool { return h.Link != nil }

// String returns the relay's words, for a relay that is no link.
func (r Relay) String() string { return strings.TrimSpace(r.Words) }
