package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"commentdesk/web/view"
)

// keepKeymap keeps where the user's keys lie, or puts all of them back.
func (s *Server) keepKeymap(c echo.Context) error {
	var keymap view.Keymap
	if c.FormValue("do") != "reset" {
		read, ok := view.ReadKeymap(c.FormValue)
		if !ok {
			page := view.NewSettings(s.frame(c, "settings", s.t(c, "settings.title")), s.settingsOf(c), browserZone(c))
			page.Keys, page.KeysOpen = view.KeyRows(page.Local, read), true
			page.Notice = &view.Notice{Alarm: true, Title: s.t(c, "keys.refused"), Text: s.t(c, "keys.refused_why")}
			return s.render(c, http.StatusBadRequest, page)
		}
		keymap = read
	}
	if err := s.options.Service.KeepKeymap(c.Request().Context(), userOf(c).Name, keymap.String()); err != nil {
		return err
	}
	return s.keptSettings(c)
}
