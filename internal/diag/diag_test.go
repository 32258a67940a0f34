package diag

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

func TestPosition(t *testing.T) {
	f := NewFile("x.md", []byte("\uFEFFab\r\nсъ é\n\nlast"))
	tests := []struct{ offset, line, column int }{
		{0, 1, 1},
		{3, 1, 1},
		{4, 1, 2},
		{5, 1, 3},
		{7, 2, 1},
		{9, 2, 2},
		{12, 2, 4},
		{15, 3, 1},
		{16, 4, 1},
		{20, 4, 5},
		{-5, 1, 1},
		{99, 4, 5},
	}
	for _, tt := range tests {
		if p := f.Position(tt.offset); p.Line != tt.line || p.Column != tt.column {
			t.Errorf("offset %d is %d:%d, want %d:%d", tt.offset, p.Line, p.Column, tt.line, tt.column)
		}
	}
	for n, want := range []string{"", "ab", "съ é", "", "last", ""} {
		if got := f.Line(n); got != want {
			t.Errorf("line %d is %q, want %q", n, got, want)
		}
	}
	if empty := NewFile("e", nil); empty.Position(0) != (Position{1, 1}) || empty.Line(1) != "" {
		t.Error("an empty file has no first line")
	}
}

// A file whose data was given up shows the same, and one that is gone by then,
// or shorter, shows no line that it does not have.
func TestDrop(t *testing.T) {
	const data = "\uFEFFone\n\ttwo 漢字\n"
	show := func(f *File) string {
		var l List
		l.Errorf(f.Span(5, 6), "area/first", "a mistake")
		l.Errorf(f.Span(12, 18), "area/wide", "wide")
		var b bytes.Buffer
		l.WriteText(&b)
		l.WriteJSON(&b)
		return b.String() + f.Span(12, 18).Text()
	}
	want := show(NewFile("x.md", []byte(data)))
	f := NewFile("x.md", []byte(data))
	read := 0
	f.Drop(func() []byte { read++; return []byte(data) })
	if f.Data != nil {
		t.Error("the data is still held")
	}
	if got := show(f); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if read != 1 {
		t.Errorf("it was read %d times", read)
	}
	for _, now := range []string{"", "o", data[:13]} {
		f := NewFile("x.md", []byte(data))
		f.Drop(func() []byte { return []byte(now) })
		if got := show(f); !strings.Contains(got, "area/wide") {
			t.Errorf("with %q:\n%s", now, got)
		}
	}
}

