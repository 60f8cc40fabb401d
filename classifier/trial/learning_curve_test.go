package trial

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier"
)

// Every part holds the smaller ones, keeps every answer there is, and has its share of each.
func TestPartsAreNested(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		answers := rapid.SliceOfN(rapid.SampledFrom(classifier.Stance.Answers()), 0, 60).Draw(t, "answers")
		s := Split{Name: "fold", Test: []Example{{}}}
		total := map[string]int{}
		for i, answer := range answers {
			e := Example{File: string(rune('a' + i))}
			e.Labels = map[classifier.Axis]string{classifier.Stance: answer}
			s.Train = append(s.Train, e)
			total[answer]++
		}
		var before []string
		for _, share := range LearningShares {
			part := s.part(classifier.Stance, share)
			var files []string
			found := map[string]int{}
			for _, e := range part.Train {
				files = append(files, e.File)
				found[e.Labels[classifier.Stance]]++
			}
			if !slices.IsSorted(files) {
				t.Fatalf("share %v is out of order: %v", share, files)
			}
			for _, file := range before {
				if !slices.Contains(files, file) {
					t.Fatalf("share %v lacks %q of a smaller one", share, file)
				}
			}
			for answer, n := range total {
				if got := float64(found[answer]); got < share*float64(n)-1e-9 || got >= share*float64(n)+1 {
					t.Fatalf("share %v of %d %s is %v", share, n, answer, got)
				}
			}
			before = files
		}
		if len(before) != len(answers) {
			t.Fatalf("the whole is %d of %d examples", len(before), len(answers))
		}
	})
}

func TestLearningCurveEndsAtTheWhole(t *testing.T) {
	splits := Given(made(classifier.Spam, 200, 0, 1), made(classifier.Spam, 60, 0, 2))
	options := quick
	whole, err := Run(context.Background(), shipped, classifier.Spam, splits, options)
	if err != nil {
		t.Fatal(err)
	}
	var curves [2][]LearningPoint
	for i := range curves {
		if curves[i], err = LearningCurve(context.Background(), shipped, classifier.Spam, splits, whole, options); err != nil {
			t.Fatal(err)
		}
	}
	for i, point := range curves[0] {
		again := curves[1][i]
		if point.Reason != "" || again.Reason != "" {
			t.Fatalf("share %v: %s", point.Share, point.Reason)
		}
		if point.Examples != int(math.Round(point.Share*200)) || point.Result.Measurement.N != 60 {
			t.Errorf("share %v: %d examples, %d measured", point.Share, point.Examples, point.Result.Measurement.N)
		}
		if *point.Result.Report.Brier != *again.Result.Report.Brier {
			t.Errorf("share %v: two runs differ", point.Share)
		}
	}
	if last := curves[0][len(curves[0])-1]; last.Result.Measurement != whole.Measurement || last.Share != 1 {
		t.Errorf("the curve ends at %+v", last)
	}
}

// A part that is too small is no error: its point says why it is missing.
func TestLearningCurveOfTooFewExamples(t *testing.T) {
	splits := Given(made(classifier.Spam, 4, 0, 1)[:2], made(classifier.Spam, 20, 0, 2))
	curve, err := LearningCurve(context.Background(), plain, classifier.Spam, splits, Result{}, quick)
	if err != nil || len(curve) != len(LearningShares) {
		t.Fatalf("%d points, %v", len(curve), err)
	}
	if curve[0].Reason == "" || curve[0].Result.Measurement != nil {
		t.Errorf("two texts without a common word taught something: %+v", curve[0])
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := LearningCurve(ctx, plain, classifier.Spam, splits, Result{}, quick); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}
