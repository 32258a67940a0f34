package record

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// dates is every form that the specification gives for levels 0 and 1, and
// what is said of it.
var dates = []struct {
	text, words, first, last, iso string
	precision                     Precision
}{
	// Level 0: https://www.loc.gov/standards/datetime/
	{"2026-01-23", "23 Jan 2026", "2026-01-23", "2026-01-23", "2026-01-23", ToDay},
	{"2024-02-29", "29 Feb 2024", "2024-02-29", "2024-02-29", "2024-02-29", ToDay},
	{"2026-01", "Jan 2026", "2026-01-01", "2026-01-31", "2026-01", ToMonth},
	{"2024-02", "Feb 2024", "2024-02-01", "2024-02-29", "2024-02", ToMonth},
	{"2026", "2026", "2026-01-01", "2026-12-31", "2026", ToYear},
	{"0800", "800", "0800-01-01", "0800-12-31", "0800", ToYear},
	{"2026-01-23T10:30:00", "23 Jan 2026, 10:30", "2026-01-23", "2026-01-23", "2026-01-23T10:30:00", ToTime},
	{"2026-01-23T10:30:05Z", "23 Jan 2026, 10:30:05 UTC", "2026-01-23", "2026-01-23", "2026-01-23T10:30:05Z", ToTime},
	{"2026-01-23T10:30:00+04", "23 Jan 2026, 10:30 UTC+04", "2026-01-23", "2026-01-23", "2026-01-23T10:30:00+04:00", ToTime},
	{"2026-01-23T23:59:59-03:30", "23 Jan 2026, 23:59:59 UTC-03:30", "2026-01-23", "2026-01-23", "2026-01-23T23:59:59-03:30", ToTime},
	{"2025-11-22/2025-11-23", "22–23 Nov 2025", "2025-11-22", "2025-11-23", "", ToDay},
	{"2025-11-30/2025-12-02", "30 Nov – 2 Dec 2025", "2025-11-30", "2025-12-02", "", ToDay},
	{"2025-12-30/2026-01-02", "30 Dec 2025 – 2 Jan 2026", "2025-12-30", "2026-01-02", "", ToDay},
	{"2025-11/2025-12", "Nov–Dec 2025", "2025-11-01", "2025-12-31", "", ToMonth},
	{"2025-12/2026-01", "Dec 2025 – Jan 2026", "2025-12-01", "2026-01-31", "", ToMonth},
	{"2014/2022", "2014–2022", "2014-01-01", "2022-12-31", "", ToYear},
	{"202X", "2020s", "2020-01-01", "2029-12-31", "", ToDecade},
	{"2014/2022-02-24", "2014 – 24 Feb 2022", "2014-01-01", "2022-02-24", "", ToYear},
	{"2025-11-24/2025-11", "24 Nov 2025 – Nov 2025", "2025-11-24", "2025-11-30", "", ToMonth},
	{"2025-11-24/2025-11-24", "24 Nov 2025", "2025-11-24", "2025-11-24", "", ToDay},

	// Level 1: qualifiers.
	{"2025-11-24?", "24 Nov 2025, date inferred", "2025-11-24", "2025-11-24", "2025-11-24", ToDay},
	{"2025-11~", "about Nov 2025", "2025-11-01", "2025-11-30", "2025-11", ToMonth},
	{"2025-11-24%", "about 24 Nov 2025, date inferred", "2025-11-24", "2025-11-24", "2025-11-24", ToDay},
	{"2025?", "2025, date inferred", "2025-01-01", "2025-12-31", "2025", ToYear},
	{"2025-11-24?/2025-11-25?", "24–25 Nov 2025, dates inferred", "2025-11-24", "2025-11-25", "", ToDay},
	{"2025-11-24~/2025-11-25~", "about 24–25 Nov 2025", "2025-11-24", "2025-11-25", "", ToDay},
	{"2025-11-24%/2025-12%", "about 24 Nov 2025 – Dec 2025, dates inferred", "2025-11-24", "2025-12-31", "", ToMonth},
	{"2025-11-24?/2025-11-25", "from 24 Nov 2025 (date inferred) to 25 Nov 2025", "2025-11-24", "2025-11-25", "", ToDay},
	{"2025-11-24/2025-11-25?", "from 24 Nov 2025 to 25 Nov 2025 (date inferred)", "2025-11-24", "2025-11-25", "", ToDay},
	{"2025-11~/2025-12-03", "from about Nov 2025 to 3 Dec 2025", "2025-11-01", "2025-12-03", "", ToMonth},
	{"2025-11-24?/2025-11-24?", "24 Nov 2025, date inferred", "2025-11-24", "2025-11-24", "", ToDay},

	// Level 1: unspecified digits.
	{"201X", "2010s", "2010-01-01", "2019-12-31", "", ToDecade},
	{"200X", "2000 to 2009", "2000-01-01", "2009-12-31", "", ToDecade},
	{"20XX", "2000 to 2099", "2000-01-01", "2099-12-31", "", ToCentury},
	{"201X?", "2010s, date inferred", "2010-01-01", "2019-12-31", "", ToDecade},
	{"2004-XX", "a month in 2004", "2004-01-01", "2004-12-31", "2004", ToYear},
	{"2004-02-XX", "a day in Feb 2004", "2004-02-01", "2004-02-29", "2004-02", ToMonth},
	{"2004-02-XX~", "a day in about Feb 2004", "2004-02-01", "2004-02-29", "2004-02", ToMonth},
	{"2004-XX-XX", "a day in 2004", "2004-01-01", "2004-12-31", "2004", ToYear},

	// Level 1: seasons.
	{"2026-21", "spring 2026", "2026-03-01", "2026-05-31", "", ToSeason},
	{"2026-22", "summer 2026", "2026-06-01", "2026-08-31", "", ToSeason},
	{"2026-23~", "about autumn 2026", "2026-09-01", "2026-11-30", "", ToSeason},
	{"2025-24", "winter 2025–26", "2025-12-01", "2026-02-28", "", ToSeason},
	{"2023-24", "winter 2023–24", "2023-12-01", "2024-02-29", "", ToSeason},
	{"1999-24", "winter 1999–2000", "1999-12-01", "2000-02-29", "", ToSeason},
	{"2025-24/2026-21", "winter 2025–26 – spring 2026", "2025-12-01", "2026-05-31", "", ToSeason},

	// Level 1: open and unknown ends.
	{"2025-11-22/..", "22 Nov 2025 onwards", "2025-11-22", "open", "", ToDay},
	{"2025-11~/..", "about Nov 2025 onwards", "2025-11-01", "open", "", ToMonth},
	{"2025-11-22?/..", "22 Nov 2025 onwards, date inferred", "2025-11-22", "open", "", ToDay},
	{"../2025-11-22", "until 22 Nov 2025", "open", "2025-11-22", "", ToDay},
	{"../2025-11%", "until about Nov 2025, date inferred", "open", "2025-11-30", "", ToMonth},
	{"2025-11-22/", "from 22 Nov 2025, end not known", "2025-11-22", "2025-11-22", "", ToDay},
	{"2025-11?/", "from Nov 2025 (date inferred), end not known", "2025-11-01", "2025-11-30", "", ToMonth},
	{"/2025-11", "until Nov 2025, start not known", "2025-11-01", "2025-11-30", "", ToMonth},

	// Level 1: negative and long years.
	{"0000", "1 BC", "0000-01-01", "0000-12-31", "", ToYear},
	{"-0043", "44 BC", "-0043-01-01", "-0043-12-31", "", ToYear},
	{"-0043-03-15", "15 Mar 44 BC", "-0043-03-15", "-0043-03-15", "", ToDay},
	{"-0043/0014", "44 BC – 14", "-0043-01-01", "0014-12-31", "", ToYear},
	{"-004X", "50 BC to 41 BC", "-0049-01-01", "-0040-12-31", "", ToDecade},
	{"-01XX", "200 BC to 101 BC", "-0199-01-01", "-0100-12-31", "", ToCentury},
	{"Y170000002", "170000002", "170000002-01-01", "170000002-12-31", "170000002", ToYear},
	{"Y-170000002", "170000003 BC", "-170000002-01-01", "-170000002-12-31", "", ToYear},
	{"Y12026?", "12026, date inferred", "12026-01-01", "12026-12-31", "12026", ToYear},
}

