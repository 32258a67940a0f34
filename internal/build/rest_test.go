package build

import (
	"context"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func collections() uint32 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.NumGC
}

// percent returns how Go's collector is set.
func percent() int {
	p := debug.SetGCPercent(100)
	debug.SetGCPercent(p)
	return p
}

// Garbage is collected once the heap has its size, when all short units are
// over and while a long one goes on.
func TestRests(t *testing.T) {
	t.Setenv("GOGC", "")
	r := newRests()
	defer r.end()
	r.goal.Store(1 << 40)
	before := collections()
	for range 2 * unitsToLook {
		r.unit(false, func() {})
	}
	if n := collections() - before; n > 0 {
		t.Errorf("%d collections of a small heap", n)
	}

	r.goal.Store(1)
	var wg sync.WaitGroup
	longEnds, shortEnds := make(chan bool), make(chan bool)
	var working atomic.Int32
	begin := func(long bool, ends chan bool) {
		started := make(chan bool)
		wg.Go(func() {
			r.unit(long, func() {
				working.Add(1)
				close(started)
				<-ends
				working.Add(-1)
			})
		})
		<-started
	}
	begin(true, longEnds)
	begin(false, shortEnds)
	before = collections()
	rested := make(chan bool)
	go func() {
		r.rest()
		close(rested)
	}()
	select {
	case <-rested:
		t.Error("collected beside a short unit")
	case <-time.After(20 * time.Millisecond):
	}
	close(shortEnds)
	<-rested
	if n := collections() - before; n == 0 || working.Load() != 1 {
		t.Errorf("%d collections, beside %d units", n, working.Load())
	}
	if goal := r.goal.Load(); goal < worthIt {
		t.Errorf("the next one at %d bytes", goal)
	}
	close(longEnds)
	wg.Wait()
}

// A unit that panics lets the others rest.
func TestRestAfterPanic(t *testing.T) {
	t.Setenv("GOGC", "")
	r := newRests()
	defer r.end()
	func() {
		defer func() { recover() }()
		r.unit(false, func() { panic("in a unit") })
	}()
	r.goal.Store(1)
	r.rest()
}

// A frugal build leaves Go's collector as it was, and alone where the user
// has set it.
func TestFrugal(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(123))
	opt := shipped()
	opt.Frugal = true
	for _, gogc := range []string{"", "77"} {
		t.Setenv("GOGC", gogc)
		at := 0
		if r := newRests(); r != nil {
			at = percent()
			r.making()
			if p := percent(); p != atLast {
				t.Errorf("when pages are made: %d", p)
			}
			r.end()
		}
		if want := map[string]int{"": atFirst, "77": 0}[gogc]; at != want {
			t.Errorf("GOGC=%s: set to %d, want %d", gogc, at, want)
		}
		if r, err := Build(context.Background(), opt, nil); err != nil || r.Diags.HasErrors() {
			t.Fatalf("%v %v", err, r.Diags)
		}
		if p := percent(); p != 123 {
			t.Errorf("GOGC=%s: left at %d", gogc, p)
		}
	}
}
