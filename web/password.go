package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

func (s *Server) password(c echo.Context) error {
	return s.renderPassword(c, http.StatusOK, nil)
}

func (s *Server) renderPassword(c echo.Context, status int, notice *view.Notice) error {
	page := view.Password{Frame: s.frame(c, "password", s.t(c, "password.title"))}
	page.Notice = noticeOf(notice, page.Frame)
	signIns, err := s.options.Accounts.LastSignIns(c.Request().Context())
	if err != nil {
		return err
	}
	page.LastSignIn = page.Frame.Local.MomentOrNone(signIns[page.User.ID])
	return s.render(c, status, page)
}

// changePassword gives the user who is signed in another password. Every session of the user ends but this one.
func (s *Server) changePassword(c echo.Context) error {
	ctx, user := c.Request().Context(), userOf(c)
	_, err := s.options.Accounts.Authenticate(ctx, user.Name, c.FormValue("current"))
	if moderation.ErrorCode(err) == moderation.CodeForbidden && !wantsJSON(c) {
		return s.renderPassword(c, http.StatusForbidden, &view.Notice{Alarm: true, Title: s.t(c, "password.wrong"), Text: s.t(c, "password.wrong_text")})
	}
	if err != nil {
		return err
	}
	err = s.options.Accounts.SetPassword(ctx, user.Name, user.Name, c.FormValue("password"))
	if refused := refusal(c, err); refused != nil {
		return s.renderPassword(c, statuses[moderation.ErrorCode(err)], refused)
	}
	if err != nil {
		return err
	}
	changed, err := s.options.Accounts.ByID(ctx, user.ID)
	if err != nil {
		return err
	}
	if err := s.enter(ctx, changed); err != nil {
		return err
	}
	s.say(c, view.Toast{Text: s.t(c, "password.changed")})
	return c.Redirect(http.StatusSeeOther, "/password")
}

// signOutEverywhere ends every session of the user who is signed in, this one too.
func (s *Server) signOutEverywhere(c echo.Context) error {
	user := userOf(c)
	if err := s.options.Accounts.SignOut(c.Request().Context(), user.Name, user.Name); err != nil {
		return err
	}
	return s.leave(c)
}
