package ingest

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A front is flat YAML that is being written: the front matter of a record,
// or site.yaml.
type front struct{ b bytes.Buffer }

// set writes a field, in quotation marks where YAML needs them. An empty value
// leaves the field open for the editor.
func (f *front) set(key, value string) {
	f.b.WriteString(key)
	f.b.WriteByte(':')
	if value != "" {
		f.b.WriteByte(' ')
		f.b.WriteString(scalar(value))
	}
	f.b.WriteByte('\n')
}

// list writes a field that is a list, on one line.
func (f *front) list(key string, values []string) {
	f.b.WriteString(key + ": ")
	f.b.WriteString(flow(values))
	f.b.WriteByte('\n')
}

// comment writes a line that is read by people only.
func (f *front) comment(line string) {
	f.b.WriteString("# " + strings.Join(strings.Fields(line), " ") + "\n")
}

func scalar(s string) string {
	return dump(&yaml.Node{Kind: yaml.ScalarNode, Value: strings.Join(strings.Fields(s), " ")})
}

func flow(values []string) string {
	n := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, v := range values {
		n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: strings.Join(strings.Fields(v), " ")})
	}
	return dump(n)
}

// dump returns a node on one line. A scalar without a tag keeps its form where
// that can be read again, so that a date stays bare.
func dump(n *yaml.Node) string {
	b, err := yaml.Dump(n, yaml.WithLineWidth(-1), yaml.WithQuotePreference(yaml.QuoteDouble))
	if err != nil {
		// Not for a tree of scalars; the editor sees what is wrong.
		return ""
	}
	return strings.TrimSpace(string(b))
}
