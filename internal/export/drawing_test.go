package export

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// A drawing is XML whatever its names hold, says what it is and where it is
// from, and neither asks for anything nor leads anywhere.
func TestDrawings(t *testing.T) {
	n := 0
	samples(t, func(t *testing.T, _ *txtar.Archive, s sample) {
		for _, f := range s.files() {
			if !strings.HasSuffix(f.Path, ".svg") {
				continue
			}
			n++
			var text strings.Builder
			d := xml.NewDecoder(strings.NewReader(string(f.Data)))
			for {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", f.Path, err)
				}
				switch token := token.(type) {
				case xml.CharData:
					text.Write(token)
				case xml.StartElement:
					for _, a := range token.Attr {
						if a.Name.Local == "href" || a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
							t.Errorf("%s has %s=%q", f.Path, a.Name.Local, a.Value)
						}
					}
					if token.Name.Local == "script" || token.Name.Local == "image" {
						t.Errorf("%s has <%s>", f.Path, token.Name.Local)
					}
				}
			}
			if !strings.Contains(text.String(), "Source: "+s.site.Config.Name.Value) || strings.Contains(text.String(), "url(") {
				t.Errorf("%s says %s", f.Path, text.String())
			}
		}
	})
	if n < 3 {
		t.Errorf("%d drawings", n)
	}
}

func TestEscapeXML(t *testing.T) {
	if got, want := escapeXML("a<b>&\"c\"\x00\x1b\xffd\uFFFE"), "a&lt;b&gt;&amp;&quot;c&quot;\uFFFDd"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
