//go:build e2e

// Package e2e holds the tests that use the desk as people do: in a real browser, with keys and clicks. They need Chromium and the build tag e2e.
package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"commentdesk/classifier/registry"
	"commentdesk/models"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/moderation/extract"
	"commentdesk/moderation/figures"
	"commentdesk/moderation/impact"
	"commentdesk/moderation/learn"
	"commentdesk/moderation/sqlstore"
	"commentdesk/seeds"
	"commentdesk/web"
)

const (
	password = "correct horse battery"
	patience = 30 * time.Second // for one thing to show up on a page
)

// desk is the whole program, filled with the demonstration, without its command line.
type desk struct {
	url     string
	service *moderation.Service
	store   *sqlstore.Store
	gate    *gate
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := newEmptyDesk(t, true)
	d.loadDemonstration(t)
	return d
}

// newEmptyDesk is a desk without comments. autoPromote says whether a model that passes its comparison serves at once.
func newEmptyDesk(t *testing.T, autoPromote bool) *desk {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	starter := registry.Files{Manifest: models.Manifest, Counts: models.Counts, Weights: models.Weights}
	champion, err := learn.OpenChampion(t.Context(), store, starter, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	service, accounts := moderation.NewService(store, champion, time.Now), account.NewService(store, time.Now)
	learner := learn.NewLearner(learn.Options{Store: store, Starter: starter, Champion: champion, Rescore: service.Rescore, Now: time.Now, AutoPromote: autoPromote, Background: t.Context()})
	t.Cleanup(learner.Wait)
	for name, role := range map[string]account.Role{"anna": account.Editor, "ben": account.Moderator, "ada": account.Admin} {
		if _, err := accounts.Add(t.Context(), "test", name, password, role); err != nil {
			t.Fatal(err)
		}
	}
	changes := impact.NewService(impact.Options{Store: store, Champion: champion, Background: t.Context()})
	t.Cleanup(changes.Wait)
	d := &desk{service: service, store: store, gate: &gate{}}
	server := httptest.NewServer(d.gate.before(web.New(web.Options{
		Service: service, Accounts: accounts, Learner: learner, Events: store, Sessions: store.Sessions(time.Now), Version: "e2e", Logger: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})),
		Figures: figures.NewService(store, time.Now), Impact: changes,
	})))
	t.Cleanup(server.Close)
	d.url = server.URL
	return d
}

func (d *desk) loadDemonstration(t *testing.T) {
	t.Helper()
	demo, err := seeds.Demo()
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range demo.Topics {
		if err := d.service.AddTopic(t.Context(), topic.Name, topic.Claim, "test"); err != nil {
			t.Fatal(err)
		}
	}
	for _, a := range demo.Articles {
		page, err := seeds.Page(a.File)
		if err != nil {
			t.Fatal(err)
		}
		article, comments, _, err := extract.Article(bytes.NewReader(page), extract.Hint{Source: a.File})
		if err != nil {
			t.Fatalf("%s: %v", a.File, err)
		}
		article.Topic, article.Side = a.Topic, moderation.Side(a.Side)
		if _, err := d.service.Submit(t.Context(), article, comments); err != nil {
			t.Fatalf("%s: %v", a.File, err)
		}
	}
}

// submit puts one comment more on the desk and returns its id.
func (d *desk) submit(t *testing.T, text string) int64 {
	t.Helper()
	article := moderation.Article{URL: "https://news.example/extra", Headline: "Should the bridge at Drumlow be rebuilt?", Origin: "api"}
	if _, err := d.service.Submit(t.Context(), article, []moderation.Comment{{SourceID: text, Position: 1, Author: "Reader", Text: text}}); err != nil {
		t.Fatal(err)
	}
	page, err := d.service.Queue(t.Context(), moderation.QueueRequest{Order: moderation.OrderNewest, Limit: 1})
	if err != nil || len(page.Comments) != 1 {
		t.Fatalf("%d comments, error %v", len(page.Comments), err)
	}
	return page.Comments[0].ID
}

// newBrowser is Chromium, which all stories share; each person gets a window with cookies and storage of their own.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	browser, err := chromium()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip("no Chromium found: install the package chromium")
	}
	if err != nil {
		t.Fatal(err)
	}
	return browser
}

var stopChromium = func() {}

