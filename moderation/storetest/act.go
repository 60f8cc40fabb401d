package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

func actWritesWhatWasSeen(t *testing.T, store Store) {
	submit(t, store, Article(1), Page("Build it.", "Never."))
	c := all(t, store)[1]
	action := moderation.Action{ID: "a1", CommentID: c.ID, Revision: 1, Actor: "anna", Decision: moderation.Reject, Reason: "insults a person",
		Labels: map[classifier.Axis]string{classifier.Spam: moderation.CantTell, classifier.Stance: classifier.Against}}
	got := act(t, store, action)
	want := moderation.Entry{Position: 1, ActionID: "a1", At: Start, Actor: "anna", Kind: moderation.KindAct, CommentID: c.ID, Revision: 2,
		TextVersion: 1, ClaimID: classifier.ClaimID(Article(1).Headline), Side: moderation.SideFor, Decision: moderation.Reject, Reason: "insults a person",
		Labels: []moderation.Label{
			{Axis: classifier.Stance, Answer: classifier.Against, By: moderation.ByPerson, Predicted: c.Prediction.Stance.Answer,
				Probability: c.Prediction.Stance.Probabilities, Model: "model-a"},
			{Axis: classifier.Spam, Answer: moderation.CantTell, By: moderation.ByPerson, Predicted: c.Prediction.Spam.Answer,
				Probability: c.Prediction.Spam.Probabilities, Model: "model-a"},
		}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the entry differs (-want +got): %s", diff)
	}
	history, err := store.History(context.Background(), c.ID)
	if diff := cmp.Diff([]moderation.Entry{want}, history); diff != "" || err != nil {
		t.Errorf("the history differs: %s, error %v", diff, err)
	}
	state := comment(t, store, c.ID).State
	if diff := cmp.Diff(moderation.Fold(history), state); diff != "" || state.Status != moderation.Rejected {
		t.Errorf("the state differs: %s", diff)
	}
	wantCounts(t, store, 1, 0, 0, 1)
	_, err = store.Act(context.Background(), moderation.Action{ID: "a9", CommentID: 999, Revision: 1, Actor: "anna", Decision: moderation.Approve}, Start)
	wantCode(t, err, moderation.CodeNotFound)
}

func staleRevision(t *testing.T, store Store) {
	submit(t, store, Article(1), Page("Build it."))
	id := all(t, store)[0].ID
	at := Start.Add(3 * time.Minute)
	stale := func(revision int64) error {
		_, err := store.Act(context.Background(), moderation.Action{ID: "stale", CommentID: id, Revision: revision, Actor: "ben", Decision: moderation.Approve}, at)
		return err
	}
	wantCode(t, stale(7), moderation.CodeInvalid)
	act(t, store, moderation.Action{ID: "a1", CommentID: id, Revision: 1, Actor: "anna", Decision: moderation.Escalate})
	if c := wantConflict(t, stale(1)); c.By != "anna" || c.Did != "escalated" || !c.At.Equal(Start) || c.Revision != 2 || c.CommentID != id {
		t.Errorf("the conflict is %+v", c)
	}
	act(t, store, moderation.Action{ID: "a2", CommentID: id, Revision: 2, Actor: "cleo", Labels: map[classifier.Axis]string{classifier.Spam: classifier.Yes}})
	if c := wantConflict(t, stale(1)); c.By != "cleo" || c.Did != "labelled spam: yes" {
		t.Errorf("the conflict is %+v", c)
	}
	if _, err := store.Undo(context.Background(), "a2", "cleo", false, at); err != nil {
		t.Fatal(err)
	}
	if c := wantConflict(t, stale(1)); c.By != "anna" || c.Revision != 4 {
		t.Errorf("with the newest undone, the conflict is %+v", c)
	}
	if c := wantConflict(t, stale(3)); c.By != "cleo" || c.Did != "undid an action" {
		t.Errorf("of somebody who saw all but the undo, the conflict is %+v", c)
	}
	if history, err := store.History(context.Background(), id); err != nil || len(history) != 3 {
		t.Errorf("conflicts wrote something: %+v, error %v", history, err)
	}
	wantCounts(t, store, 0, 1, 0, 0)
}

