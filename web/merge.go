package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

// merge asks whether the claims of two topics say the same or the opposite.
func (s *Server) merge(c echo.Context) error {
	return s.renderMerge(c, http.StatusOK, c.QueryParam("from"), c.QueryParam("into"), nil)
}

func (s *Server) renderMerge(c echo.Context, status int, from, into string, notice *view.Notice) error {
	ctx, page := c.Request().Context(), view.Merge{Notice: notice}
	if from == into {
		return s.renderTopics(c, http.StatusBadRequest, view.Topics{Notice: &view.Notice{Alarm: true, Title: s.t(c, "topics.different")}})
	}
	for _, side := range []struct {
		name string
		half *view.MergeHalf
	}{{from, &page.From}, {into, &page.Into}} {
		topic, err := s.options.Service.Topic(ctx, side.name)
		if err != nil {
			return err
		}
		labelled, err := s.options.Service.StanceLabelled(ctx, side.name)
		if err != nil {
			return err
		}
		*side.half = view.NewMergeHalf(s.local(c), topic, labelled)
	}
	page.Frame = s.frame(c, "topics", s.t(c, "merge.title"))
	return s.render(c, status, page)
}

// mergeTopics merges one topic into another.
func (s *Server) mergeTopics(c echo.Context) error {
	from, into, says := c.FormValue("from"), c.FormValue("into"), c.FormValue("says")
	if says != "same" && says != "opposite" {
		return s.renderMerge(c, http.StatusBadRequest, from, into, &view.Notice{Alarm: true, Title: s.t(c, "merge.say_first")})
	}
	err := s.options.Service.MergeTopics(throughout(c), from, into, says == "opposite", userOf(c).Name)
	return s.toTopics(c, err, s.t(c, "merge.done", "from", from, "into", into))
}

// undoMerge parts two topics again.
func (s *Server) undoMerge(c echo.Context) error {
	id, err := strconv.ParseInt(c.FormValue("merge"), 10, 64)
	if err != nil {
		return moderation.Invalid("no merge named")
	}
	return s.toTopics(c, s.options.Service.UndoMerge(throughout(c), id, userOf(c).Name), s.t(c, "merge.undone_now"))
}

// toTopics goes back to the page of the topics: with what was done, or with the reason why not.
func (s *Server) toTopics(c echo.Context, err error, done string) error {
	if refused := refusal(c, err); refused != nil {
		return s.renderTopics(c, statuses[moderation.ErrorCode(err)], view.Topics{Notice: refused})
	}
	if err != nil {
		return err
	}
	s.say(c, view.Toast{Text: done})
	return c.Redirect(http.StatusSeeOther, "/topics")
}
