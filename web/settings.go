package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

func (s *Server) settings(c echo.Context) error {
	page := view.Settings{Frame: s.frame(c, "settings", "Your settings")}
	page.Notice = noticeOf(nil, page.Frame)
	return s.render(c, http.StatusOK, page)
}

func (s *Server) keepSettings(c echo.Context) error {
	keys := c.FormValue("keys")
	if keys != "on" && keys != "off" {
		return moderation.Invalid("keys are on or off")
	}
	if err := s.options.Service.KeepSettings(c.Request().Context(), userOf(c).Name, moderation.Settings{KeysOff: keys == "off"}); err != nil {
		return err
	}
	s.say(c, view.Toast{Text: "Your settings were kept."})
	return c.Redirect(http.StatusSeeOther, "/settings")
}
