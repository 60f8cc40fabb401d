package moderation

import (
	"testing"
	"time"

	"commentdesk/classifier"
)

func TestFilterMatches(t *testing.T) {
	noon := time.Date(2026, 5, 14, 12, 0, 0, 0, time.UTC)
	comment := Stored{Comment: Comment{ArticleID: "a1", Author: "STRASSE", Text: "Nobody READS that."}, Article: Article{Topic: "bridges", Origin: "page"}, ArrivedAt: noon,
		State: State{Status: Pending, Labels: map[classifier.Axis]string{classifier.Spam: classifier.Yes}},
		Prediction: classifier.Prediction{
			Hostile: classifier.Opinion{Answer: classifier.No, Probabilities: [3]float64{0.25, 0.75}},
			Spam:    classifier.Opinion{Answer: classifier.No, Probabilities: [3]float64{0.5, 0.5}}}}
	for query, want := range map[string]bool{
		"":                              true,
		"status:pending":                true,
		"status:approved":               false,
		"hostile:no":                    true,
		"hostile:yes":                   false,
		"spam:yes":                      true,  // the label
		"spam:no":                       false, // only the prediction
		"stance:unsure":                 true,  // the model lacks the axis
		"p(hostile)>0.25":               false,
		"p(hostile)>=0.25":              true,
		"p(hostile)<0.25":               false,
		"p(hostile)<=0.25":              true,
		"p(spam)<0.6 p(spam)>0.4":       true,
		"p(favor)>0":                    false,
		"topic:bridges":                 true,
		"topic:Bridges":                 false,
		"origin:disqus":                 false,
		"article:a1":                    true,
		"article:a2":                    false,
		"author:straße":                 true,
		"author:str":                    false,
		"before:2026-05-14T12:00:00Z":   false,
		"before:2026-05-14T12:00:01Z":   true,
		"reads NOBODY":                  true,
		`"reads that"`:                  true,
		`"that reads"`:                  false,
		"status:pending hostile:yes ad": false,
	} {
		filter, err := ParseFilter(query)
		if err != nil {
			t.Fatal(err)
		}
		if got := filter.Matches(comment); got != want {
			t.Errorf("%s matches: %v, want %v", query, got, want)
		}
	}
}
