package ingest

import (
	"encoding/json"
	"regexp"
	"strings"
	"unicode"
)

// A thing is an object of JSON-LD.
type thing map[string]any

// A graph is all that the JSON-LD of a page says. https://schema.org/Article
type graph struct {
	things []thing
	byID   map[string]thing // to follow {"@id": …}
	broken bool             // a script of it cannot be read
}

// add reads the text of one script. Pages hold JSON that no parser takes: in
// comments, with line breaks in strings, with commas too many. These are put
// right; what still fails is left out.
func (g *graph) add(script string) {
	var v any
	if json.Unmarshal([]byte(script), &v) != nil && json.Unmarshal([]byte(mendJSON(script)), &v) != nil {
		g.broken = true
		return
	}
	g.walk(v, 0)
}

var (
	wrapper       = regexp.MustCompile(`^\s*(//)?\s*(<!--|<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(//)?\s*(-->|\]\]>|/\*\]\]>\*/)\s*$`)
	trailingComma = regexp.MustCompile(`,\s*([}\]])`)
)

func mendJSON(s string) string {
	s = wrapper.ReplaceAllString(s, "")
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return strings.TrimRight(trailingComma.ReplaceAllString(s, "$1"), "; ")
}

// maxNesting is how deep things in things are looked for.
const maxNesting = 16

func (g *graph) walk(v any, depth int) {
	if depth > maxNesting {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			g.walk(x, depth+1)
		}
	case map[string]any:
		t := thing(v)
		if len(t.types()) > 0 {
			g.things = append(g.things, t)
			if id, ok := v["@id"].(string); ok && g.byID[id] == nil {
				if g.byID == nil {
					g.byID = map[string]thing{}
				}
				g.byID[id] = t
			}
		}
		// Only what may wrap an article; the parts of one are read from it.
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "hasPart"} {
			g.walk(v[key], depth+1)
		}
	}
}

// types returns the types of a thing, without the vocabulary's address.
func (t thing) types() []string {
	var list []string
	for _, v := range values(t["@type"]) {
		if s, ok := v.(string); ok {
			list = append(list, s[strings.LastIndexAny(s, "/:#")+1:])
		}
	}
	return list
}

// values returns a value that may be one or a list as a list.
func values(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// article returns the thing that is the page's article: one that says that it
// is of this address, else the first. It is nil where there is none.
func (g *graph) article(address string) thing {
	var first thing
	for _, t := range g.things {
		if !t.isArticle() {
			continue
		}
		if first == nil {
			first = t
		}
		if address != "" && sameAddress(g.address(t), address) {
			return t
		}
	}
	return first
}

func (t thing) isArticle() bool {
	for _, kind := range t.types() {
		if strings.HasSuffix(kind, "Article") || strings.HasSuffix(kind, "Posting") || kind == "Report" {
			return true
		}
	}
	return false
}

// ofType returns the first thing of a type.
func (g *graph) ofType(kind string) thing {
	for _, t := range g.things {
		for _, k := range t.types() {
			if k == kind {
				return t
			}
		}
	}
	return nil
}

// text returns a property that is one string, or the first of several.
func (t thing) text(key string) string {
	for _, v := range values(t[key]) {
		switch v := v.(type) {
		case string:
			return v
		case map[string]any: // {"@value": …, "@language": …}
			if s, ok := v["@value"].(string); ok {
				return s
			}
		}
	}
	return ""
}

// names returns the names that a property gives: strings, things with a name,
// or references to such.
func (g *graph) names(t thing, key string) []string {
	var list []string
	for _, v := range values(t[key]) {
		switch v := v.(type) {
		case string:
			if ref := g.byID[v]; ref != nil {
				v = ref.text("name")
			}
			list = append(list, v)
		case map[string]any:
			if v["name"] == nil {
				if id, _ := v["@id"].(string); g.byID[id] != nil {
					v = g.byID[id]
				}
			}
			for _, n := range values(v["name"]) {
				if s, ok := n.(string); ok {
					list = append(list, s)
				}
			}
		}
	}
	return list
}

// address returns the address that a thing says it is at.
func (g *graph) address(t thing) string {
	for _, key := range []string{"mainEntityOfPage", "url", "@id"} {
		for _, v := range values(t[key]) {
			s, _ := v.(string)
			if m, ok := v.(map[string]any); ok {
				if s, _ = m["@id"].(string); webAddress(s) == "" {
					s, _ = m["url"].(string)
				}
			}
			if webAddress(s) != "" {
				return s
			}
		}
	}
	return ""
}
