package storetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

func addUser(t testing.TB, store Store, name string, role account.Role) {
	t.Helper()
	if _, err := store.AddUser(context.Background(), account.User{Name: name, Role: role, Epoch: 1, CreatedAt: Start}, "hash", "setup"); err != nil {
		t.Fatal(err)
	}
}

// putOff is an act that puts the comment off as it stands.
func putOff(t testing.TB, store Store, id int64, actionID, actor string, wait moderation.Wait) moderation.Entry {
	t.Helper()
	return act(t, store, moderation.Action{ID: actionID, CommentID: id, Revision: comment(t, store, id).State.Revision, Actor: actor, Wait: wait, Reason: "why"})
}

// listed is the texts of a queue.
func listed(t testing.TB, store Store, request moderation.QueueRequest) []string {
	t.Helper()
	request.Limit = 3
	return texts(walk(t, store, request, func() {}))
}

func wantTexts(t testing.TB, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func snoozedComesBack(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Page("one", "two", "three", "four"))
	stored := all(t, store)
	pending := moderation.QueueRequest{Filter: moderation.Filter{Status: moderation.Pending}, Order: moderation.OrderOldest}
	snoozed := moderation.QueueRequest{Filter: moderation.Filter{Status: moderation.Snoozed}, Order: moderation.OrderOldest}
	until := Start.Add(time.Hour)
	act(t, store, moderation.Action{ID: "up", CommentID: stored[3].ID, Revision: 1, Actor: "anna", Decision: moderation.Escalate})
	entry := putOff(t, store, stored[1].ID, "a1", "anna", moderation.Wait{Kind: moderation.Snooze, Until: until})
	putOff(t, store, stored[3].ID, "a2", "anna", moderation.Wait{Kind: moderation.Snooze, Until: until.Add(time.Hour)})
	if entry.Did() != "snoozed until 14 May 2026 10:00 UTC" || entry.Reason != "why" || entry.Revision != 2 || !entry.Wait.Until.Equal(until) {
		t.Errorf("the entry is %+v", entry)
	}
	wantTexts(t, "needs review", listed(t, store, pending), "one", "three")
	wantTexts(t, "snoozed", listed(t, store, snoozed), "two", "four")
	wantCounts(t, store, 2, 0, 0, 0)
	if counts, err := store.Counts(ctx); err != nil || counts[moderation.Snoozed] != 2 {
		t.Errorf("counts %v, error %v", counts, err)
	}
	end, err := store.LedgerEnd(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := store.Wake(ctx, until.Add(-time.Millisecond), 10); n != 0 || err != nil {
		t.Errorf("before its time %d were woken, error %v", n, err)
	}
	if now, err := store.LedgerEnd(ctx); now != end || err != nil {
		t.Errorf("looking wrote to the ledger: %d after %d, error %v", now, end, err)
	}
	if n, err := store.Wake(ctx, until, 10); n != 1 || err != nil {
		t.Errorf("at its time %d were woken, error %v", n, err)
	}
	wantTexts(t, "back in its order", listed(t, store, pending), "one", "two", "three")
	if n, err := store.Wake(ctx, until.Add(time.Hour), 10); n != 1 || err != nil {
		t.Errorf("an hour later %d were woken, error %v", n, err)
	}
	wantCounts(t, store, 3, 1, 0, 0) // what was escalated is so again
	history, err := store.History(ctx, stored[1].ID)
	if err != nil || len(history) != 2 || history[1].Kind != moderation.KindWake || history[1].Actor != "clock" || !history[1].At.Equal(until) {
		t.Errorf("the history is %+v, error %v", history, err)
	}
	_, err = store.Undo(ctx, "a1", "anna", false, until)
	wantConflict(t, err)

	putOff(t, store, stored[0].ID, "a3", "anna", moderation.Wait{Kind: moderation.Snooze, Until: until})
	again, err := store.Act(ctx, moderation.Action{ID: "a3", CommentID: stored[0].ID, Revision: 1, Actor: "anna", Wait: moderation.Wait{Kind: moderation.Snooze, Until: until}}, Start)
	if err != nil || again.Revision != 2 {
		t.Errorf("the same action again: %+v, error %v", again, err)
	}
	if _, err := store.Undo(ctx, "a3", "anna", false, Start); err != nil {
		t.Fatal(err)
	}
	wantCounts(t, store, 3, 1, 0, 0)
	putOff(t, store, stored[0].ID, "a4", "anna", moderation.Wait{Kind: moderation.Snooze, Until: until})
	act(t, store, moderation.Action{ID: "a5", CommentID: stored[0].ID, Revision: comment(t, store, stored[0].ID).State.Revision, Actor: "ben", Decision: moderation.Reject})
	wantCounts(t, store, 2, 1, 0, 1)
	_, err = store.Act(ctx, moderation.Action{ID: "a6", CommentID: stored[0].ID, Revision: comment(t, store, stored[0].ID).State.Revision, Actor: "ben",
		Wait: moderation.Wait{Kind: moderation.Snooze, Until: until}}, Start)
	wantCode(t, err, moderation.CodeInvalid)
}

func snoozedIsWoken(t *testing.T, store Store) {
	article, page := Article(1), Numbered(3)
	submit(t, store, article, page)
	stored := all(t, store)
	for i, c := range stored {
		putOff(t, store, c.ID, "a"+c.SourceID, "anna", moderation.Wait{Kind: moderation.Snooze, Until: Start.Add(time.Duration(i+1) * time.Hour)})
	}
	page[0].Text += " Edited."
	answer := moderation.Comment{SourceID: "answer", Position: 4, Parent: 2, Text: "I say so too."}
	submit(t, store, article, append(page, answer))
	for i, want := range []moderation.Status{moderation.Pending, moderation.Pending, moderation.Snoozed} {
		if got := comment(t, store, stored[i].ID).State; got.Status != want || got.Waiting.Until.IsZero() != (want == moderation.Pending) {
			t.Errorf("comment %d is %+v, want %s", i, got, want)
		}
	}
	history, err := store.History(context.Background(), stored[1].ID)
	if err != nil || len(history) != 2 || history[1].Kind != moderation.KindWake || history[1].Reason != "an answer arrived" {
		t.Errorf("the history of the answered one is %+v, error %v", history, err)
	}
}

func handedToColleague(t *testing.T, store Store) {
	ctx := context.Background()
	for name, role := range map[string]account.Role{"anna": account.Moderator, "Ben": account.Moderator, "cleo": account.Editor, "vera": account.Viewer} {
		addUser(t, store, name, role)
	}
	submit(t, store, Article(1), Page("one", "two", "three"))
	stored := all(t, store)
	hand := func(id, revision int64, action, actor, to string) error {
		_, err := store.Act(ctx, moderation.Action{ID: action, CommentID: id, Revision: revision, Actor: actor, By: moderation.ByPerson,
			Wait: moderation.Wait{Kind: moderation.HandOver, For: to}}, Start)
		return err
	}
	for _, nobody := range []string{"vera", "nobody", "anna"} {
		wantCode(t, hand(stored[0].ID, 1, "x", "anna", nobody), moderation.CodeInvalid)
	}
	if _, err := store.Lease(ctx, stored[0].ID, "anna", Start, Start.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	entry := putOff(t, store, stored[0].ID, "a1", "anna", moderation.Wait{Kind: moderation.HandOver, For: "BEN"})
	if lease := comment(t, store, stored[0].ID).Lease; lease != nil {
		t.Errorf("it is handed over, and still on the screen of %s", lease.User)
	}
	if entry.Wait.For != "Ben" || entry.Did() != "handed to Ben" {
		t.Errorf("the entry is %+v", entry)
	}
	if got := comment(t, store, stored[0].ID).State; got.Status != moderation.Pending || got.Waiting != (moderation.Waiting{For: "Ben", HandedBy: "anna"}) {
		t.Errorf("the state is %+v", got)
	}
	mine := func(user string) int {
		t.Helper()
		m, err := store.Mine(ctx, user, 100)
		if err != nil {
			t.Fatal(err)
		}
		return m.ForYou
	}
	forBen := moderation.QueueRequest{Filter: moderation.Filter{For: "Ben"}, Order: moderation.OrderHarm}
	pending := moderation.QueueRequest{Filter: moderation.Filter{Status: moderation.Pending}, Order: moderation.OrderOldest}
	wantTexts(t, "for Ben", listed(t, store, forBen), "one")
	wantTexts(t, "for everybody", listed(t, store, pending), "one", "two", "three")
	pending.PassOver = "anna"
	wantTexts(t, "for anna", listed(t, store, pending), "two", "three")
	byNumber := moderation.QueueRequest{Filter: moderation.Filter{ID: stored[0].ID}, Order: moderation.OrderOldest, PassOver: "anna"}
	wantTexts(t, "what anna handed over, by its number", listed(t, store, byNumber), "one")
	pending.Filter.For = "BEN"
	wantTexts(t, "what anna looks for", listed(t, store, pending), "one")
	if mine("Ben") != 1 || mine("anna") != 0 || mine("") != 0 {
		t.Errorf("%d for Ben, %d for anna", mine("Ben"), mine("anna"))
	}
	if err := hand(stored[0].ID, 2, "a2", "Ben", "anna"); err != nil { // handed back
		t.Fatal(err)
	}
	if mine("Ben") != 0 || mine("anna") != 1 {
		t.Errorf("handed back: %d for Ben, %d for anna", mine("Ben"), mine("anna"))
	}
	if _, err := store.Undo(ctx, "a2", "Ben", false, Start); err != nil || mine("Ben") != 1 {
		t.Errorf("handing back undone: %d for Ben, error %v", mine("Ben"), err)
	}
	putOff(t, store, stored[0].ID, "a3", "Ben", moderation.Wait{Kind: moderation.Snooze, Until: Start.Add(time.Hour)})
	wantTexts(t, "for Ben while it is snoozed", listed(t, store, forBen))
	if mine("Ben") != 0 {
		t.Error("a snoozed comment is counted")
	}
	putOff(t, store, stored[0].ID, "a4", "cleo", moderation.Wait{Kind: moderation.Recall})
	if got := comment(t, store, stored[0].ID).State; got.Waiting != (moderation.Waiting{}) || got.Status != moderation.Pending {
		t.Errorf("brought back, it is %+v", got)
	}
	putOff(t, store, stored[0].ID, "a5", "anna", moderation.Wait{Kind: moderation.HandOver, For: "Ben"})
	act(t, store, moderation.Action{ID: "a6", CommentID: stored[0].ID, Revision: comment(t, store, stored[0].ID).State.Revision, Actor: "cleo", Decision: moderation.Approve})
	if mine("Ben") != 0 {
		t.Error("decided by another, it still waits for Ben")
	}
}

func secondOpinion(t *testing.T, store Store) {
	ctx := context.Background()
	addUser(t, store, "ben", account.Moderator)
	submit(t, store, Article(1), Page("one", "two"))
	id := all(t, store)[0].ID
	putOff(t, store, id, "a1", "anna", moderation.Wait{Kind: moderation.Ask, For: "ben"})
	decide := func(action, actor string) error {
		_, err := store.Act(ctx, moderation.Action{ID: action, CommentID: id, Revision: comment(t, store, id).State.Revision, Actor: actor, By: moderation.ByPerson,
			Decision: moderation.Reject, Reason: "insult"}, Start)
		return err
	}
	wantCode(t, decide("a2", "anna"), moderation.CodeForbidden)
	_, err := store.Act(ctx, moderation.Action{ID: "a3", CommentID: id, Revision: 2, Actor: "cleo", Wait: moderation.Wait{Kind: moderation.Ask}}, Start)
	wantCode(t, err, moderation.CodeInvalid)
	for user, want := range map[string]int{"anna": 0, "Abe": 1, "ben": 1, "cleo": 1} {
		if mine, err := store.Mine(ctx, user, 10); err != nil || mine.Opinions != want {
			t.Errorf("%s: %d opinions wanted, want %d, error %v", user, mine.Opinions, want, err)
		}
	}
	wanted := moderation.QueueRequest{Filter: moderation.Filter{Opinion: true}, Order: moderation.OrderDoubt}
	wantTexts(t, "wanted", listed(t, store, wanted), "one")
	theirs := func(user string, want ...string) {
		t.Helper()
		wantTexts(t, "wanted of "+user, listed(t, store, moderation.QueueRequest{Filter: moderation.Filter{Opinion: true}.As(user), Order: moderation.OrderOldest}), want...)
		if mine, err := store.Mine(ctx, user, 10); err != nil || mine.Opinions != len(want) {
			t.Errorf("%s: %d opinions wanted, but the list shows %d, error %v", user, mine.Opinions, len(want), err)
		}
	}
	second := all(t, store)[1].ID
	putOff(t, store, second, "b1", "ben", moderation.Wait{Kind: moderation.Ask})
	theirs("anna", "two")
	theirs("ben", "one")
	theirs("cleo", "one", "two")
	putOff(t, store, second, "b2", "cleo", moderation.Wait{Kind: moderation.Snooze, Until: Start.Add(time.Hour)})
	theirs("anna")
	theirs("cleo", "one")
	for _, undone := range []struct{ id, by string }{{"b2", "cleo"}, {"b1", "ben"}} {
		if _, err := store.Undo(ctx, undone.id, undone.by, false, Start); err != nil {
			t.Fatal(err)
		}
	}
	wantTexts(t, "passed over", listed(t, store, moderation.QueueRequest{Order: moderation.OrderOldest, PassOver: "anna"}), "two")
	if got := comment(t, store, id).State.Waiting; got != (moderation.Waiting{For: "ben", HandedBy: "anna", AskedBy: "anna"}) {
		t.Errorf("it waits for %+v", got)
	}
	putOff(t, store, id, "a4", "cleo", moderation.Wait{Kind: moderation.Recall}) // ends the handing over, not another's question
	wantCode(t, decide("a5", "anna"), moderation.CodeForbidden)
	if err := decide("a6", "ben"); err != nil {
		t.Fatal(err)
	}
	wantTexts(t, "answered", listed(t, store, wanted))
	answers := func() []moderation.Answer {
		t.Helper()
		answers, err := store.Answers(ctx, "anna", 10)
		if err != nil {
			t.Fatal(err)
		}
		return answers
	}
	got := answers()
	if len(got) != 1 || got[0].Entry.Actor != "ben" || got[0].Entry.Decision != moderation.Reject || got[0].Entry.Reason != "insult" || got[0].Comment.Text != "one" {
		t.Fatalf("the answers are %+v", got)
	}
	if bens, err := store.Mine(ctx, "ben", 10); err != nil || bens != (moderation.Mine{}) {
		t.Errorf("ben has %+v, error %v", bens, err)
	}
	if _, err := store.Undo(ctx, "a6", "ben", false, Start); err != nil || len(answers()) != 0 {
		t.Errorf("undone, the answers are %+v, error %v", answers(), err)
	}
	wantCode(t, decide("a7", "anna"), moderation.CodeForbidden) // the question stands again
	if err := decide("a8", "ben"); err != nil {
		t.Fatal(err)
	}
	got = answers()
	if err := store.SeeAnswers(ctx, "anna", got[0].Entry.Position-1); err != nil || len(answers()) != 1 {
		t.Errorf("what came later was marked as seen: %d left, error %v", len(answers()), err)
	}
	if err := store.SeeAnswers(ctx, "ben", got[0].Entry.Position); err != nil || len(answers()) != 1 {
		t.Errorf("another's answers were marked as seen: %d left, error %v", len(answers()), err)
	}
	if err := store.SeeAnswers(ctx, "anna", got[0].Entry.Position); err != nil || len(answers()) != 0 {
		t.Errorf("seen, %d are left, error %v", len(answers()), err)
	}
}

func racingHandOver(t *testing.T, store Store) {
	for _, name := range []string{"ben", "cleo", "dora"} {
		addUser(t, store, name, account.Moderator)
	}
	submit(t, store, Article(1), Page("one"))
	id := all(t, store)[0].ID
	results := make(map[string]error, 2)
	var mutex sync.Mutex
	var group sync.WaitGroup
	for actor, to := range map[string]string{"ben": "cleo", "cleo": "dora"} {
		group.Go(func() {
			_, err := store.Act(context.Background(), moderation.Action{ID: actor, CommentID: id, Revision: 1, Actor: actor, By: moderation.ByPerson,
				Labels: map[classifier.Axis]string{classifier.Spam: classifier.No}, Wait: moderation.Wait{Kind: moderation.HandOver, For: to}}, Start)
			mutex.Lock()
			defer mutex.Unlock()
			results[actor] = err
		})
	}
	group.Wait()
	won := comment(t, store, id).State.Waiting.HandedBy
	for actor, err := range results {
		var conflict *moderation.Conflict
		if actor == won && err != nil || actor != won && (!errors.As(err, &conflict) || conflict.By != won) {
			t.Errorf("%s won; %s got %v", won, actor, err)
		}
	}
	if history, err := store.History(context.Background(), id); err != nil || len(history) != 1 {
		t.Errorf("%d entries, error %v", len(history), err)
	}
}
