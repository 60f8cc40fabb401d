package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/web/view"
)

// sessionLifetime is how long a sign-in lasts.
const sessionLifetime = 12 * time.Hour

// What a session holds.
const (
	keyUser  = "user"  // id
	keyEpoch = "epoch" // the user's, at sign-in
	keyToast = "toast" // what was just done, shown once
	keyLeft  = "left"  // what a decision on many left as it was, shown once
	keyWhy   = "why"   // the id of the reason given last
)

func newSessions(options Options) *scs.SessionManager {
	sessions := scs.New()
	sessions.Store = sessionStore{options.Sessions}
	sessions.Lifetime = sessionLifetime
	sessions.HashTokenInStore = true
	sessions.Cookie.Name = "session"
	sessions.Cookie.Persist = false
	if options.Secure {
		sessions.Cookie.Name, sessions.Cookie.Secure = "__Host-session", true
	}
	return sessions
}

// sessionStore is what scs takes; it uses the methods with a context where there are any.
type sessionStore struct{ scs.CtxStore }

// withSession loads the request's session and writes it back before the answer's first byte.
func (s *Server) withSession(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		token := ""
		if cookie, err := c.Cookie(s.sessions.Cookie.Name); err == nil {
			token = cookie.Value
		}
		ctx, err := s.sessions.Load(c.Request().Context(), token)
		if err != nil {
			return err
		}
		c.SetRequest(c.Request().WithContext(ctx))
		c.Response().Header().Add("Vary", "Cookie, Accept-Language")
		c.Response().Before(func() { s.keepSession(c) })
		if err := s.recognise(c); err != nil {
			return err
		}
		s.local(c)
		return next(c)
	}
}

// keepSession writes the session back, also where nobody waits for the answer any more: it holds what was done, and how to undo it.
func (s *Server) keepSession(c echo.Context) {
	ctx := throughout(c)
	switch s.sessions.Status(ctx) {
	case scs.Modified:
		token, expiry, err := s.sessions.Commit(ctx)
		if err != nil {
			s.options.Logger.Error("session not kept", "id", requestID(c), "error", err)
			return
		}
		s.sessions.WriteSessionCookie(ctx, c.Response(), token, expiry)
	case scs.Destroyed:
		s.sessions.WriteSessionCookie(ctx, c.Response(), "", time.Time{})
	}
}

// recognise looks up who is signed in. A session whose user was changed since has ended.
func (s *Server) recognise(c echo.Context) error {
	ctx := c.Request().Context()
	id := s.sessions.GetInt64(ctx, keyUser)
	if id == 0 {
		return nil
	}
	user, err := s.options.Accounts.ByID(ctx, id)
	if err != nil && moderation.ErrorCode(err) != moderation.CodeNotFound {
		return err
	}
	if err != nil || user.Disabled || user.Epoch != s.sessions.GetInt64(ctx, keyEpoch) {
		return s.sessions.Destroy(ctx)
	}
	c.Set(keyUser, &user)
	return nil
}

// enter makes the session the user's, under a new token: one that was planted before is worth nothing, and its pages hear nothing more.
func (s *Server) enter(ctx context.Context, user account.User) error {
	s.broadcaster.endSession(s.sessions.Token(ctx))
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, keyUser, user.ID)
	s.sessions.Put(ctx, keyEpoch, user.Epoch)
	return nil
}

// userOf is who is signed in, nil where nobody is.
func userOf(c echo.Context) *account.User {
	user, _ := c.Get(keyUser).(*account.User)
	return user
}

// requireRole lets through who has the role; others are refused, and who is not signed in is asked to.
func (s *Server) requireRole(least account.Role) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			user := userOf(c)
			switch {
			case user == nil && wantsJSON(c):
				return echo.NewHTTPError(http.StatusUnauthorized, s.t(c, "problem.sign_in"))
			case user == nil:
				return c.Redirect(http.StatusSeeOther, signInURL(c.Request()))
			case !user.Role.AtLeast(least):
				return echo.NewHTTPError(http.StatusForbidden, s.t(c, "problem.role", "role", s.local(c).Role(user.Role), "least", s.local(c).Role(least)))
			}
			return next(c)
		}
	}
}

func signInURL(r *http.Request) string {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return "/sign-in?lost=yes"
	}
	if r.URL.RequestURI() == "/" {
		return "/sign-in"
	}
	return "/sign-in?next=" + url.QueryEscape(r.URL.RequestURI())
}

// local is the address where it leads to this desk, else "/".
func local(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") ||
		strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\t\r\n") {
		return "/"
	}
	return u.String()
}

// frame is what stands around the page that answers this request; it takes the toast out of the session.
func (s *Server) frame(c echo.Context, section, title string) view.Frame {
	frame := view.Frame{Title: title, Section: section, User: userOf(c), Demo: s.options.Demo, Version: s.options.Version, Local: s.local(c)}
	if frame.User != nil {
		settings := s.settingsOf(c)
		frame.KeysOff, frame.Keymap, frame.Cover = settings.KeysOff, view.ParseKeymap(settings.Keymap), settings.Cover
	}
	if frame.User != nil && c.Request().Method != http.MethodHead && !ahead(c) {
		frame.Toast = readToast(s.sessions.PopString(c.Request().Context(), keyToast))
	}
	return frame
}

// say leaves a toast for the next page; a script says it itself.
func (s *Server) say(c echo.Context, toast view.Toast) {
	written, err := json.Marshal(toast)
	if err != nil || wantsJSON(c) { // strings alone always encode
		return
	}
	s.sessions.Put(c.Request().Context(), keyToast, string(written))
}

// sameUser refuses what a page sends that somebody else had opened before this user signed in.
func sameUser(c echo.Context) error {
	if name := c.FormValue("user"); name != "" && name != userOf(c).Name {
		return echo.NewHTTPError(http.StatusUnauthorized, "Somebody else is signed in now.")
	}
	return nil
}

func readToast(written string) *view.Toast {
	var toast view.Toast
	if written == "" || json.Unmarshal([]byte(written), &toast) != nil {
		return nil
	}
	return &toast
}
