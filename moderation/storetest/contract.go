// Package storetest is the contract that every store must pass, and the fixtures for it. It says what the small store interfaces promise and
// their types cannot; it knows nothing of tables.
package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/moderation/figures"
	"commentdesk/moderation/impact"
	"commentdesk/moderation/learn"
)

// Store is everything that the program asks of a store.
type Store interface {
	moderation.Store
	learn.Store
	account.Store
	figures.Store
	impact.Store
	Sessions(now func() time.Time) scs.CtxStore
	Note(ctx context.Context, at time.Time, actor, kind, subject, detail string) error
	Events(ctx context.Context, before int64, limit int) ([]moderation.Event, error)
	// Ledger lists entries of the whole ledger in order, after a position.
	Ledger(ctx context.Context, after int64, limit int) ([]moderation.Entry, error)
	// Doctor names every difference between what is kept and what can be computed again.
	Doctor(ctx context.Context) ([]string, error)
}

// Contract runs every promise as a subtest. open makes an empty store that closes itself when its test ends.
func Contract(t *testing.T, open func(t *testing.T) Store) {
	promises := []struct {
		name string
		test func(t *testing.T, store Store)
	}{
		{"the same page twice adds nothing", samePageTwice},
		{"equal comments merge as a multiset", multiset},
		{"what is missing from a later page is marked, not deleted", missingIsMarked},
		{"an answer knows its parent", answerKnowsParent},
		{"a changed text with an id is an edit", changedTextIsEdit},
		{"a changed text without an id is another comment", changedTextWithoutID},
		{"one id twice in one submission", oneIDTwice},
		{"what was stored comes back whole", storedWhole},
		{"an article takes its topic on arrival", topicOnArrival},
		{"answers under a claim that moved are not stored", claimMoved},
		{"what is open is passed over", openPassedOver},
		{"topics are added once and assigned with new answers", topicsAssigned},
		{"a topic's articles are paged", articlesPaged},
		{"articles to sort are the newest, and what does not fit is remembered", articlesToSort},
		{"merged topics carry over articles and stances, and can be parted again", topicsMerged},
		{"an article keeps the claim it was matched to", matchStays},
		{"a match gives way to a topic", matchGivesWay},
		{"an act writes what the person saw", actWritesWhatWasSeen},
		{"a stale revision is a conflict that says who and what", staleRevision},
		{"a stance counts towards the claim that was seen", stanceTowardsSeenClaim},
		{"an action id acts once", actionIDOnce},
		{"a snoozed comment leaves its part of the queue and comes back", snoozedComesBack},
		{"an answer or a new text brings a snoozed comment back", snoozedIsWoken},
		{"a comment is handed to one who can act", handedToColleague},
		{"a second opinion is somebody else's", secondOpinion},
		{"two hand it over at once: one wins", racingHandOver},
		{"an undo cancels one act and nothing else", undoCancelsOne},
		{"the last act is the newest of a person that stands", lastAct},
		{"acts are found by how their ids begin", actsByPrefix},
		{"who may undo", whoMayUndo},
		{"stored state is the fold of the ledger", stateIsFold},
		{"racing moderators overwrite nothing", racingModerators},
		{"the ledger holds every kind of entry in order", ledgerInOrder},
		{"every order pages through everything once", pagesEverything},
		{"pages stay complete while others act", pagesUnderChange},
		{"filters show what they match", filtersShowMatches},
		{"a cursor fits its own queue only", cursorFitsItsQueue},
		{"each comment of a page has a cursor", cursorsStandOnComments},
		{"a thread shows parents and answers", threadShowsBoth},
		{"a lease is one user's until it lapses", leaseIsOneUsers},
		{"an author is known by name", authorCounted},
		{"near-duplicates are found, nothing else", nearDuplicatesFound},
		{"piles hold what reads alike, their counts are what a recount finds", pilesCounted},
		{"a pile is gone through before the next begins, whatever others do", pilesUnderChange},
		{"decided comments of an article are listed", decidedListed},
		{"earlier texts come back", oldTextsKept},
		{"notes are kept and marked, never deleted", notesKept},
		{"each user has settings", settingsKept},
		{"each user saves views", viewsSaved},
		{"a comment is found under its article's topic", topicMoves},
		{"matches are counted up to a limit", matchesCounted},
		{"reasons are kept in order", reasonsKept},
		{"labels are read as of a position", labelsAsOfPosition},
		{"every arrival is read with the answers it has", arrivalsRead},
		{"models are kept whole and promoted in order", modelsPromoted},
		{"cells count the newest comments by shown answers", cellsCounted},
		{"deeds are visited newest first with their comments", deedsNewestFirst},
		{"arrivals are counted from bound to bound", arrivedBetween},
		{"labels that stand are read with what was said before them", labelsJudged},
		{"what was said of what waits is read", opinionsRead},
		{"one job runs at a time", oneJob},
		{"pending comments are rescored, others are not", pendingRescored},
		{"users change under guard", usersUnderGuard},
		{"a desk without an admin can change its users", noAdminYet},
		{"events tell when a user last signed in", lastSignInsTold},
		{"sessions expire", sessionsExpire},
		{"events are listed newest first", eventsListed},
		{"who watches sees what changed", changesSeen},
		{"what waits is read by id, whole or a sample", waitingRead},
		{"labels that stand are read newest first", labelledLately},
		{"the audit log is ledger and events by time, each row once", auditMerges},
	}
	for _, promise := range promises {
		t.Run(promise.name, func(t *testing.T) {
			store := open(t)
			promise.test(t, store)
			clean(t, store)
		})
	}
}

// clean fails the test where the doctor finds a difference.
func clean(t testing.TB, store Store) {
	t.Helper()
	differences, err := store.Doctor(context.Background())
	if err != nil {
		t.Fatalf("doctor: %v", err)
	}
	for _, difference := range differences {
		t.Errorf("doctor: %s", difference)
	}
}
