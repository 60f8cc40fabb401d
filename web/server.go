// Package web is the desk in the browser: pages for the queue, topics, models and users. It knows HTTP, sessions and roles; what may happen to a
// comment it leaves to moderation, how things look to view. It keeps nothing but sessions and limits on attempts.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/moderation/figures"
	"commentdesk/moderation/learn"
)

// bodyLimit caps what a request may carry.
const bodyLimit = "64K"

// Limits on how long a connection may take.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = 2 * time.Minute
	stopTimeout       = 10 * time.Second // for requests that are under way when the server stops
	headerLimit       = 64 << 10         // bytes
)

// learner retrains and says which models there are.
type learner interface {
	Start(ctx context.Context, actor string) (learn.Job, error)
	Models(ctx context.Context) ([]learn.ModelRecord, error)
	ModelFiles(ctx context.Context, id string) (learn.ModelFiles, error)
	Jobs(ctx context.Context, limit int) ([]learn.Job, error)
	Promote(ctx context.Context, id, actor, reason string) error
	Rollback(ctx context.Context, actor string) error
	SetAside() string
	Rescoring() (learn.Rescoring, bool)
	MayRollBack(ctx context.Context) (bool, error)
	Answering(ctx context.Context) (learn.Answering, error)
	SetThresholds(ctx context.Context, change learn.ThresholdChange) error
}

// events notes sign-ins and sign-outs.
type events interface {
	Note(ctx context.Context, at time.Time, actor, kind, subject, detail string) error
}

// Options wire a Server.
type Options struct {
	Service      *moderation.Service
	Accounts     *account.Service
	Learner      learner
	Events       events
	Figures      *figures.Service
	Impact       estimator // nil: nobody is told what labels change
	Sessions     scs.CtxStore
	Ready        func(ctx context.Context) error // nil means always ready
	Now          func() time.Time
	Zone         *time.Location // of readers whose zone is not known; nil is UTC
	Logger       *slog.Logger
	Version      string
	Demo         bool     // say on every page that this is a demonstration
	Secure       bool     // browsers reach the desk through https: cookies for https alone
	AllowedHosts []string // names the desk answers to; none means any
}

// Server is the desk. It is an http.Handler.
type Server struct {
	options     Options
	sessions    *scs.SessionManager
	echo        *echo.Echo
	broadcaster *broadcaster
	heartbeat   time.Duration // between two signs of life to a page that listens
}

// New wires a server.
func New(options Options) *Server {
	if options.Logger == nil {
		options.Logger = slog.New(slog.DiscardHandler)
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	s := &Server{options: options, sessions: newSessions(options), echo: echo.New(), broadcaster: newBroadcaster(options), heartbeat: heartbeatEvery}
	s.echo.IPExtractor = echo.ExtractIPDirect()
	s.echo.HTTPErrorHandler = s.fail
	s.echo.Logger.SetOutput(discard{})
	s.echo.Use(middleware.RequestIDWithConfig(middleware.RequestIDConfig{Skipper: dropRequestID}),
		s.logRequests, s.recoverPanics, secureHeaders(options.Secure), s.checkHost, middleware.BodyLimit(bodyLimit), checkOrigin)
	for _, r := range s.routes() {
		guards := append(s.guards(r), r.limits...)
		s.echo.Add(r.method, r.path, r.handler, guards...)
		if r.method == http.MethodGet {
			s.echo.Add(http.MethodHead, r.path, r.handler, guards...)
		}
	}
	return s
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

// Serve answers on the listener until the context ends; requests under way then get a few seconds.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: headerLimit,
		ErrorLog:       slog.NewLogLogger(s.options.Logger.Handler(), slog.LevelWarn),
	}
	server.RegisterOnShutdown(s.broadcaster.close)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	err := server.Shutdown(stopping)
	if ended := <-ended; !errors.Is(ended, http.ErrServerClosed) {
		err = errors.Join(err, ended)
	}
	return err
}

// discard takes what Echo would print: requests and errors are logged here.
type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
