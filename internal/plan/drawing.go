package plan

import "iter"

// A Drawing is a chart or a grid as a file of its own, to be taken away.
type Drawing struct {
	Path  string // below the root
	Title string
	Says  string // what a mark is
	Page  string // where its list twin is, below the root
	Chart Chart
	Grid  Grid
}

// Where drawings are, below the root.
const (
	meetingsDrawing = "drawings/meetings.svg"
	attendance      = "drawings/attendance.svg"
)

func issueDrawing(id string) string { return "drawings/issues/" + id + ".svg" }

// Drawings returns the drawings of a site's pages, one at a time.
func (p *Plan) Drawings() iter.Seq[Drawing] {
	return func(yield func(Drawing) bool) {
		own := *p.planner
		own.links = &links{}
		d := own.desk("index.html")
		for _, is := range own.site.Issues {
			c := d.positionsChart(is)
			if len(c.Groups) > 0 && !yield(Drawing{
				Path: c.Path, Title: c.Title, Chart: c, Page: is.Path,
				Says: "Each mark is a statement; a line joins statements of one position.",
			}) {
				return
			}
		}
		if c := d.meetingsChart(); len(c.Groups) > 0 && !yield(Drawing{
			Path: c.Path, Title: c.Title, Chart: c, Page: "timeline.html",
			Says: "Each mark is a meeting, at its first day.",
		}) {
			return
		}
		if g := d.grid(); len(g.Rows) > 0 {
			yield(Drawing{
				Path: g.Path, Title: "Who sat with whom", Grid: g, Page: "meetings.html",
				Says: "Filled: took part. Open: was named for a meeting that the sources do not report as held.",
			})
		}
	}
}
