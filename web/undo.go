package web

import (
	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

// undoable is what z undoes: on a comment that is not pending the user's own last act on it, except right after another act; else the last one that
// stands anywhere. nil where there is none.
func (s *Server) undoable(c echo.Context, page view.Queue) (*view.Undo, error) {
	if !page.MayAct() {
		return nil, nil
	}
	justActed := page.Toast != nil && page.Toast.Undoes()
	if !justActed && page.Comment != nil && page.Comment.Status != string(moderation.Pending) {
		if own := page.Comment.UndoOf(userOf(c).Name); own != nil {
			return own, nil
		}
	}
	last, err := s.options.Service.LastAct(c.Request().Context(), userOf(c).Name)
	if moderation.ErrorCode(err) == moderation.CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return view.NewUndo(s.local(c), last), nil
}

// undone says what no longer counts.
func (s *Server) undone(c echo.Context, undo moderation.Entry) string {
	entry, err := s.options.Service.Cancelled(c.Request().Context(), undo)
	if err != nil {
		return s.t(c, "bar.undone")
	}
	return s.t(c, "bar.undone_what", "what", view.Done(s.local(c), entry))
}
