package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/figures"
)

// submitAt stores the page at a time.
func submitAt(t *testing.T, store Store, article moderation.Article, comments []moderation.Comment, at time.Time) {
	t.Helper()
	if _, err := store.Submit(context.Background(), article, Incoming(article, comments), true, at); err != nil {
		t.Fatal(err)
	}
}

func cellsCounted(t *testing.T, store Store) {
	ctx := context.Background()
	count := func(since time.Time, newest int) (map[string]int, int, int) {
		t.Helper()
		cells, looked, all, err := store.Cells(ctx, since, newest)
		if err != nil {
			t.Fatal(err)
		}
		counts := map[string]int{}
		for _, c := range cells {
			counts[fmt.Sprintf("%s %s %s %s %s", c.Headline, c.Topic, c.Side, c.Stance, c.Hostile)] += c.Comments
		}
		return counts, looked, all
	}
	if counts, looked, all := count(time.Time{}, 10); len(counts) != 0 || looked != 0 || all != 0 {
		t.Errorf("an empty store has the cells %v, %d of %d", counts, looked, all)
	}
	addTopic(t, store, "bridges", "The old bridge should be rebuilt.")
	first, second := Article(1), Article(2)
	second.Topic, second.Claim, second.Side = "bridges", "The old bridge should be rebuilt.", moderation.SideAgainst
	submitAt(t, store, first, Numbered(1), Start)
	submitAt(t, store, second, Page("Build it.", "Never."), Start.Add(time.Hour))
	stored := all(t, store)
	act(t, store, moderation.Action{ID: "a1", CommentID: stored[1].ID, Revision: 1, Actor: "anna", Decision: moderation.Reject,
		Labels: map[classifier.Axis]string{classifier.Stance: classifier.Favor, classifier.Hostile: classifier.Yes}})
	act(t, store, moderation.Action{ID: "a2", CommentID: stored[2].ID, Revision: 1, Actor: "anna", Labels: map[classifier.Axis]string{classifier.Hostile: moderation.CantTell}})
	whole := map[string]int{
		first.Headline + "  for unsure no":                    1,
		second.Headline + " bridges against favor yes":        1,
		second.Headline + " bridges against unsure cant_tell": 1,
	}
	counts, looked, all := count(time.Time{}, 10)
	if diff := cmp.Diff(whole, counts); diff != "" || looked != 3 || all != 3 {
		t.Errorf("the cells differ: %s; looked at %d of %d", diff, looked, all)
	}
	counts, looked, all = count(time.Time{}, 2)
	if counts[first.Headline+"  for unsure no"] != 0 || len(counts) != 2 || looked != 2 || all != 3 {
		t.Errorf("the newest two are %v, %d of %d", counts, looked, all)
	}
	if counts, _, _ = count(Start.Add(time.Hour), 10); len(counts) != 2 {
		t.Errorf("since an hour later there are %v", counts)
	}
	if _, err := store.Undo(ctx, "a1", "anna", false, Start); err != nil {
		t.Fatal(err)
	}
	if counts, _, _ = count(time.Time{}, 10); counts[second.Headline+" bridges against favor yes"] != 0 {
		t.Errorf("an undone label is still shown: %v", counts)
	}
}

