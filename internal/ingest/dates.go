package ingest

import (
	"regexp"
	"strings"
	"time"

	"readout/internal/record"
)

// A moment is a date that a page states, as far as it states it.
type moment struct {
	edtf    string    // "2026-01-23"; empty where it cannot be read
	instant time.Time // zero where it gives no time with a zone
	utc     bool      // the time is given in UTC, so that the day may be another where it was published
}

// dateForms are the forms of dates in metadata that can be read in one way
// only, without their time of day. "1/2/2026" is none of them.
var dateForms = []struct {
	form *regexp.Regexp
	edtf string
}{
	{regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})$`), "$1-$2-$3"},
	{regexp.MustCompile(`^(\d{4})[/.](\d{2})[/.](\d{2})$`), "$1-$2-$3"},
	{regexp.MustCompile(`^((?:19|20)\d{2})(\d{2})(\d{2})$`), "$1-$2-$3"},
	{regexp.MustCompile(`^(\d{4})-(\d{2})$`), "$1-$2"},
	{regexp.MustCompile(`^((?:19|20)\d{2})$`), "$1"},
}

// dayLayouts are forms in which English words say which number is the month.
var dayLayouts = []string{
	"2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "January 2 2006", "Jan 2 2006",
	"Monday, 2 January 2006", "Monday, January 2, 2006", "Mon, 2 Jan 2006", "Mon, 02 Jan 2006", "Mon Jan 2 2006", "2-Jan-2006",
}

var (
	isoTime    = regexp.MustCompile(`^(\d{4}-?\d{2}-?\d{2})[Tt\s]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|z|UTC|GMT|[-+]\d{2}(?::?\d{2})?)?(?:\[.*\])?$`)
	clock      = regexp.MustCompile(`(?i)[,\s]+(at\s+)?\d{1,2}[:.]\d{2}([:.]\d{2})?(\s*[ap]\.?m\.?)?(\s*\(?([a-z]{1,5}|[-+]\d{2}:?\d{2}|gmt[-+]\d{1,4})\)?)*$`)
	javaDate   = regexp.MustCompile(`^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) [\d:]+ [A-Z]{1,5} (\d{4})$`)
	ordinal    = regexp.MustCompile(`(?i)\b(\d{1,2})(st|nd|rd|th)\b`)
	shortMonth = regexp.MustCompile(`\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.`)
)

// readDate reads a date of a page's metadata. The day is the one that is
// written, in the publisher's own zone where it gives one.
func readDate(s string) moment {
	s = tidy(s)
	if m := isoTime.FindStringSubmatch(s); m != nil {
		day := plainDate(m[1])
		out := moment{edtf: day, utc: m[5] == "Z" || m[5] == "z" || m[5] == "UTC" || m[5] == "GMT"}
		if m[5] != "" && len(day) == 10 {
			zone := strings.ReplaceAll(strings.ToUpper(m[5]), ":", "")
			if out.utc {
				zone = "+0000"
			} else if len(zone) == 3 {
				zone += "00"
			}
			seconds := m[4]
			if seconds == "" {
				seconds = "00"
			}
			hour := m[2]
			if len(hour) == 1 {
				hour = "0" + hour
			}
			if t, err := time.Parse("2006-01-02 150405 -0700", day+" "+hour+m[3]+seconds+" "+zone); err == nil {
				out.instant = t
			}
			out.utc = out.utc || strings.Trim(zone, "+-0") == ""
		}
		return out
	}
	if m := javaDate.FindStringSubmatch(s); m != nil {
		s = m[1] + " " + m[2] + " " + m[3]
	}
	return moment{edtf: plainDate(clock.ReplaceAllString(s, ""))}
}

// plainDate reads a date without a time of day, to EDTF.
func plainDate(s string) string {
	out := ""
	for _, f := range dateForms {
		if f.form.MatchString(s) {
			out = f.form.ReplaceAllString(s, f.edtf)
			break
		}
	}
	if out == "" {
		s = ordinal.ReplaceAllString(s, "$1")
		s = strings.Replace(shortMonth.ReplaceAllString(s, "$1"), "Sept ", "Sep ", 1)
		for _, layout := range dayLayouts {
			if t, err := time.Parse(layout, s); err == nil {
				out = t.Format("2006-01-02")
				break
			}
		}
	}
	if _, err := record.ParseDate(out); err != nil || out < "1000" || strings.HasPrefix(out, "1970-01-01") {
		return "" // the last is what programs write for no date
	}
	return out
}
