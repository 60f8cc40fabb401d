package classifier

import "math"

// Scored is one held-out example's raw scores on an axis: for hostile and spam the length-normalised log-odds of yes in Scores[0] (the rest is
// 0), for stance one centred score a class.
type Scored struct {
	Scores [3]float64
	Offset [3]float64 // added to the log-odds as it is: what is known before the text is read
	Class  int
	Weight float64

	Coverage float64 // the share of the text's words that the axis knows
}

// Calibration maps raw scores to log-odds: slope·score + bias.
type Calibration struct {
	Slope float64
	Bias  [3]float64
}

// Calibrate fits slope and bias by maximum likelihood (Platt 1999; for stance the same with one shared slope) with Newton's method. The bias
// of hostile and spam is taken to even odds: what remains of it is not the mix of the examples but what the scores are off by. Scores that lack
// a class say nothing: slope 1, no bias.
func Calibrate(axis Axis, examples []Scored) Calibration {
	const rounds, ridge, flattest = 50, 1e-3, 0.05
	var mix [3]float64
	for _, e := range examples {
		mix[e.Class] += e.Weight
	}
	for class := range axis.Answers() {
		if !(mix[class] > 0) {
			return Calibration{Slope: 1}
		}
	}
	theta := [3]float64{1, 0, 0} // slope, then the free biases
	free := len(axis.Answers())  // slope and one bias fewer than classes
	for range rounds {
		gradient, hessian := derivatives(axis, examples, theta)
		for i := range free {
			pull := theta[i]
			if i == 0 {
				pull -= 1
			}
			gradient[i] += ridge * pull
			hessian[i][i] += ridge
		}
		step := solve(hessian, gradient, free)
		if theta[0] == flattest && step[0] > 0 { // the slope stays where it is: the best biases for that slope
			gradient[0], hessian[0] = 0, [3]float64{1, 0, 0}
			step = solve(hessian, gradient, free)
		}
		largest := 0.0
		for i := range free {
			step[i] = math.Max(-2, math.Min(2, step[i]))
			theta[i] -= step[i]
			largest = math.Max(largest, math.Abs(step[i]))
		}
		theta[0] = math.Max(theta[0], flattest)
		if largest < 1e-10 {
			break
		}
	}
	fitted := Calibration{Slope: theta[0], Bias: [3]float64{theta[1], theta[2], 0}}
	if axis != Stance {
		fitted.Bias = [3]float64{theta[1] - math.Log(mix[0]/mix[1]), 0, 0}
	}
	return fitted
}

// derivatives are gradient and Hessian of the log loss at theta.
func derivatives(axis Axis, examples []Scored, theta [3]float64) (gradient [3]float64, hessian [3][3]float64) {
	classes := len(axis.Answers())
	for _, e := range examples {
		var z, p [3]float64
		var by [3][3]float64 // by[class] is the derivative of z[class]
		if axis == Stance {
			bias := [3]float64{theta[1], theta[2], 0}
			for c := range classes {
				z[c] = theta[0]*e.Scores[c] + bias[c] + e.Offset[c]
				by[c][0] = e.Scores[c]
			}
			by[0][1], by[1][2] = 1, 1
		} else {
			z[0] = theta[0]*e.Scores[0] + theta[1]
			by[0] = [3]float64{e.Scores[0], 1, 0}
		}
		softmax(z[:classes], p[:classes])
		var mean [3]float64
		for c := range classes {
			for i := range mean {
				mean[i] += p[c] * by[c][i]
			}
		}
		for i := range mean {
			gradient[i] += e.Weight * (mean[i] - by[e.Class][i])
			for j := range mean {
				second := -mean[i] * mean[j]
				for c := range classes {
					second += p[c] * by[c][i] * by[c][j]
				}
				hessian[i][j] += e.Weight * second
			}
		}
	}
	return gradient, hessian
}

// solve is Gaussian elimination with pivoting on the first n rows; a singular system gives zeros.
func solve(a [3][3]float64, b [3]float64, n int) [3]float64 {
	for i := range n {
		pivot := i
		for r := i + 1; r < n; r++ {
			if math.Abs(a[r][i]) > math.Abs(a[pivot][i]) {
				pivot = r
			}
		}
		if math.Abs(a[pivot][i]) < 1e-15 {
			return [3]float64{}
		}
		a[i], a[pivot], b[i], b[pivot] = a[pivot], a[i], b[pivot], b[i]
		for r := i + 1; r < n; r++ {
			factor := a[r][i] / a[i][i]
			for c := i; c < n; c++ {
				a[r][c] -= factor * a[i][c]
			}
			b[r] -= factor * b[i]
		}
	}
	var x [3]float64
	for i := n - 1; i >= 0; i-- {
		x[i] = b[i]
		for c := i + 1; c < n; c++ {
			x[i] -= a[i][c] * x[c]
		}
		x[i] /= a[i][i]
	}
	return x
}

// softmax fills p with the probabilities of the log-odds z.
func softmax(z, p []float64) {
	largest := math.Inf(-1)
	for _, x := range z {
		largest = math.Max(largest, x)
	}
	sum := 0.0
	for i, x := range z {
		p[i] = math.Exp(x - largest)
		sum += p[i]
	}
	for i := range z {
		p[i] /= sum
	}
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }

// Probabilities are the calibrated probabilities of an example, a class of the axis. prior is the expected share of yes; stance ignores it.
func (c Calibration) Probabilities(axis Axis, e Scored, prior float64) []float64 {
	var z, p [3]float64
	if axis == Stance {
		for class := range z {
			z[class] = c.Slope*e.Scores[class] + c.Bias[class] + e.Offset[class]
		}
	} else {
		z[0] = c.Slope*e.Scores[0] + c.Bias[0] + logit(prior)
	}
	classes := len(axis.Answers())
	softmax(z[:classes], p[:classes])
	return append([]float64(nil), p[:classes]...)
}

// logLoss is the mean log loss of the examples at even odds of yes and no.
func (c Calibration) logLoss(axis Axis, examples []Scored) float64 {
	sum, weights := 0.0, 0.0
	for _, e := range examples {
		sum -= e.Weight * math.Log(math.Max(c.Probabilities(axis, e, .5)[e.Class], 1e-300))
		weights += e.Weight
	}
	return sum / weights
}
