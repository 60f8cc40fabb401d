package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/moderation/learn"
	"commentdesk/web"
)

// leastRoles is who may use what, written down a second time. "" is anyone.
var leastRoles = map[string]account.Role{
	"GET /healthz": "", "GET /readyz": "", "GET /static/:name": "",
	"GET /sign-in": "", "POST /sign-in": "", "POST /sign-out": "",
	"GET /": account.Viewer, "POST /act": account.Moderator, "GET /change": account.Moderator, "POST /undo": account.Moderator, "POST /lease": account.Moderator,
	"POST /later": account.Moderator, "GET /answers": account.Moderator, "POST /answers/seen": account.Moderator, "POST /articles/topic": account.Editor,
	"POST /notes": account.Moderator, "POST /notes/withdraw": account.Moderator, "GET /alike/:id": account.Moderator, "GET /evidence/:id/:position": account.Viewer, "POST /alike/:id": account.Moderator,
	"GET /topics": account.Viewer, "POST /topics": account.Editor,
	"GET /models": account.Viewer, "GET /models/:id": account.Viewer, "POST /models/retrain": account.Editor, "POST /models/promote": account.Editor, "POST /models/rollback": account.Editor,
	"GET /models/thresholds": account.Moderator, "POST /models/thresholds": account.Admin,
	"GET /grid": account.Viewer, "GET /fairness": account.Viewer, "GET /dashboard": account.Viewer, "GET /dashboard/week": account.Viewer, "GET /dashboard/week.csv": account.Viewer,
	"GET /password": account.Viewer, "POST /password": account.Viewer,
	"GET /reasons": account.Editor, "POST /reasons": account.Editor, "POST /reasons/change": account.Editor, "POST /reasons/move": account.Editor, "GET /bulk": account.Moderator, "POST /bulk": account.Moderator, "POST /views": account.Viewer, "GET /settings": account.Viewer, "POST /settings": account.Viewer, "POST /settings/language": account.Viewer, "POST /settings/calm": account.Viewer, "POST /settings/keys": account.Viewer, "POST /views/delete": account.Viewer,
	"GET /users": account.Admin, "POST /users": account.Admin, "POST /users/role": account.Admin, "POST /users/disable": account.Admin, "POST /users/password": account.Admin,
	"POST /users/sign-out": account.Admin, "POST /password/sign-out": account.Viewer,
	"GET /topics/articles": account.Viewer, "POST /topics/assign": account.Editor,
	"POST /topics/refuse": account.Editor, "GET /topics/merge": account.Editor, "POST /topics/merge": account.Editor, "POST /topics/unmerge": account.Editor,
	"GET /live":  account.Viewer,
	"GET /audit": account.Editor, "GET /audit.csv": account.Admin,
}

