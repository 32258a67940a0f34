package export

import (
	"fmt"
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
	b strings.Builder
	y int // where the next thing begins
}

func (x *exporter) drawing(d plan.Drawing) []byte {
	var p pen
	p.y = drawingEdge
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
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="%s" lang="%s" font-family="system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif" font-size="13">
<title>%s</title>
<style>%s</style>
<rect class="paper" width="100%%" height="100%%"/>
%s</svg>
`, drawingWidth, height, drawingWidth, height, escapeXML(d.Title), escapeXML(x.site.Config.Language), escapeXML(d.Title), drawingStyle, p.b.String())
}

// text writes text in as many lines as it takes, each of about so many
// characters: nothing in a drawing breaks its lines by itself.
func (p *pen) text(s string, height, size int, class string, most int) {
	line := ""
	flush := func() {
		p.y += height
		fmt.Fprintf(&p.b, `<text class="%s" x="%d" y="%d" font-size="%d">%s</text>`+"\n", class, drawingEdge, p.y-height/3, size, escapeXML(line))
		line = ""
	}
	for word := range strings.FieldsSeq(s) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > most {
			flush()
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	flush()
}

func (p *pen) chart(c plan.Chart) {
	for _, g := range c.Groups {
		if g.Head.Text != "" {
			p.text(g.Head.Text, 22, 14, "head", 110)
		}
		fmt.Fprintf(&p.b, `<svg x="%d" y="%d" width="%d" height="%d" overflow="visible">`+"\n", drawingEdge, p.y, drawingInner, g.Height)
		for _, t := range c.Ticks {
			fmt.Fprintf(&p.b, `<line x1="%s" x2="%s" y1="0" y2="%d"/>`, t.X, t.X, g.Foot)
			if t.Label != "" {
				fmt.Fprintf(&p.b, `<text class="soft" x="%s" y="%d" dx="3" dy="16">%s</text>`, t.X, g.Foot, escapeXML(t.Label))
			}
			p.b.WriteByte('\n')
		}
		for _, l := range g.Lanes {
			fmt.Fprintf(&p.b, `<text x="0" y="%d" dy="-16">%s</text><line class="lane" x1="0" x2="100%%" y1="%d" y2="%d"/>`+"\n", l.Y, escapeXML(l.Label.Text), l.Y, l.Y)
			for _, r := range l.Runs {
				fmt.Fprintf(&p.b, `<line class="run %s" x1="%s" x2="%s" y1="%d" y2="%d"/>`+"\n", escapeXML(r.Code), r.X1, r.X2, l.Y, l.Y)
			}
			for _, m := range l.Marks {
				fmt.Fprintf(&p.b, `<g><title>%s</title><circle class="%s" cx="%s" cy="%d" r="10"/><text class="sign %s" x="%s" y="%d" dy=".36em">%s</text></g>`+"\n",
					escapeXML(m.Title), escapeXML(m.Code), m.X, m.Y, escapeXML(m.Code), m.X, m.Y, escapeXML(m.Sign))
			}
		}
		p.b.WriteString("</svg>\n")
		p.y += g.Height + 8
	}
	var key []string
	for _, s := range c.Key {
		key = append(key, s.Sign+" "+s.Word)
	}
	p.text(strings.Join(key, " · "), lineHeight, 13, "soft", 120)
}

func (p *pen) grid(g plan.Grid) {
	column := min(44, (drawingInner-gridName)/max(1, len(g.Meetings)))
	x := func(i int) int { return drawingEdge + gridName + i*column + column/2 }
	p.y += gridRow
	for i, m := range g.Meetings {
		fmt.Fprintf(&p.b, `<text class="head" x="%d" y="%d" text-anchor="middle">%d</text>`+"\n", x(i), p.y-8, m.Number)
	}
	for _, r := range g.Rows {
		fmt.Fprintf(&p.b, `<line x1="%d" x2="%d" y1="%d" y2="%d"/><text x="%d" y="%d">%s</text>`+"\n",
			drawingEdge, drawingEdge+gridName+len(g.Meetings)*column, p.y, p.y, drawingEdge, p.y+18, escapeXML(r.Who.Text))
		for i, c := range r.Cells {
			if c.There {
				code := "open"
				if c.Held {
					code = "held"
				}
				fmt.Fprintf(&p.b, `<circle class="%s" cx="%d" cy="%d" r="7"><title>%s, %s</title></circle>`+"\n",
					code, x(i), p.y+gridRow/2, escapeXML(r.Who.Text), escapeXML(g.Meetings[i].Text))
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