func TestDates(t *testing.T) {
	day := func(d Day) string {
		if d == MinDay || d == MaxDay {
			return "open"
		}
		return d.String()
	}
	for _, want := range dates {
		d, err := ParseDate(want.text)
		if err != nil {
			t.Errorf("%s: %v", want.text, err)
			continue
		}
		got := want
		got.text, got.words, got.first, got.last, got.iso, got.precision = d.String(), d.Words(), day(d.Earliest()), day(d.Latest()), d.ISO(), d.Precision()
		if got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", want.text, got, want)
		}
		if d.IsZero() {
			t.Errorf("%s: is no date", want.text)
		}
	}
}

func TestDateErrors(t *testing.T) {
	const form = notADate
	for _, test := range []struct {
		text       string
		start, end int
		problem    string
		write      string
	}{
		{"", 0, 0, "no date", ""},
		{"soon", 0, 4, form, ""},
		{"the day after", 0, 13, form, ""},

		// Dates that do not exist.
		{"2026-02-30", 8, 10, "February 2026 has 28 days", ""},
		{"2024-02-30", 8, 10, "February 2024 has 29 days", ""},
		{"1900-02-29", 8, 10, "February 1900 has 28 days", ""},
		{"2025-11-31?", 8, 10, "November 2025 has 30 days", ""},
		{"2026-01-00", 8, 10, "there is no day 00", ""},
		{"2026-13", 5, 7, "there is no month 13; a year has months 01 to 12, and seasons 21 (spring) to 24 (winter)", ""},
		{"2026-00-01", 5, 7, "there is no month 00; a year has months 01 to 12, and seasons 21 (spring) to 24 (winter)", ""},
		{"2026-17-01", 5, 7, "there is no month 17; a year has months 01 to 12, and seasons 21 (spring) to 24 (winter)", "2026-01-17"},
		{"2026-23-01", 8, 10, "a season (23) has no days", "2026-01-23"},
		{"2025-11-22/2025-11-31", 19, 21, "November 2025 has 30 days", ""},
		{"2025-11-23/2025-11-22", 0, 21, "the interval ends before it begins", "2025-11-22/2025-11-23"},
		{"2025-12/2025-11-30", 0, 18, "the interval ends before it begins", "2025-11-30/2025-12"},
		{"-0000", 0, 5, "the year 0 has no sign", ""},

		// Intervals that say nothing, or too much.
		{"../..", 0, 5, "an interval with neither a start nor an end", ""},
		{"/", 0, 1, "an interval with neither a start nor an end", ""},
		{"/..", 0, 3, "an interval with neither a start nor an end", ""},
		{"..", 0, 2, form, ""},
		{"2025-11-22T10:00:00/2025-11-23", 10, 19, "an interval is from day to day, without a time of day", ""},
		{"2025-11-22/2025-11-23/2025-11-24", 0, 32, form, ""},

		// Times of day.
		{"2026-01-23T10:30", 11, 16, "a time of day has the form HH:MM:SS", "2026-01-23T10:30:00"},
		{"2026-01-23 9:30", 0, 15, form, "2026-01-23T09:30:00"},
		{"2026-01-23T10:30:00.25Z", 19, 23, "a time zone has the form Z, +HH or +HH:MM", "2026-01-23T10:30:00Z"},
		{"2026-01-23T24:00:00", 11, 13, "the hours of a day are 00 to 23", ""},
		{"2026-01-23T10:60:00", 14, 16, "the minutes of an hour are 00 to 59", ""},
		{"2026-01-23T10:00:60", 17, 19, "the seconds of a minute are 00 to 59", ""},
		{"2026-01-23T10:00:00+15:00", 19, 25, "a time zone is at most 14 hours from UTC", ""},
		{"2026-01-23T10:00:00-00:00", 19, 25, "no zone lies 0 hours behind UTC; Z is UTC", ""},
		{"2026-01-23T10:00:00+0400", 19, 24, "a time zone has the form Z, +HH or +HH:MM", ""},
		{"2026-01-23T10:00:00?", 19, 20, "a time of day takes no qualifier", ""},
		{"2026-01T10:00:00", 0, 16, form, ""},

		// Other ways to write a date.
		{"23 Jan 2026", 0, 11, form, "2026-01-23"},
		{"Friday, 23rd January, 2026", 0, 26, form, "2026-01-23"},
		{"January 23, 2026", 0, 16, form, "2026-01-23"},
		{"Nov. 2025?", 0, 9, form, "2025-11?"},
		{"about 3 Sept 2025", 0, 17, form, "2025-09-03~"},
		{"probably about Nov 2025", 0, 23, form, "2025-11%"},
		{"22–23 November 2025", 0, 21, form, "2025-11-22/2025-11-23"},
		{"31 Feb 2026", 0, 11, form, ""},
		{"Spring 2026", 0, 11, form, "2026-21"},
		{"fall 2026", 0, 9, form, "2026-23"},
		{"23 January", 0, 10, form, ""},
		{"23 Janvier 2026", 0, 15, form, ""},
		{"2026/01/23", 0, 10, form, "2026-01-23"},
		{"2026.1.3", 0, 8, form, "2026-01-03"},
		{"2026-1-3", 0, 8, form, "2026-01-03"},
		{"2026-1", 0, 6, form, "2026-01"},
		{"20260123", 0, 8, form, "2026-01-23"},
		{"23.01.2026", 0, 10, form, "2026-01-23"},
		{"02.01.2026", 0, 10, form, "2026-01-02"},
		{"23/1/2026", 0, 9, form, "2026-01-23"},
		{"1/23/2026", 0, 9, form, "2026-01-23"},
		{"01/02/2026", 0, 10, form, "2026-02-01 or 2026-01-02"},
		{"1/1/2026", 0, 8, form, "2026-01-01"},
		{"11/2025", 0, 2, form, "2025-11"},
		{"2026–01–23", 0, 14, form, "2026-01-23"},
		{" 2026-01-23 ", 0, 12, form, "2026-01-23"},
		{"2025-11-22 / 2025-11-23", 0, 11, form, "2025-11-22/2025-11-23"},
		{"2025-11-22 – 2025-11-23", 0, 25, form, "2025-11-22/2025-11-23"},
		{"2025-11 to 2026-01", 0, 18, form, "2025-11/2026-01"},
		{"2026-01-23Z", 0, 11, form, ""},
		{"12026", 0, 5, form, ""},
		{"Y2026", 0, 1, "a year of four digits is written without Y", "2026"},
		{"Y-44", 0, 1, "a year of four digits is written without Y", "-0044"},
		{"Y012026", 1, 7, "a year after Y does not begin with 0", ""},
		{"Y1234567890", 1, 11, "a year of more than nine digits", ""},

		// The draft of 2012.
		{"201u", 0, 4, form, "201X"},
		{"201x", 0, 4, form, "201X"},
		{"y12026", 0, 6, form, "Y12026"},
		{"2025-11-24?~", 10, 11, "a qualifier (? ~ or %) within a date is " + level2, "2025-11-24%"},
		{"2025-11-22/open", 11, 15, form, "2025-11-22/.."},
		{"unknown/2025-11-22", 0, 7, form, "/2025-11-22"},

		// Level 2.
		{"2025?-11", 4, 5, "a qualifier (? ~ or %) within a date is " + level2, "2025-11?"},
		{"2025-11-~24", 8, 9, "a qualifier (? ~ or %) within a date is " + level2, "2025-11-24~"},
		{"?2025-~11", 0, 1, "a qualifier (? ~ or %) within a date is " + level2, "2025-11%"},
		{"156X-12-25", 3, 4, "unspecified digits before others are " + level2, ""},
		{"2004-XX-25", 5, 7, "unspecified digits before others are " + level2, ""},
		{"1XXX", 0, 4, "unspecified digits here are " + level2, ""},
		{"X004", 0, 4, "unspecified digits here are " + level2, ""},
		{"1984-1X", 5, 7, "one unspecified digit of a month is " + level2, ""},
		{"1984-10-2X", 8, 10, "one unspecified digit of a day is " + level2, ""},
		{"2004-06-XX/2004-07-03", 0, 10, "unspecified digits in an interval are " + level2, "2004-06/2004-07-03"},
		{"2026-33", 5, 7, "a quarter, a half or a season of a hemisphere (25 to 41) is " + level2, ""},
		{"Y-17E7", 3, 6, "a year with an exponent or significant digits is " + level2, ""},
		{"Y171010000S3", 10, 12, "a year with an exponent or significant digits is " + level2, ""},
		{"[2025,2026]", 0, 11, "a set of dates is " + level2, ""},
		{"{2025..2026}", 0, 12, "a set of dates is " + level2, ""},
	} {
		d, err := ParseDate(test.text)
		var got *DateError
		if !errors.As(err, &got) {
			t.Errorf("%q: read as %q", test.text, d.Words())
			continue
		}
		want := DateError{Text: test.text, Start: test.start, End: test.end, Problem: test.problem, Write: test.write}
		if *got != want {
			t.Errorf("%q:\n got %+v\nwant %+v", test.text, *got, want)
		}
		if !d.IsZero() {
			t.Errorf("%q: an error, and yet a date", test.text)
		}
	}
}

