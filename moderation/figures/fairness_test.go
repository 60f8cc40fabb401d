package figures

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// history draws what happens to a few comments, oldest first.
func history(t *rapid.T) (entries []moderation.Entry) {
	var acts []int64
	for position := range rapid.IntRange(0, 25).Draw(t, "entries") {
		e := moderation.Entry{Position: int64(position + 1), CommentID: int64(rapid.IntRange(1, 4).Draw(t, "comment")), TextVersion: 1,
			Kind: rapid.SampledFrom([]moderation.Kind{moderation.KindAct, moderation.KindAct, moderation.KindUndo, moderation.KindText}).Draw(t, "kind")}
		switch e.Kind {
		case moderation.KindAct:
			e.Decision = rapid.SampledFrom([]moderation.Decision{"", moderation.Approve, moderation.Reject, moderation.Escalate}).Draw(t, "decision")
			acts = append(acts, e.Position)
		case moderation.KindUndo:
			if len(acts) == 0 {
				continue
			}
			e.Cancels = rapid.SampledFrom(acts).Draw(t, "cancels")
			e.CommentID = entries[indexOf(entries, e.Cancels)].CommentID
		}
		entries = append(entries, e)
	}
	return entries
}

func indexOf(entries []moderation.Entry, position int64) int {
	for i, e := range entries {
		if e.Position == position {
			return i
		}
	}
	return -1
}

// TestStandingIsFold: the decision found newest first is the one that moderation.Fold comes to.
func TestStandingIsFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := history(t)
		status, byComment := map[int64]moderation.Status{}, map[int64][]moderation.Entry{}
		standing := newStanding()
		for i := len(entries) - 1; i >= 0; i-- {
			if standing.decides(Deed{Entry: entries[i]}) {
				status[entries[i].CommentID] = entries[i].Decision.Status()
			}
			byComment[entries[len(entries)-1-i].CommentID] = append(byComment[entries[len(entries)-1-i].CommentID], entries[len(entries)-1-i])
		}
		for id, own := range byComment {
			want := moderation.Fold(own).Status
			if got := status[id]; got != want && (got != "" || want != moderation.Pending) {
				t.Fatalf("comment %d is %q, by the fold %q", id, got, want)
			}
		}
	})
}

// decided is deeds that decide a comment each.
func decided(from int64, n int, place Place, stance, hostile string, decision moderation.Decision, by string) (deeds []Deed) {
	for i := range n {
		id := from + int64(i)
		deeds = append(deeds, Deed{Place: place, Stance: stance, Hostile: hostile, Spam: classifier.No,
			Entry: moderation.Entry{Position: id, CommentID: id, Kind: moderation.KindAct, Decision: decision, Actor: by}})
	}
	return deeds
}

func fold(deeds ...[]Deed) *fairnessFold {
	f := newFairnessFold()
	for _, some := range deeds {
		for _, d := range some {
			f.add(d)
		}
	}
	return f
}

