package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"readout/internal/build"
	"readout/internal/diag"
	"readout/internal/link"
	"readout/internal/record"
	"readout/internal/verify"
)

type listCmd struct {
	folders
	What   string `arg:"" help:"claims, actors, meetings, issues, sources or quotations." complete:"list"`
	Issue  string `placeholder:"ID" help:"Only what is on this issue." complete:"issue"`
	Holder string `placeholder:"ID" help:"Only what this actor holds." complete:"actor"`
	Party  string `placeholder:"ID" help:"Only what counts in this party's column." complete:"actor"`
	Source string `placeholder:"ID" help:"Only what is in this source." complete:"source"`
	State  string `placeholder:"STATE" help:"Only quotations that are verified, receipt, unverified or lost, and their claims." complete:"state"`
	Stance string `placeholder:"STANCE" help:"Only claims that are for, for-if, open, against or unclear." complete:"stance"`
	JSON   bool   `name:"json" help:"One JSON object to the line."`
}

func (*listCmd) Help() string {
	return `Actors may be named by an id, a name or an alias. If the briefing has errors, what can be read of it is listed, and the exit status is 1.

Example: readout list claims --issue territory --party ukraine`
}

// A table is a list of one kind.
type table struct {
	head []string
	rows []row
}

// A row is one thing, as cells for people and as an object for programs.
type row struct {
	cells  []string
	object any
}

func (t *table) add(object any, cells ...string) { t.rows = append(t.rows, row{cells, object}) }

// lists are the kinds, each with the filters that it takes.
var lists = map[string]struct {
	filters []string
	make    func(l *lister) *table
}{
	"claims":     {[]string{"issue", "holder", "party", "source", "state", "stance"}, (*lister).claims},
	"quotations": {[]string{"issue", "holder", "party", "source", "state", "stance"}, (*lister).quotations},
	"actors":     {[]string{"party"}, (*lister).actors},
	"meetings":   {[]string{"issue", "party"}, (*lister).meetings},
	"issues":     {nil, (*lister).issues},
	"sources":    {nil, (*lister).sources},
}

var listNames = []string{"claims", "actors", "meetings", "issues", "sources", "quotations"}

// Run lists.
func (c *listCmd) Run(e *env) error {
	kind, ok := lists[c.What]
	if !ok {
		return usagef("%s", unknown("list", c.What, listNames))
	}
	for _, f := range []struct{ name, value string }{
		{"issue", c.Issue}, {"holder", c.Holder}, {"party", c.Party}, {"source", c.Source}, {"state", c.State}, {"stance", c.Stance},
	} {
		if f.value == "" || slices.Contains(kind.filters, f.name) {
			continue
		}
		takes := "takes no filters"
		if len(kind.filters) > 0 {
			takes = "takes --" + strings.Join(kind.filters, ", --")
		}
		return usagef("--%s does not go with %s, which %s", f.name, c.What, takes)
	}
	stances := make([]string, len(record.Stances))
	for i, s := range record.Stances {
		stances[i] = string(s)
	}
	if c.Stance != "" && !slices.Contains(stances, c.Stance) {
		return usagef("%s", unknown("stance", c.Stance, stances))
	}
	if c.State != "" && !slices.Contains(stateOrder, verify.State(c.State)) {
		return usagef("%s", unknown("state", c.State, []string{"verified", "receipt", "unverified", "lost"}))
	}
	opt, err := (&inputs{folders: c.folders}).options(e)
	if err != nil {
		return err
	}
	// Listed, not published: an unproved quotation is no mistake here.
	opt.AllowUnverified = true
	res, err := build.Check(e.ctx, opt, nil)
	if err != nil {
		return err
	}
	l := &lister{res: res}
	if err := l.filter(c); err != nil {
		return err
	}
	if err := kind.make(l).write(e.stdout, c.JSON); err != nil {
		return err
	}
	if res.Diags.HasErrors() {
		fmt.Fprintf(e.stderr, "the briefing has errors (%s), and this list may lack something; run: readout check\n", res.Diags.Summary())
	}
	return failed(res.Diags)
}

func unknown(what, word string, valid []string) string {
	s := fmt.Sprintf("unknown %s %q", what, word)
	if near := diag.Nearest(word, valid); len(near) > 0 {
		s += ", did you mean " + strings.Join(near, " or ") + "?"
	}
	return s + " (" + strings.Join(valid, ", ") + ")"
}

