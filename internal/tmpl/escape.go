package tmpl

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// escaperPrefix begins the names of the functions that html/template puts
// into a tree.
const escaperPrefix = "_html_template_"

// writers write a value as the escapers of one place would have it.
var writers = map[string]func(*state, reflect.Value){
	"htmlescaper":   writeText,
	"rcdataescaper": func(s *state, v reflect.Value) { s.out = appendEscaped(s.out, s.plain(v)) },
	"attrescaper":   func(s *state, v reflect.Value) { s.out = appendEscaped(s.out, s.plain(v)) },
	"urlfilter urlnormalizer attrescaper": func(s *state, v reflect.Value) {
		s.out = appendURL(s.out, filtered(s.plain(v)), &urlBytes)
	},
	"urlnormalizer attrescaper": func(s *state, v reflect.Value) { s.out = appendURL(s.out, s.plain(v), &urlBytes) },
	"urlescaper attrescaper":    func(s *state, v reflect.Value) { s.out = appendURL(s.out, s.plain(v), &partBytes) },
}

var (
	stringType = reflect.TypeFor[string]()
	intType    = reflect.TypeFor[int]()
)

func writeText(s *state, v reflect.Value) {
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch v.Type() {
	case stringType:
		s.out = appendEscaped(s.out, v.String())
	case s.set.HTML:
		s.out = append(s.out, v.String()...)
	case intType:
		s.out = strconv.AppendInt(s.out, v.Int(), 10)
	default:
		s.out = appendEscaped(s.out, s.plain(v))
	}
}

// plain returns a value as text. What is HTML already means something else in
// attributes and titles, and is left to html/template.
func (s *state) plain(v reflect.Value) string {
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch t := v.Type(); {
	case t == stringType:
		return v.String()
	case t == intType:
		return strconv.Itoa(int(v.Int()))
	case t.PkgPath() == s.set.HTML.PkgPath() || t.NumMethod() > 0 || v.CanAddr() && reflect.PointerTo(t).NumMethod() > 0:
		panic("text of " + t.String())
	case v.Kind() == reflect.String:
		return v.String()
	case v.CanInt() || v.Kind() == reflect.Bool:
		return fmt.Sprint(v.Interface())
	}
	panic("text of " + v.Kind().String())
}

// replacements are what html/template writes for characters that mean
// something in HTML.
var replacements = [256]string{
	0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;",
}

// replaced tells them apart in a table that takes four cache lines, not sixty.
var replaced = func() (table [256]bool) {
	for c, r := range replacements {
		table[c] = r != ""
	}
	return table
}()

func appendEscaped(out []byte, s string) []byte {
	done := 0
	for i := range len(s) {
		if replaced[s[i]] {
			out = append(out, s[done:i]...)
			out = append(out, replacements[s[i]]...)
			done = i + 1
		}
	}
	return append(out, s[done:]...)
}

// unsafeURL is what html/template writes for an address that might run
// something.
const unsafeURL = "#ZgotmplZ"

// filtered returns an address, unless its scheme might run something.
func filtered(url string) string {
	if strings.HasPrefix(url, "../") {
		return url
	}
	if scheme, _, ok := strings.Cut(url, ":"); ok && !strings.Contains(scheme, "/") &&
		!strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "mailto") {
		return unsafeURL
	}
	return url
}

// appendURL writes an address, or a part of one, into an attribute: what may
// not stand there is encoded as RFC 3986, section 2, has it, and what may, but
// not in an attribute, is escaped.
func appendURL(out []byte, url string, bytes *[256]uint8) []byte {
	const hex = "0123456789abcdef"
	done := 0
	for i := range len(url) {
		c := url[i]
		switch bytes[c] {
		case urlKept:
			continue
		case urlPercent:
			if i+2 < len(url) && isHex(url[i+1]) && isHex(url[i+2]) {
				continue
			}
			fallthrough
		case urlEncoded:
			out = append(append(out, url[done:i]...), '%', hex[c>>4], hex[c&15])
		case urlEscaped:
			out = append(append(out, url[done:i]...), replacements[c]...)
		}
		done = i + 1
	}
	return append(out, url[done:]...)
}

const (
	urlEncoded = iota
	urlKept
	urlPercent // kept where it begins an encoded byte
	urlEscaped
)

// urlBytes is for whole addresses, partBytes for a value within one: a query
// or a fragment.
var urlBytes, partBytes = urlTable("!#$*,/:;=?@[]"), urlTable("")

func urlTable(reserved string) (table [256]uint8) {
	for c := range table {
		switch b := byte(c); {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9', strings.IndexByte("-._~"+reserved, b) >= 0:
			table[c] = urlKept
		case reserved == "":
		case b == '&', b == '+':
			table[c] = urlEscaped
		case b == '%':
			table[c] = urlPercent
		}
	}
	return table
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