// TestRoles tries every address as everybody.
func TestRoles(t *testing.T) {
	d := newDesk(t, nil)
	for _, address := range web.New(web.Options{Sessions: d.store.Sessions(nil)}).Addresses() {
		if _, ok := leastRoles[address]; !ok {
			t.Errorf("%s is not in the test's table", address)
		}
	}
	people := map[account.Role]*browser{"": d.browser()}
	for _, role := range account.Roles {
		people[role] = d.signedIn(string(role), role)
	}
	for _, b := range people {
		b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	for address, least := range leastRoles {
		method, path, _ := strings.Cut(address, " ")
		if path == "/sign-out" || path == "/password/sign-out" || address == "POST /sign-in" {
			continue
		}
		for role, b := range people {
			got := b.do(b.request(method, path, nil))
			toSignIn := got.status == http.StatusSeeOther && strings.HasPrefix(got.header.Get("Location"), "/sign-in")
			refused := got.status == http.StatusForbidden && strings.Contains(got.html, "Your role, ")
			wantSignIn, wantRefused := least != "" && role == "", least != "" && role != "" && !role.AtLeast(least)
			if toSignIn != wantSignIn || refused != wantRefused || got.status >= 500 {
				t.Errorf("%s as %q: status %d, to sign-in %v, refused %v", address, role, got.status, toSignIn, refused)
			}
		}
	}
	if got := d.learner.actions; len(got) != 6 { // editor and admin: start, promote, rollback
		t.Errorf("the learner was asked %q", got)
	}
}

// hostileTexts try to break out of the page.
var hostileTexts = []string{
	`</div><script>alert(1)</script><img src=x onerror=alert(1)>`,
	`"><svg/onload=alert(1)> ' onmouseover='alert(1)' {{.Frame}} ${alert(1)}`,
	"\u202e\u2066idiot\u0000 \ufeff javascript:alert(1)",
	strings.Repeat("Z\u0336\u0351\u0352", 2000),
}

// TestPagesAreStrict looks at every page for the policy, for anything inline, and for names on every control.
func TestPagesAreStrict(t *testing.T) {
	d := newDesk(t, nil)
	texts := append(slices.Clone(hostileTexts), comments...)
	ids := d.fill(texts...)
	admin := d.signedIn("admin", account.Admin)
	held := `{"axes":[{"axis":"hostile","labels":210,"new_labels":12,"champion_log_loss":0.31,"candidate_log_loss":0.4,"difference":0.09,"low":0.02,"high":0.15,"worse":true}]}`
	d.learner.models = []learn.ModelRecord{
		{ID: strings.Repeat("a", 64), State: learn.StateHeld, Reason: "<b>hostile is worse</b>", Report: []byte(held), CreatedAt: start, CreatedBy: "eva"},
		{ID: strings.Repeat("b", 64), State: learn.StateChampion, CreatedAt: start}, {ID: strings.Repeat("c", 64), State: learn.StateRetired, Report: []byte("{")},
	}
	d.learner.jobs = []learn.Job{{State: learn.JobRunning, StartedBy: "eva", StartedAt: start, Step: "comparing", Percent: 40}}
	paths := []string{
		"/", "/topics", "/topics/articles", "/models", "/reasons", "/users", "/settings", "/password", "/answers", "/?q=for:me", "/audit", "/audit?from=x", "/nothing",
		"/?q=hostile:maybe", "/?tab=rejected", "/?id=999999",
	}
	for _, id := range ids {
		entry, err := d.service.Act(t.Context(), moderation.Action{ID: fmt.Sprint("act", id), CommentID: id, Revision: 1, Actor: "anna", Decision: moderation.Escalate})
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, fmt.Sprintf("/alike/%d", id), fmt.Sprintf("/evidence/%d/%d", id, entry.Position),
			fmt.Sprintf("/change?comment=%d&hostile=no&stance=favor&spam=cant_tell&revision=1", id))
		for _, shade := range []string{"", "hostile", "spam", "favor"} {
			paths = append(paths, fmt.Sprintf("/?id=%d&axis=%s", id, shade))
		}
	}
	admin.get("/change?comment=1") // what waits is read before the pages are looked at
	d.changes.Wait()
	paths = append(paths, "/grid", "/fairness", "/dashboard", "/dashboard/week")
	for _, path := range paths {
		checkPage(t, path, admin.get(path))
	}
	checkPage(t, "sign-in", d.browser().get("/sign-in?next=%2F%22%3E%3Cscript%3E"))
	checkPage(t, "bad sign-in", d.browser().post("/sign-in", url.Values{"name": {`"><script>`}, "password": {"x"}}))
	checkPage(t, "method", d.browser().post("/topics/x", nil))
	for _, id := range ids[:len(hostileTexts)] {
		got := admin.get(fmt.Sprintf("/?id=%d", id))
		got.Find(".rest > summary").Remove() // the desk's words, where a long text is folded
		stored, err := d.service.Comment(t.Context(), id)
		if err != nil || got.Find(".text").Text() != stored.Text {
			t.Errorf("comment %d does not stand on the page as it was written", id)
		}
	}
}

// speaks are the attributes that are read out or shown, and so may hold a comment's words.
var speaks = map[string]bool{"aria-label": true, "title": true}

