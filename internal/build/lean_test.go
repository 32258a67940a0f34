package build

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLean(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"a.css", "/* Of a. */\na,\nb > c { color: red; content: \" : {x}; /* \"; }\n\n@media (min-width: 1rem) {\n\ta :is(b, c) { x: y z; }\n}\n", `a,b > c{color:red;content:" : {x}; /* "}@media (min-width:1rem){a :is(b,c){x:y z}}`},
		{"a.css", "a { b: c; /* not closed", "a { b: c; /* not closed"},
		{"a.js", "// Of a.\nconst a = 1; // one\n\n\tif (a) {\n\t\tb(\"// c\");\n\t}\n", "const a = 1; // one\nif (a) {\nb(\"// c\");\n}\n"},
		{"a.svg", " <svg>\n", " <svg>\n"},
	} {
		if got := string(lean(test.name, []byte(test.in))); got != test.want {
			t.Errorf("%q is\n\t%q, not\n\t%q", test.in, got, test.want)
		}
	}
}

// The embedded files are written as lean takes them to be.
func TestLeanEmbedded(t *testing.T) {
	files, err := filepath.Glob("../../static/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(data), "\n") {
			if ext := filepath.Ext(name); ext == ".js" && strings.Count(line, "`")%2 != 0 || ext == ".css" && strings.Count(line, `"`)%2 != 0 {
				t.Errorf("%s:%d: a string goes over the end of the line", name, i+1)
			}
		}
		once := lean(name, data)
		if !bytes.Equal(lean(name, once), once) {
			t.Errorf("%s is not lean after once", name)
		}
	}
}
