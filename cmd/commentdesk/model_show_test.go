package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
)

func TestModelShow(t *testing.T) {
	s := newSite(t)
	text := s.must(exitDone, "model", "show", "starter").out
	manifest, err := registry.ReadManifest(starterFiles().Manifest)
	if err != nil {
		t.Fatal(err)
	}
	spam := manifest.Parameters.Axes[2]
	contains(t, text, fmt.Sprintf("; prior 0.030; answers yes from %.2f, no up to %.2f, unsure under %.2f coverage\n", spam.High, spam.Low, spam.MinCoverage),
		"of 2,000 comments that are no at most 5 called yes", "measured held-out folds of its own training examples; the sources of texts are ",
		"figures on other sources are lower", "As if yes were as frequent as the model expects:", "With the answers as frequent as among the examples",
		"hostile: yes from", "spam: yes from", "stance: calibration", "│ AUC ")
	if stance, hostile := strings.Index(text, "\nstance "), strings.Index(text, "\nhostile "); stance < 0 || stance > hostile {
		t.Error("the axes are not in their order")
	}
	var shown shownModel
	if err := json.Unmarshal([]byte(s.must(exitDone, "model", "show", "starter", "--json").out), &shown); err != nil {
		t.Fatal(err)
	}
	if len(shown.Axes) != 3 || shown.Measured == nil || len(shown.Claims) == 0 {
		t.Fatalf("%d axes, measured %v, %d claims", len(shown.Axes), shown.Measured, len(shown.Claims))
	}
	for _, axis := range shown.Axes {
		labelled := 0.
		for _, n := range axis.Examples {
			labelled += n
		}
		// Examples that count for less than one are learned from and not measured.
		if axis.Vocabulary == 0 || axis.AtMix == nil || float64(axis.AtMix.N) > labelled || float64(axis.AtMix.N) < .99*labelled || axis.AtMix.Interval.MacroF1 == nil || len(axis.AtMix.Calibration) < 2 {
			t.Errorf("%s: %d features, %v examples, figures %+v", axis.Axis, axis.Vocabulary, axis.Examples, axis.AtMix)
		}
		if axis.Axis == classifier.Stance {
			if axis.AtPrior != nil || axis.Prior != nil || axis.NoUpTo != nil {
				t.Error("stance has a prior")
			}
			continue
		}
		if axis.AtPrior == nil || *axis.AtPrior.Prior != *axis.Prior || *axis.AtPrior.Threshold != axis.From || len(axis.AtPrior.Thresholds) != 19 {
			t.Errorf("%s: at the prior %+v", axis.Axis, axis.AtPrior)
		}
		if axis.MinCoverage < .2 || axis.MinCoverage > .6 {
			t.Errorf("%s: least coverage %v", axis.Axis, axis.MinCoverage)
		}
	}
}

// Figures of another form, as older models hold them, are no figures; the model is shown all the same.
func TestModelShowWithoutFigures(t *testing.T) {
	model, manifest, err := registry.Open(starterFiles())
	if err != nil {
		t.Fatal(err)
	}
	counts, _, err := registry.ReadCounts(starterFiles())
	if err != nil {
		t.Fatal(err)
	}
	for name, metrics := range map[string]any{"none": nil, "a comparison": map[string]any{"candidate": "aa", "axes": []any{}}} {
		t.Run(name, func(t *testing.T) {
			files, err := registry.Encode(model, counts, registry.Origin{Arrivals: [3]int64{2: 4321}}, metrics)
			if err != nil {
				t.Fatal(err)
			}
			shown, err := newShownModel(files)
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			if err := shown.write(&out); err != nil {
				t.Fatal(err)
			}
			contains(t, out.String(), manifest.ID, "spam ", "; prior 0.030, estimated over 4321 arrivals; ", "measured no figures are stored with this model\n")
		})
	}
}
