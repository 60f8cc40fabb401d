package web

import (
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"golang.org/x/time/rate"

	"commentdesk/moderation"
)

// policy allows what the desk serves itself, and nothing inline.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; connect-src 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'"

// secureHeaders stand on every answer.
func secureHeaders(https bool) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			h := c.Response().Header()
			h.Set("Content-Security-Policy", policy)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("X-Frame-Options", "DENY")
			h.Set("Referrer-Policy", "same-origin")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Cross-Origin-Resource-Policy", "same-origin")
			h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
			h.Set("Cache-Control", "no-store")
			if https {
				h.Set("Strict-Transport-Security", "max-age=31536000")
			}
			return next(c)
		}
	}
}

// checkHost refuses names that the desk does not answer to, so that a foreign name that points here reaches nothing.
func (s *Server) checkHost(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		host := c.Request().Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		host = strings.Trim(host, "[]") // an IPv6 address without a port
		if allowed := s.options.AllowedHosts; len(allowed) > 0 && !slices.ContainsFunc(allowed, func(a string) bool { return strings.EqualFold(a, host) }) {
			return echo.NewHTTPError(http.StatusMisdirectedRequest)
		}
		return next(c)
	}
}

// checkOrigin refuses forms that another site sent.
func checkOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	protection := http.NewCrossOriginProtection()
	return func(c echo.Context) error {
		if protection.Check(c.Request()) != nil {
			return echo.NewHTTPError(http.StatusForbidden, "This request came from another site. Nothing was done.")
		}
		return next(c)
	}
}

// dropRequestID takes no id from outside: what a client sends would stand in the log. It never skips.
func dropRequestID(c echo.Context) bool {
	c.Request().Header.Del(echo.HeaderXRequestID)
	return false
}

// logRequests writes a line a request: which route, how it went, how long it took. Addresses, forms and texts stay out.
func (s *Server) logRequests(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := time.Now()
		if err := next(c); err != nil {
			c.Error(err)
		}
		if c.Path() == "/healthz" || c.Path() == "/readyz" {
			return nil
		}
		var user int64
		if u := userOf(c); u != nil {
			user = u.ID
		}
		s.options.Logger.Info("request", "method", method(c.Request().Method), "route", c.Path(), "status", c.Response().Status,
			"ms", time.Since(began).Milliseconds(), "id", requestID(c), "user", user)
		return nil
	}
}

// method is the request's where it is a known one: a client may send any word.
func method(sent string) string {
	switch sent {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return sent
	}
	return "other"
}

func requestID(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

// recoverPanics turns a panic into the page of an internal error. The log gets the place, not the value: it could hold a text.
func (s *Server) recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if value := recover(); value != nil {
				if value == http.ErrAbortHandler {
					panic(value)
				}
				s.options.Logger.Error("panic", "id", requestID(c), "route", c.Path(), "stack", string(debug.Stack()))
				err = echo.NewHTTPError(http.StatusInternalServerError)
			}
		}()
		return next(c)
	}
}

// Limits on tries of a password: so many at once, then one each so many seconds.
const (
	triesPerAddress, secondsPerAddress = 30, 2
	triesPerName, secondsPerName       = 10, 10
	forgetTries                        = 15 * time.Minute
)

func limit(tries int, seconds float64, who middleware.Extractor) echo.MiddlewareFunc {
	return middleware.RateLimiterWithConfig(middleware.RateLimiterConfig{
		Store: middleware.NewRateLimiterMemoryStoreWithConfig(middleware.RateLimiterMemoryStoreConfig{
			Rate: rate.Limit(1 / seconds), Burst: tries, ExpiresIn: forgetTries}),
		IdentifierExtractor: who,
	})
}

// passwordLimit slows down who guesses the password of a session left open.
func passwordLimit() echo.MiddlewareFunc {
	return limit(triesPerName, secondsPerName, func(c echo.Context) (string, error) { return strconv.FormatInt(userOf(c).ID, 10), nil })
}

// signInLimits slow down guessing, from one address and for one name.
func signInLimits() []echo.MiddlewareFunc {
	return []echo.MiddlewareFunc{
		limit(triesPerAddress, secondsPerAddress, func(c echo.Context) (string, error) { return network(c.RealIP()), nil }),
		limit(triesPerName, secondsPerName, func(c echo.Context) (string, error) {
			name := c.FormValue("name")
			return moderation.FoldCase(name[:min(len(name), 256)]), nil
		}),
	}
}

// network is what one household or office has: an IPv4 address, or the first 64 bits of an IPv6 one.
func network(ip string) string {
	address, err := netip.ParseAddr(ip)
	if err != nil || address.Unmap().Is4() {
		return ip
	}
	prefix, err := address.WithZone("").Prefix(64)
	if err != nil {
		return ip
	}
	return prefix.String()
}
