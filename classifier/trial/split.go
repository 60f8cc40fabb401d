package trial

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"commentdesk/classifier/eval"
)

// Caps on folds.
const (
	MaxFolds  = 100 // by number
	MaxGroups = 10  // by file or group: more of them than that share folds
)

// Split is what one model is trained on, and what it is measured on.
type Split struct {
	Name   string // for progress
	Train  []Example
	Test   []Example
	Shared int // training examples left out because their text stands in Test
}

// Given is one split of examples that were parted already.
func Given(train, test []Example) []Split { return []Split{split("", train, test)} }

func split(name string, train, test []Example) Split {
	texts := NewTexts()
	for _, e := range test {
		texts.Add(e.Text)
	}
	s := Split{Name: name, Test: test}
	s.Train, s.Shared = texts.Without(train)
	return s
}

// Shared is how many training examples the splits left out, over all of them.
func Shared(splits []Split) int {
	n := 0
	for _, s := range splits {
		n += s.Shared
	}
	return n
}

// InFolds cuts the examples into n folds, 2 to MaxFolds, by a hash of their group, or of how they read where they have none: what belongs
// together stays together, and an example keeps its fold when others come and go.
func InFolds(examples []Example, n int) ([]Split, error) {
	if n < 2 || n > MaxFolds {
		return nil, fmt.Errorf("%d folds: 2 to %d", n, MaxFolds)
	}
	texts := NewTexts()
	keys := make([]string, len(examples))
	for i, e := range examples {
		keys[i] = "group " + e.Group
		if e.Group == "" {
			keys[i] = fmt.Sprintf("text %016x", texts.identity(e.Text))
		}
	}
	return leaveOut(examples, eval.Folds(keys, n), n)
}

// ByFile leaves one file out at a time, or with more than MaxGroups of them a tenth.
func ByFile(examples []Example) ([]Split, error) {
	folds, n := dealt(examples, func(e Example) string { return e.File })
	if n < 2 {
		return nil, errors.New("folds by file need two files or more")
	}
	return leaveOut(examples, folds, n)
}

// ByGroup leaves groups out: one at a time, or with more than MaxGroups of them a tenth at a time. Every example needs a group.
func ByGroup(examples []Example) ([]Split, error) {
	ungrouped := 0
	for _, e := range examples {
		if e.Group == "" {
			ungrouped++
		}
	}
	if ungrouped > 0 {
		return nil, fmt.Errorf("folds by group: %d of %d examples have no group", ungrouped, len(examples))
	}
	folds, n := dealt(examples, func(e Example) string { return e.Group })
	if n < 2 {
		return nil, errors.New("folds by group need two groups or more")
	}
	return leaveOut(examples, folds, n)
}

// dealt gives every name a fold: the largest first, each to the fold with the fewest examples.
func dealt(examples []Example, name func(Example) string) (folds []int, n int) {
	sizes := map[string]int{}
	for _, e := range examples {
		sizes[name(e)]++
	}
	names := make([]string, 0, len(sizes))
	for name := range sizes {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(sizes[b], sizes[a]), cmp.Compare(a, b)) })
	n = min(len(names), MaxGroups)
	filled, foldOf := make([]int, n), map[string]int{}
	for _, name := range names {
		fold := slices.Index(filled, slices.Min(filled))
		filled[fold] += sizes[name]
		foldOf[name] = fold
	}
	for _, e := range examples {
		folds = append(folds, foldOf[name(e)])
	}
	return folds, n
}

// leaveOut makes a split of each fold that has examples.
func leaveOut(examples []Example, folds []int, n int) ([]Split, error) {
	var splits []Split
	for fold := range n {
		var train, test []Example
		for i, e := range examples {
			if folds[i] == fold {
				test = append(test, e)
			} else {
				train = append(train, e)
			}
		}
		if len(test) == 0 {
			continue
		}
		splits = append(splits, split(fmt.Sprintf("fold %d of %d", fold+1, n), train, test))
	}
	if len(splits) < 2 {
		return nil, errors.New("all examples fall into one fold")
	}
	return splits, nil
}
