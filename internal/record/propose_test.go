package record

import "testing"

func TestProposeID(t *testing.T) {
	s := &Source{Claims: []*Claim{{ID: "stays"}, {ID: "stays-2"}, {ID: "claim"}}}
	for heading, want := range map[string]string{
		"It stays": "stays-3",
		"The clerk says the ferry and the bridge are closed": "clerk-says-ferry-bridge",
		"Zelenskyy's plan": "zelenskyy-plan",
		"It is":            "it-is", // nothing in it says anything
		"…":                "claim-2",
		"Donaudampfschifffahrtsgesellschaftskapitän": "donaudampfschifffahrtsgesellschaftskapitan",
	} {
		if got := s.ProposeID(heading); got != want {
			t.Errorf("%s: %s, want %s", heading, got, want)
		}
	}
}