// chromium starts the browser where no story has before.
var chromium = sync.OnceValues(func() (context.Context, error) {
	var path string
	err := exec.ErrNotFound
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err = exec.LookPath(name); err == nil {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	stopChromium = cancel
	ctx, _ := chromedp.NewContext(allocator)
	return ctx, chromedp.Do(ctx, chromedp.Navigate("about:blank"))
})

func TestMain(m *testing.M) {
	code := m.Run()
	stopChromium()
	os.Exit(code)
}

// person is somebody at a window of their own.
type person struct {
	*testing.T
	ctx  context.Context
	desk *desk
}

// visitor is somebody at a new window who has not signed in.
func (d *desk) visitor(t *testing.T, browser context.Context) *person {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil { // the window lives as long as this context
		t.Fatal(err)
	}
	p := &person{t, ctx, d}
	p.size(1440, 900)
	return p
}

// person is somebody at a new window who is signed in; no page is open in it.
func (d *desk) person(t *testing.T, browser context.Context, name string) *person {
	t.Helper()
	p := d.visitor(t, browser)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.PostForm(d.url+"/sign-in", url.Values{"name": {name}, "password": {password}})
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if len(answer.Cookies()) == 0 {
		t.Fatalf("%s cannot sign in: status %d", name, answer.StatusCode)
	}
	for _, cookie := range answer.Cookies() {
		if _, err := chromedp.Call(p.ctx, network.SetCookie, network.SetCookieParams{Name: cookie.Name, Value: cookie.Value, URL: d.url}); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// signIn has the visitor sign in as people do.
func (p *person) signIn(name string) {
	p.Helper()
	p.open("/sign-in")
	p.do(chromedp.SendKeys(chromedp.CSS("input[name=name]"), name), chromedp.SendKeys(chromedp.CSS("input[name=password]"), password+"\r"))
	p.until(`document.querySelector(".who .you")?.textContent === ` + quote(name))
}

func (p *person) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.Fatalf("%v; the page says: %s", err, p.text("body"))
	}
}

func (p *person) open(path string) {
	p.Helper()
	p.do(chromedp.Navigate(p.desk.url + path))
}

// openByNumber opens a comment in the queue of the newest, whether a colleague has it open or not: by itself the queue would pass over it.
func (p *person) openByNumber(id int64) { p.open(fmt.Sprintf("/?order=newest&id=%d", id)) }

// press types keys one after the other: on a comment that has just taken another one's place, as soon as that can have been read.
func (p *person) press(keys string) {
	p.Helper()
	p.until(`document.querySelector("#act[data-fresh]") === null`)
	p.do(chromedp.KeyEvent(keys))
}

func (p *person) click(selector string) {
	p.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

func (p *person) size(width, height int64) {
	p.Helper()
	p.do(chromedp.EmulateViewport(width, height))
}

// scheme asks for a light or dark page.
func (p *person) scheme(name string) {
	p.Helper()
	params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}}
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, params); err != nil {
		p.Fatal(err)
	}
}

// until waits for a JavaScript condition, over page loads too.
func (p *person) until(condition string) {
	p.Helper()
	deadline := time.Now().Add(patience)
	for {
		ctx, cancel := context.WithDeadline(p.ctx, deadline)
		_, err := chromedp.Run(ctx, chromedp.Poll[bool](`document.readyState === "complete" && (`+condition+`)`))
		cancel()
		if err == nil {
			return
		}
		if time.Now().After(deadline) || p.ctx.Err() != nil {
			p.Fatalf("%s did not come true: %v; the page says: %s", condition, err, p.text("body"))
		}
	}
}

// text is what the first element with the selector says, "" where there is none.
func (p *person) text(selector string) string {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(`(document.querySelector(%s)?.textContent ?? "").replace(/\s+/g, " ").trim()`, quote(selector))))
	if err != nil {
		return "(" + err.Error() + ")"
	}
	return text
}

// js is the value of an expression.
func js[T any](p *person, expression string) T {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return value
}

// shows waits for the comment to stand on the page.
func (p *person) shows(text string) {
	p.Helper()
	p.until(`document.querySelector(".text")?.textContent === ` + quote(text))
}

// picture saves what the window shows among the test's artifacts (go test -artifacts keeps them).
func (p *person) picture(name string) {
	p.Helper()
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(p.ArtifactDir(), name+".png"), png, 0o644); err != nil {
		p.Fatal(err)
	}
}

// quote is a JavaScript string.
func quote(s string) string {
	quoted, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings always encode
	}
	return string(quoted)
}
