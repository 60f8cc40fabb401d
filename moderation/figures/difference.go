package figures

import "math"

// normal975 is the 97.5th percentile of the standard normal distribution.
const normal975 = 1.959963984540054

// Share is how many of how many.
type Share struct{ Of, All int }

// Part is the share as a number; 0 of none.
func (s Share) Part() float64 {
	if s.All == 0 {
		return 0
	}
	return float64(s.Of) / float64(s.All)
}

func (s Share) plus(other Share) Share { return Share{s.Of + other.Of, s.All + other.All} }

// Interval is the share's 95 % interval (Wilson 1927): within 0 and 1, and good for few. Of none nothing is known.
func (s Share) Interval() (low, high float64) { return s.wilson(normal975) }

func (s Share) wilson(z float64) (low, high float64) {
	if s.All == 0 {
		return 0, 1
	}
	n, p := float64(s.All), s.Part()
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	spread := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, middle-spread), min(1, middle+spread)
}

// Stratum is two groups that are like each other in everything but what is asked about: here the comments of one article.
type Stratum struct{ Group, Other Share }

// weight is the one of Mantel and Haenszel (1959); 0 where one of the groups is empty.
func (s Stratum) weight() float64 {
	group, other := float64(s.Group.All), float64(s.Other.All)
	if group == 0 || other == 0 {
		return 0
	}
	return group * other / (group + other)
}

// Difference is by how much the group's share is above the other's, −1 to 1, with its 95 % interval.
type Difference struct{ Value, Low, High float64 }

// StratifiedDifference is the mean of the strata's differences under Mantel–Haenszel weights, so that an article on which much is rejected does not
// pass for unfairness when those who disagree write mostly there. The interval is the stratified one of Newcombe by Yan and Su (2010, Stratified
// Wilson and Newcombe confidence intervals for multiple binomial proportions, Statistics in Biopharmaceutical Research 2(3): 329–335). With one
// stratum it is Newcombe's hybrid score interval (1998, Statistics in Medicine 17: 873–890, method 10). It stays within −1 and 1 and has a
// width where nothing or everything was rejected. false where no stratum has both groups.
func StratifiedDifference(strata []Stratum) (Difference, bool) {
	total := 0.0
	for _, s := range strata {
		total += s.weight()
	}
	if total == 0 {
		return Difference{}, false
	}
	var group, other []weighted
	for _, s := range strata {
		if w := s.weight() / total; w > 0 {
			group, other = append(group, weighted{s.Group, w}), append(other, weighted{s.Other, w})
		}
	}
	p1, spread1, low1, high1 := stratifiedWilson(group)
	p2, spread2, low2, high2 := stratifiedWilson(other)
	d := p1 - p2
	return Difference{
		Value: d,
		Low:   max(-1, d-normal975*math.Sqrt(spread1*low1*(1-low1)+spread2*high2*(1-high2))),
		High:  min(1, d+normal975*math.Sqrt(spread1*high1*(1-high1)+spread2*low2*(1-low2))),
	}, true
}

// weighted is a share of one stratum with the stratum's weight; weights add up to 1.
type weighted struct {
	Share
	weight float64
}

// stratifiedWilson is the weighted mean share, the sum of squared weights over counts, and the limits of the share: the means of the strata's
// Wilson limits at the quantile that gives their mean the level of 95 %, found with the deviations within those limits.
func stratifiedWilson(shares []weighted) (mean, spread, low, high float64) {
	squares, sum := 0.0, 0.0
	for _, s := range shares {
		n, p := float64(s.All), s.Part()
		deviation := math.Sqrt(p*(1-p)/n+normal975*normal975/(4*n*n)) / (1 + normal975*normal975/n)
		squares += s.weight * s.weight * deviation * deviation
		sum += s.weight * deviation
		mean += s.weight * p
		spread += s.weight * s.weight / n
	}
	quantile := normal975 * math.Sqrt(squares) / sum
	for _, s := range shares {
		l, h := s.wilson(quantile)
		low, high = low+s.weight*l, high+s.weight*h
	}
	return mean, spread, min(1, max(0, low)), min(1, max(0, high))
}
