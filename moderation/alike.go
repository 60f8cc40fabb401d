package moderation

import "context"

const (
	// AlikeLimit is how many near-duplicates are counted beside a comment.
	AlikeLimit = 200
	alikeShown = 20
	alikeScan  = 5000 // near-duplicates among which those that wait are looked for, to decide them together
)

// Alike is the near-duplicates of a comment, itself left out.
type Alike struct {
	Count    int
	More     bool // there are others, or may be
	Articles int  // how many articles they stand under
	Pending  int
	First    []Stored // the newest, those that wait first
}

// AlikeRow is one near-duplicate.
type AlikeRow struct {
	ID        int64
	ArticleID string
	Status    Status
}

// alikeStore finds near-duplicates by the likeness that was stored with each text.
type alikeStore interface {
	// Alike is the comments that are like it but for the one named except, newest first, at most limit; more says that there may be others,
	// newer ones too.
	Alike(ctx context.Context, likeness Likeness, except int64, limit int) (rows []AlikeRow, more bool, err error)
	// ByID is those of the comments that there are, in the order of the ids given. Article bodies are left out.
	ByID(ctx context.Context, ids []int64) ([]Stored, error)
	// TakeLikeness stores the likeness of up to limit comments that arrived before likenesses were stored, and returns how many are left.
	TakeLikeness(ctx context.Context, limit int) (left int64, err error)
}

// likenessBatch is how many comments get their likeness in one transaction, so that nobody waits long for it.
const likenessBatch = 200

// TakeLikeness stores the likeness of a few comments that arrived before likenesses were stored, and returns how many are left.
func (s *Service) TakeLikeness(ctx context.Context) (left int64, err error) {
	return s.store.TakeLikeness(ctx, likenessBatch)
}

// alike counts near-duplicates and shows the first of them.
func (s *Service) alike(ctx context.Context, rows []AlikeRow, more bool) (Alike, error) {
	a := Alike{Count: len(rows), More: more}
	articles := map[string]bool{}
	for _, row := range rows {
		articles[row.ArticleID] = true
		if row.Status == Pending {
			a.Pending++
		}
	}
	a.Articles = len(articles)
	var err error
	if first := pendingFirst(rows, alikeShown); len(first) > 0 {
		a.First, err = s.store.ByID(ctx, first)
	}
	return a, err
}

// pendingFirst is the ids of up to limit rows, those that wait before the others.
func pendingFirst(rows []AlikeRow, limit int) (ids []int64) {
	for _, waits := range []bool{true, false} {
		for _, row := range rows {
			if (row.Status == Pending) == waits && len(ids) < limit {
				ids = append(ids, row.ID)
			}
		}
	}
	return ids
}

// AlikePending is the comment and its near-duplicates, as far as they wait: the comment first, then the newest, at most MaxBulk. more says
// that others wait too.
func (s *Service) AlikePending(ctx context.Context, commentID int64) (comment Stored, pending []Stored, more bool, err error) {
	if comment, err = s.Comment(ctx, commentID); err != nil {
		return Stored{}, nil, false, err
	}
	rows, more, err := s.store.Alike(ctx, LikenessOf(comment.Text), commentID, alikeScan)
	if err != nil {
		return Stored{}, nil, false, err
	}
	var ids []int64
	if comment.State.Status == Pending {
		ids = append(ids, commentID)
	}
	for _, row := range rows {
		if row.Status == Pending {
			ids = append(ids, row.ID)
		}
	}
	if len(ids) > MaxBulk {
		ids, more = ids[:MaxBulk], true
	}
	pending, err = s.store.ByID(ctx, ids)
	return comment, pending, more, err
}

// ByID is those of the comments that there are, in the order of the ids given.
func (s *Service) ByID(ctx context.Context, ids []int64) ([]Stored, error) {
	return s.store.ByID(ctx, ids)
}
