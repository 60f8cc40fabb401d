package figures

import (
	"cmp"
	"context"
	"slices"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// How far the dashboard looks back.
const (
	Days  = 28
	Weeks = 12
)

const (
	day  = 24 * time.Hour
	week = 7 * day
)

// Dashboard is how the work goes. Days and weeks are UTC; weeks begin on Monday and the last one is under way.
type Dashboard struct {
	Days    []Count // how many comments arrived a day, the oldest first
	Waiting []Age   // what needs review or is escalated, the youngest first
	Weeks   []Week  // the oldest first
	Axes    [3]AxisFigures
	Topics  []TopicLabels // the most labels first; those of the weeks shown
	More    bool          // the first weeks lack acts: NewestDeeds are not older
}

// Count is how many in the span that begins at Start.
type Count struct {
	Start    time.Time
	Comments int
}

// Age is how many comments have waited at least From and less than To; the oldest have no To.
type Age struct {
	From, To time.Duration
	Comments int
}

// ages are the bounds by which what waits is parted.
var ages = []time.Duration{0, time.Hour, 8 * time.Hour, day, 3 * day, week}

// Week is what was done in a week. What was undone does not count.
type Week struct {
	Start     time.Time
	Arrived   int
	Approved  int
	Rejected  int
	Escalated int
	Timed     int           // comments first approved or rejected in this week
	Half      time.Duration // within which half of them were, from their arrival
	NineTenth time.Duration // within which nine of ten were
	Answers   [3]Answers    // an axis
}

// Decided is how many decisions there were.
func (w Week) Decided() int { return w.Approved + w.Rejected + w.Escalated }

// Labels is how many labels people gave, without can't tell.
func (w Week) Labels() (n int) {
	for _, a := range w.Answers {
		n += a.Labels
	}
	return n
}

// Corrections is how many labels differ from an answer that the model had given.
func (w Week) Corrections() (n int) {
	for _, a := range w.Answers {
		n += a.Same.All - a.Same.Of
	}
	return n
}

// Answers sets people's labels beside the predictions that were stored before them.
type Answers struct {
	Labels int   // given by people, can't tell left out
	Unsure int   // of which the model had been unsure
	Same   Share // of which the model had answered: how many the same
}

func (a Answers) plus(b Answers) Answers {
	return Answers{a.Labels + b.Labels, a.Unsure + b.Unsure, a.Same.plus(b.Same)}
}

// AxisFigures is model and people on one axis over all weeks shown.
type AxisFigures struct {
	Answers
	Bins []Bin // without empty ones
}

// Bin is the labels whose prediction gave a probability in a fifth of the scale: of yes; for stance, of the most probable answer.
type Bin struct {
	Low, High float64
	Mean      float64 // probability
	True      Share   // labelled so
}

// TopicLabels is how many labels a topic got, an axis. Topic "" is articles without one.
type TopicLabels struct {
	Topic  string
	Labels [3]int
}

// All is the labels of every axis.
func (t TopicLabels) All() int { return t.Labels[0] + t.Labels[1] + t.Labels[2] }

// Dashboard reads the last weeks.
func (s *Service) Dashboard(ctx context.Context) (Dashboard, error) {
	now := s.now().UTC()
	fold := newWeekFold(now)
	dashboard := Dashboard{}
	seen := 0
	err := s.store.Deeds(ctx, NewestDeeds, func(d Deed) error {
		if d.Entry.At.Before(fold.from) {
			return ErrEnough
		}
		seen++
		fold.add(d)
		return nil
	})
	if err != nil {
		return dashboard, err
	}
	fold.into(&dashboard)
	dashboard.More = seen == NewestDeeds
	if err := s.countWeeks(ctx, dashboard.Weeks); err != nil {
		return dashboard, err
	}
	if dashboard.Days, err = s.days(ctx, now); err != nil {
		return dashboard, err
	}
	dashboard.Waiting, err = s.waiting(ctx, now)
	return dashboard, err
}

func (s *Service) countWeeks(ctx context.Context, weeks []Week) error {
	var bounds []time.Time
	for _, w := range weeks {
		bounds = append(bounds, w.Start)
	}
	bounds = append(bounds, weeks[len(weeks)-1].Start.Add(week))
	arrived, err := s.store.Arrived(ctx, moderation.Statuses[:], bounds)
	for i, n := range arrived {
		weeks[i].Arrived = n
	}
	return err
}

func (s *Service) days(ctx context.Context, now time.Time) (days []Count, err error) {
	var bounds []time.Time
	for n := range Days + 1 {
		bounds = append(bounds, now.Truncate(day).Add(time.Duration(n+1-Days)*day))
	}
	arrived, err := s.store.Arrived(ctx, moderation.Statuses[:], bounds)
	for i, n := range arrived {
		days = append(days, Count{bounds[i], n})
	}
	return days, err
}

func (s *Service) waiting(ctx context.Context, now time.Time) (waiting []Age, err error) {
	bounds := []time.Time{time.UnixMilli(0)}
	for _, age := range slices.Backward(ages) {
		bounds = append(bounds, now.Add(-age))
	}
	bounds[len(bounds)-1] = now.Add(day) // what another clock says arrived a moment from now
	counts, err := s.store.Arrived(ctx, []moderation.Status{moderation.Pending, moderation.Escalated, moderation.Snoozed}, bounds)
	if err != nil {
		return nil, err
	}
	for i, from := range ages {
		age := Age{From: from, Comments: counts[len(counts)-1-i]}
		if i+1 < len(ages) {
			age.To = ages[i+1]
		}
		waiting = append(waiting, age)
	}
	return waiting, nil
}

// weekOf is the Monday that a time's week begins with.
func weekOf(at time.Time) time.Time {
	midnight := at.UTC().Truncate(day)
	return midnight.AddDate(0, 0, -(int(midnight.Weekday())+6)%7)
}

// weekFold gathers deeds, newest first.
type weekFold struct {
	from     time.Time // the Monday of the first week
	standing *standing
	weeks    [Weeks]Week
	first    map[int64]firstDecision
	bins     [3][bins]Bin
	topics   map[string]*TopicLabels
}

// firstDecision is the oldest decision on a comment that was seen, which is the first one there was.
type firstDecision struct{ at, arrived time.Time }

// bins is how many parts the scale of probabilities has.
const bins = 5

func newWeekFold(now time.Time) *weekFold {
	f := &weekFold{from: weekOf(now).Add(-(Weeks - 1) * week), standing: newStanding(), first: map[int64]firstDecision{}, topics: map[string]*TopicLabels{}}
	for i := range f.weeks {
		f.weeks[i].Start = f.from.Add(time.Duration(i) * week)
	}
	return f
}

// at is the week of a time; acts of a clock that runs ahead stand in the last one.
func (f *weekFold) at(t time.Time) *Week {
	return &f.weeks[min(Weeks-1, max(0, int(t.Sub(f.from)/week)))]
}

func (f *weekFold) add(d Deed) {
	if !f.standing.counts(d) {
		return
	}
	w := f.at(d.Entry.At)
	switch d.Entry.Decision {
	case moderation.Approve:
		w.Approved++
	case moderation.Reject:
		w.Rejected++
	case moderation.Escalate:
		w.Escalated++
	}
	if d.Entry.Decision == moderation.Approve || d.Entry.Decision == moderation.Reject {
		f.first[d.Entry.CommentID] = firstDecision{d.Entry.At, d.ArrivedAt}
	}
	for _, label := range d.Entry.Labels {
		f.label(w, d.Topic, label)
	}
}

func (f *weekFold) label(w *Week, topic string, label moderation.Label) {
	at := label.Axis.Index()
	if at < 0 || label.By != moderation.ByPerson || label.Answer == moderation.CantTell {
		return
	}
	if f.topics[topic] == nil {
		f.topics[topic] = &TopicLabels{Topic: topic}
	}
	f.topics[topic].Labels[at]++
	answers := &w.Answers[at]
	answers.Labels++
	switch label.Predicted {
	case "": // the model lacked the axis
		return
	case classifier.Unsure:
		answers.Unsure++
	default:
		answers.Same.All++
		if label.Predicted == label.Answer {
			answers.Same.Of++
		}
	}
	f.bin(at, label)
}

func (f *weekFold) bin(at int, label moderation.Label) {
	class := 0
	if label.Axis == classifier.Stance {
		for i, p := range label.Probability {
			if p > label.Probability[class] {
				class = i
			}
		}
	}
	p := label.Probability[class]
	b := &f.bins[at][min(bins-1, max(0, int(p*bins)))]
	b.Mean += p
	b.True.All++
	if label.Answer == label.Axis.Answers()[class] {
		b.True.Of++
	}
}

func (f *weekFold) into(dashboard *Dashboard) {
	spans := make([][]time.Duration, Weeks)
	for _, first := range f.first {
		w := min(Weeks-1, max(0, int(first.at.Sub(f.from)/week)))
		spans[w] = append(spans[w], max(0, first.at.Sub(first.arrived)))
	}
	for i := range f.weeks {
		w := &f.weeks[i]
		slices.Sort(spans[i])
		w.Timed, w.Half, w.NineTenth = len(spans[i]), quantile(spans[i], .5), quantile(spans[i], .9)
		for at := range w.Answers {
			dashboard.Axes[at].Answers = dashboard.Axes[at].Answers.plus(w.Answers[at])
		}
	}
	dashboard.Weeks = f.weeks[:]
	for at := range f.bins {
		for i, b := range f.bins[at] {
			if b.True.All > 0 {
				b.Mean /= float64(b.True.All)
				b.Low, b.High = float64(i)/bins, float64(i+1)/bins
				dashboard.Axes[at].Bins = append(dashboard.Axes[at].Bins, b)
			}
		}
	}
	for _, t := range f.topics {
		dashboard.Topics = append(dashboard.Topics, *t)
	}
	slices.SortFunc(dashboard.Topics, func(a, b TopicLabels) int {
		return cmp.Or(cmp.Compare(b.All(), a.All()), cmp.Compare(a.Topic, b.Topic))
	})
}

// quantile is the least of the sorted spans within which that part of them lies; 0 of none.
func quantile(sorted []time.Duration, part float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	at := int(part*float64(len(sorted)) + .9999999)
	return sorted[min(len(sorted), max(1, at))-1]
}
