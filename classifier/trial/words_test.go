package trial

import (
	"slices"
	"testing"

	"commentdesk/classifier"
)

// The words that were made to tell the answers apart are found again, each for its answer, with the counts of the examples that held them.
func TestCarryingWords(t *testing.T) {
	for _, axis := range classifier.Axes {
		trained, err := shipped.Train(axis, made(axis, 400, 0, 1))
		if err != nil {
			t.Fatal(err)
		}
		words, err := CarryingWords(trained.Model, trained.Counts, axis, 6)
		if err != nil {
			t.Fatal(err)
		}
		for class, answer := range axis.Answers() {
			if len(words[class]) != 6 {
				t.Fatalf("%s, %s: %d words", axis, answer, len(words[class]))
			}
			for i, word := range words[class][:4] {
				if !slices.Contains(telling[answer], word.Text) {
					t.Errorf("%s, %s: word %d is %+v", axis, answer, i, word)
				}
				if word.Weight <= 0 || word.Counts[class] <= 0 || word.Counts[(class+1)%len(axis.Answers())] != 0 {
					t.Errorf("%s, %s: %+v", axis, answer, word)
				}
			}
			if !slices.IsSortedFunc(words[class], func(a, b Word) int { return int(b.thousandths() - a.thousandths()) }) {
				t.Errorf("%s, %s: out of order: %+v", axis, answer, words[class])
			}
		}
	}
}

// A word of stance names the claim under which it speaks.
func TestCarryingWordsUnderAClaim(t *testing.T) {
	trained, err := shipped.Train(classifier.Stance, made(classifier.Stance, 400, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	words, err := CarryingWords(trained.Model, trained.Counts, classifier.Stance, 1000)
	if err != nil {
		t.Fatal(err)
	}
	under := map[string]bool{}
	for _, word := range words[0] {
		if word.Claim == "The town should build the bridge" {
			under[word.Text] = true
		} else if word.Claim != "" {
			t.Errorf("claim %q", word.Claim)
		}
	}
	for _, word := range telling[classifier.Favor] {
		if !under[word] {
			t.Errorf("%s does not speak for favor under the claim", word)
		}
	}
}

// A link has no spelling of its own; a text with a link stands for it.
func TestCarryingWordsOfAClass(t *testing.T) {
	examples := made(classifier.Spam, 200, 0, 1)
	for i := range examples {
		if examples[i].Labels[classifier.Spam] == classifier.Yes {
			examples[i].Text += " https://shop.example/1"
		}
	}
	trained, err := shipped.Train(classifier.Spam, examples)
	if err != nil {
		t.Fatal(err)
	}
	words, err := CarryingWords(trained.Model, trained.Counts, classifier.Spam, 5)
	if err != nil {
		t.Fatal(err)
	}
	if i := slices.IndexFunc(words[0], func(w Word) bool { return w.Text == "<link>" }); i < 0 || words[0][i].Counts != [3]float64{100, 0} {
		t.Errorf("no link among %+v", words[0])
	}
	if none, err := CarryingWords(trained.Model, trained.Counts, classifier.Hostile, 5); none != nil || err != nil {
		t.Errorf("an axis that the model lacks: %v, %v", none, err)
	}
}
