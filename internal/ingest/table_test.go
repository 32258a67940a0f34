package ingest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestTable holds the names that are found in invented articles to a table
// made by hand. Known names are all found, at their very bytes, and nothing
// else is. What looks like a name and is not known cannot be told for certain:
// there the test holds how much of it is right, and prints what is not.
func TestTable(t *testing.T) {
	// Shares of the names found that are names, and of the names that are
	// found, in percent.
	want := map[string][2]int{
		"english": {100, 100}, "german": {100, 100}, "ukrainian": {85, 85}, "french": {75, 90}, "others": {50, 50},
	}
	files, err := filepath.Glob("testdata/table/*.txt")
	if err != nil || len(files) != len(want) {
		t.Fatalf("%d tables: %v", len(files), err)
	}
	for _, file := range files {
		lang := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(lang, func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			list, marked, _ := strings.Cut(string(data), "---\n")
			if strings.HasPrefix(list, "#") {
				_, list, _ = strings.Cut(list, "\n")
			}
			text, known, unknown := readTable(t, marked)
			names := NewNames(namesOf(list))
			var got []string
			for _, m := range names.Find([]byte(text)) {
				checkMention(t, []byte(text), m)
				got = append(got, fmt.Sprintf("%d-%d %s %q", m.Start, m.End, m.Actor, m.Surface))
			}
			for _, s := range got {
				if !slices.Contains(known, s) {
					t.Errorf("found, and not in the table: %s", s)
				}
			}
			for _, s := range known {
				if !slices.Contains(got, s) {
					t.Errorf("in the table, and not found: %s", s)
				}
			}

			found := map[string]bool{}
			right := 0
			for _, u := range names.Unknown([]byte(text)) {
				for _, s := range append(u.Forms, u.Name) {
					found[s] = true
				}
				if slices.Contains(unknown, u.Name) {
					right++
				} else {
					t.Logf("no name: %s", u.Name)
				}
			}
			seen := 0
			for _, s := range unknown {
				if found[s] {
					seen++
				} else {
					t.Logf("missed: %s", s)
				}
			}
			precision, recall := 100*right/max(1, len(names.Unknown([]byte(text)))), 100*seen/max(1, len(unknown))
			t.Logf("%d known names; of unknown ones %d %% precision, %d %% recall", len(known), precision, recall)
			if w := want[lang]; precision < w[0] || recall < w[1] {
				t.Errorf("precision %d %% and recall %d %%, want %d %% and %d %% at least", precision, recall, w[0], w[1])
			}
		})
	}
}

// readTable takes the marks out of a text: {id|words} is a known name, [words]
// one that is not known, of which each is returned once.
func readTable(t *testing.T, marked string) (text string, known, unknown []string) {
	t.Helper()
	var b strings.Builder
	for marked != "" {
		i := strings.IndexAny(marked, "{[")
		if i < 0 {
			b.WriteString(marked)
			break
		}
		b.WriteString(marked[:i])
		end := strings.IndexAny(marked, "}]")
		if end < i {
			t.Fatalf("a mark is not closed: %.40q", marked[i:])
		}
		words := marked[i+1 : end]
		if marked[i] == '{' {
			id, surface, ok := strings.Cut(words, "|")
			if !ok {
				t.Fatalf("a known name without its words: %q", words)
			}
			known = append(known, fmt.Sprintf("%d-%d %s %q", b.Len(), b.Len()+len(surface), id, surface))
			words = surface
		} else if !slices.Contains(unknown, words) {
			unknown = append(unknown, words)
		}
		b.WriteString(words)
		marked = marked[end+1:]
	}
	return b.String(), known, unknown
}