func TestFairness(t *testing.T) {
	bridge := Place{ArticleID: "a", Headline: "Bridge", Topic: "bridges", Side: moderation.SideFor}
	other := Place{ArticleID: "b", Headline: "No bridge", Topic: "bridges", Side: moderation.SideAgainst}
	open := Place{ArticleID: "c", Side: moderation.SideOpen}
	yes, no := classifier.Yes, classifier.No
	f := fold(
		decided(100, 30, bridge, classifier.Against, no, moderation.Reject, "anna"),
		decided(200, 10, bridge, classifier.Against, no, moderation.Approve, "ben"),
		decided(300, 5, bridge, classifier.Favor, no, moderation.Reject, "anna"),
		decided(400, 25, bridge, classifier.Favor, no, moderation.Approve, "anna"),
		decided(500, 4, other, classifier.Favor, no, moderation.Reject, "ben"), // under an article against, favor disagrees
		decided(600, 3, other, classifier.Against, yes, moderation.Reject, "ben"),
		decided(700, 2, open, classifier.Favor, no, moderation.Reject, "ben"),
		decided(800, 6, bridge, classifier.None, no, moderation.Reject, "ben"),
		decided(900, 7, bridge, classifier.Unsure, no, moderation.Reject, "ben"),
		decided(1000, 8, bridge, classifier.Favor, no, moderation.Escalate, "ben"),
	)
	got := f.fairness(Whose{Moderator: "ben"})
	calm, hostile := got.Whole.Tempers[Calm], got.Whole.Tempers[Hostile]
	if calm.Disagree != (Share{30, 40}) || calm.Agree != (Share{5, 30}) || calm.Articles != 1 || calm.Apart != 4 || calm.Verdict() != DisagreeMore {
		t.Errorf("calm: %+v", calm)
	}
	if hostile.Apart != 3 || hostile.Verdict() != TooFew || hostile.Articles != 0 {
		t.Errorf("hostile: %+v", hostile)
	}
	if got.LeftOut != (LeftOut{Open: 2, Unsure: 7, Neither: 6}) || got.Decided != 92 {
		t.Errorf("left out %+v of %d", got.LeftOut, got.Decided)
	}
	if len(got.Moderators) != 1 || got.Moderators[0].Moderator != "ben" || got.Moderators[0].Tempers[Calm].Apart != 14 {
		t.Errorf("ben's own are %+v", got.Moderators)
	}
	if all := f.fairness(Whose{Everyone: true}); len(all.Moderators) != 2 {
		t.Errorf("an admin sees %d moderators", len(all.Moderators))
	}
	if none := f.fairness(Whose{}); len(none.Moderators) != 0 {
		t.Errorf("nobody sees %d moderators", len(none.Moderators))
	}
	if len(got.Topics) != 1 || got.Topics[0].Tempers != got.Whole.Tempers || len(got.Articles) != 2 || got.Articles[0].Headline != "Bridge" {
		t.Errorf("topics %+v, articles %+v", got.Topics, got.Articles)
	}
}

func TestVerdict(t *testing.T) {
	for _, test := range []struct {
		disagree, agree Share
		want            Verdict
	}{
		{Share{10, 19}, Share{0, 100}, TooFew},
		{Share{0, 100}, Share{10, 19}, TooFew},
		{Share{12, 80}, Share{9, 75}, NoDifference},
		{Share{0, 20}, Share{0, 20}, NoDifference},
		{Share{40, 80}, Share{9, 75}, DisagreeMore},
		{Share{9, 75}, Share{40, 80}, AgreeMore},
	} {
		if got := compare([]Stratum{{test.disagree, test.agree}}).Verdict(); got != test.want {
			t.Errorf("%v, %v: verdict %d, want %d", test.disagree, test.agree, got, test.want)
		}
	}
}

// TestFairnessTurnsWithTheDecision: rejecting what was approved and the other way round turns the difference, and loses nobody.
func TestFairnessTurnsWithTheDecision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var deeds, turned []Deed
		for i := range rapid.IntRange(0, 60).Draw(t, "decisions") {
			cell := aCell.Draw(t, "comment")
			d := Deed{Place: cell.Place, Stance: cell.Stance, Hostile: cell.Hostile, Spam: rapid.SampledFrom(classifier.Spam.Answers()).Draw(t, "spam"),
				Entry: moderation.Entry{Position: int64(i + 1), CommentID: int64(i + 1), Kind: moderation.KindAct, Decision: moderation.Approve}}
			reject := d
			reject.Entry.Decision = moderation.Reject
			if rapid.Bool().Draw(t, "rejected") {
				d, reject = reject, d
			}
			deeds, turned = append(deeds, d), append(turned, reject)
		}
		one, other := fold(deeds).fairness(Whose{}), fold(turned).fairness(Whose{})
		if out := one.LeftOut; one.Whole.decided()+out.Spam+out.Open+out.Unsure+out.Neither != one.Decided || one.Decided != len(deeds) {
			t.Fatalf("%d decisions, %+v", len(deeds), one)
		}
		for temper := range one.Whole.Tempers {
			a, b := one.Whole.Tempers[temper].Difference, other.Whole.Tempers[temper].Difference
			if math.Abs(a.Value+b.Value) > 1e-9 || math.Abs(a.Low+b.High) > 1e-9 {
				t.Fatalf("%+v turned is %+v", a, b)
			}
		}
	})
}
