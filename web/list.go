package web

import (
	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

// listComments lays out the page of the list that begins behind the place's cursor, or says why there is none.
func (s *Server) listComments(c echo.Context, page *view.Queue, place view.Place, filter moderation.Filter, counts map[moderation.Status]int) error {
	page.Frame = s.frame(c, "queue", s.t(c, "frame.queue"))
	if place.AtEnd() {
		page.Empty = view.NewEmpty(s.local(c), place, "", counts)
		return nil
	}
	request := moderation.QueueRequest{Filter: filter, Order: place.Order, Limit: view.ListPage, After: place.After}
	var listed moderation.QueuePage
	for range maxScans {
		found, err := s.options.Service.Queue(c.Request().Context(), request)
		if moderation.ErrorCode(err) == moderation.CodeInvalid && request.After != "" {
			request.After, place.After, place.Back = "", "", nil // a cursor of another queue: start at the top
			continue
		}
		if err != nil {
			return err
		}
		listed = found
		if len(listed.Comments) > 0 || listed.Next == "" {
			break
		}
		request.After = listed.Next
	}
	if len(listed.Comments) == 0 {
		page.Empty = view.NewEmpty(s.local(c), place, listed.Next, counts)
		return nil
	}
	page.List = view.NewList(listed, place, page.Frame, s.options.Now())
	page.List.Pick(c.QueryParam("picked"))
	return nil
}
