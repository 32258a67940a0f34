package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/util"

	"readout/internal/diag"
)

// This file is the grammar of wiki links and citations, over plain bytes. The
// parsers (inline.go, simple_words.go) and AppendRefs (refs.go) share it.

// A rng is a half-open range of the scanned bytes.
type rng struct{ start, end int }

// A wiki is a scanned wiki link.
type wiki struct {
	n              int // bytes; 0: not a wiki link, and no mistake either
	target, anchor rng
	label          rng
	piped          bool
}

// A problem is a mistake in a link or a citation.
type problem struct {
	at   rng
	msg  string
	note string
}

const bracketsNote = `for the characters themselves write \[`

// ScanWiki scans the wiki link at the head of s, which begins with "[[".
func scanWiki(s []byte) (w wiki, p *problem) {
	bar, after, end, depth := -1, -1, -1, 0
scan:
	for i := 2; i < len(s); i++ {
		c := s[i]
		next := byte(0)
		if i+1 < len(s) {
			next = s[i+1]
		}
		switch {
		case c == '\\' && next == '|' && bar < 0:
			bar, after = i, i+2
			i++
		case c == '|' && bar < 0:
			bar, after = i, i+1
		case c == '\\' && util.IsPunct(next):
			i++
		case c == '[' && next == '[':
			break scan
		case c == '[':
			depth++
		case c == ']' && depth == 0 && next == ']':
			end = i
			break scan
		case c == ']' && bar < 0 && next == '(':
			return w, nil // [[words](destination)]: a link in brackets
		case c == ']' && depth > 0:
			depth--
		}
	}
	if end < 0 {
		return w, &problem{rng{0, 2}, `the link is not closed: there is no "]]"`, bracketsNote}
	}
	if opensDestination(s[end+2:]) {
		return w, nil
	}
	w.n = end + 2
	w.target = rng{2, end}
	if bar >= 0 {
		w.target.end = bar
		w.label = trimRange(s, rng{after, end})
		w.piped = w.label.start < w.label.end
	}
	if i := bytes.IndexAny(s[w.target.start:w.target.end], "[]"); i >= 0 {
		i += w.target.start
		return w, &problem{rng{i, i + 1}, "what a link points to cannot hold a bracket", "write [[id]], [[Name]] or [[id|words]]"}
	}
	hash := bytes.IndexByte(s[w.target.start:w.target.end], '#')
	if hash >= 0 {
		hash += w.target.start
		w.anchor = trimRange(s, rng{hash + 1, w.target.end})
		w.target.end = hash
	}
	w.target = trimRange(s, w.target)
	switch {
	case w.target.start == w.target.end && hash >= 0:
		p = &problem{rng{0, w.n}, "the link names no page", "for a place on this page write [words](#anchor)"}
	case w.target.start == w.target.end:
		p = &problem{rng{0, w.n}, "the link names nothing", "write [[id]], [[Name]] or [[id|words]]"}
	case hash >= 0 && w.anchor.start == w.anchor.end:
		p = &problem{rng{hash, hash + 1}, `nothing follows the "#"`, "write [[id#anchor]] or [[id]]"}
	}
	return w, p
}

// A cited is a scanned citation.
type cited struct {
	n     int // bytes; 0: not a citation, and no mistake either
	cites []rawCitation
}

// A rawCitation is one of the sources that are cited, in ranges of what was
// scanned.
type rawCitation struct {
	all, source, claim, locator rng
	span                        diag.Span // of all, once it is known where that stands
}

// citation returns what r cites, scanned in s.
func (r *rawCitation) citation(s []byte) Citation {
	return Citation{
		Source:  string(s[r.source.start:r.source.end]),
		Claim:   string(s[r.claim.start:r.claim.end]),
		Locator: collapse(s[r.locator.start:r.locator.end]),
		Span:    r.span,
	}
}

const citeNote = "write [@source], [@source#claim], [@source, para. 8] or [@a; @b]"

// ScanCite scans the citation at the head of s, which begins with "[@". What it
// cites is appended to list.
func scanCite(s []byte, list []rawCitation) (c cited, p *problem) {
	c.cites = list
	end := bytes.IndexAny(s[1:], "[]") + 1
	if end == 0 || s[end] == '[' {
		return c, &problem{rng{0, 2}, `the citation is not closed: there is no "]"`, bracketsNote}
	}
	if opensDestination(s[end+1:]) {
		return c, nil
	}
	c.n = end + 1
	for at := 1; at <= end; {
		stop := end
		if i := bytes.IndexByte(s[at:end], ';'); i >= 0 {
			stop = at + i
		}
		one, p := scanOneCite(s, trimRange(s, rng{at, stop}))
		if p != nil {
			if p.at.start == p.at.end { // nothing stands there: point at what ends it
				p.at.start, p.at.end = stop, stop+1
			}
			return c, p
		}
		c.cites = append(c.cites, one)
		at = stop + 1
	}
	return c, nil
}

// ScanOneCite scans one part of a citation: @source#claim, locator.
func scanOneCite(s []byte, all rng) (c rawCitation, p *problem) {
	c.all = all
	if all.start == all.end {
		return c, &problem{all, "a source is missing", citeNote}
	}
	if s[all.start] != '@' {
		return c, &problem{all, `a citation begins with "@"`, citeNote}
	}
	at := all.start + 1
	word := func() rng {
		from := at
		for at < all.end && !isSpace(s[at]) && s[at] != '#' && s[at] != ',' && s[at] != '@' {
			at++
		}
		return rng{from, at}
	}
	if c.source = word(); c.source.start == c.source.end {
		return c, &problem{rng{all.start, all.start + 1}, `nothing follows the "@"`, citeNote}
	}
	if at < all.end && s[at] == '#' {
		at++
		if c.claim = word(); c.claim.start == c.claim.end {
			return c, &problem{rng{at - 1, at}, `nothing follows the "#"`, citeNote}
		}
	}
	rest := trimRange(s, rng{at, all.end})
	if rest.start == rest.end {
		return c, nil
	}
	if s[rest.start] != ',' {
		return c, &problem{rest, `a "," or a ";" is missing`, citeNote}
	}
	comma := rest.start
	c.locator = trimRange(s, rng{comma + 1, rest.end})
	if c.locator.start == c.locator.end {
		return c, &problem{rng{comma, comma + 1}, `nothing follows the ","`, citeNote}
	}
	if i := bytes.IndexByte(s[c.locator.start:c.locator.end], '@'); i >= 0 {
		i += c.locator.start
		return c, &problem{rng{i, c.locator.end}, `sources are parted by ";"`, citeNote}
	}
	return c, nil
}

// OpensDestination reports whether s begins with the "(destination" of a
// CommonMark link. "(he said)" is none: a destination has no space in it.
func opensDestination(s []byte) bool {
	if len(s) == 0 || s[0] != '(' {
		return false
	}
	const longest = 2000 // keeps a long row of "](" linear
	for i, c := range s[1:min(len(s), longest)] {
		switch {
		case c == ')':
			return i > 0
		case isSpace(c):
			rest := bytes.TrimLeft(s[1+i:], " \t")
			return i > 0 && len(rest) > 0 && (rest[0] == '"' || rest[0] == '\'' || rest[0] == ')')
		}
	}
	return false
}

func trimRange(s []byte, r rng) rng {
	a, b := trim(s, r.start, r.end)
	return rng{a, b}
}
