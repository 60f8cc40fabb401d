package trial

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier"
)

// Whatever the cut: every example is measured once, no text is trained on that is measured, and what belongs together stays together.
func TestSplitsKeepTrainingAndMeasuringApart(t *testing.T) {
	cuts := map[string]func([]Example) ([]Split, error){
		"number": func(e []Example) ([]Split, error) { return InFolds(e, 4) },
		"file":   ByFile,
		"group":  ByGroup,
	}
	rapid.Check(t, func(t *rapid.T) {
		var examples []Example
		for i := range rapid.IntRange(2, 60).Draw(t, "examples") {
			examples = append(examples, Example{
				Example: classifier.Example{
					Text:  fmt.Sprintf("text %d", rapid.IntRange(0, 30).Draw(t, "text")),
					Group: fmt.Sprintf("group %d", rapid.IntRange(0, 14).Draw(t, "group")),
				},
				File: fmt.Sprintf("file %d of %d", rapid.IntRange(0, 14).Draw(t, "file"), i/1000),
			})
		}
		name := rapid.SampledFrom([]string{"number", "file", "group"}).Draw(t, "cut")
		splits, err := cuts[name](examples)
		if err != nil {
			t.Skip("too few to cut")
		}
		if name != "number" && len(splits) > MaxGroups {
			t.Fatalf("%d splits", len(splits))
		}
		checkSplits(t, name, examples, splits)
	})
}

func checkSplits(t *rapid.T, cut string, examples []Example, splits []Split) {
	measured, foldOf := 0, map[string]int{}
	for fold, s := range splits {
		if len(s.Test) == 0 || len(s.Train)+s.Shared+len(s.Test) != len(examples) {
			t.Fatalf("split %d: %d trained on, %d left out, %d measured of %d", fold, len(s.Train), s.Shared, len(s.Test), len(examples))
		}
		measured += len(s.Test)
		texts := map[string]bool{}
		for _, e := range s.Test {
			texts[e.Text] = true
			together := map[string]string{"number": e.Group, "file": e.File, "group": e.Group}[cut]
			if before, ok := foldOf[together]; ok && before != fold {
				t.Fatalf("%s is in splits %d and %d", together, before, fold)
			}
			foldOf[together] = fold
		}
		for _, e := range s.Train {
			if texts[e.Text] {
				t.Fatalf("split %d trains on a text that it measures", fold)
			}
		}
	}
	if measured != len(examples) {
		t.Fatalf("%d examples, %d measured", len(examples), measured)
	}
}

func TestEqualTextsWithoutGroupShareAFold(t *testing.T) {
	examples := made(classifier.Spam, 40, 0, 1)
	for _, e := range examples[:20] {
		e.Text += "!"
		examples = append(examples, e)
	}
	splits, err := InFolds(examples, 5)
	if err != nil {
		t.Fatal(err)
	}
	if shared := Shared(splits); shared != 0 {
		t.Fatalf("%d equal texts lie in different folds", shared)
	}
}

func TestSplitsThatCannotBe(t *testing.T) {
	grouped := made(classifier.Spam, 12, 3, 1)
	alone := made(classifier.Spam, 12, 0, 1)
	oneFile := made(classifier.Spam, 12, 1, 1)
	for i := range oneFile {
		oneFile[i].File = "file"
	}
	for name, try := range map[string]func() ([]Split, error){
		"one fold":        func() ([]Split, error) { return InFolds(grouped, 1) },
		"too many folds":  func() ([]Split, error) { return InFolds(grouped, MaxFolds+1) },
		"one group":       func() ([]Split, error) { return ByGroup(oneFile) },
		"no groups":       func() ([]Split, error) { return ByGroup(alone) },
		"one file":        func() ([]Split, error) { return ByFile(oneFile) },
		"one group, in 3": func() ([]Split, error) { return InFolds(oneFile, 3) },
		"nothing":         func() ([]Split, error) { return InFolds(nil, 3) },
	} {
		if splits, err := try(); err == nil {
			t.Errorf("%s: %d splits and no error", name, len(splits))
		}
	}
}
