package export

import (
	"strconv"
	"strings"
	"unicode"

	"readout/internal/link"
	"readout/internal/verify"
)

// An annotation is one quotation of a claim, as a W3C Web Annotation
// (https://www.w3.org/TR/annotation-model/): its target is the quoted words in
// the article, its body the claim.
type annotation struct {
	ID         string   `json:"id"`
	Type       string   `json:"type"`
	Motivation string   `json:"motivation"`
	Body       []any    `json:"body"`
	Target     []target `json:"target"`
}

type textualBody struct {
	Type     string `json:"type"`
	Purpose  string `json:"purpose"`
	Format   string `json:"format"`
	Language string `json:"language"`
	Value    string `json:"value"`
}

type linkingBody struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Source  string `json:"source"`
}

type target struct {
	Source   string   `json:"source"`
	Selector selector `json:"selector"`
}

type selector struct {
	Type  string `json:"type"`
	Exact string `json:"exact"`
}

// annotations returns data/annotations.jsonld: one annotation for each
// quotation that is proved, of a claim that stands. Relative addresses in it
// are relative to the file itself, as JSON-LD reads them.
//
// A quotation is selected by its words alone. Positions are left out: they
// would be those of the text at hand, which is not the publisher's page, and
// words before and after the quotation are not ours to publish.
func (x *exporter) annotations() []byte {
	const path = "data/annotations.jsonld"
	self := ""
	if x.base != "" {
		self = x.address(path, "")
	}
	all := make([]annotation, 0, len(x.site.Claims))
	for _, c := range x.site.Claims {
		if c.Counts() {
			all = x.annotate(all, c, self)
		}
	}
	var t jsonText
	t.WriteString(`{"@context": "http://www.w3.org/ns/anno.jsonld", "id": `)
	t.value(self + "#collection")
	t.WriteString(`, "type": "AnnotationCollection", "label": `)
	t.value(x.site.Config.Name.Value)
	t.WriteString(`, "total": ` + strconv.Itoa(len(all)) + `, "first": {"id": `)
	t.value(self + "#page")
	t.WriteString(`, "type": "AnnotationPage", "partOf": `)
	t.value(self + "#collection")
	t.WriteString(`, "startIndex": 0, "items": `)
	t.open(len(all))
	for i := range all {
		t.element(&all[i])
	}
	t.close()
	t.WriteString(`}, "last": `)
	t.value(self + "#page")
	t.WriteString("}\n")
	return t.Bytes()
}

// annotate appends the annotations of a claim.
func (x *exporter) annotate(out []annotation, c *link.Claim, self string) []annotation {
	here := x.onSite(c.Source.Path, "")
	article := c.Source.Record.URL
	if article == "" {
		article = here
	}
	for i, p := range x.proofs[c] {
		if p.State != verify.Verified && p.State != verify.ByReceipt {
			continue
		}
		a := annotation{
			ID:   self + relative("", c.Source.ID+"/"+c.ID+"/"+strconv.Itoa(i+1)),
			Type: "Annotation", Motivation: "describing",
			Body: []any{
				textualBody{"TextualBody", "describing", "text/plain", x.site.Config.Language, title(c)},
				linkingBody{"SpecificResource", "linking", x.onSite(c.Source.Path, c.ID)},
			},
		}
		for _, words := range selected(p, c.Quotations[i].Text) {
			a.Target = append(a.Target, target{article, selector{"TextQuoteSelector", words}})
		}
		if len(a.Target) > 0 {
			out = append(out, a)
		}
	}
	return out
}

// onSite returns an address relative to the folder of the file.
func (x *exporter) onSite(path, anchor string) string {
	if x.base != "" {
		return x.address(path, anchor)
	}
	return "../" + relative(path, anchor)
}

// selected returns the runs of a quotation's words that are the source's own,
// in order. The model has no selector for a passage with gaps, so each run is
// a target of its own.
func selected(p verify.Proof, text string) []string {
	if len(p.Parts) == 0 {
		return []string{oneLine(text)}
	}
	var runs []string
	for _, part := range p.Parts {
		words := oneLine(part.Text)
		if part.Kind == verify.Quoted && strings.IndexFunc(words, isWord) >= 0 {
			runs = append(runs, words)
		}
	}
	return runs
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
