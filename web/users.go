package web

import (
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
	page.Frame, page.Roles = s.frame(c, "users", "Users"), account.Roles[:]
	page.Notice = noticeOf(page.Notice, page.Frame)
	for _, u := range users {
		row := view.UserRow{User: u, Since: view.Date(u.CreatedAt), LastSignIn: view.LastSignIn(signIns[u.ID], s.options.Now()), Self: u.ID == page.User.ID}
		for _, role := range account.Roles {
			row.Roles = append(row.Roles, view.Option{Value: string(role), Text: string(role), Selected: role == u.Role})
		}
		page.Users = append(page.Users, row)
	}
	return s.render(c, status, page)
}

func (s *Server) addUser(c echo.Context) error {
	name := c.FormValue("name")
	_, err := s.options.Accounts.Add(c.Request().Context(), userOf(c).Name, name, c.FormValue("password"), account.Role(c.FormValue("role")))
	if refused := refusal(c, err); refused != nil {
		return s.renderUsers(c, statuses[moderation.ErrorCode(err)], view.Users{Notice: refused, Name: name})
	}
	return s.toUsers(c, err, name+" was added.")
}

func (s *Server) setRole(c echo.Context) error {
	name := c.FormValue("name")
	err := s.options.Accounts.SetRole(c.Request().Context(), userOf(c).Name, name, account.Role(c.FormValue("role")))
	return s.toUsers(c, err, name+" has another role.")
}

func (s *Server) disableUser(c echo.Context) error {
	name, disabled := c.FormValue("name"), c.FormValue("disabled") == "yes"
	done := name + " is let in again."
	if disabled {
		done = name + " is disabled."
	}
	return s.toUsers(c, s.options.Accounts.Disable(c.Request().Context(), userOf(c).Name, name, disabled), done)
}

func (s *Server) setPassword(c echo.Context) error {
	name := c.FormValue("name")
	return s.toUsers(c, s.options.Accounts.SetPassword(c.Request().Context(), userOf(c).Name, name, c.FormValue("password")), name+" has a new password.")
}

// signOutUser ends every session of a user.
func (s *Server) signOutUser(c echo.Context) error {
	name := c.FormValue("name")
	return s.toUsers(c, s.options.Accounts.SignOut(c.Request().Context(), userOf(c).Name, name), name+" is signed out everywhere.")
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
