package build

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"sync/atomic"
)

// While a build reads, what is on the heap stays there, and to look through it
// at each doubling finds nothing to free; then pages are made one after the
// other, and nearly all that they take is garbage at once. So a build collects
// its garbage itself: not before the heap has some size, seldom while it reads
// and often when pages are made, since that is when the heap is largest.
//
// And it does so while nobody works, between two files or two pages. Beside
// work a collection takes longer, and whoever writes a pointer meanwhile has to
// tell it, and whoever allocates has to help: a tenth of a build's CPU time.
const (
	worthIt      = 24 << 20 // bytes; a smaller heap is left alone
	whileReading = 200      // percent of what is in use that may come in addition
	whileMaking  = 50

	// Go's own collector stays on for what a single unit of work leaves. It
	// counts from 4 MB: https://pkg.go.dev/runtime#hdr-Environment_Variables
	atFirst = 1000 // percent
	atLast  = 150

	unitsToLook = 2 // units of work from one look at the heap to the next
)

// Rests are the pauses of a build in which its garbage is collected. Without
// any (nil) that is left to Go.
type rests struct {
	working sync.RWMutex // read-locked by who works
	units   atomic.Int64
	goal    atomic.Int64 // size of the heap, in bytes, from which to collect
	live    int64        // bytes in use after the last collection; written, as growth, while nobody works
	growth  int64        // percent
	before  int          // how Go's collector was set
}

// newRests begins to collect, unless the user has set GOGC and knows better.
func newRests() *rests {
	if os.Getenv("GOGC") != "" {
		return nil
	}
	r := &rests{growth: whileReading, before: debug.SetGCPercent(atFirst)}
	r.aim()
	return r
}

// making says that pages will be made from now on.
func (r *rests) making() {
	if r != nil {
		r.growth = whileMaking
		r.aim()
		r.rest()
		debug.SetGCPercent(atLast)
	}
}

// end leaves the garbage to Go again.
func (r *rests) end() {
	if r != nil {
		debug.SetGCPercent(r.before)
	}
}

// unit does a unit of work. A long one does not keep the others from resting.
// No unit may have units of its own: who rests would wait for the outer one,
// and the inner one for the rest to end.
func (r *rests) unit(long bool, work func()) {
	if r == nil {
		work()
		return
	}
	if !long {
		r.working.RLock()
	}
	func() {
		if !long {
			defer r.working.RUnlock()
		}
		work()
	}()
	if r.units.Add(1)%unitsToLook == 0 {
		r.rest()
	}
}

// rest collects if there is enough.
func (r *rests) rest() {
	if onHeap() <= r.goal.Load() {
		return
	}
	r.working.Lock()
	defer r.working.Unlock()
	if onHeap() <= r.goal.Load() {
		return // somebody else was faster
	}
	runtime.GC()
	r.live = onHeap()
	r.aim()
}

// aim says when the next collection is due.
func (r *rests) aim() { r.goal.Store(max(worthIt, r.live+r.live*r.growth/100)) }

// onHeap returns how many bytes the objects on the heap take, with those that
// nobody needs any more.
func onHeap() int64 {
	size := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(size)
	return int64(size[0].Value.Uint64())
}
