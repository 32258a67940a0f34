package load

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// A folder is a file system, and reads files as os.DirFS does, errors too.
func TestDir(t *testing.T) {
	name := t.TempDir()
	want := map[string][]byte{
		"a.md": []byte("one\n"), "b/empty.md": {}, "b/c/large.md": bytes.Repeat([]byte("0123456789"), 1_000),
	}
	for file, data := range want {
		file = filepath.Join(name, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := fstest.TestFS(Dir(name), "a.md", "b/empty.md", "b/c/large.md"); err != nil {
		t.Error(err)
	}
	for file, data := range want {
		if got, err := fs.ReadFile(Dir(name), file); err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s: %d bytes and %v, want %d", file, len(got), err, len(data))
		}
	}
	for _, file := range []string{"gone.md", "gone/x.md", "a.md/x", "b", "../a.md", "/a.md", ""} {
		_, got := fs.ReadFile(Dir(name), file)
		_, want := fs.ReadFile(os.DirFS(name), file)
		if got == nil || want == nil || got.Error() != want.Error() || errors.Is(got, fs.ErrNotExist) != errors.Is(want, fs.ErrNotExist) {
			t.Errorf("%q: %v, want %v", file, got, want)
		}
	}
}
