package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/moderation"
)

// piled is one row of the queue in the order of the piles.
type piled struct {
	moderation.Stored
	Pile moderation.Pile
}

// walkPiles pages through comments of a status in the order of the piles.
func walkPiles(t testing.TB, store Store, status moderation.Status, limit int, between func(page []piled)) (seen []piled) {
	t.Helper()
	request := moderation.QueueRequest{Filter: moderation.Filter{Status: status}, Order: moderation.OrderAlike, Limit: limit}
	for range 10000 {
		page, err := store.Queue(context.Background(), request, Start)
		if err != nil || len(page.Piles) != len(page.Comments) {
			t.Fatalf("%d piles for %d comments, error %v", len(page.Piles), len(page.Comments), err)
		}
		from := len(seen)
		for i, c := range page.Comments {
			seen = append(seen, piled{c, page.Piles[i]})
		}
		if page.Next == "" {
			return seen
		}
		request.After = page.Next
		between(seen[from:])
	}
	t.Fatal("the queue does not end")
	return nil
}

// checkPiles counts the piles anew, as the queue shows them, for every status.
func checkPiles(t testing.TB, store Store) {
	t.Helper()
	everything := all(t, store)
	for _, status := range append(moderation.Statuses[:], "") {
		rows := walkPiles(t, store, status, 7, func([]piled) {})
		var want []int64
		for _, c := range everything {
			if status == "" || c.State.Status == status {
				want = append(want, c.ID)
			}
		}
		var got []int64
		counts, byText := map[int64]int{}, map[uint64]int64{}
		for _, row := range rows {
			got = append(got, row.ID)
			counts[row.Pile.ID]++
			identity := moderation.LikenessOf(row.Text).Identity
			if pile, known := byText[identity]; known && pile != row.Pile.ID {
				t.Errorf("%q: one text stands on the piles %d and %d", status, pile, row.Pile.ID)
			}
			byText[identity] = row.Pile.ID
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("%q: the order of the piles shows %v, want %v", status, got, want)
		}
		done := map[int64]bool{}
		for i, row := range rows {
			if row.Pile.Comments != counts[row.Pile.ID] || row.Pile.ID == 0 {
				t.Errorf("%q: pile %d says %d, a recount %d", status, row.Pile.ID, row.Pile.Comments, counts[row.Pile.ID])
			}
			if i == 0 {
				continue
			}
			before := rows[i-1]
			if row.Pile.ID != before.Pile.ID {
				done[before.Pile.ID] = true
				if done[row.Pile.ID] || row.Pile.Continued || status != "" && row.Pile.Comments > before.Pile.Comments || status == "" && row.Pile.ID < before.Pile.ID {
					t.Errorf("%q: pile %+v stands behind %+v", status, row.Pile, before.Pile)
				}
			} else if row.Pile.Continued != (before.Pile.Continued || i%7 == 0) || row.State.Status == before.State.Status && row.ID < before.ID {
				t.Errorf("%q: comment %d of pile %+v stands behind %d of %+v", status, row.ID, row.Pile, before.ID, before.Pile)
			}
		}
	}
}

