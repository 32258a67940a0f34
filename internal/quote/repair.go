package quote

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Repair replaces every From of a damaged text with To.
type Repair struct{ From, To string }

// ParseRepair reads a repair written as "from=to", such as "β=—". White space
// counts on both sides; to may be empty; from may itself begin with "=".
//
// It refuses a from that is no sign of damage but occurs everywhere: white
// space alone, or a single letter or digit of ASCII.
func ParseRepair(s string) (Repair, error) {
	_, size := utf8.DecodeRuneInString(s)
	from, to, found := strings.Cut(s[size:], "=")
	if !found {
		return Repair{}, fmt.Errorf("the repair %q is not of the form FROM=TO, such as \"β=—\"", s)
	}
	r := Repair{s[:size] + from, to}
	switch {
	case s[0] == '=' && r.From == "=" && !strings.HasPrefix(s[1:], "="):
		return Repair{}, fmt.Errorf("the repair %q names nothing to replace before the \"=\"", s)
	case strings.TrimSpace(r.From) == "":
		return Repair{}, fmt.Errorf("the repair %q would replace white space everywhere", s)
	case len(r.From) == 1 && alnum(rune(r.From[0])):
		return Repair{}, fmt.Errorf("the repair %q would replace every %q of the text; name the damaged place with the characters beside it", s, r.From)
	case r.From == r.To:
		return Repair{}, fmt.Errorf("the repair %q changes nothing", s)
	}
	return r, nil
}

// String returns the repair as [ParseRepair] reads it.
func (r Repair) String() string { return r.From + "=" + r.To }

// apply returns b with the repair made, and the way back. Where there is
// nothing to repair it returns b itself and no way.
func (r Repair) apply(b []byte) ([]byte, offsets) {
	from := []byte(r.From)
	if len(from) == 0 || !bytes.Contains(b, from) {
		return b, nil
	}
	out := make([]byte, 0, len(b)+len(r.To))
	var at offsets
	for p := 0; ; {
		k := bytes.Index(b[p:], from)
		if k < 0 {
			return append(out, b[p:]...), at
		}
		out = append(out, b[p:p+k]...)
		to := len(out)
		out = append(out, r.To...)
		p += k
		at = append(at, edit{int32(p), int32(p + len(from)), int32(to), int32(len(out))})
		p += len(from)
	}
}

func repairString(s string, repairs []Repair) string {
	for _, r := range repairs {
		if r.From != "" {
			s = strings.ReplaceAll(s, r.From, r.To)
		}
	}
	return s
}
