package moderation

import (
	"context"
	"unicode/utf8"
)

// Limits of saved views.
const (
	MaxSavedViews    = 20 // of one user
	MaxSavedViewName = 40 // characters
)

// SavedView is a filter that a user keeps under a name.
type SavedView struct {
	ID     int64
	Name   string
	Status Status // "" for any
	Query  string // see ParseFilter
	Order  Order
}

// savedViewStore keeps each user's views.
type savedViewStore interface {
	// SavedViews is the user's views by name.
	SavedViews(ctx context.Context, user string) ([]SavedView, error)
	// SaveView keeps the view under its name; one of that name, case aside, is replaced. Invalid where the user has limit others already.
	SaveView(ctx context.Context, user string, view SavedView, limit int) error
	// DropView forgets one of the user's own views; NotFound where there is none of that id.
	DropView(ctx context.Context, user string, id int64) error
}

// SavedViews is the user's views by name.
func (s *Service) SavedViews(ctx context.Context, user string) ([]SavedView, error) {
	return s.store.SavedViews(ctx, user)
}

// SaveView keeps a view under its name; one of that name is replaced.
func (s *Service) SaveView(ctx context.Context, user string, view SavedView) error {
	view.Name = tidyName(view.Name)
	if view.Name == "" || utf8.RuneCountInString(view.Name) > MaxSavedViewName {
		return Invalid("a view has a name of 1 to %d characters", MaxSavedViewName)
	}
	if _, err := ParseFilter(view.Query); err != nil {
		return err
	}
	order, err := ParseOrder(string(view.Order))
	if err != nil {
		return err
	}
	view.Order = order
	return s.store.SaveView(ctx, user, view, MaxSavedViews)
}

// DropView forgets one of the user's own views.
func (s *Service) DropView(ctx context.Context, user string, id int64) error {
	return s.store.DropView(ctx, user, id)
}
