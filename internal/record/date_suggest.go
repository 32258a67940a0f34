package record

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// suggest returns what the writer of s, which is not a date, probably meant:
// the one date that the words or numbers can stand for, two joined by "or"
// where day and month may be taken for each other, or nothing. It never
// completes what is not there.
func suggest(s string) string {
	const tooLong = 64 // a date was forgotten, not misspelt
	if len(s) > tooLong {
		return ""
	}
	s = strings.NewReplacer("–", "-", "—", "-", "−", "-", "‐", "-", "‑", "-", "\u00a0", " ").Replace(strings.TrimSpace(s))
	for _, guess := range []func(string) []string{tidied, numeric, worded} {
		var valid []string
		for _, w := range guess(s) {
			if _, err := parseDate(w); err == nil && !slices.Contains(valid, w) {
				valid = append(valid, w)
			}
		}
		if valid != nil {
			return strings.Join(valid, " or ")
		}
	}
	return ""
}

// tidied mends what stands beside the characters of a date: spaces, the
// letters and words of the draft of 2012, a qualifier within or twice.
func tidied(s string) []string {
	var ends []string
	s = strings.NewReplacer(" - ", "/", " to ", "/").Replace(s)
	for end := range strings.SplitSeq(s, "/") {
		end = strings.TrimSpace(end)
		switch strings.ToLower(end) {
		case "open":
			end = ".."
		case "unknown":
			end = ""
		}
		if bare := strings.Map(dropMark, end); bare != end {
			end = bare + markOf(end)
		}
		ends = append(ends, strings.NewReplacer("x", "X", "u", "X", "y", "Y").Replace(end))
	}
	whole := strings.Join(ends, "/")
	if len(ends) == 1 {
		return []string{whole}
	}
	// An interval takes the month of a day that is not known.
	return []string{whole, strings.ReplaceAll(whole, "-XX", "")}
}

func dropMark(r rune) rune {
	if strings.ContainsRune("?~%", r) {
		return -1
	}
	return r
}

func markOf(s string) string {
	var m mark
	for i := range len(s) {
		m |= marks[s[i]]
	}
	return markStrings[m]
}

var markStrings = [...]string{uncertain: "?", approximate: "~", uncertain | approximate: "%"}

var numericForms = sync.OnceValue(func() (re struct{ yearFirst, basic, yearLast, clock *regexp.Regexp }) {
	re.yearFirst = regexp.MustCompile(`^(\d{4})[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?([?~%]?)$`)
	re.basic = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})([?~%]?)$`)
	re.yearLast = regexp.MustCompile(`^(?:(\d{1,2})([-/. ]))?(\d{1,2})[-/. ](\d{4})([?~%]?)$`)
	re.clock = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)? ?(Z|[+-]\d{2}(?::\d{2})?)?$`)
	return re
})

// numeric reads dates of numbers alone: other separators, other orders, one
// digit where two belong, a time of day without seconds.
func numeric(s string) []string {
	re := numericForms()
	for _, re := range []*regexp.Regexp{re.yearFirst, re.basic} {
		if m := re.FindStringSubmatch(s); m != nil {
			date := ymd(m[1], m[2], m[3]) + m[4]
			if _, err := parseDate(date); err != nil && m[3] != "" {
				date = ymd(m[1], m[3], m[2]) + m[4]
			}
			return []string{date}
		}
	}
	if m := re.yearLast.FindStringSubmatch(s); m != nil {
		a, sep, b, year, mark := m[1], m[2], m[3], m[4], m[5]
		if a == "" || sep == "." { // points stand only where the day comes first
			return []string{ymd(year, b, a) + mark}
		}
		return []string{ymd(year, b, a) + mark, ymd(year, a, b) + mark}
	}
	if m := re.clock.FindStringSubmatch(s); m != nil {
		return []string{m[1] + "T" + two(m[2]) + ":" + m[3] + ":" + two(m[4]) + m[5]}
	}
	return nil
}

func two(digits string) string { return strings.Repeat("0", max(0, 2-len(digits))) + digits }

// ymd joins what is there of a year, a month and a day.
func ymd(year, month, day string) string {
	for _, s := range []string{month, day} {
		if s != "" {
			year += "-" + two(s)
		}
	}
	return year
}

var dateWords = map[string]mark{
	"about": approximate, "around": approximate, "approximately": approximate, "approx": approximate,
	"circa": approximate, "ca": approximate, "c": approximate, "early": approximate, "mid": approximate, "late": approximate,
	"probably": uncertain, "possibly": uncertain, "perhaps": uncertain, "uncertain": uncertain, "inferred": uncertain,
	"on": 0, "in": 0, "the": 0, "of": 0, "date": 0,
}

// worded reads dates in English: "23 January 2026", "Jan. 23rd, 2026",
// "22-23 November 2025", "about Nov 2025", "spring 2026".
func worded(s string) []string {
	var year, month string
	var days []string
	m := marks[0]
	for i := range len(s) {
		m |= marks[s[i]]
	}
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" ,.-()?~%", r) })
	for _, w := range words {
		number := strings.TrimRight(w, "stndrh") // 1st, 2nd, 3rd, 4th
		known, isWord := dateWords[w]
		switch n, err := strconv.Atoi(number); {
		case err == nil && n >= 0 && len(number) == 4 && number == w && year == "":
			year = w
		case err == nil && n >= 0 && len(number) <= 2 && len(days) < 2:
			days = append(days, number)
		case isWord:
			m |= known
		case isWeekday(w):
		case month == "" && monthNumber(w) != 0:
			month = strconv.Itoa(monthNumber(w))
		default:
			return nil
		}
	}
	if year == "" || month == "" {
		return nil
	}
	first := append(days, "")[0]
	mark := markStrings[m]
	date := ymd(year, month, first) + mark
	if len(days) == 2 {
		date += "/" + ymd(year, month, days[1]) + mark
	}
	return []string{date}
}

// monthNumber returns the number of the month, or of the season, that a word
// of at least three letters begins; 0 for none.
func monthNumber(w string) int {
	if len(w) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), w) {
			return int(m)
		}
	}
	switch w {
	case "sept":
		return int(time.September)
	case "fall":
		return 23
	}
	if i := slices.Index(seasons[:], w); i >= 0 {
		return 21 + i
	}
	return 0
}

func isWeekday(w string) bool {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if len(w) >= 3 && strings.HasPrefix(strings.ToLower(d.String()), w) {
			return true
		}
	}
	return false
}
