package classifier

import (
	"math"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestEvidenceAddsUp(t *testing.T) {
	model := trainedModel(t)
	rapid.Check(t, func(t *rapid.T) {
		example := Example{Text: drawText().Draw(t, "text"), Claim: drawClaim().Draw(t, "claim")}
		explanation := model.Explain(example)
		if diff := cmp.Diff(model.Classify(example), explanation.Prediction); diff != "" {
			t.Fatalf("Classify and Explain differ:\n%s", diff)
		}
		if len(explanation.Evidence) != 5 {
			t.Fatalf("%d lists of evidence, want 3 of stance and one each of hostile and spam", len(explanation.Evidence))
		}
		for i, evidence := range explanation.Evidence {
			wantAxis, wantAnswer := []Axis{Stance, Stance, Stance, Hostile, Spam}[i], []string{Favor, Against, None, Yes, Yes}[i]
			if evidence.Axis != wantAxis || evidence.Answer != wantAnswer {
				t.Fatalf("evidence %d is for %s %s, want %s %s", i, evidence.Axis, evidence.Answer, wantAxis, wantAnswer)
			}
			wantSum(t, evidence)
			wantRows(t, evidence, example.Text)
		}
		wantProbabilities(t, explanation)
	})
}

// wantSum checks that prior and shares make the log-odds.
func wantSum(t *rapid.T, evidence Evidence) {
	sum := evidence.Prior
	for _, row := range evidence.Rows {
		sum += row.Share
	}
	if math.Abs(sum-evidence.LogOdds) > 1e-9 {
		t.Fatalf("%s %s: prior and shares make %v, not %v (off by %g)", evidence.Axis, evidence.Answer, sum, evidence.LogOdds, sum-evidence.LogOdds)
	}
}

// wantRows checks that rows stand in the text, the most telling first.
func wantRows(t *rapid.T, evidence Evidence, text string) {
	runes := []rune(text)
	last := math.Inf(1)
	for _, row := range evidence.Rows {
		if size := math.Abs(row.Share); size > last || math.IsNaN(size) {
			t.Fatalf("share %v stands after %v", row.Share, last)
		} else {
			last = size
		}
		if row.Text == wholeTextRow {
			continue
		}
		if row.Start < 0 || row.End <= row.Start || row.End > len(runes) {
			t.Fatalf("row %q spans %d to %d of %d", row.Text, row.Start, row.End, len(runes))
		}
		if utf8.ValidString(text) && string(runes[row.Start:row.End]) != row.Text {
			t.Fatalf("row %q spans %q", row.Text, string(runes[row.Start:row.End]))
		}
	}
}

// wantProbabilities checks that the log-odds shown are those of the probabilities shown.
func wantProbabilities(t *rapid.T, explanation Explanation) {
	var stance [3]float64
	for i := range stance {
		stance[i] = explanation.Evidence[i].LogOdds
	}
	softmax(stance[:], stance[:])
	for class, p := range explanation.Prediction.Stance.Probabilities {
		if math.Abs(p-stance[class]) > 1e-9 {
			t.Fatalf("stance %d: probability %v, the evidence says %v", class, p, stance[class])
		}
	}
	for i, axis := range []Axis{Hostile, Spam} {
		yes := 1 / (1 + math.Exp(-explanation.Evidence[3+i].LogOdds))
		if p := explanation.Prediction.On(axis).Probabilities[0]; math.Abs(p-yes) > 1e-9 {
			t.Fatalf("%s: probability %v, the evidence says %v", axis, p, yes)
		}
	}
}

func TestEvidenceNamesWhatWasRead(t *testing.T) {
	explanation := trainedModel(t).Explain(Example{Text: "Such a ｍoron, i\u200bdiot!"})
	type named struct {
		Text, ReadAs string
		Start, End   int
	}
	got := map[string]named{}
	for _, row := range explanation.Evidence[3].Rows {
		got[row.Text] = named{row.Text, row.ReadAs, row.Start, row.End}
	}
	want := map[string]named{
		"ｍoron":       {"ｍoron", "moron", 7, 12},
		"i\u200bdiot": {"i\u200bdiot", "idiot", 14, 20},
	}
	for text, row := range want {
		if diff := cmp.Diff(row, got[text]); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestEvidenceOfAModelWithoutAnAxis(t *testing.T) {
	examples := synthetic(200, 3)
	for i := range examples {
		delete(examples[i].Labels, Stance)
		delete(examples[i].Labels, Spam)
	}
	model, _ := mustTrain(t, examples, Shipped())
	explanation := model.Explain(Example{Text: "what an idiot", Claim: bridgeClaim})
	if len(explanation.Evidence) != 1 || explanation.Evidence[0].Axis != Hostile {
		t.Fatalf("evidence %+v, want hostile alone", explanation.Evidence)
	}
}
