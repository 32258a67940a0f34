package record

import (
	"cmp"
	"strconv"
	"strings"
	"time"
)

// A Date is a date as a source allows to state it: an Extended Date/Time
// Format date of level 0 or 1 (https://www.loc.gov/standards/datetime/), read
// by [ParseDate]. It may be a day, a month, a season, a year, a decade or a
// century, a time of day, or an interval of two of these, each uncertain (?),
// approximate (~) or both (%).
//
// Dates are equal (==) when they are written alike. The zero Date is no date:
// it sorts after every date and begins after every day.
type Date struct {
	text       string
	start, end moment // a single date has no end
}

// A moment is one end of an interval, or a single date.
type moment struct {
	year  int32 // astronomical: 0 is 1 BC
	month uint8 // 1 to 12, or a season, 21 to 24
	day   uint8
	form  form
	mark  mark
}

type form uint8

const (
	formNone form = iota
	formOpen
	formUnknown
	formTime       // 2026-01-23T10:30:00
	formDay        // 2026-01-23
	formMonth      // 2026-01
	formDayOfMonth // 2026-01-XX
	formSeason     // 2026-21
	formYear       // 2026, Y12026
	formMonthOf    // 2026-XX
	formDayOf      // 2026-XX-XX
	formDecade     // 202X; the year is its first
	formCentury    // 20XX; the year is its first
)

type mark uint8

const (
	uncertain   mark = 1 << iota // ?
	approximate                  // ~
)

// A Precision is the unit to which a date is known.
type Precision uint8

// The precisions, finest first.
const (
	NoPrecision Precision = iota // no date
	ToTime
	ToDay
	ToMonth
	ToSeason
	ToYear
	ToDecade
	ToCentury
)

var precisions = [...]Precision{
	formTime: ToTime, formDay: ToDay, formMonth: ToMonth, formDayOfMonth: ToMonth, formSeason: ToSeason,
	formYear: ToYear, formMonthOf: ToYear, formDayOf: ToYear, formDecade: ToDecade, formCentury: ToCentury,
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the date as it was written, or the empty string for no date.
func (d Date) String() string { return d.text }

// MarshalText returns the date as it was written, for JSON.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.text), nil }

// Earliest returns the first day that the date may mean, by the date alone: a
// qualifier does not widen it. An open start is [MinDay]. An interval with an
// unknown start is taken to be its end.
//
// A season is that of the northern hemisphere, in whole months: spring is
// March to May, and winter begins in the December of its year.
func (d Date) Earliest() Day {
	switch d.start.form {
	case formNone:
		return MaxDay
	case formOpen:
		return MinDay
	case formUnknown:
		return d.end.first()
	}
	return d.start.first()
}

// Latest returns the last day that the date may mean, as Earliest does the
// first. An open end is [MaxDay]. An interval with an unknown end is taken to
// be its start.
func (d Date) Latest() Day {
	switch d.end.form {
	case formNone:
		return d.start.last()
	case formOpen:
		return MaxDay
	case formUnknown:
		return d.start.last()
	}
	return d.end.last()
}

// Compare orders dates by their earliest day, then by their latest, so that a
// day comes before the month that it begins, then by how they are written. It
// is zero for equal dates only.
func Compare(a, b Date) int {
	if a == b {
		return 0
	}
	if c := cmp.Compare(a.Earliest(), b.Earliest()); c != 0 {
		return c
	}
	if c := cmp.Compare(a.Latest(), b.Latest()); c != 0 {
		return c
	}
	return strings.Compare(a.text, b.text)
}

// Uncertain reports whether the date, or an end of it, is marked as uncertain.
func (d Date) Uncertain() bool { return (d.start.mark|d.end.mark)&uncertain != 0 }

// Approximate reports whether the date, or an end of it, is marked as
// approximate.
func (d Date) Approximate() bool { return (d.start.mark|d.end.mark)&approximate != 0 }

// Precision returns the unit to which the date is known, that of its coarser
// end for an interval.
func (d Date) Precision() Precision {
	return max(d.start.precision(), d.end.precision())
}

// Month returns the year and the month that a list by months puts the date
// under: those of its start, or of its end if the start is open or unknown.
// The month is 0 if the date does not say it, and the year too for no date.
func (d Date) Month() (year int, month time.Month) {
	m := d.start
	if !m.known() {
		m = d.end
	}
	switch m.form {
	case formTime, formDay, formMonth, formDayOfMonth:
		month = time.Month(m.month)
	}
	return int(m.year), month
}

// ISO returns the date as HTML's time element takes it, or the empty string
// where that has no form for it: an interval, a season, a decade, a year
// before 1. https://html.spec.whatwg.org/multipage/text-level-semantics.html#the-time-element
func (d Date) ISO() string {
	m := d.start
	if d.end.form != formNone || m.year < 1 {
		return ""
	}
	switch m.form {
	case formTime:
		if zone := len("2026-01-23T10:30:00-"); len(d.text) == zone+len("04") {
			return d.text + ":00" // HTML wants the minutes of a zone
		}
		return d.text
	case formDay:
		return d.written("2026-01-23")
	case formMonth, formDayOfMonth:
		return d.written("2026-01")
	case formYear, formMonthOf, formDayOf:
		if m.year > 9999 { // Y12026
			return strconv.Itoa(int(m.year))
		}
		return d.written("2026")
	}
	return ""
}

// written returns as much of the date as its form has characters: what follows
// qualifies it, or says that more is not known.
func (d Date) written(form string) string { return d.text[:len(form)] }

func (m moment) known() bool { return m.form > formUnknown }

func (m moment) precision() Precision { return precisions[m.form] }

func (m moment) first() Day {
	year, month := int(m.year), time.Month(m.month)
	switch m.form {
	case formNone:
		return MaxDay
	case formTime, formDay:
		return NewDay(year, month, int(m.day))
	case formMonth, formDayOfMonth:
		return NewDay(year, month, 1)
	case formSeason:
		return NewDay(year, time.March+3*(month-21), 1)
	}
	return NewDay(year, time.January, 1)
}

func (m moment) last() Day {
	year, month := int(m.year), time.Month(m.month)
	switch m.form {
	case formNone:
		return MaxDay
	case formTime, formDay:
		return NewDay(year, month, int(m.day))
	case formMonth, formDayOfMonth:
		return NewDay(year, month+1, 0)
	case formSeason:
		return NewDay(year, time.March+3*(month-21)+3, 0)
	}
	return NewDay(year+m.years(), time.January, 0)
}

// years returns how many years a year, a decade or a century has.
func (m moment) years() int {
	switch m.form {
	case formDecade:
		return 10
	case formCentury:
		return 100
	}
	return 1
}
