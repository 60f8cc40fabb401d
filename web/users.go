package web

import (
	"cmp"
	"net/http"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/web/view"
)

func (s *Server) users(c echo.Context) error {
	return s.renderUsers(c, http.StatusOK, view.Users{})
}

func (s *Server) renderUsers(c echo.Context, status int, page view.Users) error {
	users, err := s.options.Accounts.List(c.Request().Context())
	if err != nil {
		return err
	}
	signIns, err := s.options.Accounts.LastSignIns(c.Request().Context())
	if err != nil {
		return err
	}
	page.Frame, page.Roles = s.frame(c, "users", s.t(c, "users.title")), view.NewRoleOptions(s.local(c), cmp.Or(page.Role, account.Moderator))
	page.Notice = noticeOf(page.Notice, page.Frame)
	for _, u := range users {
		page.Users = append(page.Users, view.NewUserRow(s.local(c), u, signIns[u.ID], u.ID == page.User.ID))
	}
	return s.render(c, status, page)
}

func (s *Server) addUser(c echo.Context) error {
	name := c.FormValue("name")
	_, err := s.options.Accounts.Add(c.Request().Context(), userOf(c).Name, name, c.FormValue("password"), account.Role(c.FormValue("role")))
	if refused := refusal(c, err); refused != nil {
		return s.renderUsers(c, statuses[moderation.ErrorCode(err)], view.Users{Notice: refused, Name: name, Role: account.Role(c.FormValue("role"))})
	}
	return s.toUsers(c, err, s.t(c, "users.added", "name", name))
}

func (s *Server) setRole(c echo.Context) error {
	name := c.FormValue("name")
	if user, err := s.options.Accounts.ByName(c.Request().Context(), name); err == nil && string(user.Role) == c.FormValue("role") {
		return s.toUsers(c, nil, s.t(c, "users.same_role", "name", user.Name)) // the user's sessions go on
	}
	err := s.options.Accounts.SetRole(c.Request().Context(), userOf(c).Name, name, account.Role(c.FormValue("role")))
	return s.toUsers(c, err, s.t(c, "users.new_role", "name", name))
}

func (s *Server) disableUser(c echo.Context) error {
	name, disabled := c.FormValue("name"), c.FormValue("disabled") == "yes"
	done := s.t(c, "users.enabled", "name", name)
	if disabled {
		done = s.t(c, "users.disabled", "name", name)
	}
	return s.toUsers(c, s.options.Accounts.Disable(c.Request().Context(), userOf(c).Name, name, disabled), done)
}

func (s *Server) setPassword(c echo.Context) error {
	name := c.FormValue("name")
	return s.toUsers(c, s.options.Accounts.SetPassword(c.Request().Context(), userOf(c).Name, name, c.FormValue("password")), s.t(c, "users.new_password", "name", name))
}

// signOutUser ends every session of a user.
func (s *Server) signOutUser(c echo.Context) error {
	name := c.FormValue("name")
	return s.toUsers(c, s.options.Accounts.SignOut(c.Request().Context(), userOf(c).Name, name), s.t(c, "users.signed_out", "name", name))
}

// toUsers goes back to the page of the users: with what was done, or with the reason why not.
func (s *Server) toUsers(c echo.Context, err error, done string) error {
	if refused := refusal(c, err); refused != nil {
		return s.renderUsers(c, statuses[moderation.ErrorCode(err)], view.Users{Notice: refused})
	}
	if err != nil {
		return err
	}
	s.say(c, view.Toast{Text: done})
	return c.Redirect(http.StatusSeeOther, "/users")
}
