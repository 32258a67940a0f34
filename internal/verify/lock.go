package verify

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"readout/internal/diag"
	"readout/internal/quote"
	"readout/internal/record"
)

// A Lock is the content of quotes.lock: what was proved when the texts were
// at hand. It is a text file, one receipt to the line, in the order of the
// sources' ids and of the claims in their files, so that it can be reviewed
// and merged:
//
//	# comment
//	version 1 fold 1
//	source ID sha256:TEXT words 31,48,...
//	quote SOURCE#CLAIM/N sha256:QUOTATION KIND para P bytes START-END on DATE
//
// A source line holds the digest of the article's text and the number of
// words of each of its paragraphs: without the text, that is what names the
// gaps between quoted passages. A quote line holds the digest of the folded
// quotation, how it was proved, where (paragraph "8" or "8-9"; offsets in
// bytes of the text), and on which day. The kind "lost" marks a quotation that
// was proved in an earlier edition of the article, at that place and on that
// day, and is not in the text any more.
type Lock struct {
	Sources map[string]*SourceReceipt
	file    *diag.File
}

// lostKind marks the receipt of a quotation that the article no longer holds.
const lostKind = "lost"

// LockVersion is the version of the format of quotes.lock.
const LockVersion = 1

// A SourceReceipt is what the lock knows of one source.
type SourceReceipt struct {
	ID       string
	Text     string // digest
	Words    []int  // by paragraph
	Receipts []Receipt
}

// A Receipt is the proof of one quotation.
type Receipt struct {
	Claim                   string
	N                       int // which quotation of the claim, from 1
	Quotation               string
	Kind                    string // a [quote.Kind] in words, or lost
	Paragraph, ParagraphEnd int
	Start, End              int
	Date                    string
}

const lockHead = `# quotes.lock: a receipt for every quotation that was found in its source.
# Written by "readout verify". Commit it; do not edit it.
`

// Format returns the lock as a file. Sources without receipts are left out.
func (l *Lock) Format() []byte {
	var b strings.Builder
	b.WriteString(lockHead)
	fmt.Fprintf(&b, "version %d fold %d\n", LockVersion, quote.FoldVersion)
	ids := make([]string, 0, len(l.Sources))
	for id, s := range l.Sources {
		if len(s.Receipts) > 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		s := l.Sources[id]
		fmt.Fprintf(&b, "\nsource %s %s words ", id, s.Text)
		for i, n := range s.Words {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.Itoa(n))
		}
		b.WriteByte('\n')
		for _, r := range s.Receipts {
			para := strconv.Itoa(r.Paragraph)
			if r.ParagraphEnd > r.Paragraph {
				para += "-" + strconv.Itoa(r.ParagraphEnd)
			}
			fmt.Fprintf(&b, "quote %s#%s/%d %s %s para %s bytes %d-%d on %s\n",
				id, r.Claim, r.N, r.Quotation, r.Kind, para, r.Start, r.End, r.Date)
		}
	}
	return []byte(b.String())
}

// ParseLock reads quotes.lock. A nil file is an empty lock. Lines that cannot
// be read are errors; the receipts of the others stand.
func ParseLock(f *diag.File) (*Lock, diag.List) {
	l := &Lock{Sources: map[string]*SourceReceipt{}, file: f}
	var diags diag.List
	if f == nil {
		return l, nil
	}
	at := 0
	for line := range strings.Lines(string(f.Data)) {
		start := at
		at += len(line)
		text := strings.TrimSpace(line)
		if text == "" || text[0] == '#' {
			continue
		}
		span := f.Span(start, start+len(strings.TrimRight(line, "\r\n")))
		words := strings.Fields(text)
		ok := false
		switch words[0] {
		case "version":
			ok = l.version(words, span, &diags)
			if !ok {
				return l, diags
			}
		case "source":
			ok = l.source(words)
		case "quote":
			ok = l.quote(words)
		case "<<<<<<<", "=======", ">>>>>>>":
			diags.Errorf(span, "lock/conflict", "quotes.lock holds an unresolved merge").
				Note("take either side, then run: readout verify")
			continue
		}
		if !ok {
			diags.Errorf(span, "lock/syntax", "this line of quotes.lock cannot be read").
				Note("the file is written by \"readout verify\"; restore it from the last commit, or run that again")
		}
	}
	return l, diags
}

// version reads "version V fold F". Receipts of another fold prove nothing.
func (l *Lock) version(words []string, span diag.Span, diags *diag.List) bool {
	if len(words) != 4 || words[1] != strconv.Itoa(LockVersion) || words[2] != "fold" {
		diags.Errorf(span, "lock/version", "quotes.lock was written by another version of Readout").
			Note("with the texts at hand, run: readout verify")
		return false
	}
	if words[3] != strconv.Itoa(quote.FoldVersion) {
		diags.Warnf(span, "lock/version", "the receipts were made under other rules of folding (%s, now %d) and do not count", words[3], quote.FoldVersion).
			Note("with the texts at hand, run: readout verify")
		return false
	}
	return true
}

func (l *Lock) source(w []string) bool {
	if len(w) != 5 || !strings.HasPrefix(w[2], "sha256:") || w[3] != "words" {
		return false
	}
	s := &SourceReceipt{ID: w[1], Text: w[2]}
	for n := range strings.SplitSeq(w[4], ",") {
		x, err := strconv.Atoi(n)
		if err != nil || x < 0 {
			return false
		}
		s.Words = append(s.Words, x)
	}
	l.Sources[s.ID] = s
	return true
}

func (l *Lock) quote(w []string) bool {
	if len(w) != 10 || w[4] != "para" || w[6] != "bytes" || w[8] != "on" || !strings.HasPrefix(w[2], "sha256:") {
		return false
	}
	source, claim, ok1 := strings.Cut(w[1], "#")
	claim, n, ok2 := strings.Cut(claim, "/")
	s := l.Sources[source]
	if !ok1 || !ok2 || s == nil {
		return false
	}
	r := Receipt{Claim: claim, Quotation: w[2], Kind: w[3], Date: w[9]}
	var ok3, ok4 bool
	var err error
	r.N, err = strconv.Atoi(n)
	r.Paragraph, r.ParagraphEnd, ok3 = numbers(w[5])
	r.Start, r.End, ok4 = numbers(w[7])
	if _, derr := record.ParseDay(r.Date); err != nil || derr != nil || !ok3 || !ok4 {
		return false
	}
	s.Receipts = append(s.Receipts, r)
	return true
}

// numbers reads "8-9", or "8" as 8 and 8.
func numbers(s string) (first, last int, ok bool) {
	a, b, two := strings.Cut(s, "-")
	first, err := strconv.Atoi(a)
	last = first
	if two && err == nil {
		last, err = strconv.Atoi(b)
	}
	return first, last, err == nil && first >= 0 && last >= first
}
