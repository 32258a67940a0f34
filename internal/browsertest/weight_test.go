package browsertest

import (
	"bytes"
	"compress/gzip"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"testing"
)

var parts = regexp.MustCompile(`(?:<link rel="stylesheet" href| data-src)="([^"]+)"`)

// What a reader waits for, compressed: a page with its style sheets and its
// scripts, the whole briefing for paper among them.
func TestWeight(t *testing.T) {
	s, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	const most, mostScript = 30 << 10, 10 << 10
	for _, page := range s.pages {
		if page == "404.html" {
			continue
		}
		html := s.read(t, page)
		whole, scripts, requests := weight(html), 0, 1
		for _, m := range parts.FindAllSubmatch(html, -1) {
			name := path.Join(path.Dir(page), string(m[1]))
			n := weight(s.read(t, name))
			whole += n
			requests++
			if path.Ext(name) == ".js" {
				scripts += n
			}
		}
		if whole > most || scripts > mostScript || requests > 4 {
			t.Errorf("%s takes %d bytes, %d of them scripts, in %d requests", page, whole, scripts, requests)
		}
	}
}

func (s *site) read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func weight(data []byte) int {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	w.Write(data)
	w.Close()
	return b.Len()
}