func TestDateErrorString(t *testing.T) {
	for text, want := range map[string]string{
		"2026-02-30":               "2026-02-30: February 2026 has 28 days",
		"23 Jan 2026":              "23 Jan 2026: not a date of the form YYYY-MM-DD, YYYY-MM or YYYY; write 2026-01-23",
		"a\tb":                     `"a\tb": not a date of the form YYYY-MM-DD, YYYY-MM or YYYY`,
		strings.Repeat("long", 20): `"` + strings.Repeat("long", 10) + `": not a date of the form YYYY-MM-DD, YYYY-MM or YYYY`,
	} {
		if _, err := ParseDate(text); err.Error() != want {
			t.Errorf("%q:\n got %s\nwant %s", text, err, want)
		}
	}
}

func TestDateQualifiers(t *testing.T) {
	for text, want := range map[string][2]bool{
		"2025": {false, false}, "2025?": {true, false}, "2025~": {false, true}, "2025%": {true, true},
		"2025/2026?": {true, false}, "2025~/2026": {false, true}, "2025?/2026~": {true, true}, "2025/..": {false, false},
	} {
		d := mustDate(t, text)
		if got := [2]bool{d.Uncertain(), d.Approximate()}; got != want {
			t.Errorf("%s: uncertain, approximate = %v, want %v", text, got, want)
		}
	}
}

