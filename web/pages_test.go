package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"commentdesk/classifier/registry"
	"commentdesk/models"
	"commentdesk/moderation/account"
	"commentdesk/moderation/learn"
	"commentdesk/web"
)

func TestModels(t *testing.T) {
	d := newDesk(t, nil)
	d.learner.models = []learn.ModelRecord{
		{ID: "aaaaaaaaaaaa", State: learn.StateHeld, Parent: "bbbbbbbbbbbb", Reason: "hostile is worse", CreatedAt: start, CreatedBy: "eva",
			Report: []byte(`{"axes":[{"axis":"hostile","labels":30,"new_labels":12,"champion_log_loss":0.31,"candidate_log_loss":0.4,"difference":0.09,"low":0.02,"high":0.15,"worse":true}]}`)},
		{ID: "bbbbbbbbbbbb", State: learn.StateChampion, CreatedAt: start, CreatedBy: "commentdesk", Reason: "the starter"},
	}
	vic, eva := d.signedIn("vic", account.Viewer), d.signedIn("eva", account.Editor)
	if got := vic.get("/models"); got.Find("main form").Length() != 0 || got.Find(".model-card").Length() != 2 {
		t.Errorf("a viewer sees %d forms, %d models", got.Find("main form").Length(), got.Find(".model-card").Length())
	}
	shown := eva.get("/models")
	if got := shown.text(".figures tbody"); got != "hostile30120.3100.400+0.090 +0.020 to +0.150: worse" {
		t.Errorf("figures: %q", got)
	}
	if shown.Find("form[action='/models/rollback']").Length() != 0 {
		t.Error("roll back is offered without an earlier champion")
	}
	eva.post("/models/promote", shown.form("form[action='/models/promote']", url.Values{"reason": {"the new labels are right"}}))
	eva.post("/models/retrain", nil)
	want := []string{"promote aaaaaaaaaaaa by eva: the new labels are right", "start by eva"}
	if fmt.Sprint(d.learner.actions) != fmt.Sprint(want) {
		t.Errorf("the learner was asked %q", d.learner.actions)
	}
	eva.post("/models/rollback", nil)
	if d.learner.cutShort {
		t.Error("who closes the tab stops a change of champion half way")
	}
	d.learner.jobs = []learn.Job{{State: learn.JobRunning, StartedBy: "eva", StartedAt: start, Step: "comparing", Percent: 40}}
	running := eva.get("/models")
	if got := running.text("#job"); !strings.Contains(got, "started by eva just now") || !strings.Contains(got, "40 % comparing") {
		t.Errorf("the job says %q", got)
	}
	if !strings.Contains(running.html, `<noscript><meta http-equiv="refresh" content="3"></noscript>`) {
		t.Error("the page of a running job does not refresh itself")
	}
	d.learner.jobs[0].State = learn.JobInterrupted
	d.learner.rescoring = learn.Rescoring{Done: 500, Of: 2000}
	if got := eva.get("/models"); !strings.Contains(got.text("#job"), "500 of 2,000 comments have this champion’s answers by now") || !strings.Contains(got.html, `data-running="true"`) {
		t.Errorf("while what waits is answered anew the page says %q", got.text("#job"))
	}
	d.learner.rescoring = learn.Rescoring{}
	if got := eva.get("/models").text("#job"); !strings.Contains(got, "Last retraining: interrupted") || !strings.Contains(got, "Retrain starts it anew.") {
		t.Errorf("the job says %q", got)
	}
}

