package serve

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"
)

//go:embed live.js
var liveScript []byte

//go:embed workbench.js
var benchScript []byte

//go:embed live.css
var liveStyle []byte

// own is where the server's own files are. No page of a site begins like it:
// ids have no underscore.
const own = "/_readout/"

// ServeHTTP answers one request, from the snapshot of the moment it came in.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	// Always asked for, never sent again unless it changed: see the ETag.
	h.Set("Cache-Control", "no-cache")
	if !s.at.answers(r.Host) {
		http.Error(w, "this server does not go by the name "+r.Host+"; open "+s.at.url, http.StatusForbidden)
		return
	}
	if r.Method == http.MethodPost && r.URL.Path == own+"claims" {
		s.answerClaim(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD are answered", http.StatusMethodNotAllowed)
		return
	}
	name, isOwn := strings.CutPrefix(r.URL.Path, own)
	if isOwn && name == "events" {
		s.events(w, r)
		return
	}
	now, release := s.hold()
	defer release()
	switch {
	case isOwn && name == "live.js":
		send(w, r, "live.js", hash(liveScript), liveScript)
	case isOwn && name == "live.css":
		send(w, r, "live.css", hash(liveStyle), liveStyle)
	case isOwn && name == "page.css":
		data := now.pageStyle()
		send(w, r, name, hash(data), data)
	case isOwn && name == "problems":
		data := []byte(now.problems)
		send(w, r, "problems.html", hash(data), data)
	case isOwn && name == "workbench.js":
		send(w, r, name, hash(benchScript), benchScript)
	case isOwn:
		if !s.answerDesk(w, r, now.desk, name) {
			http.NotFound(w, r)
		}
	case now.files == nil:
		h.Set("Content-Type", typeOf(".html"))
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintf(w, noSite, now.problems, tag("", "", "", hash([]byte(now.problems))))
	default:
		now.serve(w, r)
	}
}

// noSite is the page as long as no build was good.
const noSite = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>No site yet</title><link rel="stylesheet" href="` + own + `live.css"></head>
<body class="problems">%s%s</body></html>
`

func (s *snapshot) serve(w http.ResponseWriter, r *http.Request) {
	name, f := s.find(r.URL.Path)
	status := http.StatusOK
	if f == nil {
		status = http.StatusNotFound
		name, f = notFound, s.file(notFound)
	}
	if f == nil {
		http.NotFound(w, r)
		return
	}
	data, etag := f.bytes(), f.hash()
	if path.Ext(name) == ".html" {
		page, style, parts := s.marks(name, f)
		more := `<link rel="stylesheet" href="` + own + `page.css">`
		if s.drafts[name] {
			more += draftBar
		}
		if src := s.desk.at(name); src != nil {
			more += fmt.Sprintf(`<script src="%sworkbench.js" data-source="%s" defer></script>`, own, src.ID)
		}
		data, etag = inject(data, more+tag(page, style, parts, "")), page+"-"+style+"-"+parts
	}
	if status == http.StatusNotFound {
		w.Header().Set("Content-Type", typeOf(name))
		w.WriteHeader(status)
		if r.Method == http.MethodGet {
			w.Write(data)
		}
		return
	}
	send(w, r, name, etag, data)
}

// send answers with a file, or says that the browser has it.
func send(w http.ResponseWriter, r *http.Request, name, etag string, data []byte) {
	w.Header().Set("Content-Type", typeOf(name))
	w.Header().Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// tag returns the element that brings live.js into a page, and tells it what
// the page was made of. A page that is nothing but problems has those.
func tag(page, style, parts, problems string) string {
	return fmt.Sprintf(`<script src="%slive.js" data-page="%s" data-style="%s" data-parts="%s" data-problems="%s"></script>`,
		own, page, style, parts, problems)
}

// inject puts a tag at the end of a page's body. There the page is whole when
// the script runs, and no script that the page defers has run yet.
func inject(data []byte, tag string) []byte {
	at := bytes.LastIndex(data, []byte("</body>"))
	if at < 0 {
		at = len(data)
	}
	out := make([]byte, 0, len(data)+len(tag))
	out = append(out, data[:at]...)
	out = append(out, tag...)
	return append(out, data[at:]...)
}

// heartbeat is how often a stream is written to with nothing to say, to find
// out whether anybody listens still.
const heartbeat = 15 * time.Second

// events streams the state of the page that is named by the query.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	page, err := url.PathUnescape(r.URL.Query().Get("page"))
	if err != nil {
		http.Error(w, "the page is not a path", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	control := http.NewResponseController(w)
	// Joined before the state is looked up: a change between the two wakes it.
	wake := s.hub.join()
	defer s.hub.leave(wake)
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	line := "retry: 300\n\n"
	last := ""
	for {
		now, release := s.hold()
		st := now.state(page)
		release()
		st.Follow = s.Follow
		msg, err := json.Marshal(st)
		if err != nil {
			return
		}
		if string(msg) != last {
			last = string(msg)
			line += "data: " + last + "\n\n"
		}
		// A browser that does not read is given up, not waited for.
		control.SetWriteDeadline(time.Now().Add(10 * time.Second))
		if _, err := w.Write([]byte(line)); err != nil || control.Flush() != nil {
			return
		}
		line = ""
		select {
		case <-s.hub.closed:
			return
		case <-r.Context().Done():
			return
		case <-wake:
		case <-tick.C:
			line = ":\n\n"
		}
	}
}

// types are those of the files that a site is made of. The list is not the
// machine's, which differs from one to the next.
var types = map[string]string{
	".avif":        "image/avif",
	".bib":         "application/x-bibtex; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".csv":         "text/csv; charset=utf-8",
	".gif":         "image/gif",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/x-icon",
	".ics":         "text/calendar; charset=utf-8",
	".jpeg":        "image/jpeg",
	".jpg":         "image/jpeg",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".jsonld":      "application/ld+json",
	".map":         "application/json",
	".md":          "text/markdown; charset=utf-8",
	".mjs":         "text/javascript; charset=utf-8",
	".pdf":         "application/pdf",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".ttf":         "font/ttf",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
	".webp":        "image/webp",
	".woff":        "font/woff",
	".woff2":       "font/woff2",
	".xml":         "application/xml",
	".zip":         "application/zip",
}

func typeOf(name string) string {
	if t, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}
