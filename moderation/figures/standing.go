package figures

import "commentdesk/moderation"

// standing tells which of the deeds, seen newest first, still count: what was undone does not. It agrees with moderation.Fold.
type standing struct {
	cancelled map[int64]bool // positions
	settled   map[int64]bool // comments whose status is known
}

func newStanding() *standing { return &standing{map[int64]bool{}, map[int64]bool{}} }

// counts reports whether the deed is an act that was not undone.
func (s *standing) counts(d Deed) bool {
	if d.Entry.Kind == moderation.KindUndo {
		s.cancelled[d.Entry.Cancels] = true
	}
	return d.Entry.Kind == moderation.KindAct && !s.cancelled[d.Entry.Position]
}

// decides reports whether the deed is the decision that gave its comment the status it has. It is asked about every deed.
func (s *standing) decides(d Deed) bool {
	counts := s.counts(d)
	if s.settled[d.Entry.CommentID] {
		return false
	}
	decides := counts && d.Entry.Decision != ""
	if decides || d.Entry.Kind == moderation.KindText {
		s.settled[d.Entry.CommentID] = true
	}
	return decides
}
