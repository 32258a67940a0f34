package ingest

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode returns data as UTF-8, the name of the encoding it was in, and what
// is to be said about that: nothing where the encoding was declared and fits.
// The declaration is one that came with the data, such as a header; it may be
// empty.
//
// Bytes that are UTF-8 beyond doubt are read so whatever was declared, because
// many a page is converted when it is saved and keeps its old declaration.
// https://encoding.spec.whatwg.org/
func decode(data []byte, declared string, isHTML bool) (text []byte, name, doubt string) {
	if enc, name := byteOrderMark(data); enc != nil {
		return convert(enc.NewDecoder(), data), name, ""
	}
	label := declared
	if label == "" && isHTML {
		label = metaCharset(data)
	}
	enc, name := charset.Lookup(label)
	if name == "replacement" || strings.HasPrefix(name, "utf-16") {
		enc, name = nil, "" // declared in bytes that it does not have
	}
	good, bad := sequences(data)
	switch {
	case name == "iso-2022-jp":
		return convert(enc.NewDecoder(), data), name, ""
	case bad == 0:
		if good > 0 && enc != nil && name != "utf-8" {
			doubt = "it says that it is " + name + ", but its bytes are UTF-8"
		}
		return data, "utf-8", doubt
	case enc != nil && name != "utf-8":
		return convert(enc.NewDecoder(), data), name, ""
	case good > bad:
		return bytes.ToValidUTF8(data, []byte("\uFFFD")), "utf-8", "some of its bytes are not UTF-8, as the rest is"
	}
	why := "it does not say how it is encoded"
	if label != "" {
		why = "it says that it is " + label + ", which it is not"
	}
	enc, name = guess(data, isHTML)
	return convert(enc.NewDecoder(), data), name, why + ", and is read as " + name
}

// guess returns the encoding of bytes that declare none, by how often they
// stand together. What remains in doubt is Windows-1252, as in browsers.
func guess(data []byte, isHTML bool) (encoding.Encoding, string) {
	detector := chardet.NewTextDetector()
	if isHTML {
		detector = chardet.NewHtmlDetector()
	}
	enc, name := encoding.Encoding(charmap.Windows1252), "windows-1252"
	// It returns what is equally likely in any order.
	results, err := detector.DetectAll(data[:min(len(data), 1<<18)])
	if err != nil {
		return enc, name
	}
	slices.SortFunc(results, func(a, b chardet.Result) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), strings.Compare(a.Charset, b.Charset))
	})
	if best := results[0]; best.Confidence >= 20 {
		if e, n := charset.Lookup(best.Charset); e != nil && n != "replacement" && !strings.HasPrefix(n, "utf-") {
			return e, n
		}
	}
	return enc, name
}

func convert(d *encoding.Decoder, data []byte) []byte {
	text, err := d.Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	return bytes.ToValidUTF8(text, []byte("\uFFFD"))
}

// byteOrderMark returns the encoding that the first bytes declare.
func byteOrderMark(data []byte) (encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return unicode.UTF8BOM, "utf-8"
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16le"
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "utf-16be"
	}
	return nil, ""
}

// sequences counts the characters beyond ASCII that are UTF-8, and the bytes
// that are not.
func sequences(data []byte) (good, bad int) {
	for len(data) > 0 {
		if data[0] < utf8.RuneSelf {
			data = data[1:]
			continue
		}
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		data = data[size:]
	}
	return good, bad
}

// charsetAttr is the declaration in a meta element, or in an XML declaration.
var charsetAttr = regexp.MustCompile(`(?i)<(?:meta\s[^>]*charset|\?xml\s[^>]*encoding)\s*=\s*["']?\s*([-\w.:]+)`)

// metaCharset returns the encoding that a page declares. Browsers look at the
// first 1024 bytes only; programs that save pages write comments before them.
func metaCharset(data []byte) string {
	if m := charsetAttr.FindSubmatch(data[:min(len(data), 1<<14)]); m != nil {
		return string(m[1])
	}
	return ""
}
