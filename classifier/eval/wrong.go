package eval

import (
	"cmp"
	"slices"
)

// Answer is the class a row is answered with under the options, and its probability.
func (r *Row) Answer(options Options) (class int, probability float64) {
	class = r.best(options.Threshold)
	return class, r.Probabilities[class]
}

// MostCertainErrors are the places in rows of at most limit wrong answers, the most probable first; of equally probable ones the earlier row.
// Rows on which the model abstained count where the options count their best guess.
func MostCertainErrors(rows []Row, options Options, limit int) []int {
	type mistake struct {
		place       int
		probability float64
	}
	var mistakes []mistake
	for i := range rows {
		if !rows[i].Answered && options.Unsure != "" && options.Unsure != UnsureBest {
			continue
		}
		if class, probability := rows[i].Answer(options); class != rows[i].Gold {
			mistakes = append(mistakes, mistake{i, probability})
		}
	}
	slices.SortStableFunc(mistakes, func(a, b mistake) int { return cmp.Compare(b.probability, a.probability) })
	places := make([]int, min(limit, len(mistakes)))
	for i := range places {
		places[i] = mistakes[i].place
	}
	return places
}
