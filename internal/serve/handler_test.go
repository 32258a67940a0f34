package serve

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"readout/internal/build"
	"readout/internal/diag"
	"readout/internal/output"
)

func TestErrorKeepsLastGood(t *testing.T) {
	s := start(t, map[string]string{"index.html": "<title>T</title><body>good</body>", "a.html": "a"})
	st := s.listen("/")
	if first := st.next(); first.Problems != "" || first.Page == "" {
		t.Fatalf("at first: %+v", first)
	}
	s.write("a.html", "one BROKEN <b>")
	bad := st.next()
	if bad.Problems == "" {
		t.Fatalf("after a mistake: %+v", bad)
	}
	if _, body := s.get("/"); !strings.Contains(body, "good") {
		t.Errorf("the last good page is gone: %q", body)
	}
	if _, body := s.get("/a.html"); !strings.HasPrefix(body, "a<link") {
		t.Errorf("the last good page is gone: %q", body)
	}
	_, problems := s.get("/_readout/problems")
	for _, want := range []string{"a.html:1:5", "this is &lt;broken&gt;", "one BROKEN &lt;b&gt;", "    ^^^^^^", "<li>mend it</li>", "1 error"} {
		if !strings.Contains(problems, want) {
			t.Errorf("the problems do not say %q:\n%s", want, problems)
		}
	}
	s.write("a.html", "mended")
	good := st.next()
	if good.Problems != "" || len(good.Changed) != 1 || good.Changed[0].Path != "a.html" {
		t.Errorf("after it was mended: %+v", good)
	}
	if !strings.Contains(s.logged(), "a.html:1:5: error[test/broken]: this is <broken>") {
		t.Errorf("the terminal does not say it:\n%s", s.logged())
	}
}

func TestErrorAtFirst(t *testing.T) {
	s := start(t, map[string]string{"index.html": "BROKEN"})
	status, body := s.get("/any/page.html")
	if status != http.StatusServiceUnavailable || !strings.Contains(body, "this is &lt;broken&gt;") || !strings.Contains(body, "live.js") {
		t.Fatalf("%d %s", status, body)
	}
	st := s.listen("/")
	if x := st.next(); x.Page != "" || x.Problems == "" {
		t.Fatalf("%+v", x)
	}
	s.write("index.html", "mended")
	if x := st.next(); x.Page == "" || x.Problems != "" {
		t.Errorf("%+v", x)
	}
	s.becomes("/", "mended")
}

// An editor may empty a file before it fills it again: a mistake that is gone
// with the next burst is never shown.
func TestFileSavedHalfWay(t *testing.T) {
	bad, good := &build.Result{}, &build.Result{Files: []output.File{{Path: "index.html"}}}
	bad.Diags.Errorf(diag.Span{}, "test/broken", "half a file")
	results := []*build.Result{good, bad, good, bad}
	s := &server{hub: newHub(), Options: Options{
		Log: io.Discard,
		Build: func(context.Context, Change) (*build.Result, error) {
			r := results[0]
			results = results[1:]
			return r, nil
		},
	}}
	s.now.Store(&snapshot{})
	bursts := make(chan burst, 1)
	s.rebuild(t.Context(), burst{}, bursts)
	first := s.now.Load()
	bursts <- burst{count: 1}
	s.rebuild(t.Context(), burst{count: 1}, bursts)
	if s.now.Load().number != first.number || len(results) != 1 {
		t.Errorf("after a passing mistake: %+v, %d builds left", s.now.Load(), len(results))
	}
	s.rebuild(t.Context(), burst{count: 1}, bursts)
	if now := s.now.Load(); now.problems == "" || now.files["index.html"] != first.files["index.html"] {
		t.Errorf("after a lasting mistake: %+v", now)
	}
}

func TestEvents(t *testing.T) {
	s := start(t, map[string]string{
		"index.html":    `<body><script src="site.js"></script></body>`,
		"a/b.html":      `<title>B &amp; C</title><body><img src="../pic.svg"></body>`,
		"a/plain.html":  "plain",
		"site.js":       "1",
		"pic.svg":       "1",
		"style.css":     "1",
		"data/all.json": "1",
		"404.html":      "not found",
	})
	home, b, none := s.listen("/"), s.listen("/a/b.html"), s.listen("/no/such.html")
	h0, b0, n0 := home.next(), b.next(), none.next()

	s.write("a/b.html", `<title>B &amp; C</title><body><img src="../pic.svg">more</body>`)
	h1, b1, n1 := home.next(), b.next(), none.next()
	if b1.Page == b0.Page || b1.Style != b0.Style || b1.Parts != b0.Parts {
		t.Errorf("the page that changed: %+v, then %+v", b0, b1)
	}
	if h1.Page != h0.Page || n1.Page != n0.Page || h1.Build == h0.Build {
		t.Errorf("another page: %+v, then %+v", h0, h1)
	}
	if want := (page{"a/b.html", "B & C"}); len(h1.Changed) != 1 || h1.Changed[0] != want || h1.More != 0 {
		t.Errorf("what changed: %+v", h1)
	}

	s.write("style.css", "2")
	if h2 := home.next(); h2.Style == h1.Style || h2.Page != h1.Page || h2.Parts != h1.Parts || len(h2.Changed) != 0 {
		t.Errorf("a style: %+v, then %+v", h1, h2)
	}
	b.next()
	s.write("pic.svg", "2")
	if b2, h3 := b.next(), home.next(); b2.Parts == b1.Parts || h3.Parts != h1.Parts {
		t.Errorf("a picture: %+v, %+v", b2, h3)
	}
	s.write("data/all.json", "2")
	h4 := home.next()
	b.next()
	s.write("site.js", "2")
	if h5 := home.next(); h5.Parts == h4.Parts {
		t.Errorf("a script: %+v, then %+v", h4, h5)
	}
	// The page that was not there, and comes.
	for len(none.states) > 0 {
		none.next()
	}
	s.write("no/such.html", "here")
	for none.next().Page == n0.Page {
	}
	// A stream that is opened late says what is so now.
	if late := s.listen("/a/b.html").next(); late.Page != b1.Page {
		t.Errorf("late: %+v", late)
	}
}

