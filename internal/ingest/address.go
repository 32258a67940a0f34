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

// knownKey is equal for addresses of one article: the query may name it
// ("?id=7"), but for what only counts readers.
func knownKey(s string) string {
	u, err := url.Parse(cleaned(s))
	if err != nil {
		return s
	}
	return addressKey(s) + "?" + u.RawQuery
}

// tracking are parameters that a link is given to tell where a reader came
// from, besides those that begin with "utm_". They lead nowhere else.
var tracking = words(`fbclid gclid gclsrc dclid msclkid yclid twclid igshid igsh mc_cid mc_eid ref_src ref_url ocid cmpid cmp cmp_id
	at_medium at_campaign at_link_id at_format wt_mc xtor s_cid smid smtyp ns_mchannel ns_source ns_campaign ns_linkname
	_ga _gl spm share_id rss ito mkt_tok guccounter guce_referrer guce_referrer_sig`)

// cleaned returns an address without what only tells how a reader came to it,
// and without a fragment, which names a place on the page.
func cleaned(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return s
	}
	u.Fragment, u.RawFragment = "", ""
	var kept []string
	for p := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(strings.ToLower(p), "=")
		if p != "" && !tracking[name] && !strings.HasPrefix(name, "utm_") {
			kept = append(kept, p)
		}
	}
	u.RawQuery, u.ForceQuery = strings.Join(kept, "&"), false
	return u.String()
}

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
