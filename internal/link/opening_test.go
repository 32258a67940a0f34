package link

import (
	"strings"
	"testing"

	"readout/internal/record"
)

func TestOpening(t *testing.T) {
	named := func(text string, holes ...[2]int) Prose {
		p := Prose{Prose: &record.Prose{Text: text}}
		for _, h := range holes {
			p.Holes = append(p.Holes, record.Hole{TextAt: h[0], TextLen: h[1]})
			n := &Node{Header: &record.Header{}}
			n.Name.Value = "Bo"
			p.Targets = append(p.Targets, Target{Node: n})
		}
		return p
	}
	long := strings.Repeat("ä ", 100)
	for _, test := range []struct {
		prose       Prose
		most        int
		want        string
		isBeginning bool
	}{
		{Prose{}, 10, "", false},
		{named(" One line.\nAnother."), 90, "One line.", false},
		{named("See somebody-of-a-long-id twice.", [2]int{4, 21}), 90, "See Bo twice.", false},
		// What is cut holds a link whole, and goes on where names are shorter.
		{named("See somebody-of-a-long-id twice.", [2]int{4, 21}), 2, "See Bo", false},
		{named("somebody-of-a-long-id is here to stay", [2]int{0, 21}), 4, "Bo is here to stay", false},
		{named(long), 10, long, true},
	} {
		got := test.prose.Opening(test.most)
		if !test.isBeginning && got != test.want || !strings.HasPrefix(test.want, got) || test.isBeginning && (len(got) > 60 || len([]rune(got)) <= test.most) {
			t.Errorf("%d of %q: %q", test.most, test.want, got)
		}
	}
}
