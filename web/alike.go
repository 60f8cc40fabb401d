package web

import (
	"crypto/rand"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/web/view"
)

// alike shows what waits and is like a comment, before it is decided in one go.
func (s *Server) alike(c echo.Context) error {
	return s.renderAlike(c, http.StatusOK, view.ParsePlace(c.QueryParams()), nil)
}

func (s *Server) renderAlike(c echo.Context, status int, place view.Place, notice *view.Notice) error {
	id, err := commentOf(c)
	if err != nil {
		return err
	}
	_, pending, more, err := s.options.Service.AlikePending(c.Request().Context(), id)
	if err != nil {
		return err
	}
	page := view.NewAlike(s.frame(c, "queue", s.t(c, "alike.title")), place, id, pending, more, rand.Text())
	page.Notice, page.Reason = noticeOf(notice, page.Frame), c.FormValue("reason")
	if page.Why, err = s.why(c, "group", true); err != nil {
		return err
	}
	return s.render(c, status, page)
}

// decideAlike decides the comments chosen, each by itself.
func (s *Server) decideAlike(c echo.Context) error {
	bulk, err := readAlike(c)
	if err != nil {
		return err
	}
	place := view.ParsePlaceQuery(c.FormValue("place"))
	var result moderation.BulkResult
	err = s.giveReasonToAll(c, &bulk)
	if err == nil {
		result, err = s.decideAll(c, bulk)
	}
	if moderation.ErrorCode(err) == moderation.CodeInvalid && !wantsJSON(c) {
		return s.renderAlike(c, http.StatusBadRequest, place, &view.Notice{Alarm: true, Title: sentence(s.local(c), err)})
	}
	if err != nil {
		return err
	}
	if len(result.Left) == 0 {
		return c.Redirect(http.StatusSeeOther, place.Next().URL())
	}
	return s.renderLeft(c, place, bulk, result)
}

// renderLeft says what was done and lists what was left.
func (s *Server) renderLeft(c echo.Context, place view.Place, bulk moderation.Bulk, result moderation.BulkResult) error {
	ids := make([]int64, len(result.Left))
	for i, l := range result.Left {
		ids[i] = l.CommentID
	}
	comments, err := s.options.Service.ByID(c.Request().Context(), ids)
	if err != nil {
		return err
	}
	page := view.Alike{Frame: s.frame(c, "queue", s.t(c, "alike.title")), Place: place, Left: view.NewAlikeLeft(s.local(c), result.Left, comments, place),
		Notice: view.GroupNotice(s.local(c), len(result.Done), len(result.Left), bulk.Decision)}
	if len(result.Done) > 0 {
		page.Undo = view.NewUndo(page.Local, result.Done[0])
	}
	return s.render(c, http.StatusConflict, page)
}

func commentOf(c echo.Context) (int64, error) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil || id <= 0 {
		return 0, moderation.NotFound("no comment of that number")
	}
	return id, nil
}

// readAlike reads the form of a group decision. It labels nothing but what a reason implies: see giveReasonToAll.
func readAlike(c echo.Context) (moderation.Bulk, error) {
	form, err := c.FormParams()
	if err != nil {
		return moderation.Bulk{}, moderation.Invalid("the form cannot be read")
	}
	comments, err := readSeen(form["member"])
	return moderation.Bulk{ID: form.Get("group"), Comments: comments, Actor: userOf(c).Name, Decision: moderation.Decision(form.Get("decision")),
		Labels: map[classifier.Axis]string{}, Reason: moderation.Clean(strings.TrimSpace(form.Get("reason")))}, err
}