func checkPage(t *testing.T, name string, p *page) {
	t.Helper()
	if got := p.header.Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'none'; style-src 'self'; script-src 'self';") || strings.Contains(got, "unsafe") {
		t.Errorf("%s: policy %q", name, got)
	}
	if p.status >= 500 {
		t.Errorf("%s: status %d", name, p.status)
	}
	p.Find("*").Each(func(_ int, element *goquery.Selection) {
		for _, attribute := range element.Nodes[0].Attr {
			if attribute.Key == "style" || strings.HasPrefix(attribute.Key, "on") || !speaks[attribute.Key] && strings.HasPrefix(strings.ToLower(attribute.Val), "javascript:") {
				t.Errorf("%s: <%s %s=%q>", name, goquery.NodeName(element), attribute.Key, attribute.Val)
			}
		}
	})
	p.Find("style, script:not([src]):not([type='application/json']), iframe, object, embed, img").Each(func(_ int, element *goquery.Selection) {
		t.Errorf("%s: a <%s>", name, goquery.NodeName(element))
	})
	p.Find("script[src], link[href]").Each(func(_ int, element *goquery.Selection) {
		if at := element.AttrOr("src", element.AttrOr("href", "")); !strings.HasPrefix(at, "/static/") {
			t.Errorf("%s: loads %q", name, at)
		}
	})
	p.Find("input:not([type=hidden]), select").Each(func(_ int, element *goquery.Selection) {
		if element.Closest("label").Length() == 0 && element.AttrOr("aria-label", "") == "" {
			t.Errorf("%s: a field %q without a label", name, element.AttrOr("name", ""))
		}
	})
	if p.Find("html[lang]").Length() != 1 || p.Find("main").Length() != 1 || p.Find("a.skip[href='#main']").Length() != 1 || p.Find("title").Text() == "" {
		t.Errorf("%s: language, title, main part or skip link is missing", name)
	}
	seen := map[string]bool{}
	p.Find("[id]").Each(func(_ int, element *goquery.Selection) {
		id := element.AttrOr("id", "")
		if seen[id] {
			t.Errorf("%s: the id %q twice", name, id)
		}
		seen[id] = true
	})
}

func TestCrossOriginIsRefused(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments[0])
	anna := d.signedIn("anna", account.Moderator)
	form := anna.get("/").form("#act", url.Values{"decision": {"approve"}})
	for name, headers := range map[string]map[string]string{
		"cross-site": {"Sec-Fetch-Site": "cross-site"}, "same-site": {"Sec-Fetch-Site": "same-site"},
		"old browser": {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
	} {
		for _, path := range []string{"/act", "/undo", "/sign-in", "/sign-out", "/models/retrain", "/lease", "/password", "/users", "/topics"} {
			request := anna.request(http.MethodPost, path, form)
			for key, value := range headers {
				request.Header.Set(key, value)
			}
			if got := anna.do(request); got.status != http.StatusForbidden || !strings.Contains(got.html, "came from another site") {
				t.Errorf("%s to %s: status %d", name, path, got.status)
			}
		}
	}
	if stored, _ := d.service.Comment(t.Context(), ids[0]); stored.State.Status != moderation.Pending {
		t.Errorf("stored: %+v", stored.State)
	}
}

func TestOnlyLocalRedirects(t *testing.T) {
	for next, want := range map[string]string{
		"/models": "/models", "/?q=a%20b&id=3": "/?q=a%20b&id=3", "": "/", "models": "/",
		"//evil.example": "/", "https://evil.example/": "/", `/\evil.example`: "/", `\\evil.example`: "/", "/\t/evil.example": "/", "javascript:alert(1)": "/",
		"///evil.example": "/", "http:/evil": "/", "/%09/evil.example": "/%09/evil.example", "\n//evil.example": "/", "/\x00": "/",
	} {
		if got := web.Local(next); got != want {
			t.Errorf("next=%q leads to %q, want %q", next, got, want)
		}
	}
	d := newDesk(t, nil)
	d.addUser("anna", account.Viewer)
	b := d.browser()
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	got := b.post("/sign-in", url.Values{"name": {"anna"}, "password": {password}, "next": {"//evil.example/"}})
	if got.header.Get("Location") != "/" {
		t.Errorf("sign-in leads to %q", got.header.Get("Location"))
	}
	if got := d.browser().get("/models?x=1").url.String(); !strings.HasSuffix(got, "/sign-in?next=%2Fmodels%3Fx%3D1") {
		t.Errorf("who is not signed in lands on %s", got)
	}
}

