package moderation

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Limits of a group decision.
const (
	MaxGroup   = 200 // comments; each is shown before it is decided
	MaxGroupID = 40  // bytes
)

// groupPrefix begins the id of every group, so that an undo tells a group from a single action.
const groupPrefix = "group-"

// Member is one comment of a group decision, with the revision that the person saw.
type Member struct {
	CommentID int64
	Revision  int64
}

// Group is one decision on several comments. It labels nothing.
type Group struct {
	ID       string // NewGroupID's; sending it twice acts once
	Members  []Member
	Actor    string
	Decision Decision
	Reason   string
}

// Left is a comment that a group decision, or its undo, left as it is, and why: a *Conflict or an *Error.
type Left struct {
	CommentID int64
	Err       error
}

// GroupResult is what a group decision, or its undo, did.
type GroupResult struct {
	Done []Entry
	Left []Left
}

// groupStore remembers which comments a group decision was about.
type groupStore interface {
	// KeepGroup adds the comments to the group of that id.
	KeepGroup(ctx context.Context, groupID string, commentIDs []int64) error
	// GroupMembers is the comments of a group in order of arrival; none where there is no such group.
	GroupMembers(ctx context.Context, groupID string) ([]int64, error)
}

// GroupID is the id of a group that the unique text makes.
func GroupID(unique string) string { return groupPrefix + unique }

// IsGroup reports whether an id is a group's and not a single action's.
func IsGroup(id string) bool { return strings.HasPrefix(id, groupPrefix) && !strings.Contains(id, ".") }

// memberAction is the id of a group's action on one comment.
func memberAction(groupID string, commentID int64) string {
	return fmt.Sprintf("%s.%d", groupID, commentID)
}

func (g Group) validate() error {
	switch {
	case !IsGroup(g.ID) || len(g.ID) > MaxGroupID:
		return Invalid("a group needs an id that begins with %s, of at most %d bytes", groupPrefix, MaxGroupID)
	case len(g.Members) == 0:
		return Invalid("nothing is chosen")
	case len(g.Members) > MaxGroup:
		return Invalid("a group has at most %d comments", MaxGroup)
	case g.Decision == "":
		return Invalid("a group needs a decision")
	}
	named := map[int64]bool{}
	for _, m := range g.Members {
		if named[m.CommentID] {
			return Invalid("comment %d is named twice", m.CommentID)
		}
		named[m.CommentID] = true
		action := Action{ID: memberAction(g.ID, m.CommentID), CommentID: m.CommentID, Revision: m.Revision, Actor: g.Actor, Decision: g.Decision, Reason: g.Reason}
		if err := action.Validate(); err != nil {
			return err
		}
	}
	return nil
}

// DecideGroup decides each comment by itself, as Act does. What somebody else changed meanwhile is left and named; the others are done.
func (s *Service) DecideGroup(ctx context.Context, g Group) (GroupResult, error) {
	g.Actor, g.Reason = Clean(g.Actor), Clean(g.Reason)
	if err := g.validate(); err != nil {
		return GroupResult{}, err
	}
	ids := make([]int64, len(g.Members))
	for i, m := range g.Members {
		ids[i] = m.CommentID
	}
	if err := s.store.KeepGroup(ctx, g.ID, ids); err != nil {
		return GroupResult{}, err
	}
	var result GroupResult
	for _, m := range g.Members {
		entry, err := s.Act(ctx, Action{ID: memberAction(g.ID, m.CommentID), CommentID: m.CommentID, Revision: m.Revision, Actor: g.Actor,
			Decision: g.Decision, Reason: g.Reason})
		if err := result.take(m.CommentID, entry, err); err != nil {
			return result, err
		}
	}
	return result, nil
}

// UndoGroup cancels each action of a group that was done. NotFound where there is no such group.
func (s *Service) UndoGroup(ctx context.Context, groupID, actor string, mayUndoOthers bool) (GroupResult, error) {
	ids, err := s.store.GroupMembers(ctx, groupID)
	if err != nil {
		return GroupResult{}, err
	}
	if len(ids) == 0 {
		return GroupResult{}, NotFound("no group %.40q", groupID)
	}
	var result GroupResult
	for _, id := range ids {
		entry, err := s.Undo(ctx, memberAction(groupID, id), actor, mayUndoOthers)
		if ErrorCode(err) == CodeNotFound {
			continue // it was left when the group was decided
		}
		if err := result.take(id, entry, err); err != nil {
			return result, err
		}
	}
	return result, nil
}

// take notes how it went with one comment; what is no refusal of this comment alone is returned.
func (r *GroupResult) take(commentID int64, entry Entry, err error) error {
	var conflict *Conflict
	switch {
	case err == nil:
		r.Done = append(r.Done, entry)
	case errors.As(err, &conflict) || ErrorCode(err) != "":
		r.Left = append(r.Left, Left{commentID, err})
	default:
		return err
	}
	return nil
}
