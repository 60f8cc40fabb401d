package learn

import (
	"context"
	"sort"
	"strconv"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// siteExample is one comment that people labelled, as training takes it.
type siteExample struct {
	classifier.Example
	positions map[classifier.Axis]int64 // of the ledger entry that gave each label
}

// siteExamples reads the standing labels up to a ledger position (0: the newest). Near-duplicates form one group and count once per axis and
// answer: the earliest comment stands for them. CantTell is left out.
func siteExamples(ctx context.Context, store labelStore, upTo int64) ([]siteExample, int64, error) {
	var examples []siteExample
	position, err := store.Labelled(ctx, upTo, func(c LabelledComment) error {
		e := siteExample{Example: classifier.Example{Text: c.Text, Claim: c.Claim, Labels: map[classifier.Axis]string{}}}
		e.positions = map[classifier.Axis]int64{}
		for axis, label := range c.Labels {
			if label.Answer != moderation.CantTell {
				e.Labels[axis] = label.Answer
				e.positions[axis] = c.Position
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
	texts := make([]string, len(examples))
	for i := range examples {
		texts[i] = examples[i].Text
	}
	type vote struct {
		group  int
		claim  string
		axis   classifier.Axis
		answer string
	}
	counted := map[vote]bool{}
	for i, group := range duplicateGroups(texts) {
		e := &examples[i]
		e.Group = strconv.Itoa(group)
		for axis, answer := range e.Labels {
			v := vote{group: group, axis: axis, answer: answer}
			if axis == classifier.Stance {
				v.claim = classifier.ClaimID(e.Claim)
			}
			if counted[v] {
				delete(e.Labels, axis)
			}
			counted[v] = true
		}
	}
	kept := examples[:0]
	for _, e := range examples {
		if len(e.Labels) > 0 {
			kept = append(kept, e)
		}
	}
	return kept, position, nil
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

// groupsOf lists the distinct groups, sorted.
func groupsOf(examples []siteExample) []string {
	seen := map[string]bool{}
	var groups []string
	for _, e := range examples {
		if !seen[e.Group] {
			seen[e.Group] = true
			groups = append(groups, e.Group)
		}
	}
	sort.Strings(groups)
	return groups
}
