package web

import (
	"bytes"
	"encoding/csv"
	"net/http"

	"github.com/labstack/echo/v4"

	"commentdesk/web/view"
)

func (s *Server) dashboard(c echo.Context) error {
	ctx := c.Request().Context()
	dashboard, err := s.options.Figures.Dashboard(ctx)
	if err != nil {
		return err
	}
	records, err := s.options.Learner.Models(ctx)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, view.NewDashboard(s.frame(c, view.Figures, s.t(c, "dashboard.title")), dashboard, records))
}

// week is the weekly digest.
func (s *Server) week(c echo.Context) error {
	dashboard, err := s.options.Figures.Dashboard(c.Request().Context())
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, view.NewWeek(s.frame(c, view.Figures, s.t(c, "week.title")), dashboard))
}

// weekCSV is the digest for programs.
func (s *Server) weekCSV(c echo.Context) error {
	dashboard, err := s.options.Figures.Dashboard(c.Request().Context())
	if err != nil {
		return err
	}
	var table bytes.Buffer
	if err := csv.NewWriter(&table).WriteAll(view.WeekRecords(dashboard.Weeks)); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="commentdesk-weeks.csv"`)
	return c.Blob(http.StatusOK, "text/csv; charset=utf-8", table.Bytes())
}
