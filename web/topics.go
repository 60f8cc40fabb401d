package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

func (s *Server) topics(c echo.Context) error {
	return s.renderTopics(c, http.StatusOK, view.Topics{})
}

func (s *Server) renderTopics(c echo.Context, status int, page view.Topics) error {
	topics, err := s.options.Service.Topics(c.Request().Context())
	if err != nil {
		return err
	}
	merges, err := s.options.Service.Merges(c.Request().Context())
	if err != nil {
		return err
	}
	page.Topics, page.Merges = view.NewTopicRows(topics), view.NewMergeRows(s.local(c), merges)
	page.Frame = s.frame(c, "topics", s.t(c, "topics.title"))
	page.Notice = noticeOf(page.Notice, page.Frame)
	return s.render(c, status, page)
}

func (s *Server) addTopic(c echo.Context) error {
	name, claim := c.FormValue("name"), c.FormValue("claim")
	err := s.options.Service.AddTopic(c.Request().Context(), name, claim, userOf(c).Name)
	if refused := refusal(c, err); refused != nil {
		return s.renderTopics(c, statuses[moderation.ErrorCode(err)], view.Topics{Notice: refused, Name: name, Claim: claim})
	}
	if err != nil {
		return err
	}
	s.say(c, view.Toast{Text: s.t(c, "topics.added")})
	return c.Redirect(http.StatusSeeOther, "/topics")
}

// assignTopic puts the article of the comment on screen under a topic.
func (s *Server) assignTopic(c echo.Context) error {
	side, err := moderation.ParseSide(c.FormValue("side"))
	if err != nil {
		return err
	}
	topic, done := c.FormValue("topic"), s.t(c, "topics.assigned")
	if topic == "" {
		done = s.t(c, "topics.unassigned")
	}
	if err := s.options.Service.AssignTopic(c.Request().Context(), c.FormValue("article"), topic, side, userOf(c).Name); err != nil {
		return err
	}
	s.say(c, view.Toast{Text: done})
	return c.Redirect(http.StatusSeeOther, view.ParsePlaceQuery(c.FormValue("place")).URL())
}

// topicOptions are the topics that an article can be put under.
func (s *Server) topicOptions(c echo.Context, current string) ([]view.Option, error) {
	names, err := s.options.Service.TopicNames(c.Request().Context())
	if err != nil {
		return nil, err
	}
	options := []view.Option{{Text: s.t(c, "topics.no_topic"), Selected: current == ""}}
	for _, name := range names {
		options = append(options, view.Option{Value: name, Text: name, Selected: name == current})
	}
	return options, nil
}

// refusal is what the page with the form says about a request that was refused with a reason; nil where the error is of another kind.
func refusal(c echo.Context, err error) *view.Notice {
	if code := moderation.ErrorCode(err); wantsJSON(c) || statuses[code] == 0 || code == moderation.CodeNotFound {
		return nil
	}
	return &view.Notice{Alarm: true, Title: sentence(localOf(c), err)}
}

// noticeOf turns a toast into a notice on pages without a decision bar.
func noticeOf(notice *view.Notice, frame view.Frame) *view.Notice {
	if notice == nil && frame.Toast != nil {
		return &view.Notice{Title: frame.Toast.Text}
	}
	return notice
}
