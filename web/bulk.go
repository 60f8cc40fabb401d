package web

import (
	"crypto/rand"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/web/view"
)

// askBulk asks before it decides what was selected in the list, and shows each text. The address names the comments and the decision, nothing else:
// reason and labels are chosen on the page.
func (s *Server) askBulk(c echo.Context) error {
	bulk, place, err := readSelected(c)
	if err != nil {
		return err
	}
	if len(bulk.Comments) == 0 {
		return s.nothingSelected(c, place)
	}
	return s.confirmBulk(c, http.StatusOK, bulk, place, nil)
}

func (s *Server) nothingSelected(c echo.Context, place view.Place) error {
	return s.renderQueue(c, http.StatusBadRequest, place, &view.Notice{Alarm: true, Title: s.t(c, "bulk.nothing"), Text: s.t(c, "bulk.nothing_text")})
}

// bulk decides every comment that was selected in the list. Without a confirmation it leads to the page that asks.
func (s *Server) bulk(c echo.Context) error {
	bulk, place, err := readSelected(c)
	if err != nil {
		return err
	}
	if len(bulk.Comments) == 0 {
		return s.nothingSelected(c, place)
	}
	if bulk.ID = c.FormValue("confirm"); bulk.ID == "" {
		return c.Redirect(http.StatusSeeOther, view.BulkURL(bulk, place))
	}
	bulk.Reason = moderation.Clean(strings.TrimSpace(c.FormValue("reason")))
	for _, axis := range classifier.Axes {
		if answer := c.FormValue(string(axis)); answer != "" {
			bulk.Labels[axis] = answer
		}
	}
	asked := bulk
	asked.Labels = maps.Clone(bulk.Labels)
	var result moderation.BulkResult
	err = s.giveReasonToAll(c, &bulk)
	if err == nil {
		result, err = s.decideAll(c, bulk)
	}
	if refused := refusal(c, err); refused != nil {
		return s.confirmBulk(c, statuses[moderation.ErrorCode(err)], asked, place, refused)
	}
	if err != nil {
		return err
	}
	return s.afterBulk(c, place, result)
}

// giveReasonToAll puts the reason of the list that the form names before what was written, and labels all of them where the box of the label that it
// implies was ticked in that form.
func (s *Server) giveReasonToAll(c echo.Context, bulk *moderation.Bulk) error {
	reason, err := s.givenReason(c, bulk.Decision)
	bulk.Reason = reason.With(bulk.Reason)
	label(bulk.Labels, reason)
	return err
}

// decideAll acts on each comment, and says what was done, also before a failure: all of it can be undone. A tab that is closed does not stop it
// half way.
func (s *Server) decideAll(c echo.Context, bulk moderation.Bulk) (moderation.BulkResult, error) {
	result, err := s.options.Service.ActAll(throughout(c), bulk)
	if len(result.Done) > 0 {
		s.say(c, view.Toast{Text: view.Sentence(view.GroupDid(s.local(c), len(result.Done), bulk.Decision)), BulkID: bulk.ID})
	}
	return result, err
}

// readSelected is what was selected in the list, and what is to be done with it.
func readSelected(c echo.Context) (moderation.Bulk, view.Place, error) {
	place := view.ParsePlaceQuery(c.FormValue("place"))
	place.List, place.ID = true, 0
	form, err := c.FormParams()
	if err != nil {
		return moderation.Bulk{}, place, moderation.Invalid("the form cannot be read")
	}
	bulk := moderation.Bulk{Actor: userOf(c).Name, Decision: moderation.Decision(c.FormValue("decision")), Labels: map[classifier.Axis]string{}}
	if bulk.Decision.Status() == moderation.Pending {
		return moderation.Bulk{}, place, moderation.Invalid("approve, reject or escalate")
	}
	bulk.Comments, err = readSeen(form["pick"])
	return bulk, place, err
}

// readSeen reads comments as forms name them: a comment's number and the revision that was seen, parted by a full stop.
func readSeen(picks []string) ([]moderation.Seen, error) {
	if len(picks) > moderation.MaxBulk {
		return nil, moderation.Invalid("at most %d comments can be done at once", moderation.MaxBulk)
	}
	comments := make([]moderation.Seen, len(picks))
	for i, pick := range picks {
		id, revision, _ := strings.Cut(pick, ".")
		comment, wrong := strconv.ParseInt(id, 10, 64)
		seen, alsoWrong := strconv.ParseInt(revision, 10, 64)
		if wrong != nil || alsoWrong != nil || comment <= 0 || seen <= 0 {
			return nil, moderation.Invalid("no comment %.40q", pick)
		}
		comments[i] = moderation.Seen{CommentID: comment, Revision: seen}
	}
	return comments, nil
}

