package cli

import (
	"fmt"
	"slices"
	"strings"

	"readout/internal/link"
	"readout/internal/verify"
)

// The rows of each kind. Their JSON is a public interface: a field that is
// empty is an empty string, never left out.

type claimRow struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Holder string `json:"holder"` // an id, or a description
	Party  string `json:"party"`
	On     string `json:"on"` // issue/option
	Stance string `json:"stance"`
	Said   string `json:"said"`
	State  string `json:"state"` // the weakest of its quotations
	Status string `json:"status"`
	File   string `json:"file"`
	Line   int    `json:"line"`
}

func (l *lister) claim(c *link.Claim) claimRow {
	r := claimRow{
		ID: c.Key(), Title: c.Title, Holder: c.Claim.Holder.Description, Stance: string(c.Stance), Said: c.Said.String(),
		State: string(l.worst(c)), File: c.Source.File.Path, Line: c.Source.File.Position(c.Span.Start).Line,
	}
	if c.Holder != nil {
		r.Holder = c.Holder.ID
	}
	if c.Party != nil {
		r.Party = c.Party.ID
	}
	if c.Option != nil {
		r.On = c.Issue.ID + "/" + c.Option.ID
	}
	if c.Withdrawn != "" {
		r.Status = "withdrawn"
	}
	return r
}

func (l *lister) claims() *table {
	t := &table{head: []string{"CLAIM", "SAID", "HOLDER", "PARTY", "ON", "STANCE", "STATE", "TITLE"}}
	for _, c := range l.res.Site.Claims {
		if !l.takes(c) || l.state != "" && !slices.ContainsFunc(l.proofs(c), func(p verify.Proof) bool { return p.State == l.state }) {
			continue
		}
		r := l.claim(c)
		state := r.State
		if r.Status != "" {
			state = r.Status
		}
		t.add(r, r.ID, r.Said, r.Holder, r.Party, r.On, r.Stance, state, r.Title)
	}
	return t
}

type quotationRow struct {
	Claim     string `json:"claim"`
	N         int    `json:"n"` // which quotation of the claim, from 1
	State     string `json:"state"`
	Paragraph int    `json:"paragraph"` // 0 for unknown
	Text      string `json:"text"`
	File      string `json:"file"`
	Line      int    `json:"line"`
}

func (l *lister) quotations() *table {
	t := &table{head: []string{"QUOTATION", "STATE", "PARA", "TEXT"}}
	for _, c := range l.res.Site.Claims {
		if !l.takes(c) {
			continue
		}
		proofs := l.proofs(c)
		for i, q := range c.Quotations {
			if i >= len(proofs) || l.state != "" && proofs[i].State != l.state {
				continue
			}
			p := proofs[i]
			r := quotationRow{c.Key(), i + 1, string(p.State), p.Paragraph, q.Text, q.Span.File.Path, q.Span.File.Position(q.Span.Start).Line}
			t.add(r, fmt.Sprintf("%s/%d", r.Claim, r.N), r.State, number(r.Paragraph), r.Text)
		}
	}
	return t
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

type actorRow struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Type  string `json:"type"`
	Party string `json:"party"`
	Holds int    `json:"holds"` // claims
	File  string `json:"file"`
}

func (l *lister) actors() *table {
	t := &table{head: []string{"ACTOR", "TYPE", "PARTY", "HOLDS", "NAME"}}
	for _, a := range l.res.Site.Actors {
		if l.party != nil && a.Party != l.party {
			continue
		}
		r := actorRow{ID: a.ID, Name: a.Name.Value, Type: string(a.Record.Type), Holds: len(a.Holds), File: a.File.Path}
		if a.Party != nil {
			r.Party = a.Party.ID
		}
		t.add(r, r.ID, r.Type, r.Party, fmt.Sprint(r.Holds), r.Name)
	}
	return t
}

type meetingRow struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Start     string `json:"start"`
	End       string `json:"end"`
	Place     string `json:"place"`
	Stage     string `json:"stage"`
	Certainty string `json:"certainty"`
	Claims    int    `json:"claims"`
	File      string `json:"file"`
}

func (l *lister) meetings() *table {
	t := &table{head: []string{"MEETING", "START", "STAGE", "PLACE", "CLAIMS", "TITLE"}}
	for _, m := range l.res.Site.Meetings {
		onAgenda := func() bool {
			return slices.ContainsFunc(m.Agenda, func(a link.AgendaItem) bool { return a.Issue == l.issue }) ||
				slices.ContainsFunc(m.Claims, func(c *link.Claim) bool { return c.Issue == l.issue })
		}
		attends := func() bool {
			return slices.ContainsFunc(m.Attendance, func(a link.Attendance) bool {
				return a.Party != nil && (a.Party == l.party || a.Party.Party == l.party)
			})
		}
		if l.issue != nil && !onAgenda() || l.party != nil && !attends() {
			continue
		}
		r := meetingRow{
			ID: m.ID, Title: m.Name.Value, Start: m.Record.Start.String(), End: m.Record.End.String(),
			Place: m.Record.Place, Claims: len(m.Claims), File: m.File.Path,
		}
		if n := len(m.Log); n > 0 {
			r.Stage, r.Certainty = string(m.Log[n-1].Stage), string(m.Log[n-1].Certainty)
		}
		t.add(r, r.ID, r.Start, r.Stage, r.Place, fmt.Sprint(r.Claims), r.Title)
	}
	return t
}

type issueRow struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Options []string `json:"options"`
	Claims  int      `json:"claims"`
	File    string   `json:"file"`
}

func (l *lister) issues() *table {
	t := &table{head: []string{"ISSUE", "CLAIMS", "TITLE", "OPTIONS"}}
	for _, is := range l.res.Site.Issues {
		r := issueRow{ID: is.ID, Title: is.Name.Value, Options: []string{}, Claims: len(is.Claims), File: is.File.Path}
		for _, o := range is.Options {
			r.Options = append(r.Options, o.ID)
		}
		t.add(r, r.ID, fmt.Sprint(r.Claims), r.Title, strings.Join(r.Options, ", "))
	}
	return t
}

type sourceRow struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Publisher  string `json:"publisher"`
	Published  string `json:"published"`
	Rights     string `json:"rights"`
	Text       string `json:"text"` // the file that its text is looked for in
	HasText    bool   `json:"has_text"`
	Claims     int    `json:"claims"`
	Quotations int    `json:"quotations"`
	File       string `json:"file"`
}

func (l *lister) sources() *table {
	t := &table{head: []string{"SOURCE", "PUBLISHED", "PUBLISHER", "RIGHTS", "TEXT", "CLAIMS", "QUOTATIONS", "TITLE"}}
	for _, s := range l.res.Site.Sources {
		r := sourceRow{
			ID: s.ID, Title: s.Name.Value, Publisher: s.Record.Publisher.Value, Published: s.Record.Published.String(),
			Rights: string(s.Record.Rights), Text: verify.TextName(s.Record), Claims: len(s.Claims), File: s.File.Path,
		}
		if p := l.res.Proofs[s.Record]; p != nil {
			r.HasText = p.HasText
		}
		for _, c := range s.Claims {
			r.Quotations += len(c.Quotations)
		}
		text := "not at hand"
		if r.HasText {
			text = r.Text
		}
		t.add(r, r.ID, r.Published, r.Publisher, r.Rights, text, fmt.Sprint(r.Claims), fmt.Sprint(r.Quotations), r.Title)
	}
	return t
}
