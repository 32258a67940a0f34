package export

import (
	"cmp"
	"strconv"
	"strings"

	"readout/internal/link"
	"readout/internal/verify"
)

// A claim is a claim as data/claims.json gives it: its fields are the public
// interface, in this order. A new field is a line here, one in fill and in json, a
// column in claimColumns, and its description in docs/data.md and
// docs/schema/claims.schema.json.
type claim struct {
	ID         string      `json:"id"`
	Source     string      `json:"source"`
	Title      string      `json:"title"`
	Holder     holder      `json:"holder"`
	Via        []relay     `json:"via,omitempty"`
	Party      string      `json:"party,omitempty"`
	Directness string      `json:"directness"`
	Issue      string      `json:"issue,omitempty"`
	Option     string      `json:"option,omitempty"`
	Stance     string      `json:"stance,omitempty"`
	If         string      `json:"if,omitempty"`
	Act        string      `json:"act,omitempty"`
	At         string      `json:"at,omitempty"`
	About      []string    `json:"about,omitempty"`
	Said       string      `json:"said,omitempty"`
	Hedge      string      `json:"hedge,omitempty"`
	Changes    []string    `json:"changes,omitempty"`
	Denies     []string    `json:"denies,omitempty"`
	Disputes   []string    `json:"disputes,omitempty"`
	Status     string      `json:"status,omitempty"`
	Paraphrase bool        `json:"paraphrase,omitempty"`
	Quotations []quotation `json:"quotations,omitempty"`
	Note       string      `json:"note,omitempty"`
	URL        string      `json:"url"`
}

// A holder is an actor, an unnamed one with its description, or the article
// itself, which has a description and is not unnamed.
type holder struct {
	Actor       string `json:"actor,omitempty"`
	Description string `json:"description,omitempty"`
	Unnamed     bool   `json:"unnamed,omitempty"`
	Count       int    `json:"count,omitempty"`
	Reason      string `json:"reason,omitempty"`
}

// A relay is an actor, plain words, or an unnamed one with its description.
type relay struct {
	Actor       string `json:"actor,omitempty"`
	Words       string `json:"words,omitempty"`
	Description string `json:"description,omitempty"`
	Unnamed     bool   `json:"unnamed,omitempty"`
	Count       int    `json:"count,omitempty"`
	Reason      string `json:"reason,omitempty"`
}

type quotation struct {
	Text      string `json:"text"`
	State     string `json:"state"`
	Paragraph int    `json:"paragraph,omitempty"`
}

// claims calls yield with each claim that is exported. It is one claim each
// time, which is changed into the next.
func (x *exporter) claims(yield func(*claim) bool) {
	var one claim
	for _, c := range x.site.Claims {
		if !c.Later {
			if x.fill(&one, c); !yield(&one) {
				return
			}
		}
	}
}

func (x *exporter) claimsCSV(s *sheet) {
	t := newTable(s, claimColumns, len(x.site.Claims))
	for c := range x.claims {
		t.record(c)
	}
	t.end()
}

func (x *exporter) claimsJSON(s *sheet) {
	t := jsonText{s}
	t.add(`{"version": `).num(Version).add(`, "claims": `)
	all := t.array(len(x.site.Claims))
	for c := range x.claims {
		all.element()
		c.json(&t)
	}
	all.end()
	t.add("}\n")
}

// fill makes out the claim that c is.
func (x *exporter) fill(out *claim, c *link.Claim) {
	*out = claim{
		ID: c.Key(), Source: c.Source.ID, Title: title(c), Holder: holderOf(c), Via: out.Via[:0],
		Directness: string(c.Directness), Stance: string(c.Stance), If: c.If, Act: string(c.Act),
		About: out.About[:0], Said: c.Said.String(), Hedge: c.Hedge,
		Changes: keys(out.Changes[:0], c.Changes), Denies: keys(out.Denies[:0], c.Denies), Disputes: keys(out.Disputes[:0], c.Disputes),
		Paraphrase: c.Paraphrase, Quotations: out.Quotations[:0], Note: plain(c.Note), URL: x.address(c.Source.Path, c.ID),
	}
	for _, v := range c.Via {
		out.Via = append(out.Via, relayOf(v))
	}
	if c.Party != nil {
		out.Party = c.Party.ID
	}
	if c.Option != nil {
		out.Issue, out.Option = c.Issue.ID, c.Option.ID
	}
	if c.At != nil {
		out.At = c.At.ID
	}
	for _, n := range c.About {
		out.About = append(out.About, n.ID)
	}
	if c.Withdrawn != "" {
		out.Status = "withdrawn: " + c.Withdrawn
	}
	proofs := x.proofs[c]
	for i, q := range c.Quotations {
		one := quotation{Text: unwrap(q.Text), State: string(verify.Unverified)}
		if i < len(proofs) {
			one.State, one.Paragraph = string(proofs[i].State), proofs[i].Paragraph
		}
		out.Quotations = append(out.Quotations, one)
	}
}

