package markdown

import (
	"bytes"
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// Highlight returns code as HTML, in spans of chroma's short classes if the
// language is one of ours.
func Highlight(language, code string) string {
	return string(highlight(nil, language, []byte(code)))
}

// HighlightLimit is the longest code, in bytes, that is highlighted.
const highlightLimit = 50_000

// Highlight appends code as HTML, with spans of chroma's short classes if the
// language is one of ours, and otherwise just escaped.
func highlight(dst []byte, language string, code []byte) []byte {
	lexer := lexers[strings.ToLower(language)]
	if lexer == nil || len(code) > highlightLimit {
		return escapeHTML(dst, code)
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, string(bytes.ReplaceAll(code, []byte("\r\n"), []byte("\n"))))
	if err != nil { // a rule that does not compile, which the tests would find
		return escapeHTML(dst, code)
	}
	for t := tokens(); t != chroma.EOF; t = tokens() {
		class := class(t.Type)
		if class != "" {
			dst = append(dst, `<span class="`...)
			dst = append(dst, class...)
			dst = append(dst, `">`...)
		}
		dst = escapeHTML(dst, []byte(t.Value))
		if class != "" {
			dst = append(dst, "</span>"...)
		}
	}
	return dst
}

// Class returns the short class of a token: chroma's own, which any of its
// style sheets colours. White space and plain text have none.
func class(t chroma.TokenType) string {
	if t == chroma.Whitespace || t.InCategory(chroma.Text) {
		return ""
	}
	return chroma.StandardTypes[t]
}
