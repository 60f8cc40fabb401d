package eval

import "math"

// confusion counts answers by gold class and answer, as one flat table of cells: classes × classes answers, then one cell a class for
// abstentions that count as wrong, then one cell for rows left out. A count is how often a resample drew the row; what a row of each gold class
// weighs is given when a figure is asked for.
type confusion struct {
	classes int
	cells   []int64
}

func newConfusion(classes int) confusion {
	return confusion{classes: classes, cells: make([]int64, classes*classes+classes+1)}
}

// cell is where a row counts, given the class it answers with.
func (c confusion) cell(row *Row, answer int, policy UnsurePolicy) int {
	switch {
	case row.Answered || policy == UnsureBest:
		return row.Gold*c.classes + answer
	case policy == UnsureWrong:
		return c.classes*c.classes + row.Gold
	default:
		return len(c.cells) - 1
	}
}

// matrix is [gold][answer], abstentions outside best left out.
func (c confusion) matrix() [][]int {
	matrix := make([][]int, c.classes)
	for gold := range matrix {
		matrix[gold] = make([]int, c.classes)
		for answer := range matrix[gold] {
			matrix[gold][answer] = int(c.cells[gold*c.classes+answer])
		}
	}
	return matrix
}

// gold counts the rows of a gold class that are not left out.
func (c confusion) gold(class int) int64 {
	count := c.cells[c.classes*c.classes+class]
	for answer := range c.classes {
		count += c.cells[class*c.classes+answer]
	}
	return count
}

// accuracy is right answers over all counted rows; NaN where none counts.
func (c confusion) accuracy(weights []float64) float64 {
	right, all := 0.0, 0.0
	for class, weight := range weights {
		right += weight * float64(c.cells[class*c.classes+class])
		all += weight * float64(c.gold(class))
	}
	return right / all
}

// f1 is 2tp / (2tp + fp + fn); NaN for a class that is neither gold nor answered anywhere.
func (c confusion) f1(class int, weights []float64) float64 {
	right := weights[class] * float64(c.cells[class*c.classes+class])
	gold := weights[class] * float64(c.gold(class))
	answered := 0.0
	for other, weight := range weights {
		answered += weight * float64(c.cells[other*c.classes+class])
	}
	return 2 * right / (gold + answered)
}

// macroF1 is the mean over the classes that have an F1, as scikit-learn's f1_score(average="macro") takes the classes that occur.
func (c confusion) macroF1(weights []float64) float64 {
	sum, classes := 0.0, 0
	for class := range c.classes {
		if f1 := c.f1(class, weights); !math.IsNaN(f1) {
			sum += f1
			classes++
		}
	}
	return sum / float64(classes)
}
