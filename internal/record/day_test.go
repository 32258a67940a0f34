package record

import (
	"testing"
	"time"
)

// The days are those of package time, in every month of years that leap and
// that do not, and where values are carried over.
func TestNewDay(t *testing.T) {
	years := []int{-400, -5, -4, -1, 0, 1, 3, 4, 5, 99, 100, 101, 399, 400, 1582, 1600, 1899, 1900, 1969, 1970, 1999, 2000, 2001, 2024, 2025, 2026, 2100, 9999, 12026, 1 << 20}
	for _, year := range years {
		for month := time.Month(-2); month <= 15; month++ {
			for _, day := range []int{-31, -1, 0, 1, 2, 27, 28, 29, 30, 31, 32, 400} {
				want := Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
				if got := NewDay(year, month, day); got != want {
					t.Fatalf("NewDay(%d, %d, %d) = %d, want %d", year, month, day, got, want)
				}
			}
		}
	}
}
