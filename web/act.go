package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/web/view"
)

// onlyLabels is the form's value for keeping labels without a decision.
const onlyLabels = "label"

// act does what the form on the queue page says and goes on to the next comment.
func (s *Server) act(c echo.Context) error {
	if err := sameUser(c); err != nil {
		return err
	}
	action, err := readAction(c)
	if err != nil {
		return err
	}
	place := view.ParsePlaceQuery(c.FormValue("place"))
	place.ID = action.CommentID
	reason, err := s.givenReason(c, action.Decision)
	action.Reason = reason.With(action.Reason)
	label(action.Labels, reason)
	var entry moderation.Entry
	if err == nil {
		entry, err = s.options.Service.Act(c.Request().Context(), action)
	}
	var conflict *moderation.Conflict
	switch {
	case errors.As(err, &conflict) && wantsJSON(c):
		return c.JSON(http.StatusConflict, view.NewRefused(s.local(c), conflict))
	case errors.As(err, &conflict):
		return s.renderQueue(c, http.StatusConflict, place, view.NewConflict(s.local(c), conflict, s.t(c, "queue.not_saved", "wanted", view.Wanted(s.local(c), action))))
	case refusal(c, err) != nil:
		return s.renderQueue(c, statuses[moderation.ErrorCode(err)], place, refusal(c, err))
	case err != nil:
		return err
	}
	if action.Decision == moderation.Reject {
		s.sessions.Put(c.Request().Context(), keyWhy, c.FormValue("reason_id"))
	}
	told := s.changeTold(c, action)
	s.say(c, view.Toast{Text: view.Done(s.local(c), entry) + told, ActionID: entry.ActionID})
	if wantsJSON(c) {
		return c.JSON(http.StatusOK, view.NewSaved(s.local(c), entry, told))
	}
	return c.Redirect(http.StatusSeeOther, place.Next().URL())
}

func readAction(c echo.Context) (moderation.Action, error) {
	id, err := strconv.ParseInt(c.FormValue("comment"), 10, 64)
	if err != nil {
		return moderation.Action{}, moderation.Invalid("no comment named")
	}
	revision, err := strconv.ParseInt(c.FormValue("revision"), 10, 64)
	if err != nil {
		return moderation.Action{}, moderation.Invalid("no revision named")
	}
	action := moderation.Action{
		ID: c.FormValue("action"), CommentID: id, Revision: revision, ClaimID: c.FormValue("claim"), Actor: userOf(c).Name, By: moderation.ByPerson,
		Labels: map[classifier.Axis]string{}, Reason: moderation.Clean(strings.TrimSpace(c.FormValue("reason"))),
	}
	if decision := c.FormValue("decision"); decision != onlyLabels {
		action.Decision = moderation.Decision(decision)
	}
	for _, axis := range classifier.Axes {
		if answer := c.FormValue(string(axis)); answer != "" {
			action.Labels[axis] = answer
		}
	}
	return action, nil
}

// undo cancels an action and shows its comment again.
func (s *Server) undo(c echo.Context) error {
	if err := sameUser(c); err != nil {
		return err
	}
	user := userOf(c)
	place := view.ParsePlaceQuery(c.FormValue("place"))
	if bulkID := c.FormValue("bulk"); bulkID != "" {
		return s.undoBulk(c, place, bulkID)
	}
	actionID := c.FormValue("action")
	entry, err := s.options.Service.Undo(c.Request().Context(), actionID, user.Name, user.Role.AtLeast(account.Editor))
	var conflict *moderation.Conflict
	if errors.As(err, &conflict) && wantsJSON(c) {
		return c.JSON(http.StatusConflict, view.NewRefused(s.local(c), conflict))
	}
	if errors.As(err, &conflict) {
		return s.renderQueue(c, http.StatusConflict, place.At(conflict.CommentID), view.NewConflict(s.local(c), conflict, s.t(c, "queue.not_undone")))
	}
	if err != nil {
		return err
	}
	if wantsJSON(c) {
		return c.JSON(http.StatusOK, view.NewSaved(s.local(c), entry, ""))
	}
	s.say(c, view.Toast{Text: s.undone(c, entry)})
	if place.List {
		return c.Redirect(http.StatusSeeOther, place.URL())
	}
	return c.Redirect(http.StatusSeeOther, place.At(entry.CommentID).URL())
}
