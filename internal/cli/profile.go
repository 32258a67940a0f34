package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"runtime/trace"
	"time"

	"readout/internal/build"
	"readout/internal/output"
)

// writeTimings writes what each stage took. Pages, exports and the search are
// made and written at the same time: that is one stage.
func writeTimings(w io.Writer, timings []build.Timing) {
	var wall time.Duration
	var allocated uint64
	line := func(stage string, wall time.Duration, allocated uint64) {
		fmt.Fprintf(w, "%-12s %9.1f ms %9.1f MB allocated\n", stage, wall.Seconds()*1e3, float64(allocated)/1e6)
	}
	for _, t := range timings {
		line(t.Stage, t.Wall, t.Allocated)
		wall += t.Wall
		allocated += t.Allocated
	}
	line("all", wall, allocated)
}

// Whoever links runtime/pprof has every half megabyte sampled, with its stack,
// also when nobody asks for a profile: a hundredth of a build.
const sampleEvery = 512 << 10 // bytes; the rate of package runtime

func init() { runtime.MemProfileRate = 0 }

// profile starts to profile the program, and returns what ends it. The folder
// then holds
//
//	cpu.pprof     where time went: 100 samples a second
//	allocs.pprof  where memory was asked for
//	heap.pprof    what was held when the work was done
//	trace.out     what ran when, and what it waited for
//
// See https://go.dev/doc/diagnostics. To be profiled costs a few per cent.
func profile(dir string) (finish func() error, err error) {
	runtime.MemProfileRate = sampleEvery
	cpu, err := output.Create(filepath.Join(dir, "cpu.pprof"))
	if err != nil {
		return nil, err
	}
	events, err := output.Create(filepath.Join(dir, "trace.out"))
	if err != nil {
		return nil, errors.Join(err, cpu.Close())
	}
	if err := errors.Join(pprof.StartCPUProfile(cpu), trace.Start(events)); err != nil {
		return nil, errors.Join(err, cpu.Close(), events.Close())
	}
	return func() error {
		trace.Stop()
		pprof.StopCPUProfile()
		err := errors.Join(cpu.Close(), events.Close())
		runtime.GC() // what is held is known only after a collection
		for _, name := range []string{"heap", "allocs"} {
			f, e := output.Create(filepath.Join(dir, name+".pprof"))
			if e == nil {
				e = errors.Join(pprof.Lookup(name).WriteTo(f, 0), f.Close())
			}
			err = errors.Join(err, e)
		}
		return err
	}, nil
}
