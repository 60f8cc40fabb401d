//go:build e2e

package e2e

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// gate stands before the desk: a story may have it hold requests back, or lose them.
type gate struct {
	mutex sync.Mutex
	rule  func(http.Handler, http.ResponseWriter, *http.Request)
}

// set has the rule answer every POST of the address; nil opens the gate.
func (g *gate) set(path string, rule func(http.Handler, http.ResponseWriter, *http.Request)) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.rule = nil
	if rule != nil {
		g.rule = func(desk http.Handler, w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost && r.URL.Path == path {
				rule(desk, w, r)
				return
			}
			desk.ServeHTTP(w, r)
		}
	}
}

func (g *gate) before(desk http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.mutex.Lock()
		rule := g.rule
		g.mutex.Unlock()
		if rule == nil {
			desk.ServeHTTP(w, r)
			return
		}
		rule(desk, w, r)
	})
}

// lost closes the connection: the request never came.
func lost(http.Handler, http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// unanswered has the desk do what was asked and loses the answer.
func unanswered(desk http.Handler, _ http.ResponseWriter, r *http.Request) {
	desk.ServeHTTP(httptest.NewRecorder(), r)
	panic(http.ErrAbortHandler)
}

// hold keeps every POST of the address from the desk until it is released, at the latest when the story ends.
func (g *gate) hold(t *testing.T, path string) (release func()) {
	t.Helper()
	return g.holdThose(t, func(r *http.Request) bool { return r.Method == http.MethodPost && r.URL.Path == path })
}

// holdThose keeps every such request from the desk until it is released, at the latest when the story ends.
func (g *gate) holdThose(t *testing.T, which func(*http.Request) bool) (release func()) {
	t.Helper()
	held := make(chan struct{})
	release = sync.OnceFunc(func() { close(held) })
	t.Cleanup(release)
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.rule = func(desk http.Handler, w http.ResponseWriter, r *http.Request) {
		if which(r) {
			<-held
		}
		desk.ServeHTTP(w, r)
	}
	return release
}

// ahead is whether a page fetches what may come next.
func ahead(r *http.Request) bool { return r.Header.Get("Purpose") == "prefetch" }

// loseThose closes the connection of every such request until the gate is opened.
func (g *gate) loseThose(which func(*http.Request) bool) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.rule = func(desk http.Handler, w http.ResponseWriter, r *http.Request) {
		if which(r) {
			panic(http.ErrAbortHandler)
		}
		desk.ServeHTTP(w, r)
	}
}
