package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/impact"
	"commentdesk/web/view"
)

// estimator tells what labels would change.
type estimator interface {
	Estimate(ctx context.Context, commentID int64, labels map[classifier.Axis]string) (impact.Estimate, error)
	Told(commentID int64, labels map[classifier.Axis]string) *impact.Estimate
}

// change tells what the labels marked would change, before they are given: as a page, or for a script as the part of one.
func (s *Server) change(c echo.Context) error {
	id, err := strconv.ParseInt(c.QueryParam("comment"), 10, 64)
	if err != nil || id <= 0 {
		return moderation.Invalid("no comment named")
	}
	if s.options.Impact == nil {
		return moderation.NotFound("what a label changes is not told here")
	}
	labels := map[classifier.Axis]string{}
	for _, axis := range classifier.Axes {
		if answer := c.QueryParam(string(axis)); answer != "" {
			labels[axis] = answer
		}
	}
	ctx := c.Request().Context()
	estimate, err := s.options.Impact.Estimate(ctx, id, labels)
	if err != nil {
		return err
	}
	named, err := s.options.Service.ByID(ctx, append(view.NamedComments(&estimate), id))
	if err != nil {
		return err
	}
	place := view.ParsePlaceQuery(c.QueryParam("place"))
	place.ID = id
	reckoned := view.NewReckoned(&estimate, named, place, s.local(c))
	if c.QueryParam("part") != "" {
		var html bytes.Buffer
		if err := view.WriteReckoned(&html, view.Frame{Local: s.local(c), Cover: s.settingsOf(c).Cover}, reckoned); err != nil {
			return err
		}
		return c.HTMLBlob(http.StatusOK, html.Bytes())
	}
	revision, _ := strconv.ParseInt(c.QueryParam("revision"), 10, 64) // without one the labels are only asked about
	page := view.Change{Frame: s.frame(c, "queue", s.t(c, "change.title")), Place: place, ActionID: rand.Text(),
		Form: view.NewChangeForm(s.local(c), id, revision, labels), Estimate: reckoned}
	if !estimate.Ready {
		page.Refresh = 3
	}
	if page.Of, err = view.Quoted(s.local(c), named, id); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, page)
}

// changeTold is a sentence on what labels that were just given will change, "" where that was not asked before.
func (s *Server) changeTold(c echo.Context, action moderation.Action) string {
	if s.options.Impact == nil || len(action.Labels) == 0 {
		return ""
	}
	return view.ToldChange(s.local(c), s.options.Impact.Told(action.CommentID, action.Labels))
}
