// Package verify proves the quotations of a briefing.
//
// [Prove] takes one source: its record, the text of its article where that is
// at hand, and its receipts in quotes.lock. Each quotation comes out in one of
// four states:
//
//	verified    it was found in the text just now
//	receipt     the text is not at hand; the quotation is, word for word, the
//	            one that was found in it when the receipt was written
//	unverified  neither; only where the caller allows it
//	lost        the article was changed, and no longer says so
//
// With the text the lock proves nothing: a quotation is always sought anew,
// and a receipt that is missing or behind is only a warning. Without it the
// lock decides, by the digest of the folded quotation: a receipt for the same
// words in the same source counts whatever the claim is called, and one
// changed word is an error.
//
// Prove sees one source and nothing else, so sources may be proved in
// parallel and the result may be cached by its [Input].
package verify

import (
	"bytes"
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"readout/internal/diag"
	"readout/internal/link"
	"readout/internal/quote"
	"readout/internal/record"
)

// State says what stands behind a quotation.
type State string

// The states.
const (
	Verified   State = "verified"
	ByReceipt  State = "receipt"
	Unverified State = "unverified"
	Lost       State = "lost" // no longer in the article
)

// Input is all that a proof depends on.
type Input struct {
	Source   *record.Source
	Text     *diag.File // nil where the text is not at hand
	Receipts *SourceReceipt
	Limits   Limits
}

// Limits are the site's limits on quotations.
type Limits struct {
	WarnWords, MaxWords int
	MaxQuotedShare      float64
	AllowUnverified     bool
}

// LimitsOf returns the limits that a site sets.
func LimitsOf(s *record.Site, allowUnverified bool) Limits {
	return Limits{s.WarnWords, s.MaxWords, s.MaxQuotedShare, allowUnverified}
}

// A Result is the proof of one source's quotations.
type Result struct {
	Source     *record.Source
	HasText    bool
	Paragraphs []int       // words of each paragraph; empty where nothing is known
	Text       *quote.Text // nil where the text is not at hand
	Claims     [][]Proof   // by claim, then by quotation, as in the record
	Quoted     int         // words of the text that are quoted, each counted once
	Receipt    *SourceReceipt
	Diags      diag.List
}

// A Proof is what is known of one quotation.
type Proof struct {
	State                   State
	Paragraph, ParagraphEnd int // from 1; 0 where unknown
	Start, End              int // bytes in the text, or -1
	Parts                   []Part
	Spans                   []quote.Span
}

// A Part of a quotation: the source's words, the editor's, or an elision.
type Part struct {
	Kind PartKind
	Text string
}

// PartKind says whose words a part of a quotation is.
type PartKind string

// The kinds of parts.
const (
	Quoted    PartKind = ""          // the source's
	Insertion PartKind = "insertion" // the editor's, with the brackets
	Elision   PartKind = "elision"   // nobody's: [...] or …
)

func partsOf(list []quote.Part) []Part {
	parts := make([]Part, len(list))
	for i, p := range list {
		parts[i] = Part{[...]PartKind{quote.Proved: Quoted, quote.Insertion: Insertion, quote.Elision: Elision}[p.Kind], p.Text}
	}
	return parts
}

// bracket is an elision or an insertion in a quotation that was proved in
// pieces. Without the text it cannot be told from a bracket of the source's,
// which such a quotation holds more rarely.
var bracket = regexp.MustCompile(`\[[^\[\]]*\]`)

// split returns the parts of a quotation as far as its own text tells them.
func split(text string, elided bool) []Part {
	if !elided {
		return []Part{{Text: text}}
	}
	var parts []Part
	at := 0
	for _, m := range bracket.FindAllStringIndex(text, -1) {
		if m[0] > at {
			parts = append(parts, Part{Text: text[at:m[0]]})
		}
		kind := Insertion
		if strings.Trim(text[m[0]+1:m[1]-1], ". …") == "" {
			kind = Elision
		}
		parts = append(parts, Part{kind, text[m[0]:m[1]]})
		at = m[1]
	}
	if at < len(text) {
		parts = append(parts, Part{Text: text[at:]})
	}
	return parts
}