func TestDateMonth(t *testing.T) {
	for text, want := range map[string]string{
		"2025-11-24?":           "November 2025",
		"2025-11":               "November 2025",
		"2025-11-XX":            "November 2025",
		"2026-01-23T10:30:00":   "January 2026",
		"2025-11-30/2025-12-02": "November 2025",
		"2025-11/..":            "November 2025",
		"../2025-11":            "November 2025",
		"/2025-11":              "November 2025",
		"2026-21":               "2026",
		"2026-XX-XX":            "2026",
		"-0043":                 "44 BC",
	} {
		if got := MonthWords(mustDate(t, text).Month()); got != want {
			t.Errorf("%s is listed under %q, want %q", text, got, want)
		}
	}
	if got := MonthWords(Date{}.Month()); got != "No date" {
		t.Errorf("no date is listed under %q", got)
	}
}

func TestNoDate(t *testing.T) {
	var d Date
	if !d.IsZero() || d.String() != "" || d.Words() != "" || d.ISO() != "" || d.Precision() != NoPrecision {
		t.Errorf("the zero Date says something: %q %q %q", d, d.Words(), d.ISO())
	}
	if d.Earliest() != MaxDay || d.Latest() != MaxDay {
		t.Error("the zero Date has days")
	}
	if Compare(d, mustDate(t, "Y999999999")) <= 0 || Compare(d, mustDate(t, "9999/..")) <= 0 {
		t.Error("the zero Date sorts before a date")
	}
}

