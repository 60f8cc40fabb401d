package impact

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Service tells what labels would change. It reads what waits in the background when it is first asked, keeps up with it afterwards, and reads it anew
// for a new model.
type Service struct {
	store      Store
	champion   moderation.Champion
	logger     *slog.Logger
	background context.Context
	most       int // see MostWaiting

	running sync.WaitGroup
	mutex   sync.Mutex // guards what follows, and what waiting holds
	waiting *waiting
	reading string // the model for which everything is being read, "" for none
	read    int    // how much of it
	of      int
	failed  error // the last reading
	told    map[string]*Estimate
}

// mostTold is how many estimates are kept for Told.
const mostTold = 256

// Options wire a Service.
type Options struct {
	Store      Store
	Champion   moderation.Champion
	Logger     *slog.Logger    // nil logs nothing
	Background context.Context // ends when the process stops; nil means context.Background()
	Most       int             // waiting comments that are looked at; 0 means MostWaiting
}

// NewService wires a service. It reads nothing yet.
func NewService(o Options) *Service {
	if o.Background == nil {
		o.Background = context.Background()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Most == 0 {
		o.Most = MostWaiting
	}
	return &Service{store: o.Store, champion: o.Champion, logger: o.Logger, background: o.Background, most: o.Most, told: map[string]*Estimate{}}
}

// Wait returns when nothing is read in the background any more.
func (s *Service) Wait() { s.running.Wait() }

// Estimate is what the labels on a comment would change; answers are an axis's, or moderation.CantTell. Where the comments are still being read, it
// says how far that is and does not wait for it. Invalid for labels that nobody can give.
func (s *Service) Estimate(ctx context.Context, commentID int64, labels map[classifier.Axis]string) (Estimate, error) {
	for axis, answer := range labels {
		if axis.Index() < 0 || answer != moderation.CantTell && axis.AnswerIndex(answer) < 0 {
			return Estimate{}, moderation.Invalid("no answer %.20q on %.20q", answer, axis)
		}
	}
	began := time.Now()
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if w, err := s.ready(ctx); w == nil || err != nil {
		return Estimate{CommentID: commentID, Read: s.read, OfAll: s.of}, err
	}
	e, err := s.waiting.reckon(ctx, s.store, commentID, labels)
	if err != nil {
		return e, err
	}
	e.Took = time.Since(began)
	if len(s.told) >= mostTold {
		clear(s.told)
	}
	s.told[key(s.waiting, commentID, labels)] = &e
	return e, nil
}

// Told is the estimate that was last given of these labels by the model in use, nil where none was. It neither waits nor reckons.
func (s *Service) Told(commentID int64, labels map[classifier.Axis]string) *Estimate {
	if !s.mutex.TryLock() {
		return nil
	}
	defer s.mutex.Unlock()
	if s.waiting == nil || s.waiting.basis.Model().ID() != s.champion.Model().ID() {
		return nil
	}
	return s.told[key(s.waiting, commentID, labels)]
}

func key(w *waiting, commentID int64, labels map[classifier.Axis]string) string {
	key := fmt.Sprint(w.basis.Model().ID(), " ", commentID)
	for _, axis := range classifier.Axes {
		key += " " + labels[axis]
	}
	return key
}

// ready is what waits as of now, nil while it is being read. The mutex must be held.
func (s *Service) ready(ctx context.Context) (*waiting, error) {
	model := s.champion.Model()
	if s.waiting != nil && s.waiting.basis.Model().ID() == model.ID() {
		if err := s.waiting.follow(ctx, s.store); err != nil {
			return nil, err
		}
		if !s.waiting.stale {
			return s.waiting, nil
		}
	}
	s.waiting = nil // one at a time is held
	clear(s.told)
	if s.failed != nil && s.reading == "" {
		err := s.failed
		s.failed = nil // the next request tries again
		return nil, err
	}
	if s.reading != model.ID() {
		s.start(model)
	}
	return nil, nil
}

// start reads everything in the background. The mutex must be held.
func (s *Service) start(model *classifier.Model) {
	s.reading, s.read, s.of = model.ID(), 0, 0
	s.running.Go(func() {
		began := time.Now()
		w, err := open(s.background, s.store, model)
		if err == nil {
			err = w.read(s.background, s.store, s.most, func(read, of int) {
				s.mutex.Lock()
				defer s.mutex.Unlock()
				if s.reading == model.ID() {
					s.read, s.of = read, of
				}
			})
		}
		s.mutex.Lock()
		defer s.mutex.Unlock()
		if s.reading != model.ID() {
			return // another model became the champion meanwhile
		}
		s.reading = ""
		if err != nil {
			if s.background.Err() == nil {
				s.failed = err
				s.logger.Error("what waits was not indexed", "error", err)
			}
			return
		}
		s.waiting = w
		s.logger.Info("what waits is indexed", "comments", w.index.Len(), "mebibytes", w.index.Bytes()>>20, "ms", time.Since(began).Milliseconds())
	})
}
