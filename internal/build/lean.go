package build

import (
	"bytes"
	"path"
	"strings"
)

// lean leaves out of a style sheet or a script of Readout's own what is there
// for who reads its source: comments, indentation, and in a style sheet the
// white space around its signs. A project's own file is copied as it is, for
// lean knows no more of their languages than the embedded files have: in
// those no string goes over the end of a line, and a comment of a script has its
// lines to itself.
func lean(name string, data []byte) []byte {
	switch path.Ext(name) {
	case ".js":
		return leanScript(data)
	case ".css":
		return leanStyle(data)
	}
	return data
}

func leanScript(data []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(data) {
		line = bytes.TrimSpace(line)
		if len(line) > 0 && !bytes.HasPrefix(line, []byte("//")) {
			out.Write(line)
			out.WriteByte('\n')
		}
	}
	return out.Bytes()
}

func leanStyle(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case bytes.HasPrefix(data[i:], []byte("/*")):
			end := bytes.Index(data[i:], []byte("*/"))
			if end < 0 {
				return data
			}
			i += end + 1
		case c == '"':
			end := bytes.IndexByte(data[i+1:], '"')
			if end < 0 {
				return data
			}
			out = append(out, data[i:i+end+2]...)
			i += end + 1
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			// A colon with a space behind it parts a property from its value.
			if n := len(out); n > 0 && !strings.ContainsRune("{};,: ", rune(out[n-1])) {
				out = append(out, ' ')
			}
		default:
			if n := len(out); n > 0 && (c == '{' || c == '}') && (out[n-1] == ' ' || c == '}' && out[n-1] == ';') {
				out = out[:n-1]
			}
			out = append(out, c)
		}
	}
	return out
}
