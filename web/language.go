package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
	"commentdesk/web/view/language"
)

// What a request's context holds: how its reader reads, and what the reader has set.
const (
	keyLocal    = "local"
	keySettings = "settings"
)

// zoneCookie is where a page's script tells the browser's time zone. What it says is checked like anything else from outside.
const zoneCookie = "zone"

// settingsOf is what the user who is signed in has set.
func (s *Server) settingsOf(c echo.Context) moderation.Settings {
	if settings, ok := c.Get(keySettings).(moderation.Settings); ok {
		return settings
	}
	user := userOf(c)
	if user == nil {
		return moderation.Settings{}
	}
	settings, err := s.options.Service.Settings(c.Request().Context(), user.Name)
	if err != nil && c.Request().Context().Err() == nil {
		s.options.Logger.Error("settings not read", "id", requestID(c), "error", err) // the page works without them
	}
	if err != nil {
		return moderation.Settings{}
	}
	c.Set(keySettings, settings)
	return settings
}

// local is how the reader of this request's answer reads: as set, else as the browser asks, else English in the server's zone.
func (s *Server) local(c echo.Context) view.Local {
	if local, ok := c.Get(keyLocal).(view.Local); ok {
		return local
	}
	settings := s.settingsOf(c)
	local := view.Local{Language: language.Find(settings.Language), Zone: language.Zone(settings.Zone), Now: s.options.Now()}
	if local.Language == nil {
		local.Language = language.Accepted(c.Request().Header.Get("Accept-Language"))
	}
	if local.Zone == nil {
		local.Zone = language.Zone(browserZone(c))
	}
	if local.Zone == nil {
		local.Zone = s.options.Zone
	}
	c.Set(keyLocal, local)
	return local
}

// localOf is what local found out for this request; English in UTC before that.
func localOf(c echo.Context) view.Local {
	local, _ := c.Get(keyLocal).(view.Local)
	return local
}

// browserZone is the zone that the browser told, "" where it told none that exists.
func browserZone(c echo.Context) string {
	cookie, err := c.Cookie(zoneCookie)
	if err != nil || language.Zone(cookie.Value) == nil {
		return ""
	}
	return cookie.Value
}

// t is a message in the language of the request.
func (s *Server) t(c echo.Context, key string, values ...any) string {
	return s.local(c).T(key, values...)
}

// keepLanguage keeps the user's language and time zone.
func (s *Server) keepLanguage(c echo.Context) error {
	code, zone := c.FormValue("language"), c.FormValue("zone")
	if code != "" && language.Find(code) == nil {
		return moderation.Invalid("no language %.20q", code)
	}
	if zone != "" && language.Zone(zone) == nil {
		return moderation.Invalid("no time zone %.64q", zone)
	}
	if err := s.options.Service.KeepLanguage(c.Request().Context(), userOf(c).Name, code, zone); err != nil {
		return err
	}
	c.Set(keySettings, nil)
	c.Set(keyLocal, nil)
	s.say(c, view.Toast{Text: s.t(c, "settings.kept")})
	return c.Redirect(http.StatusSeeOther, "/settings#language")
}
