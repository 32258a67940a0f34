package search

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestNumbers(t *testing.T) {
	r := &reader{TB: t}
	var want []int
	var coded []byte
	for n := range 5000 {
		want = append(want, n)
	}
	for n := 1; n < 1<<30; n *= 3 {
		want = append(want, n)
	}
	for _, n := range want {
		coded = appendNumber(coded, n)
	}
	if got := r.numbers(string(coded)); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for n, want := range map[int]string{0: "#", 55: "Z", 56: "]#", 57: "^#", 86: "{#", 87: "]$", 56 + 31*56: "]]#"} {
		if got := string(appendNumber(nil, n)); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
}

func TestLists(t *testing.T) {
	r := &reader{TB: t}
	for _, test := range []struct {
		list []uint32
		want string
	}{
		{nil, ""},
		{[]uint32{0}, "#$"},
		{[]uint32{5}, "$/"},
		{[]uint32{0, 1, 2, 3, 4, 5, 6}, "#c$"},
		{[]uint32{1000}, ",EA"},
	} {
		if got := string(appendList(nil, test.list)); got != test.want {
			t.Errorf("%v is written %s, want %s", test.list, got, test.want)
		}
	}
	rnd := rand.New(rand.NewPCG(1, 1))
	for range 3000 {
		var list []uint32
		var want []int
		at := -1
		spread := 1 << rnd.IntN(16)
		for range 1 + rnd.IntN(60) {
			at += 1 + rnd.IntN(spread)
			list, want = append(list, uint32(at)), append(want, at)
		}
		s := string(appendList(nil, list))
		if got := r.list(s); !slices.Equal(got, want) {
			t.Fatalf("%v is written %s and read %v", want, s, got)
		}
		if strings.ContainsAny(s, ` "\|`) {
			t.Fatalf("%v is written %s", want, s)
		}
	}
}

// FuzzOrder holds the order of keys, and how they are shortened, to what
// JavaScript makes of them.
func FuzzOrder(f *testing.F) {
	f.Add("abc", "abd")
	f.Add("\U0001F600", "\uF900")
	f.Add("a\uE000", "a\U00010000")
	f.Add(strings.Repeat("x", 70), strings.Repeat("x", 71))
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = strings.ToValidUTF8(a, ""), strings.ToValidUTF8(b, "")
		x, y := utf16.Encode([]rune(a)), utf16.Encode([]rune(b))
		if got, want := cmp.Compare(compare(a, b), 0), slices.Compare(x, y); got != want {
			t.Fatalf("%q and %q: %d, want %d", a, b, got, want)
		}
		if units, rest := share([]byte(a), []byte(b)); units > len(x) || units >= last || !slices.Equal(append(x[:units:units], utf16.Encode([]rune(string(rest)))...), y) {
			t.Errorf("%q is %d of %q and %q", b, units, a, rest)
		}
		if slices.Compare(x, y) < 0 {
			m := between(a, b)
			if !strings.HasPrefix(b, m) || compare(m, a) <= 0 {
				t.Errorf("%q is not between %q and %q", m, a, b)
			}
		}
	})
}

// FuzzEscaped holds strings of JavaScript to those that are read back.
func FuzzEscaped(f *testing.F) {
	for _, s := range []string{"", "seven b", "\"", "eight by\"tes and a \\", "\x00\x1f\n\x7f\x80\xff é\u2028", "ééééééé\nÿÿÿÿ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := string(appendString(nil, s)); got != string(appendString(nil, []byte(s))) {
			t.Errorf("%q is %s as bytes", s, got)
		}
		var want strings.Builder
		for _, c := range []byte(s) {
			switch {
			case c == '"' || c == '\\':
				want.WriteString(`\` + string(rune(c)))
			case c == '\n':
				want.WriteString(`\n`)
			case c < ' ':
				fmt.Fprintf(&want, `\x%02x`, c)
			default:
				want.WriteByte(c)
			}
		}
		if got := string(appendString(nil, s)); got != `"`+want.String()+`"` {
			t.Errorf("%q is %s", s, got)
		}
	})
}
