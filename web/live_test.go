package web_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/web"
)

// newLiveDesk is a desk that looks for changes often.
func newLiveDesk(t *testing.T, heartbeat time.Duration) (*desk, *web.Server) {
	t.Helper()
	var options web.Options
	d := newDesk(t, func(o *web.Options) { options = *o })
	server := web.New(options)
	server.Hurry(10*time.Millisecond, heartbeat)
	d.url = serve(t, server)
	return d, server
}

// eventually waits until the condition holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatalf("%s did not come true", what)
		case <-ticker.C:
		}
	}
}

// stream is a page that listens.
type stream struct {
	t      *testing.T
	status int
	lines  *bufio.Scanner
	close  func()
}

func (b *browser) listen(query string) *stream {
	b.Helper()
	request := b.request(http.MethodGet, "/live?"+query, nil)
	request.Header.Set("Accept", "text/event-stream")
	ctx, cancel := context.WithTimeout(b.Context(), 20*time.Second)
	response, err := b.client.Do(request.WithContext(ctx))
	if err != nil {
		b.Fatal(err)
	}
	s := &stream{b.T, response.StatusCode, bufio.NewScanner(response.Body), func() { cancel(); response.Body.Close() }}
	b.Cleanup(s.close)
	return s
}

// next is the data of the next event of that name; other events are passed over.
func (s *stream) next(name string) (data map[string]any) {
	s.t.Helper()
	for s.lines.Scan() {
		if s.lines.Text() != "event: "+name {
			continue
		}
		s.lines.Scan()
		if err := json.Unmarshal([]byte(strings.TrimPrefix(s.lines.Text(), "data: ")), &data); err != nil {
			s.t.Fatal(err)
		}
		return data
	}
	s.t.Fatalf("the stream ended before an event %q: %v", name, s.lines.Err())
	return nil
}

// ends reads until the server ends the stream.
func (s *stream) ends() {
	s.t.Helper()
	for s.lines.Scan() {
	}
	if err := s.lines.Err(); err != nil {
		s.t.Errorf("the stream did not end cleanly: %v", err)
	}
}

func TestLive(t *testing.T) {
	d, server := newLiveDesk(t, time.Minute)
	ids := d.fill(comments...)
	anna, ben := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator)
	query := fmt.Sprintf("comment=%d&revision=1", ids[0])
	annas, bens, elsewhere := anna.listen(query), ben.listen(query), anna.listen(fmt.Sprintf("comment=%d&revision=1", ids[1]))
	for _, s := range []*stream{annas, bens, elsewhere} {
		if got := s.next("counts"); s.status != http.StatusOK || got["pending"] != "4" || got["all"] != "4" {
			t.Fatalf("status %d, counts %v", s.status, got)
		}
	}
	open := ben.get(fmt.Sprintf("/?id=%d", ids[0]))
	ben.post("/act", open.form("#act", url.Values{"decision": {"reject"}}))
	if got := annas.next("later"); got["what"] != "ben rejected this" || got["comment"] != float64(ids[0]) || got["at"] != "2026-05-14T09:00:00Z" {
		t.Errorf("anna is told %v", got)
	}
	for _, s := range []*stream{bens, elsewhere} {
		if got := s.next("counts"); got["pending"] != "3" || got["rejected"] != "1" {
			t.Errorf("counts %v", got)
		}
	}
	late := anna.listen(query) // a page that was loaded before the decision and listens only now
	if got := late.next("later"); got["what"] != "ben rejected this" {
		t.Errorf("the late page is told %v", got)
	}
	later, err := d.service.Act(t.Context(), moderation.Action{ID: "x", CommentID: ids[1], Revision: 1, Actor: "command line", Decision: moderation.Approve})
	if err != nil {
		t.Fatal(err)
	}
	if got := elsewhere.next("later"); got["what"] != "command line approved this" {
		t.Errorf("what another process did: %v", got)
	}
	if _, err := d.service.Undo(t.Context(), later.ActionID, "eva", true); err != nil {
		t.Fatal(err)
	}
	if got := elsewhere.next("later"); got["what"] != "eva undid what was done to this" {
		t.Errorf("an undo: %v", got)
	}
	for _, s := range []*stream{annas, bens, elsewhere, late} {
		s.close()
	}
	eventually(t, "everybody left", func() bool { n, watching := server.Listeners(); return n == 0 && !watching })
	eventually(t, "no goroutine left", func() bool {
		var stacks strings.Builder
		if err := pprof.Lookup("goroutine").WriteTo(&stacks, 2); err != nil {
			t.Fatal(err)
		}
		return !strings.Contains(stacks.String(), "web.(*broadcaster)") && !strings.Contains(stacks.String(), "web.(*Server).tell")
	})
	again := anna.listen("")
	again.next("counts")
}

