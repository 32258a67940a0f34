package diag

import (
	"strings"
	"testing"
)

func TestNotUTF8(t *testing.T) {
	for _, c := range []struct {
		data   string
		at     int
		advice string
	}{
		{"", -1, ""},
		{"plain, Grüße, Привіт", -1, ""},
		{"\xEF\xBB\xBFwith a mark", -1, ""},
		{"a\x00b", -1, ""},
		{"caf\xe9", 3, "WINDOWS-1252"},
		{"\xFF\xFEa\x00b\x00", 0, "-f UTF-16 "},
		{"\xFE\xFF\x00a\x00b", 0, "-f UTF-16 "},
		{"a\x00b\x00c\x00\n\x00", 0, "-f UTF-16LE "},
		{"\x00a\x00b\x00c\x00\n", 0, "-f UTF-16BE "},
	} {
		at, wide, advice := NotUTF8([]byte(c.data))
		if text := strings.Join(advice, "\n"); at != c.at || !strings.Contains(text, c.advice) || (at < 0) != (text == "") || wide != strings.Contains(text, "UTF-16") {
			t.Errorf("%q: %d, %q", c.data, at, text)
		}
	}
}
