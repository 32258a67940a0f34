package diag

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// NotUTF8 returns the offset of the first byte that keeps data from being a
// text in UTF-8, and what to do about it; -1 and nothing for one that is.
// It is wide if it looks like UTF-16, and nothing in it can be read: that is
// told by its byte order mark, or by the zero bytes that it has between ASCII
// characters.
func NotUTF8(data []byte) (at int, wide bool, advice []string) {
	switch kind := utf16Kind(data); {
	case kind != "":
		return 0, true, []string{
			"it looks like UTF-16, which Windows calls Unicode: save it as UTF-8",
			"on a command line: iconv -f " + kind + " -t UTF-8 OLD > NEW",
		}
	case utf8.Valid(data):
		return -1, false, nil
	}
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at, false, []string{
		fmt.Sprintf("the first wrong byte is 0x%02X", data[at]),
		"open it in the encoding that it was written in, and save it as UTF-8",
		"a text of western Europe is mostly Windows-1252: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW",
	}
}

func utf16Kind(data []byte) string {
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		return "UTF-16"
	}
	head := data[:min(len(data), 1<<10)]
	if bytes.IndexByte(head, 0) < 0 {
		return ""
	}
	zeros := [2]int{}
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch many := max(1, len(head)/8); {
	case zeros[1] > many && zeros[0] == 0:
		return "UTF-16LE"
	case zeros[0] > many && zeros[1] == 0:
		return "UTF-16BE"
	}
	return ""
}
