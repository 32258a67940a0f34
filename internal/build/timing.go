package build

import (
	"runtime/metrics"
	"time"
)

// A Timing is what a stage took.
type Timing struct {
	Stage     string
	Wall      time.Duration
	Allocated uint64 // bytes of memory asked for, most of them soon free again
}

// A clock is what was so when a stage began.
type clock struct {
	start     time.Time
	allocated uint64
}

func startClock() clock { return clock{time.Now(), allocated()} }

func (c clock) stop(stage string) Timing {
	return Timing{stage, time.Since(c.start), allocated() - c.allocated}
}

// allocated returns the bytes that the program has asked for so far, of the
// heap. It does not stop the world, as [runtime.ReadMemStats] does.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