// TextName returns the file name under which a source's text is looked for.
func TextName(s *record.Source) string {
	if s.Text.Value != "" {
		return path.Clean(s.Text.Value)
	}
	return s.ID + ".txt"
}

// Prove proves the quotations of one source.
func Prove(in Input) *Result {
	r := &Result{Source: in.Source, HasText: in.Text != nil}
	if in.Receipts == nil {
		in.Receipts = &SourceReceipt{ID: in.Source.ID}
	}
	r.Receipt = &SourceReceipt{ID: in.Source.ID, Text: in.Receipts.Text, Words: in.Receipts.Words}
	r.Paragraphs = in.Receipts.Words
	if in.Text != nil {
		r.prepare(in)
	}
	for _, c := range in.Source.Claims {
		proofs := make([]Proof, len(c.Quotations))
		for i, q := range c.Quotations {
			if in.Text != nil {
				proofs[i] = r.byText(in, c, i, q)
			} else {
				proofs[i] = r.byReceipt(in, c, i, q)
			}
		}
		r.Claims = append(r.Claims, proofs)
	}
	if in.Text != nil {
		r.share(in)
		r.stale(in)
	}
	return r
}

func (r *Result) prepare(in Input) {
	var repairs []quote.Repair
	for _, x := range in.Source.Repairs {
		repair, err := quote.ParseRepair(x.From + "=" + x.To)
		if err != nil {
			r.Diags.Errorf(x.Span, "value/repair", "%v", err)
			continue
		}
		if !bytes.Contains(in.Text.Data, []byte(repair.From)) {
			r.Diags.Warnf(x.Span, "text/unused-repair", "the text holds no %q", repair.From).Note("drop this repair")
		}
		repairs = append(repairs, repair)
	}
	t := quote.NewText(in.Text.Data, repairs)
	r.Text = t
	r.Paragraphs = nil
	for _, p := range t.Paragraphs() {
		r.Paragraphs = append(r.Paragraphs, p.Words)
	}
	r.Receipt.Text, r.Receipt.Words = t.Digest(), r.Paragraphs
	if in.Source.Rights != record.Full && path.Dir(in.Text.Path) == path.Dir(in.Source.File.Path) {
		r.Diags.Warnf(in.Text.At(0), "text/public", "the whole text stands in a folder that is published with the repository").
			Note("move it to content/private/, which git ignores, or declare \"rights: full\" in %s", in.Source.File.Path)
	}
	// Said once, and not of each of its wrong bytes.
	foreign, _, advice := diag.NotUTF8(in.Text.Data)
	if foreign >= 0 {
		w := r.Diags.Warnf(in.Text.At(foreign), "text/encoding", "this text is not UTF-8")
		w.Notes = append(advice, "or let import convert it: readout import "+in.Text.Path+" --id "+in.Source.ID)
	}
	if t.Wrapped() {
		r.Diags.Warnf(in.Text.At(0), "text/wrapped", "each line of this text counts as a paragraph, and many break off in the middle of a sentence").
			Note("put an empty line between its paragraphs; lines that no empty line parts are one paragraph").
			Note("or let import find them: readout import %s --id %s", in.Text.Path, in.Source.ID)
	}
	for _, d := range quote.Gather(t.Damage()) {
		if foreign >= 0 && !utf8.ValidString(d.Found) {
			continue
		}
		w := r.Diags.Warnf(in.Text.Span(d.Start, d.End), "text/damaged", "this looks like a damaged character: %q", d.Found)
		if d.Repair != nil {
			w.Note("to read it as %q, declare in %s: repairs: [%q]", d.Repair.To, in.Source.File.Path, d.Repair.From+"="+d.Repair.To)
		}
		if d.Places > 1 {
			w.Note("it stands in %d places", d.Places)
		}
	}
}

