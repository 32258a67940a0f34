package serve

import (
	"net/http"
	"strings"
	"testing"
)

// Pages and exports that are made when they are asked for are there as others
// are, and change with what they are made of.
func TestLazyFiles(t *testing.T) {
	s := bench(t)
	for _, path := range []string{"/", "/actors/council.html", "/actors/council", "/data/claims.json", "/data/meetings.ics"} {
		if status, _ := s.get(path); status != http.StatusOK {
			t.Errorf("%s: %d", path, status)
		}
	}
	for _, path := range []string{"/data/none.json", "/actors/none.html", "/none"} {
		if status, _ := s.get(path); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
	council, other := s.listen("/actors/council.html"), s.listen("/actors/clerk.html")
	c0, o0 := council.next(), other.next()
	s.write("actors/council.md", strings.Replace(sampleFiles()["actors/council.md"], "aliases: [Council]", "aliases: [Council, Councillors]", 1))
	c1, o1 := council.next(), other.next()
	if c1.Page == c0.Page || o1.Page != o0.Page || o1.Build == o0.Build {
		t.Errorf("%+v, then %+v; another page: %+v, then %+v", c0, c1, o0, o1)
	}
	if len(o1.Changed) != 1 || o1.Changed[0] != (page{"actors/council.html", "Town Council"}) {
		t.Errorf("what changed: %+v", o1.Changed)
	}
	s.becomes("/actors/council.html", "Councillors")
	s.becomes("/data/claims.json", "the-council-met")
	s.write("sources/post.md", strings.Replace(sampleSource, "the-council-met", "council-met", 1))
	s.becomes("/data/claims.json", "post#council-met")
}
