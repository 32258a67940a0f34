package export

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"readout/internal/plan"
)

// Measures of a drawing, in pixels.
const (
	drawingWidth = 900
	drawingEdge  = 24
	drawingInner = drawingWidth - 2*drawingEdge
	lineHeight   = 19
	gridName     = 230 // of a person, before the columns
	gridRow      = 26
)

// A page's drawing as a file stands alone: it brings its colours, for light and
// for dark, says what its signs mean and where it is from, and asks for nothing.
// Places across are percentages, as in the page, of a nested drawing that leaves
// an edge. What it is written in is https://www.w3.org/TR/SVG2/.
const drawingStyle = `text{fill:#1b1d1f}.paper{fill:#fdfdfb}.soft{fill:#4c5156}.head{font-weight:700}` +
	`line{stroke:#d6d9d6}.lane{stroke:#868c8f}.run{stroke:#1b1d1f;stroke-width:3}.run.for,.run.for-if{stroke:#0b5568}` +
	`.run.open,.run.unclear{stroke-dasharray:6 5}circle{fill:#fdfdfb;stroke:#1b1d1f;stroke-width:1.5}` +
	`circle.for,circle.held{fill:#0b5568;stroke:#0b5568}circle.for-if,circle.open,circle.planned{stroke:#0b5568;stroke-width:2.5}` +
	`circle.against{fill:#1b1d1f}circle.unclear,circle.mooted{stroke-dasharray:3 3}` +
	`.sign{text-anchor:middle;font-weight:700}.sign.for,.sign.against,.sign.held{fill:#fdfdfb}` +
	`@media (prefers-color-scheme:dark){text{fill:#e6e7e4}.paper{fill:#15181a}.soft{fill:#b6bcc0}line{stroke:#3a4146}.lane{stroke:#757d82}` +
	`.run,circle{stroke:#e6e7e4}circle{fill:#15181a}.run.for,.run.for-if,circle.for-if,circle.open,circle.planned{stroke:#7fc8da}` +
	`circle.for,circle.held{fill:#7fc8da;stroke:#7fc8da}circle.against{fill:#e6e7e4}.sign.for,.sign.against,.sign.held{fill:#15181a}}`

// A pen writes a drawing from top to bottom.
type pen struct {
	sheet
	y    int    // where the next thing begins
	line []byte // of text
}

// drawing writes a drawing, with a pen that may have written others.
func (x *exporter) drawing(s *sheet, p *pen, d plan.Drawing) {
	p.b, p.y = p.b[:0], drawingEdge
	p.text(d.Title, 30, 20, "head", 72)
	p.text(d.Says, lineHeight, 13, "soft", 120)
	p.y += 8
	if len(d.Chart.Groups) > 0 {
		p.chart(d.Chart)
	} else {
		p.grid(d.Grid)
	}
	p.y += 6
	from := x.site.Config.Name.Value
	if x.site.HasAsOf {
		from += ", as it stood on " + x.site.AsOf.Words()
	}
	if x.site.Config.Publisher != "" {
		from += ". " + x.site.Config.Publisher
	}
	p.text("Source: "+from+". Every statement with its quotation: "+x.address(d.Page, ""), lineHeight, 13, "soft", 120)
	height := p.y + drawingEdge - lineHeight/2
	s.add(`<svg xmlns="http://www.w3.org/2000/svg" width="`).num(drawingWidth).add(`" height="`).num(height)
	s.add(`" viewBox="0 0 `).num(drawingWidth).add(" ").num(height).add(`" role="img" aria-label="`).xml(d.Title)
	s.add(`" lang="`).xml(x.site.Config.Language).add(`" font-family="system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif" font-size="13">`)
	s.add("\n<title>").xml(d.Title).add("</title>\n<style>", drawingStyle, "</style>\n", `<rect class="paper" width="100%" height="100%"/>`, "\n")
	s.b = append(s.b, p.b...)
	s.add("</svg>\n")
}

// text writes text in as many lines as it takes, each of about so many
// characters: nothing in a drawing breaks its lines by itself.
func (p *pen) text(s string, height, size int, class string, most int) {
	p.line = p.line[:0]
	length := 0 // of the line, in characters
	flush := func() {
		p.y += height
		p.add(`<text class="`, class, `" x="`).num(drawingEdge).add(`" y="`).num(p.y - height/3).add(`" font-size="`).num(size).add(`">`)
		p.xml(string(p.line)).add("</text>\n")
		p.line, length = p.line[:0], 0
	}
	for word := range strings.FieldsSeq(s) {
		n := utf8.RuneCountInString(word)
		if length > 0 && length+1+n > most {
			flush()
		}
		if length > 0 {
			p.line = append(p.line, ' ')
			length++
		}
		p.line = append(p.line, word...)
		length += n
	}
	flush()
}

