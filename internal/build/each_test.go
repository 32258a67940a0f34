package build

import (
	"runtime"
	"strings"
	"testing"
)

// A panic of one call reaches who called each, with the place where it began.
func TestEachPanics(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	defer func() {
		p, ok := recover().(*Panic)
		if !ok || p.String() != "at 70" || !strings.Contains(string(p.Stack), "TestEachPanics") {
			t.Errorf("recovered %v", p)
		}
	}()
	each(1000, func(i int) {
		if i == 70 {
			panic("at 70")
		}
	})
	t.Error("nothing panicked")
}