func TestModelReport(t *testing.T) {
	d := newDesk(t, nil)
	starter := learn.ModelFiles{Manifest: models.Manifest}
	manifest, err := registry.ReadManifest(models.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	older := manifest
	older.Metrics = []byte(`{"candidate":"aa","axes":[{"axis":"spam"}]}`)
	older.Origin.Arrivals = [3]int64{2: 4321}
	older.Parameters.Axes[2].Prior = .045
	encoded, err := json.Marshal(older)
	if err != nil {
		t.Fatal(err)
	}
	d.learner.models = []learn.ModelRecord{{ID: manifest.ID, State: learn.StateChampion, CreatedAt: start}}
	d.learner.files = map[string]learn.ModelFiles{manifest.ID: starter, "older": {Manifest: encoded}}
	vic := d.signedIn("vic", account.Viewer)
	link, _ := vic.get("/models").Find(".model-card a").Attr("href")
	shown := vic.get(link)
	if got := shown.Find(".model-card").Length(); got != 3 {
		t.Fatalf("%d axes", got)
	}
	spam := manifest.Parameters.Axes[2]
	for _, said := range []string{
		"held-out folds of its own training examples", fmt.Sprintf("Answers yes from %.2f, no up to %.2f", spam.High, spam.Low), "Expects 3 % yes. ",
		"of 2,000 comments that are no at most 5 called yes", fmt.Sprintf("%.2f (this model’s)", spam.High), "calibration error",
	} {
		if !strings.Contains(shown.text("main"), said) {
			t.Errorf("the page lacks %q", said)
		}
	}
	shown.Find("svg[aria-labelledby]").Each(func(_ int, picture *goquery.Selection) {
		if picture.Find("title").Text() == "" || picture.Find("desc").Text() == "" || picture.Find("circle").Length() < 2 {
			t.Error("a calibration curve lacks title, description or points")
		}
		if rows := picture.Parent().Find("tbody tr").Length(); rows != picture.Find("circle").Length() {
			t.Errorf("a curve of %d points has a table of %d rows", picture.Find("circle").Length(), rows)
		}
	})
	if got := shown.Find(".calibration").Length(); got != 3 {
		t.Errorf("%d calibration curves", got)
	}
	if got := vic.get("/models/older").text("main"); !strings.Contains(got, "No figures are stored with this model.") || strings.Contains(got, "AUC") ||
		!strings.Contains(got, "Expects 4.5 % yes, estimated over 4,321 arrivals.") {
		t.Errorf("a model with figures of another form says %q", got)
	}
	if got := vic.get("/models/ffff"); got.status != http.StatusNotFound {
		t.Errorf("an unknown model: %d", got.status)
	}
}

func TestUsers(t *testing.T) {
	d := newDesk(t, nil)
	ada := d.signedIn("ada", account.Admin)
	ada.post("/users", url.Values{"name": {"ben"}, "password": {password}, "role": {"moderator"}})
	ben := d.browser()
	ben.post("/sign-in", url.Values{"name": {"ben"}, "password": {password}})
	if got := ben.get("/topics").status; got != http.StatusOK {
		t.Fatalf("ben: status %d", got)
	}
	ada.post("/users/role", url.Values{"name": {"ben"}, "role": {"moderator"}})
	if got := ben.get("/topics").url.Path; got != "/topics" {
		t.Errorf("the role that he has ends the session: %s", got)
	}
	if got := ada.post("/users/disable", url.Values{"name": {"ada"}, "disabled": {"yes"}}); got.status != http.StatusForbidden || ada.get("/users").status != http.StatusOK {
		t.Errorf("disabling oneself: status %d", got.status)
	}
	ada.post("/users/disable", url.Values{"name": {"ben"}, "disabled": {"yes"}})
	if got := ben.get("/topics").url.Path; got != "/sign-in" {
		t.Errorf("a disabled user is on %s", got)
	}
	if got := ada.post("/users", url.Values{"name": {"ben"}, "password": {password}, "role": {"moderator"}}); got.status != http.StatusConflict || got.Find(".alarm").Length() != 1 {
		t.Errorf("the same name again: status %d", got.status)
	}
	if got := ada.post("/users", url.Values{"name": {"cy"}, "password": {"short"}, "role": {"viewer"}}); got.status != http.StatusBadRequest || strings.Contains(got.html, "short\"") {
		t.Errorf("a short password: status %d", got.status)
	}
	if got := ada.post("/users/role", url.Values{"name": {"ada"}, "role": {"viewer"}}); got.status != http.StatusForbidden || got.Find(".alarm").Length() != 1 {
		t.Errorf("the last admin gives up: status %d", got.status)
	}
}

func TestOwnPassword(t *testing.T) {
	d := newDesk(t, nil)
	vic := d.signedIn("vic", account.Viewer)
	elsewhere := d.browser()
	elsewhere.post("/sign-in", url.Values{"name": {"vic"}, "password": {password}})
	const fresh = "another long secret"
	if got := vic.post("/password", url.Values{"current": {"wrong password"}, "password": {fresh}}); got.status != http.StatusForbidden || !strings.HasPrefix(got.text(".alarm"), "The current password is another one.") {
		t.Errorf("a wrong current password: status %d, %q", got.status, got.text(".alarm"))
	}
	if got := vic.post("/password", url.Values{"current": {password}, "password": {"short"}}); got.status != http.StatusBadRequest || got.text(".alarm") != "A password has at least 10 characters." {
		t.Errorf("a short one: status %d, %q", got.status, got.text(".alarm"))
	}
	if got := elsewhere.get("/topics").url.Path; got != "/topics" {
		t.Errorf("a refused change ended another session: %s", got)
	}
	if got := vic.post("/password", url.Values{"current": {password}, "password": {fresh}}); got.status != http.StatusOK || !strings.HasPrefix(got.text(".notice"), "Your password was changed.") {
		t.Errorf("status %d, %q", got.status, got.text(".notice"))
	}
	if got := vic.get("/topics").url.Path; got != "/topics" {
		t.Errorf("who changed the password is on %s", got)
	}
	if got := elsewhere.get("/topics").url.Path; got != "/sign-in" {
		t.Errorf("the other session is on %s", got)
	}
	again := d.browser()
	if got := again.post("/sign-in", url.Values{"name": {"vic"}, "password": {password}}).status; got != http.StatusForbidden {
		t.Errorf("the old password: status %d", got)
	}
	if got := again.post("/sign-in", url.Values{"name": {"vic"}, "password": {fresh}}).status; got != http.StatusOK {
		t.Errorf("the new password: status %d", got)
	}
	refused := 0
	for range 12 {
		if vic.post("/password", url.Values{"current": {"a guess"}, "password": {fresh}}).status == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused < 3 {
		t.Errorf("%d of 15 tries were refused", refused)
	}
}

// TestHead asks every page for its head.
func TestHead(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments...)
	ada := d.signedIn("ada", account.Admin)
	ada.post("/topics", url.Values{"name": {"bridge"}, "claim": {"The bridge should be rebuilt"}})
	asset, _ := ada.get("/models").Find("script[src]").Attr("src")
	for _, path := range []string{"/", "/topics", "/models", "/users", "/password", "/sign-in", "/healthz", "/readyz",
		"/dashboard", "/dashboard/week", "/dashboard/week.csv", "/grid", "/fairness", asset} {
		head, whole := ada.do(ada.request(http.MethodHead, path, nil)), ada.get(path)
		if head.status != http.StatusOK || head.status != whole.status || head.html != "" || head.header.Get("Content-Type") != whole.header.Get("Content-Type") {
			t.Errorf("%s: HEAD %d %q, GET %d %q", path, head.status, head.header.Get("Content-Type"), whole.status, whole.header.Get("Content-Type"))
		}
	}
	if got := ada.do(ada.request(http.MethodHead, "/act", nil)).status; got != http.StatusMethodNotAllowed {
		t.Errorf("HEAD /act: status %d", got)
	}
	stranger := d.browser()
	stranger.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if got := stranger.do(stranger.request(http.MethodHead, "/models", nil)).header.Get("Location"); got != "/sign-in?next=%2Fmodels" {
		t.Errorf("who is not signed in is led to %q", got)
	}
	// What was just done is said on the page, not lost in a head.
	ada.client.CheckRedirect = stranger.client.CheckRedirect
	ada.post("/topics", url.Values{"name": {"market"}, "claim": {"The market should stay"}})
	ada.do(ada.request(http.MethodHead, "/topics", nil))
	if got := ada.get("/topics").text(".notice"); got != "The topic was added." {
		t.Errorf("the notice says %q", got)
	}
}

func TestHealth(t *testing.T) {
	ready := fmt.Errorf("migrating")
	d := newDesk(t, func(o *web.Options) { o.Ready = func(context.Context) error { return ready } })
	b := d.browser()
	if got := b.get("/healthz"); got.status != http.StatusOK || got.text("body") != "ok" {
		t.Errorf("health: %d", got.status)
	}
	if got := b.get("/readyz"); got.status != http.StatusServiceUnavailable || strings.Contains(got.html, "migrating") {
		t.Errorf("not ready: %d %q", got.status, got.html)
	}
	ready = nil
	if got := b.get("/readyz"); got.status != http.StatusOK {
		t.Errorf("ready: %d", got.status)
	}
}

func TestServeStops(t *testing.T) {
	d := newDesk(t, nil)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := web.New(web.Options{Service: d.service, Accounts: d.accounts, Learner: d.learner, Sessions: d.store.Sessions(time.Now)})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, listener) }()
	response, err := http.Get("http://" + listener.Addr().String() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	stop()
	if err := <-ended; err != nil {
		t.Errorf("a stopped server says %v", err)
	}
}
