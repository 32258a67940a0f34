package build

import (
	"fmt"
	"strconv"
	"sync/atomic"
)

// A Progress says how far a build is. It may be asked while the build goes on,
// from any goroutine; the zero Progress has nothing to say.
type Progress struct {
	stage       atomic.Pointer[string]
	done, total atomic.Int64
}

// doing are the stages as something that is going on, with what they count.
var doing = map[string]struct{ verb, noun string }{
	"look for changes": {"looking for changes", ""},

	"parse":  {"reading", "files"},
	"link":   {"linking", ""},
	"verify": {"proving", "sources"},
	"plan":   {"planning", ""},
	"render": {"rendering", "pages and exports"},
	"static": {"finishing", ""},
}

// String returns the stage and how much of it is done: "rendering 3,200 of
// 10,000 pages". It is empty before the first stage.
func (p *Progress) String() string {
	name := p.stage.Load()
	if name == nil {
		return ""
	}
	words, ok := doing[*name]
	if !ok {
		return *name
	}
	total := p.total.Load()
	if words.noun == "" || total == 0 {
		return words.verb
	}
	return fmt.Sprintf("%s %s of %s %s", words.verb, grouped(min(p.done.Load(), total)), grouped(total), words.noun)
}

// grouped writes a number with commas between its thousands.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func (p *Progress) begin(stage string) {
	if p != nil {
		p.total.Store(0)
		p.done.Store(0)
		p.stage.Store(&stage)
	}
}

// each is the function of the same name, and counts. Garbage is collected
// between the calls; the first calls, which are long ones, go on meanwhile.
func (b *builder) each(long, n int, f func(i int)) {
	p := b.opt.Progress
	if p == nil {
		p = &Progress{}
	}
	p.total.Store(int64(n))
	each(n, func(i int) {
		b.opt.rests.unit(i < long, func() { f(i) })
		p.done.Add(1)
	})
}
