package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/learn"
)

func labelled(t *testing.T, store Store, upTo int64) (found []learn.LabelledComment, position int64) {
	t.Helper()
	position, err := store.Labelled(context.Background(), upTo, func(c learn.LabelledComment) error {
		found = append(found, c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, position
}

func labelsAsOfPosition(t *testing.T, store Store) {
	ctx := context.Background()
	first := Numbered(4)
	submit(t, store, Article(1), first)
	stored := all(t, store)
	label := func(id string, c int, revision int64, axis classifier.Axis, answer string) {
		act(t, store, moderation.Action{ID: id, CommentID: stored[c].ID, Revision: revision, Actor: "anna", Labels: map[classifier.Axis]string{axis: answer}})
	}
	label("a1", 0, 1, classifier.Stance, classifier.Favor)                 // position 1
	label("a2", 0, 2, classifier.Stance, classifier.Against)               // 2
	label("a3", 1, 1, classifier.Hostile, moderation.CantTell)             // 3
	label("a4", 2, 1, classifier.Spam, classifier.Yes)                     // 4
	if _, err := store.Undo(ctx, "a4", "anna", false, Start); err != nil { // 5
		t.Fatal(err)
	}
	act(t, store, moderation.Action{ID: "a5", CommentID: stored[3].ID, Revision: 1, Actor: "anna", Decision: moderation.Approve}) // 6
	edited := slices.Clone(first)
	edited[0].Text = "Another text."
	submit(t, store, Article(1), edited)                               // 7
	addTopic(t, store, "bridges", "The old bridge should be rebuilt.") // 8
	if err := store.AssignTopic(ctx, Article(1).ID, "bridges", moderation.SideFor, "eve", Start, func(string, moderation.Article) moderation.Incoming {
		return moderation.Incoming{Prediction: Prediction("model-b", 0.2, 0.2), ClaimFrom: "given"}
	}); err != nil { // 9
		t.Fatal(err)
	}
	label("a6", 0, 4, classifier.Stance, classifier.None) // 10

	now, position := labelled(t, store, 0)
	if position != 10 || len(now) != 2 {
		t.Fatalf("%d comments at position %d", len(now), position)
	}
	if c := now[0]; c.Text != "Another text." || c.Claim != "The old bridge should be rebuilt." || c.Positions[classifier.Stance] != 10 ||
		c.Labels[classifier.Stance].Answer != classifier.None || c.Labels[classifier.Stance].Model != "model-b" {
		t.Errorf("the newest is %+v", c)
	}
	if c := now[1]; c.CommentID != stored[1].ID || c.Positions[classifier.Hostile] != 3 || c.Labels[classifier.Hostile].Answer != moderation.CantTell {
		t.Errorf("the other is %+v", c)
	}
	then, position := labelled(t, store, 4)
	if position != 4 || len(then) != 3 {
		t.Fatalf("%d comments at position %d, want 3 at 4", len(then), position)
	}
	if c := then[0]; c.Text != first[0].Text || c.Claim != Article(1).Headline || c.Positions[classifier.Stance] != 2 || c.Labels[classifier.Stance].Answer != classifier.Against {
		t.Errorf("as of position 4 the first is %+v", c)
	}
	if c := then[2]; c.Labels[classifier.Spam].Answer != classifier.Yes {
		t.Errorf("as of position 4 the undone one is %+v", c)
	}
	label("a7", 1, 2, classifier.Spam, classifier.No) // 11
	if both, _ := labelled(t, store, 0); both[1].Positions[classifier.Hostile] != 3 || both[1].Positions[classifier.Spam] != 11 {
		t.Errorf("the positions of two axes are %v", both[1].Positions)
	}
	if gone, _ := labelled(t, store, 7); len(gone) != 1 {
		t.Errorf("as of the edit %d comments have labels, want 1", len(gone))
	}
	_, err := store.Labelled(ctx, 12, func(learn.LabelledComment) error { return nil })
	wantCode(t, err, moderation.CodeInvalid)
	stop := moderation.Invalid("stop")
	if _, err := store.Labelled(ctx, 0, func(learn.LabelledComment) error { return stop }); err != stop {
		t.Errorf("the visitor's error became %v", err)
	}
}

func modelsPromoted(t *testing.T, store Store) {
	ctx := context.Background()
	check := func(champion, previous string) {
		t.Helper()
		got, err := store.ChampionID(ctx)
		before, errBefore := store.PreviousChampion(ctx)
		if err != nil || errBefore != nil || got != champion || before != previous {
			t.Errorf("champion %q after %q, want %q after %q; errors %v, %v", got, before, champion, previous, err, errBefore)
		}
	}
	check("", "")
	files := learn.ModelFiles{Manifest: []byte(`{"format":1}`), Counts: []byte{0x1f, 0x8b, 0}, Weights: []byte{0, 255, 0, 1}}
	starter := learn.ModelRecord{ID: "aaa", State: learn.StateHeld, CreatedAt: Start, CreatedBy: "starter"}
	candidate := learn.ModelRecord{ID: "bbb", State: learn.StateHeld, Parent: "aaa", Position: 42, CreatedAt: Start.Add(time.Hour), CreatedBy: "anna",
		Reason: "hostile is worse", Report: []byte(`{"axis":"hostile"}`)}
	for _, r := range []learn.ModelRecord{starter, candidate, starter} {
		if err := store.SaveModel(ctx, r, files); err != nil {
			t.Fatal(err)
		}
		files.Manifest = []byte("another")
	}
	if got, err := store.ModelFiles(ctx, "aaa"); err != nil || string(got.Manifest) != `{"format":1}` || string(got.Weights) != "\x00\xff\x00\x01" || len(got.Counts) != 3 {
		t.Errorf("the files are %+v, error %v", got, err)
	}
	models, err := store.Models(ctx)
	if diff := cmp.Diff([]learn.ModelRecord{candidate, starter}, models); diff != "" || err != nil {
		t.Errorf("the models differ: %s, error %v", diff, err)
	}
	_, err = store.ModelFiles(ctx, "none")
	wantCode(t, err, moderation.CodeNotFound)
	if manifest, err := store.ModelManifest(ctx, "aaa"); err != nil || string(manifest) != `{"format":1}` {
		t.Errorf("the manifest is %q, error %v", manifest, err)
	}
	_, err = store.ModelManifest(ctx, "none")
	wantCode(t, err, moderation.CodeNotFound)
	wantCode(t, store.Promote(ctx, learn.Promotion{ID: "none", Actor: "anna", At: Start}), moderation.CodeNotFound)
	check("", "")
	at := Start
	promote := func(id, reason string) {
		t.Helper()
		if err := store.Promote(ctx, learn.Promotion{ID: id, Actor: "anna", Reason: reason, At: at}); err != nil {
			t.Fatal(err)
		}
		at = at.Add(time.Hour)
	}
	promote("aaa", "")
	check("aaa", "")
	promote("bbb", "better for us")
	promote("bbb", "again")
	check("bbb", "aaa")
	models, _ = store.Models(ctx)
	if models[0].State != learn.StateChampion || models[0].Reason != "better for us" || models[1].State != learn.StateRetired {
		t.Errorf("the models are %+v", models)
	}
	wantCode(t, store.Promote(ctx, learn.Promotion{ID: "aaa", Over: "aaa", Actor: "anna", At: Start}), moderation.CodeBusy)
	check("bbb", "aaa")
	if err := store.Promote(ctx, learn.Promotion{ID: "aaa", Over: "bbb", Actor: "anna", Reason: "rolled back", At: at}); err != nil {
		t.Fatal(err)
	}
	check("aaa", "")
	for then, want := range map[time.Duration]string{-time.Millisecond: "", 0: "aaa", time.Hour - time.Millisecond: "aaa", time.Hour: "bbb",
		3*time.Hour - time.Millisecond: "bbb", 3 * time.Hour: "aaa", 1000 * time.Hour: "aaa"} {
		if got, err := store.ChampionAt(ctx, Start.Add(then)); err != nil || got != want {
			t.Errorf("after %v the champion was %q, want %q; error %v", then, got, want, err)
		}
	}
	if events, err := store.Events(ctx, 0, 10); err != nil || len(events) != 3 || events[0].Subject != "aaa" || events[0].Detail != "rolled back" {
		t.Errorf("the events are %+v, error %v", events, err)
	}
}

func oneJob(t *testing.T, store Store) {
	ctx := context.Background()
	job, err := store.StartJob(ctx, "anna", Start)
	if err != nil || job.State != learn.JobRunning || job.ID == 0 || !job.EndedAt.IsZero() || !job.StartedAt.Equal(Start) {
		t.Fatalf("the job is %+v, error %v", job, err)
	}
	_, err = store.StartJob(ctx, "ben", Start)
	wantCode(t, err, moderation.CodeBusy)
	job.Step, job.Percent, job.ModelID = "counting", 40, "bbb"
	if err := store.UpdateJob(ctx, job); err != nil {
		t.Fatal(err)
	}
	done := job
	done.State, done.EndedAt, done.Percent, done.Message = learn.JobDone, Start.Add(time.Minute), 100, "promoted bbb"
	if err := store.UpdateJob(ctx, done); err != nil {
		t.Fatal(err)
	}
	wantCode(t, store.UpdateJob(ctx, job), moderation.CodeNotFound)
	second, err := store.StartJob(ctx, "ben", Start.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	second.HeardAt = Start.Add(time.Hour + time.Minute)
	if err := store.UpdateJob(ctx, second); err != nil {
		t.Fatal(err)
	}
	_, err = store.StartJob(ctx, "anna", second.HeardAt.Add(learn.SilentJob))
	wantCode(t, err, moderation.CodeBusy)
	third, err := store.StartJob(ctx, "anna", second.HeardAt.Add(learn.SilentJob+time.Second))
	if err != nil {
		t.Fatalf("after a silent job: %v", err)
	}
	second.State, second.EndedAt = learn.JobInterrupted, third.StartedAt
	if err := store.InterruptJobs(ctx, Start.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	third.State, third.EndedAt = learn.JobInterrupted, Start.Add(2*time.Hour)
	jobs, err := store.Jobs(ctx, 10)
	if diff := cmp.Diff([]learn.Job{third, second, done}, jobs); diff != "" || err != nil {
		t.Errorf("the jobs differ: %s, error %v", diff, err)
	}
	if jobs, err = store.Jobs(ctx, 1); err != nil || len(jobs) != 1 {
		t.Errorf("one job asked for, %d listed, error %v", len(jobs), err)
	}
}

func pendingRescored(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Numbered(30))
	stored := all(t, store)
	act(t, store, moderation.Action{ID: "a1", CommentID: stored[0].ID, Revision: 1, Actor: "anna", Decision: moderation.Approve})
	if _, err := store.Lease(ctx, stored[1].ID, "anna", Start, Start.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	walked := map[int64]bool{} // without an answer in between, each comes once
	for after := (*moderation.Stored)(nil); ; {
		batch, err := store.PendingBatch(ctx, "model-b", after, 8)
		if err != nil {
			t.Fatal(err)
		}
		if len(batch) == 0 {
			break
		}
		for _, c := range batch {
			if walked[c.ID] {
				t.Fatalf("comment %d came twice", c.ID)
			}
			walked[c.ID] = true
		}
		after = &batch[len(batch)-1]
	}
	if len(walked) != 29 {
		t.Errorf("%d comments came, want 29", len(walked))
	}
	unanswered := func(want int) {
		t.Helper()
		if n, err := store.CountUnanswered(ctx, "model-b"); err != nil || n != want {
			t.Errorf("%d comments lack its answers, want %d, error %v", n, want, err)
		}
	}
	unanswered(29)
	harm := -1
	rounds := 0
	for {
		batch, err := store.PendingBatch(ctx, "model-b", nil, 8)
		if err != nil {
			t.Fatal(err)
		}
		if len(batch) == 0 {
			break
		}
		if rounds++; rounds > 10 {
			t.Fatal("the batches do not end")
		}
		var answers []learn.Rescored
		for _, c := range batch {
			h, _ := moderation.Priority(c.Prediction)
			if harm >= 0 && h > harm || c.State.Status != moderation.Pending || c.Prediction.Model != "model-a" {
				t.Errorf("comment %d with harm %d came after harm %d, %s of %s", c.ID, h, harm, c.State.Status, c.Prediction.Model)
			}
			harm = h
			in := moderation.Incoming{Prediction: Prediction("model-b", 0.01, 0.02), ClaimFrom: "headline"}
			in.Harm, in.Doubt = moderation.Priority(in.Prediction)
			answers = append(answers, learn.Rescored{CommentID: c.ID, TextVersion: c.State.TextVersion, Claim: c.Article.ClaimSentence(), Answers: in})
		}
		if err := store.Rescored(ctx, answers); err != nil {
			t.Fatal(err)
		}
	}
	unanswered(0)
	for i, c := range all(t, store) {
		if want := map[bool]string{true: "model-a", false: "model-b"}[i == 0]; c.Prediction.Model != want {
			t.Errorf("comment %d: model %s, want %s", i, c.Prediction.Model, want)
		}
		if i > 0 && c.State.Revision != 1 {
			t.Errorf("comment %d: rescoring made revision %d", i, c.State.Revision)
		}
	}
	if l := comment(t, store, stored[1].ID).Lease; l == nil {
		t.Error("rescoring ended a lease")
	}
	late := moderation.Incoming{Prediction: Prediction("model-c", 0.9, 0.9), ClaimFrom: "headline"}
	if err := store.Rescored(ctx, []learn.Rescored{
		{CommentID: stored[0].ID, TextVersion: 1, Claim: Article(1).Headline, Answers: late},
		{CommentID: stored[2].ID, TextVersion: 2, Claim: Article(1).Headline, Answers: late},
		{CommentID: stored[3].ID, TextVersion: 1, Claim: "Another claim.", Answers: late},
	}); err != nil {
		t.Fatal(err)
	}
	for _, c := range all(t, store) {
		if c.Prediction.Model == "model-c" {
			t.Errorf("comment %d was decided, edited or moved meanwhile, and rescored all the same", c.ID)
		}
	}
}
