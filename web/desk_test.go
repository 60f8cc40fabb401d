package web_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"commentdesk/classifier/registry"
	"commentdesk/models"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/moderation/figures"
	"commentdesk/moderation/impact"
	"commentdesk/moderation/learn"
	"commentdesk/moderation/sqlstore"
	"commentdesk/web"
)

const password = "correct horse battery"

// start is when every test begins.
var start = time.Date(2026, 5, 14, 9, 0, 0, 0, time.UTC)

// desk is a server on a real database with the model that ships.
type desk struct {
	*testing.T
	url      string
	store    *sqlstore.Store
	service  *moderation.Service
	accounts *account.Service
	champion *learn.Champion
	learner  *fakeLearner
	changes  *impact.Service
	log      *lockedBuffer
	passed   *atomic.Int64 // nanoseconds since start
}

// newDesk serves an empty desk. change may alter the options.
func newDesk(t *testing.T, change func(*web.Options)) *desk {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	passed := &atomic.Int64{}
	now := func() time.Time { return start.Add(time.Duration(passed.Load())) }
	starter := registry.Files{Manifest: models.Manifest, Counts: models.Counts, Weights: models.Weights}
	champion, err := learn.OpenChampion(t.Context(), store, starter, now)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{T: t, store: store, service: moderation.NewService(store, champion, now), accounts: account.NewService(store, now),
		champion: champion, learner: &fakeLearner{}, log: &lockedBuffer{}, passed: passed}
	d.changes = impact.NewService(impact.Options{Store: store, Champion: champion, Background: t.Context()})
	t.Cleanup(d.changes.Wait)
	options := web.Options{
		Service: d.service, Accounts: d.accounts, Learner: d.learner, Events: store, Sessions: store.Sessions(time.Now), Now: now,
		Figures: figures.NewService(store, now), Impact: d.changes,
		Logger: slog.New(slog.NewJSONHandler(d.log, nil)), Version: "test",
	}
	if change != nil {
		change(&options)
	}
	server := httptest.NewServer(web.New(options))
	t.Cleanup(server.Close)
	d.url = server.URL
	return d
}

// serve is the address of a server that ends with the test.
func serve(t *testing.T, server *web.Server) (address string) {
	listening := httptest.NewServer(server)
	t.Cleanup(listening.Close)
	return listening.URL
}

// wait lets time pass.
func (d *desk) wait(by time.Duration) { d.passed.Add(int64(by)) }

// comments are what the desk is filled with.
var comments = []string{
	"You are a worthless idiot and everyone like you should be thrown out.",
	"I agree with the article, the bridge has to be rebuilt soon.",
	"Buy cheap watches now at http://watches.example and call 555 123 4567!!!",
	"Nobody asked for this bridge. It is a waste of money.",
}

// fill stores the comments under one article and returns their ids in order of arrival.
func (d *desk) fill(texts ...string) []int64 {
	d.Helper()
	article := moderation.Article{URL: "https://news.example/1", Headline: "Should the bridge be rebuilt?", Body: "The council meets.", Origin: "page"}
	page := make([]moderation.Comment, len(texts))
	for i, text := range texts {
		page[i] = moderation.Comment{SourceID: string(rune('a' + i)), Position: i + 1, Author: "Reader", Text: text, PostedAt: "2026-05-13T18:00:00Z"}
	}
	if _, err := d.service.Submit(d.Context(), article, page); err != nil {
		d.Fatal(err)
	}
	listed, err := d.service.Queue(d.Context(), moderation.QueueRequest{Order: moderation.OrderOldest, Limit: 50})
	if err != nil {
		d.Fatal(err)
	}
	var ids []int64
	for _, c := range listed.Comments {
		ids = append(ids, c.ID)
	}
	return ids
}

func (d *desk) addUser(name string, role account.Role) {
	d.Helper()
	if _, err := d.accounts.Add(d.Context(), "test", name, password, role); err != nil {
		d.Fatal(err)
	}
}

// browser is one person's browser without scripts: it keeps cookies and follows redirects.
type browser struct {
	*desk
	client *http.Client
}

func (d *desk) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		d.Fatal(err)
	}
	return &browser{d, &http.Client{Jar: jar}}
}

// signedIn is the browser of a new user of that role.
func (d *desk) signedIn(name string, role account.Role) *browser {
	d.Helper()
	d.addUser(name, role)
	b := d.browser()
	if page := b.post("/sign-in", url.Values{"name": {name}, "password": {password}}); page.status != http.StatusOK {
		d.Fatalf("sign-in: status %d", page.status)
	}
	return b
}

