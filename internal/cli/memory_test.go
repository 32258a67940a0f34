package cli

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// percent returns how the collector is set.
func percent() int {
	p := debug.SetGCPercent(100)
	debug.SetGCPercent(p)
	return p
}

// The collector is set for reading by the first collection, and for making
// once and for all.
func TestFrugal(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	t.Setenv("GOGC", "")
	making := frugal()
	if p := percent(); p != firstCollection {
		t.Errorf("at first: %d", p)
	}
	for end := time.Now().Add(10 * time.Second); percent() == firstCollection && time.Now().Before(end); {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if p := percent(); p != whileReading {
		t.Errorf("after the first collection: %d", p)
	}
	making()
	if p := percent(); p != whileMaking {
		t.Errorf("when pages are made: %d", p)
	}

	making = frugal()
	making()
	runtime.GC()
	time.Sleep(10 * time.Millisecond)
	if p := percent(); p != whileMaking {
		t.Errorf("after a collection that came late: %d", p)
	}

	debug.SetGCPercent(123)
	t.Setenv("GOGC", "123")
	frugal()()
	if p := percent(); p != 123 {
		t.Errorf("where the user has set it: %d", p)
	}
}
