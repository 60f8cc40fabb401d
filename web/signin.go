package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/web/view"
)

func (s *Server) signInPage(c echo.Context) error {
	next := local(c.QueryParam("next"))
	if userOf(c) != nil {
		return c.Redirect(http.StatusSeeOther, next)
	}
	return s.renderSignIn(c, http.StatusOK, view.SignIn{Next: next, Lost: c.QueryParam("lost") != ""})
}

func (s *Server) renderSignIn(c echo.Context, status int, page view.SignIn) error {
	users, err := s.options.Accounts.Count(c.Request().Context())
	if err != nil {
		return err
	}
	page.Frame, page.Nobody = s.frame(c, "sign-in", s.t(c, "signin.title")), users == 0
	return s.render(c, status, page)
}

// signIn starts a session. Nothing of an earlier one stays.
func (s *Server) signIn(c echo.Context) error {
	ctx := c.Request().Context()
	name, next := c.FormValue("name"), local(c.FormValue("next"))
	user, err := s.options.Accounts.Authenticate(ctx, name, c.FormValue("password"))
	if moderation.ErrorCode(err) == moderation.CodeForbidden {
		return s.renderSignIn(c, http.StatusForbidden, view.SignIn{Name: name, Next: next, Refused: sentence(s.local(c), err)})
	}
	if err != nil {
		return err
	}
	if err := s.note(c, user.Name, account.SignedIn); err != nil {
		return err
	}
	if err := s.sessions.Clear(ctx); err != nil {
		return err
	}
	if err := s.enter(ctx, user); err != nil {
		return err
	}
	last, err := s.options.Service.LastReason(ctx, user.Name)
	if err != nil {
		return err
	}
	if last.ID != 0 {
		s.sessions.Put(ctx, keyWhy, strconv.FormatInt(last.ID, 10))
	}
	return c.Redirect(http.StatusSeeOther, next)
}

func (s *Server) signOut(c echo.Context) error {
	if user := userOf(c); user != nil {
		if err := s.note(c, user.Name, account.SignedOut); err != nil {
			return err
		}
	}
	return s.leave(c)
}

// leave ends this session.
func (s *Server) leave(c echo.Context) error {
	s.broadcaster.endSession(s.sessions.Token(c.Request().Context()))
	if err := s.sessions.Destroy(c.Request().Context()); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/sign-in")
}

func (s *Server) note(c echo.Context, name, detail string) error {
	if s.options.Events == nil {
		return nil
	}
	return s.options.Events.Note(c.Request().Context(), s.options.Now(), name, account.EventSignIn, name, detail)
}
