package classifier

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

func TestAxes(t *testing.T) {
	for i, axis := range Axes {
		if parsed, err := ParseAxis(string(axis)); err != nil || parsed != axis {
			t.Errorf("%s parses as %q, %v", axis, parsed, err)
		}
		if axis.Index() != i {
			t.Errorf("%s stands at %d, says %d", axis, i, axis.Index())
		}
		for class, answer := range axis.Answers() {
			if axis.AnswerIndex(answer) != class {
				t.Errorf("%s: %s stands at %d, says %d", axis, answer, class, axis.AnswerIndex(answer))
			}
		}
		for _, answer := range []string{Unsure, "", "YES"} {
			if class := axis.AnswerIndex(answer); class != -1 {
				t.Errorf("%s has the answer %q at %d", axis, answer, class)
			}
		}
		var p Prediction
		p.On(axis).Known = 7
		if found := [3]int{p.Stance.Known, p.Hostile.Known, p.Spam.Known}; found[i] != 7 || found[0]+found[1]+found[2] != 7 {
			t.Errorf("the opinion on %s is kept as %v", axis, found)
		}
	}
	for _, name := range []string{"", "Stance", "mood"} {
		if axis, err := ParseAxis(name); err == nil {
			t.Errorf("%q is the axis %q", name, axis)
		}
		if i := Axis(name).Index(); i != -1 {
			t.Errorf("%q stands at %d", name, i)
		}
	}
	if Stance.AnswerIndex(Yes) != -1 || Spam.AnswerIndex(Favor) != -1 {
		t.Error("an axis has another's answers")
	}
}

// The id is part of stored models: it must never change.
func TestClaimID(t *testing.T) {
	const want = "52770a7d476f124a"
	for _, sentence := range []string{
		"the town should build the bridge", "The Town should build the Bridge", "  the town\tshould\nbuild\u00a0the  bridge ", "THE TOWN SHOULD BUILD THE BRIDGE",
	} {
		if id := ClaimID(sentence); id != want {
			t.Errorf("%q has the id %s, want %s", sentence, id, want)
		}
	}
	if ClaimID("Straße") != ClaimID("STRASSE") {
		t.Error("case is not folded in full")
	}
	if ClaimID("the town should build the bridge!") == want {
		t.Error("another sentence has the same id")
	}
	for _, blank := range []string{"", " \t\n", "\u00a0"} {
		if id := ClaimID(blank); id != "" {
			t.Errorf("%q has the id %q", blank, id)
		}
	}
	hex := regexp.MustCompile("^[0-9a-f]{16}$")
	rapid.Check(t, func(t *rapid.T) {
		sentence := rapid.String().Draw(t, "sentence")
		if id := ClaimID(sentence + "x"); !hex.MatchString(id) {
			t.Fatalf("%q has the id %q", sentence, id)
		}
	})
}

func TestCoverage(t *testing.T) {
	for _, test := range []struct {
		known, words int
		want         float64
	}{{0, 0, 0}, {0, 4, 0}, {1, 4, 0.25}, {4, 4, 1}} {
		o := Opinion{Known: test.known, Words: test.words}
		if got := o.Coverage(); got != test.want {
			t.Errorf("%d of %d: coverage %v, want %v", test.known, test.words, got, test.want)
		}
	}
}