// stanceTowardsSeenClaim puts an article under a topic while somebody looks at its comments: that gives them no new revision.
func stanceTowardsSeenClaim(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Page("Build it.", "Never."))
	stored := all(t, store)
	addTopic(t, store, "keep", keepClaim)
	seen := classifier.ClaimID(Article(1).Headline)
	if err := store.AssignTopic(ctx, Article(1).ID, "keep", moderation.SideFor, "eve", Start, newAnswers); err != nil {
		t.Fatal(err)
	}
	action := moderation.Action{ID: "a1", CommentID: stored[0].ID, Revision: 1, ClaimID: seen, Actor: "anna", By: moderation.ByPerson, Decision: moderation.Approve,
		Labels: map[classifier.Axis]string{classifier.Stance: classifier.Favor}}
	_, err := store.Act(ctx, action, Start)
	wantCode(t, err, moderation.CodeInvalid)
	wantCounts(t, store, 2, 0, 0, 0)
	action.ClaimID = classifier.ClaimID(keepClaim)
	if got := act(t, store, action); got.ClaimID != action.ClaimID || len(got.Labels) != 1 {
		t.Errorf("towards the claim of now: %+v", got)
	}
	act(t, store, moderation.Action{ID: "a2", CommentID: stored[1].ID, Revision: 1, ClaimID: seen, Actor: "anna", // no stance: the claim does not matter
		Labels: map[classifier.Axis]string{classifier.Spam: classifier.No}})
}

func actionIDOnce(t *testing.T, store Store) {
	submit(t, store, Article(1), Page("Build it.", "Never."))
	stored := all(t, store)
	action := moderation.Action{ID: "a1", CommentID: stored[0].ID, Revision: 1, Actor: "anna", Decision: moderation.Approve,
		Labels: map[classifier.Axis]string{classifier.Hostile: classifier.No}}
	first := act(t, store, action)
	if diff := cmp.Diff(first, act(t, store, action)); diff != "" {
		t.Errorf("the second time gave another entry: %s", diff)
	}
	action.CommentID = stored[1].ID
	_, err := store.Act(context.Background(), action, Start)
	wantCode(t, err, moderation.CodeInvalid)
	wantCounts(t, store, 1, 0, 1, 0)
	if next := act(t, store, moderation.Action{ID: "a2", CommentID: stored[1].ID, Revision: 1, Actor: "anna", Decision: moderation.Reject}); next.Position != 2 {
		t.Errorf("the next position is %d, want 2", next.Position)
	}
}

