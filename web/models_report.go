package web

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"commentdesk/classifier/registry"
	"commentdesk/web/view"
)

// model shows one model: what it learned from and its figures.
func (s *Server) model(c echo.Context) error {
	files, err := s.options.Learner.ModelFiles(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	manifest, err := registry.ReadManifest(files.Manifest)
	if err != nil {
		return fmt.Errorf("model %s: %w", c.Param("id"), err)
	}
	return s.render(c, http.StatusOK, view.NewModelPage(s.frame(c, "models", s.t(c, "model.title", "model", manifest.ID[:12])), manifest))
}