// byText seeks a quotation in the text.
func (r *Result) byText(in Input, c *record.Claim, i int, q record.Quotation) Proof {
	res := r.Text.Find(q.Text, quote.Options{
		After: c.After, Before: c.Before, Long: c.Long != "",
		MaxWords: in.Limits.MaxWords, WarnWords: in.Limits.WarnWords,
	})
	proof := Proof{
		State: Verified, Paragraph: res.Paragraph, ParagraphEnd: res.ParagraphEnd,
		Start: res.Start, End: res.End, Parts: partsOf(res.Parts), Spans: res.Spans,
	}
	digest := quote.Digest(q.Text)
	old, known := in.Receipts.find(c.ID, i+1, digest)
	found := res.Kind.Proved()
	if !found && known && in.Source.EditionChanged && (old.Kind == lostKind || in.Receipts.Text != r.Text.Digest()) {
		r.Diags.Warnf(q.Span, "quote/lost", "the article no longer says this; it did on %s", old.Date).
			Note("it is published as \"no longer in the article\", since the source says \"edition: changed\"")
		// The receipt of the text as it was is all that is left of the proof.
		// It keeps its date, and is marked, since the lock will hold the
		// digest of the text as it is.
		old.Kind = lostKind
		r.Receipt.Receipts = append(r.Receipt.Receipts, old)
		return lost(q)
	}
	for _, n := range res.Notes {
		d := diag.Diagnostic{Span: q.Span, Severity: n.Severity, Code: n.Code, Message: n.Message}
		switch n.Code {
		case "quote/absent":
			if res.Nearest != nil {
				d.Notes = res.Nearest.Explain()
			}
			if known && in.Receipts.Text != r.Text.Digest() {
				d.Note("it was in the text on %s, and the text has changed since", old.Date)
				d.Note("if the publisher changed the article, add \"edition: changed\" to the front matter")
			}
		case "quote/ambiguous":
			for _, p := range res.Places {
				d.Note("paragraph %d: %s", p.Paragraph, p.Context)
			}
			d.Note("add \"- after: words before the right place\" or \"- before: words after it\"")
		}
		r.Diags = append(r.Diags, d)
	}
	if !found {
		proof.State = Unverified
		return proof
	}
	receipt := Receipt{
		Claim: c.ID, N: i + 1, Quotation: digest, Kind: res.Kind.String(),
		Paragraph: res.Paragraph, ParagraphEnd: res.ParagraphEnd, Start: res.Start, End: res.End,
		Date: old.Date,
	}
	r.Receipt.Receipts = append(r.Receipt.Receipts, receipt)
	return proof
}

// byReceipt holds a quotation against its receipt.
func (r *Result) byReceipt(in Input, c *record.Claim, i int, q record.Quotation) Proof {
	digest := quote.Digest(q.Text)
	old, known := in.Receipts.find(c.ID, i+1, digest)
	switch {
	case known && old.Kind == lostKind:
		r.Receipt.Receipts = append(r.Receipt.Receipts, old)
		return lost(q)
	case known:
		r.Receipt.Receipts = append(r.Receipt.Receipts, old)
		return Proof{
			State: ByReceipt, Paragraph: old.Paragraph, ParagraphEnd: old.ParagraphEnd,
			Start: old.Start, End: old.End, Parts: split(q.Text, old.Kind == quote.Elided.String()),
			Spans: []quote.Span{{Start: old.Start, End: old.End}},
		}
	}
	add, verb := r.Diags.Errorf, "error"
	if in.Limits.AllowUnverified {
		add, verb = r.Diags.Warnf, "warning"
	}
	var d *diag.Diagnostic
	if was, ok := in.Receipts.at(c.ID, i+1); ok {
		d = add(q.Span, "quote/edited", "this quotation was edited since it was proved on %s", was.Date).
			Note("restore its words, or prove it anew: put %s into content/private/ or a --texts folder and run: readout verify", TextName(in.Source))
	} else {
		d = add(q.Span, "quote/no-receipt", "this quotation was never proved").
			Note("put %s into content/private/ or a --texts folder and run: readout verify", TextName(in.Source))
	}
	if verb == "error" {
		d.Note("--allow-unverified publishes it, marked as unverified")
	}
	return Proof{State: Unverified, Start: -1, End: -1, Parts: []Part{{Text: q.Text}}}
}

// lost is the proof of a quotation that the article no longer holds.
func lost(q record.Quotation) Proof {
	return Proof{State: Lost, Start: -1, End: -1, Parts: []Part{{Text: q.Text}}}
}

