package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

func (s *Server) settings(c echo.Context) error {
	page := view.NewSettings(s.frame(c, "settings", s.t(c, "settings.title")), s.settingsOf(c), browserZone(c))
	page.Notice = noticeOf(nil, page.Frame)
	return s.render(c, http.StatusOK, page)
}

// keptSettings says that they were kept.
func (s *Server) keptSettings(c echo.Context) error {
	s.say(c, view.Toast{Text: s.t(c, "settings.kept")})
	return c.Redirect(http.StatusSeeOther, "/settings")
}

func (s *Server) keepSettings(c echo.Context) error {
	keys := c.FormValue("keys")
	if keys != "on" && keys != "off" {
		return moderation.Invalid("keys are on or off")
	}
	if err := s.options.Service.KeepSettings(c.Request().Context(), userOf(c).Name, moderation.Settings{KeysOff: keys == "off"}); err != nil {
		return err
	}
	return s.keptSettings(c)
}
