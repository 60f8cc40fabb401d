package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"commentdesk/web/view"
)

// Times of a page that listens.
const (
	heartbeatEvery  = 15 * time.Second // proxies and browsers give up on a connection that is silent
	listenAtMost    = 30 * time.Minute // then the browser comes back, and its session is looked at anew
	eventTimeout    = 10 * time.Second // for one write
	reconnectMillis = 2000
)

const eventStream = "text/event-stream"

// live sends a page what changes while it is open: the counts of the tabs, and what others did to its comment.
func (s *Server) live(c echo.Context) error {
	switch {
	case c.Request().Method == http.MethodHead:
		return c.NoContent(http.StatusNoContent)
	case !strings.Contains(c.Request().Header.Get(echo.HeaderAccept), eventStream):
		return echo.NewHTTPError(http.StatusNotAcceptable)
	}
	comment, _ := strconv.ParseInt(c.QueryParam("comment"), 10, 64)
	revision, _ := strconv.ParseInt(c.QueryParam("revision"), 10, 64)
	l := newListener(s.sessions.Token(c.Request().Context()), *userOf(c), max(comment, 0), revision)
	if err := s.broadcaster.join(l); err != nil {
		c.Response().Header().Set("Retry-After", strconv.Itoa(int(heartbeatEvery.Seconds())))
		return echo.NewHTTPError(http.StatusServiceUnavailable, "Too many pages listen already.")
	}
	defer s.broadcaster.leave(l)
	connection := http.NewResponseController(c.Response())
	if err := connection.SetReadDeadline(time.Time{}); err != nil { // nothing more is read; the deadline would end the request
		return err
	}
	c.Response().Header().Set(echo.HeaderContentType, eventStream)
	c.Response().Header().Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	send := func(text string) error {
		if err := connection.SetWriteDeadline(time.Now().Add(eventTimeout)); err != nil {
			return err
		}
		if _, err := c.Response().Write([]byte(text)); err != nil {
			return err
		}
		return connection.Flush()
	}
	if send(fmt.Sprintf("retry: %d\n\n", reconnectMillis)) == nil {
		s.tell(c, l, send)
	}
	return nil // a page that is gone is no failure
}

// tell sends what the listener is offered until one of the two goes.
func (s *Server) tell(c echo.Context, l *listener, send func(string) error) {
	heartbeat, enough := time.NewTicker(s.heartbeat), time.NewTimer(listenAtMost)
	defer heartbeat.Stop()
	defer enough.Stop()
	for {
		text := ""
		select {
		case <-c.Request().Context().Done():
			return
		case <-l.done:
			return
		case <-enough.C:
			return
		case <-heartbeat.C:
			text = ":\n\n"
		case <-l.woken:
			counts, mine, later := l.take()
			if counts != nil {
				text += event("counts", view.NewLiveCounts(s.local(c), counts, mine))
			}
			if later != nil {
				text += event("later", view.NewLiveEntry(s.local(c), *later))
			}
		}
		if send(text) != nil {
			return
		}
	}
}

// event is one event as it goes over the line. JSON holds no line breaks.
func event(name string, data any) string {
	written, err := json.Marshal(data)
	if err != nil {
		return "" // maps and structs of strings always encode
	}
	return "event: " + name + "\ndata: " + string(written) + "\n\n"
}
