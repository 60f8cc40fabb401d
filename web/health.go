package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"commentdesk/web/static"
)

// health says that the process answers.
func (s *Server) health(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// ready says whether the desk can work.
func (s *Server) ready(c echo.Context) error {
	if s.options.Ready != nil {
		if err := s.options.Ready(c.Request().Context()); err != nil {
			s.options.Logger.Warn("not ready", "error", err)
			return c.String(http.StatusServiceUnavailable, "not ready\n")
		}
	}
	return c.String(http.StatusOK, "ready\n")
}

// asset serves a file whose name says its content.
func (s *Server) asset(c echo.Context) error {
	asset, ok := static.Find(c.Param("name"))
	if !ok {
		return echo.NewHTTPError(http.StatusNotFound)
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	return c.Blob(http.StatusOK, asset.Type, asset.Data)
}
