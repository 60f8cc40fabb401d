package learn

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"commentdesk/classifier"
	"commentdesk/classifier/feature"
	"commentdesk/classifier/registry"
	"commentdesk/moderation"
)

// Champion holds the model in use. Reading it never waits; a promotion swaps the pointer.
type Champion struct {
	store   modelStore
	starter registry.Files
	current atomic.Pointer[serving]
	opening sync.Mutex // one Refresh at a time, so that the later one stays
}

// serving is what was made of the store's champion.
type serving struct {
	champion string // the store's
	model    *classifier.Model
	setAside string // why the starter serves instead, "" where it does not
}

// OpenChampion opens the store's champion. A store without one gets the starter. A champion that this version cannot serve is set aside: the
// starter serves, and SetAside says why.
func OpenChampion(ctx context.Context, store modelStore, starter registry.Files, at Clock) (*Champion, error) {
	c := &Champion{store: store, starter: starter}
	id, err := store.ChampionID(ctx)
	if err != nil {
		return nil, err
	}
	if id == "" {
		if err := c.installStarter(ctx, at); err != nil {
			return nil, err
		}
	}
	return c, c.Refresh(ctx)
}

// installStarter puts the shipped model into an empty store and promotes it.
func (c *Champion) installStarter(ctx context.Context, at Clock) error {
	manifest, err := registry.ReadManifest(c.starter.Manifest)
	if err != nil {
		return fmt.Errorf("starter: %w", err)
	}
	record := ModelRecord{ID: manifest.ID, State: StateRetired, CreatedAt: at(), CreatedBy: "commentdesk", Reason: "the starter"}
	if err := c.store.SaveModel(ctx, record, c.starter); err != nil {
		return err
	}
	return c.store.Promote(ctx, Promotion{ID: manifest.ID, Actor: "commentdesk", Reason: "the starter", At: at()})
}

// Model is the model in use.
func (c *Champion) Model() *classifier.Model { return c.current.Load().model }

// SetAside says why the starter serves instead of the stored champion, "" where it does not.
func (c *Champion) SetAside() string { return c.current.Load().setAside }

// Refresh opens the store's champion if it is not the one in use: another process may have promoted.
func (c *Champion) Refresh(ctx context.Context) error {
	c.opening.Lock()
	defer c.opening.Unlock()
	id, err := c.store.ChampionID(ctx)
	if err != nil {
		return err
	}
	if now := c.current.Load(); now != nil && now.champion == id {
		return nil
	}
	files, err := c.store.ModelFiles(ctx, id)
	if err != nil {
		return err
	}
	next := &serving{champion: id}
	if next.model, err = openServable(files); err != nil {
		next.setAside = fmt.Sprintf("champion %.8s is set aside, the starter serves: %v", id, err)
		if next.model, _, err = registry.Open(c.starter); err != nil {
			return fmt.Errorf("starter: %w", err)
		}
	}
	c.current.Store(next)
	return nil
}

// ModelAt is the model that was in use then: see moderation.Champion. A model that was set aside then is not told from one that served.
func (c *Champion) ModelAt(ctx context.Context, then time.Time) (*classifier.Model, error) {
	id, err := c.store.ChampionAt(ctx, then)
	if err != nil {
		return nil, err
	}
	if id == "" {
		return nil, moderation.NotFound("no model was in use then")
	}
	if now := c.current.Load(); now.champion == id && now.setAside == "" {
		return now.model, nil
	}
	files, err := c.store.ModelFiles(ctx, id)
	if err != nil {
		return nil, err
	}
	model, err := openServable(files)
	if err != nil {
		return nil, moderation.Invalid("this version cannot open model %.8s any more: %v", id, err)
	}
	return model, nil
}

// openServable opens a model whose chain this version knows.
func openServable(files registry.Files) (*classifier.Model, error) {
	manifest, err := registry.ReadManifest(files.Manifest)
	if err != nil {
		return nil, err
	}
	if _, err := feature.Find(manifest.Chain); err != nil {
		return nil, err
	}
	model, _, err := registry.Open(files)
	return model, err
}

var _ moderation.Champion = (*Champion)(nil)
