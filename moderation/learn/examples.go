package learn

import (
	"context"
	"slices"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// siteExample is one comment that people labelled, as training takes it.
type siteExample struct {
	classifier.Example
	positions map[classifier.Axis]int64 // of the ledger entry that gave each label
}

// siteExamples are the examples that train: the standing labels up to a ledger position (0: the newest), each near-duplicate group counted once.
func siteExamples(ctx context.Context, store labelStore, upTo int64) ([]siteExample, int64, error) {
	examples, position, err := labelledExamples(ctx, store, upTo)
	return countOnce(examples), position, err
}

// labelledExamples reads every comment with a standing label up to a ledger position, its near-duplicate group named. CantTell is left out.
func labelledExamples(ctx context.Context, store labelStore, upTo int64) ([]siteExample, int64, error) {
	var examples []siteExample
	position, err := store.Labelled(ctx, upTo, func(c LabelledComment) error {
		e := siteExample{Example: classifier.Example{Text: c.Text, Claim: c.Claim, Labels: map[classifier.Axis]string{}}}
		e.positions = map[classifier.Axis]int64{}
		for axis, label := range c.Labels {
			if label.Answer != moderation.CantTell {
				e.Labels[axis] = label.Answer
				e.positions[axis] = c.Positions[axis]
			}
		}
		if len(e.Labels) > 0 {
			examples = append(examples, e)
		}
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	nameGroups(examples)
	return examples, position, nil
}

// nameGroups names each example's near-duplicate group by the group's first text, so that a group keeps its name, and its fold, when others
// come and go.
func nameGroups(examples []siteExample) {
	texts := make([]string, len(examples))
	for i := range examples {
		texts[i] = examples[i].Text
	}
	for i, first := range duplicateGroups(texts) {
		examples[i].Group = texts[first]
	}
}

// groupedLike names the groups of examples as they are among others, so that both lists fall into the same folds.
func groupedLike(examples, others []siteExample) []siteExample {
	all := append(slices.Clone(others), examples...)
	nameGroups(all)
	return all[len(others):]
}

// countOnce leaves of each group one label an axis and answer (and claim, for stance): the earliest comment stands for them. It empties the
// others' labels.
func countOnce(examples []siteExample) []siteExample {
	type vote struct {
		group  string
		claim  string
		axis   classifier.Axis
		answer string
	}
	counted := map[vote]bool{}
	kept := examples[:0:0]
	for _, e := range examples {
		for axis, answer := range e.Labels {
			v := vote{group: e.Group, axis: axis, answer: answer}
			if axis == classifier.Stance {
				v.claim = classifier.ClaimID(e.Claim)
			}
			if counted[v] {
				delete(e.Labels, axis)
			}
			counted[v] = true
		}
		if len(e.Labels) > 0 {
			kept = append(kept, e)
		}
	}
	return kept
}

// labelsOn counts the examples that have a label on each axis.
func labelsOn(examples []siteExample) (counts [3]int) {
	for _, e := range examples {
		for axis := range e.Labels {
			counts[axis.Index()]++
		}
	}
	return counts
}

// newLabels counts the labels on each axis that were given after a ledger position.
func newLabels(examples []siteExample, after int64) (counts [3]int) {
	for _, e := range examples {
		for axis, position := range e.positions {
			if _, standing := e.Labels[axis]; standing && position > after {
				counts[axis.Index()]++
			}
		}
	}
	return counts
}
