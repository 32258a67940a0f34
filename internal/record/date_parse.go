package record

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A DateError says why a string is not a date, where in it that shows, and
// what to write in its place.
type DateError struct {
	Text       string // what was read
	Start, End int    // the bytes of Text at fault
	Problem    string // one line, lower case, no full stop
	Write      string // what was probably meant; empty if nobody can tell
}

func (e *DateError) Error() string {
	text := e.Text
	if strconv.Quote(text) != `"`+text+`"` || len(text) > 40 {
		text = fmt.Sprintf("%.40q", text)
	}
	s := text + ": " + e.Problem
	if e.Write != "" {
		s += "; write " + e.Write
	}
	return s
}

const (
	notADate = "not a date of the form YYYY-MM-DD, YYYY-MM or YYYY"
	level2   = "EDTF level 2, which is not read here"
)

// ParseDate reads a date of EDTF level 0 or 1. It takes no spaces and nothing
// that only resembles a date. Its error is a [*DateError].
//
// Within the specification it refuses what says nothing or cannot be: an
// interval that ends before it begins or has no known end, a day that its
// month does not have, a year of more than nine digits.
func ParseDate(s string) (Date, error) {
	d, err := parseDate(s)
	if err == nil {
		return d, nil
	}
	err.Text = s
	if err.Write == "" {
		err.Write = suggest(s)
	}
	return Date{}, err
}

func parseDate(s string) (Date, *DateError) {
	if s == "" {
		return Date{}, &DateError{Problem: "no date"}
	}
	if s[0] == '[' || s[0] == '{' {
		return Date{}, fault(0, len(s), "a set of dates is "+level2)
	}
	from, to, interval := strings.Cut(s, "/")
	if !interval {
		m, err := parseMoment(s)
		return Date{text: s, start: m}, err
	}
	if strings.Contains(to, "/") {
		return Date{}, fault(0, len(s), notADate)
	}
	start, err := parseEnd(from)
	if err != nil {
		return Date{}, err
	}
	end, err := parseEnd(to)
	if err != nil {
		err.Start += len(from) + 1
		err.End += len(from) + 1
		return Date{}, err
	}
	if !start.known() && !end.known() {
		return Date{}, fault(0, len(s), "an interval with neither a start nor an end")
	}
	if start.known() && end.known() && start.first() > end.last() {
		err := fault(0, len(s), "the interval ends before it begins")
		err.Write = to + "/" + from
		return Date{}, err
	}
	return Date{text: s, start: start, end: end}, nil
}

func fault(start, end int, format string, args ...any) *DateError {
	return &DateError{Start: start, End: end, Problem: fmt.Sprintf(format, args...)}
}

// parseEnd reads one end of an interval.
func parseEnd(s string) (moment, *DateError) {
	switch s {
	case "":
		return moment{form: formUnknown}, nil
	case "..":
		return moment{form: formOpen}, nil
	}
	m, err := parseMoment(s)
	if err != nil {
		return m, err
	}
	switch m.form {
	case formTime:
		return m, fault(len("2026-01-23"), len(s), "an interval is from day to day, without a time of day")
	case formDayOfMonth, formMonthOf, formDayOf, formDecade, formCentury:
		return m, fault(0, len(s), "unspecified digits in an interval are "+level2)
	}
	return m, nil
}

// parseMoment reads what is not an interval.
func parseMoment(s string) (moment, *DateError) {
	var m moment
	body := s
	if n := len(s); n > 0 {
		m.mark = marks[s[n-1]]
		if m.mark != 0 {
			body = s[:n-1]
		}
	}
	if i := strings.IndexAny(body, "?~%"); i >= 0 && strings.Trim(body, "0123456789X-?~%") == "" {
		return m, fault(i, i+1, "a qualifier (? ~ or %%) within a date is "+level2)
	}
	if strings.HasPrefix(body, "Y") {
		return m, m.longYear(body)
	}
	rest, err := m.fourDigits(body)
	if err != nil || rest == "" {
		return m, err
	}
	at := len(body) - len(rest)
	if rest[0] != '-' || len(rest) < 3 {
		return m, fault(0, len(s), notADate)
	}
	month, rest := rest[1:3], rest[3:]
	if rest != "" && rest[0] != '-' || len(rest) > 0 && len(rest) < 3 {
		return m, fault(0, len(s), notADate)
	}
	var day string
	if rest != "" {
		day, rest = rest[1:3], rest[3:]
	}
	if err := m.monthDay(month, day, at+1); err != nil {
		if err.Problem == notADate {
			err.Start, err.End = 0, len(s)
		}
		return m, err
	}
	if rest == "" {
		return m, nil
	}
	if m.form != formDay || rest[0] != 'T' {
		return m, fault(0, len(s), notADate)
	}
	if m.mark != 0 {
		return m, fault(len(body), len(s), "a time of day takes no qualifier")
	}
	m.form = formTime
	return m, checkClock(rest[1:], len(body)-len(rest)+1)
}

var marks = [256]mark{'?': uncertain, '~': approximate, '%': uncertain | approximate}

// longYear reads a year of more than four digits: Y12026.
func (m *moment) longYear(s string) *DateError {
	digits := strings.TrimPrefix(s[1:], "-")
	if i := strings.IndexAny(digits, "ES"); i > 0 {
		return fault(1+i, len(s), "a year with an exponent or significant digits is "+level2)
	}
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return fault(0, len(s), notADate)
	}
	switch {
	case len(digits) <= 4:
		err := fault(0, 1, "a year of four digits is written without Y")
		n, _ := strconv.Atoi(digits)
		err.Write = fmt.Sprintf("%s%04d", s[1:len(s)-len(digits)], n)
		return err
	case digits[0] == '0':
		return fault(len(s)-len(digits), len(s), "a year after Y does not begin with 0")
	case len(digits) > 9:
		return fault(1, len(s), "a year of more than nine digits")
	}
	n, _ := strconv.Atoi(s[1:]) // nine digits at the most
	m.year, m.form = int32(n), formYear
	return nil
}

