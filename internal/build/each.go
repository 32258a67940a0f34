package build

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// A Panic is what a call panicked with that each had started. It is passed on
// to who called each, since nobody else could catch it.
type Panic struct {
	Value any
	Stack []byte // of the call
}

func (p *Panic) String() string { return fmt.Sprint(p.Value) }

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
	var failed atomic.Pointer[Panic]
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			defer func() {
				if x := recover(); x != nil {
					failed.CompareAndSwap(nil, &Panic{x, debug.Stack()})
				}
			}()
			for failed.Load() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
	if p := failed.Load(); p != nil {
		panic(p)
	}
}
