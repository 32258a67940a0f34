package plan

import (
	"fmt"
	"slices"
	"testing"

	"readout/internal/record"
)

// A list by month is cut where a month ends, and within one that is too long,
// under a path and a title of its own each.
func TestStretches(t *testing.T) {
	date := func(s string) record.Date {
		d, err := record.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	var dates []record.Date
	add := func(n int, s string) { dates = append(dates, slices.Repeat([]record.Date{date(s)}, n)...) }
	add(mostDated/2, "2031-03-02")
	add(mostDated+1, "2031-02-28")
	add(1, "2031-02")
	add(1, "2030")
	dates = append(dates, record.Date{})
	var got []string
	at := 0
	for _, s := range stretches("changes.html", len(dates), func(i int) record.Date { return dates[i] }) {
		if s.from != at {
			t.Errorf("%s begins at %d, not at %d", s.path, s.from, at)
		}
		at = s.to
		got = append(got, fmt.Sprintf("%s %q %d", s.path, s.title, s.to-s.from))
	}
	want := []string{
		fmt.Sprintf("changes.2031-03.html %q %d", "March 2031", mostDated/2),
		fmt.Sprintf("changes.2031-02.html %q %d", "February 2031", mostDated),
		fmt.Sprintf("changes.2031-02.2.html %q %d", "February 2031, part 2", 2),
		fmt.Sprintf("changes.2030.html %q %d", "2030", 1),
		fmt.Sprintf("changes.undated.html %q %d", "Without a date", 1),
	}
	if at != len(dates) || !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if stretches("changes.html", mostDated, func(i int) record.Date { return dates[i] }) != nil {
		t.Error("a list that fits its page is cut")
	}
}

// Pages of a list by name are even, and called by what they begin and end with.
func TestSpans(t *testing.T) {
	names := []string{"Ann", "Bo", "Cy", "Di", "Ed"}
	name := func(i int) string { return names[i] }
	if got := fmt.Sprint(spans("actors.html", 5, 2, name)); got != "[{actors.html Ann 0 1} {actors.2.html Bo – Cy 1 3} {actors.3.html Di – Ed 3 5}]" {
		t.Error(got)
	}
	if spans("actors.html", 5, 5, name) != nil {
		t.Error("a list that fits its page is cut")
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1\u202f000", 12345: "12\u202f345", 1234567: "1\u202f234\u202f567"} {
		if got := number(n); got != want {
			t.Errorf("%d is %q", n, got)
		}
	}
}