// fourDigits reads a year of four digits, or three or two with X for the
// others, and returns what follows it.
func (m *moment) fourDigits(s string) (rest string, err *DateError) {
	digits := strings.TrimPrefix(s, "-")
	sign := len(s) - len(digits)
	if len(digits) < 4 || strings.Trim(digits[:4], "0123456789X") != "" {
		return "", fault(0, len(s), notADate)
	}
	digits, rest = digits[:4], digits[4:]
	known := strings.TrimRight(digits, "X")
	if len(known) < 2 || strings.Contains(known, "X") {
		return "", fault(sign, sign+4, "unspecified digits here are %s", level2)
	}
	n, _ := strconv.Atoi(known)
	for range len(digits) - len(known) {
		n *= 10
	}
	m.year = int32(n)
	m.form = [...]form{formYear, formDecade, formCentury}[len(digits)-len(known)]
	if sign > 0 {
		if m.year = int32(-n - m.years() + 1); m.year == 0 {
			return "", fault(0, len(s)-len(rest), "the year 0 has no sign")
		}
	}
	if m.form != formYear && rest != "" && strings.Trim(rest, "0123456789X-") == "" {
		return "", fault(sign+len(known), sign+4, "unspecified digits before others are %s", level2)
	}
	return rest, nil
}

// monthDay reads two characters of month and two or none of day, of which the
// first stands at the byte offset at.
func (m *moment) monthDay(month, day string, at int) *DateError {
	if strings.Trim(month+day, "0123456789X") != "" || m.form != formYear {
		return fault(0, 0, notADate)
	}
	if strings.Trim(month, "X") == "" {
		switch day {
		case "":
			m.form = formMonthOf
		case "XX":
			m.form = formDayOf
		default:
			return fault(at, at+2, "unspecified digits before others are %s", level2)
		}
		return nil
	}
	if strings.Contains(month, "X") {
		return fault(at, at+2, "one unspecified digit of a month is %s", level2)
	}
	n, _ := strconv.Atoi(month)
	switch {
	case 1 <= n && n <= 12:
		m.month, m.form = uint8(n), formMonth
	case 21 <= n && n <= 24 && day == "":
		m.month, m.form = uint8(n), formSeason
		return nil
	case 21 <= n && n <= 24:
		return fault(at+3, at+5, "a season (%d) has no days", n)
	case 25 <= n && n <= 41:
		return fault(at, at+2, "a quarter, a half or a season of a hemisphere (25 to 41) is %s", level2)
	default:
		return fault(at, at+2, "there is no month %s; a year has months 01 to 12, and seasons 21 (spring) to 24 (winter)", month)
	}
	at += 3
	switch {
	case day == "":
		return nil
	case day == "XX":
		m.form = formDayOfMonth
		return nil
	case strings.Contains(day, "X"):
		return fault(at, at+2, "one unspecified digit of a day is %s", level2)
	}
	m.form = formMonth
	_, _, last := m.last().Civil()
	n, _ = strconv.Atoi(day)
	switch {
	case n == 0:
		return fault(at, at+2, "there is no day 00")
	case n > last:
		return fault(at, at+2, "%s %s has %d days", time.Month(m.month), yearWords(int(m.year)), last)
	}
	m.day, m.form = uint8(n), formDay
	return nil
}

// checkClock checks a time of day and its zone, of which the first byte
// stands at the offset at.
func checkClock(s string, at int) *DateError {
	bad := func(from, to int, format string, args ...any) *DateError {
		return fault(at+from, at+to, format, args...)
	}
	const clock = "10:30:00"
	if len(s) < len(clock) || !digitsLike(s[:len(clock)], clock) {
		return bad(0, len(s), "a time of day has the form HH:MM:SS")
	}
	switch {
	case s[:2] > "23":
		return bad(0, 2, "the hours of a day are 00 to 23")
	case s[3:5] > "59":
		return bad(3, 5, "the minutes of an hour are 00 to 59")
	case s[6:8] > "59":
		return bad(6, 8, "the seconds of a minute are 00 to 59")
	}
	zone := s[len(clock):]
	if zone == "" || zone == "Z" {
		return nil
	}
	if hours := zone[1:]; zone[0] != '+' && zone[0] != '-' || !digitsLike(hours, "04") && !digitsLike(hours, "04:30") {
		return bad(len(clock), len(s), "a time zone has the form Z, +HH or +HH:MM")
	}
	if zone[1:3] > "14" || len(zone) > 3 && zone[4:] > "59" {
		return bad(len(clock), len(s), "a time zone is at most 14 hours from UTC")
	}
	if zone == "-00" || zone == "-00:00" {
		return bad(len(clock), len(s), "no zone lies 0 hours behind UTC; Z is UTC")
	}
	return nil
}

// digitsLike reports whether s has digits where like has them, and is like it
// elsewhere.
func digitsLike(s, like string) bool {
	if len(s) != len(like) {
		return false
	}
	for i := range len(s) {
		if isDigit(like[i]) != isDigit(s[i]) || !isDigit(s[i]) && s[i] != like[i] {
			return false
		}
	}
	return true
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
