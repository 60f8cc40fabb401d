package view

import (
	"fmt"
	"slices"
	"strconv"
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

func spanOptions(chosen int) []Option {
	names := map[int]string{0: "any time", 1: "the last 24 hours"}
	var options []Option
	for _, days := range spans {
		name := names[days]
		if name == "" {
			name = fmt.Sprintf("the last %d days", days)
		}
		options = append(options, Option{Value: strconv.Itoa(days), Text: name, Selected: days == chosen})
	}
	return options
}

// counted is "1 comment" or "2 comments".
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return Thousands(n) + " " + thing + "s"
}
