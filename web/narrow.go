package web

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/web/view"
)

// narrowed is the query of the filter form: the words of the search box, with each control that was changed since written into them. A query that
// cannot be read stays as it was typed, for the hint.
func narrowed(values url.Values) string {
	typed := values.Get("q")
	filter, err := moderation.ParseFilter(typed)
	if err != nil {
		return typed
	}
	before, err := moderation.ParseFilter(values.Get("was"))
	if err != nil {
		before = moderation.Filter{}
	}
	changed := false
	for _, axis := range classifier.Axes {
		answer := values.Get(string(axis))
		if answer == before.Answers[axis] {
			continue
		}
		if filter.Answers == nil {
			filter.Answers = map[classifier.Axis]string{}
		}
		filter.Answers[axis], changed = answer, true
	}
	if topic := values.Get("topic"); topic != before.Topic {
		filter.Topic, changed = topic, true
	}
	if to := values.Get("for"); to != before.For {
		filter.For, changed = to, true
	}
	if wanted := values.Get("opinion") != ""; wanted != before.Opinion {
		filter.Opinion, changed = wanted, true
	}
	if !changed {
		return typed
	}
	return filter.String()
}

// fromForm is the address that the filter form leads to; "" where the request is no form of it.
func fromForm(values url.Values) string {
	if !values.Has("was") {
		return ""
	}
	place := view.ParsePlace(values)
	return view.Place{Tab: place.Tab, List: place.List, Order: place.Order, Query: narrowed(values)}.URL()
}

// addNarrow lays out the controls beside the search box, the user's views, and how many comments fit. They are counted where the filter was just
// set, not again with every comment.
func (s *Server) addNarrow(c echo.Context, page *view.Queue, place view.Place, filter moderation.Filter) error {
	ctx := c.Request().Context()
	topics, err := s.options.Service.TopicNames(ctx)
	if err != nil {
		return err
	}
	colleagues, err := s.colleagues(c)
	if err != nil {
		return err
	}
	page.Narrow = view.NewNarrow(s.local(c), place, filter, topics, colleagues)
	if err := s.addMine(c, page); err != nil {
		return err
	}
	if page.Comment != nil && page.MayAct() && page.Comment.MayWait() {
		page.Later = view.NewLater(colleagues, page.Frame)
		if refused(c, page.Comment) {
			page.Later.Restore(c.FormValue)
		}
	}
	saved, err := s.options.Service.SavedViews(ctx, userOf(c).Name)
	if err != nil {
		return err
	}
	page.Saved = view.NewSavedLinks(saved, place)
	if place.Query == "" || page.Hint != "" || len(place.Back) > 0 && !place.List {
		return nil
	}
	matching, err := s.options.Service.CountMatching(ctx, inTab(filter.As(userOf(c).Name), place))
	if err != nil {
		return err
	}
	page.Matching = view.MatchingWords(s.local(c), matching)
	return nil
}

// saveView keeps the place's filter under a name.
func (s *Server) saveView(c echo.Context) error {
	place := view.ParsePlaceQuery(c.FormValue("place"))
	saved := moderation.SavedView{Name: c.FormValue("name"), Query: place.Query, Order: place.Order}
	if place.Tab != view.AllTab {
		saved.Status = moderation.Status(place.Tab)
	}
	err := s.options.Service.SaveView(c.Request().Context(), userOf(c).Name, saved)
	if refused := refusal(c, err); refused != nil {
		return s.renderQueue(c, statuses[moderation.ErrorCode(err)], place, refused)
	}
	if err != nil {
		return err
	}
	s.say(c, view.Toast{Text: s.t(c, "queue.view_saved")})
	return c.Redirect(http.StatusSeeOther, place.URL())
}

func (s *Server) dropView(c echo.Context) error {
	id, err := strconv.ParseInt(c.FormValue("id"), 10, 64)
	if err != nil {
		return moderation.Invalid("no view named")
	}
	if err := s.options.Service.DropView(c.Request().Context(), userOf(c).Name, id); err != nil {
		return err
	}
	s.say(c, view.Toast{Text: s.t(c, "queue.view_deleted")})
	return c.Redirect(http.StatusSeeOther, view.ParsePlaceQuery(c.FormValue("place")).URL())
}