func (p *pen) chart(c plan.Chart) {
	for i := range c.Groups {
		p.group(c.Ticks, &c.Groups[i])
	}
	var key []string
	for _, s := range c.Key {
		key = append(key, s.Sign+" "+s.Word)
	}
	p.text(strings.Join(key, " · "), lineHeight, 13, "soft", 120)
}

func (p *pen) group(ticks []plan.Tick, g *plan.LaneGroup) {
	if g.Head.Text != "" {
		p.text(g.Head.Text, 22, 14, "head", 110)
	}
	p.add(`<svg x="`).num(drawingEdge).add(`" y="`).num(p.y).add(`" width="`).num(drawingInner).add(`" height="`).num(g.Height).add(`" overflow="visible">`, "\n")
	for _, t := range ticks {
		p.add(`<line x1="`, t.X, `" x2="`, t.X, `" y1="0" y2="`).num(g.Foot).add(`"/>`)
		if t.Label != "" {
			p.add(`<text class="soft" x="`, t.X, `" y="`).num(g.Foot).add(`" dx="3" dy="16">`).xml(t.Label).add("</text>")
		}
		p.add("\n")
	}
	for i := range g.Lanes {
		l := &g.Lanes[i]
		p.add(`<text x="0" y="`).num(l.Y).add(`" dy="-16">`).xml(l.Label.Text)
		p.add(`</text><line class="lane" x1="0" x2="100%" y1="`).num(l.Y).add(`" y2="`).num(l.Y).add(`"/>`, "\n")
		for _, r := range l.Runs {
			p.add(`<line class="run `).xml(r.Code).add(`" x1="`, r.X1, `" x2="`, r.X2, `" y1="`).num(l.Y).add(`" y2="`).num(l.Y).add(`"/>`, "\n")
		}
		for i := range l.Marks {
			m := &l.Marks[i]
			p.add("<g><title>").xml(m.Title).add(`</title><circle class="`).xml(m.Code).add(`" cx="`, m.X, `" cy="`).num(m.Y)
			p.add(`" r="10"/><text class="sign `).xml(m.Code).add(`" x="`, m.X, `" y="`).num(m.Y).add(`" dy=".36em">`).xml(m.Sign).add("</text></g>\n")
		}
	}
	p.add("</svg>\n")
	p.y += g.Height + 8
}

func (p *pen) grid(g plan.Grid) {
	column := min(44, (drawingInner-gridName)/max(1, len(g.Meetings)))
	x := func(i int) int { return drawingEdge + gridName + i*column + column/2 }
	p.y += gridRow
	for i, m := range g.Meetings {
		p.add(`<text class="head" x="`).num(x(i)).add(`" y="`).num(p.y - 8).add(`" text-anchor="middle">`).num(m.Number).add("</text>\n")
	}
	for _, r := range g.Rows {
		p.add(`<line x1="`).num(drawingEdge).add(`" x2="`).num(drawingEdge + gridName + len(g.Meetings)*column).add(`" y1="`).num(p.y).add(`" y2="`).num(p.y)
		p.add(`"/><text x="`).num(drawingEdge).add(`" y="`).num(p.y + 18).add(`">`).xml(r.Who.Text).add("</text>\n")
		for i, c := range r.Cells {
			if c.There {
				code := "open"
				if c.Held {
					code = "held"
				}
				p.add(`<circle class="`, code, `" cx="`).num(x(i)).add(`" cy="`).num(p.y + gridRow/2).add(`" r="7"><title>`)
				p.xml(r.Who.Text).add(", ").xml(g.Meetings[i].Text).add("</title></circle>\n")
			}
		}
		p.y += gridRow
	}
	p.y += 10
	for _, m := range g.Meetings {
		line := strconv.Itoa(m.Number) + "  " + m.Text
		if m.When.Words != "" {
			line += ", " + m.When.Words
		}
		if m.Stage != "" {
			line += ", " + m.Stage
		}
		p.text(line, lineHeight, 13, "", 120)
	}
}

// escapeXML writes text for an element or an attribute of XML, without the
// characters that XML cannot hold (https://www.w3.org/TR/xml/#charsets).
func escapeXML(s string) string {
	return xmlEscaper.Replace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
}

var xmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
