package web

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
