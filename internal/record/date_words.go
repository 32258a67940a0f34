package record

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Words returns the date in English, absolute and complete, without a day of
// the week: "24 Nov 2025", "about Nov 2025", "22–23 Nov 2025", "24 Nov 2025,
// date inferred". A year before 1 is given as BC. It is empty for no date.
func (d Date) Words() string {
	a, b := d.start, d.end
	switch {
	case b.form == formNone:
		return a.about() + d.tail(a, "date")
	case b.form == formOpen:
		return a.about() + " onwards" + d.tail(a, "date")
	case a.form == formOpen:
		return "until " + b.about() + d.tail(b, "date")
	case b.form == formUnknown:
		return "from " + a.apart() + ", end not known"
	case a.form == formUnknown:
		return "until " + b.apart() + ", start not known"
	case a == b:
		return a.about() + d.tail(a, "date")
	case a.mark != b.mark:
		return "from " + a.apart() + " to " + b.apart()
	}
	return a.approx() + span(a, b) + d.tail(a, "dates")
}

// MonthWords returns the heading for what [Date.Month] returned: "November
// 2025", "2025", or "No date".
func MonthWords(year int, month time.Month) string {
	switch {
	case month != 0:
		return month.String() + " " + yearWords(year)
	case year != 0:
		return yearWords(year)
	}
	return "No date"
}

// tail returns what follows a date: its time of day, if it has one, and that
// it is inferred, if it is.
func (d Date) tail(m moment, noun string) string {
	s := ""
	if m.form == formTime {
		s = ", " + clock(d.text[strings.IndexByte(d.text, 'T')+1:])
	}
	if m.mark&uncertain != 0 {
		s += ", " + noun + " inferred"
	}
	return s
}

// clock returns a time of day without seconds that are zero, and its zone.
func clock(s string) string {
	time, zone := s[:len("10:30:00")], s[len("10:30:00"):]
	switch zone {
	case "":
	case "Z":
		zone = " UTC"
	default:
		zone = " UTC" + zone
	}
	return strings.TrimSuffix(time, ":00") + zone
}

// apart returns one end of an interval so that its qualifiers cannot be taken
// for those of the other.
func (m moment) apart() string {
	if m.mark&uncertain != 0 {
		return m.about() + " (date inferred)"
	}
	return m.about()
}

func (m moment) about() string {
	switch m.form {
	case formDayOfMonth, formDayOf:
		return "a day in " + m.approx() + m.words()
	case formMonthOf:
		return "a month in " + m.approx() + m.words()
	}
	return m.approx() + m.words()
}

func (m moment) approx() string {
	if m.mark&approximate != 0 {
		return "about "
	}
	return ""
}

func (m moment) words() string {
	switch m.form {
	case formTime, formDay:
		return dayWords(int(m.year), time.Month(m.month), int(m.day))
	}
	year := yearWords(int(m.year))
	switch m.form {
	case formMonth, formDayOfMonth:
		return shortMonth(time.Month(m.month)) + " " + year
	case formSeason:
		return m.season()
	case formYear, formMonthOf, formDayOf:
		return year
	case formDecade:
		if m.year > 0 && m.year%100 != 0 { // the 2000s may be a century
			return year + "s"
		}
		fallthrough
	case formCentury:
		return year + " to " + yearWords(int(m.year)+m.years()-1)
	}
	return ""
}

func (m moment) dayMonth() string {
	return strconv.Itoa(int(m.day)) + " " + shortMonth(time.Month(m.month))
}

var seasons = [...]string{"spring", "summer", "autumn", "winter"}

func (m moment) season() string {
	name, year := seasons[m.month-21], int(m.year)
	if name != "winter" || year < 1 {
		return name + " " + yearWords(year)
	}
	if (year+1)%100 == 0 {
		return fmt.Sprintf("winter %d–%d", year, year+1)
	}
	return fmt.Sprintf("winter %d–%02d", year, (year+1)%100)
}

// span returns the words of an interval from a to b, what they share said
// once.
func span(a, b moment) string {
	sameYear := a.year == b.year && a.year > 0
	switch {
	case a.form == formDay && b.form == formDay && sameYear && a.month == b.month:
		return fmt.Sprintf("%d–%s", a.day, b.words())
	case a.form == formDay && b.form == formDay && sameYear:
		return a.dayMonth() + " – " + b.words()
	case a.form == formMonth && b.form == formMonth && sameYear:
		return shortMonth(time.Month(a.month)) + "–" + b.words()
	case a.form == formYear && b.form == formYear && a.year > 0:
		return a.words() + "–" + b.words()
	}
	return a.words() + " – " + b.words()
}

// dayWords returns a day as "23 Jan 2026".
func dayWords(year int, month time.Month, day int) string {
	var b [32]byte
	s := append(strconv.AppendInt(b[:0], int64(day), 10), ' ')
	s = append(append(s, shortMonth(month)...), ' ')
	if year < 1 {
		return string(s) + yearWords(year)
	}
	return string(strconv.AppendInt(s, int64(year), 10))
}

func shortMonth(m time.Month) string { return m.String()[:3] }

func yearWords(year int) string {
	if year < 1 {
		return strconv.Itoa(1-year) + " BC"
	}
	return strconv.Itoa(year)
}
