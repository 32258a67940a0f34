package ingest

import (
	"net/url"
	"regexp"
	"strings"
)

// webAddress returns s if it is an absolute address on the web without a
// password in it, and nothing otherwise.
func webAddress(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// resolve returns a reference as an absolute address.
func resolve(base, ref string) string {
	if b, err := url.Parse(base); err == nil {
		if u, err := b.Parse(strings.TrimSpace(ref)); err == nil {
			return webAddress(u.String())
		}
	}
	return webAddress(ref)
}

// sameAddress reports whether two addresses differ in nothing that leads
// elsewhere: scheme, "www.", a slash at the end, query and fragment.
func sameAddress(a, b string) bool { return addressKey(a) == addressKey(b) }

func addressKey(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return s
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimRight(u.EscapedPath(), "/")
}

// isHome reports whether an address is that of a host's first page.
func isHome(s string) bool {
	u, err := url.Parse(s)
	return err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}

var wayback = regexp.MustCompile(`^https?://web\.archive\.org/web/\d+[a-z_]*/(https?:.*)$`)

// unarchived parts the address of a copy in the Internet Archive's Wayback
// Machine from that of the page that was copied.
func unarchived(s string) (address, archive string) {
	if m := wayback.FindStringSubmatch(s); m != nil {
		return webAddress(m[1]), s
	}
	return s, ""
}