func TestSignInIsLimited(t *testing.T) {
	d := newDesk(t, nil)
	d.addUser("anna", account.Viewer)
	wrong := url.Values{"name": {"Anna"}, "password": {"wrong password"}}
	b := d.browser()
	for range 10 {
		if got := b.post("/sign-in", wrong); got.status != http.StatusForbidden || got.text(".alarm") != "Wrong name or password." {
			t.Fatalf("status %d, %q", got.status, got.text(".alarm"))
		}
	}
	right := url.Values{"name": {"anna"}, "password": {password}}
	if got := b.post("/sign-in", right); got.status != http.StatusTooManyRequests || got.text("h1") != "Too many tries." {
		t.Errorf("the 11th try for one name: status %d, %q", got.status, got.text("h1"))
	}
	other := 0
	for n := range 40 {
		if b.post("/sign-in", url.Values{"name": {fmt.Sprintf("nobody%d", n)}, "password": {"x"}}).status == http.StatusTooManyRequests {
			other++
		}
	}
	if other < 15 {
		t.Errorf("%d of 40 tries from one address were refused", other)
	}
}

func TestSession(t *testing.T) {
	d := newDesk(t, func(o *web.Options) { o.Secure = true })
	d.addUser("ada", account.Admin)
	d.addUser("anna", account.Editor)
	signIn := func(cookie *http.Cookie) *http.Cookie {
		request := httptest.NewRequest(http.MethodPost, d.url+"/sign-in", strings.NewReader(url.Values{"name": {"anna"}, "password": {password}}.Encode()))
		request.RequestURI = ""
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if cookie != nil {
			request.AddCookie(cookie)
		}
		response, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if len(response.Cookies()) != 1 {
			t.Fatalf("%d cookies", len(response.Cookies()))
		}
		return response.Cookies()[0]
	}
	first := signIn(nil)
	if first.Name != "__Host-session" || !first.Secure || !first.HttpOnly || first.SameSite != http.SameSiteLaxMode || first.Path != "/" || first.Domain != "" {
		t.Errorf("cookie %+v", first)
	}
	second := signIn(first)
	if second.Value == first.Value {
		t.Error("the token was not renewed at sign-in")
	}
	open := func(cookie *http.Cookie) int {
		request, _ := http.NewRequest(http.MethodGet, d.url+"/topics", nil)
		request.AddCookie(cookie)
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.StatusCode
	}
	if got := open(first); got != http.StatusSeeOther {
		t.Errorf("the token from before: status %d", got)
	}
	if got := open(second); got != http.StatusOK {
		t.Errorf("the new token: status %d", got)
	}
	if err := d.accounts.SetRole(t.Context(), "test", "anna", account.Viewer); err != nil {
		t.Fatal(err)
	}
	if got := open(second); got != http.StatusSeeOther {
		t.Errorf("after a changed role: status %d", got)
	}
}

func TestSignOut(t *testing.T) {
	d := newDesk(t, nil)
	anna := d.signedIn("anna", account.Viewer)
	anna.post("/sign-out", nil)
	if got := anna.get("/").url.Path; got != "/sign-in" {
		t.Errorf("after sign-out: %s", got)
	}
	events, err := d.store.Events(t.Context(), 0, 10)
	if err != nil || len(events) < 2 || events[0].Detail != "signed out" || events[1].Detail != "signed in" {
		t.Errorf("events %+v, error %v", events, err)
	}
}

func TestSignOutEverywhere(t *testing.T) {
	d := newDesk(t, nil)
	ada, anna := d.signedIn("ada", account.Admin), d.signedIn("anna", account.Viewer)
	other := d.browser()
	signIn := url.Values{"name": {"anna"}, "password": {password}}
	other.post("/sign-in", signIn)
	if got := anna.get("/password").text(".muted"); !strings.Contains(got, "You last signed in just now.") {
		t.Errorf("the page says %q", got)
	}
	for _, end := range []func() *page{
		func() *page { return anna.post("/password/sign-out", nil) },
		func() *page { return ada.post("/users/sign-out", url.Values{"name": {"Anna"}}) },
	} {
		end()
		for name, b := range map[string]*browser{"this": anna, "the other": other} {
			if got := b.get("/").url.Path; got != "/sign-in" {
				t.Errorf("%s browser is still on %s", name, got)
			}
			b.post("/sign-in", signIn)
		}
	}
	users := ada.get("/users")
	if got := users.text("tbody tr"); !strings.Contains(got, "signed in just now") {
		t.Errorf("the users are %q", got)
	}
	log := ada.get("/audit?kind=user+changed").text(".audit")
	if !strings.Contains(log, "annauser changed signed out everywhere") || !strings.Contains(log, "adauser changed anna: signed out everywhere") {
		t.Errorf("the log says %q", log)
	}
	if got := ada.post("/users/sign-out", url.Values{"name": {"nobody"}}); got.status != http.StatusNotFound {
		t.Errorf("nobody: status %d", got.status)
	}
}

