package cli

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"
)

// While a build reads, what is on the heap stays there, and to look through it
// at each doubling finds nothing to free; then pages are made one after the
// other, and nearly all that they take is garbage at once. So the collector
// waits for the first 24 MB, may then let the heap grow to three times of what
// is in use, and is held to half as much again when pages are made: that is
// when the heap is largest. A user's GOGC counts for more.
const (
	firstCollection = 600 // percent of the 4 MB from which the collector counts
	whileReading    = 200
	whileMaking     = 50
)

// frugal sets the collector for a build. What it returns is to be called when
// the pages are about to be made.
func frugal() (making func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	debug.SetGCPercent(firstCollection)
	var mu sync.Mutex
	made := false
	set := func(percent int) {
		mu.Lock()
		defer mu.Unlock()
		if !made {
			debug.SetGCPercent(percent)
		}
		made = made || percent == whileMaking
	}
	// The first collection finds what nothing holds, and ends the wait.
	runtime.SetFinalizer(new(*int), func(any) { set(whileReading) })
	return func() { set(whileMaking) }
}
