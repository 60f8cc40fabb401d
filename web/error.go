package web

import (
	"bytes"
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

// statuses maps each kind of failure to its status.
var statuses = map[moderation.Code]int{
	moderation.CodeInvalid:   http.StatusBadRequest,
	moderation.CodeNotFound:  http.StatusNotFound,
	moderation.CodeForbidden: http.StatusForbidden,
	moderation.CodeExists:    http.StatusConflict,
	moderation.CodeBusy:      http.StatusConflict,
}

// problems says each status in plain words: a title and what to do.
var problems = map[int][2]string{
	http.StatusBadRequest:            {"That makes no sense here.", "Go back and try again."},
	http.StatusUnauthorized:          {"Sign in first.", ""},
	http.StatusForbidden:             {"You may not do that.", ""},
	http.StatusNotFound:              {"There is nothing here.", "The address is wrong, or what stood here is gone."},
	http.StatusMethodNotAllowed:      {"This address does not work that way.", "Use the buttons of the page."},
	http.StatusConflict:              {"Somebody was faster.", "Nothing was saved. Look again."},
	http.StatusRequestEntityTooLarge: {"That is too much at once.", "A form takes at most 64 KB."},
	http.StatusMisdirectedRequest:    {"The desk does not answer to this name.", "Use the address that you were given."},
	http.StatusTooManyRequests:       {"Too many tries.", "Wait a minute, then try again."},
	http.StatusServiceUnavailable:    {"The desk is not ready.", "Try again in a moment."},
}

// clientGone is the status, in the log alone, of a request whose sender did not wait for the answer.
const clientGone = 499

const internalError = "Internal error."

// fail answers a request that went wrong: a page or JSON, in words for people. What is internal goes to the log alone.
func (s *Server) fail(err error, c echo.Context) {
	status, text := s.explain(err)
	if status >= http.StatusInternalServerError && c.Request().Context().Err() != nil && !c.Response().Committed {
		c.Response().WriteHeader(clientGone) // nobody reads it; the line of the request tells
		return
	}
	if status >= http.StatusInternalServerError && status != http.StatusServiceUnavailable {
		s.options.Logger.Error("internal error", "id", requestID(c), "route", c.Path(), "error", err)
	}
	if c.Response().Committed {
		return
	}
	if wantsJSON(c) {
		err = c.JSON(status, map[string]any{"error": map[string]any{"status": status, "message": text, "request": requestID(c)}})
	} else {
		title := problems[status][0]
		if title == "" {
			title = internalError
		}
		page := view.Problem{Frame: s.frameOfProblem(c, title), Status: status, Text: text}
		if status >= http.StatusInternalServerError {
			page.Request = requestID(c)
		}
		err = s.render(c, status, page)
	}
	if err != nil {
		s.options.Logger.Error("problem page not written", "id", requestID(c), "error", err)
	}
}

// explain is the status and the words for an error.
func (s *Server) explain(err error) (status int, text string) {
	var known *moderation.Error
	var conflict *moderation.Conflict
	var framework *echo.HTTPError
	switch {
	case errors.As(err, &known) && statuses[known.Code] != 0:
		return statuses[known.Code], view.Sentence(known.Message)
	case errors.As(err, &conflict):
		return http.StatusConflict, view.Sentence(conflict.Error())
	case errors.As(err, &framework):
		if words, ok := problems[framework.Code]; ok {
			text = words[1]
			if own, ok := framework.Message.(string); ok && own != http.StatusText(framework.Code) && strings.HasSuffix(own, ".") {
				text = own
			}
			return framework.Code, text
		}
		if framework.Code < http.StatusInternalServerError {
			return framework.Code, http.StatusText(framework.Code) + "."
		}
	}
	return http.StatusInternalServerError, "The desk's log says what happened. Nothing was saved."
}

// frameOfProblem leaves the toast for a better page.
func (s *Server) frameOfProblem(c echo.Context, title string) view.Frame {
	return view.Frame{Title: title, User: userOf(c), Demo: s.options.Demo, Version: s.options.Version}
}

// wantsJSON reports whether the client asks for JSON and not for a page.
func wantsJSON(c echo.Context) bool {
	accept := c.Request().Header.Get(echo.HeaderAccept)
	return strings.Contains(accept, echo.MIMEApplicationJSON) && !strings.Contains(accept, echo.MIMETextHTML)
}

// render writes a page; one that cannot be written whole is an error and not half a page.
func (s *Server) render(c echo.Context, status int, page view.Page) error {
	var html bytes.Buffer
	if err := view.Write(&html, page); err != nil {
		return err
	}
	return c.HTMLBlob(status, html.Bytes())
}