// share sums up how much of the text is quoted.
func (r *Result) share(in Input) {
	var spans []quote.Span
	for _, proofs := range r.Claims {
		for _, p := range proofs {
			spans = append(spans, p.Spans...)
		}
	}
	slices.SortFunc(spans, func(a, b quote.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	end := 0
	for _, s := range spans {
		if s.Start = max(s.Start, end); s.Start < s.End {
			r.Quoted += r.Text.Fields(s.Start, s.End)
			end = s.End
		}
	}
	words, limit := 0, in.Limits.MaxQuotedShare
	for _, n := range r.Paragraphs {
		words += n
	}
	if share := float64(r.Quoted) / float64(max(words, 1)); in.Source.Rights != record.Full && limit > 0 && share > limit {
		r.Diags.Warnf(in.Source.Name.Span, "quote/share", "%d of this source's %d words are quoted: %.1f %%, more than the %.4g %% that the site allows",
			r.Quoted, words, 100*share, 100*limit).
			Note("paraphrase some of it, or set max_quoted_share in site.yaml")
	}
}

// stale warns where the lock does not say what was just proved.
func (r *Result) stale(in Input) {
	if slices.EqualFunc(r.Receipt.Receipts, in.Receipts.Receipts, func(a, b Receipt) bool { return a == b }) &&
		(len(r.Receipt.Receipts) == 0 || r.Receipt.Text == in.Receipts.Text) {
		return
	}
	if r.Diags.HasErrors() {
		return // the errors come first; verify would not run
	}
	r.Diags.Warnf(in.Source.Name.Span, "lock/behind", "quotes.lock does not hold what was just proved of %s", in.Source.ID).
		Note("run: readout verify")
}

// find returns the receipt for a quotation's words: that of the claim, or any
// other of the same source.
func (s *SourceReceipt) find(claim string, n int, digest string) (Receipt, bool) {
	var other *Receipt
	for i := range s.Receipts {
		x := &s.Receipts[i]
		if x.Quotation != digest {
			continue
		}
		if x.Claim == claim && x.N == n {
			return *x, true
		}
		if other == nil {
			other = x
		}
	}
	if other == nil {
		return Receipt{}, false
	}
	r := *other
	r.Claim, r.N = claim, n
	return r, true
}

// at returns the receipt of a claim's quotation, whatever its words were.
func (s *SourceReceipt) at(claim string, n int) (Receipt, bool) {
	for _, x := range s.Receipts {
		if x.Claim == claim && x.N == n {
			return x, true
		}
	}
	return Receipt{}, false
}

// Renew returns the lock that the results amount to. A receipt that is new or
// says something new is dated with the given day; the others keep theirs.
func Renew(results []*Result, old *Lock, day string) *Lock {
	l := &Lock{Sources: map[string]*SourceReceipt{}}
	for _, r := range results {
		s := *r.Receipt
		s.Receipts = slices.Clone(s.Receipts)
		before := old.Sources[s.ID]
		for i, x := range s.Receipts {
			if x.Date == "" || before == nil || before.Text != s.Text || !slices.Contains(before.Receipts, x) {
				if r.HasText && r.state(x) != Lost {
					s.Receipts[i].Date = day
				}
			}
		}
		l.Sources[s.ID] = &s
	}
	return l
}

// state returns the state of the quotation that a receipt is for.
func (r *Result) state(x Receipt) State {
	for i, c := range r.Source.Claims {
		if c.ID == x.Claim && x.N <= len(r.Claims[i]) {
			return r.Claims[i][x.N-1].State
		}
	}
	return Unverified
}

// CheckPlaces reports references to paragraphs that a source does not have.
// Results are in the order of the site's sources.
func CheckPlaces(site *link.Site, results map[*record.Source]*Result) diag.List {
	var diags diag.List
	for _, p := range site.Places {
		r := results[p.Source.Record]
		if r == nil || len(r.Paragraphs) == 0 || p.Paragraph <= len(r.Paragraphs) && p.Paragraph > 0 {
			continue
		}
		diags.Errorf(p.Span, "cite/no-paragraph", "the source %s has %d paragraphs, not %d", p.Source.ID, len(r.Paragraphs), p.Paragraph)
	}
	return diags
}
