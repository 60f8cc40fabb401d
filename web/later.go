package web

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"time"
	_ "time/tzdata" // a reader's own time zone is known on machines without a table of them

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/web/view"
	"commentdesk/web/view/language"
)

// later puts the comment off: until a time, to a colleague, for a second opinion; or brings it back.
func (s *Server) later(c echo.Context) error {
	action, err := readAction(c)
	if err != nil {
		return err
	}
	place := view.ParsePlaceQuery(c.FormValue("place"))
	place.ID = action.CommentID
	local := s.local(c)
	local.Zone, err = readZone(c.FormValue("zone"), local.Zone)
	if err == nil {
		action.Wait, err = readWait(c, s.options.Now().In(local.Zone))
	}
	var entry moderation.Entry
	if err == nil {
		entry, err = s.options.Service.Act(c.Request().Context(), action)
	}
	var conflict *moderation.Conflict
	if errors.As(err, &conflict) && !wantsJSON(c) {
		return s.renderQueue(c, http.StatusConflict, place, view.NewConflict(s.local(c), conflict, s.t(c, "queue.not_saved", "wanted", view.Wanted(s.local(c), action))))
	}
	if refused := refusal(c, err); refused != nil {
		return s.renderQueue(c, statuses[moderation.ErrorCode(err)], place, refused)
	}
	if err != nil {
		return err
	}
	s.say(c, view.Toast{Text: view.WaitToast(local, entry), ActionID: entry.ActionID})
	if entry.Wait.Kind == moderation.Recall {
		return c.Redirect(http.StatusSeeOther, place.URL())
	}
	return c.Redirect(http.StatusSeeOther, place.Next().URL())
}

// readZone is the time zone that the page was read in, the reader's where it does not say.
func readZone(name string, reader *time.Location) (*time.Location, error) {
	if name == "" {
		return cmp.Or(reader, time.UTC), nil
	}
	zone := language.Zone(name)
	if zone == nil {
		return nil, moderation.Invalid("no time zone %.20q is known here", name)
	}
	return zone, nil
}

// morning is when a day begins for whoever snoozes until tomorrow.
const morning = 8

// readWait reads what the menu's button says; now is in the reader's time zone.
func readWait(c echo.Context, now time.Time) (moderation.Wait, error) {
	snooze := func(until time.Time) (moderation.Wait, error) {
		return moderation.Wait{Kind: moderation.Snooze, Until: until.UTC()}, nil
	}
	switch c.FormValue("do") {
	case "hour":
		return snooze(now.Add(time.Hour))
	case "morning":
		return snooze(time.Date(now.Year(), now.Month(), now.Day()+1, morning, 0, 0, 0, now.Location()))
	case "week":
		return snooze(now.AddDate(0, 0, 7))
	case "at":
		until, err := time.ParseInLocation("2006-01-02T15:04", c.FormValue("at"), now.Location())
		if err != nil {
			return moderation.Wait{}, moderation.Invalid("until when? A day and a time, like 2026-05-14T10:00")
		}
		return snooze(until)
	case "hand":
		return moderation.Wait{Kind: moderation.HandOver, For: c.FormValue("for")}, nil
	case "ask":
		return moderation.Wait{Kind: moderation.Ask, For: c.FormValue("for")}, nil
	case "recall":
		return moderation.Wait{Kind: moderation.Recall}, nil
	}
	return moderation.Wait{}, moderation.Invalid("snooze, hand over, ask for an opinion, or bring back: none was named")
}

// colleagues are the names of those who can decide, by name.
func (s *Server) colleagues(c echo.Context) (names []string, err error) {
	users, err := s.options.Accounts.List(c.Request().Context())
	for _, user := range users {
		if !user.Disabled && user.Role.AtLeast(account.Moderator) {
			names = append(names, user.Name)
		}
	}
	return names, err
}

// addMine counts what waits for the user.
func (s *Server) addMine(c echo.Context, page *view.Queue) error {
	user := userOf(c)
	if !user.Role.AtLeast(account.Moderator) {
		return nil
	}
	mine, err := s.options.Service.Mine(c.Request().Context(), user.Name)
	page.Mine = view.NewMine(s.local(c), mine)
	return err
}

// answers lists what others decided of what the user asked about.
func (s *Server) answers(c echo.Context) error {
	answers, err := s.options.Service.Answers(c.Request().Context(), userOf(c).Name)
	if err != nil {
		return err
	}
	page := view.NewAnswers(s.frame(c, "queue", s.t(c, "answers.title")), answers, s.options.Now())
	return s.render(c, http.StatusOK, page)
}

// seeAnswers takes the answers that were shown off the user's list.
func (s *Server) seeAnswers(c echo.Context) error {
	upTo, err := strconv.ParseInt(c.FormValue("position"), 10, 64)
	if err != nil || upTo <= 0 {
		return moderation.Invalid("no answers named")
	}
	if err := s.options.Service.SeeAnswers(c.Request().Context(), userOf(c).Name, upTo); err != nil {
		return err
	}
	s.say(c, view.Toast{Text: s.t(c, "answers.seen")})
	return c.Redirect(http.StatusSeeOther, "/answers")
}
