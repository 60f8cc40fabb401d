package classifier

import "math"

// minimise finds the least of a smooth convex function by L-BFGS (Nocedal and Wright 2006, algorithm 7.5) with a backtracking line search, in at
// most so many steps. f fills the gradient at x. The result does not depend on the machine's number of cores.
func minimise(x []float64, f func(x, gradient []float64) float64, steps int) []float64 {
	const memory, sufficient, enough = 10, 1e-4, 1e-6
	n := len(x)
	gradient, next, nextGradient, direction := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	var moves, turns [][]float64 // s and y of the last steps
	value := f(x, gradient)
	for range steps {
		copy(direction, gradient)
		alphas := make([]float64, len(moves))
		for i := len(moves) - 1; i >= 0; i-- {
			alphas[i] = dot(moves[i], direction) / dot(moves[i], turns[i])
			addScaled(direction, -alphas[i], turns[i])
		}
		if last := len(moves) - 1; last >= 0 {
			scale(direction, dot(moves[last], turns[last])/dot(turns[last], turns[last]))
		} else {
			scale(direction, 1/math.Max(1, math.Sqrt(dot(gradient, gradient))))
		}
		for i := range moves {
			beta := dot(turns[i], direction) / dot(moves[i], turns[i])
			addScaled(direction, alphas[i]-beta, moves[i])
		}
		slope := dot(direction, gradient)
		if !(slope > 0) {
			return x
		}
		step, nextValue := 1.0, 0.0
		for ; ; step /= 2 {
			if step < 1e-10 {
				return x
			}
			copy(next, x)
			addScaled(next, -step, direction)
			if nextValue = f(next, nextGradient); nextValue <= value-sufficient*step*slope {
				break
			}
		}
		move, turn := make([]float64, n), make([]float64, n)
		for j := range move {
			move[j], turn[j] = next[j]-x[j], nextGradient[j]-gradient[j]
		}
		if dot(move, turn) > 1e-12*dot(turn, turn) {
			moves, turns = append(moves, move), append(turns, turn)
			if len(moves) > memory {
				moves, turns = moves[1:], turns[1:]
			}
		}
		settled := value-nextValue <= enough*math.Abs(value)
		x, next = next, x
		gradient, nextGradient = nextGradient, gradient
		value = nextValue
		if settled {
			break
		}
	}
	return x
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += float64(v * b[i]) // rounded by itself: no machine may fuse it with the sum
	}
	return sum
}

func addScaled(to []float64, factor float64, what []float64) {
	for i, v := range what {
		to[i] += float64(factor * v)
	}
}

func scale(what []float64, factor float64) {
	for i := range what {
		what[i] *= factor
	}
}