// json writes a claim as its tags say.
func (c *claim) json(t *jsonText) {
	t.add("{")
	t.text("id", c.ID)
	t.text("source", c.Source)
	t.text("title", c.Title)
	t.key("holder")
	c.Holder.json(t)
	if len(c.Via) > 0 {
		t.key("via")
		records(t, c.Via)
	}
	t.some("party", c.Party)
	t.text("directness", c.Directness)
	t.some("issue", c.Issue)
	t.some("option", c.Option)
	t.some("stance", c.Stance)
	t.some("if", c.If)
	t.some("act", c.Act)
	t.some("at", c.At)
	t.texts("about", c.About)
	t.some("said", c.Said)
	t.some("hedge", c.Hedge)
	t.texts("changes", c.Changes)
	t.texts("denies", c.Denies)
	t.texts("disputes", c.Disputes)
	t.some("status", c.Status)
	t.yes("paraphrase", c.Paraphrase)
	if len(c.Quotations) > 0 {
		t.key("quotations")
		records(t, c.Quotations)
	}
	t.some("note", c.Note)
	t.text("url", c.URL)
	t.add("}")
}

func (q *quotation) json(t *jsonText) {
	t.add("{")
	t.text("text", q.Text)
	t.text("state", q.State)
	t.count("paragraph", q.Paragraph)
	t.add("}")
}

func (h *holder) json(t *jsonText) {
	t.add("{")
	t.some("actor", h.Actor)
	t.some("description", h.Description)
	t.yes("unnamed", h.Unnamed)
	t.count("count", h.Count)
	t.some("reason", h.Reason)
	t.add("}")
}

func (r *relay) json(t *jsonText) {
	t.add("{")
	t.some("actor", r.Actor)
	t.some("words", r.Words)
	t.some("description", r.Description)
	t.yes("unnamed", r.Unnamed)
	t.count("count", r.Count)
	t.some("reason", r.Reason)
	t.add("}")
}

func title(c *link.Claim) string { return cmp.Or(oneLine(plain(c.Heading)), c.Title) }

// theArticle is what pages call the holder of a claim that an article makes
// itself, quoting nobody.
const theArticle = "the article itself"

func holderOf(c *link.Claim) holder {
	switch {
	case c.Holder != nil:
		return holder{Actor: c.Holder.ID}
	case c.ByArticle:
		return holder{Description: theArticle}
	}
	h := c.Claim.Holder
	return holder{Description: h.Description, Unnamed: true, Count: h.Count, Reason: h.Reason}
}

func relayOf(v link.Relay) relay {
	switch {
	case v.Actor != nil:
		return relay{Actor: v.Actor.ID}
	case v.Unnamed:
		return relay{Description: v.Words, Unnamed: true, Count: v.Count, Reason: v.Reason}
	}
	return relay{Words: v.Relay.String()}
}

// keys appends the ids of claims. Those said after the last day that counts
// are not exported, so neither are references to them.
func keys(ids []string, claims []*link.Claim) []string {
	for _, c := range claims {
		if !c.Later {
			ids = append(ids, c.Key())
		}
	}
	return ids
}

// claimColumns are the columns of data/claims.csv: the fields of a claim under
// their own names, and behind each nested one what would not fit its cell.
var claimColumns = []column[claim]{
	{"id", func(c *claim) string { return c.ID }},
	{"source", func(c *claim) string { return c.Source }},
	{"title", func(c *claim) string { return c.Title }},
	{"holder", func(c *claim) string { return cmp.Or(c.Holder.Actor, c.Holder.Description) }},
	{"holder_unnamed", func(c *claim) string { return yes(c.Holder.Unnamed) }},
	{"holder_count", func(c *claim) string { return number(c.Holder.Count) }},
	{"holder_reason", func(c *claim) string { return c.Holder.Reason }},
	{"via", func(c *claim) string { return chain(c.Via) }},
	{"party", func(c *claim) string { return c.Party }},
	{"directness", func(c *claim) string { return c.Directness }},
	{"issue", func(c *claim) string { return c.Issue }},
	{"option", func(c *claim) string { return c.Option }},
	{"stance", func(c *claim) string { return c.Stance }},
	{"if", func(c *claim) string { return c.If }},
	{"act", func(c *claim) string { return c.Act }},
	{"at", func(c *claim) string { return c.At }},
	{"about", func(c *claim) string { return items(c.About) }},
	{"said", func(c *claim) string { return c.Said }},
	{"hedge", func(c *claim) string { return c.Hedge }},
	{"changes", func(c *claim) string { return items(c.Changes) }},
	{"denies", func(c *claim) string { return items(c.Denies) }},
	{"disputes", func(c *claim) string { return items(c.Disputes) }},
	{"status", func(c *claim) string { return c.Status }},
	{"paraphrase", func(c *claim) string { return yes(c.Paraphrase) }},
	{"quotations", func(c *claim) string {
		return each(c.Quotations, "\n", func(q quotation) string { return oneLine(q.Text) })
	}},
	{"quotation_states", func(c *claim) string {
		return each(c.Quotations, "; ", func(q quotation) string { return q.State })
	}},
	{"quotation_paragraphs", func(c *claim) string {
		return each(c.Quotations, "; ", func(q quotation) string { return strconv.Itoa(q.Paragraph) })
	}},
	{"note", func(c *claim) string { return c.Note }},
	{"url", func(c *claim) string { return c.URL }},
}

// chain writes relays as an editor does: yury-ushakov > Russian reporters. An
// unnamed one keeps its quotation marks and its parenthesis, in which
// semicolons stand; hence the other sign between the links.
func chain(via []relay) string {
	return each(via, " > ", func(r relay) string {
		if !r.Unnamed {
			return cmp.Or(r.Actor, r.Words)
		}
		in := []string{"unnamed"}
		if r.Count > 0 {
			in = append(in, strconv.Itoa(r.Count))
		}
		if r.Reason != "" {
			in = append(in, r.Reason)
		}
		return `"` + r.Description + `" (` + strings.Join(in, "; ") + ")"
	})
}
