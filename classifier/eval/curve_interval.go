package eval

import "math"

// normal975 is the 97.5th percentile of the standard normal distribution.
const normal975 = 1.959963984540054

// ShareInterval is the 95 % interval of a share, hits of rows (Wilson 1927): it stays within 0 and 1 and holds for few rows too. Without rows
// nothing is known.
func ShareInterval(hits, rows int) Interval {
	if rows == 0 {
		return Interval{Low: 0, High: 1}
	}
	n, share := float64(rows), float64(hits)/float64(rows)
	square := normal975 * normal975
	middle := (share + square/(2*n)) / (1 + square/n)
	spread := normal975 / (1 + square/n) * math.Sqrt(share*(1-share)/n+square/(4*n*n))
	return Interval{Low: max(0, middle-spread), High: min(1, middle+spread)}
}
