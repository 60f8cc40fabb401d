package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

// suggested is what editors see beside a topic's articles, or beside those without one; nil for others and on later pages.
func (s *Server) suggested(c echo.Context, page view.Articles) (*view.Suggested, error) {
	if !page.MayEdit() || c.QueryParam("after") != "" {
		return nil, nil
	}
	found, err := s.options.Service.Suggest(c.Request().Context())
	if err != nil {
		return nil, err
	}
	return view.NewSuggested(page.Local, page.Topic, page.Topics, found), nil
}

// refuseTopic says that the chosen articles do not speak of a topic.
func (s *Server) refuseTopic(c echo.Context) error {
	form, err := c.FormParams()
	if err != nil {
		return moderation.Invalid("the form cannot be read")
	}
	topic := form.Get("topic")
	err = s.options.Service.RefuseTopic(c.Request().Context(), form["article"], topic, userOf(c).Name)
	if refused := refusal(c, err); refused != nil {
		return s.renderArticles(c, statuses[moderation.ErrorCode(err)], topic, refused)
	}
	if err != nil {
		return err
	}
	s.say(c, view.Toast{Text: s.t(c, "suggest.refused")})
	return c.Redirect(http.StatusSeeOther, view.ArticlesURL(topic, ""))
}