// lastAct goes back step by step: what is undone, what somebody acted after, and what others did is passed over.
func lastAct(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Numbered(34))
	comments := all(t, store)
	last := func(want string) {
		t.Helper()
		entry, err := store.LastAct(ctx, "anna", Start)
		if want == "" {
			wantCode(t, err, moderation.CodeNotFound)
		} else if err != nil || entry.ActionID != want {
			t.Errorf("the last act is %q, want %q, error %v", entry.ActionID, want, err)
		}
	}
	last("")
	at := func(minute int, action moderation.Action) {
		t.Helper()
		action.Decision = moderation.Approve
		if _, err := store.Act(ctx, action, Start.Add(time.Duration(minute)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	at(-1, moderation.Action{ID: "old", CommentID: comments[3].ID, Revision: 1, Actor: "anna"})
	last("")
	at(1, moderation.Action{ID: "a1", CommentID: comments[0].ID, Revision: 1, Actor: "anna"})
	at(2, moderation.Action{ID: "a2", CommentID: comments[1].ID, Revision: 1, Actor: "anna"})
	at(3, moderation.Action{ID: "a3", CommentID: comments[2].ID, Revision: 1, Actor: "anna"})
	last("a3")
	at(4, moderation.Action{ID: "b3", CommentID: comments[2].ID, Revision: 2, Actor: "ben"})
	last("a2")
	if _, err := store.Undo(ctx, "a2", "anna", false, Start.Add(5*time.Minute)); err != nil {
		t.Fatal(err)
	}
	last("a1")
	if _, err := store.Undo(ctx, "b3", "ben", false, Start.Add(6*time.Minute)); err != nil {
		t.Fatal(err)
	}
	last("a3")
	for n, comment := range comments[4:] { // however many others were overtaken
		at(7, moderation.Action{ID: fmt.Sprint("more", n), CommentID: comment.ID, Revision: 1, Actor: "anna"})
		at(8, moderation.Action{ID: fmt.Sprint("over", n), CommentID: comment.ID, Revision: 2, Actor: "ben"})
	}
	last("a3")
}

func undoCancelsOne(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Page("Build it."))
	id := all(t, store)[0].ID
	act(t, store, moderation.Action{ID: "a1", CommentID: id, Revision: 1, Actor: "anna", Decision: moderation.Approve,
		Labels: map[classifier.Axis]string{classifier.Hostile: classifier.No}})
	act(t, store, moderation.Action{ID: "a2", CommentID: id, Revision: 2, Actor: "anna", Decision: moderation.Reject,
		Labels: map[classifier.Axis]string{classifier.Hostile: classifier.Yes, classifier.Spam: classifier.No}})
	_, err := store.Undo(ctx, "a1", "anna", false, Start)
	if c := wantConflict(t, err); c.By != "anna" || c.Revision != 3 {
		t.Errorf("the conflict is %+v", c)
	}
	undo, err := store.Undo(ctx, "a2", "anna", false, Start.Add(time.Minute))
	if err != nil || undo.Kind != moderation.KindUndo || undo.Cancels != 2 || undo.Position != 3 || undo.Revision != 4 {
		t.Fatalf("the undo is %+v, error %v", undo, err)
	}
	want := moderation.State{Status: moderation.Approved, Revision: 4, TextVersion: 1, Labels: map[classifier.Axis]string{classifier.Hostile: classifier.No}}
	if diff := cmp.Diff(want, comment(t, store, id).State); diff != "" {
		t.Errorf("after the undo: %s", diff)
	}
	wantCounts(t, store, 0, 0, 1, 0)
	again, err := store.Undo(ctx, "a2", "anna", false, Start.Add(time.Hour))
	if diff := cmp.Diff(undo, again); diff != "" || err != nil {
		t.Errorf("undoing twice: %s, error %v", diff, err)
	}
	if _, err := store.Undo(ctx, "a1", "anna", false, Start); err != nil {
		t.Errorf("what stands last can be undone: %v", err)
	}
	wantCounts(t, store, 1, 0, 0, 0)
	_, err = store.Act(ctx, moderation.Action{ID: "a1", CommentID: id, Revision: 5, Actor: "anna", Decision: moderation.Approve}, Start)
	if err != nil {
		t.Errorf("an undone action's id sent again: %v", err)
	}
	wantCounts(t, store, 1, 0, 0, 0)
}

func whoMayUndo(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Page("Build it."))
	id := all(t, store)[0].ID
	act(t, store, moderation.Action{ID: "a1", CommentID: id, Revision: 1, Actor: "anna", Decision: moderation.Approve})
	_, err := store.Undo(ctx, "a1", "ben", false, Start)
	wantCode(t, err, moderation.CodeForbidden)
	_, err = store.Undo(ctx, "unknown", "anna", true, Start)
	wantCode(t, err, moderation.CodeNotFound)
	_, err = store.Undo(ctx, "", "anna", true, Start)
	wantCode(t, err, moderation.CodeNotFound)
	wantCounts(t, store, 0, 0, 1, 0)
	if _, err := store.Undo(ctx, "a1", "ben", true, Start); err != nil {
		t.Errorf("an editor undoes what others did: %v", err)
	}
	wantCounts(t, store, 1, 0, 0, 0)
}

