package trial

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"commentdesk/classifier"
)

// telling are the words that lean towards an answer; all others say nothing.
var telling = map[string][]string{
	classifier.Yes:     {"cheap", "click", "earn", "bitcoin"},
	classifier.No:      {"article", "journalist", "reader", "editor"},
	classifier.Favor:   {"agree", "finally", "support", "overdue"},
	classifier.Against: {"oppose", "waste", "wrong", "costs"},
	classifier.None:    {"weather", "recipe", "football", "anyway"},
}

// made are n examples labelled on the axis, in so many groups (0: without), the same for the same seed.
func made(axis classifier.Axis, n, groups int, seed uint64) []Example {
	random := rand.New(rand.NewPCG(seed, 1))
	examples := make([]Example, n)
	for i := range examples {
		answer := axis.Answers()[i%len(axis.Answers())]
		words := []string{telling[answer][random.IntN(4)], telling[answer][random.IntN(4)], fmt.Sprintf("only%dx%d", seed, i)}
		for range 4 + random.IntN(8) {
			words = append(words, fmt.Sprintf("word%c%c", 'a'+random.IntN(8), 'a'+random.IntN(8)))
		}
		random.Shuffle(len(words), func(a, b int) { words[a], words[b] = words[b], words[a] })
		examples[i] = Example{
			Example: classifier.Example{Text: strings.Join(words, " "), Labels: map[classifier.Axis]string{axis: answer}},
			File:    fmt.Sprintf("file%d", i*3/n),
		}
		if axis == classifier.Stance {
			examples[i].Claim = "The town should build the bridge"
		}
		if groups > 0 {
			examples[i].Group = fmt.Sprintf("group%d", i%groups)
		}
	}
	return examples
}
