package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

func (s *Server) reasons(c echo.Context) error {
	return s.renderReasons(c, http.StatusOK, view.Reasons{})
}

func (s *Server) renderReasons(c echo.Context, status int, page view.Reasons) error {
	reasons, err := s.options.Service.Reasons(c.Request().Context())
	if err != nil {
		return err
	}
	page.Frame, page.Reasons = s.frame(c, "reasons", s.t(c, "reasons.title")), view.NewReasonRows(s.local(c), reasons)
	page.Implied = view.ImpliedOptions(s.local(c), page.Implies)
	page.Notice = noticeOf(page.Notice, page.Frame)
	return s.render(c, status, page)
}

// readReason is the reason that a form of the page describes.
func readReason(c echo.Context) (moderation.Reason, error) {
	axis, answer, err := moderation.ParseImplied(c.FormValue("implies"))
	reason := moderation.Reason{Name: c.FormValue("name"), Axis: axis, Answer: answer, Retired: c.FormValue("retired") == "yes"}
	if id := c.FormValue("id"); err == nil && id != "" {
		reason.ID, err = reasonID(id)
	}
	return reason, err
}

func reasonID(written string) (int64, error) {
	id, err := strconv.ParseInt(written, 10, 64)
	if err != nil {
		return 0, moderation.Invalid("no reason named")
	}
	return id, nil
}

func (s *Server) addReason(c echo.Context) error {
	reason, err := readReason(c)
	if err == nil {
		err = s.options.Service.AddReason(c.Request().Context(), reason, userOf(c).Name)
	}
	if refused := refusal(c, err); refused != nil {
		return s.renderReasons(c, statuses[moderation.ErrorCode(err)], view.Reasons{Notice: refused, Name: reason.Name, Implies: reason.Implies()})
	}
	return s.toReasons(c, err, s.t(c, "reasons.added"))
}

func (s *Server) changeReason(c echo.Context) error {
	reason, err := readReason(c)
	if err == nil {
		err = s.options.Service.ChangeReason(c.Request().Context(), reason, userOf(c).Name)
	}
	return s.toReasons(c, err, s.t(c, "reasons.changed"))
}

func (s *Server) moveReason(c echo.Context) error {
	id, err := reasonID(c.FormValue("id"))
	if err == nil {
		err = s.options.Service.MoveReason(c.Request().Context(), id, c.FormValue("to") == "up", userOf(c).Name)
	}
	return s.toReasons(c, err, s.t(c, "reasons.moved"))
}

// toReasons goes back to the page of the reasons: with what was done, or with the reason why not.
func (s *Server) toReasons(c echo.Context, err error, done string) error {
	if refused := refusal(c, err); refused != nil {
		return s.renderReasons(c, statuses[moderation.ErrorCode(err)], view.Reasons{Notice: refused})
	}
	if err != nil {
		return err
	}
	s.say(c, view.Toast{Text: done})
	return c.Redirect(http.StatusSeeOther, "/reasons")
}

// giveReason puts the listed reason that the form names before what was written, and adds the label that it implies where its box, which says
// the label, was left ticked. A mark on the same axis stands over it.
func (s *Server) giveReason(c echo.Context, action *moderation.Action) error {
	listed := c.FormValue("reason_id")
	if action.Decision != moderation.Reject || listed == "" {
		return nil
	}
	id, err := reasonID(listed)
	if err != nil {
		return err
	}
	reason, err := s.options.Service.Reason(c.Request().Context(), id)
	if err != nil {
		return err
	}
	action.Reason = reason.With(action.Reason)
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	for _, ticked := range form["implied"] {
		of, implies, _ := strings.Cut(ticked, " ")
		if of != listed {
			continue
		}
		if implies != reason.Implies() || reason.Axis == "" {
			return moderation.Invalid("what the reason %q implies was changed meanwhile: look again", reason.Name)
		}
		if action.Labels[reason.Axis] == "" {
			action.Labels[reason.Axis] = reason.Answer
		}
	}
	return nil
}
