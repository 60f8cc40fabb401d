package eval

import "math"

// confusion counts answers by gold class and answer, as one flat table of cells: classes × classes answers, then one cell a class for
// abstentions that count as wrong, then one cell for rows left out. Counts are weighted by how often a resample drew the row.
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

// accuracy is right answers over all counted rows; NaN where none counts.
func (c confusion) accuracy() float64 {
	right, all := int64(0), int64(0)
	for class := range c.classes {
		right += c.cells[class*c.classes+class]
	}
	for _, count := range c.cells[:len(c.cells)-1] {
		all += count
	}
	return float64(right) / float64(all)
}

// f1 is 2tp / (2tp + fp + fn); NaN for a class that is neither gold nor answered anywhere.
func (c confusion) f1(class int) float64 {
	right := c.cells[class*c.classes+class]
	gold := c.cells[c.classes*c.classes+class]
	answered := int64(0)
	for other := range c.classes {
		gold += c.cells[class*c.classes+other]
		answered += c.cells[other*c.classes+class]
	}
	return float64(2*right) / float64(gold+answered)
}

// macroF1 is the mean over the classes that have an F1, as scikit-learn's f1_score(average="macro") takes the classes that occur.
func (c confusion) macroF1() float64 {
	sum, classes := 0.0, 0
	for class := range c.classes {
		if f1 := c.f1(class); !math.IsNaN(f1) {
			sum += f1
			classes++
		}
	}
	return sum / float64(classes)
}
