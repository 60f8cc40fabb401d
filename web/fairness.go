package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation/figures"
	"commentdesk/web/view"
)

// fairness compares how those who disagree and those who agree are treated. Figures of one moderator are for that moderator and for admins.
func (s *Server) fairness(c echo.Context) error {
	frame := s.frame(c, view.Figures, s.t(c, "fairness.title"))
	whose := figures.Whose{Moderator: frame.User.Name, Everyone: frame.MayAdminister()}
	fairness, err := s.options.Figures.Fairness(c.Request().Context(), whose)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, view.NewFairness(frame, fairness, whose.Everyone))
}
