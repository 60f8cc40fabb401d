package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"commentdesk/classifier"
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

// why asks for a reason in the form of that id. What a refused form had chosen stays chosen; a page that was only opened has nothing chosen,
// whatever its address says.
func (s *Server) why(c echo.Context, form string, many bool) (*view.Why, error) {
	reasons, err := s.options.Service.Reasons(c.Request().Context())
	if err != nil {
		return nil, err
	}
	given := view.Given{Last: s.sessions.GetString(c.Request().Context(), keyWhy)}
	if c.Request().Method == http.MethodPost {
		given.Chosen, given.Ticked = c.FormValue("reason_id"), c.Request().PostForm["implied"]
	}
	return view.NewWhy(s.local(c), form, many, reasons, given), nil
}

// givenReason is the reason of the list that the form of a rejection names, with the label that it implies where its box, which says what the
// person saw, was ticked; an empty one where the form names none.
func (s *Server) givenReason(c echo.Context, decision moderation.Decision) (moderation.Reason, error) {
	listed := c.FormValue("reason_id")
	if decision != moderation.Reject || listed == "" {
		return moderation.Reason{}, nil
	}
	id, err := reasonID(listed)
	if err != nil {
		return moderation.Reason{}, err
	}
	reason, err := s.options.Service.Reason(c.Request().Context(), id)
	if err != nil {
		return moderation.Reason{}, err
	}
	form, err := c.FormParams()
	if err != nil {
		return moderation.Reason{}, err
	}
	given := moderation.Reason{ID: reason.ID, Name: reason.Name}
	for _, ticked := range form["implied"] {
		of, implies, _ := strings.Cut(ticked, " ")
		if of != listed {
			continue
		}
		if implies != reason.Implies() || reason.Axis == "" {
			return moderation.Reason{}, moderation.Invalid("what the reason %q implies was changed meanwhile: look again", reason.Name)
		}
		given.Axis, given.Answer = reason.Axis, reason.Answer
	}
	return given, nil
}

// label adds the label that a given reason implies, unless that axis was labelled by itself.
func label(labels map[classifier.Axis]string, reason moderation.Reason) {
	if reason.Axis != "" && labels[reason.Axis] == "" {
		labels[reason.Axis] = reason.Answer
	}
}