func TestLikeliestFirst(t *testing.T) {
	pages := []page{{"actors.html", ""}, {"actors/a.html", ""}, {"actors/b.html", ""}}
	likeliest(pages, []string{"content/actors/b.md"})
	if fmt.Sprint(pages) != "[{actors/b.html } {actors.html } {actors/a.html }]" {
		t.Error(pages)
	}
}

func TestAnswers(t *testing.T) {
	s := start(t, map[string]string{
		"index.html": "<body>home</BODY></body>", "a.html": "page a", "sub/index.html": "sub", "404.html": "<body>nothing here</body>",
		"x y.html": "space", "data/meetings.ics": "i", "data/sources.bib": "b", "data/annotations.jsonld": "j",
		"data/claims.csv": "c", "site.webmanifest": "w", "feed.xml": "f", "blob": "?", "empty.txt": "",
	})
	for _, tt := range []struct {
		path   string
		status int
		kind   string
		body   string
	}{
		{"/", 200, "text/html; charset=utf-8", "<body>home</BODY><link rel"},
		{"/index.html", 200, "text/html; charset=utf-8", "home"},
		{"/a", 200, "text/html; charset=utf-8", "page a<link"},
		{"/a.html?q=1", 200, "text/html; charset=utf-8", "page a"},
		{"/sub/", 200, "text/html; charset=utf-8", "sub"},
		{"/x%20y.html", 200, "text/html; charset=utf-8", "space"},
		{"/none", 404, "text/html; charset=utf-8", "nothing here<link"},
		{"/a.html/", 404, "text/html; charset=utf-8", "nothing here"},
		{"/../../etc/passwd", 404, "text/html; charset=utf-8", "nothing here"},
		{"/data/meetings.ics", 200, "text/calendar; charset=utf-8", "i"},
		{"/data/sources.bib", 200, "application/x-bibtex; charset=utf-8", "b"},
		{"/data/annotations.jsonld", 200, "application/ld+json", "j"},
		{"/data/claims.csv", 200, "text/csv; charset=utf-8", "c"},
		{"/site.webmanifest", 200, "application/manifest+json", "w"},
		{"/feed.xml", 200, "application/xml", "f"},
		{"/blob", 200, "application/octet-stream", "?"},
		{"/empty.txt", 200, "text/plain; charset=utf-8", ""},
		{"/_readout/live.js", 200, "text/javascript; charset=utf-8", "EventSource"},
		{"/_readout/live.css", 200, "text/css; charset=utf-8", ".over"},
		{"/_readout/else", 404, "text/plain; charset=utf-8", ""},
	} {
		res := request(t, s, "GET", tt.path, "")
		body, _ := io.ReadAll(res.Body)
		if res.StatusCode != tt.status || res.Header.Get("Content-Type") != tt.kind || !strings.Contains(string(body), tt.body) {
			t.Errorf("%s: %d %s %q", tt.path, res.StatusCode, res.Header.Get("Content-Type"), body)
		}
		tag := res.Header.Get("ETag")
		if tt.status != 200 {
			continue
		}
		again := request(t, s, "GET", tt.path, tag)
		if tag == "" || again.StatusCode != http.StatusNotModified {
			t.Errorf("%s: ETag %s, asked again: %d", tt.path, tag, again.StatusCode)
		}
		head := request(t, s, "HEAD", tt.path, "")
		if n, _ := io.Copy(io.Discard, head.Body); n != 0 || head.StatusCode != 200 {
			t.Errorf("HEAD %s: %d, %d bytes", tt.path, head.StatusCode, n)
		}
	}
	if res := request(t, s, "POST", "/", ""); res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d", res.StatusCode)
	}
}

