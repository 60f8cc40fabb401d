package web

import "time"

// Local is local, for tests.
var Local = local

// Addresses lists every route as "METHOD path".
func (s *Server) Addresses() []string {
	var addresses []string
	for _, r := range s.routes() {
		addresses = append(addresses, r.method+" "+r.path)
	}
	return addresses
}

// Hurry makes the server look for changes and show signs of life that often, for tests.
func (s *Server) Hurry(look, heartbeat time.Duration) {
	s.broadcaster.every, s.heartbeat = look, heartbeat
}

// Listeners is how many pages listen; watching says whether the goroutine that looks for changes runs.
func (s *Server) Listeners() (n int, watching bool) {
	s.broadcaster.mutex.Lock()
	defer s.broadcaster.mutex.Unlock()
	return len(s.broadcaster.listeners), s.broadcaster.stop != nil
}

// MaxListenersPerSession is maxListenersPerSession, for tests.
const MaxListenersPerSession = maxListenersPerSession
