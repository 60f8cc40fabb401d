package figures

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// thursday is when the tests look.
var thursday = time.Date(2026, 5, 14, 9, 30, 0, 0, time.UTC)

// shelf is a store of hand-made rows.
type shelf struct {
	deeds    []Deed // newest first
	arrivals map[moderation.Status][]time.Time
	judged   []Judged
	waiting  []classifier.Prediction // newest first
}

func (s shelf) Judged(_ context.Context, newest int, visit func(Judged)) error {
	for _, j := range s.judged[:min(newest, len(s.judged))] {
		visit(j)
	}
	return nil
}

func (s shelf) Opinions(_ context.Context, newest int, visit func(classifier.Prediction)) (int, error) {
	for _, p := range s.waiting[:min(newest, len(s.waiting))] {
		visit(p)
	}
	return len(s.waiting), nil
}

func (s shelf) Cells(context.Context, time.Time, int) ([]Cell, int, int, error) {
	return nil, 0, 0, nil
}

func (s shelf) Deeds(_ context.Context, newest int, visit func(Deed) error) error {
	for _, d := range s.deeds[:min(newest, len(s.deeds))] {
		if err := visit(d); err == ErrEnough {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (s shelf) Arrived(_ context.Context, statuses []moderation.Status, bounds []time.Time) ([]int, error) {
	counts := make([]int, len(bounds)-1)
	for _, status := range statuses {
		for _, at := range s.arrivals[status] {
			for i := range counts {
				if !at.Before(bounds[i]) && at.Before(bounds[i+1]) {
					counts[i]++
				}
			}
		}
	}
	return counts, nil
}

func dashboardOf(t testing.TB, s shelf) Dashboard {
	t.Helper()
	d, err := NewService(s, func() time.Time { return thursday }).Dashboard(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestWeekOf(t *testing.T) {
	for at, want := range map[string]string{"2026-05-11T00:00:00Z": "2026-05-11", "2026-05-17T23:59:59Z": "2026-05-11", "2026-05-18T00:30:00+01:00": "2026-05-11", "2026-01-01T00:00:00Z": "2025-12-29"} {
		instant, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := weekOf(instant).Format(time.DateOnly); got != want {
			t.Errorf("the week of %s begins %s, want %s", at, got, want)
		}
	}
}

func TestQuantile(t *testing.T) {
	ten := []time.Duration{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	for _, test := range []struct {
		spans       []time.Duration
		half, tenth time.Duration
	}{{nil, 0, 0}, {ten[:1], 1, 1}, {ten[:2], 1, 2}, {ten[:3], 2, 3}, {ten, 5, 9}} {
		if half, tenth := quantile(test.spans, .5), quantile(test.spans, .9); half != test.half || tenth != test.tenth {
			t.Errorf("of %v: %d, %d", test.spans, half, tenth)
		}
	}
}

func TestDashboard(t *testing.T) {
	ago := func(d time.Duration) time.Time { return thursday.Add(-d) }
	label := func(axis classifier.Axis, answer, predicted string, p ...float64) moderation.Label {
		l := moderation.Label{Axis: axis, Answer: answer, By: moderation.ByPerson, Predicted: predicted}
		copy(l.Probability[:], p)
		return l
	}
	entry := func(position, comment int64, before time.Duration, kind moderation.Kind, decision moderation.Decision, labels ...moderation.Label) Deed {
		return Deed{Place: Place{Topic: "bridges"}, ArrivedAt: ago(before + 2*time.Hour),
			Entry: moderation.Entry{Position: position, CommentID: comment, At: ago(before), Kind: kind, Decision: decision, Labels: labels}}
	}
	undo := entry(9, 3, time.Hour, moderation.KindUndo, "")
	undo.Entry.Cancels = 8
	archived := label(classifier.Spam, classifier.Yes, classifier.No, .1, .9)
	archived.By = moderation.ByArchive
	s := shelf{
		deeds: []Deed{
			undo,
			entry(8, 3, 2*time.Hour, moderation.KindAct, moderation.Reject, label(classifier.Hostile, classifier.Yes, classifier.No, .1, .9)), // undone
			entry(7, 2, 3*time.Hour, moderation.KindAct, moderation.Approve),                                                                  // not the first on comment 2
			entry(6, 4, 4*time.Hour, moderation.KindAct, moderation.Escalate, archived, label(classifier.Spam, moderation.CantTell, classifier.No)),
			entry(5, 5, 5*time.Hour, moderation.KindAct, "", label(classifier.Stance, classifier.Against, classifier.Unsure, .3, .5, .2), label(classifier.Hostile, classifier.No, classifier.Yes, .95, .05)),
			entry(4, 2, week, moderation.KindAct, moderation.Reject, label(classifier.Hostile, classifier.Yes, classifier.Yes, .9, .1)),
			entry(3, 1, week+time.Hour, moderation.KindAct, moderation.Approve, label(classifier.Stance, classifier.Favor, "")),
			entry(2, 9, 13*week, moderation.KindAct, moderation.Approve), // before all weeks
		},
		arrivals: map[moderation.Status][]time.Time{
			moderation.Pending:   {ago(0), ago(30 * time.Minute), ago(2 * time.Hour), ago(30 * day)},
			moderation.Escalated: {ago(2 * day)}, moderation.Approved: {ago(week), ago(day)},
		},
	}
	got := dashboardOf(t, s)
	if diff := cmp.Diff([]Age{{0, time.Hour, 2}, {time.Hour, 8 * time.Hour, 1}, {8 * time.Hour, day, 0}, {day, 3 * day, 1}, {3 * day, week, 0}, {week, 0, 1}}, got.Waiting); diff != "" {
		t.Errorf("what waits differs: %s", diff)
	}
	last, before := got.Weeks[Weeks-1], got.Weeks[Weeks-2]
	if last.Start != time.Date(2026, 5, 11, 0, 0, 0, 0, time.UTC) || last.Arrived != 5 || before.Arrived != 1 || got.Weeks[7].Arrived != 1 {
		t.Errorf("the weeks are %+v", got.Weeks)
	}
	if last.Approved != 1 || last.Rejected != 0 || last.Escalated != 1 || last.Timed != 0 || last.Labels() != 2 || last.Corrections() != 1 {
		t.Errorf("the last week is %+v", last)
	}
	if before.Approved != 1 || before.Rejected != 1 || before.Timed != 2 || before.Half != 2*time.Hour || before.NineTenth != 2*time.Hour || before.Corrections() != 0 {
		t.Errorf("the one before is %+v", before)
	}
	if len(got.Days) != Days || got.Days[Days-1].Start != thursday.Truncate(day) || got.Days[Days-1].Comments != 3 {
		t.Errorf("the days are %+v", got.Days)
	}
	wantAxes := [3]AxisFigures{
		{Answers{Labels: 2, Unsure: 1}, []Bin{{.4, .6, .5, Share{1, 1}}}},
		{Answers{Labels: 2, Same: Share{1, 2}}, []Bin{{.8, 1, .925, Share{1, 2}}}},
		{},
	}
	if diff := cmp.Diff(wantAxes, got.Axes); diff != "" {
		t.Errorf("the axes differ: %s", diff)
	}
	if diff := cmp.Diff([]TopicLabels{{"bridges", [3]int{2, 2, 0}}}, got.Topics); diff != "" {
		t.Errorf("the topics differ: %s", diff)
	}
}

// TestDashboardAddsUp: whatever happened, the weeks add up to the axes, the bins to the predictions, the topics to the labels.
func TestDashboardAddsUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		entries := history(rt)
		var s shelf
		for i := len(entries) - 1; i >= 0; i-- {
			d := Deed{Entry: entries[i], Place: Place{Topic: rapid.SampledFrom([]string{"", "bridges"}).Draw(rt, "topic")}}
			d.Entry.At = thursday.Add(-time.Duration(len(entries)-i) * day)
			d.ArrivedAt = d.Entry.At.Add(-time.Hour)
			if d.Entry.Kind == moderation.KindAct && rapid.Bool().Draw(rt, "labelled") {
				axis := rapid.SampledFrom(classifier.Axes[:]).Draw(rt, "axis")
				p := rapid.Float64Range(0, 1).Draw(rt, "p")
				d.Entry.Labels = []moderation.Label{{Axis: axis, By: moderation.ByPerson, Probability: [3]float64{p, 1 - p},
					Answer:    rapid.SampledFrom(append(axis.Answers(), moderation.CantTell)).Draw(rt, "answer"),
					Predicted: rapid.SampledFrom(append(axis.Answers(), classifier.Unsure, "")).Draw(rt, "predicted")}}
			}
			s.deeds = append(s.deeds, d)
		}
		got := dashboardOf(t, s)
		byTopic := 0
		for _, topic := range got.Topics {
			byTopic += topic.All()
		}
		labels, timed := 0, 0
		for _, w := range got.Weeks {
			labels, timed = labels+w.Labels(), timed+w.Timed
			if w.Half > w.NineTenth {
				rt.Fatalf("half within %v, nine of ten within %v", w.Half, w.NineTenth)
			}
		}
		predicted, binned := 0, 0
		for _, a := range got.Axes {
			predicted += a.Unsure + a.Same.All
			for _, b := range a.Bins {
				binned += b.True.All
				if b.Mean < b.Low || b.Mean > b.High {
					rt.Fatalf("a bin from %v to %v has the mean %v", b.Low, b.High, b.Mean)
				}
			}
		}
		if byTopic != labels || binned != predicted {
			rt.Fatalf("%d labels, %d by topic; %d predictions, %d in bins", labels, byTopic, predicted, binned)
		}
	})
}