// pilesCounted lets texts arrive, change, be decided and undone, all at random.
func pilesCounted(t *testing.T, store Store) {
	ctx := context.Background()
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		article, page, actions := Article(round%5), []moderation.Comment{}, []string{}
		prefix := fmt.Sprintf("r%d-", round)
		send := func(rt *rapid.T) {
			if _, err := store.Submit(ctx, article, Incoming(article, page), false, Start); err != nil {
				rt.Fatal(err)
			}
		}
		any := func(rt *rapid.T) moderation.Stored {
			newest, err := store.Queue(ctx, moderation.QueueRequest{Order: moderation.OrderNewest, Limit: 20}, Start)
			if err != nil || len(newest.Comments) == 0 {
				rt.Skip("nothing is there")
			}
			return rapid.SampledFrom(newest.Comments).Draw(rt, "comment")
		}
		rt.Repeat(map[string]func(*rapid.T){
			"arrive": func(rt *rapid.T) {
				page = append(page, moderation.Comment{SourceID: fmt.Sprintf("%s%d", prefix, len(page)), Position: len(page) + 1, Text: drawText().Draw(rt, "text")})
				send(rt)
			},
			"edit": func(rt *rapid.T) {
				if len(page) == 0 {
					rt.Skip("nothing came")
				}
				page[rapid.IntRange(0, len(page)-1).Draw(rt, "which")].Text = drawText().Draw(rt, "text")
				send(rt)
			},
			"act": func(rt *rapid.T) {
				c := any(rt)
				action := moderation.Action{ID: fmt.Sprintf("%s%d", prefix, len(actions)), CommentID: c.ID, Revision: c.State.Revision, Actor: "anna", By: moderation.ByPerson,
					Decision: rapid.SampledFrom([]moderation.Decision{moderation.Approve, moderation.Reject, moderation.Escalate}).Draw(rt, "decision")}
				if _, err := store.Act(ctx, action, Start); err != nil {
					rt.Fatal(err)
				}
				actions = append(actions, action.ID)
			},
			"undo": func(rt *rapid.T) {
				if len(actions) == 0 {
					rt.Skip("nothing was done")
				}
				_, err := store.Undo(ctx, rapid.SampledFrom(actions).Draw(rt, "action"), "anna", true, Start)
				var conflict *moderation.Conflict
				if err != nil && !errors.As(err, &conflict) {
					rt.Fatal(err)
				}
			},
		})
		if differences, err := store.Doctor(ctx); err != nil || len(differences) > 0 {
			rt.Fatalf("doctor: %q, error %v", differences, err)
		}
		if round%25 == 1 {
			checkPiles(t, store)
		}
	})
	checkPiles(t, store)
}

// pilesUnderChange decides each comment as it is shown, while others arrive: every pile that was there is gone through in one go, the largest first,
// and nothing is left out.
func pilesUnderChange(t *testing.T, store Store) {
	var comments []moderation.Comment
	for i, word := range []string{"apple", "bread", "chalk", "dough", "eagle", "flint"} {
		for n := range 2 + i {
			comments = append(comments, moderation.Comment{SourceID: fmt.Sprint(word, n), Position: len(comments) + 1, Text: "An " + word})
		}
	}
	submit(t, store, Article(1), comments)
	acted := 0
	rows := walkPiles(t, store, moderation.Pending, 1, func(page []piled) {
		acted++
		if acted%4 == 0 { // somebody skips one in between
			return
		}
		act(t, store, moderation.Action{ID: fmt.Sprint(acted), CommentID: page[0].ID, Revision: 1, Actor: "anna", Decision: moderation.Approve})
		if acted == 6 {
			submit(t, store, Article(2), Page("An apple", "Something else"))
		}
	})
	seen, runs := map[int64]bool{}, map[int64]int{}
	for i, row := range rows {
		if seen[row.ID] = true; row.State.Status != moderation.Pending {
			t.Errorf("comment %d was shown again when it was %s", row.ID, row.State.Status)
		}
		if i > 0 && rows[i-1].Pile.ID == row.Pile.ID {
			continue
		}
		run := 1
		for i+run < len(rows) && rows[i+run].Pile.ID == row.Pile.ID {
			run++
		}
		if runs[row.Pile.ID]++; row.Pile.Continued || run != row.Pile.Comments {
			t.Errorf("pile %+v was left after %d comments", row.Pile, run)
		}
	}
	for _, c := range all(t, store) {
		if !seen[c.ID] {
			t.Errorf("comment %d was not shown", c.ID)
		}
	}
	for pile, n := range runs {
		if n > 2 { // the second time with those that were skipped
			t.Errorf("pile %d came %d times", pile, n)
		}
	}
	if first, second := rows[0], rows[7]; first.Pile.Comments != 7 || rows[6].Pile.ID != first.Pile.ID || second.Pile.Comments != 6 {
		t.Errorf("the first is %+v, behind it %+v", first.Pile, second.Pile)
	}
}
