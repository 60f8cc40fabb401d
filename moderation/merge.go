package moderation

import (
	"context"
	"time"
)

// Merge moves everything of one topic into another.
type Merge struct {
	ID         int64 // the store's number; 0 before
	From, Into string
	Opposite   bool // the claim of Into says the opposite of that of From
	Actor      string
	At         time.Time
	Undone     bool
}

// Limits of merging.
const (
	MergeSample = 5  // labelled comments of each topic that are shown before
	shownMerges = 20 // of the latest merges
)

// mergeStore merges topics, each merge in one transaction.
type mergeStore interface {
	// MergeTopics moves the articles and answers their comments anew. Where the claims are opposites, sides for and against change places.
	// Comments with a standing stance label get an entry of KindSame or KindOpposite. The emptied topic stays.
	MergeTopics(ctx context.Context, merge Merge, rescore Rescore) error
	// UndoMerge moves back the articles that are still where the merge put them, with the sides they had, and cancels the entries of their
	// comments. Busy where somebody labelled the stance of one of them since, or where the topic was merged on and that stands; NotFound where
	// there is no such merge or it was undone.
	UndoMerge(ctx context.Context, id int64, actor string, at time.Time, rescore Rescore) error
	// Merges lists merges that are not undone, the latest first.
	Merges(ctx context.Context, limit int) ([]Merge, error)
	// StanceLabelled is up to limit comments of a topic that have a stance label, favor or against.
	StanceLabelled(ctx context.Context, topic string, limit int) ([]Stored, error)
}

// MergeTopics merges two topics: see mergeStore.
func (s *Service) MergeTopics(ctx context.Context, from, into string, opposite bool, actor string) error {
	if from == into {
		return Invalid("a topic is merged into another one")
	}
	return s.store.MergeTopics(ctx, Merge{From: from, Into: into, Opposite: opposite, Actor: actor, At: s.now()}, s.Rescore)
}

// UndoMerge undoes a merge: see mergeStore.
func (s *Service) UndoMerge(ctx context.Context, id int64, actor string) error {
	return s.store.UndoMerge(ctx, id, actor, s.now(), s.Rescore)
}

// Merges lists the latest merges that are not undone.
func (s *Service) Merges(ctx context.Context) ([]Merge, error) {
	return s.store.Merges(ctx, shownMerges)
}

// StanceLabelled is a few comments of a topic with a stance label, to compare two topics by.
func (s *Service) StanceLabelled(ctx context.Context, topic string) ([]Stored, error) {
	return s.store.StanceLabelled(ctx, topic, MergeSample)
}