func TestParseDay(t *testing.T) {
	d, err := ParseDay("2026-01-23")
	if err != nil || d != NewDay(2026, time.January, 23) || d.String() != "2026-01-23" || d.Words() != "23 Jan 2026" {
		t.Errorf("ParseDay: %v (%s), %v", d, d.Words(), err)
	}
	for text, want := range map[string]string{
		"2026-01":               "2026-01: one full day is wanted here, without a qualifier; write 2026-01-01",
		"2026-01-23?":           "2026-01-23?: one full day is wanted here, without a qualifier; write 2026-01-23",
		"2026-01-23/2026-01-24": "2026-01-23/2026-01-24: one full day is wanted here, without a qualifier; write 2026-01-23",
		"../2026-01-24":         "../2026-01-24: one full day is wanted here, without a qualifier",
		"23 Jan 2026":           "23 Jan 2026: not a date of the form YYYY-MM-DD, YYYY-MM or YYYY; write 2026-01-23",
	} {
		if _, err := ParseDay(text); err == nil || err.Error() != want {
			t.Errorf("ParseDay(%q): %v\nwant %s", text, err, want)
		}
	}
}

// TestDateOrder checks that Compare is a total order, on every triple of the
// table, and that its order is the one it promises.
func TestDateOrder(t *testing.T) {
	all := []Date{{}}
	for _, d := range dates {
		all = append(all, mustDate(t, d.text))
	}
	for _, a := range all {
		for _, b := range all {
			ab := Compare(a, b)
			if ab != -Compare(b, a) || (ab == 0) != (a == b) {
				t.Fatalf("Compare(%q, %q) = %d, the other way round %d", a, b, ab, Compare(b, a))
			}
			for _, c := range all {
				if ab <= 0 && Compare(b, c) <= 0 && Compare(a, c) > 0 {
					t.Fatalf("%q <= %q <= %q, and yet the first is after the last", a, b, c)
				}
			}
		}
	}
	want := []string{
		"../2025", "-0043", "2025-11-24", "2025-11-24?", "2025-11-24/2025-11-25", "2025-11-24/..",
		"2025-12-01", "2025-12", "2025-12~", "2025-24", "2026-01-01", "2026-01", "2026", "2026-XX",
	}
	var got []Date
	for i := range want {
		got = append(got, mustDate(t, want[(i*5)%len(want)]))
	}
	slices.SortFunc(got, Compare)
	for i, d := range got {
		if d.String() != want[i] {
			t.Errorf("place %d: %s, want %s", i, d, want[i])
		}
	}
}