func deedsNewestFirst(t *testing.T, store Store) {
	ctx := context.Background()
	addTopic(t, store, "bridges", "The old bridge should be rebuilt.") // position 1, about no comment
	article := Article(1)
	article.Topic, article.Claim, article.Side = "bridges", "The old bridge should be rebuilt.", moderation.SideAgainst
	comments := Numbered(2)
	submitAt(t, store, article, comments, Start.Add(-time.Hour))
	stored := all(t, store)
	act(t, store, moderation.Action{ID: "a1", CommentID: stored[0].ID, Revision: 1, Actor: "anna", Decision: moderation.Reject,
		Labels: map[classifier.Axis]string{classifier.Spam: classifier.No, classifier.Stance: classifier.Favor, classifier.Hostile: classifier.Yes}}) // 2
	act(t, store, moderation.Action{ID: "a2", CommentID: stored[1].ID, Revision: 1, Actor: "ben", Decision: moderation.Escalate}) // 3
	if _, err := store.Undo(ctx, "a2", "ben", false, Start.Add(time.Minute)); err != nil {                                        // 4
		t.Fatal(err)
	}
	comments[1].Text = "Another text."
	submitAt(t, store, article, comments, Start.Add(time.Hour)) // 5
	deeds := func(newest, stop int) (seen []figures.Deed) {
		t.Helper()
		err := store.Deeds(ctx, newest, func(d figures.Deed) error {
			seen = append(seen, d)
			if len(seen) == stop {
				return figures.ErrEnough
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return seen
	}
	seen := deeds(10, 0)
	var told []string
	for _, d := range seen {
		told = append(told, fmt.Sprintf("%d %s %s %s %d", d.Entry.Position, d.Entry.Kind, d.Entry.Actor, d.Entry.Decision, d.Entry.Cancels))
	}
	if diff := cmp.Diff([]string{"5 text  ", "4 undo ben  3", "3 act ben escalate 0", "2 act anna reject 0"}, trimmed(told)); diff != "" {
		t.Errorf("the deeds differ: %s", diff)
	}
	last := seen[len(seen)-1]
	if last.Stance != classifier.Favor || last.Hostile != classifier.Yes || last.Spam != classifier.No || !last.ArrivedAt.Equal(Start.Add(-time.Hour)) ||
		!last.Entry.At.Equal(Start) || last.Place != (figures.Place{ArticleID: article.ID, Headline: article.Headline, Topic: "bridges", Side: moderation.SideAgainst}) {
		t.Errorf("the oldest is %+v", last)
	}
	if labels := last.Entry.Labels; len(labels) != 3 || labels[0].Axis != classifier.Stance || labels[1].Answer != classifier.Yes || labels[1].Predicted == "" ||
		labels[1].By != moderation.ByPerson || labels[2].Probability != stored[0].Prediction.Spam.Probabilities {
		t.Errorf("its labels are %+v", labels)
	}
	if got := len(deeds(2, 0)); got != 2 {
		t.Errorf("of the newest two %d were visited", got)
	}
	if got := len(deeds(10, 3)); got != 3 {
		t.Errorf("a visitor who had enough after 3 saw %d", got)
	}
	stop := moderation.Invalid("stop")
	if err := store.Deeds(ctx, 10, func(figures.Deed) error { return stop }); err != stop {
		t.Errorf("the visitor's error became %v", err)
	}
}

// trimmed drops what the store itself is called: whoever changed a text is nobody in particular.
func trimmed(told []string) []string {
	for i, line := range told {
		var position, kind string
		if n, _ := fmt.Sscan(line, &position, &kind); n == 2 && kind == "text" {
			told[i] = position + " text  "
		}
	}
	return told
}

func arrivedBetween(t *testing.T, store Store) {
	ctx := context.Background()
	submitAt(t, store, Article(1), Numbered(3), Start)
	submitAt(t, store, Article(2), Numbered(2), Start.Add(time.Hour))
	act(t, store, moderation.Action{ID: "a1", CommentID: all(t, store)[0].ID, Revision: 1, Actor: "anna", Decision: moderation.Approve})
	bounds := []time.Time{Start.Add(-time.Hour), Start, Start.Add(time.Hour), Start.Add(time.Hour + time.Millisecond)}
	for _, test := range []struct {
		statuses []moderation.Status
		want     []int
	}{
		{moderation.Statuses[:], []int{0, 3, 2}},
		{[]moderation.Status{moderation.Pending}, []int{0, 2, 2}},
		{[]moderation.Status{moderation.Approved, moderation.Rejected}, []int{0, 1, 0}},
	} {
		got, err := store.Arrived(ctx, test.statuses, bounds)
		if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
			t.Errorf("%v: %s, error %v", test.statuses, diff, err)
		}
	}
	if got, err := store.Arrived(ctx, moderation.Statuses[:], bounds[:1]); len(got) != 0 || err != nil {
		t.Errorf("one bound gives %v, error %v", got, err)
	}
}
