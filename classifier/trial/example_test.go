package trial

import (
	"testing"

	"commentdesk/classifier"
)

func TestTextsAreEqualWhenTheyReadTheSame(t *testing.T) {
	texts := NewTexts()
	texts.Add("Click here, NOW!")
	texts.Add("!?")
	for text, want := range map[string]bool{
		"Click here, NOW!":   true,
		"click here now":     true,
		"  click\nhere now.": true,
		"click here":         false,
		"here click now":     false,
		"clickhere now":      false,
		"!?":                 true,
		"?!":                 false,
		"":                   false,
	} {
		if texts.Has(text) != want {
			t.Errorf("Has(%q) is not %v", text, want)
		}
	}
}

func TestWithoutDropsEveryEqualText(t *testing.T) {
	examples := []Example{{Example: classifier.Example{Text: "One."}}, {Example: classifier.Example{Text: "two"}}, {Example: classifier.Example{Text: "ONE"}}}
	texts := NewTexts()
	texts.Add("one")
	kept, dropped := texts.Without(examples)
	if dropped != 2 || len(kept) != 1 || kept[0].Text != "two" {
		t.Fatalf("dropped %d, kept %v", dropped, kept)
	}
}

func TestAxesOf(t *testing.T) {
	examples := append(made(classifier.Spam, 2, 0, 1), made(classifier.Stance, 3, 0, 1)...)
	if axes := AxesOf(examples); len(axes) != 2 || axes[0] != classifier.Stance || axes[1] != classifier.Spam {
		t.Fatalf("axes %v", axes)
	}
	if found := LabelledOn(classifier.Hostile, examples); found != nil {
		t.Fatalf("%d examples labelled on an axis that has no labels", len(found))
	}
}