// desk is a random course of events on one article, and what its comments' ledger must hold.
type desk struct {
	t        testing.TB
	store    Store
	article  moderation.Article
	page     []moderation.Comment
	prefix   string // of action ids
	actions  []string
	expected map[int64]int64 // revision by comment
	ids      []int64
}

func stateIsFold(t *testing.T, store Store) {
	addUser(t, store, "ben", account.Moderator)
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		d := &desk{t: t, store: store, article: Article(round), page: Numbered(3), prefix: fmt.Sprintf("r%d-", round), expected: map[int64]int64{}}
		submit(t, store, d.article, d.page)
		newest, err := store.Queue(context.Background(), moderation.QueueRequest{Order: moderation.OrderNewest, Limit: len(d.page)}, Start)
		if err != nil {
			rt.Fatal(err)
		}
		for i := range newest.Comments {
			c := newest.Comments[len(newest.Comments)-1-i]
			d.ids, d.expected[c.ID] = append(d.ids, c.ID), 1
		}
		rt.Repeat(map[string]func(*rapid.T){"act": d.act, "undo": d.undo, "edit": d.edit, "wake": d.wake, "": d.check})
	})
}

func (d *desk) act(rt *rapid.T) {
	id := rapid.SampledFrom(d.ids).Draw(rt, "comment")
	action := moderation.Action{ID: fmt.Sprintf("%s%d", d.prefix, len(d.actions)), CommentID: id, Actor: rapid.SampledFrom([]string{"anna", "ben"}).Draw(rt, "actor"),
		By: moderation.ByPerson, Revision: d.expected[id] - rapid.Int64Range(0, 1).Draw(rt, "behind"), Labels: map[classifier.Axis]string{},
		Decision: rapid.SampledFrom([]moderation.Decision{"", moderation.Approve, moderation.Reject, moderation.Escalate}).Draw(rt, "decision")}
	for _, axis := range classifier.Axes {
		if answer := rapid.SampledFrom(append([]string{"", "", moderation.CantTell}, axis.Answers()...)).Draw(rt, string(axis)); answer != "" {
			action.Labels[axis] = answer
		}
	}
	if action.Decision == "" {
		action.Wait = rapid.SampledFrom([]moderation.Wait{{}, {Kind: moderation.Snooze, Until: Start.Add(time.Hour)}, {Kind: moderation.HandOver, For: "ben"},
			{Kind: moderation.Ask}, {Kind: moderation.Ask, For: "ben"}, {Kind: moderation.Recall}}).Draw(rt, "wait")
	}
	if action.Validate() != nil {
		rt.Skip("nothing to do")
	}
	fits := action.Fits(comment(d.t, d.store, id).State)
	entry, err := d.store.Act(context.Background(), action, Start)
	if action.Revision < d.expected[id] {
		var conflict *moderation.Conflict
		if !errors.As(err, &conflict) {
			rt.Fatalf("a stale act gave %v", err)
		}
		return
	}
	if fits != nil {
		if err == nil || err.Error() != fits.Error() {
			rt.Fatalf("what does not fit (%v) gave %v", fits, err)
		}
		return
	}
	if err != nil || entry.Revision != d.expected[id]+1 {
		rt.Fatalf("act: %+v, error %v", entry, err)
	}
	d.expected[id]++
	d.actions = append(d.actions, action.ID)
}

func (d *desk) undo(rt *rapid.T) {
	if len(d.actions) == 0 {
		rt.Skip("nothing to undo")
	}
	entry, err := d.store.Undo(context.Background(), rapid.SampledFrom(d.actions).Draw(rt, "action"), "ben", true, Start)
	var conflict *moderation.Conflict
	switch {
	case errors.As(err, &conflict):
	case err != nil:
		rt.Fatalf("undo: %v", err)
	default: // a second undo returns the first one's entry, which is older than the newest
		d.expected[entry.CommentID] = max(d.expected[entry.CommentID], entry.Revision)
	}
}