// confirmBulk shows each text that would be decided.
func (s *Server) confirmBulk(c echo.Context, status int, bulk moderation.Bulk, place view.Place, notice *view.Notice) error {
	ctx := c.Request().Context()
	local, n := s.local(c), len(bulk.Comments)
	page := view.Bulk{Frame: s.frame(c, "queue", view.BulkTitle(local, bulk.Decision, n)), Notice: notice, Place: place, ID: rand.Text(),
		Decision: string(bulk.Decision), Confirm: view.BulkButton(local, bulk.Decision, n), Axes: view.NewBulkAxes(local, bulk.Labels), Labelled: len(bulk.Labels) > 0, Written: bulk.Reason}
	page.ListURL = view.PickedURL(place, bulk.Comments)
	if bulk.Decision == moderation.Reject {
		why, err := s.why(c, "bulk", true)
		if err != nil {
			return err
		}
		page.Why = why
	}
	for _, seen := range bulk.Comments {
		stored, err := s.options.Service.Comment(ctx, seen.CommentID)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, view.NewBulkRow(stored, seen.Revision, page.Frame, s.options.Now()))
	}
	return s.render(c, status, page)
}

// afterBulk goes back to the list, which names what was left.
func (s *Server) afterBulk(c echo.Context, place view.Place, result moderation.BulkResult) error {
	if wantsJSON(c) && len(result.Left) > 0 {
		return result.Left[0].Err
	}
	s.sayLeft(c, result.Left)
	return c.Redirect(http.StatusSeeOther, place.URL())
}

// left is a comment that was left as it is, and why, as the session keeps it for the next page.
type left struct {
	CommentID int64
	Why       string
}

// sayLeft leaves what was left for the next page of the queue.
func (s *Server) sayLeft(c echo.Context, comments []moderation.Left) {
	if len(comments) == 0 {
		return
	}
	said := make([]left, len(comments))
	for i, l := range comments {
		said[i] = left{l.CommentID, view.WhyLeft(s.local(c), l)}
	}
	if written, err := json.Marshal(said); err == nil { // numbers and strings always encode
		s.sessions.Put(c.Request().Context(), keyLeft, string(written))
	}
}

// takeLeft is what was left for this page, laid out.
func (s *Server) takeLeft(c echo.Context, place view.Place) (rows []view.LeftRow, err error) {
	ctx := c.Request().Context()
	var comments []left
	if written := s.sessions.PopString(ctx, keyLeft); written == "" || json.Unmarshal([]byte(written), &comments) != nil {
		return nil, nil
	}
	for _, l := range comments {
		row := view.LeftRow{Why: l.Why}
		stored, err := s.options.Service.Comment(ctx, l.CommentID)
		if err == nil {
			shown := view.NewRow(stored, view.Frame{Local: s.local(c)}, s.options.Now())
			row.Author, row.Excerpt, row.Cover, row.URL = shown.Author, shown.Excerpt, shown.Cover, place.Opened(l.CommentID).URL()
		} else if moderation.ErrorCode(err) != moderation.CodeNotFound {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// undoBulk cancels what was done at once; what somebody changed since is left and named.
func (s *Server) undoBulk(c echo.Context, place view.Place, bulkID string) error {
	user := userOf(c)
	result, err := s.options.Service.UndoAll(throughout(c), bulkID, user.Name, user.Role.AtLeast(account.Editor))
	if err != nil {
		return err
	}
	if len(result.Done) > 0 && !place.List {
		place = place.At(shownBefore(place, result.Done))
	}
	if len(result.Done) > 0 {
		s.say(c, view.Toast{Text: s.t(c, "bulk.undone", "n", len(result.Done))})
	}
	return s.afterBulk(c, place, result)
}

// shownBefore is the comment that was on screen when these were decided, else the first of them.
func shownBefore(place view.Place, entries []moderation.Entry) int64 {
	for _, entry := range entries {
		if slices.ContainsFunc(place.Back, func(step view.Step) bool { return step.ID == entry.CommentID }) {
			return entry.CommentID
		}
	}
	return entries[0].CommentID
}
