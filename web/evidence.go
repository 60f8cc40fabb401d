package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

// evidenceThen shows the evidence beside an act as it was, next to today's.
func (s *Server) evidenceThen(c echo.Context) error {
	id, err := commentOf(c)
	if err != nil {
		return err
	}
	position, err := strconv.ParseInt(c.Param("position"), 10, 64)
	if err != nil || position <= 0 {
		return moderation.NotFound("no act of that number")
	}
	then, err := s.options.Service.EvidenceThen(c.Request().Context(), id, position)
	if err != nil {
		return err
	}
	then.Blind(userOf(c).Name)
	return s.render(c, http.StatusOK, view.NewEvidenceThen(s.frame(c, "queue", s.t(c, "then.title")), then, view.ParsePlace(c.QueryParams())))
}
