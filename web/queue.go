package web

import (
	"crypto/rand"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/web/view"
)

// maxScans is how many pages without a find one request looks through before it asks whether to go on.
const maxScans = 3

func (s *Server) queue(c echo.Context) error {
	if address := fromForm(c.QueryParams()); address != "" {
		return c.Redirect(http.StatusSeeOther, address)
	}
	return s.renderQueue(c, http.StatusOK, view.ParsePlace(c.QueryParams()), nil)
}

// renderQueue shows the comment of that place, below a notice where there is one.
func (s *Server) renderQueue(c echo.Context, status int, place view.Place, notice *view.Notice) error {
	ctx := c.Request().Context()
	counts, err := s.options.Service.Counts(ctx)
	if err != nil {
		return err
	}
	page := view.Queue{Tabs: view.NewTabs(s.local(c), place, counts), Orders: view.NewOrders(s.local(c), place), Notice: notice}
	if !ahead(c) && c.Request().Method != http.MethodHead {
		if page.Left, err = s.takeLeft(c, place); err != nil {
			return err
		}
	}
	filter, err := moderation.ParseFilter(place.Query)
	if moderation.ErrorCode(err) == moderation.CodeInvalid {
		page.Hint, status = sentence(s.local(c), err), http.StatusBadRequest
	} else if err != nil {
		return err
	} else if place.List {
		if err = s.listComments(c, &page, place, inTab(filter.As(userOf(c).Name), place), counts); err != nil {
			return err
		}
	} else if place, err = s.openComment(c, &page, place, filter, counts); err != nil {
		return err
	}
	if page.Notice == nil && page.Hint == "" && len(place.Back) == 0 {
		if err := s.unknown(ctx, filter); moderation.ErrorCode(err) == moderation.CodeNotFound {
			page.Notice = &view.Notice{Alarm: true, Title: sentence(s.local(c), err)}
		} else if err != nil {
			return err
		}
	}
	page.Place = place
	if err := s.addNarrow(c, &page, place, filter); err != nil {
		return err
	}
	if page.Frame.Title == "" {
		page.Frame = s.frame(c, "queue", s.t(c, "frame.queue"))
	}
	if page.Undo, err = s.undoable(c, page); err != nil {
		return err
	}
	return s.render(c, status, page)
}

// inTab is the filter as the tab narrows it; a comment's number finds it wherever it stands.
func inTab(filter moderation.Filter, place view.Place) moderation.Filter {
	if filter.Status == "" && filter.ID == 0 && place.Tab != view.AllTab {
		filter.Status = moderation.Status(place.Tab)
	}
	return filter
}

// openComment finds the place's comment and lays it out, or says why there is none.
func (s *Server) openComment(c echo.Context, page *view.Queue, place view.Place, filter moderation.Filter, counts map[moderation.Status]int) (
	view.Place, error,
) {
	place, goOn, err := s.find(c, place, inTab(filter.As(userOf(c).Name), place))
	if err != nil {
		return place, err
	}
	if place.ID == 0 {
		page.Empty = view.NewEmpty(s.local(c), place, goOn, counts)
		return place, nil
	}
	open := s.options.Service.Review
	if ahead(c) {
		open = s.options.Service.ReviewAhead
	}
	review, err := open(c.Request().Context(), place.ID, leaseholder(c))
	if err != nil {
		return place, err
	}
	review.Blind(userOf(c).Name)
	page.Frame = s.frame(c, "queue", s.t(c, "frame.queue"))
	page.Comment = view.NewComment(&review, place, page.Frame, rand.Text(), s.options.Now())
	if refused(c, page.Comment) {
		page.Comment.Restore(c.FormValue)
	}
	if page.MayAct() {
		if page.Why, err = s.why(c, "act", false); err != nil {
			return place, err
		}
	}
	if page.MayEdit() {
		page.Topics, err = s.topicOptions(c, review.Article.Topic)
	}
	return place, err
}

// refused reports whether the request is a form about this comment that is shown again with what it held.
func refused(c echo.Context, comment *view.Comment) bool {
	return c.Request().Method == http.MethodPost && c.FormValue("comment") == strconv.FormatInt(comment.ID, 10)
}

// ahead reports whether a page fetches what it may show next: nobody sees the answer yet.
func ahead(c echo.Context) bool { return c.Request().Header.Get("Purpose") == "prefetch" }

// leaseholder is who has an open comment on screen: nobody where the user only looks.
func leaseholder(c echo.Context) string {
	user := userOf(c)
	if !user.Role.AtLeast(account.Moderator) || c.Request().Method == http.MethodHead {
		return ""
	}
	return user.Name
}

// lease notes that the comment is still open on the user's screen; it tells a script whose lease holds.
func (s *Server) lease(c echo.Context) error {
	id, err := strconv.ParseInt(c.FormValue("comment"), 10, 64)
	if err != nil {
		return moderation.Invalid("no comment named")
	}
	lease, err := s.options.Service.Lease(c.Request().Context(), id, userOf(c).Name)
	if err != nil {
		return err
	}
	if wantsJSON(c) {
		return c.JSON(http.StatusOK, view.NewLiveLease(lease, userOf(c).Name, s.options.Now()))
	}
	return c.NoContent(http.StatusNoContent)
}

// find completes a place: its comment where it names none, the cursor where it has none. What somebody else has open comes only where nothing else
// is left. goOn is set where the search stopped before the end.
func (s *Server) find(c echo.Context, place view.Place, filter moderation.Filter) (found view.Place, goOn string, err error) {
	if place.AtEnd() || place.ID != 0 && place.After != "" {
		return place, "", nil
	}
	if place, err = s.mixCalm(c, place, filter); err != nil || place.Mix.Calm {
		return place, "", err
	}
	request := moderation.QueueRequest{Filter: filter, Order: place.Order, Limit: 1, After: place.After, PassOver: userOf(c).Name, PassOpen: place.ID == 0}
	for scans := 0; scans < maxScans; scans++ {
		listed, err := s.options.Service.Queue(c.Request().Context(), request)
		if moderation.ErrorCode(err) == moderation.CodeInvalid && request.After != "" {
			request.After, place.After, place.Back = "", "", nil // a cursor of another queue: start at the top
			continue
		}
		if err != nil {
			return place, "", err
		}
		after := listed.Next
		if after == "" {
			after = view.End
		}
		if len(listed.Comments) > 0 {
			first := listed.Comments[0].ID
			if place.ID == 0 {
				place.ID = first
			}
			if place.ID == first {
				place.After = after
			}
			return place, "", nil
		}
		if listed.Next == "" && request.PassOpen {
			request.After, request.PassOpen, scans = place.After, false, 0
			continue
		}
		if listed.Next == "" || place.ID != 0 {
			return place, "", nil
		}
		request.After, goOn = listed.Next, listed.Next
	}
	return place, goOn, nil
}
