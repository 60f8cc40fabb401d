package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"commentdesk/moderation"
)

// killedSite has comments to decide.
func killedSite(t *testing.T, n int) *site {
	s := newSite(t)
	var texts []string
	for i := range n {
		texts = append(texts, fmt.Sprintf("Comment number %d.", i))
	}
	s.must(exitDone, "import", s.file("c.jsonl", rows(t, texts...)))
	return s
}

// checkLedger opens the database again: every acknowledged action is there once, at most inFlight others, and the tables agree with the ledger.
func (s *site) checkLedger(acknowledged []string, inFlight int) {
	s.t.Helper()
	d := s.open()
	defer d.Close()
	entries, err := d.store.Ledger(s.t.Context(), 0, 10_000)
	if err != nil {
		s.t.Fatal(err)
	}
	found := map[string]int{}
	for _, entry := range entries {
		if entry.Kind == moderation.KindAct {
			found[entry.ActionID]++
		}
	}
	for _, id := range acknowledged {
		if found[id] != 1 {
			s.t.Errorf("action %s was acknowledged and stands %d times in the ledger", id, found[id])
		}
	}
	if more := len(found) - len(acknowledged); more < 0 || more > inFlight {
		s.t.Errorf("%d actions stand in the ledger beside the %d acknowledged ones; %d were under way", more, len(acknowledged), inFlight)
	}
	differences, err := d.store.Doctor(s.t.Context())
	if err != nil || len(differences) > 0 {
		s.t.Errorf("after the kill: %v, %v", differences, err)
	}
}

// Lines are fed one by one; the kill falls between an acknowledgement and the answer to the next line.
func TestKilledWhileLabelling(t *testing.T) {
	t.Parallel()
	const n = 30
	s := killedSite(t, n)
	for kill := 5; kill <= 15; kill += 5 {
		p := s.launch("label", "--file", "-", "--as", "anna")
		var acknowledged []string
		for i := range kill + 1 {
			id := fmt.Sprintf("%d-%d", kill, i)
			if _, err := fmt.Fprintf(p.in, `{"id":"%d","hostile":"no","decision":"approve","action_id":"%s"}`+"\n", 1+i, id); err != nil {
				t.Fatal(err)
			}
			if i == kill {
				break // this one is under way
			}
			p.wait("; undo id " + id)
			acknowledged = append(acknowledged, id)
		}
		for _, line := range p.kill() { // it may have been done all the same
			if _, id, ok := strings.Cut(line, "; undo id "); ok {
				acknowledged = append(acknowledged, id)
			}
		}
		if state := p.cmd.ProcessState.Sys().(syscall.WaitStatus); state.Signal() != syscall.SIGKILL {
			t.Fatalf("it was not killed: %v", p.cmd.ProcessState)
		}
		before := s.ledgered(kill)
		s.checkLedger(append(before, acknowledged...), 1)
	}
}

// ledgered are the action ids of earlier rounds.
func (s *site) ledgered(round int) (ids []string) {
	s.t.Helper()
	d := s.open()
	defer d.Close()
	entries, err := d.store.Ledger(s.t.Context(), 0, 10_000)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.ActionID, strconv.Itoa(round)+"-") {
			ids = append(ids, entry.ActionID)
		}
	}
	return ids
}

// desktop is a browser that is signed in.
type desktop struct {
	address string
	client  *http.Client
}

// serve starts the server on a free port.
func (s *site) serve(args ...string) (*process, string) {
	s.t.Helper()
	p := s.launch(append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	line := p.wait(`"msg":"serving"`)
	var logged struct{ Address string }
	if err := json.Unmarshal([]byte(line), &logged); err != nil {
		s.t.Fatal(err)
	}
	return p, "http://" + logged.Address
}

func signIn(t *testing.T, address, name, password string) *desktop {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &desktop{address: address, client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if status, err := b.post("/sign-in", url.Values{"name": {name}, "password": {password}}); err != nil || status != http.StatusSeeOther {
		t.Fatalf("signing in: %d, %v", status, err)
	}
	return b
}

func (b *desktop) post(path string, form url.Values) (status int, err error) {
	response, err := b.client.PostForm(b.address+path, form)
	if err != nil {
		return 0, err
	}
	return response.StatusCode, response.Body.Close()
}

// act approves a comment; it is acknowledged when the server sends the browser on.
func (b *desktop) act(comment int, action string) bool {
	status, err := b.post("/act", url.Values{"comment": {strconv.Itoa(comment)}, "revision": {"1"}, "action": {action}, "decision": {"approve"}, "hostile": {"no"}})
	return err == nil && status == http.StatusSeeOther
}

// Several browsers post while the server is killed: what it had acknowledged is there when it serves again, and what it had not can be sent anew.
func TestKilledWhileServing(t *testing.T) {
	t.Parallel()
	const browsers, each, killAfter = 3, 100, 40
	s := killedSite(t, browsers*each)
	s.withPassword(exitDone, "a long password\n", "user", "add", "anna")
	p, address := s.serve()
	b := signIn(t, address, "anna", "a long password")

	acknowledgements := make(chan string, browsers*each)
	var working sync.WaitGroup
	for browser := range browsers {
		working.Go(func() {
			for i := range each {
				comment := 1 + browser*each + i
				if !b.act(comment, fmt.Sprintf("serve-%d", comment)) {
					return
				}
				acknowledgements <- fmt.Sprintf("serve-%d", comment)
			}
		})
	}
	var acknowledged []string
	for range killAfter {
		acknowledged = append(acknowledged, <-acknowledgements)
	}
	p.kill()
	working.Wait()
	close(acknowledgements)
	for id := range acknowledgements {
		acknowledged = append(acknowledged, id)
	}
	if len(acknowledged) == browsers*each {
		t.Fatal("everything was done before the kill")
	}
	s.checkLedger(acknowledged, browsers)

	p, address = s.serve()
	b = signIn(t, address, "anna", "a long password")
	var all []string
	for comment := 1; comment <= browsers*each; comment++ {
		id := fmt.Sprintf("serve-%d", comment)
		if !b.act(comment, id) {
			t.Fatalf("action %s is refused when it is sent again", id)
		}
		all = append(all, id)
	}
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	p.wait(`"msg":"stopped"`)
	p.end()
	if code := p.cmd.ProcessState.ExitCode(); code != exitDone {
		t.Errorf("stopped with exit %d", code)
	}
	s.checkLedger(all, 0)
}
