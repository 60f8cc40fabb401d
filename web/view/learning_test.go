package view

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation/learn"
)

// retrained is a record as a store lists it.
func retrained(t *testing.T, day int, state learn.State, axes ...learn.AxisReport) learn.ModelRecord {
	t.Helper()
	report, err := json.Marshal(learn.Report{Axes: axes})
	if err != nil {
		t.Fatal(err)
	}
	return learn.ModelRecord{ID: fmt.Sprint(day), State: state, CreatedAt: time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC).AddDate(0, 0, day), Report: report}
}

func on(axis classifier.Axis, labels int, before, after float64) learn.AxisReport {
	return learn.AxisReport{Axis: axis, Labels: labels, ChampionLogLoss: before, CandidateLogLoss: after, ChampionAccuracy: .5, CandidateAccuracy: .75, Low: after - before - .1, High: after - before + .1}
}

func TestLearningCurves(t *testing.T) {
	shown := NewLearning(Local{}, []learn.ModelRecord{
		retrained(t, 3, learn.StateChampion, on(classifier.Hostile, 210, .4, .32), on(classifier.Spam, 12, .5, .4)),
		{ID: "by hand", State: learn.StateRetired}, // made without a comparison
		retrained(t, 2, learn.StateHeld, on(classifier.Hostile, 90, .38, .45)),
		retrained(t, 1, learn.StateRetired, on(classifier.Hostile, 30, .5, .41)),
		{ID: "broken", Report: []byte("{")},
		{ID: "starter"},
	})
	if len(shown.Curves) != 2 || shown.Note != "" {
		t.Fatalf("%d curves, note %q", len(shown.Curves), shown.Note)
	}
	hostile, spam := shown.Curves[0], shown.Curves[1]
	if want := "hostile: log loss was 0.410 with 30 labels, is 0.320 with 210"; hostile.Title != want {
		t.Errorf("title %q, want %q", hostile.Title, want)
	}
	if want := "spam: 12 labels are too few to say how the model learns"; spam.Title != want {
		t.Errorf("title %q, want %q", spam.Title, want)
	}
	var rows []string
	for _, row := range hostile.Rows {
		rows = append(rows, strings.Join(row[:8], "|")+"|"+row[8])
	}
	if want := []string{"2 May 2026|30|0|0.500|0.410|50 %|75 %|−0.190 to +0.010|used", "3 May 2026|90|0|0.380|0.450|50 %|75 %|−0.030 to +0.170|held", "4 May 2026|210|0|0.400|0.320|50 %|75 %|−0.180 to +0.020|used"}; fmt.Sprint(rows) != fmt.Sprint(want) {
		t.Errorf("the table says %q", rows)
	}
	if len(hostile.Paths) != 2 || strings.Count(hostile.Paths[1].D, "L") != 2 || len(spam.Paths) != 0 || len(spam.Dots) != 2 {
		t.Errorf("drawn are %+v and %+v", hostile.Paths, spam.Dots)
	}
	if len(NewLearning(Local{}, nil).Curves) != 0 {
		t.Error("nothing draws a curve")
	}
}

func TestLearningCurveIsBounded(t *testing.T) {
	var records []learn.ModelRecord
	for n := range mostRetrainings + 3 {
		records = append([]learn.ModelRecord{retrained(t, n, learn.StateRetired, on(classifier.Hostile, 40+n, .5, .4))}, records...)
	}
	shown := NewLearning(Local{}, records)
	if rows := len(shown.Curves[0].Rows); rows != mostRetrainings || shown.Note != "The newest 40 of 43 retrainings." {
		t.Errorf("%d rows, note %q", rows, shown.Note)
	}
	if first := shown.Curves[0].Rows[0][1]; first != "43" {
		t.Errorf("the first row has %s labels", first)
	}
}

// Scales hold what is drawn in them and name few, different places.
func TestLearningScales(t *testing.T) {
	for _, top := range []float64{.01, .1, .26, .69, 1.1, 3, 9.9, 17} {
		var c Chart
		end := c.lossTicks(top)
		if end < top || len(c.YTicks) < 2 || len(c.YTicks) > 7 {
			t.Errorf("up to %v: end %v with %d ticks", top, end, len(c.YTicks))
		}
	}
	for top, want := range map[float64]float64{1: 1, 5: 1, 6: 2, 30: 10, 210: 50, 100001: 50000} {
		if got := niceStep(top); got != want {
			t.Errorf("up to %v the step is %v, want %v", top, got, want)
		}
	}
}
