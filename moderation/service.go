package moderation

import (
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
	authorStore
	noteStore
	alikeStore
	precedentStore
	oldTextStore
	reasonStore
	savedViewStore
	settingStore
}

// Champion hands out the model in use. The pointer may change between calls; a model never does.
type Champion interface {
	Model() *classifier.Model
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
