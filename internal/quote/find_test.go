package quote

import "testing"

func TestKinds(t *testing.T) {
	x := NewText([]byte("The envoys met on [Monday night] for several hours. “It’s not over,” one of them said -- twice.\nThey did not sign."), nil)
	for q, want := range map[string]Kind{
		"The envoys met on [Monday night] for":        Exact,
		"the envoys met on Monday night for":          Folded,
		"the [delegates] met on":                      Elided,
		"\"It's not over,\" one of them said — twice": Folded,
		"They did sign":                               Absent,
		"The envoys met on [Sunday night] for":        Absent,
		"The envoys met [...] for several hours":      Elided,
		"for several hours. It is over":               Absent,
	} {
		if got := x.Find(q, Options{}); got.Kind != want {
			t.Errorf("%q is %s, want %s", q, got.Kind, want)
		}
	}
}
