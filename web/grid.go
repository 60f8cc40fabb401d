package web

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation/figures"
	"commentdesk/web/view"
)

// grid shows stance and hostility as two axes, over all or for one topic, in a span of days.
func (s *Server) grid(c echo.Context) error {
	ctx := c.Request().Context()
	request := figures.GridRequest{Topic: c.QueryParam("topic")}
	span := view.ParseSpan(c.QueryParam("days"))
	if span > 0 {
		request.Since = s.options.Now().Add(-time.Duration(span) * 24 * time.Hour).Truncate(time.Millisecond) // as arrivals are stored
	}
	if request.Topic != "" {
		if _, err := s.options.Service.Topic(ctx, request.Topic); err != nil {
			return err
		}
	}
	topics, err := s.options.Service.Topics(ctx)
	if err != nil {
		return err
	}
	grids, err := s.options.Figures.Grid(ctx, request)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, view.NewGrid(s.frame(c, view.Figures, s.t(c, "grid.title")), grids, topics, span, request.Since))
}