// TestLogsHoldNoText looks for what readers wrote and moderators typed in the log.
func TestLogsHoldNoText(t *testing.T) {
	d := newDesk(t, nil)
	d.fill("xylophone said the reader")
	anna := d.signedIn("anna", account.Moderator)
	open := anna.get("/?q=xylophone")
	anna.post("/act", open.form("#act", url.Values{"decision": {"reject"}, "reason": {"marimba"}}))
	anna.get("/glockenspiel")
	request := anna.request(http.MethodGet, "/", nil)
	request.Header.Set("X-Request-Id", "vibraphone")
	anna.do(request)
	d.browser().post("/sign-in", url.Values{"name": {"celesta"}, "password": {"dulcimer dulcimer"}})
	log := d.log.String()
	for _, word := range []string{"xylophone", "marimba", "glockenspiel", "vibraphone", "celesta", "dulcimer"} {
		if strings.Contains(log, word) {
			t.Errorf("the log holds %q:\n%s", word, log)
		}
	}
	if !strings.Contains(log, `"route":"/act","status":303`) || !strings.Contains(log, `"user":1`) {
		t.Errorf("the log lacks the action:\n%s", log)
	}
}

func TestRefusals(t *testing.T) {
	d := newDesk(t, func(o *web.Options) { o.AllowedHosts = []string{"127.0.0.1", "::1"} })
	anna := d.signedIn("anna", account.Editor)
	if got := anna.get("/nothing"); got.status != http.StatusNotFound || got.text("h1") != "There is nothing here." {
		t.Errorf("status %d, %q", got.status, got.text("h1"))
	}
	if got := anna.get("/act"); got.status != http.StatusMethodNotAllowed {
		t.Errorf("status %d", got.status)
	}
	if got := anna.post("/topics", url.Values{"name": {strings.Repeat("x", 70_000)}}); got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", got.status)
	}
	request := anna.request(http.MethodGet, "/nothing", nil)
	request.Header.Set("Accept", "application/json")
	if got := anna.do(request); got.status != http.StatusNotFound || !strings.Contains(got.html, `"message":"The address is wrong`) {
		t.Errorf("as JSON: status %d, %s", got.status, got.html)
	}
	for host, want := range map[string]int{"127.0.0.1": http.StatusOK, "127.0.0.1:9": http.StatusOK, "[::1]": http.StatusOK, "[::1]:80": http.StatusOK, "evil.example": http.StatusMisdirectedRequest, "127.0.0.1.evil.example": http.StatusMisdirectedRequest} {
		request = anna.request(http.MethodGet, "/healthz", nil)
		request.Host = host
		if got := anna.do(request); got.status != want {
			t.Errorf("host %s: status %d, want %d", host, got.status, want)
		}
	}
	request = anna.request(http.MethodGet, "/", nil)
	request.Host = "evil.example"
	if got := anna.do(request); got.status != http.StatusMisdirectedRequest {
		t.Errorf("another host: status %d", got.status)
	}
	d.learner.err = fmt.Errorf("secret detail")
	if got := anna.post("/models/retrain", nil); got.status != http.StatusInternalServerError || got.text("h1") != "Internal error." || strings.Contains(got.html, "secret detail") {
		t.Errorf("status %d, %q", got.status, got.text("h1"))
	}
	d.learner.err = moderation.Busy("a retraining is running")
	if got := anna.post("/models/retrain", nil); got.status != http.StatusConflict || got.text(".alarm") != "A retraining is running." {
		t.Errorf("status %d, %q", got.status, got.text(".alarm"))
	}
}

func TestAssets(t *testing.T) {
	d := newDesk(t, nil)
	b := d.browser()
	start := b.get("/sign-in")
	for _, selector := range []string{"link[rel=stylesheet]", "link[rel=icon]", "script[src*=zone]", "script[src*=desk]"} {
		element := start.Find(selector)
		got := b.get(element.AttrOr("href", element.AttrOr("src", "")))
		if got.status != http.StatusOK || !strings.Contains(got.header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: status %d, %v", selector, got.status, got.header)
		}
	}
	if got := b.get("/static/desk.css"); got.status != http.StatusNotFound {
		t.Errorf("without a hash: status %d", got.status)
	}
}
