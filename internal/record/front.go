package record

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"readout/internal/diag"
)

// A front is the set of front matter fields that a kind of record knows, each
// with the function that takes its value. A list that does not outlive its
// function costs nothing; a map would be made anew for each file.
type front []field

type field struct {
	name string
	set  func(value)
}

// names returns the names of all fields, sorted.
func (f front) names() []string {
	var names []string
	for _, x := range f {
		names = append(names, x.name)
	}
	slices.Sort(names)
	return names
}

// A value is the value of one front matter field.
type value struct {
	p    *parser
	key  string
	node *yaml.Node
	base int // offset of the YAML text in the file
	span diag.Span
}

var fence = []byte("---")

// frontMatter finds the front matter, hands each field to its function and
// returns the offset at which the body begins.
func (p *parser) frontMatter(fields front) int {
	data := p.file.Data
	start := 0
	if bytes.HasPrefix(data, []byte("\uFEFF")) {
		start = len("\uFEFF")
	}
	first, next := lineAt(data, start)
	if !bytes.Equal(first, fence) {
		return start
	}
	for at := next; at < len(data); {
		line, after := lineAt(data, at)
		if bytes.Equal(line, fence) || bytes.Equal(line, []byte("...")) {
			p.yaml(next, at, fields)
			return after
		}
		at = after
	}
	p.diags.Errorf(p.file.Span(start, start+len(first)), "front/unclosed", "the front matter is not closed").
		Note("put a line of --- after its last field")
	// The fields before the first blank line or heading are most likely the
	// front matter; reading them saves the editor a second round of errors.
	end := next
	for end < len(data) {
		line, after := lineAt(data, end)
		if len(line) == 0 || line[0] == '#' {
			break
		}
		end = after
	}
	p.yaml(next, end, fields)
	return end
}

// lineAt returns the line that begins at an offset, without its end and
// without white space at its end, and the offset of the line after it.
func lineAt(data []byte, at int) (line []byte, next int) {
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return bytes.TrimRight(data[at:at+i], " \t\r"), at + i + 1
	}
	return bytes.TrimRight(data[at:], " \t\r"), len(data)
}

// yaml reads the flat YAML mapping in [start, end).
func (p *parser) yaml(start, end int, fields front) {
	f := flatReaders.Get().(*flatReader)
	defer f.free()
	root := f.read(string(p.file.Data[start:end]))
	if root == nil {
		var doc yaml.Node
		if err := yaml.Unmarshal(p.file.Data[start:end], &doc); err != nil {
			p.yamlError(start, end, err)
			p.broken = true
			return
		}
		if len(doc.Content) == 0 {
			return
		}
		root = doc.Content[0]
	}
	if root.Kind != yaml.MappingNode {
		p.diags.Errorf(p.file.Span(start, end), "front/syntax", "expected lines of the form \"field: value\"")
		return
	}
	seen := make([]bool, len(fields))
	for i := 0; i+1 < len(root.Content); i += 2 {
		k, v := root.Content[i], root.Content[i+1]
		at := p.yamlSpan(start, k)
		n := slices.IndexFunc(fields, func(f field) bool { return f.name == k.Value })
		switch {
		case n < 0:
			p.diags.Errorf(at, "front/unknown-field", "unknown field %q", k.Value).
				DidYouMean(k.Value, fields.names())
		case seen[n]:
			p.diags.Errorf(at, "front/duplicate-field", "the field %q is given twice", k.Value).
				Note("keep one of the two lines")
		default:
			seen[n] = true
			fields[n].set(value{p: p, key: k.Value, node: v, base: start, span: p.yamlSpan(start, v)})
		}
	}
}

func (p *parser) yamlError(start, end int, err error) {
	line, column, message := 1, 1, err.Error()
	var one *yaml.LoadError
	var many *yaml.LoadErrors
	if errors.As(err, &many) && len(many.Errors) > 0 {
		one = many.Errors[0]
	}
	if one != nil || errors.As(err, &one) {
		line, column, message = one.Mark.Line, one.Mark.Column, one.Message
		if one.ContextMsg != "" {
			message = one.ContextMsg + ": " + message
		}
	}
	at := min(p.yamlOffset(start, line, column), max(start, end-1))
	d := p.diags.Errorf(p.file.At(at), "front/syntax", "this is not valid YAML: %s", message)
	switch {
	case strings.Contains(message, "mapping values are not allowed"):
		d.Note("a value that holds \": \" must stand in quotation marks: title: \"One: two\"")
	case strings.Contains(message, "cannot start any token"):
		d.Note("a value that begins with a special character must stand in quotation marks")
	case strings.Contains(message, "tab"):
		d.Note("YAML is indented with spaces, never with tabs")
	}
}

// yamlOffset turns a line and column of the YAML text, both from 1, into an
// offset in the file. YAML counts columns in characters.
func (p *parser) yamlOffset(base, line, column int) int {
	at := base
	for range line - 1 {
		_, at = lineAt(p.file.Data, at)
	}
	for range column - 1 {
		if at >= len(p.file.Data) || p.file.Data[at] == '\n' {
			break
		}
		_, size := utf8.DecodeRune(p.file.Data[at:])
		at += size
	}
	return at
}

