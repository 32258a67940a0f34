package record

import (
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// Front matter is nearly always lines of "key: value" that mean what they look
// like, and a YAML library takes a third as long to read them as a Markdown
// library takes for the whole body. What stands here reads such lines and
// nothing else: at the first sign of anything unusual it gives up, and the
// library reads it all, mistakes included. Where it does not give up, its
// nodes are the library's in all that this package looks at, which a fuzz test
// holds it to.

// A flatReader reads one front matter. Its nodes are large, and nobody needs
// them once the fields are set: the next reading has them again.
type flatReader struct {
	nodes  []yaml.Node  // what is left of the last piece
	fields []*yaml.Node // for the content of the mapping
	line   int          // from 1
}

var flatReaders = sync.Pool{New: func() any { return new(flatReader) }}

// free gives the reader back, and the nodes that it has read with it.
func (f *flatReader) free() {
	clear(f.nodes)
	clear(f.fields)
	*f = flatReader{nodes: f.nodes[:0], fields: f.fields[:0]}
	flatReaders.Put(f)
}

// read returns the mapping that text is, or nil if only the library can tell.
func (f *flatReader) read(text string) *yaml.Node {
	root := f.node(yaml.MappingNode, "", 1)
	root.Content = f.fields
	for len(text) > 0 {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		f.line++
		line = strings.TrimRight(line, " ")
		if line == "" || line[0] == '#' && printable(line) {
			continue
		}
		if !f.pair(line, root) {
			return nil
		}
	}
	if f.fields = root.Content; len(f.fields) == 0 {
		return nil
	}
	root.Line = root.Content[0].Line
	return root
}

func (f *flatReader) node(kind yaml.Kind, value string, column int) *yaml.Node {
	if len(f.nodes) == cap(f.nodes) { // what was given away must not move
		f.nodes = make([]yaml.Node, 0, 32)
	}
	f.nodes = append(f.nodes, yaml.Node{Kind: kind, Value: value, Line: f.line, Column: column})
	return &f.nodes[len(f.nodes)-1]
}

// pair reads a line "key: value" without white space at its end.
func (f *flatReader) pair(line string, root *yaml.Node) bool {
	n := 0
	for n < len(line) && (isAlnum(line[n]) || n > 0 && (line[n] == '_' || line[n] == '-')) {
		n++
	}
	const longest = 100 // where YAML gives up on keys is further out
	if n == 0 || n > longest || n == len(line) || line[n] != ':' {
		return false
	}
	for i := 0; i < len(root.Content); i += 2 {
		if root.Content[i].Value == line[:n] {
			return false
		}
	}
	key := f.node(yaml.ScalarNode, line[:n], 1)
	value := strings.TrimLeft(line[n+1:], " ")
	at := len(line) - len(value)
	var node *yaml.Node
	switch {
	case value == "":
		node = f.node(yaml.ScalarNode, "", n+2)
	case at == n+1:
		return false // key:value
	case value[0] == '[':
		node = f.list(value, at+1)
	default:
		var rest string
		if node, rest = f.scalar(value, at+1, false); rest != "" {
			return false
		}
	}
	if node == nil {
		return false
	}
	root.Content = append(root.Content, key, node)
	return true
}

// list reads "[one, two]".
func (f *flatReader) list(s string, column int) *yaml.Node {
	node := f.node(yaml.SequenceNode, "", column)
	rest := strings.TrimLeft(s[1:], " ")
	if rest == "]" {
		return node
	}
	for {
		at := len(s) - len(rest)
		var one *yaml.Node
		one, rest = f.scalar(rest, column+utf8.RuneCountInString(s[:at]), true)
		if one == nil {
			return nil
		}
		node.Content = append(node.Content, one)
		rest = strings.TrimLeft(rest, " ")
		switch {
		case rest == "]":
			return node
		case rest == "" || rest[0] != ',':
			return nil
		}
		rest = strings.TrimLeft(rest[1:], " ")
	}
}

// scalar reads the word or line at the head of s, in a list up to its end or
// to the next comma. It returns nil for what is not plainly one.
func (f *flatReader) scalar(s string, column int, listed bool) (node *yaml.Node, rest string) {
	if s == "" {
		return nil, ""
	}
	if mark := s[0]; mark == '"' || mark == '\'' {
		end := strings.IndexByte(s[1:], mark)
		if end < 0 {
			return nil, ""
		}
		value, rest := s[1:1+end], s[end+2:]
		if strings.IndexByte(value, '\\') >= 0 || !printable(value) || rest != "" && rest[0] == '\'' {
			return nil, ""
		}
		node = f.node(yaml.ScalarNode, value, column)
		if node.Style = yaml.DoubleQuotedStyle; mark == '\'' {
			node.Style = yaml.SingleQuotedStyle
		}
		return node, rest
	}
	end := len(s)
	if listed {
		if end = strings.IndexAny(s, ",]"); end < 0 {
			return nil, ""
		}
	}
	value := strings.TrimRight(s[:end], " ")
	if value == "" || !isAlnum(value[0]) && value[0] != '/' && value[0] != '(' && value[0] < utf8.RuneSelf || !printable(value) {
		return nil, ""
	}
	if listed && strings.ContainsAny(value, "[]{}:#&*!|>'\"%@`?") {
		return nil, ""
	}
	if strings.Contains(value, ": ") || value[len(value)-1] == ':' || strings.Contains(value, " #") {
		return nil, ""
	}
	return f.node(yaml.ScalarNode, value, column), s[end:]
}

func isAlnum(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// printable reports whether a part of a line holds nothing but what YAML lets
// stand in one: no tabs, no line ends of other scripts, no byte order mark.
// https://yaml.org/spec/1.2.2/#51-character-set
func printable(s string) bool {
	for i, r := range s {
		switch {
		case ' ' <= r && r < 0x7F:
		case r == utf8.RuneError:
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return false
			}
		case r < 0xA0, r == 0x2028, r == 0x2029, r == 0xFEFF, r == 0xFFFE, r == 0xFFFF:
			return false
		}
	}
	return true
}
