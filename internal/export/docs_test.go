package export

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestDocumented wants every file, field and column in docs/data.md.
func TestDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../docs/data.md")
	if err != nil {
		t.Fatal(err)
	}
	want := func(word string) {
		if !bytes.Contains(doc, []byte("`"+word+"`")) {
			t.Errorf("docs/data.md does not describe %s", word)
		}
	}
	s := briefing(t)
	for _, f := range s.files() {
		if strings.HasPrefix(f.Path, "drawings/issues/") {
			f.Path = "drawings/issues/ID.svg"
		}
		want(f.Path)
	}
	for _, c := range claimColumns {
		want(c.name)
	}
	for _, c := range standingColumns {
		want(c.name)
	}
	for _, name := range []string{"claims.json", "comparison.json", "sources.csl.json"} {
		keys := objectKeys(t, s.file(t, "data/"+name))
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			want(key)
		}
	}
}

// TestExamples holds the examples of docs/data.md to the schemas, and the
// claim among them to the shipped briefing.
func TestExamples(t *testing.T) {
	doc, err := os.ReadFile("../../docs/data.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := bytes.Split(doc, []byte("```"))
	var examples [][]byte
	for i := 1; i < len(blocks); i += 2 {
		if text, ok := bytes.CutPrefix(blocks[i], []byte("json\n")); ok {
			examples = append(examples, text)
		}
	}
	if len(examples) != 2 {
		t.Fatalf("%d examples, want one of claims and one of a comparison", len(examples))
	}
	for i, name := range []string{"claims", "comparison"} {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(examples[i]))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema(t, name).Validate(v); err != nil {
			t.Error(err)
		}
	}
	var example, shipped struct{ Claims []claim }
	if err := json.Unmarshal(examples[0], &example); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(briefing(t).file(t, "data/claims.json"), &shipped); err != nil {
		t.Fatal(err)
	}
	want := example.Claims[0]
	i := slices.IndexFunc(shipped.Claims, func(c claim) bool { return c.ID == want.ID })
	if i < 0 {
		t.Fatalf("the briefing has no claim %s", want.ID)
	}
	got := shipped.Claims[i]
	// The note is shortened; the rest depends on how the site is built.
	got.Note, got.URL, got.Quotations[0].State, got.Quotations[0].Paragraph = want.Note, want.URL, want.Quotations[0].State, want.Quotations[0].Paragraph
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the briefing says\n%+v\nthe example\n%+v", got, want)
	}
}

// objectKeys returns the names of all fields in a JSON text.
func objectKeys(t testing.TB, data []byte) []string {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	var keys []string
	var in []bool // open braces: is it an object, and is a name due
	due := false
	for {
		token, err := d.Token()
		if err == io.EOF {
			return keys
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			in = append(in, token == json.Delim('{'))
			due = in[len(in)-1]
			continue
		case json.Delim('}'), json.Delim(']'):
			in = in[:len(in)-1]
		default:
			if due {
				keys = append(keys, token.(string))
				due = false
				continue
			}
		}
		due = len(in) > 0 && in[len(in)-1]
	}
}