// page is what came back.
type page struct {
	*goquery.Document
	t      *testing.T
	status int
	header http.Header
	url    *url.URL
	html   string
}

func (b *browser) get(path string) *page {
	b.Helper()
	return b.do(b.request(http.MethodGet, path, nil))
}

func (b *browser) post(path string, form url.Values) *page {
	b.Helper()
	return b.do(b.request(http.MethodPost, path, form))
}

func (b *browser) request(method, path string, form url.Values) *http.Request {
	b.Helper()
	request, err := http.NewRequestWithContext(b.Context(), method, b.desk.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.Fatal(err)
	}
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	return request
}

func (b *browser) do(request *http.Request) *page {
	b.Helper()
	response, err := b.client.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.Fatal(err)
	}
	document, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	return &page{document, b.T, response.StatusCode, response.Header, response.Request.URL, string(body)}
}

// text is what the selected elements say, white space collapsed.
func (p *page) text(selector string) string {
	return strings.Join(strings.Fields(p.Find(selector).Text()), " ")
}

// form is what the browser would send of the form with that selector when the button of that value is pressed, with radios as marked.
func (p *page) form(selector string, changes url.Values) url.Values {
	p.t.Helper()
	form := p.Find(selector).First()
	if form.Length() == 0 {
		p.t.Fatalf("no form %s on %s", selector, p.url)
	}
	values := url.Values{}
	fields := form.Find("input")
	if id, ok := form.Attr("id"); ok {
		fields = fields.AddSelection(p.Find("input[form=" + id + "]"))
	}
	fields.Each(func(_ int, input *goquery.Selection) {
		_, checked := input.Attr("checked")
		if kind := input.AttrOr("type", ""); (kind == "radio" || kind == "checkbox") && !checked {
			return
		}
		values.Add(input.AttrOr("name", ""), input.AttrOr("value", ""))
	})
	for name, value := range changes {
		values[name] = value
	}
	return values
}

// fakeLearner answers as a learner would, without training.
type fakeLearner struct {
	rescoring learn.Rescoring
	models    []learn.ModelRecord
	files     map[string]learn.ModelFiles
	jobs      []learn.Job
	err       error
	actions   []string
	answering learn.Answering
	changes   []learn.ThresholdChange
	cutShort  bool // a change of champion would stop with its request
}

func (f *fakeLearner) Start(_ context.Context, actor string) (learn.Job, error) {
	f.actions = append(f.actions, "start by "+actor)
	return learn.Job{}, f.err
}
func (f *fakeLearner) Models(context.Context) ([]learn.ModelRecord, error) { return f.models, nil }
func (f *fakeLearner) ModelFiles(_ context.Context, id string) (learn.ModelFiles, error) {
	files, ok := f.files[id]
	if !ok {
		return learn.ModelFiles{}, moderation.NotFound("no model %s", id)
	}
	return files, nil
}
func (f *fakeLearner) MayRollBack(context.Context) (bool, error) {
	return slices.ContainsFunc(f.models, func(m learn.ModelRecord) bool { return m.State == learn.StateRetired }), nil
}
func (f *fakeLearner) Rescoring() (learn.Rescoring, bool) {
	return f.rescoring, f.rescoring.Of > 0
}

func (f *fakeLearner) Jobs(context.Context, int) ([]learn.Job, error) { return f.jobs, nil }
func (f *fakeLearner) Promote(ctx context.Context, id, actor, reason string) error {
	f.cutShort = f.cutShort || ctx.Done() != nil
	f.actions = append(f.actions, "promote "+id+" by "+actor+": "+reason)
	return f.err
}
func (f *fakeLearner) Rollback(ctx context.Context, actor string) error {
	f.cutShort = f.cutShort || ctx.Done() != nil
	f.actions = append(f.actions, "rollback by "+actor)
	return f.err
}
func (f *fakeLearner) SetAside() string { return "" }
func (f *fakeLearner) Answering(context.Context) (learn.Answering, error) {
	return f.answering, f.err
}
func (f *fakeLearner) SetThresholds(ctx context.Context, change learn.ThresholdChange) error {
	f.cutShort = f.cutShort || ctx.Done() != nil
	f.changes = append(f.changes, change)
	return f.err
}

// lockedBuffer takes the log.
type lockedBuffer struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.String()
}
