package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

// articles lists a topic's articles, or those without one.
func (s *Server) articles(c echo.Context) error {
	return s.renderArticles(c, http.StatusOK, c.QueryParam("topic"), nil)
}

func (s *Server) renderArticles(c echo.Context, status int, topic string, notice *view.Notice) error {
	articles, next, err := s.options.Service.Articles(c.Request().Context(), topic, c.QueryParam("after"))
	if err != nil {
		return err
	}
	title := s.t(c, "articles.title_without")
	page := view.Articles{Topic: topic, Articles: view.NewArticleRows(s.local(c), articles), Next: next}
	if topic != "" {
		title = s.t(c, "articles.title")
		found, err := s.options.Service.Topic(c.Request().Context(), topic)
		if err != nil {
			return err
		}
		page.Claim = found.Claim
	}
	if page.Topics, err = s.topicOptions(c, topic); err != nil {
		return err
	}
	page.Frame = s.frame(c, "topics", title)
	page.Notice = noticeOf(notice, page.Frame)
	if page.Suggested, err = s.suggested(c, page); err != nil {
		return err
	}
	return s.render(c, status, page)
}

// assignTopics puts the chosen articles under a topic.
func (s *Server) assignTopics(c echo.Context) error {
	form, err := c.FormParams()
	if err != nil {
		return moderation.Invalid("the form cannot be read")
	}
	from, topic := form.Get("from"), form.Get("topic")
	side := moderation.Side("")
	if chosen := form.Get("side"); chosen != "" {
		if side, err = moderation.ParseSide(chosen); err != nil {
			return err
		}
	}
	err = s.options.Service.AssignTopics(throughout(c), form["article"], topic, side, userOf(c).Name)
	if refused := refusal(c, err); refused != nil {
		return s.renderArticles(c, statuses[moderation.ErrorCode(err)], from, refused)
	}
	if err != nil {
		return err
	}
	s.say(c, view.Toast{Text: s.t(c, "articles.assigned", "n", len(form["article"]))})
	return c.Redirect(http.StatusSeeOther, view.ArticlesURL(from, ""))
}