func (d *desk) wake(rt *rapid.T) {
	snoozed := map[int64]bool{}
	for _, id := range d.ids {
		snoozed[id] = comment(d.t, d.store, id).State.Status == moderation.Snoozed
	}
	if _, err := d.store.Wake(context.Background(), Start.Add(time.Hour), 1000); err != nil {
		rt.Fatal(err)
	}
	for id, woken := range snoozed {
		if woken {
			d.expected[id]++
		}
	}
}

func (d *desk) edit(rt *rapid.T) {
	i := rapid.IntRange(0, len(d.page)-1).Draw(rt, "edited")
	d.page[i].Text += " Edited."
	receipt, err := d.store.Submit(context.Background(), d.article, Incoming(d.article, d.page), true, Start)
	if err != nil || receipt.Changed != 1 || receipt.Already != len(d.page)-1 {
		rt.Fatalf("edit: %+v, error %v", receipt, err)
	}
	d.expected[d.ids[i]]++
}

func (d *desk) check(rt *rapid.T) {
	for _, id := range d.ids {
		history, err := d.store.History(context.Background(), id)
		if err != nil {
			rt.Fatal(err)
		}
		stored, err := d.store.Comment(context.Background(), id, Start)
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(moderation.Fold(history), stored.State); diff != "" {
			rt.Fatalf("comment %d is not the fold of its ledger (-fold +stored): %s", id, diff)
		}
		if stored.State.Revision != d.expected[id] {
			rt.Fatalf("comment %d has revision %d, want %d", id, stored.State.Revision, d.expected[id])
		}
	}
}

// racingModerators has eight people act a thousand times in all on ten comments, each on the revision last seen.
func racingModerators(t *testing.T, store Store) {
	const moderators, actions, comments = 8, 1000, 10
	submit(t, store, Article(1), Numbered(comments))
	stored := all(t, store)
	written := make([][]moderation.Entry, moderators)
	var wait sync.WaitGroup
	for m := range moderators {
		wait.Go(func() {
			seen := make([]int64, comments)
			for i := range seen {
				seen[i] = 1
			}
			for n := range actions / moderators {
				at := (n*7 + m) % comments
				action := moderation.Action{ID: fmt.Sprintf("m%d-%d", m, n), CommentID: stored[at].ID, Revision: seen[at], Actor: fmt.Sprintf("moderator %d", m),
					By: moderation.ByPerson, Decision: []moderation.Decision{moderation.Approve, moderation.Reject, moderation.Escalate}[n%3],
					Labels: map[classifier.Axis]string{classifier.Hostile: classifier.Axis("hostile").Answers()[n%2]}}
				entry, err := store.Act(context.Background(), action, Start)
				var conflict *moderation.Conflict
				switch {
				case errors.As(err, &conflict):
					if conflict.Revision <= seen[at] {
						t.Errorf("a conflict at revision %d for somebody who saw %d", conflict.Revision, seen[at])
					}
					seen[at] = conflict.Revision
				case err != nil:
					t.Errorf("act: %v", err)
				default:
					if entry.Revision != seen[at]+1 {
						t.Errorf("acted on revision %d and got %d", seen[at], entry.Revision)
					}
					seen[at] = entry.Revision
					written[m] = append(written[m], entry)
				}
			}
		})
	}
	wait.Wait()
	positions := map[int64]bool{}
	for _, entries := range written {
		for _, e := range entries {
			positions[e.Position] = true
		}
	}
	kept := 0
	for _, c := range stored {
		history, err := store.History(context.Background(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		kept += len(history)
	}
	if kept != len(positions) || kept == 0 {
		t.Errorf("%d acts succeeded, %d entries are in the ledger", len(positions), kept)
	}
	for p := range int64(kept) {
		if !positions[p+1] {
			t.Errorf("position %d is missing", p+1)
		}
	}
	t.Logf("%d of %d acts succeeded, the others were told of the conflict", kept, actions)
}
