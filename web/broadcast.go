package web

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"sync"
	"time"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

// Limits on who listens at the same time.
const (
	maxListeners           = 500
	maxListenersPerSession = 4
)

var errTooManyListeners = errors.New("too many listeners")

// listener is one open page. Only the newest of each kind of news is kept for it, so that a slow page holds nothing up.
type listener struct {
	session  string // the token: one sign-in
	user     account.User
	comment  int64         // open on the page; 0 for none
	revision int64         // of the comment, as the page knows it; only the broadcaster's look reads and writes it
	woken    chan struct{} // something is to be sent
	done     chan struct{} // closed where the page shall hear nothing more

	mutex  sync.Mutex
	counts map[moderation.Status]int // to be sent; nil for nothing
	later  *moderation.Entry
	told   map[moderation.Status]int // the counts that were handed over last
	mine   moderation.Mine           // beside the counts: what waits for the user
}

func newListener(session string, user account.User, comment, revision int64) *listener {
	return &listener{session: session, user: user, comment: comment, revision: revision, woken: make(chan struct{}, 1), done: make(chan struct{})}
}

// offerCounts leaves counts for the page where they differ from what it was told.
func (l *listener) offerCounts(counts map[moderation.Status]int, mine moderation.Mine) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.told == nil || !maps.Equal(l.told, counts) || l.mine != mine {
		l.told, l.counts, l.mine = counts, counts, mine
		l.wake()
	}
}

// offerLater leaves what somebody did to the page's comment.
func (l *listener) offerLater(entry *moderation.Entry) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.later = entry
	l.wake()
}

func (l *listener) wake() {
	select {
	case l.woken <- struct{}{}:
	default: // it has not looked yet
	}
}

// take hands over what is to be sent.
func (l *listener) take() (counts map[moderation.Status]int, mine moderation.Mine, later *moderation.Entry) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	counts, mine, later = l.counts, l.mine, l.later
	l.counts, l.later = nil, nil
	return counts, mine, later
}

// broadcaster tells every listener what changed. While somebody listens, one goroutine looks at the counters again and again, so that what other
// processes do is noticed too.
type broadcaster struct {
	service  *moderation.Service
	accounts *account.Service
	logger   *slog.Logger
	every    time.Duration // from one look to the next

	mutex     sync.Mutex
	listeners map[*listener]bool // false until the first look
	stop      context.CancelFunc // ends the goroutine; nil while nobody listens
	stopped   chan struct{}      // closed when the latest goroutine has ended; nil before the first
	closed    bool
}

func newBroadcaster(options Options) *broadcaster {
	return &broadcaster{service: options.Service, accounts: options.Accounts, logger: options.Logger, every: time.Second, listeners: map[*listener]bool{}}
}

// join adds a listener, which has to leave again.
func (b *broadcaster) join(l *listener) error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	same := 0
	for other := range b.listeners {
		if other.session == l.session {
			same++
		}
	}
	if b.closed || len(b.listeners) >= maxListeners || same >= maxListenersPerSession {
		return errTooManyListeners
	}
	b.listeners[l] = false
	if b.stop == nil {
		ctx, stop := context.WithCancel(context.Background())
		before, stopped := b.stopped, make(chan struct{})
		b.stop, b.stopped = stop, stopped
		go func() {
			defer close(stopped)
			if before != nil {
				<-before // one looks at a time
			}
			b.watch(ctx)
		}()
	}
	return nil
}

// leave takes a listener out; the last one stops the goroutine.
func (b *broadcaster) leave(l *listener) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.remove(l)
}

func (b *broadcaster) remove(l *listener) {
	if _, there := b.listeners[l]; !there {
		return
	}
	delete(b.listeners, l)
	close(l.done)
	if len(b.listeners) == 0 {
		b.stop()
		b.stop = nil
	}
}

// end parts from every listener that the condition names.
func (b *broadcaster) end(which func(*listener) bool) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for l := range b.listeners {
		if which(l) {
			b.remove(l)
		}
	}
}

// endSession parts from the listeners of one sign-in.
func (b *broadcaster) endSession(token string) {
	b.end(func(l *listener) bool { return l.session == token })
}

// close parts from every listener and takes no more.
func (b *broadcaster) close() {
	b.mutex.Lock()
	b.closed = true
	b.mutex.Unlock()
	b.end(func(*listener) bool { return true })
}

// watch looks until the context ends.
func (b *broadcaster) watch(ctx context.Context) {
	ticker := time.NewTicker(b.every)
	defer ticker.Stop()
	for end := int64(-1); ; {
		var err error
		if end, err = b.look(ctx, end); err != nil && ctx.Err() == nil {
			b.logger.Warn("changes not noticed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// look tells every listener what changed since the ledger ended there, and returns where it ends now.
func (b *broadcaster) look(ctx context.Context, before int64) (end int64, err error) {
	users, err := b.accounts.List(ctx)
	if err != nil {
		return before, err
	}
	byID := make(map[int64]account.User, len(users))
	for _, user := range users {
		byID[user.ID] = user
	}
	b.end(func(l *listener) bool {
		now, there := byID[l.user.ID]
		return !there || now.Disabled || now.Epoch != l.user.Epoch
	})
	if end, err = b.service.LedgerEnd(ctx); err != nil {
		return before, err
	}
	counts, err := b.service.Counts(ctx)
	if err != nil {
		return before, err
	}
	all, behind := b.listening(end != before)
	mine := map[string]moderation.Mine{}
	for _, l := range all {
		if _, counted := mine[l.user.Name]; !counted && l.user.Role.AtLeast(account.Moderator) {
			if mine[l.user.Name], err = b.service.Mine(ctx, l.user.Name); err != nil {
				return before, err
			}
		}
		l.offerCounts(counts, mine[l.user.Name])
	}
	if err := b.tellLater(ctx, behind); err != nil {
		return -1, err // all of it again
	}
	return end, nil
}

// listening is every listener, and those with an open comment that may have changed: all of them where something was done, else the new ones.
func (b *broadcaster) listening(changed bool) (all, behind []*listener) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for l, looked := range b.listeners {
		all = append(all, l)
		if l.comment != 0 && (changed || !looked) {
			behind = append(behind, l)
		}
		b.listeners[l] = true
	}
	return all, behind
}

// tellLater tells the listeners what others did to the comments that they have open.
func (b *broadcaster) tellLater(ctx context.Context, listeners []*listener) error {
	ids := make([]int64, len(listeners))
	for i, l := range listeners {
		ids[i] = l.comment
	}
	revisions, err := b.service.Revisions(ctx, ids)
	if err != nil {
		return err
	}
	for _, l := range listeners {
		if revisions[l.comment] <= l.revision {
			continue
		}
		later, err := b.service.Later(ctx, l.comment, l.revision)
		if err != nil {
			return err
		}
		l.revision = revisions[l.comment]
		if later != nil && later.Actor != l.user.Name {
			l.offerLater(later)
		}
	}
	return nil
}
