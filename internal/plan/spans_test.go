package plan

import "testing"

// A page that holds all of a list links to no others of it.
func TestSpanned(t *testing.T) {
	one := []span{{path: "issues.html", to: 3}}
	if v := (desk{}).spanned(one, 0); len(v.Pages) != 0 || v.Previous != (Ref{}) || v.Next != (Ref{}) {
		t.Errorf("a list of one page has links %v", v)
	}
	two := []span{{path: "issues.html", title: "A – B"}, {path: "issues.2.html", title: "C"}}
	if v := (desk{}).spanned(two, 0); len(v.Pages) != 2 || v.Pages[0].Href != "" || v.Next.Href != "issues.2.html" {
		t.Errorf("a list of two pages has links %v", v)
	}
}
