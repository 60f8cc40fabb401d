package web

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"syscall"

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

// problems says each status in plain words: the keys of a title and of what to do.
var problems = map[int][2]string{
	http.StatusBadRequest:            {"problem.status400", "problem.status400_text"},
	http.StatusUnauthorized:          {"problem.status401", ""},
	http.StatusForbidden:             {"problem.status403", ""},
	http.StatusNotFound:              {"problem.status404", "problem.status404_text"},
	http.StatusMethodNotAllowed:      {"problem.status405", "problem.status405_text"},
	http.StatusConflict:              {"problem.status409", "problem.status409_text"},
	http.StatusRequestEntityTooLarge: {"problem.status413", "problem.status413_text"},
	http.StatusMisdirectedRequest:    {"problem.status421", "problem.status421_text"},
	http.StatusTooManyRequests:       {"problem.status429", "problem.status429_text"},
	http.StatusServiceUnavailable:    {"problem.status503", "problem.status503_text"},
}

// clientGone is the status, in the log alone, of a request whose sender did not wait for the answer.
const clientGone = 499

// fail answers a request that went wrong: a page or JSON, in words for people. What is internal goes to the log alone.
func (s *Server) fail(err error, c echo.Context) {
	local := s.local(c)
	status, text := explain(local, err)
	if status >= http.StatusInternalServerError && c.Request().Context().Err() != nil && !c.Response().Committed {
		c.Response().WriteHeader(clientGone) // nobody reads it; the line of the request tells
		return
	}
	if c.Response().Committed && (errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET)) {
		return // the sender went away while the answer was written
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
			title = "problem.internal"
		}
		page := view.Problem{Frame: s.frameOfProblem(c, local.T(title)), Status: status, Text: text}
		if status >= http.StatusInternalServerError {
			page.Request = requestID(c)
		}
		err = s.render(c, status, page)
	}
	if err != nil {
		s.options.Logger.Error("problem page not written", "id", requestID(c), "error", err)
	}
}

// sentence is a failure in the reader's words.
func sentence(local view.Local, err error) string { return view.Refusal(local, err) }

// explain is the status and the words for an error.
func explain(local view.Local, err error) (status int, text string) {
	var known *moderation.Error
	var conflict *moderation.Conflict
	var framework *echo.HTTPError
	switch {
	case errors.As(err, &known) && statuses[known.Code] != 0:
		return statuses[known.Code], sentence(local, known)
	case errors.As(err, &conflict):
		return http.StatusConflict, view.NewConflict(local, conflict, "").Title + " " + local.T("problem.status409_text")
	case errors.As(err, &framework):
		if words, ok := problems[framework.Code]; ok {
			if words[1] != "" {
				text = local.T(words[1])
			}
			if own, ok := framework.Message.(string); ok && own != http.StatusText(framework.Code) && strings.HasSuffix(own, ".") {
				text = local.Said(own)
			}
			return framework.Code, text
		}
		if framework.Code < http.StatusInternalServerError {
			return framework.Code, http.StatusText(framework.Code) + "."
		}
	}
	return http.StatusInternalServerError, local.T("problem.internal_text")
}

// frameOfProblem leaves the toast for a better page.
func (s *Server) frameOfProblem(c echo.Context, title string) view.Frame {
	return view.Frame{Title: title, User: userOf(c), Demo: s.options.Demo, Version: s.options.Version, Local: s.local(c)}
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
