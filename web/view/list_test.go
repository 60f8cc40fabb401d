package view

import (
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/web/view/language"
)

func TestSortedBy(t *testing.T) {
	local := Local{Language: language.English()}
	var stored moderation.Stored
	stored.Prediction.Hostile = classifier.Opinion{Best: classifier.No, Probabilities: [3]float64{0.3, 0.7}}
	stored.Prediction.Spam = classifier.Opinion{Best: classifier.No, Probabilities: [3]float64{0.1, 0.9}}
	if yes := classifier.Hostile.AnswerIndex(classifier.Yes); yes != 0 {
		stored.Prediction.Hostile.Probabilities, stored.Prediction.Spam.Probabilities = [3]float64{0.7, 0.3}, [3]float64{0.9, 0.1}
	}
	for order, want := range map[moderation.Order]string{moderation.OrderHarm: "hostile: yes 30 %", moderation.OrderDoubt: "hostile: no 70 %", moderation.OrderNewest: ""} {
		if got := sortedBy(local, stored, order); got != want {
			t.Errorf("%s: %q, want %q", order, got, want)
		}
	}
	if got := sortedBy(local, moderation.Stored{}, moderation.OrderHarm); got != "" {
		t.Errorf("without a model: %q", got)
	}
}
