package web

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/web/view"
)

func (s *Server) keepCalm(c echo.Context) error {
	share, err := strconv.Atoi(c.FormValue("share"))
	if err != nil {
		return moderation.Invalid("the share of calm comments is a number")
	}
	if err := s.options.Service.KeepCalm(c.Request().Context(), userOf(c).Name, c.FormValue("cover") == "yes", share); err != nil {
		return err
	}
	return s.keptSettings(c)
}

// mixCalm puts the calm comment that waits longest into a place without a comment where it is one's turn, at the share that the user has set. The
// place's own cursor stays where it is: what would have come there comes next. One page of the queue is looked at for it.
func (s *Server) mixCalm(c echo.Context, place view.Place, filter moderation.Filter) (view.Place, error) {
	share := s.settingsOf(c).Calm
	if share == 0 || !mixes(place, filter) {
		place.Mix = view.Mix{}
		return place, nil
	}
	if place.ID != 0 {
		return place, nil
	}
	place.Mix = place.Mix.Begun()
	place.Mix.Calm = false
	if !place.Mix.Due(share) {
		return place, nil
	}
	filter.Answers = map[classifier.Axis]string{classifier.Hostile: classifier.No, classifier.Spam: classifier.No}
	request := moderation.QueueRequest{Filter: filter, Order: moderation.OrderOldest, Limit: 1, After: place.Mix.After, PassOver: userOf(c).Name, PassOpen: true}
	calm, err := s.options.Service.Queue(c.Request().Context(), request)
	if moderation.ErrorCode(err) == moderation.CodeInvalid && request.After != "" {
		request.After, place.Mix.After = "", "" // a cursor of another queue
		calm, err = s.options.Service.Queue(c.Request().Context(), request)
	}
	switch {
	case err != nil:
	case len(calm.Comments) > 0:
		place.ID, place.Mix.After, place.Mix.Calm = calm.Comments[0].ID, calm.Cursors[0], true
	case calm.Next != "":
		place.Mix.After = calm.Next // the next turn looks further
	}
	return place, err
}

// mixes reports whether calm comments may come there: among what waits, likely harmful first, where nobody asked for certain answers.
func mixes(place view.Place, filter moderation.Filter) bool {
	return !place.List && place.Order == moderation.OrderHarm && filter.Status == moderation.Pending && !filter.LooksAtAnswers() && !filter.Waits()
}
