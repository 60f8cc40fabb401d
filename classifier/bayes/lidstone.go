package bayes

import (
	"errors"
	"fmt"
)

// LearnLidstone builds the library's classifier with alpha added to every count over the joint vocabulary: P(feature | class) =
// (n + α) / (N + α·V) (Lidstone 1920). It is the textbook's smoothing, for reference; models use Learn. It refuses what Learn refuses.
func LearnLidstone(counts Counts, alpha float64) (*Classifier, error) {
	if len(counts.Examples) < 2 {
		return nil, errors.New("naive Bayes needs two classes")
	}
	size := float64(len(counts.Features))
	if !(alpha > 0) || alpha*size > MaxTotal {
		return nil, fmt.Errorf("smoothing must be above 0, not %v", alpha)
	}
	even, err := background(counts)
	if err != nil {
		return nil, err
	}
	for j := range even {
		even[j] = 1 / size
	}
	return learnTowards(even, counts, alpha*size), nil
}
