package web

import (
	"fmt"
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
	title := "Articles without a topic"
	page := view.Articles{Topic: topic, Articles: view.NewArticleRows(articles), Next: next}
	if topic != "" {
		title = "Articles of a topic"
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
	done := fmt.Sprintf("%d articles have their topic. Comments whose claim changed were answered anew.", len(form["article"]))
	if len(form["article"]) == 1 {
		done = "One article has its topic. Comments whose claim changed were answered anew."
	}
	s.say(c, view.Toast{Text: done})
	return c.Redirect(http.StatusSeeOther, view.ArticlesURL(from, ""))
}
