package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestVault holds that check reads a folder of notes that was never meant for
// it, with all that people have in theirs, and says what is wrong: each mistake
// once, and in the end what they are. Nothing in it may take quadratic time:
// one note has a line of 300,000 characters and a thousand links, and most
// links lead nowhere.
func TestVault(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	front := []string{
		"---\ntags: [a, b/c]\naliases:\n  - Alt %d\ncssclasses: wide\n---\n",
		"---\ntitle: \"Note %d\"\nrelated:\n  - \"[[x]]\"\nnested:\n  a: 1\n  b:\n    c: [1, 2]\n---\n",
		"---\ntitle: Note %d: a subtitle\ntags: #one #two\n---\n",
		"---\ncreated: <%% tp.file.creation_date() %%>\ntype: {{type}}\ntitle: %d\n---\n",
		"---\nkanban-plugin: board %d\n",
		"%d\n---\nNo front matter.\n---\n",
	}
	bodies := []string{
		"![[Note %d]] and ![[picture %d.png|300]] and ![[Note %d#Part|x]]",
		"[[Note %d#Part]] [[Note %d#^block]] [[Nowhere %d|words]] [a](Note%%20%d.md)",
		"> [!abstract]- Folded\n> text [[Note %d]]\n\n```dataview\nTABLE file.mtime FROM #tag%d WHERE contains(x, [[y]])\n```",
		"- [ ] task #todo/%d\n  - [x] nested [[Note %d]] ^id-%d",
		"| a | b |\n|---|---|\n| [[Note %d\\|x]] | ![[y]] |",
		"$$\\int_0^1 x^%d$$ ==mark== %%%%hidden%%%% key:: value [@cite%d; @x] ^[inline]\n\n<%%* tR += await tp.file.title %%>",
	}
	for i := range 400 {
		folder := []string{"", "Projects/Deep/", "actors/", "sources/", "issues/", "meetings/", "Templates/"}[i%7]
		name := fmt.Sprintf("%s%s %d.md", folder, []string{"Note", "Über uns", "Заметка", "会议", "what? it's & 100%", "emoji 🎉"}[i%6], i)
		body := strings.ReplaceAll(strings.ReplaceAll(bodies[i%len(bodies)], "%%", "\x00"), "%d", fmt.Sprint((i*7)%400))
		text := fmt.Sprintf(front[i%len(front)], i) + "# A title\n\n## Part\n\n" + strings.ReplaceAll(body, "\x00", "%") + "\n"
		if i%5 == 0 {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		write(name, text)
	}
	write("Long.md", strings.Repeat("word ", 60_000)+strings.Repeat("[[Nowhere at all]] [[Note 7#Part]] ", 500))
	write("Open.md", strings.Repeat("[[", 3000)+strings.Repeat("> ", 3000)+strings.Repeat("*_", 3000))
	write("Bytes.md", "---\ntitle: caf\xe9\n---\n\xff\xfe\x00text")
	write("Empty.md", "")
	write("Board.canvas", "{}")
	write(".obsidian/workspace.json", "{}")
	write(".trash/Old.md", "[[gone]]")
	write("attachments/picture.png", "\x89PNG")

	status, stdout, stderr := run(t.Context(), "", "check", "--content", dir)
	if status != statusFailed {
		t.Errorf("status %d", status)
	}
	if !strings.Contains(stderr, "\nIn short:\n") && !strings.HasPrefix(stderr, "In short:\n") {
		t.Errorf("nothing is said in short: %.300s", stderr)
	}
	for _, code := range []string{"link/dangling", "link/anchor", "markdown/embed", "markdown/obsidian", "front/unknown-field", "front/syntax", "front/unclosed", "load/folder", "load/encoding"} {
		if m := regexp.MustCompile(`(?m)^ *\d+ (?:error|warning)\[` + code + `\] in \d+ files?, the first at .+:\d+:\d+$`).FindString(stderr); m == "" {
			t.Errorf("%s is not counted in\n%s", code, stderr)
		}
	}
	// A folder is one mistake, whatever is in it.
	if n := strings.Count(stdout, "error[load/folder]"); n != 2 {
		t.Errorf("%d messages on folders", n)
	}
	for line := range strings.Lines(stdout) {
		if len(line) > 2000 {
			t.Fatalf("a line of %d bytes: %.200s", len(line), line)
		}
	}
	if strings.Contains(stdout, ".trash") || strings.Contains(stdout, ".obsidian/") {
		t.Error("hidden folders are read")
	}
}
