package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// run runs a command with nothing on a terminal.
func run(ctx context.Context, stdin string, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = Run(ctx, args, strings.NewReader(stdin), &out, &errs, os.DirFS("../.."))
	return status, out.String(), errs.String()
}

// Whatever a line of a batch holds, it is one object, with the line in it.
func TestQuoteAnything(t *testing.T) {
	text := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(text, []byte("One plain sentence about the harbour.\n\nAnother \xff one.\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("a very long line ", 20_000)
	lines := []string{
		"One plain sentence", "\tOne\tplain\tsentence", `"One" plain \sentence\`, "{\"json\":1}", "-- --json", "\x00\x01\x1b[31m",
		"\xff\xfe\xfd", "<script>&amp;", long, "[", "...", "[...] [...]", "(((", "\u2028One plain", "ONE PLAIN SENTENCE",
	}
	status, stdout, stderr := run(t.Context(), strings.Join(lines, "\r\n"), "quote", "--json", "--text", text)
	if status != statusFailed || stderr != "" {
		t.Errorf("status %d, %q", status, stderr)
	}
	got := strings.Split(strings.TrimSuffix(stdout, "\n"), "\n")
	if len(got) != len(lines) {
		t.Fatalf("%d objects for %d lines", len(got), len(lines))
	}
	for i, line := range lines {
		var x map[string]any
		if err := json.Unmarshal([]byte(got[i]), &x); err != nil {
			t.Fatalf("%.40q: %v", line, err)
		}
		if want := strings.ToValidUTF8(strings.ReplaceAll(line, "\xff\xfe\xfd", "\uFFFD\uFFFD\uFFFD"), "\uFFFD"); x["quotation"] != want {
			t.Errorf("%.40q came back as %.40q", line, x["quotation"])
		}
		if len(x) != 9 {
			t.Errorf("%.40q: %d fields", line, len(x))
		}
		if _, ok := x["notes"].([]any); !ok {
			t.Errorf("%.40q: notes are %v", line, x["notes"])
		}
	}
	if status, _, _ := run(t.Context(), "One plain sentence", "quote", "--text", text); status != 0 {
		t.Errorf("a right quotation ends with %d", status)
	}
}

// lockedBuffer is written to by a server and read by a test.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// The whole of serve: the shipped templates, a save, a mistake, an end.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	content := filepath.Join(dir, "content")
	if err := os.CopyFS(content, os.DirFS("testdata/harbour/content")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var log lockedBuffer
	ended := make(chan int, 1)
	go func() {
		ended <- Run(ctx, []string{
			"serve", "--addr", "127.0.0.1:0", "--content", content, "--texts", "testdata/harbour/texts",
			"--templates", filepath.Join(dir, "templates"), "--static", filepath.Join(dir, "static"),
		}, nil, io.Discard, &log, os.DirFS("../.."))
	}()
	address := regexp.MustCompile(`Serving (http://127\.0\.0\.1:\d+/)`)
	url := ""
	await(t, "the address", &log, func() bool {
		if m := address.FindStringSubmatch(log.String()); m != nil {
			url = m[1]
		}
		return url != ""
	})
	page := func(path string) string {
		res, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		return string(body)
	}
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(page("sources/harbour-post.html"), "not for sale") {
		t.Error("the first build lacks the quotation")
	}
	write("content/pier.md", "---\ntitle: The pier\n---\nAn old pier.\n")
	await(t, "the new page", &log, func() bool { return strings.Contains(page("pier.html"), "An old pier.") })
	write("content/pier.md", "---\ntitle: The pier\n---\nAn old pier. [[nobody]]\n")
	await(t, "the mistake", &log, func() bool { return strings.Contains(page("_readout/problems"), "content/pier.md:4:14") })
	if !strings.Contains(page("pier.html"), "An old pier.") {
		t.Error("the last good page is gone")
	}
	write("content/pier.md", "---\ntitle: The pier\n---\nA new pier.\n")
	await(t, "the mended page", &log, func() bool {
		return strings.Contains(page("pier.html"), "A new pier.") && page("_readout/problems") == ""
	})
	// Folders that were not there at first.
	write("static/note.txt", "a static file")
	await(t, "the static file", &log, func() bool { return page("note.txt") == "a static file" })
	write("templates/404.html", "nothing at all")
	await(t, "the template", &log, func() bool { return strings.Contains(page("nowhere"), "nothing at all") })
	cancel()
	select {
	case status := <-ended:
		if status != 0 {
			t.Errorf("serve ends with %d:\n%s", status, log.String())
		}
	case <-time.After(5 * time.Second):
		t.Fatal("serve does not end")
	}
}

// With --open the system's opener gets the address that is printed, which is
// the next free one where a port is taken.
func TestServeOpens(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the opener of Windows is no program that a test can put its own for")
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir := t.TempDir()
	opened := filepath.Join(dir, "opened")
	for _, name := range []string{"xdg-open", "open"} {
		script := fmt.Sprintf("#!/bin/sh\necho \"$#\" \"$1\" > '%s.new' && mv '%s.new' '%s'\n", opened, opened, opened)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
	ctx, cancel := context.WithCancel(t.Context())
	var log lockedBuffer
	ended := make(chan int, 1)
	go func() {
		ended <- Run(ctx, []string{
			"serve", "--open", "--addr", taken.Addr().String(), "--content", "testdata/harbour/content", "--texts", "testdata/harbour/texts",
			"--templates", filepath.Join(dir, "templates"), "--static", filepath.Join(dir, "static"),
		}, nil, io.Discard, &log, os.DirFS("../.."))
	}()
	got := ""
	await(t, "the opener", &log, func() bool {
		data, _ := os.ReadFile(opened)
		got = strings.TrimSpace(string(data))
		return got != ""
	})
	url, one := strings.CutPrefix(got, "1 ")
	if !one || !strings.Contains(log.String(), "Serving "+url+" ") || strings.Contains(url, taken.Addr().String()+"/") {
		t.Errorf("opened %q; the log:\n%s", got, log.String())
	}
	if res, err := http.Get(url); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("%s: %v, %v", url, res, err)
	} else {
		res.Body.Close()
	}
	cancel()
	if status := <-ended; status != 0 {
		t.Errorf("serve ends with %d:\n%s", status, log.String())
	}
}

func await(t *testing.T, what string, log *lockedBuffer, done func() bool) {
	t.Helper()
	for range 1000 {
		if done() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("waited in vain for %s:\n%s", what, log.String())
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out := filepath.Join(t.TempDir(), "out")
	status, stdout, stderr := run(ctx, "", "build", "--content", "testdata/harbour/content", "--out", out)
	if status != statusInterrupted || stdout != "" || stderr != "readout: interrupted\n" {
		t.Errorf("status %d, %q, %q", status, stdout, stderr)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("an interrupted build wrote something")
	}
}

func TestFlagsFirst(t *testing.T) {
	text := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(text, []byte("-x --json -- one two three"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args []string
		want []string // the quotations
	}{
		{[]string{"--text", text, "a", "--json", "b"}, []string{"a", "b"}},
		{[]string{"a", "b", "--json", "--text", text}, []string{"a", "b"}},
		{[]string{"a", "--json", "--text=" + text, "--", "-x", "--", "--json"}, []string{"a", "-x", "--", "--json"}},
		{[]string{"--text", text, "--json", "-", ""}, []string{"-", ""}},
		{[]string{"--text", text, "--repair", "-=+", "--json", "a,b"}, []string{"a,b"}},
	} {
		_, stdout, stderr := run(t.Context(), "", append([]string{"quote"}, tt.args...)...)
		var got []string
		for line := range strings.Lines(stdout) {
			var x struct{ Quotation string }
			if err := json.Unmarshal([]byte(line), &x); err != nil {
				t.Fatal(err)
			}
			got = append(got, x.Quotation)
		}
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", tt.want) {
			t.Errorf("%q: %q %s", tt.args, got, stderr)
		}
	}
}

func TestPaint(t *testing.T) {
	var b bytes.Buffer
	p := &painter{w: &b}
	for _, part := range []string{"a/b.md:1:2: err", "or[x/y]: a message\n    1 | x: error[x/y]: y\n      |    ^^\n", "      = a note\n", "notice[a/b]: n\n"} {
		io.WriteString(p, part)
	}
	want := "\x1b[1ma/b.md:1:2: \x1b[0m\x1b[1;31merror[x/y]: \x1b[0ma message\n" +
		"    1 | x: error[x/y]: y\n      |    \x1b[1;31m^^\x1b[0m\n      = a note\n" +
		"\x1b[1m\x1b[0m\x1b[1;36mnotice[a/b]: \x1b[0mn\n"
	if b.String() != want {
		t.Errorf("got\n%q\nwant\n%q", b.String(), want)
	}
}

func TestWithin(t *testing.T) {
	for _, tt := range []struct {
		folder, other string
		want          bool
	}{
		{"content/build", "content", true},
		{"content", "content", true},
		{"content-build", "content", false},
		{"build", "content", false},
		{".", "content", false},
		{"content/../build", "content", false},
	} {
		if got := within(tt.folder, tt.other); got != tt.want {
			t.Errorf("within(%q, %q) = %v", tt.folder, tt.other, got)
		}
	}
}

func BenchmarkQuote(b *testing.B) {
	text := filepath.Join(b.TempDir(), "a.txt")
	var article, lines strings.Builder
	for i := range 120 {
		fmt.Fprintf(&article, "Paragraph %d says that the night ferry of pier %d is late, and that nobody knows when it will come.\n\n", i, i*7)
		fmt.Fprintf(&lines, "the night ferry of pier %d is late\nthe night ferry of pier %d is never late\n", i*7, i*7)
	}
	os.WriteFile(text, []byte(article.String()), 0o666)
	for b.Loop() {
		run(b.Context(), lines.String(), "quote", "--json", "--text", text)
	}
}
