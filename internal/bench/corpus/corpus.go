// Package corpus makes up briefings of any size, to measure with.
//
// [New] invents one: its actors, meetings, issues and sources, their prose in
// an invented language, the articles that the sources stand for, and claims
// whose quotations really stand in them. Of 1,000 pages, 500 are actors, 250
// sources, 200 meetings and 50 issues. A page has about 300 words and eight
// links; a source has four claims with a quotation each, out of an article of
// about 900 words. Six states are parties of the comparison and have half of
// the people, so that their pages grow with the briefing, as they do in a real
// one.
//
// The same corpus is written in three forms: as a briefing of Readout's
// ([Corpus.Briefing]), as the Hugo site that somebody at home in Hugo would
// have made of the same text ([Corpus.Hugo]), and as the bare Markdown
// ([Corpus.Markdown]). The words are the same in all of them; only the
// spelling of links and the place of the data differ.
//
// A size gives the same corpus, to the byte, on any machine.
package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A Corpus is a briefing before it is written down.
type Corpus struct {
	Actors   []*Actor
	Meetings []*Meeting
	Issues   []*Issue
	Sources  []*Source
	Columns  []*Actor // the parties of the comparison

	*language
	taken map[string]bool
	docs  []*Doc // all that prose may link to
	cited []*Claim
}

// A Doc is what every page has. In Body, links are written as marks; see
// [spell].
type Doc struct {
	Kind, ID string
	Title    string
	Aliases  []string
	Body     string
}

// An Actor is an actor.
type Actor struct {
	Doc
	Type       string
	Represents *Actor
	Roles      []Line
	party      *Actor
}

// A Line is a dated line.
type Line struct{ Word, Date, Text string }

// A Meeting is a meeting.
type Meeting struct {
	Doc
	Start, Place string
	Follows      *Meeting
	Status       []Line
	Delegations  []Delegation
	Agenda       []*Issue
	cite         *Claim
}

// A Delegation is who came for one party.
type Delegation struct {
	Party  *Actor
	People []*Actor
}

// An Issue is an issue.
type Issue struct {
	Doc
	Options     []Option
	Assessments []Assessment
}

// An Option is an option.
type Option struct{ ID, Text string }

// An Assessment is an assessment.
type Assessment struct {
	Party  *Actor
	Option string
	Text   string
}

// A Source is a source with its article.
type Source struct {
	Doc
	Publisher *Actor
	Published string
	Article   string
	Claims    []*Claim
}

// A Claim is a claim.
type Claim struct {
	Source     *Source
	ID, Title  string
	Holder     *Actor // nil for an unnamed one
	Unnamed    string
	Party      *Actor
	Via        *Actor
	Issue      *Issue
	Option     string
	Stance, If string
	Act        string
	At         *Meeting
	About      []*Actor
	Said       string
	Quotation  string
	Note       string
}

// Sizes of a corpus of 1,000 pages, and what does not grow.
const (
	perActors, perSources, perMeetings = 500, 250, 200
	claimsPerSource, optionsPerIssue   = 4, 4
	columns                            = 6
	dayCount                           = 700
)

// New invents a corpus of so many pages, at least 100.
func New(pages int) *Corpus {
	rng := rand.New(rand.NewPCG(2026, uint64(pages)))
	c := &Corpus{language: newLanguage(rng), taken: map[string]bool{}}
	c.names(pages)
	for _, s := range c.Sources {
		c.source(s)
	}
	for _, a := range c.Actors {
		c.actor(a)
	}
	for _, m := range c.Meetings {
		c.meeting(m)
	}
	for _, is := range c.Issues {
		c.issue(is)
	}
	return c
}

// Pages returns the number of records, each of which has a page.
func (c *Corpus) Pages() int {
	return len(c.Actors) + len(c.Meetings) + len(c.Issues) + len(c.Sources)
}

