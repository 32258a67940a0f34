package serve

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"readout/internal/build"
	"readout/internal/link"
	"readout/internal/quote"
	"readout/internal/record"
)

// The workbench is what an editor needs beside a source's page to draw claims
// from its text: the whole text, what has been claimed from it, and the names
// that a claim can use. It shows texts that may not be published, which is
// why nothing of it is in a page: workbench.js asks for it, and only a page of
// this server can.

// A desk is what the workbench knows: the site and the proofs of the build
// whose pages are served.
type desk struct {
	*build.Result
}

func newDesk(r *build.Result) *desk {
	if r.Site == nil {
		return nil
	}
	// Nothing else of the result: a plan is as large as the site.
	return &desk{&build.Result{Site: r.Site, Proofs: r.Proofs}}
}

// headers returns those of all records of a build.
func headers(r *build.Result) []*record.Header {
	if r.Site == nil {
		return nil
	}
	nodes := r.Site.Nodes()
	list := make([]*record.Header, len(nodes))
	for i, n := range nodes {
		list[i] = n.Header
	}
	return list
}

// edited returns the records whose file is another one than before.
func (d *desk) edited(before, now []*record.Header) (list []*link.Node) {
	if d == nil || before == nil {
		return nil
	}
	nodes := d.Site.Nodes()
	if len(before) == len(now) && slices.EqualFunc(before, now, func(a, b *record.Header) bool { return a.ID == b.ID && a.Kind == b.Kind }) {
		for i, n := range nodes {
			if before[i] != n.Header {
				list = append(list, n)
			}
		}
		return list
	}
	were := make(map[*record.Header]bool, len(before))
	for _, h := range before {
		were[h] = true
	}
	for _, n := range nodes {
		if !were[n.Header] {
			list = append(list, n)
		}
	}
	return list
}

// at returns the source whose page has a path, or nil.
func (d *desk) at(page string) *link.Source {
	if d == nil {
		return nil
	}
	if n := d.Site.At(page); n != nil {
		return n.Source()
	}
	return nil
}

// source returns the source of an id, and its text if that is at hand.
func (d *desk) source(id string) (*link.Source, *quote.Text) {
	s := d.at("sources/" + id + ".html")
	if s == nil {
		return nil, nil
	}
	if r := d.Proofs[s.Record]; r != nil {
		return s, r.Text
	}
	return s, nil
}

// mark tells two states of a source's workbench apart; "" for other pages.
func (d *desk) mark(page string) string {
	s := d.at(page)
	if s == nil {
		return ""
	}
	_, text := d.source(s.ID)
	mark := hash(s.File.Data)
	if text != nil {
		mark += "-" + text.Digest()
	}
	return mark
}

// A sheet is the workbench of one source, as workbench.js shows it.
type sheet struct {
	ID         string    `json:"id"`
	File       string    `json:"file"`
	Digest     string    `json:"digest"` // of the file, which a new claim is for
	TextName   string    `json:"textName"`
	HasText    bool      `json:"hasText"`
	Language   string    `json:"language"`
	Words      int       `json:"words"`
	Quoted     int       `json:"quoted"`
	Paragraphs []passage `json:"paragraphs"`
	Claims     []claimed `json:"claims"`
	Token      string    `json:"token"`
}

// A passage is a paragraph of the text, cut where quotations begin and end.
type passage struct {
	Segments []segment `json:"segments"`
	Claims   []int     `json:"claims"` // that quote it: indexes into the sheet's
}

type segment struct {
	Text   string `json:"text"`
	Claims []int  `json:"claims"`
}

type claimed struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

func (d *desk) sheet(s *link.Source, text *quote.Text) sheet {
	sh := sheet{
		ID: s.ID, File: s.File.Path, Digest: hash(s.File.Data), TextName: s.Record.Text.Value, HasText: text != nil,
		Language: s.Record.Language, Paragraphs: []passage{}, Claims: []claimed{},
	}
	if sh.TextName == "" {
		sh.TextName = s.ID + ".txt"
	}
	for _, c := range s.Claims {
		sh.Claims = append(sh.Claims, claimed{c.ID, c.Title})
	}
	if text == nil {
		return sh
	}
	r := d.Proofs[s.Record]
	sh.Quoted = r.Quoted
	marks := make([][]quote.Span, len(s.Claims))
	for i := range s.Claims {
		for _, p := range r.Claims[i] {
			marks[i] = append(marks[i], p.Spans...)
		}
	}
	for _, p := range text.Paragraphs() {
		sh.Words += p.Words
		sh.Paragraphs = append(sh.Paragraphs, cut(text, p.Start, p.End, marks))
	}
	return sh
}