func (t *table) write(w io.Writer, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		for _, r := range t.rows {
			if err := enc.Encode(r.object); err != nil {
				return err
			}
		}
		return nil
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, strings.Join(t.head, "\t"))
	for _, r := range t.rows {
		for i, c := range r.cells {
			// The last cell ends its line; a tab after it would pad it.
			end := "\t"
			if i == len(r.cells)-1 {
				end = "\n"
			}
			fmt.Fprint(tw, strings.Join(strings.Fields(c), " "), end)
		}
	}
	return tw.Flush()
}

// A lister makes tables of a briefing.
type lister struct {
	res    *build.Result
	issue  *link.Issue
	holder *link.Actor
	party  *link.Actor
	source *link.Source
	state  verify.State
	stance record.Stance
}

// filter looks up what the filters name.
func (l *lister) filter(c *listCmd) error {
	l.state, l.stance = verify.State(c.State), record.Stance(c.Stance)
	var errs []error
	node := func(kind record.Kind, name string) *link.Node {
		if name == "" {
			return nil
		}
		n := l.res.Site.Lookup(strings.TrimPrefix(name, "@"))
		if n != nil && n.Kind == kind {
			return n
		}
		var ids []string
		for _, n := range l.res.Site.Nodes() {
			if n.Kind == kind {
				ids = append(ids, n.ID)
			}
		}
		s := fmt.Sprintf("there is no %s %q", kind, name)
		near := diag.Nearest(name, ids)
		if len(near) == 0 {
			near = naming(l.res.Site, kind, name)
		}
		if len(near) == 0 && len(ids) <= 12 {
			s += " (" + strings.Join(ids, ", ") + ")"
		}
		if len(near) > 0 {
			s += ", did you mean " + strings.Join(near, " or ") + "?"
		}
		errs = append(errs, errors.New(s))
		return nil
	}
	if n := node(record.KindIssue, c.Issue); n != nil {
		l.issue = l.issueOf(n)
	}
	if n := node(record.KindActor, c.Holder); n != nil {
		l.holder = n.Actor()
	}
	if n := node(record.KindActor, c.Party); n != nil {
		l.party = n.Actor()
	}
	if n := node(record.KindSource, c.Source); n != nil {
		l.source = n.Source()
	}
	return errors.Join(errs...)
}

// naming returns the records of a kind whose name or alias has these words in
// it, three at the most.
func naming(s *link.Site, kind record.Kind, words string) []string {
	var ids []string
	key := "-" + record.Slug(words) + "-"
	for _, n := range s.Nodes() {
		if n.Kind != kind || len(ids) == 3 || key == "--" {
			continue
		}
		for _, name := range append([]record.Text{n.Name}, n.Aliases...) {
			if strings.Contains("-"+record.Slug(name.Value)+"-", key) {
				ids = append(ids, n.ID)
				break
			}
		}
	}
	return ids
}

func (l *lister) issueOf(n *link.Node) *link.Issue {
	for _, is := range l.res.Site.Issues {
		if &is.Node == n {
			return is
		}
	}
	return nil
}

// takes reports whether a claim passes the filters other than that of states.
func (l *lister) takes(c *link.Claim) bool {
	onIssue := func() bool {
		return c.Issue == l.issue || slices.Contains(c.About, &l.issue.Node)
	}
	return (l.issue == nil || onIssue()) &&
		(l.holder == nil || c.Holder == l.holder) &&
		(l.party == nil || c.Party == l.party) &&
		(l.source == nil || c.Source == l.source) &&
		(l.stance == "" || c.Stance == l.stance)
}

// proofs returns the proofs of a claim's quotations.
func (l *lister) proofs(c *link.Claim) []verify.Proof {
	r := l.res.Proofs[c.Source.Record]
	i := slices.Index(c.Source.Record.Claims, c.Claim)
	if r == nil || i < 0 {
		return nil
	}
	return r.Claims[i]
}

// worst returns the weakest state of a claim's quotations.
func (l *lister) worst(c *link.Claim) verify.State {
	worst := -1
	for _, p := range l.proofs(c) {
		worst = max(worst, slices.Index(stateOrder, p.State))
	}
	if worst < 0 {
		return ""
	}
	return stateOrder[worst]
}