// TestLiveOutlivesDeadlines listens over more signs of life than the server's own deadlines allow for.
func TestLiveOutlivesDeadlines(t *testing.T) {
	d, server := newLiveDesk(t, 100*time.Millisecond)
	anna := d.signedIn("anna", account.Viewer)
	listening := httptest.NewUnstartedServer(server)
	listening.Config.ReadTimeout, listening.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
	listening.Start()
	t.Cleanup(listening.Close)
	d.url = listening.URL
	s := anna.listen("")
	for beats := 0; beats < 12; {
		if !s.lines.Scan() {
			t.Fatalf("the stream ended after %d signs of life: %v", beats, s.lines.Err())
		}
		if s.lines.Text() == ":" {
			beats++
		}
	}
}

func TestLiveEnds(t *testing.T) {
	d, server := newLiveDesk(t, time.Minute)
	anna := d.signedIn("anna", account.Moderator)
	d.addUser("ben", account.Viewer)
	for name, end := range map[string]func(){
		"sign-out":             func() { anna.post("/sign-out", nil) },
		"another sign-in":      func() { anna.post("/sign-in", url.Values{"name": {"ben"}, "password": {password}}) },
		"sign-out everywhere":  func() { anna.post("/password/sign-out", nil) },
		"sign-out from afar":   func() { d.accounts.SignOut(t.Context(), "ada", "anna") },
		"another role":         func() { d.accounts.SetRole(t.Context(), "ada", "anna", account.Editor) },
		"the user is kept out": func() { d.accounts.Disable(t.Context(), "ada", "anna", true) },
	} {
		d.accounts.Disable(t.Context(), "ada", "anna", false)
		anna.post("/sign-in", url.Values{"name": {"anna"}, "password": {password}})
		s := anna.listen("")
		s.next("counts")
		end()
		s.ends()
		eventually(t, name, func() bool { n, _ := server.Listeners(); return n == 0 })
	}
}

func TestLiveIsCapped(t *testing.T) {
	d, server := newLiveDesk(t, time.Minute)
	anna, ben := d.signedIn("anna", account.Viewer), d.signedIn("ben", account.Viewer)
	var first *stream
	for n := range web.MaxListenersPerSession {
		s := anna.listen("")
		s.next("counts")
		if n == 0 {
			first = s
		}
	}
	if got := anna.listen("").status; got != http.StatusServiceUnavailable {
		t.Errorf("one too many: status %d", got)
	}
	if got := ben.listen("").status; got != http.StatusOK {
		t.Errorf("somebody else: status %d", got)
	}
	first.close()
	eventually(t, "one left", func() bool { n, _ := server.Listeners(); return n == web.MaxListenersPerSession })
	if got := anna.listen("").status; got != http.StatusOK {
		t.Errorf("when one has left: status %d", got)
	}
	if got := anna.get("/live").status; got != http.StatusNotAcceptable {
		t.Errorf("as a page: status %d", got)
	}
	if got := anna.do(anna.request(http.MethodHead, "/live", nil)).status; got != http.StatusNoContent {
		t.Errorf("HEAD: status %d", got)
	}
	if got := d.browser().listen("").status; got != http.StatusOK { // the sign-in page, which a browser does not take for events
		t.Errorf("who is not signed in: status %d", got)
	}
}

// TestLiveEndsWithTheServer stops a server while a page listens.
func TestLiveEndsWithTheServer(t *testing.T) {
	var options web.Options
	d := newDesk(t, func(o *web.Options) { options = *o })
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- web.New(options).Serve(ctx, listener) }()
	d.url = "http://" + listener.Addr().String()
	s := d.signedIn("anna", account.Viewer).listen("")
	s.next("counts")
	began := time.Now()
	stop()
	s.ends()
	if err := <-ended; err != nil || time.Since(began) > 5*time.Second {
		t.Errorf("stopped after %s, error %v", time.Since(began), err)
	}
}
