package record

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

func flat(text string) *yaml.Node { return new(flatReader).read(text) }

// showNode shows what this package looks at in a node.
func showNode(n *yaml.Node) string {
	var b strings.Builder
	var show func(n *yaml.Node, depth int)
	show = func(n *yaml.Node, depth int) {
		fmt.Fprintf(&b, "%*s%d %q %d:%d %d\n", 2*depth, "", n.Kind, n.Value, n.Line, n.Column, n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle))
		for _, c := range n.Content {
			show(c, depth+1)
		}
	}
	show(n, 0)
	return b.String()
}

// compareFlat holds what flat made of a text against what the library does.
func compareFlat(t *testing.T, text string) (read bool) {
	t.Helper()
	got := flat(text)
	if got == nil {
		return false
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%q is no YAML: %v, but was read as\n%s", text, err, showNode(got))
	}
	if got, want := showNode(got), showNode(doc.Content[0]); got != want {
		t.Fatalf("%q is\n%swant\n%s", text, got, want)
	}
	return true
}

// What is plainly flat is read here, and as the library reads it.
func TestFlat(t *testing.T) {
	for _, text := range []string{
		"a: b\n", "a: b", "a:\nb:   \nc: x\n", "# é\na: [x, y z,  \"q\"]\n\nb: 'x'  \n",
		"name: Ada Lind\ntype: person\naliases: [Lind, the  harbour’s captain]\nrepresents: \"[[ferry]]\"\n",
		"title: Über: die Fähre\nurl: https://example.org/a?b=1&c=2#d\npublished: 2026-01-20?\n"[len("title: Über: die Fähre\n"):],
		"order: 1\ndraft: yes\nx: 1e3\ny: 0x1F\nz: null\nw: true\n", "a: (x) [y] {z}, d & e * f\n",
		"a: []\n", "a: [ x , 'y' ]\n", "a: x#y\nb: x:y\n", "a: b\n  \nc: d", "a: x\n# c\nb: y\n",
		"a: \"\"\nb: ' x '\n", "a-b: /x\nc_d: é\n", "a: \U0001F600 \uFFFD\n", strings.Repeat("k", 100) + ": v\n",
	} {
		if !compareFlat(t, text) {
			t.Errorf("%q is left to the library", text)
		}
	}
}

// What is not plainly flat is left to the library.
func TestNotFlat(t *testing.T) {
	for _, text := range []string{
		"", "\n", "# only\n", "a: b: c\n", "a: b #c\n", "a: b:\n", "a:b\n", "a : b\n", "\"a\": b\n", "a: b\n c\n", "a:\n- b\n", "a: - b\n",
		"a: [[b]]\n", "a: [b\n", "a: [b,]\n", "a: [b: c]\n", "a: [b] c\n", "a: {b: c}\n", "a: \"b\\n\"\n", "a: \"b\" c\n", "a: 'b''c'\n", "a: \"b\n",
		"a: |\n  b\n", "a: >\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: %b\n", "a: @b\n", "a: `b\n", "a: ?b\n", "a: \tb\n", "a: b\tc\n", "a: b\r\n",
		"a: b\u2028c\n", "a: b\u0085c\n", "a: b\uFEFF\n", "a: b\xff\n", "a: b\x01\n", "a: 1\na: 2\n", "--- a\n", "...\n", "a\n", "a: b\n]\n",
		strings.Repeat("k", 101) + ": v\n", "# \x01\na: b\n", "\ta: b\n", "a: \"b\"'c'\n",
	} {
		if n := flat(text); n != nil {
			t.Errorf("%q is read as\n%s", text, showNode(n))
		}
	}
}

// Lines of pieces that mean something to YAML, put together at random, are
// read as the library reads them or left to it.
func TestFlatAtRandom(t *testing.T) {
	pieces := strings.Split("a|b c|é|’|0|12|yes|~|<<|.|/|(|)|: |:| #|#|\"|'|[|]|[[|]]|, |,|-|- |? |?|&x |*x|!t |{|}|>|%|@|`|=|+| |  |\\\\|\u00a0|\u2019|2026-01-20|1e3|k: |...|---", "|")
	rng := rand.New(rand.NewPCG(1, 2))
	read, n := 0, 100_000
	if testing.Short() {
		n = 10_000
	}
	for range n {
		var b strings.Builder
		for range 1 + rng.IntN(3) {
			b.WriteString([]string{"k: ", "a-b: ", "x:", "k: [", "# ", ""}[rng.IntN(6)])
			for range rng.IntN(5) {
				b.WriteString(pieces[rng.IntN(len(pieces))])
			}
			b.WriteString([]string{"\n", "]\n", "\n\n"}[rng.IntN(3)])
		}
		if compareFlat(t, b.String()) {
			read++
		}
	}
	if read < n/50 {
		t.Errorf("only %d of %d texts were read: too few to prove much", read, n)
	}
}

func FuzzFlat(f *testing.F) {
	for _, s := range []string{
		"a: b\n# c\nd: [e, 'f', \"g\"]\nh: \"i\"\nj:\n", "a: 2026-01-20?\nb: [x y, z]\n", "a: b: c\n", "é: ü\n", "a: [ 1 , 2 ]\n\nb: ~\n",
		"a: <<\n<<: b\n", "a: (b)\nc: /d\n", "a: b#c, [d]\n", "a: é “b” – c\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 1000 {
			compareFlat(t, text)
		}
	})
}
