package record

import (
	"fmt"
	"time"
)

// A Day is a day of the Gregorian calendar, also before there was one: the
// number of days since 1 January 1970. Days are ordered as numbers are.
type Day int64

// MinDay and MaxDay are before and after every day that a date can name. They
// are the days of an open end, and MaxDay is that of no date.
const (
	MinDay Day = -1 << 40
	MaxDay Day = 1 << 40
)

const secondsPerDay = 24 * 60 * 60

// NewDay returns the day of a year, month and day of the month. Values out of
// range are carried over, as by [time.Date]: day 0 of March is the last of
// February.
func NewDay(year int, month time.Month, day int) Day {
	if month < time.January || month > time.December || year < 1 {
		return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
	}
	// Lists of claims are sorted by day, each of them for every page that has
	// it. The year begins in March here, so that the leap day is its last.
	// https://howardhinnant.github.io/date_algorithms.html#days_from_civil
	if month -= 3; month < 0 {
		month, year = month+12, year-1
	}
	const daysTo1970 = 719468 // from 1 March of the year 0
	return Day(year*365 + year/4 - year/100 + year/400 + (int(month)*153+2)/5 + day - 1 - daysTo1970)
}

// ParseDay reads a day as dates are written, "2026-01-23": level 0 of EDTF, a
// full date and nothing more. Its error is a [*DateError].
func ParseDay(s string) (Day, error) {
	d, err := ParseDate(s)
	if err != nil {
		return 0, err
	}
	if d.start.form != formDay || d.start.mark != 0 || d.end.form != formNone {
		return 0, &DateError{Text: s, End: len(s), Problem: "one full day is wanted here, without a qualifier", Write: d.Earliest().known()}
	}
	return d.Earliest(), nil
}

// Civil returns the year, month and day of the month. The year 0 is 1 BC.
func (d Day) Civil() (year int, month time.Month, day int) {
	return time.Unix(int64(d)*secondsPerDay, 0).UTC().Date()
}

// String returns the day as "2026-01-23".
func (d Day) String() string {
	year, month, day := d.Civil()
	if year < 0 || year > 9999 {
		sign := ""
		if year < 0 {
			sign, year = "-", -year
		}
		return fmt.Sprintf("%s%04d-%02d-%02d", sign, year, month, day)
	}
	b := [...]byte{
		digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), '-',
		digit(int(month) / 10), digit(int(month)), '-', digit(day / 10), digit(day),
	}
	return string(b[:])
}

// digit returns the last digit of n.
func digit(n int) byte { return '0' + byte(n%10) }

// Words returns the day as "23 Jan 2026".
func (d Day) Words() string {
	year, month, day := d.Civil()
	return dayWords(year, month, day)
}

// known returns the day as a string, or nothing for an open end.
func (d Day) known() string {
	if d == MinDay || d == MaxDay {
		return ""
	}
	return d.String()
}