func TestDateJSON(t *testing.T) {
	b, err := json.Marshal(struct {
		Said  Date `json:"said"`
		Never Date `json:"never,omitzero"`
	}{Said: mustDate(t, "2025-11-24?")})
	if err != nil || string(b) != `{"said":"2025-11-24?"}` {
		t.Errorf("%s, %v", b, err)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, d := range dates {
		f.Add(d.text)
	}
	for _, s := range []string{"", "/", "2026-02-30", "23 Jan 2026", "01/02/2026", "Y-", "-XXXX", "2026-01-23T", "22–23 Nov 2025", "\xff", "%~?"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			var e *DateError
			if !errors.As(err, &e) || e.Text != s || e.Start < 0 || e.Start > e.End || e.End > len(s) || e.Problem == "" {
				t.Fatalf("%q: error %+v", s, e)
			}
			for w := range strings.SplitSeq(e.Write, " or ") {
				if _, err := ParseDate(w); w != "" && err != nil {
					t.Errorf("%q: told to write %q, which is none: %v", s, w, err)
				}
			}
			return
		}
		if d.String() != s {
			t.Errorf("%q became %q", s, d)
		}
		if again, err := ParseDate(d.String()); again != d || err != nil {
			t.Errorf("%q read again is %q, %v", s, again, err)
		}
		if cmp.Compare(d.Earliest(), d.Latest()) > 0 {
			t.Errorf("%q is from %v to %v", s, d.Earliest(), d.Latest())
		}
		if d.Words() == "" || d.Precision() == NoPrecision || d.IsZero() {
			t.Errorf("%q says nothing", s)
		}
		if Compare(d, d) != 0 {
			t.Errorf("%q is not itself", s)
		}
		want := ""
		if m := d.start; d.end.form == formNone && m.year > 0 {
			switch m.form {
			case formTime:
				want = d.ISO() // whose zone is as it was written
			case formDay:
				want = fmt.Sprintf("%04d-%02d-%02d", m.year, m.month, m.day)
			case formMonth, formDayOfMonth:
				want = fmt.Sprintf("%04d-%02d", m.year, m.month)
			case formYear, formMonthOf, formDayOf:
				want = fmt.Sprintf("%04d", m.year)
			}
		}
		if got := d.ISO(); got != want {
			t.Errorf("%q is %q for HTML, want %q", s, got, want)
		}
	})
}

func BenchmarkParseDate(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseDate("2025-11-24?/2025-11-25?"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompareDates(b *testing.B) {
	x, y := mustDate(b, "2025-11-24?"), mustDate(b, "2025-11-24?/2025-11-25?")
	for b.Loop() {
		Compare(x, y)
	}
}

func mustDate(t testing.TB, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Days are written digit by digit, as by [fmt.Sprintf].
func TestDayString(t *testing.T) {
	for _, year := range []int{-1, 0, 1, 987, 2024, 9999, 10000, 123456} {
		for month := time.January; month <= time.December; month++ {
			for day := 1; day <= 28; day++ {
				sign := ""
				if year < 0 {
					sign = "-"
				}
				want := fmt.Sprintf("%s%04d-%02d-%02d", sign, max(year, -year), month, day)
				if got := NewDay(year, month, day).String(); got != want {
					t.Errorf("%q, want %q", got, want)
				}
				if got, want := NewDay(year, month, day).Words(), strconv.Itoa(day)+" "+shortMonth(month)+" "+yearWords(year); got != want {
					t.Errorf("%q, want %q", got, want)
				}
			}
		}
	}
}
