package main

import "fmt"

// atLeast is what was wanted of a measured value, and whether it was met.
func atLeast(measured, limit float64, unit string) string {
	return wanted("at least", limit, unit, measured >= limit)
}

// atMost is what was wanted of a measured value, and whether it was met.
func atMost(measured, limit float64, unit string) string {
	return wanted("at most", limit, unit, measured <= limit)
}

func wanted(bound string, limit float64, unit string, met bool) string {
	if unit != "" {
		unit = " " + unit
	}
	verdict := "missed"
	if met {
		verdict = "met"
	}
	return fmt.Sprintf("%s %s%s: %s", bound, rounded(limit), unit, verdict)
}
