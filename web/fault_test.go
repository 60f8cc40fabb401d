package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"commentdesk/classifier/registry"
	"commentdesk/models"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/moderation/learn"
	"commentdesk/moderation/sqlstore"
	"commentdesk/web"
)

var errDisk = errors.New("the disk is full")

// faulty is a store whose calls a test watches, and lets fail.
type faulty struct {
	moderation.Store
	acts      func(ctx context.Context, n int) error // before the nth act
	acted     atomic.Int64
	revisions func() error
	entries   func(behind moderation.AuditPlace) error
}

func (f *faulty) Act(ctx context.Context, action moderation.Action, at time.Time) (moderation.Entry, error) {
	if f.acts != nil {
		if err := f.acts(ctx, int(f.acted.Add(1))); err != nil {
			return moderation.Entry{}, err
		}
	}
	return f.Store.Act(ctx, action, at)
}

func (f *faulty) Revisions(ctx context.Context, ids []int64) (map[int64]int64, error) {
	if f.revisions != nil {
		if err := f.revisions(); err != nil {
			return nil, err
		}
	}
	return f.Store.Revisions(ctx, ids)
}

func (f *faulty) AuditEntries(ctx context.Context, filter moderation.AuditFilter, behind moderation.AuditPlace, limit int) ([]moderation.Entry, error) {
	if f.entries != nil {
		if err := f.entries(behind); err != nil {
			return nil, err
		}
	}
	return f.Store.AuditEntries(ctx, filter, behind, limit)
}

// use puts the faulty store under the service of the options.
func (f *faulty) use(t *testing.T, o *web.Options) {
	t.Helper()
	store := o.Events.(*sqlstore.Store)
	f.Store = store
	champion, err := learn.OpenChampion(t.Context(), store, registry.Files{Manifest: models.Manifest, Counts: models.Counts, Weights: models.Weights}, o.Now)
	if err != nil {
		t.Fatal(err)
	}
	o.Service = moderation.NewService(f, champion, o.Now)
}

// TestBulkOutlivesItsTab closes the tab after the first comments were decided: the others are decided too, and all of it can be undone.
func TestBulkOutlivesItsTab(t *testing.T) {
	for name, path := range map[string]string{"list": "/bulk", "near-duplicates": "/alike/1"} {
		t.Run(name, func(t *testing.T) {
			f := &faulty{}
			d := newDesk(t, func(o *web.Options) { f.use(t, o) })
			d.fill(many(5)...)
			anna := d.signedIn("anna", account.Moderator)
			ctx, closeTab := context.WithCancel(t.Context())
			defer closeTab()
			f.acts = func(ctx context.Context, n int) error {
				if n == 3 {
					closeTab()
					if gone := ctx.Done(); gone != nil {
						<-gone
					}
				}
				return nil
			}
			picks := []string{"1.1", "2.1", "3.1", "4.1", "5.1"}
			request := anna.request(http.MethodPost, path, url.Values{"decision": {"approve"}, "confirm": {"b"}, "pick": picks, "group": {"b"}, "member": picks})
			if response, err := anna.client.Do(request.WithContext(ctx)); err == nil {
				response.Body.Close()
				t.Fatalf("the tab was not closed: status %d", response.StatusCode)
			}
			eventually(t, "all are decided", func() bool {
				counts, err := d.service.Counts(t.Context())
				return err == nil && counts[moderation.Approved] == 5
			})
			eventually(t, "it can be undone", func() bool {
				return anna.get("/").Find("#undo input[name=bulk]").AttrOr("value", "") == "b"
			})
		})
	}
}

// TestBulkFailsHalfWay: what was decided before a failure can be undone.
func TestBulkFailsHalfWay(t *testing.T) {
	for name, path := range map[string]string{"list": "/bulk", "near-duplicates": "/alike/1"} {
		t.Run(name, func(t *testing.T) {
			f := &faulty{acts: func(_ context.Context, n int) error {
				if n == 3 {
					return errDisk
				}
				return nil
			}}
			d := newDesk(t, func(o *web.Options) { f.use(t, o) })
			d.fill(many(4)...)
			anna := d.signedIn("anna", account.Moderator)
			picks := []string{"1.1", "2.1", "3.1", "4.1"}
			failed := anna.post(path, url.Values{"decision": {"approve"}, "confirm": {"b"}, "pick": picks, "group": {"b"}, "member": picks})
			if failed.status != http.StatusInternalServerError || strings.Contains(failed.html, errDisk.Error()) {
				t.Errorf("status %d: %s", failed.status, failed.text("main"))
			}
			undone := anna.post("/undo", anna.get("/").form("#undo", nil))
			if got := undone.text(".toast span"); !strings.HasPrefix(got, "Undone for 2 comments.") {
				t.Errorf("the undo says %q", got)
			}
		})
	}
}

// TestLiveLooksAgain: a page that is new when a look fails is told at the next one.
func TestLiveLooksAgain(t *testing.T) {
	f, fails := &faulty{}, &atomic.Bool{}
	f.revisions = func() error {
		if fails.CompareAndSwap(true, false) {
			return errDisk
		}
		return nil
	}
	var options web.Options
	d := newDesk(t, func(o *web.Options) { f.use(t, o); options = *o })
	server := web.New(options)
	server.Hurry(10*time.Millisecond, time.Minute)
	ids := d.fill(comments...)
	d.url = serve(t, server)
	anna := d.signedIn("anna", account.Moderator)
	if _, err := d.service.Act(t.Context(), moderation.Action{ID: "x", CommentID: ids[0], Revision: 1, Actor: "ben", Decision: moderation.Approve}); err != nil {
		t.Fatal(err)
	}
	query := fmt.Sprintf("comment=%d&revision=1", ids[0])
	anna.listen(query).next("later")
	fails.Store(true)
	if got := anna.listen(query).next("later"); got["what"] != "ben approved this" {
		t.Errorf("after a look that failed: %v", got)
	}
}

// TestAuditFileIsWholeOrBroken: a file that was cut short does not look like all of it.
func TestAuditFileIsWholeOrBroken(t *testing.T) {
	f := &faulty{}
	d := newDesk(t, func(o *web.Options) { f.use(t, o) })
	ada := d.signedIn("ada", account.Admin)
	for i := range moderation.MaxAuditPage + 30 {
		if err := d.store.Note(t.Context(), start.Add(time.Duration(i)*time.Minute), "test", "sign-in", fmt.Sprint("n", i), ""); err != nil {
			t.Fatal(err)
		}
	}
	asked := 0
	f.entries = func(moderation.AuditPlace) error {
		if asked++; asked > 1 {
			return errDisk
		}
		return nil
	}
	response, err := ada.client.Do(ada.request(http.MethodGet, "/audit.csv", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if n, err := io.Copy(io.Discard, response.Body); err == nil {
		t.Errorf("%d bytes came as if they were all", n)
	}
	if !strings.Contains(d.log.String(), errDisk.Error()) {
		t.Error("the log does not say why")
	}
}
