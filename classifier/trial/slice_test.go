package trial

import (
	"context"
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
)

func TestKey(t *testing.T) {
	e := Example{Example: classifier.Example{Text: "One, two!", Claim: "c", Group: "g"}, File: "f", Keys: map[string]string{"template": "short"}}
	for key, want := range map[string]string{FileKey: "f", GroupKey: "g", ClaimKey: "c", LastWordKey: "two", "template": "short", "article": ""} {
		if got := e.Key(key); got != want {
			t.Errorf("%s is %q, not %q", key, got, want)
		}
	}
}

func TestLastWord(t *testing.T) {
	for text, want := range map[string]string{
		"":                "",
		"!?":              "",
		"one":             "one",
		"I am Gay.":       "gay",
		"no end\n":        "end",
		"half-open":       "open",
		"in 2026 ":        "2026",
		"Größe ÄRGER »":   "ärger",
		"a\u0301 e\u0301": "e\u0301",
		"broken \xffé":    "é",
		"the last is ❤":   "is",
		"名前 日本語。":         "日本語",
	} {
		if got := lastWord(text); got != want {
			t.Errorf("%q: %q instead of %q", text, got, want)
		}
	}
}

// Both get the threshold of the recall asked for, their slices, and the difference of their gaps.
func TestSlicedAgainst(t *testing.T) {
	options := quick
	options.By, options.Least, options.Recall = FileKey, 10, .7
	splits := Given(made(classifier.Spam, 60, 0, 1), made(classifier.Spam, 90, 0, 2))
	base, other := mustRun(t, "plain", classifier.Spam, splits, options), mustRun(t, Default, classifier.Spam, splits, options)
	for _, r := range []Result{base, other} {
		if len(r.Report.Slices) != 3 || r.Report.Gaps == nil || r.Report.Threshold == nil {
			t.Fatalf("%s: %+v", r.Name, r.Report)
		}
		sum := 0.
		for _, s := range r.Report.Slices {
			sum += *s.Recall
		}
		if mean := sum / 3; mean < .7-1e-9 || mean > .7+1./15 {
			t.Errorf("%s: mean recall %v", r.Name, mean)
		}
		if len(r.Rows) != 90 || len(r.Examples) != 90 || r.Examples[89].File != "file2" {
			t.Errorf("%s: %d rows, %d examples", r.Name, len(r.Rows), len(r.Examples))
		}
	}
	differences, err := other.Against(base, options.Bootstrap)
	if err != nil {
		t.Fatal(err)
	}
	last := differences[len(differences)-2]
	if last.Figure != eval.FalsePositiveGap || last.Other != other.Report.Gaps.FalsePositiveRate.Gap || last.Base != base.Report.Gaps.FalsePositiveRate.Gap {
		t.Errorf("%+v", last)
	}
}

func TestSlicingErrors(t *testing.T) {
	splits := Given(made(classifier.Spam, 60, 0, 1), made(classifier.Spam, 30, 0, 2))
	for want, options := range map[string]Options{"no row has the key template": {By: "template"}, "no threshold has that recall": {By: FileKey, Least: 1000, Recall: .5}} {
		if _, err := Run(context.Background(), plain, classifier.Spam, splits, options); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}
