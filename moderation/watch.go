package moderation

import "context"

// watchStore tells cheaply whether something changed since a page was shown, in this process or another.
type watchStore interface {
	// LedgerEnd is the position of the newest entry, 0 for an empty ledger.
	LedgerEnd(ctx context.Context) (int64, error)
	// Revisions is the revision of each comment; unknown ones are missing.
	Revisions(ctx context.Context, commentIDs []int64) (map[int64]int64, error)
}

// LedgerEnd is the position of the newest entry.
func (s *Service) LedgerEnd(ctx context.Context) (int64, error) { return s.store.LedgerEnd(ctx) }

// Revisions is the revision of each comment; unknown ones are missing.
func (s *Service) Revisions(ctx context.Context, commentIDs []int64) (map[int64]int64, error) {
	return s.store.Revisions(ctx, commentIDs)
}

// Later is what happened to the comment after the revision that somebody saw: the last entry that stands, else the newest; nil for nothing.
func (s *Service) Later(ctx context.Context, commentID, seen int64) (*Entry, error) {
	entries, err := s.store.History(ctx, commentID)
	if err != nil {
		return nil, err
	}
	last := LastStanding(entries)
	if last == nil || last.Revision <= seen {
		if len(entries) == 0 || entries[len(entries)-1].Revision <= seen {
			return nil, nil
		}
		last = &entries[len(entries)-1]
	}
	return last, nil
}