// cut cuts a paragraph's text at the ends of the spans that lie in it.
func cut(text *quote.Text, start, end int, marks [][]quote.Span) passage {
	p := passage{Segments: []segment{}, Claims: []int{}}
	cuts := []int{start, end}
	for i, spans := range marks {
		for _, x := range spans {
			if x.Start < end && x.End > start {
				cuts = append(cuts, max(x.Start, start), min(x.End, end))
				if !slices.Contains(p.Claims, i) {
					p.Claims = append(p.Claims, i)
				}
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	// Spaces are collapsed and repairs made in what is shown, so a cut stands
	// after as many bytes of it as come before the cut.
	whole := text.Raw(start, end)
	at := 0
	for k := 1; k < len(cuts); k++ {
		to := len(whole)
		if before := text.Raw(start, cuts[k]); k < len(cuts)-1 && strings.HasPrefix(whole, before) {
			to = max(at, len(before))
		}
		piece := whole[at:to]
		at = to
		seg := segment{Claims: []int{}}
		for i, spans := range marks {
			if slices.ContainsFunc(spans, func(x quote.Span) bool { return x.Start <= cuts[k-1] && x.End >= cuts[k] }) {
				seg.Claims = append(seg.Claims, i)
			}
		}
		seg.Text = piece
		if n := len(p.Segments); len(seg.Claims) > 0 && n > 0 && strings.HasPrefix(piece, " ") {
			seg.Text = piece[1:] // a space before a passage is none of it
			p.Segments[n-1].Text += " "
		}
		if seg.Text != "" {
			p.Segments = append(p.Segments, seg)
		}
	}
	return p
}

// names are what a claim can refer to.
type names struct {
	Actors   []name          `json:"actors"`
	Meetings []name          `json:"meetings"`
	Issues   []name          `json:"issues"`
	Options  []name          `json:"options"`
	Claims   []name          `json:"claims"`
	Stances  []record.Stance `json:"stances"`
	Acts     []record.Act    `json:"acts"`
}

// A name is what stands in a field, and the words that explain it.
type name struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

func (d *desk) names() names {
	n := names{
		Actors: []name{}, Meetings: []name{}, Issues: []name{}, Options: []name{}, Claims: []name{},
		Stances: record.Stances, Acts: record.Acts,
	}
	for _, a := range d.Site.Actors {
		label := string(a.Record.Type)
		if a.Party != a && a.Party != nil {
			label += ", " + a.Party.Name.Value
		}
		n.Actors = append(n.Actors, name{a.Name.Value, label})
	}
	for _, m := range slices.Backward(d.Site.Meetings) {
		n.Meetings = append(n.Meetings, name{m.ID, strings.TrimPrefix(m.Name.Value+", "+m.Record.Start.Words(), ", ")})
	}
	for _, is := range d.Site.Issues {
		n.Issues = append(n.Issues, name{is.Name.Value, "issue"})
		for _, o := range is.Options {
			n.Options = append(n.Options, name{is.ID + "/" + o.ID, o.Text.Words()})
		}
	}
	for _, c := range d.Site.Claims {
		n.Claims = append(n.Claims, name{"@" + c.Key(), c.Title})
	}
	return n
}

// A proof is what is known of a passage that may become a quotation.
type proof struct {
	Proved       bool      `json:"proved"`
	Result       string    `json:"result"`
	Paragraph    int       `json:"paragraph"`
	ParagraphEnd int       `json:"paragraphEnd"`
	Places       []place   `json:"places"`
	Passages     []int     `json:"passages"` // the paragraph of each, up to the first that is not proved
	Problems     []problem `json:"problems"`
}

type place struct {
	Paragraph int    `json:"paragraph"`
	Context   string `json:"context"`
}

// A problem is a diagnostic without its place, which is the form itself.
type problem struct {
	Severity string   `json:"severity"`
	Code     string   `json:"code"`
	Message  string   `json:"message"`
	Notes    []string `json:"notes"`
}

// proveAll seeks each of several passages. What it says is said of the last
// one: the first that is not proved, if there is one.
func (d *desk) proveAll(text *quote.Text, quotations string, opt quote.Options) proof {
	var all proof
	found, problems := []int{}, []problem{}
	for _, q := range passages(quotations) {
		all = d.prove(text, q, opt)
		problems = append(problems, all.Problems...)
		if !all.Proved {
			break
		}
		found = append(found, all.Paragraph)
	}
	all.Passages, all.Problems = found, problems
	return all
}

// prove seeks a passage as package verify would.
func (d *desk) prove(text *quote.Text, quotation string, opt quote.Options) proof {
	opt.MaxWords, opt.WarnWords = d.Site.Config.MaxWords, d.Site.Config.WarnWords
	r := text.Find(quotation, opt)
	p := proof{
		Proved: r.Kind.Proved(), Result: r.Kind.String(), Paragraph: r.Paragraph, ParagraphEnd: r.ParagraphEnd,
		Places: []place{}, Problems: []problem{},
	}
	for _, n := range r.Notes {
		x := problem{n.Severity.String(), n.Code, n.Message, []string{}}
		if n.Code == "quote/absent" && r.Nearest != nil {
			x.Notes = r.Nearest.Explain()
		}
		p.Problems = append(p.Problems, x)
	}
	for _, x := range r.Places {
		p.Places = append(p.Places, place{x.Paragraph, x.Context})
	}
	return p
}

// answerDesk answers what workbench.js asks for; it reports whether it did.
func (s *server) answerDesk(w http.ResponseWriter, r *http.Request, d *desk, what string) bool {
	if what != "source" && what != "names" && what != "quote" || d == nil {
		return false
	}
	query := r.URL.Query()
	if what == "names" {
		data, err := json.Marshal(d.names())
		if err != nil {
			return false
		}
		send(w, r, "names.json", hash(data), data)
		return true
	}
	src, text := d.source(query.Get("source"))
	if src == nil {
		return false
	}
	w.Header().Set("Cache-Control", "no-store")
	if what == "source" {
		sh := d.sheet(src, text)
		sh.Token = s.token
		sendJSON(w, http.StatusOK, sh)
		return true
	}
	if text == nil {
		http.Error(w, "the text is not at hand", http.StatusConflict)
		return true
	}
	sendJSON(w, http.StatusOK, d.proveAll(text, query.Get("q"), quote.Options{
		After: query.Get("after"), Before: query.Get("before"), Long: query.Get("long") != "",
	}))
	return true
}

func sendJSON(w http.ResponseWriter, status int, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", typeOf(".json"))
	w.WriteHeader(status)
	w.Write(data)
}
