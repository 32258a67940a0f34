package cli

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"readout/internal/build"
	"readout/internal/diag"
	"readout/internal/load"
	"readout/internal/output"
	"readout/internal/verify"
)

type verifyCmd struct {
	folders
}

func (*verifyCmd) Help() string {
	return `Each quotation is sought in the text of its source: beside its record, in content/private, then in each --texts folder. A source without a text keeps its receipts. If anything is wrong quotes.lock stays as it is.

Example: readout verify --texts ../articles`
}

// Run proves everything and renews quotes.lock.
func (c *verifyCmd) Run(e *env) error {
	opt, err := (&inputs{folders: c.folders}).options(e)
	if err != nil {
		return err
	}
	opt.Drafts = true // what is written now is proved now, and keeps its receipts when it is published
	done := working(e.stderr, &opt)
	res, err := build.Check(e.ctx, opt, nil)
	done()
	if err != nil {
		return err
	}
	// A lock that is behind, damaged or in conflict is what this mends. What a
	// damaged one no longer proves is an error of the quotation's own.
	diags := slices.DeleteFunc(slices.Clone(res.Diags), func(d diag.Diagnostic) bool { return strings.HasPrefix(d.Code, "lock/") })
	say(e.stderr, diags)
	lockFile := filepath.Join(opt.Content, load.LockFile)
	if diags.HasErrors() {
		fmt.Fprintf(e.stderr, "%s; %s stays as it is\n", diags.Summary(), filepath.ToSlash(lockFile))
		return errSaid
	}
	lock := res.RenewLock(time.Now().Format(time.DateOnly))
	changes := compareLocks(res, lock)
	written, err := output.WriteFile(lockFile, lock.Format())
	if err != nil {
		return err
	}
	reportChanges(e.stdout, changes)
	reportSources(e.stdout, res)
	state := "unchanged"
	if written {
		state = "written"
	}
	fmt.Fprintf(e.stdout, "%s; %s %s\n", statesOf(res), filepath.ToSlash(lockFile), state)
	return nil
}

// A lockChange is what became of one receipt.
type lockChange struct {
	word  string // added, moved, edited, renamed, dropped, lost
	quote string // source#claim/n
	note  string
}

// compareLocks says how a lock differs from the one that was read, in the
// order of the new one, with what was dropped at the end of each source.
func compareLocks(res *build.Result, lock *verify.Lock) []lockChange {
	var changes []lockChange
	ids := map[string]bool{}
	for id := range res.Lock.Sources {
		ids[id] = true
	}
	for id := range lock.Sources {
		ids[id] = true
	}
	lost := lostQuotations(res)
	for _, id := range sorted(ids) {
		before, now := receipts(res.Lock, id), receipts(lock, id)
		kept := make([]bool, len(before)) // their words are still quoted
		for _, r := range now {
			name := nameOf(id, r)
			// The same place first: words may be quoted twice.
			i := slices.IndexFunc(before, func(o verify.Receipt) bool {
				return o.Claim == r.Claim && o.N == r.N && o.Quotation == r.Quotation
			})
			if i < 0 {
				i = slices.IndexFunc(before, func(o verify.Receipt) bool { return o.Quotation == r.Quotation })
			}
			at := slices.IndexFunc(before, func(o verify.Receipt) bool { return o.Claim == r.Claim && o.N == r.N })
			if i >= 0 {
				kept[i] = true
			}
			switch {
			case lost[name]:
				changes = append(changes, lockChange{"lost", name, "no longer in the article"})
			case i >= 0 && (before[i].Claim != r.Claim || before[i].N != r.N):
				changes = append(changes, lockChange{"renamed", name, "was " + nameOf(id, before[i])})
			case i >= 0 && (before[i].Start != r.Start || before[i].End != r.End):
				changes = append(changes, lockChange{"moved", name, fmt.Sprintf("%s, was %s", place(r), place(before[i]))})
			case i < 0 && at >= 0:
				kept[at] = true
				changes = append(changes, lockChange{"edited", name, place(r)})
			case i < 0:
				changes = append(changes, lockChange{"added", name, place(r)})
			}
		}
		for i, r := range before {
			if !kept[i] {
				changes = append(changes, lockChange{"dropped", nameOf(id, r), ""})
			}
		}
	}
	return changes
}

func lostQuotations(res *build.Result) map[string]bool {
	lost := map[string]bool{}
	for source, r := range res.Proofs {
		for i, claim := range r.Claims {
			for n, p := range claim {
				if p.State == verify.Lost {
					lost[fmt.Sprintf("%s#%s/%d", source.ID, source.Claims[i].ID, n+1)] = true
				}
			}
		}
	}
	return lost
}

func receipts(l *verify.Lock, id string) []verify.Receipt {
	if s := l.Sources[id]; s != nil {
		return s.Receipts
	}
	return nil
}

func nameOf(source string, r verify.Receipt) string {
	return fmt.Sprintf("%s#%s/%d", source, r.Claim, r.N)
}

func place(r verify.Receipt) string {
	return fmt.Sprintf("paragraph %d, bytes %d to %d", r.Paragraph, r.Start, r.End)
}

func sorted(set map[string]bool) []string {
	var list []string
	for s := range set {
		list = append(list, s)
	}
	slices.Sort(list)
	return list
}

func reportChanges(w io.Writer, changes []lockChange) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range changes {
		fmt.Fprintf(t, "%s\t%s\t%s\n", c.word, c.quote, c.note)
	}
	t.Flush()
}

// reportSources says for each source what proved its quotations.
func reportSources(w io.Writer, res *build.Result) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	results := make([]*verify.Result, 0, len(res.Proofs))
	for _, r := range res.Proofs {
		results = append(results, r)
	}
	slices.SortFunc(results, func(a, b *verify.Result) int { return cmp.Compare(a.Source.ID, b.Source.ID) })
	for _, r := range results {
		s := states{}
		s.add(r)
		if r.HasText {
			fmt.Fprintf(t, "%s\t%s\n", r.Source.ID, s)
		} else {
			fmt.Fprintf(t, "%s\t%s; its text (%s) is not at hand\n", r.Source.ID, s, verify.TextName(r.Source))
		}
	}
	t.Flush()
}
