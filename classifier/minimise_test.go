package classifier

import (
	"math"
	"math/rand/v2"
	"testing"
)

// ridgeProblem is a random logistic regression with a ridge: n numbers, m examples.
type ridgeProblem struct {
	rows  [][]float64
	yes   []bool
	ridge float64
}

func drawProblem(random *rand.Rand, n, m int, ridge float64) ridgeProblem {
	p := ridgeProblem{ridge: ridge}
	for range m {
		row := make([]float64, n)
		for j := range row {
			row[j] = random.NormFloat64() * float64(1+j%3)
		}
		p.rows, p.yes = append(p.rows, row), append(p.yes, random.Float64() < 1/(1+math.Exp(-row[0]+row[n-1])))
	}
	return p
}

func (p ridgeProblem) loss(x, gradient []float64) float64 {
	sum := 0.0
	for j, v := range x {
		sum += p.ridge * v * v / 2
		gradient[j] = p.ridge * v
	}
	for i, row := range p.rows {
		sign := -1.0
		if p.yes[i] {
			sign = 1
		}
		margin := sign * dot(row, x)
		sum += softplus(-margin)
		addScaled(gradient, -sign/(1+math.Exp(margin)), row)
	}
	return sum
}

// descend goes down the gradient in steps short enough for the curvature, for long.
func (p ridgeProblem) descend(n int) float64 {
	curvature := p.ridge
	for _, row := range p.rows {
		curvature += dot(row, row) / 4
	}
	x, gradient := make([]float64, n), make([]float64, n)
	for range 20000 {
		p.loss(x, gradient)
		if dot(gradient, gradient) < 1e-18 {
			break
		}
		addScaled(x, -1/curvature, gradient)
	}
	return p.loss(x, gradient)
}

func TestMinimiseFindsTheLeast(t *testing.T) {
	random := rand.New(rand.NewPCG(31, 1))
	for range 12 {
		n := 1 + random.IntN(8)
		p := drawProblem(random, n, 5+random.IntN(40), []float64{0.1, 1, 10}[random.IntN(3)])
		least, gradient := p.descend(n), make([]float64, n)
		start := make([]float64, n)
		for j := range start {
			start[j] = 3 * random.NormFloat64()
		}
		found := p.loss(minimise(start, p.loss, 200), gradient)
		if found > least*(1+1e-4)+1e-9 || found < least-1e-6*math.Abs(least) {
			t.Errorf("%d numbers, %d examples, ridge %v: least %v, found %v", n, len(p.rows), p.ridge, least, found)
		}
	}
}

// A valley a thousand times steeper one way than the other.
func TestMinimiseInAValley(t *testing.T) {
	at := minimise([]float64{-30, 20}, func(x, gradient []float64) float64 {
		a, b := x[0]-3, x[1]+7
		gradient[0], gradient[1] = 2000*a+b, 2*b+a
		return 1000*a*a + b*b + a*b
	}, 100)
	if math.Abs(at[0]-3) > 0.01 || math.Abs(at[1]+7) > 0.1 {
		t.Errorf("found %v, the least lies at 3, -7", at)
	}
}

func TestMinimiseStandsStillAtTheLeast(t *testing.T) {
	for name, f := range map[string]func(x, gradient []float64) float64{
		"at the least": func(x, gradient []float64) float64 { gradient[0] = 2 * (x[0] - 5); return (x[0] - 5) * (x[0] - 5) },
		"flat":         func(_, gradient []float64) float64 { gradient[0] = 0; return 7 },
		"no number":    func(_, gradient []float64) float64 { gradient[0] = math.NaN(); return math.NaN() },
		"misleading":   func(x, gradient []float64) float64 { gradient[0] = 1; return -x[0] },
	} {
		if at := minimise([]float64{5}, f, 50); at[0] != 5 {
			t.Errorf("%s: moved to %v", name, at)
		}
	}
	if at := minimise([]float64{5}, func(x, gradient []float64) float64 { gradient[0] = x[0]; return x[0] * x[0] / 2 }, 0); at[0] != 5 {
		t.Errorf("no steps led to %v", at)
	}
}