func (p *parser) yamlSpan(base int, n *yaml.Node) diag.Span {
	at := p.yamlOffset(base, max(n.Line, 1), max(n.Column, 1))
	end := at
	if n.Kind == yaml.ScalarNode {
		// A quoted scalar is longer in the file than its value; the marks
		// belong to the span so that carets stand under all of it.
		end = at + len(n.Value)
		if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			end += 2
		}
		line, _ := lineAt(p.file.Data, at)
		end = min(end, at+len(line))
	} else {
		line, _ := lineAt(p.file.Data, at)
		end = at + len(line)
	}
	return p.file.Span(at, end)
}

// text returns a scalar value. A list or mapping is an error.
func (v value) text() Text {
	if v.node.Kind != yaml.ScalarNode {
		if t, ok := v.wiki(v.node); ok {
			return t
		}
		v.p.diags.Errorf(v.span, "front/not-flat", "%s takes one value, not a list or a mapping", v.key)
		v.p.broken = true
		return Text{Span: v.span}
	}
	return Text{Value: strings.TrimSpace(v.node.Value), Span: v.span}
}

// wiki reads [[name]], which YAML takes for a list in a list, as the link
// that the editor meant.
func (v value) wiki(n *yaml.Node) (Text, bool) {
	if n.Kind == yaml.SequenceNode && len(n.Content) == 1 &&
		n.Content[0].Kind == yaml.SequenceNode && len(n.Content[0].Content) == 1 &&
		n.Content[0].Content[0].Kind == yaml.ScalarNode {
		return Text{Value: "[[" + n.Content[0].Content[0].Value + "]]", Span: v.p.yamlSpan(v.base, n)}, true
	}
	return Text{}, false
}

// texts returns a list of scalars. A single scalar is a list of one.
func (v value) texts() []Text {
	switch {
	case v.node.Kind == yaml.ScalarNode && v.node.Value == "":
		return nil
	case v.node.Kind == yaml.ScalarNode:
		return []Text{v.text()}
	case v.node.Kind != yaml.SequenceNode:
		v.p.diags.Errorf(v.span, "front/not-flat", "%s takes a list: [one, two]", v.key)
		return nil
	}
	if t, ok := v.wiki(v.node); ok {
		return []Text{t}
	}
	var list []Text
	for _, n := range v.node.Content {
		switch t, ok := v.wiki(n); {
		case ok:
			list = append(list, t)
		case n.Kind != yaml.ScalarNode:
			v.p.diags.Errorf(v.p.yamlSpan(v.base, n), "front/not-flat", "each entry of %s is one word or line", v.key)
		case strings.TrimSpace(n.Value) != "":
			list = append(list, Text{Value: strings.TrimSpace(n.Value), Span: v.p.yamlSpan(v.base, n)})
		}
	}
	return list
}

// verbatim returns a list of scalars with the white space at their ends.
func (v value) verbatim() []Text {
	list := v.texts()
	nodes := v.node.Content
	if v.node.Kind == yaml.ScalarNode {
		nodes = []*yaml.Node{v.node}
	}
	for i := range list {
		for _, n := range nodes {
			if strings.TrimSpace(n.Value) == list[i].Value && v.p.yamlSpan(v.base, n).Start == list[i].Span.Start {
				list[i].Value = n.Value
			}
		}
	}
	return list
}

// link returns the value as the name of a record.
func (v value) link() *Link {
	t := v.text()
	if t.Value == "" {
		return nil
	}
	l := namedLink(t)
	return &l
}

// links returns the value as a list of names of records.
func (v value) links() []Link {
	var list []Link
	for _, t := range v.texts() {
		list = append(list, namedLink(t))
	}
	return list
}

// namedLink reads "[[target#anchor|label]]" or a bare id, name or alias.
func namedLink(t Text) Link {
	s := t.Value
	s = strings.TrimSuffix(strings.TrimPrefix(s, "[["), "]]")
	s, label, _ := strings.Cut(s, "|")
	s, anchor, _ := strings.Cut(s, "#")
	return Link{Target: strings.TrimSpace(s), Anchor: anchor, Label: strings.TrimSpace(label), Span: t.Span}
}

// date returns the value as an EDTF date; empty is no date.
func (v value) date() Date {
	t := v.text()
	if t.Value == "" {
		return Date{}
	}
	return v.p.date(t.Value, t.Span)
}

// yes returns a truth value.
func (v value) yes() bool {
	t := v.text()
	return v.p.yes(v.key, t)
}

func (p *parser) yes(key string, t Text) bool {
	switch strings.ToLower(t.Value) {
	case "yes", "true":
		return true
	case "no", "false", "":
		return false
	}
	p.diags.Errorf(t.Span, "value/yes-no", "%s is yes or no, not %q", key, t.Value)
	return false
}

// number returns a whole number.
func (v value) number() int {
	t := v.text()
	if t.Value == "" {
		return 0
	}
	n, err := strconv.Atoi(t.Value)
	if err != nil {
		v.p.diags.Errorf(t.Span, "value/number", "%s is a whole number, not %q", v.key, t.Value)
	}
	return n
}
