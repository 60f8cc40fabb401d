package web

import (
	"context"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

// refreshSeconds is how often a browser without scripts looks how far a job has come.
const refreshSeconds = 3

func (s *Server) models(c echo.Context) error {
	return s.renderModels(c, http.StatusOK, nil)
}

func (s *Server) renderModels(c echo.Context, status int, notice *view.Notice) error {
	ctx, local := c.Request().Context(), s.local(c)
	records, err := s.options.Learner.Models(ctx)
	if err != nil {
		return err
	}
	jobs, err := s.options.Learner.Jobs(ctx, 1)
	if err != nil {
		return err
	}
	page := view.Models{Frame: s.frame(c, "models", local.T("models.title")), SetAside: s.options.Learner.SetAside()}
	page.Notice = noticeOf(notice, page.Frame)
	for _, record := range records {
		page.Models = append(page.Models, view.NewModel(local, record))
	}
	if page.Earlier, err = s.options.Learner.MayRollBack(ctx); err != nil {
		return err
	}
	if rescoring, under := s.options.Learner.Rescoring(); under {
		page.Rescoring = view.NewRescoring(rescoring)
	}
	if len(jobs) > 0 {
		page.Job = view.NewJob(local, jobs[0], records)
	}
	if page.Running() {
		page.Refresh = refreshSeconds
	}
	return s.render(c, status, page)
}

func (s *Server) retrain(c echo.Context) error {
	_, err := s.options.Learner.Start(c.Request().Context(), userOf(c).Name)
	return s.toModels(c, err, "")
}

func (s *Server) promote(c echo.Context) error {
	reason := moderation.Clean(strings.TrimSpace(c.FormValue("reason")))
	if utf8.RuneCountInString(reason) > moderation.MaxReason {
		return s.toModels(c, moderation.Invalid("the reason is longer than %d characters", moderation.MaxReason), "")
	}
	return s.toModels(c, s.options.Learner.Promote(throughout(c), c.FormValue("model"), userOf(c).Name, reason), s.t(c, "models.promoted"))
}

func (s *Server) rollback(c echo.Context) error {
	return s.toModels(c, s.options.Learner.Rollback(throughout(c), userOf(c).Name), s.t(c, "models.rolled_back"))
}

// throughout outlives the request: a tab that is closed does not stop a change of champion half way.
func throughout(c echo.Context) context.Context { return context.WithoutCancel(c.Request().Context()) }

// toModels goes back to the page of the models: with what was done, or with the reason why not.
func (s *Server) toModels(c echo.Context, err error, done string) error {
	if refused := refusal(c, err); refused != nil {
		return s.renderModels(c, statuses[moderation.ErrorCode(err)], refused)
	}
	if err != nil {
		return err
	}
	if done != "" {
		s.say(c, view.Toast{Text: done})
	}
	return c.Redirect(http.StatusSeeOther, "/models")
}
