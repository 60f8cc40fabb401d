package moderation

import (
	"context"
	"time"

	"commentdesk/classifier"
)

// Store is everything the service needs of a store: the sum of the small interfaces that stand beside their use.
type Store interface {
	submitStore
	queueStore
	actStore
	topicStore
	mergeStore
	suggestStore
	auditStore
	watchStore
	waitStore
	authorStore
	noteStore
	alikeStore
	precedentStore
	oldTextStore
	evidenceStore
	reasonStore
	savedViewStore
	settingStore
}

// Champion hands out the model in use. The pointer may change between calls; a model never does.
type Champion interface {
	Model() *classifier.Model
	// ModelAt is the model that was in use then, NotFound where none was; Invalid where this version of the program cannot serve it any more.
	ModelAt(ctx context.Context, then time.Time) (*classifier.Model, error)
}

// Service is what web and command line call.
type Service struct {
	store    Store
	champion Champion
	policy   Policy
	now      func() time.Time
}

// NewService wires the service. now is the clock; tests move it.
func NewService(store Store, champion Champion, now func() time.Time) *Service {
	return &Service{store: store, champion: champion, now: now}
}