// request asks without cleaning the path, which http.Get would.
func request(t *testing.T, s *site, method, path, etag string) *http.Response {
	t.Helper()
	req, err := http.NewRequest(method, s.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.URL.Opaque = path
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	return res
}

func TestHosts(t *testing.T) {
	s := start(t, map[string]string{"index.html": "home"})
	for host, want := range map[string]int{
		"localhost": 200, "LOCALHOST:1313": 200, "127.0.0.1": 200, "127.0.0.1:9": 200, "[::1]:1313": 200, "[::1]": 200,
		"evil.example": 403, "evil.example:1313": 403, "127.0.0.1.evil.example": 403, "localhost.evil.example": 403,
		"192.168.1.2": 403, "": 400,
	} {
		conn, err := net.Dial("tcp", strings.TrimSuffix(strings.TrimPrefix(s.url, "http://"), "/"))
		if err != nil {
			t.Fatal(err)
		}
		hostLine := "Host: " + host + "\r\n"
		if host == "" {
			hostLine = ""
		}
		fmt.Fprintf(conn, "GET / HTTP/1.1\r\n%sConnection: close\r\n\r\n", hostLine)
		reply, _ := io.ReadAll(conn)
		conn.Close()
		if !strings.HasPrefix(string(reply), fmt.Sprintf("HTTP/1.1 %d ", want)) {
			t.Errorf("Host %q: %.40q, want %d", host, reply, want)
		}
		if want == 403 && strings.Contains(string(reply), "home") {
			t.Errorf("Host %q was shown the page", host)
		}
	}
}

func TestNamesOfAnAddress(t *testing.T) {
	for _, tt := range []struct {
		host, bound, url string
		yes, no          string
	}{
		{"127.0.0.1", "127.0.0.1:1313", "http://127.0.0.1:1313/", "localhost:1313", "10.0.0.1"},
		{"0.0.0.0", "0.0.0.0:80", "http://127.0.0.1:80/", "10.0.0.1:80", "other.example"},
		{"Desk.Example", "10.0.0.7:80", "http://Desk.Example:80/", "desk.example:80", "other.example"},
		{"::1", "[::1]:1313", "http://[::1]:1313/", "[::1]:1313", "[2001:db8::1]:1313"},
	} {
		bound, err := net.ResolveTCPAddr("tcp", tt.bound)
		if err != nil {
			t.Fatal(err)
		}
		a := addressOf(tt.host, bound)
		if a.url != tt.url || !a.answers(tt.yes) || a.answers(tt.no) {
			t.Errorf("%s: %+v, answers to %s: %v, to %s: %v", tt.host, a, tt.yes, a.answers(tt.yes), tt.no, a.answers(tt.no))
		}
	}
}

func TestListen(t *testing.T) {
	first, at, err := listen(t.Context(), ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	port := first.Addr().(*net.TCPAddr).Port
	if at.open || at.host != "127.0.0.1" {
		t.Errorf("an address without a host: %+v", at)
	}
	second, _, err := listen(t.Context(), fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Fatalf("a port that is taken: %v", err)
	}
	defer second.Close()
	if got := second.Addr().(*net.TCPAddr).Port; got <= port {
		t.Errorf("port %d after %d", got, port)
	}
	for _, bad := range []string{"", "host", "127.0.0.1:x", "127.0.0.1:70000", "a:b:c"} {
		if ln, _, err := listen(t.Context(), bad); err == nil {
			ln.Close()
			t.Errorf("listens at %q", bad)
		}
	}
}

func TestStop(t *testing.T) {
	s := start(t, map[string]string{"index.html": "home"})
	st := s.listen("/")
	st.next()
	began := time.Now()
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > 500*time.Millisecond {
		t.Errorf("stopping took %s with a stream open", took)
	}
	if _, ok := <-st.states; ok {
		t.Error("the stream goes on")
	}
	if _, err := http.Get(s.url); err == nil {
		t.Error("it still answers")
	}
}

// No response is made of two builds: a page's mark is always that of its bytes.
func TestNoMixture(t *testing.T) {
	s := start(t, map[string]string{"index.html": "<body>0</body>"})
	stop := make(chan bool)
	go func() {
		defer close(stop)
		for i := range 40 {
			s.write("index.html", fmt.Sprintf("<body>%d</body>", i))
			time.Sleep(8 * time.Millisecond)
		}
	}()
	for {
		select {
		case <-stop:
			return
		default:
		}
		_, body := s.get("/")
		before, rest, _ := strings.Cut(body, "<link")
		_, mark, _ := strings.Cut(rest, `data-page="`)
		mark, _, _ = strings.Cut(mark, `"`)
		if want := hash([]byte(before + "</body>")); mark != want {
			t.Fatalf("%s has the mark %s, not %s", body, mark, want)
		}
	}
}

// BenchmarkSave measures from the end of a save to the event that tells a
// browser of it.
func BenchmarkSave(b *testing.B) {
	t := &testing.T{}
	s := &site{t: t, dir: b.TempDir()}
	s.write("index.html", "home")
	s.run(Options{Addr: "127.0.0.1:0", Watch: []string{s.dir}})
	defer s.stop()
	st := s.listen("/")
	st.next()
	n := 0
	for b.Loop() {
		n++
		s.write("index.html", fmt.Sprint("home ", n))
		st.next()
	}
}
