package ingest

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"path"
	"regexp"
	"strings"
)

// A document is a file as it was read, before anybody has looked at what it
// says.
type document struct {
	text     string // UTF-8
	isHTML   bool
	markdown bool   // an article that was clipped as Markdown
	address  string // from which it was saved, as the program that saved it says
	charset  string
	doubt    string // of the encoding
}

// unwrap reads a file. The problem says why it cannot be read as an article.
func unwrap(name string, data []byte) (d document, problem string) {
	if what := foreign(data); what != "" {
		return d, what
	}
	declared := ""
	if a, ok := archived(data); ok {
		if a.html == nil {
			return d, "this web archive holds no page"
		}
		data, declared, d.address = a.html, a.charset, a.address
		name = "page.html"
	}
	head := data[:min(len(data), 1<<12)]
	if bytes.IndexByte(head, 0) >= 0 {
		if enc, _ := byteOrderMark(data); enc == nil {
			return d, "this is no text"
		}
	}
	var text []byte
	d.isHTML = looksHTML(name, head)
	text, d.charset, d.doubt = decode(data, declared, d.isHTML)
	d.text = string(text)
	if !d.isHTML { // a page in UTF-16 shows only now
		d.isHTML = looksHTML(name, text[:min(len(text), 1<<12)])
	}
	return d, ""
}

// foreign returns what a file is that somebody might take for an article, and
// what to do about it.
func foreign(data []byte) string {
	for _, f := range []struct{ magic, problem string }{
		{"%PDF-", "this is a PDF file: copy its text into a .txt file"},
		{"PK\x03\x04", "this is a ZIP file, or a document of a word processor: save it as plain text"},
		{"\xD0\xCF\x11\xE0", "this is a document of a word processor: save it as plain text"},
		{"{\\rtf", "this is an RTF file: save it as plain text"},
		{"bplist", "this is a web archive of Safari: save the page as its source instead"},
		{"\x1F\x8B", "this is a compressed file: unpack it first"},
		{"\x89PNG", "this is a picture"},
		{"\xFF\xD8\xFF", "this is a picture"},
		{"GIF8", "this is a picture"},
	} {
		if bytes.HasPrefix(data, []byte(f.magic)) {
			return f.problem
		}
	}
	return ""
}

// opening is how HTML begins, after white space and a byte order mark.
var opening = regexp.MustCompile(`(?i)^[\s\x{FEFF}]*<(!doctype\s+html|!--|\?xml|html|head|body|meta|title|script|style|link|base|article|main|section|header|div|p|h[1-6]|table|span|font|center|amp-)`)

// looksHTML reports whether a file is HTML, by its name or its first bytes.
func looksHTML(name string, head []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".amp":
		return true
	}
	m := opening.FindSubmatch(head)
	switch {
	case m == nil:
		return false
	case m[1][0] == '?' || m[1][0] == '!' && m[1][1] == '-':
		return bytes.Contains(bytes.ToLower(head), []byte("<html")) || bytes.Contains(bytes.ToLower(head), []byte("<body"))
	}
	return true
}

// An archive is the page in a web archive of one file.
type archive struct {
	html             []byte
	address, charset string
}

// archived reads MHTML, the form in which Chrome and Edge save a page as one
// file. Its first part of type text/html is the page.
// https://www.rfc-editor.org/rfc/rfc2557
func archived(data []byte) (archive, bool) {
	head := data[:min(len(data), 1<<12)]
	if !bytes.Contains(head, []byte("MIME-Version:")) || looksHTML("", head) {
		return archive{}, false
	}
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return archive{}, false
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return archive{}, false
	}
	a := archive{address: m.Header.Get("Snapshot-Content-Location")}
	if kind == "text/html" {
		a.html, a.charset = transferred(m.Body, m.Header.Get("Content-Transfer-Encoding")), params["charset"]
		return a, true
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return archive{}, false
	}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := parts.NextRawPart()
		if err != nil {
			return a, true
		}
		kind, params, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err == nil && kind == "text/html" {
			a.html, a.charset = transferred(p, p.Header.Get("Content-Transfer-Encoding")), params["charset"]
			if a.address == "" {
				a.address = p.Header.Get("Content-Location")
			}
			return a, true
		}
	}
}

// transferred undoes a transfer encoding, as far as it can be undone.
func transferred(r io.Reader, encoding string) []byte {
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	data, _ := io.ReadAll(r)
	return data
}