func TestWriteText(t *testing.T) {
	data := "short\n\twide 漢字 here\n" + strings.Repeat("word ", 60) + "end\n"
	f := NewFile("a/x.md", []byte(data))
	var l List
	l.Errorf(f.Span(0, 5), "area/first", "a %s", "mistake").Note("line one\nline two")
	at := strings.Index(data, "漢字")
	l.Warnf(f.Span(at, at+len("漢字")), "area/wide", "wide")
	at = strings.Index(data, "end")
	l.Noticef(f.Span(at, at+3), "area/long", "far along a long line")
	l.Errorf(Span{}, "area/run", "about no file")
	f2 := NewFile("a/gone.md", nil)
	l.Errorf(f2.At(0), "area/empty", "a file of which only the name is known")
	var b bytes.Buffer
	if err := l.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	want := `a/x.md:1:1: error[area/first]: a mistake
    1 | short
      | ^^^^^
      = line one
        line two
a/x.md:2:7: warning[area/wide]: wide
    2 |  wide 漢字 here
      |       ^^^^
a/x.md:3:301: notice[area/long]: far along a long line
    3 | …` + strings.Repeat("word ", 20)[3:] + `end
      | ` + strings.Repeat(" ", 98) + `^^^
error[area/run]: about no file
a/gone.md:1:1: error[area/empty]: a file of which only the name is known
`
	if got := b.String(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestWriteJSON(t *testing.T) {
	f := NewFile("x.md", []byte("one\ntwo <b>\n"))
	var l List
	l.Errorf(f.Span(4, 7), "area/code", "a <message>").Note("note")
	l.Noticef(Span{}, "area/run", "about no file")
	var b bytes.Buffer
	if err := l.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	const want = `{"file":"x.md","line":2,"column":1,"severity":"error","code":"area/code","message":"a <message>","notes":["note"]}
{"file":"","line":0,"column":0,"severity":"notice","code":"area/run","message":"about no file","notes":[]}
`
	if b.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", b.String(), want)
	}
}

// The printed order does not depend on the order in which a list was filled.
func TestSort(t *testing.T) {
	a, b := NewFile("a.md", []byte("one\ntwo\n")), NewFile("b.md", []byte("one\n"))
	fill := []func(*List){
		func(l *List) { l.Errorf(b.At(0), "z/z", "last file") },
		func(l *List) { l.Warnf(a.At(0), "a/a", "graver first") },
		func(l *List) { l.Errorf(a.At(0), "b/b", "graver first") },
		func(l *List) { l.Errorf(a.At(4), "a/a", "by place") },
		func(l *List) { l.Errorf(a.At(4), "a/a", "by place") },
		func(l *List) { l.Errorf(Span{}, "a/a", "no file") },
	}
	var first string
	for shift := range fill {
		var l List
		for i := range fill {
			fill[(i+shift)%len(fill)](&l)
		}
		l.Sort()
		if len(l) != len(fill)-1 {
			t.Fatalf("%d diagnostics, want %d: the same one twice is one", len(l), len(fill)-1)
		}
		var out bytes.Buffer
		l.WriteText(&out)
		if first == "" {
			first = out.String()
		}
		if out.String() != first {
			t.Errorf("shifted by %d:\n%s\nwant:\n%s", shift, out.String(), first)
		}
	}
	if !strings.HasPrefix(first, "a.md:1:1: error[b/b]") || !strings.HasSuffix(first, "error[a/a]: no file\n") {
		t.Errorf("wrong order:\n%s", first)
	}
}

func TestSummary(t *testing.T) {
	f := NewFile("x", nil)
	var l List
	if got := l.Summary(); got != "no problems" || l.HasErrors() {
		t.Errorf("%q", got)
	}
	l.Warnf(f.At(0), "a/a", "w")
	l.Errorf(f.At(0), "a/a", "e")
	l.Errorf(f.At(0), "a/a", "e")
	if got := l.Summary(); got != "2 errors, 1 warning" || !l.HasErrors() {
		t.Errorf("%q", got)
	}
}

func TestNearest(t *testing.T) {
	words := []string{"holder", "hedge", "via", "stance", "status", "disputes", "Ada Berg", "type"}
	for word, want := range map[string]string{
		"holdr": "holder", "Stance": "stance", "tpye": "type", "stnace": "stance", "berg": "Ada Berg", "xyzzy": "", "": "", "v": "",
	} {
		if got := strings.Join(Nearest(word, words), " "); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
	var l List
	f := NewFile("x", nil)
	if n := l.Errorf(f.At(0), "a/a", "m").DidYouMean("holdr", words).Notes; len(n) != 1 || n[0] != "did you mean holder?" {
		t.Errorf("%q", n)
	}
	if n := l.Errorf(f.At(0), "a/a", "m").DidYouMean("xyzzy", words[:2]).Notes; len(n) != 1 || n[0] != "expected one of: holder, hedge" {
		t.Errorf("%q", n)
	}
}

// The bounds that spare most distances never lose a near word.
func FuzzCandidates(f *testing.F) {
	f.Add("holdr", "holder")
	f.Add("stnace", "stance")
	f.Add("Ärger", "arger")
	f.Fuzz(func(t *testing.T, word, candidate string) {
		low, lc := strings.ToLower(strings.TrimSpace(word)), strings.ToLower(candidate)
		n, m := utf8.RuneCountInString(low), utf8.RuneCountInString(lc)
		if n < 4 || n > 64 || m > 64 || !utf8.ValidString(low) || !utf8.ValidString(lc) {
			t.Skip()
		}
		limit := min(max(2, max(n, m)/3), mostEdits)
		want := levenshtein.ComputeDistance(low, lc) <= limit || strings.Contains(lc, low) || m >= 4 && strings.Contains(low, lc)
		if got := len(Nearest(word, []string{candidate})) > 0; got != want {
			t.Errorf("Nearest(%q, %q) = %v, want %v", word, candidate, got, want)
		}
	})
}

// Whatever the span, printing does not panic, and the carets stand under the
// excerpt.
func FuzzWriteText(f *testing.F) {
	f.Add("one\ntwo\tthree 漢字", 4, 9)
	f.Add("\uFEFFx\r\n", 0, 3)
	f.Add(strings.Repeat("é", 300), 200, 260)
	f.Fuzz(func(t *testing.T, data string, start, end int) {
		file := NewFile("x", []byte(data))
		start = min(max(start, 0), len(data))
		end = min(max(end, start), len(data))
		var l List
		l.Errorf(file.Span(start, end), "a/a", "m")
		var b bytes.Buffer
		if err := l.WriteText(&b); err != nil {
			t.Fatal(err)
		}
		if err := l.WriteJSON(&b); err != nil {
			t.Fatal(err)
		}
		checkLong(t, data, start)
	})
}

// checkLong holds that a place in a line that is long has the column, and the
// excerpt, that it has by counting the line from its beginning.
func checkLong(t *testing.T, data string, start int) {
	t.Helper()
	line := strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\uFEFF' {
			return '.'
		}
		return r
	}, strings.ToValidUTF8(data, "?"))
	for start = min(start, len(line)); start > 0 && start < len(line) && !utf8.RuneStart(line[start]); start-- {
	}
	line = "«" + strings.Repeat(line[:start], 40) + "<" + line[start:] + strings.Repeat(line, 40) + "»"
	start = 40*start + len("«")
	f := NewFile("x", []byte("a\n"+line+"\r\nb"))
	want := Position{2, utf8.RuneCountInString(line[:start]) + 1}
	if got := f.Position(2 + start); got != want {
		t.Errorf("%q at %d is %v, want %v", line, start, got, want)
	}
	text, mark := f.Span(2+start, 2+start+1).Excerpt()
	if strings.ContainsFunc(line, unicode.IsControl) {
		return
	}
	cut := strings.Trim(text, "…")
	if strings.HasPrefix(text, "…") == strings.HasPrefix(text, "«") || !strings.Contains(line, cut) || !strings.Contains(text, "<") {
		t.Errorf("the excerpt of %q at %d is %q, %q", line, start, text, mark)
	}
}

// BenchmarkLongLine prints mistakes of one line of a megabyte, as a note has
// into which a page was pasted.
func BenchmarkLongLine(b *testing.B) {
	line := bytes.Repeat([]byte("ein Wört [[x]] "), 1<<16)
	for b.Loop() {
		f := NewFile("x", line)
		var l List
		for i := 0; i < len(line); i += 1600 {
			l.Errorf(f.Span(i, i+3), "a/a", "m")
		}
		if err := l.WriteText(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
