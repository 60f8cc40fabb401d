package moderation

import (
	"context"

	"commentdesk/classifier"
)

// Limits of what stands beside a comment about its author.
const (
	AuthorLimit = 500 // comments that are counted, the newest ones
	authorLast  = 5   // comments that are shown
)

// AuthorRecord is what the desk knows of who writes under one name. The zero value stands for a reader without a name.
type AuthorRecord struct {
	Name     string
	Counted  int // comments counted, at most AuthorLimit; the one under review is among them
	Statuses map[Status]int
	Labels   map[classifier.Axis]map[string]int // standing labels an axis and answer
	Last     []Stored                           // the newest others, newest first
}

// authorStore looks up authors by name.
type authorStore interface {
	// Author counts the newest comments under a name, at most limit, and shows the last of them but for the one named except. Article bodies
	// and leases are left out.
	Author(ctx context.Context, name string, except int64, limit, last int) (AuthorRecord, error)
	// HasAuthor tells whether there is a comment under that name, in any case.
	HasAuthor(ctx context.Context, name string) (bool, error)
}

// HasAuthor tells whether there is a comment under that name, in any case.
func (s *Service) HasAuthor(ctx context.Context, name string) (bool, error) {
	return s.store.HasAuthor(ctx, name)
}

// author is the record of the comment's author.
func (s *Service) author(ctx context.Context, c Stored) (AuthorRecord, error) {
	if c.Author == "" {
		return AuthorRecord{}, nil
	}
	return s.store.Author(ctx, c.Author, c.ID, AuthorLimit, authorLast)
}
