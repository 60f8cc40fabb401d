package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
)

func TestSyntheticComments(t *testing.T) {
	const n = 2000
	comments, err := syntheticComments(n)
	if err != nil {
		t.Fatal(err)
	}
	if len(comments) != n {
		t.Fatalf("%d comments, want %d", len(comments), n)
	}
	seen := map[string]bool{}
	answers := map[string]int{}
	for i, c := range comments {
		if seen[c.Text] {
			t.Errorf("comment %d stands twice", i)
		}
		seen[c.Text] = true
		if words := len(strings.Fields(c.Text)); words < fewestWords || words > mostWords {
			t.Errorf("comment %d has %d words", i, words)
		}
		if c.Topic == "" || c.Claim == "" {
			t.Errorf("comment %d has no topic or no claim", i)
		}
		for axis, answer := range map[classifier.Axis]string{classifier.Stance: c.Stance, classifier.Hostile: c.Hostile, classifier.Spam: c.Spam} {
			if axis.AnswerIndex(answer) < 0 {
				t.Errorf("comment %d is labelled %q on %s", i, answer, axis)
			}
			answers[string(axis)+" "+answer]++
		}
	}
	if len(answers) != 7 {
		t.Errorf("answers %v, want all seven", answers)
	}
	again, err := syntheticComments(n)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(comments, again); diff != "" {
		t.Errorf("a second run makes others: %s", diff)
	}
}

// TestSyntheticCommentsAreNoNearDuplicates holds that no two have half of their word pairs in common.
func TestSyntheticCommentsAreNoNearDuplicates(t *testing.T) {
	comments, err := syntheticComments(400)
	if err != nil {
		t.Fatal(err)
	}
	pairs := make([]map[string]bool, len(comments))
	for i, c := range comments {
		pairs[i] = map[string]bool{}
		words := strings.Fields(c.Text)
		for j := 1; j < len(words); j++ {
			pairs[i][words[j-1]+" "+words[j]] = true
		}
	}
	for i := range pairs {
		for j := range i {
			shared := 0
			for pair := range pairs[i] {
				if pairs[j][pair] {
					shared++
				}
			}
			if 2*shared >= min(len(pairs[i]), len(pairs[j])) {
				t.Errorf("comments %d and %d share %d word pairs:\n%s\n%s", j, i, shared, comments[j].Text, comments[i].Text)
			}
		}
	}
}
