package quote

import (
	"bytes"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"
)

// article returns invented prose of n words, and passages from it.
func article(seed, n int) (text []byte, passages []string) {
	words := strings.Fields(`the ministers said that a second round of talks would follow in the spring and that both sides had agreed
		not to publish the draft before it was signed while officials from three other countries who attended as observers described
		the long-standing dispute over water rights as "closer to being settled" than at any time since 1994`)
	var b bytes.Buffer
	next := uint32(seed)*2654435761 + 12345
	for i := range n {
		next = next*1664525 + 1013904223
		w := words[next>>16%uint32(len(words))]
		switch {
		case i%97 == 96:
			fmt.Fprintf(&b, "%s.\n", w)
		case i%31 == 30:
			fmt.Fprintf(&b, "%s -- ", w)
		case i%23 == 22:
			fmt.Fprintf(&b, "%s, ", w)
		case i%41 == 40:
			fmt.Fprintf(&b, "minister’s %d ", next>>20)
		default:
			fmt.Fprintf(&b, "%s ", w)
		}
	}
	text = b.Bytes()
	fields := strings.Fields(b.String())
	for i := range 4 {
		from := 100 + i*180
		passages = append(passages, strings.Join(fields[from:from+18], " "))
	}
	return text, passages
}

// BenchmarkProve10k proves 10,000 quotations against 2,500 sources of 900
// words, folding included. cpu-ms is the time on all cores together.
func BenchmarkProve10k(b *testing.B) {
	const sources = 2500
	texts, quotations := make([][]byte, sources), make([][]string, sources)
	size := 0
	for i := range sources {
		texts[i], quotations[i] = article(i, 900)
		size += len(texts[i])
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	before := cpu()
	for b.Loop() {
		for i, raw := range texts {
			t := NewText(raw, nil)
			for _, q := range quotations[i] {
				if r := t.Find(q, Options{}); !r.Kind.Proved() {
					b.Fatalf("source %d: %q is %s", i, q, r.Kind)
				}
			}
		}
	}
	b.ReportMetric(float64((cpu()-before).Milliseconds())/float64(b.N), "cpu-ms/op")
}

func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkFold(b *testing.B) {
	ascii, _ := article(1, 900)
	ascii = bytes.ReplaceAll(ascii, []byte("’"), []byte("'"))
	for _, c := range []struct {
		name string
		text []byte
	}{
		{"ascii", ascii},
		{"curly", bytes.ReplaceAll(ascii, []byte(`"`), []byte("“"))},
		{"cyrillic", bytes.Repeat([]byte("Міністри заявили, що другий раунд переговорів відбудеться навесні. "), 80)},
		{"chinese", bytes.Repeat([]byte("部长们表示，第二轮会谈将于春季举行。"), 80)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				fold(c.text, false)
			}
		})
	}
}

func BenchmarkAbsent(b *testing.B) {
	text, passages := article(1, 900)
	q := strings.Replace(passages[0], " the ", " not the ", 1) + " never"
	for b.Loop() {
		NewText(text, nil).Find(q, Options{})
	}
}

// BenchmarkLength shows that finding what is there is linear in the text.
func BenchmarkLength(b *testing.B) {
	for _, words := range []int{1000, 10_000, 100_000} {
		text, _ := article(3, words)
		q := strings.Join(strings.Fields(string(text))[words-100:words-80], " ")
		b.Run(fmt.Sprint(words), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if r := NewText(text, nil).Find(q, Options{}); !r.Kind.Proved() {
					b.Fatal(r.Kind)
				}
			}
		})
	}
}
