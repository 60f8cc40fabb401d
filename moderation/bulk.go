package moderation

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"commentdesk/classifier"
)

// Limits of what is done at once.
const (
	MaxBulk   = 200 // comments
	MaxBulkID = 40  // bytes, so that a comment's number fits behind it in an action's id
)

// Seen is a comment in the state in which the person saw it.
type Seen struct {
	CommentID int64
	Revision  int64
}

// Bulk does one thing to many comments, each by itself: an action of its own a comment, which can be undone by itself or with the others.
type Bulk struct {
	ID       string // made by the client, without a full stop; sending it twice acts once
	Comments []Seen
	Actor    string
	Labels   map[classifier.Axis]string // only what the person set for all of them
	Decision Decision
	Reason   string
}

// Left is a comment that was left as it is: Err is a *Conflict or an Error.
type Left struct {
	CommentID int64
	Err       error
}

// BulkResult is what became of each comment: every one is in one of the two.
type BulkResult struct {
	Done []Entry
	Left []Left
}

// bulkMark stands between a bulk's id and the comment's number in an action's id.
const bulkMark = "."

// BulkPrefix is how the ids of a bulk's actions begin.
func BulkPrefix(bulkID string) string { return bulkID + bulkMark }

// BulkOf is the id of the bulk that the act was done in, "" where it was done by itself. Ids of acts come from outside as well, so that a full stop
// alone tells nothing.
func BulkOf(act Entry) string {
	bulkID, number, _ := strings.Cut(act.ActionID, bulkMark)
	if number != strconv.FormatInt(act.CommentID, 10) || checkBulkID(bulkID) != nil {
		return ""
	}
	return bulkID
}

func checkBulkID(id string) error {
	if id == "" || len(id) > MaxBulkID || !utf8.ValidString(id) || strings.Contains(id, bulkMark) {
		return Invalid("what is done at once needs an id of 1 to %d bytes without a full stop", MaxBulkID)
	}
	return nil
}

// Validate says what is wrong with the bulk as a whole, nil when nothing is.
func (b Bulk) Validate() error {
	if err := checkBulkID(b.ID); err != nil {
		return err
	}
	if len(b.Comments) == 0 || len(b.Comments) > MaxBulk {
		return Invalid("1 to %d comments can be done at once", MaxBulk)
	}
	named := map[int64]bool{}
	for _, seen := range b.Comments {
		if err := b.action(seen).Validate(); err != nil {
			return err
		}
		if named[seen.CommentID] {
			return Invalid("comment %d was named twice", seen.CommentID)
		}
		named[seen.CommentID] = true
	}
	return nil
}

func (b Bulk) action(seen Seen) Action {
	return Action{ID: BulkPrefix(b.ID) + strconv.FormatInt(seen.CommentID, 10), CommentID: seen.CommentID, Revision: seen.Revision, Actor: b.Actor,
		By: ByPerson, Labels: b.Labels, Decision: b.Decision, Reason: b.Reason}
}

// ActAll acts on each comment by itself. A comment that somebody changed meanwhile, or that is not there, is left and named; the others are done.
func (s *Service) ActAll(ctx context.Context, bulk Bulk) (BulkResult, error) {
	bulk.Actor, bulk.Reason = Clean(bulk.Actor), Clean(bulk.Reason)
	if err := bulk.Validate(); err != nil {
		return BulkResult{}, err
	}
	var result BulkResult
	for _, seen := range bulk.Comments {
		entry, err := s.Act(ctx, bulk.action(seen))
		if err := result.take(seen.CommentID, entry, err); err != nil {
			return result, err
		}
	}
	return result, nil
}

// UndoAll undoes each action of a bulk by itself, but those that were undone before. A comment on which somebody acted after it is left and named.
// NotFound where nothing was done under that id.
func (s *Service) UndoAll(ctx context.Context, bulkID, actor string, mayUndoOthers bool) (BulkResult, error) {
	if err := checkBulkID(bulkID); err != nil {
		return BulkResult{}, err
	}
	acts, err := s.store.ActsOf(ctx, BulkPrefix(bulkID), MaxBulk)
	if err != nil {
		return BulkResult{}, err
	}
	if len(acts) == 0 {
		return BulkResult{}, NotFound("nothing was done under that id")
	}
	var result BulkResult
	for _, act := range acts {
		if act.Undone || act.ActionID != BulkPrefix(bulkID)+strconv.FormatInt(act.CommentID, 10) {
			continue
		}
		entry, err := s.Undo(ctx, act.ActionID, actor, mayUndoOthers)
		if err := result.take(act.CommentID, entry, err); err != nil {
			return result, err
		}
	}
	return result, nil
}

// take notes what became of one comment and hands back a failure that is nobody's choice.
func (r *BulkResult) take(commentID int64, entry Entry, err error) error {
	var conflict *Conflict
	switch {
	case err == nil:
		r.Done = append(r.Done, entry)
	case errors.As(err, &conflict), ErrorCode(err) != "":
		r.Left = append(r.Left, Left{commentID, err})
	default:
		return err
	}
	return nil
}