// names gives every record its name, so that all prose can link to all.
func (c *Corpus) names(pages int) {
	actors, sources, meetings := pages*perActors/1000, pages*perSources/1000, pages*perMeetings/1000
	for i := range actors {
		a := &Actor{Type: "person"}
		switch {
		case i < columns || i%50 == 7:
			a.Type = "state"
		case i%10 == 3:
			a.Type = "organisation"
		case i%50 == 9:
			a.Type = "delegation"
		case i%100 == 11:
			a.Type = "document"
		}
		words := 2
		if a.Type == "state" {
			words = 1
		}
		a.Title = c.name(words, c.taken)
		a.ID = strings.ToLower(strings.ReplaceAll(a.Title, " ", "-"))
		a.Kind, a.party = "actors", a
		if i < columns {
			c.Columns = append(c.Columns, a)
		} else if a.Type == "person" && i%2 == 0 || a.Type == "delegation" {
			a.Represents = pick(c.rng, c.Columns)
			a.party = a.Represents
		}
		if i%3 == 0 {
			a.Aliases = []string{"the " + strings.ToLower(c.name(1, c.taken)) + " " + a.Type}
		}
		c.Actors = append(c.Actors, a)
	}
	for range meetings {
		m := &Meeting{Start: c.day(), Place: pick(c.rng, c.Actors[:min(200, len(c.Actors))]).Title}
		m.Title = "Talks at " + c.name(2, c.taken)
		m.Kind, m.ID = "meetings", m.Start+"-"+slug(m.Title[len("Talks at "):])
		c.Meetings = append(c.Meetings, m)
	}
	for range pages - actors - sources - meetings {
		is := &Issue{}
		is.Title = "The " + strings.ToLower(c.name(2, c.taken)) + " question"
		is.Kind, is.ID = "issues", slug(is.Title[len("The "):])
		for range optionsPerIssue {
			is.Options = append(is.Options, Option{strings.ToLower(c.name(1, c.taken)), capital(strings.Join(c.phrase(10), " "))})
		}
		c.Issues = append(c.Issues, is)
	}
	for i := range sources {
		s := &Source{Published: c.day()}
		s.Title = capital(strings.Join(c.phrase(8), " "))
		s.Kind, s.ID = "sources", fmt.Sprintf("%s-%d", c.invent(2), i)
		c.Sources = append(c.Sources, s)
	}
	for _, a := range c.Actors {
		c.docs = append(c.docs, &a.Doc)
	}
	for _, m := range c.Meetings {
		c.docs = append(c.docs, &m.Doc)
	}
	for _, is := range c.Issues {
		c.docs = append(c.docs, &is.Doc)
	}
}

func slug(s string) string { return strings.ReplaceAll(strings.ToLower(s), " ", "-") }

// day returns a day of two years.
func (c *Corpus) day() string {
	n := c.rng.IntN(dayCount)
	return fmt.Sprintf("%d-%02d-%02d", 2024+n/350, 1+n%350/30, 1+n%28)
}

// prose returns about so many words in paragraphs, with so many links in it,
// the last of which are citations.
func (c *Corpus) prose(words, links, cites int) string {
	var sentences [][]string
	for n := 0; n < words; {
		s := c.sentence()
		sentences = append(sentences, s)
		n += len(s)
	}
	for i := range links {
		s := sentences[i%len(sentences)]
		s[1+c.rng.IntN(len(s)-2)] = c.linkTo(c.target())
	}
	for i := range cites {
		s := sentences[(links+i)%len(sentences)]
		last := len(s) - 1
		s[last] = strings.TrimSuffix(s[last], ".") + " " + mark('@', pick(c.rng, c.cited).key(), "") + "."
	}
	var b strings.Builder
	for i, s := range sentences {
		switch {
		case i > 0 && i%5 == 0:
			b.WriteString("\n\n")
		case i > 0:
			b.WriteByte('\n')
		}
		for k, w := range s {
			if k > 0 {
				b.WriteByte(' ')
			}
			if c.rng.IntN(60) == 0 && !strings.ContainsRune(w, from) {
				w = "*" + w + "*"
			}
			b.WriteString(w)
		}
	}
	b.WriteByte('\n')
	return b.String()
}

// target picks what a link leads to: one in eight goes to a party, which
// everybody speaks of.
func (c *Corpus) target() *Doc {
	if c.rng.IntN(8) == 0 {
		return &pick(c.rng, c.Columns).Doc
	}
	return pick(c.rng, c.docs)
}

func (c *Corpus) linkTo(d *Doc) string {
	label := d.Title
	if c.rng.IntN(3) == 0 {
		label = strings.Join(c.phrase(2), " ")
	}
	return mark('[', d.Kind+"/"+d.ID, label)
}

func (c *Claim) key() string { return c.Source.ID + "#" + c.ID }

