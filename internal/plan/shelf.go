package plan

import (
	"sync/atomic"

	"readout/internal/link"
	"readout/internal/record"
)

// A shelf keeps what is made once of each record of a site, or of each of its
// claims, when a page first asks for it. Where two pages ask at the same time
// it is made twice, and both get the one that was there first.
type shelf[T any] []atomic.Pointer[T]

// get returns what stands at a place, after f has made it if need be.
func (s shelf[T]) get(i int, f func() *T) *T {
	if x := s[i].Load(); x != nil {
		return x
	}
	s[i].CompareAndSwap(nil, f())
	return s[i].Load()
}

// Levels are those of pages: at the root, and in a folder.
const levels = 2

func (d desk) level() int { return min(len(d.root), 1) }

// Shelves are those of a site. To find a place is to add two numbers; maps
// by record and by claim took a fiftieth of a whole build.
type shelves struct {
	kinds     [record.KindSite]int // where the places of a kind of record begin
	sources   []int                // where those of a source's claims begin
	described shelf[described]
	claims    shelf[Preview]
	cards     [levels]shelf[made]
	meetings  [levels]shelf[MeetingLine]
}

func newShelves(site *link.Site) *shelves {
	s := &shelves{sources: make([]int, len(site.Sources))}
	n := 0
	for kind, count := range [record.KindSite]int{
		record.KindPage: len(site.Pages), record.KindActor: len(site.Actors), record.KindMeeting: len(site.Meetings),
		record.KindIssue: len(site.Issues), record.KindSource: len(site.Sources),
	} {
		s.kinds[kind] = n
		n += count
	}
	s.described = make(shelf[described], n)
	n = 0
	for i, x := range site.Sources {
		s.sources[i] = n
		n += len(x.Claims)
	}
	s.claims = make(shelf[Preview], n)
	for i := range s.cards {
		s.cards[i] = make(shelf[made], n)
		s.meetings[i] = make(shelf[MeetingLine], len(site.Meetings))
	}
	return s
}

func (s *shelves) node(n *link.Node) int { return s.kinds[n.Kind] + n.Index() }

func (s *shelves) claim(c *link.Claim) int { return s.sources[c.Source.Index()] + c.Index() }
