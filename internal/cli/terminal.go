package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"sync"
	"time"

	"readout/internal/build"
	"readout/internal/diag"
)

// isTerminal reports whether somebody reads what is written to w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

// colours reports whether to colour what is written to w. https://no-color.org
func colours(w io.Writer) bool {
	if os.Getenv("NO_COLOR") != "" || !isTerminal(w) {
		return false
	}
	// The consoles of Windows that know colours say so.
	return runtime.GOOS != "windows" || os.Getenv("WT_SESSION") != "" || os.Getenv("TERM") != ""
}

const (
	red    = "\x1b[1;31m"
	yellow = "\x1b[1;33m"
	cyan   = "\x1b[1;36m"
	bold   = "\x1b[1m"
	plain  = "\x1b[0m"
)

var (
	headLine  = regexp.MustCompile(`^(\S.*?:\d+:\d+: )?(error|warning|notice)(\[[a-z0-9/-]+\]: )(.*)$`)
	caretLine = regexp.MustCompile(`^( +\| *)(\^+)$`)
)

// paint colours the lines of diagnostics.
func paint(line []byte) []byte {
	if m := headLine.FindSubmatch(line); m != nil {
		colour := map[string]string{"error": red, "warning": yellow, "notice": cyan}[string(m[2])]
		return fmt.Appendf(nil, "%s%s%s%s%s%s%s%s", bold, m[1], plain, colour, m[2], m[3], plain, m[4])
	}
	if m := caretLine.FindSubmatch(line); m != nil {
		return fmt.Appendf(nil, "%s%s%s%s", m[1], red, m[2], plain)
	}
	return line
}

// A painter colours what goes through it, line by line.
type painter struct {
	w    io.Writer
	rest []byte
}

func (p *painter) Write(data []byte) (int, error) {
	p.rest = append(p.rest, data...)
	end := bytes.LastIndexByte(p.rest, '\n') + 1
	var out []byte
	for line := range bytes.Lines(p.rest[:end]) {
		out = append(append(out, paint(line[:len(line)-1])...), '\n')
	}
	p.rest = append(p.rest[:0], p.rest[end:]...)
	_, err := p.w.Write(out)
	return len(data), err
}

// coloured returns w, or what colours diagnostics on their way to it.
func coloured(w io.Writer) io.Writer {
	if colours(w) {
		return &painter{w: w}
	}
	return w
}

// say writes diagnostics as text.
func say(w io.Writer, l diag.List) { l.WriteText(coloured(w)) }

// working says on a terminal how far the work of a build is, from its second
// second until the function that it returns is called.
func working(w io.Writer, opt *build.Options) (done func()) {
	if !isTerminal(w) {
		return func() {}
	}
	progress := &build.Progress{}
	opt.Progress = progress
	var (
		mu      sync.Mutex
		over    bool
		seconds int
		timer   *time.Timer
	)
	mu.Lock()
	defer mu.Unlock()
	timer = time.AfterFunc(time.Second, func() {
		mu.Lock()
		defer mu.Unlock()
		if over {
			return
		}
		seconds++
		fmt.Fprintf(w, "\r\x1b[K%s … %d s", progress, seconds)
		timer.Reset(time.Second)
	})
	return func() {
		mu.Lock()
		defer mu.Unlock()
		over = true
		opt.Progress = nil
		timer.Stop()
		if seconds > 0 {
			fmt.Fprint(w, "\r\x1b[K")
		}
	}
}