// source writes an article and draws claims from it.
func (c *Corpus) source(s *Source) {
	var b strings.Builder
	var sentences []string
	for i := range 52 {
		text := strings.Join(c.sentence(), " ")
		sentences = append(sentences, text)
		switch {
		case i > 0 && i%4 == 0:
			b.WriteString("\n\n")
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(text)
	}
	b.WriteByte('\n')
	s.Article = b.String()
	s.Publisher = c.Actors[13+100*c.rng.IntN((len(c.Actors)-13+99)/100)]
	for i, at := range c.rng.Perm(len(sentences))[:claimsPerSource] {
		s.Claims = append(s.Claims, c.claim(s, i, sentences[at]))
	}
	c.cited = append(c.cited, s.Claims...)
	s.Body = c.prose(90, 2, 0)
}

// claim invents a claim that quotes from a sentence.
func (c *Corpus) claim(s *Source, i int, sentence string) *Claim {
	words := strings.Fields(sentence)
	n := min(len(words), 7+c.rng.IntN(12))
	start := c.rng.IntN(len(words) - n + 1)
	quoted := words[start : start+n]
	if n > 12 && c.rng.IntN(10) == 0 {
		quoted = append(append(append([]string{}, quoted[:4]...), "[...]"), quoted[n-4:]...)
	}
	cl := &Claim{
		Source: s, ID: fmt.Sprintf("%s-%d", pick(c.rng, c.words), i),
		Title:     capital(strings.Join(c.phrase(9), " ")),
		Quotation: strings.Trim(strings.Join(quoted, " "), " –"),
		Note:      c.prose(38, 1, 0), Via: s.Publisher,
	}
	if c.rng.IntN(5) == 0 {
		cl.Unnamed = "a " + c.word() + " official"
		cl.Party = pick(c.rng, c.Columns)
	} else {
		for cl.Holder = s.Publisher; cl.Holder == s.Publisher; {
			cl.Holder = pick(c.rng, c.Actors)
		}
		cl.Party = cl.Holder.party
	}
	cl.Issue = pick(c.rng, c.Issues)
	if c.rng.IntN(5) > 0 {
		cl.Option = pick(c.rng, cl.Issue.Options).ID
		cl.Stance = pick(c.rng, []string{"for", "for", "against", "against", "for-if", "open", "unclear"})
		if cl.Stance == "for-if" {
			cl.If = strings.Join(c.phrase(6), " ")
		}
	}
	if c.rng.IntN(3) == 0 {
		cl.Act = pick(c.rng, []string{"demands", "proposes", "accepts", "rejects", "reiterates", "signals"})
	}
	if c.rng.IntN(2) == 0 {
		cl.At = pick(c.rng, c.Meetings)
	}
	for range c.rng.IntN(3) {
		cl.About = append(cl.About, pick(c.rng, c.Actors))
	}
	return cl
}

func (c *Corpus) actor(a *Actor) {
	a.Body = c.prose(270, 6, 2)
	for _, when := range []string{"from", "as of"}[:c.rng.IntN(3)] {
		text := strings.Join(c.phrase(4), " ") + " of " + c.linkTo(c.target())
		a.Roles = append(a.Roles, Line{when, c.day(), text})
	}
}

func (c *Corpus) meeting(m *Meeting) {
	m.Body = c.prose(240, 3, 2)
	m.cite = pick(c.rng, c.cited)
	if c.rng.IntN(2) == 0 {
		if f := pick(c.rng, c.Meetings); f != m {
			m.Follows = f
		}
	}
	for _, stage := range []string{"planned", "held"}[:1+c.rng.IntN(2)] {
		m.Status = append(m.Status, Line{stage, m.Start, strings.Join(c.phrase(6), " ")})
	}
	for _, i := range c.rng.Perm(len(c.Columns))[:2] {
		d := Delegation{Party: c.Columns[i]}
		for range 1 + c.rng.IntN(3) {
			d.People = append(d.People, pick(c.rng, c.Actors))
		}
		m.Delegations = append(m.Delegations, d)
	}
	for range 1 + c.rng.IntN(2) {
		m.Agenda = append(m.Agenda, pick(c.rng, c.Issues))
	}
}

func (c *Corpus) issue(is *Issue) {
	is.Body = c.prose(220, 5, 2)
	for _, i := range c.rng.Perm(len(c.Columns))[:2] {
		is.Assessments = append(is.Assessments, Assessment{
			c.Columns[i], pick(c.rng, is.Options).ID,
			strings.Join(c.phrase(18), " ") + " " + mark('@', pick(c.rng, c.cited).key(), ""),
		})
	}
}
