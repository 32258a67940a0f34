package markdown

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/util"
)

// An addressKind is what can be done with an address.
type addressKind uint8

const (
	relative addressKind = iota // a file of the site, or a place on the page
	external                    // http, https, mailto
	rooted                      // begins with "/"
	unsafe                      // another scheme
)

// Href returns a destination as written as it goes into an attribute, but for
// the HTML escapes: its escapes and entities resolved, and percent-encoded.
// An encoded address holds no white space, so that no scheme can hide in it.
func href(destination []byte) string {
	return string(util.URLEscape(destination, true))
}

func classify(address string) addressKind {
	if strings.HasPrefix(address, "//") {
		return external
	}
	if strings.HasPrefix(address, "/") {
		return rooted
	}
	// https://www.rfc-editor.org/rfc/rfc3986#section-3.1
	for i, c := range []byte(address) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			switch strings.ToLower(address[:i]) {
			case "http", "https", "mailto":
				return external
			}
			return unsafe
		default:
			return relative
		}
	}
	return relative
}

// RecordPath returns the path and the anchor of a relative link to a Markdown
// file.
func recordPath(destination []byte) (path, anchor string, ok bool) {
	if !bytes.Contains(destination, []byte(".md")) && !bytes.Contains(destination, []byte(".MD")) {
		return "", "", false
	}
	path, anchor, _ = strings.Cut(string(decode(destination)), "#")
	if classify(path) != relative || !strings.EqualFold(path[max(0, len(path)-3):], ".md") {
		return "", "", false
	}
	if s, err := url.PathUnescape(path); err == nil {
		path = s
	}
	if s, err := url.PathUnescape(anchor); err == nil {
		anchor = s
	}
	return path, anchor, true
}

// OffsetOf returns where sub, a slice of src, begins in it.
func offsetOf(src, sub []byte) int { return cap(src) - cap(sub) }
