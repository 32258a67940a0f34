package export

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"readout/internal/link"
	"readout/internal/verify"
)

// annotations writes data/annotations.jsonld: one annotation for each
// quotation that is proved, of a claim that stands. Relative addresses in it
// are relative to the file itself, as JSON-LD reads them.
//
// An annotation is a W3C Web Annotation (https://www.w3.org/TR/annotation-model/):
// its target is the quoted words in the article, its body the claim. A quotation
// is selected by its words alone. Positions are left out: they would be those of
// the text at hand, which is not the publisher's page, and words before and after
// the quotation are not ours to publish.
func (x *exporter) annotations(s *sheet) {
	self := ""
	if x.base != "" {
		self = x.address("data/annotations.jsonld", "")
	}
	total := 0
	for _, c := range x.site.Claims {
		for i := range x.quoted(c) {
			if annotated(&x.proofs[c][i]) {
				total++
			}
		}
	}
	t := jsonText{s}
	t.add(`{"@context": "http://www.w3.org/ns/anno.jsonld", "id": `)
	t.string(self + "#collection")
	t.add(`, "type": "AnnotationCollection", "label": `)
	t.string(x.site.Config.Name.Value)
	t.add(`, "total": `).num(total).add(`, "first": {"id": `)
	t.string(self + "#page")
	t.add(`, "type": "AnnotationPage", "partOf": `)
	t.string(self + "#collection")
	t.add(`, "startIndex": 0, "items": `)
	items := t.array(total)
	for _, c := range x.site.Claims {
		x.annotate(&items, c, self)
	}
	items.end()
	t.add(`}, "last": `)
	t.string(self + "#page")
	t.add("}\n")
}

// quoted returns the proofs of a claim's quotations, if the claim stands.
func (x *exporter) quoted(c *link.Claim) []verify.Proof {
	if !c.Counts() {
		return nil
	}
	return x.proofs[c]
}

// annotated reports whether a quotation is annotated: it is proved, and has
// words of the source's.
func annotated(p *verify.Proof) bool {
	if p.State != verify.Verified && p.State != verify.ByReceipt {
		return false
	}
	return len(p.Parts) == 0 || slices.ContainsFunc(p.Parts, selectable)
}

// annotate writes the annotations of a claim.
func (x *exporter) annotate(items *array, c *link.Claim, self string) {
	t := items.t
	proofs := x.quoted(c)
	for i := range proofs {
		p := &proofs[i]
		if !annotated(p) {
			continue
		}
		items.element()
		t.add("{")
		t.text("id", self+relative("", c.Source.ID+"/"+c.ID+"/"+strconv.Itoa(i+1)))
		t.text("type", "Annotation")
		t.text("motivation", "describing")
		t.key("body")
		t.add("[{")
		t.text("type", "TextualBody")
		t.text("purpose", "describing")
		t.text("format", "text/plain")
		t.text("language", x.site.Config.Language)
		t.text("value", title(c))
		t.add("},{")
		t.text("type", "SpecificResource")
		t.text("purpose", "linking")
		t.text("source", x.onSite(c.Source.Path, c.ID))
		t.add("}]")
		t.key("target")
		t.add("[")
		if len(p.Parts) == 0 {
			x.target(t, c, c.Quotations[i].Text)
		}
		for _, part := range p.Parts {
			if selectable(part) {
				x.target(t, c, part.Text)
			}
		}
		t.add("]}")
	}
}

// target writes what an annotation is about: words of a claim's source.
func (x *exporter) target(t *jsonText, c *link.Claim, words string) {
	article := c.Source.Record.URL
	if article == "" {
		article = x.onSite(c.Source.Path, "")
	}
	t.comma()
	t.add("{")
	t.text("source", article)
	t.key("selector")
	t.add("{")
	t.text("type", "TextQuoteSelector")
	t.text("exact", oneLine(words))
	t.add("}}")
}

// onSite returns an address relative to the folder of the file.
func (x *exporter) onSite(path, anchor string) string {
	if x.base != "" {
		return x.address(path, anchor)
	}
	return "../" + relative(path, anchor)
}

// selectable reports whether a part of a quotation is selected: words that are
// the source's own. The model has no selector for a passage with gaps, so each
// part is a target of its own.
func selectable(p verify.Part) bool {
	return p.Kind == verify.Quoted && strings.IndexFunc(p.Text, isWord) >= 0
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
