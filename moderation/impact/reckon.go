package impact

import (
	"cmp"
	"context"
	"math"
	"slices"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// reckon is what the labels on a comment would change.
func (w *waiting) reckon(ctx context.Context, store Store, commentID int64, labels map[classifier.Axis]string) (Estimate, error) {
	texts, err := store.TextsOf(ctx, []int64{commentID}, false)
	if err != nil {
		return Estimate{}, err
	}
	if len(texts) == 0 {
		return Estimate{}, moderation.NotFound("no comment %d", commentID)
	}
	entries, err := store.History(ctx, commentID)
	if err != nil {
		return Estimate{}, err
	}
	e := Estimate{Ready: true, CommentID: commentID}
	relabel := classifier.Relabel{Text: texts[0].Text, Claim: texts[0].Claim, From: map[classifier.Axis]string{}, To: map[classifier.Axis]string{}}
	learned := w.learnedLabels(entries, relabel.Claim)
	for _, axis := range classifier.Axes {
		answer, ok := labels[axis]
		if !ok {
			continue
		}
		change := AxisChange{Axis: axis, Answer: answer, Was: learned[axis]}
		w.weighLabel(commentID, &change, texts[0], relabel)
		e.Axes = append(e.Axes, change)
	}
	counts, err := store.Counts(ctx)
	if err != nil {
		return Estimate{}, err
	}
	others := counts[moderation.Pending]
	if moderation.Fold(entries).Status == moderation.Pending {
		others--
	}
	w.compare(&e, relabel, others)
	return e, nil
}

// learnedLabels is the comment's labels that the model was trained with: those that stood at its ledger position, on the text as it is and for stance
// under the claim as it is.
func (w *waiting) learnedLabels(entries []moderation.Entry, claim string) map[classifier.Axis]string {
	learned := map[classifier.Axis]string{}
	if w.trained == 0 {
		return learned
	}
	known := slices.IndexFunc(entries, func(e moderation.Entry) bool { return e.Position > w.trained })
	if known < 0 {
		known = len(entries)
	}
	if slices.ContainsFunc(entries[known:], func(e moderation.Entry) bool { return e.Kind == moderation.KindText }) {
		return learned
	}
	for axis, given := range moderation.StandingLabels(entries[:known]) {
		if given.Label.Answer == moderation.CantTell || axis == classifier.Stance && given.Entry.ClaimID != classifier.ClaimID(claim) {
			continue
		}
		learned[axis] = given.Label.Answer
	}
	return learned
}

// weighLabel says what a label would count for, and puts it into the relabelling where it does.
func (w *waiting) weighLabel(commentID int64, change *AxisChange, text Text, relabel classifier.Relabel) {
	model, from, to := w.basis.Model(), change.Was, change.Answer
	if to == moderation.CantTell {
		to = ""
	}
	_, knownClaim := model.Claim(classifier.ClaimID(text.Claim))
	switch {
	case !model.Has(change.Axis):
		change.Reason, from, to = NoModel, "", ""
	case to == from && to == "":
		change.Reason = TrainsNone
	case to == from:
		change.Reason, from, to = Learned, "", ""
	case to != "" && w.twin(commentID, change.Axis, to, text):
		change.Reason, to = Twin, ""
	case change.Axis == classifier.Stance && !knownClaim:
		change.Reason = UnknownClaim
	}
	if from != "" && w.twin(commentID, change.Axis, from, text) {
		from = "" // the near-duplicate's label stands for it
	}
	change.Was = from
	relabel.From[change.Axis], relabel.To[change.Axis] = from, to
}

// twin says whether a near-duplicate has the label already, as the model was trained: of a group one label counts.
func (w *waiting) twin(commentID int64, axis classifier.Axis, answer string, text Text) bool {
	likeness := moderation.LikenessOf(text.Text)
	for at, other := range w.likeness {
		r := &w.rows[at]
		if r.dead || r.commentID == commentID || !likeness.Like(other) {
			continue
		}
		given, ok := r.given(axis)
		if ok && given.Label.Answer == answer && given.Entry.Position <= w.trained &&
			(axis != classifier.Stance || classifier.ClaimID(r.claim) == classifier.ClaimID(text.Claim)) {
			return true
		}
	}
	return false
}

// given is the row's label on an axis.
func (r *row) given(axis classifier.Axis) (moderation.GivenLabel, bool) {
	at := slices.IndexFunc(r.labels, func(g moderation.GivenLabel) bool { return g.Label.Axis == axis })
	if at < 0 {
		return moderation.GivenLabel{}, false
	}
	return r.labels[at], true
}

// compare counts what is otherwise after the change, of others that wait and of past labels.
func (w *waiting) compare(e *Estimate, relabel classifier.Relabel, others int) {
	change := w.basis.Change(relabel)
	after := w.index.Recount(change)
	orders := [2]*top{newTop(), newTop()}
	transitions := make([]transitions, len(e.Axes))
	for at := range w.rows {
		r := &w.rows[at]
		if r.dead {
			continue
		}
		p := after.Prediction(at)
		answers, place := said(&p)
		if r.labels != nil {
			e.Labelled++
			for i := range e.Axes {
				e.Axes[i].weigh(r, answers, e.CommentID)
			}
			continue
		}
		if r.commentID == e.CommentID {
			continue // the label itself will stand there
		}
		e.Indexed++
		for i := range e.Axes {
			axis := e.Axes[i].Axis.Index()
			if r.answers[axis] != answers[axis] {
				transitions[i].count(r.answers[axis], answers[axis], r.commentID, furthest(w.index, after, e.Axes[i].Axis, at))
			}
		}
		if distance(r.place[0], place[0]) >= Noticed {
			e.Moved++
		}
		for i, order := range orders {
			order.see(r.commentID, r.place[i], place[i])
		}
	}
	e.Waiting = others
	scale := 1.0
	if w.sample != everything {
		e.Sampled = true
		scale = float64(others) / float64(max(e.Indexed, 1))
	}
	scaled := func(n int) int { return int(math.Round(float64(n) * scale)) }
	e.Moved = scaled(e.Moved)
	for i := range e.Axes {
		for _, t := range transitions[i].inOrder() {
			t.Count = scaled(t.Count)
			e.Axes[i].Changed += t.Count
			e.Axes[i].Transitions = append(e.Axes[i].Transitions, t)
		}
		slices.SortFunc(e.Axes[i].Contradicts, func(a, b Contradiction) int { return b.At.Compare(a.At) })
		e.Axes[i].Contradicts = e.Axes[i].Contradicts[:min(len(e.Axes[i].Contradicts), Examples)]
	}
	if e.Sampled {
		return
	}
	for i, order := range [2]moderation.Order{moderation.OrderHarm, moderation.OrderDoubt} {
		e.Orders = append(e.Orders, orders[i].change(order))
	}
}

// weigh compares a past label with the model's answers before and after. The label that is being given contradicts nothing but itself.
func (c *AxisChange) weigh(r *row, answers [3]string, commentID int64) {
	given, ok := r.given(c.Axis)
	if !ok || r.commentID == commentID || given.Label.Answer == moderation.CantTell {
		return
	}
	before, after := r.answers[c.Axis.Index()] == given.Label.Answer, answers[c.Axis.Index()] == given.Label.Answer
	if before {
		c.Agreed++
	}
	switch {
	case before && !after:
		c.Contradicted++
		c.Contradicts = append(c.Contradicts, Contradiction{
			CommentID: r.commentID, Answer: given.Label.Answer, Would: answers[c.Axis.Index()], By: given.Entry.Actor, At: given.Entry.At,
		})
	case after && !before:
		c.Gained++
	}
}

func distance(a, b int16) int16 { return max(a-b, b-a) }

// furthest is how far the largest of a text's log-odds moves.
func furthest(index *classifier.Index, after *classifier.Recounted, axis classifier.Axis, at int) (most float64) {
	before, now := index.LogOdds(axis, at), after.LogOdds(axis, at)
	for i := range before {
		most = math.Max(most, math.Abs(now[i]-before[i]))
	}
	return most
}

// transitions gathers the comments that go from one answer to another.
type transitions map[[2]string]*gathered

type gathered struct {
	count int
	first []moved // those that move furthest, the furthest first
}

type moved struct {
	commentID int64
	by        float64
}

func (t *transitions) count(from, to string, commentID int64, by float64) {
	if *t == nil {
		*t = transitions{}
	}
	g := (*t)[[2]string{from, to}]
	if g == nil {
		g = &gathered{}
		(*t)[[2]string{from, to}] = g
	}
	g.count++
	at, _ := slices.BinarySearchFunc(g.first, by, func(m moved, by float64) int { return cmp.Compare(by, m.by) })
	if at < Examples {
		g.first = slices.Insert(g.first, at, moved{commentID, by})
		g.first = g.first[:min(len(g.first), Examples)]
	}
}

// inOrder is the most frequent first.
func (t transitions) inOrder() (list []Transition) {
	for answers, g := range t {
		one := Transition{From: answers[0], To: answers[1], Count: g.count}
		for _, m := range g.first {
			one.Examples = append(one.Examples, m.commentID)
		}
		list = append(list, one)
	}
	slices.SortFunc(list, func(a, b Transition) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return list
}

// top keeps the first of an order, before and after.
type top struct {
	before, after []standing
}

// standing is a comment in an order: by priority, then the earlier comment first.
type standing struct {
	priority  int16
	commentID int64
}

func newTop() *top { return &top{} }

func (t *top) see(commentID int64, before, after int16) {
	t.before = keepFirst(t.before, standing{before, commentID})
	t.after = keepFirst(t.after, standing{after, commentID})
}

func keepFirst(list []standing, one standing) []standing {
	behind := func(a, b standing) int {
		return cmp.Or(cmp.Compare(b.priority, a.priority), cmp.Compare(a.commentID, b.commentID))
	}
	if len(list) == First && behind(one, list[First-1]) > 0 {
		return list
	}
	at, _ := slices.BinarySearchFunc(list, one, behind)
	list = slices.Insert(list, at, one)
	return list[:min(len(list), First)]
}

func (t *top) change(order moderation.Order) OrderChange {
	change := OrderChange{Order: order}
	missing := func(from, in []standing) (ids []int64) {
		for _, one := range from {
			if !slices.ContainsFunc(in, func(other standing) bool { return other.commentID == one.commentID }) {
				ids = append(ids, one.commentID)
			}
		}
		return ids
	}
	comes, goes := missing(t.after, t.before), missing(t.before, t.after)
	change.In = len(comes)
	change.Comes, change.Goes = comes[:min(len(comes), Examples)], goes[:min(len(goes), Examples)]
	return change
}
