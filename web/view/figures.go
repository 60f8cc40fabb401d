package view

import (
	"math"
	"slices"
	"strconv"
	"time"

	"commentdesk/moderation/figures"
)

// Figures is the section of the pages that count.
const Figures = "figures"

// spans are the days that a page of figures can look back; 0 is all time.
var spans = []int{0, 1, 7, 28, 90}

// ParseSpan reads a number of days; what is no span is all time.
func ParseSpan(days string) int {
	if n, err := strconv.Atoi(days); err == nil && slices.Contains(spans, n) {
		return n
	}
	return 0
}

func spanOptions(local Local, chosen int) []Option {
	names := map[int]string{0: local.T("figures.any_time"), 1: local.T("figures.last_day")}
	var options []Option
	for _, days := range spans {
		name := names[days]
		if name == "" {
			name = local.T("figures.last_days", "n", days)
		}
		options = append(options, Option{Value: strconv.Itoa(days), Text: name, Selected: days == chosen})
	}
	return options
}

// share is "12 of 80".
func share(local Local, s figures.Share) string {
	return local.T("number.of", "part", s.Of, "whole", s.All)
}

// span is a length of time as people say it.
func span(local Local, d time.Duration) string {
	switch {
	case d < time.Minute:
		return local.T("span.minute")
	case d < 90*time.Minute:
		return local.T("span.minutes", "n", int(math.Round(d.Minutes())))
	case d < 36*time.Hour:
		return local.T("span.hours", "n", int(math.Round(d.Hours())))
	}
	return local.T("span.days", "n", int(math.Round(d.Hours()/24)))
}

// spanned is the range between two parts of what was counted.
func spanned(local Local, low, high float64) string {
	return local.T("number.range", "from", local.Part(low), "to", local.Part(high))
}
