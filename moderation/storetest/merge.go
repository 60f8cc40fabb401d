package storetest

import (
	"context"
	"slices"
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/learn"
)

const (
	keepClaim  = "The old bridge should be kept."
	buildClaim = "A new bridge should be built."
)

// newAnswers answers every text alike.
func newAnswers(string, moderation.Article) moderation.Incoming {
	return moderation.Incoming{ClaimFrom: moderation.ClaimGiven, Prediction: Prediction("model-b", 0.5, 0.5)}
}

func topicsMerged(t *testing.T, store Store) {
	ctx := context.Background()
	addTopic(t, store, "keep", keepClaim)
	addTopic(t, store, "build", buildClaim)
	under := func(n int, topic, claim string, side moderation.Side, texts ...string) {
		a := Article(n)
		a.Topic, a.Claim, a.Side = topic, claim, side
		submit(t, store, a, Page(texts...))
	}
	under(1, "keep", keepClaim, moderation.SideFor, "Keep it.", "Tear it down.", "Fine by me.", "Nobody labelled this.")
	under(2, "keep", keepClaim, moderation.SideOpen, "It may stay.")
	under(3, "build", buildClaim, moderation.SideAgainst, "Build it.")
	ids := map[string]int64{}
	for _, c := range all(t, store) {
		ids[c.Text] = c.ID
	}
	label := func(text, stance string, revision int64) {
		t.Helper()
		act(t, store, moderation.Action{ID: text + stance, CommentID: ids[text], Revision: revision, Actor: "anna",
			Labels: map[classifier.Axis]string{classifier.Stance: stance, classifier.Hostile: classifier.No}})
	}
	label("Keep it.", classifier.Favor, 1)
	label("Tear it down.", classifier.Against, 1)
	label("Fine by me.", classifier.None, 1)
	label("Build it.", classifier.Favor, 1)

	stances := func() (all [5]string) {
		t.Helper()
		for i, text := range []string{"Keep it.", "Tear it down.", "Fine by me.", "Nobody labelled this.", "Build it."} {
			all[i] = comment(t, store, ids[text]).State.Labels[classifier.Stance]
		}
		return all
	}
	trained := func() map[string]string {
		t.Helper()
		examples := map[string]string{}
		if _, err := store.Labelled(ctx, 0, func(l learn.LabelledComment) error {
			examples[l.Text] = l.Claim + " " + l.Labels[classifier.Stance].Answer
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return examples
	}
	sides := func() (all [3]string) {
		t.Helper()
		for i := range all {
			a, err := store.Article(ctx, Article(i+1).ID)
			if err != nil {
				t.Fatal(err)
			}
			all[i] = a.Topic + " " + string(a.Side)
		}
		return all
	}
	before, trainedBefore := stances(), trained()
	sample, err := store.StanceLabelled(ctx, "keep", 5)
	if got := texts(sample); err != nil || len(got) != 2 || !slices.Contains(got, "Keep it.") || !slices.Contains(got, "Tear it down.") {
		t.Errorf("the sample is %q, error %v", got, err)
	}
	if sample, err := store.StanceLabelled(ctx, "keep", 1); err != nil || len(sample) != 1 {
		t.Errorf("a sample of one: %d, error %v", len(sample), err)
	}
	merge := func(opposite bool) int64 {
		t.Helper()
		if err := store.MergeTopics(ctx, moderation.Merge{From: "keep", Into: "build", Opposite: opposite, Actor: "eve", At: Start}, newAnswers); err != nil {
			t.Fatal(err)
		}
		merges, err := store.Merges(ctx, 5)
		if err != nil || len(merges) != 1 || merges[0].From != "keep" || merges[0].Into != "build" || merges[0].Opposite != opposite || merges[0].Actor != "eve" || !merges[0].At.Equal(Start) {
			t.Fatalf("merges %+v, error %v", merges, err)
		}
		if names, err := store.TopicNames(ctx); err != nil || slices.Contains(names, "keep") || !slices.Contains(names, "build") {
			t.Errorf("merged, there are the topics %q to choose from, error %v", names, err)
		}
		clean(t, store)
		return merges[0].ID
	}
	part := func(id int64) {
		t.Helper()
		if err := store.UndoMerge(ctx, id, "ada", Start, newAnswers); err != nil {
			t.Fatal(err)
		}
		if names, err := store.TopicNames(ctx); err != nil || !slices.Contains(names, "keep") || !slices.Contains(names, "build") {
			t.Errorf("parted, there are the topics %q to choose from, error %v", names, err)
		}
		clean(t, store)
		if got := stances(); got != before {
			t.Errorf("parted again the stances are %q, want %q", got, before)
		}
		if got := sides(); got != [3]string{"keep for", "keep open", "build against"} {
			t.Errorf("parted again the articles are %q", got)
		}
		if got := trained(); got["Keep it."] != trainedBefore["Keep it."] || got["Tear it down."] != trainedBefore["Tear it down."] {
			t.Errorf("parted again the examples are %q", got)
		}
		wantCode(t, store.UndoMerge(ctx, id, "ada", Start, newAnswers), moderation.CodeNotFound)
	}

	same := merge(false)
	if got := stances(); got != before {
		t.Errorf("the same claim: stances %q, want %q", got, before)
	}
	if got := sides(); got != [3]string{"build for", "build open", "build against"} {
		t.Errorf("the same claim: articles %q", got)
	}
	if got := trained()["Keep it."]; got != buildClaim+" favor" {
		t.Errorf("the same claim: the example is %q", got)
	}
	part(same)

	opposite := merge(true)
	if got := stances(); got != [5]string{classifier.Against, classifier.Favor, classifier.None, "", classifier.Favor} {
		t.Errorf("the opposite claim: stances %q", got)
	}
	if got := sides(); got != [3]string{"build against", "build open", "build against"} {
		t.Errorf("the opposite claim: articles %q", got)
	}
	if got := trained(); got["Keep it."] != buildClaim+" against" || got["Tear it down."] != buildClaim+" favor" || got["Build it."] != buildClaim+" favor" {
		t.Errorf("the opposite claim: the examples are %q", got)
	}
	if got := comment(t, store, ids["Keep it."]).State.Labels[classifier.Hostile]; got != classifier.No {
		t.Errorf("the label on hostile is %q", got)
	}
	part(opposite)

	// Merged on, the first merge waits for the later one.
	addTopic(t, store, "tunnels", "A tunnel should be dug.")
	first := merge(true)
	if err := store.MergeTopics(ctx, moderation.Merge{From: "build", Into: "tunnels", Opposite: true, Actor: "eve", At: Start}, newAnswers); err != nil {
		t.Fatal(err)
	}
	wantCode(t, store.UndoMerge(ctx, first, "ada", Start, newAnswers), moderation.CodeBusy)
	if got := sides(); got != [3]string{"tunnels for", "tunnels open", "tunnels for"} {
		t.Errorf("merged on the articles are %q", got)
	}
	merges, err := store.Merges(ctx, 5)
	if err != nil || len(merges) != 2 || merges[1].ID != first {
		t.Fatalf("merges %+v, error %v", merges, err)
	}
	if err := store.UndoMerge(ctx, merges[0].ID, "ada", Start, newAnswers); err != nil {
		t.Fatal(err)
	}
	part(first)

	third := merge(true)
	label("Keep it.", classifier.None, comment(t, store, ids["Keep it."]).State.Revision)
	wantCode(t, store.UndoMerge(ctx, third, "ada", Start, newAnswers), moderation.CodeBusy)
	if got := sides(); got != [3]string{"build against", "build open", "build against"} {
		t.Errorf("a refused undo left the articles as %q", got)
	}
	for _, m := range []moderation.Merge{{From: "keep", Into: "ferries"}, {From: "ferries", Into: "keep"}} {
		wantCode(t, store.MergeTopics(ctx, m, newAnswers), moderation.CodeNotFound)
	}
}
