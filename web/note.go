package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

// addNote keeps what the form under the comment says about the comment, or about its author.
func (s *Server) addNote(c echo.Context) error {
	id, err := strconv.ParseInt(c.FormValue("comment"), 10, 64)
	if err != nil {
		return moderation.Invalid("no comment named")
	}
	place, aboutAuthor := view.ParsePlaceQuery(c.FormValue("place")), c.FormValue("about") == "author"
	note := moderation.Note{Key: c.FormValue("key"), By: userOf(c).Name, Text: c.FormValue("text")}
	if _, err = s.options.Service.AddNote(c.Request().Context(), id, aboutAuthor, note); err != nil {
		return err
	}
	s.say(c, view.Toast{Text: s.t(c, "record.note_kept")})
	return c.Redirect(http.StatusSeeOther, place.At(id).URL())
}

// withdrawNote takes a note of the user's own back.
func (s *Server) withdrawNote(c echo.Context) error {
	id, err := strconv.ParseInt(c.FormValue("note"), 10, 64)
	if err != nil {
		return moderation.Invalid("no note named")
	}
	if err := s.options.Service.WithdrawNote(c.Request().Context(), id, userOf(c).Name); err != nil {
		return err
	}
	s.say(c, view.Toast{Text: s.t(c, "record.note_taken_back")})
	return c.Redirect(http.StatusSeeOther, view.ParsePlaceQuery(c.FormValue("place")).URL())
}
