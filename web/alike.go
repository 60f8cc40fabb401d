package web

import (
	"crypto/rand"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
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
	page := view.NewAlike(s.frame(c, "queue", "Near-duplicates"), place, id, pending, more, moderation.GroupID(rand.Text()))
	page.Notice, page.Reason = noticeOf(notice, page.Frame), c.FormValue("reason")
	return s.render(c, status, page)
}

// decideAlike decides the comments chosen, each by itself.
func (s *Server) decideAlike(c echo.Context) error {
	group, err := readGroup(c)
	if err != nil {
		return err
	}
	place := view.ParsePlaceQuery(c.FormValue("place"))
	result, err := s.options.Service.DecideGroup(c.Request().Context(), group)
	if moderation.ErrorCode(err) == moderation.CodeInvalid && !wantsJSON(c) {
		return s.renderAlike(c, http.StatusBadRequest, place, &view.Notice{Alarm: true, Title: view.Sentence(err.Error())})
	}
	if err != nil {
		return err
	}
	if len(result.Done) > 0 {
		s.say(c, view.Toast{Text: view.Sentence(view.GroupDid(len(result.Done), group.Decision)), ActionID: group.ID})
	}
	if len(result.Left) == 0 {
		return c.Redirect(http.StatusSeeOther, place.Next().URL())
	}
	return s.renderLeft(c, place, group, result)
}

// renderLeft says what was done and lists what was left.
func (s *Server) renderLeft(c echo.Context, place view.Place, group moderation.Group, result moderation.GroupResult) error {
	ids := make([]int64, len(result.Left))
	for i, l := range result.Left {
		ids[i] = l.CommentID
	}
	comments, err := s.options.Service.ByID(c.Request().Context(), ids)
	if err != nil {
		return err
	}
	page := view.Alike{Frame: s.frame(c, "queue", "Near-duplicates"), Place: place, Left: view.NewAlikeLeft(result.Left, comments, place, s.options.Now()),
		Notice: view.GroupNotice(len(result.Done), len(result.Left), group.Decision), Undo: s.undoable(c)}
	return s.render(c, http.StatusConflict, page)
}

// undoGroup cancels what a group decision did and shows the comment at the place again.
func (s *Server) undoGroup(c echo.Context, groupID string, place view.Place) error {
	user := userOf(c)
	result, err := s.options.Service.UndoGroup(c.Request().Context(), groupID, user.Name, user.Role.AtLeast(account.Editor))
	if err != nil {
		return err
	}
	if len(result.Done) == 0 && len(result.Left) > 0 && moderation.ErrorCode(result.Left[0].Err) == moderation.CodeForbidden {
		return result.Left[0].Err
	}
	s.say(c, view.Toast{Text: view.GroupUndone(len(result.Done), len(result.Left))})
	for _, entry := range result.Done { // the comment that was on screen, else any of them
		if seen := func(step view.Step) bool { return step.ID == entry.CommentID }; slices.ContainsFunc(place.Back, seen) {
			return c.Redirect(http.StatusSeeOther, place.At(entry.CommentID).URL())
		}
	}
	if len(result.Done) > 0 {
		place = place.At(result.Done[0].CommentID)
	}
	return c.Redirect(http.StatusSeeOther, place.URL())
}

func commentOf(c echo.Context) (int64, error) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil || id <= 0 {
		return 0, moderation.NotFound("no comment of that number")
	}
	return id, nil
}

// readGroup reads the form of a group decision; a member is a comment's id and the revision seen, parted by a dot.
func readGroup(c echo.Context) (moderation.Group, error) {
	form, err := c.FormParams()
	if err != nil {
		return moderation.Group{}, err
	}
	group := moderation.Group{ID: form.Get("group"), Actor: userOf(c).Name, Decision: moderation.Decision(form.Get("decision")),
		Reason: moderation.Clean(strings.TrimSpace(form.Get("reason")))}
	for _, member := range form["member"] {
		id, revision, _ := strings.Cut(member, ".")
		m := moderation.Member{}
		if m.CommentID, err = strconv.ParseInt(id, 10, 64); err == nil {
			m.Revision, err = strconv.ParseInt(revision, 10, 64)
		}
		if err != nil {
			return moderation.Group{}, moderation.Invalid("a comment is named in a way that makes no sense")
		}
		group.Members = append(group.Members, m)
	}
	return group, nil
}
