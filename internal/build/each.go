package build

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// each calls f(0) to f(n-1), on as many cores as there are, and returns when
// all calls have. The calls must not depend on each other; a call's result
// goes into the slot of its index.
func each(n int, f func(i int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		for i := range n {
			f(i)
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
}
