package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/PuerkitoBio/goquery"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/web"
)

// asking opens a page as a browser that asks for languages and says its zone.
func (b *browser) asking(path, languages, zone string) *page {
	b.Helper()
	request := b.request(http.MethodGet, path, nil)
	request.Header.Set("Accept-Language", languages)
	if zone != "" {
		request.Header.Add("Cookie", "zone="+zone)
	}
	return b.do(request)
}

// TestLanguageOfARequest: what the user has set, else what the browser asks for, else English.
func TestLanguageOfARequest(t *testing.T) {
	d := newDesk(t, nil)
	stranger := d.browser()
	for languages, want := range map[string]string{"de-CH, en;q=0.5": "de Anmelden", "en-GB": "en Sign in", "fr": "en Sign in", ";;;": "en Sign in", "": "en Sign in"} {
		shown := stranger.asking("/sign-in", languages, "")
		if got := shown.Find("html").AttrOr("lang", "") + " " + shown.text("h1"); got != want {
			t.Errorf("who asks for %q gets %q", languages, got)
		}
		if !strings.Contains(shown.header.Get("Vary"), "Accept-Language") {
			t.Errorf("Vary is %q", shown.header.Get("Vary"))
		}
	}
	if got := stranger.asking("/nothing", "de", "").text("h1"); got != "Hier ist nichts." {
		t.Errorf("a problem reads %q", got)
	}
	ada := d.signedIn("ada", account.Admin)
	if got := ada.post("/settings/language", url.Values{"language": {"de"}, "zone": {"Europe/Berlin"}}); got.text(".notice") != "Die Einstellungen wurden gespeichert." || got.Find("[name=language] [selected]").AttrOr("value", "") != "de" ||
		got.Find("[name=zone] [selected]").AttrOr("value", "") != "Europe/Berlin" || !strings.Contains(got.text("main"), "Jetzt ist es 14. Mai 2026, 11:00 Uhr MESZ.") {
		t.Errorf("the settings say %q", got.text("main"))
	}
	if got := ada.asking("/users", "en", "").Find("html").AttrOr("lang", ""); got != "de" {
		t.Errorf("what is set gives way to the browser: %s", got)
	}
	for _, form := range []url.Values{{"language": {"tlh"}, "zone": {""}}, {"language": {"de"}, "zone": {"Europe/Nowhere"}}, {"zone": {"../../etc/passwd"}}} {
		if got := ada.post("/settings/language", form); got.status != http.StatusBadRequest || got.Find("html").AttrOr("lang", "") != "de" || !strings.HasPrefix(got.text("main p"), "Keine ") {
			t.Errorf("%v: status %d, %q", form, got.status, got.text("main p"))
		}
	}
	if got := ada.post("/topics", url.Values{"name": {""}, "claim": {""}}).text(".notice"); got != "Ein Thema braucht einen Namen und eine These." {
		t.Errorf("a refusal reads %q", got)
	}
	if got := ada.post("/users", url.Values{"name": {"ben"}, "password": {"short"}, "role": {"viewer"}}).text(".notice"); got != "Ein Passwort hat mindestens 10 Zeichen." {
		t.Errorf("a refusal reads %q", got)
	}
	if got := ada.post("/settings/language", url.Values{}); got.Find("html").AttrOr("lang", "") != "en" || got.Find("[name=language] [selected]").AttrOr("value", "") != "" {
		t.Error("the browser's language is not taken again")
	}
}

// TestZoneOfARequest: what the user has set, else what the browser told, else the server's.
func TestZoneOfARequest(t *testing.T) {
	d := newDesk(t, func(options *web.Options) { options.Zone = time.FixedZone("", -3*60*60) })
	ada := d.signedIn("ada", account.Admin)
	for cookie, want := range map[string]string{
		"": "14 May 2026, 06:00 UTC−03:00", "Asia/Tokyo": "14 May 2026, 18:00 JST", "Europe/Nowhere": "14 May 2026, 06:00 UTC−03:00", "../../etc/passwd": "14 May 2026, 06:00 UTC−03:00",
		"Local": "14 May 2026, 06:00 UTC−03:00", strings.Repeat("x", 4000): "14 May 2026, 06:00 UTC−03:00", "<script>": "14 May 2026, 06:00 UTC−03:00",
	} {
		shown := ada.asking("/settings", "en", cookie)
		if got := shown.text("main"); !strings.Contains(got, "It is now "+want+".") {
			_, said, _ := strings.Cut(got, "It is now ")
			t.Errorf("the cookie %.20q gives %.40q", cookie, said)
		}
		if strings.Contains(shown.html, "etc/passwd") || strings.Contains(shown.html, "<script>") || strings.Contains(shown.html, "Nowhere") {
			t.Errorf("the cookie %.20q stands on the page", cookie)
		}
	}
	ada.post("/settings/language", url.Values{"zone": {"Europe/London"}})
	if got := ada.asking("/settings", "en", "Asia/Tokyo").text("main"); !strings.Contains(got, "It is now 14 May 2026, 10:00 BST.") {
		t.Errorf("what is set gives way to the cookie: %q", got)
	}
	d.wait(3 * time.Hour)
	if got, _ := ada.get("/audit").Find("time").First().Attr("datetime"); got != "2026-05-14T09:00:00Z" {
		t.Errorf("the row is of %s", got)
	}
}

// TestKeysAndLanguageAreKeptApart: one form does not undo the other.
func TestKeysAndLanguageAreKeptApart(t *testing.T) {
	d := newDesk(t, nil)
	anna := d.signedIn("anna", account.Viewer)
	anna.post("/settings", url.Values{"keys": {"off"}})
	anna.post("/settings/language", url.Values{"language": {"de"}, "zone": {"UTC"}})
	anna.post("/settings", url.Values{"keys": {"off"}})
	got, err := d.service.Settings(d.Context(), "anna")
	if want := (moderation.Settings{KeysOff: true, Language: "de", Zone: "UTC"}); err != nil || got != want {
		t.Errorf("kept %+v, error %v", got, err)
	}
}

// englishWords are words that German pages do not say.
var englishWords = regexp.MustCompile(`(?i)\b(the|of|and|with|were|this|which|nothing|comments|labels|rejected|approved|hostile|stance)\b`)

// TestPagesInGerman: the converted pages say nothing in English that is not marked as English.
func TestPagesInGerman(t *testing.T) {
	d := newDesk(t, nil)
	ada := d.signedIn("ada", account.Admin)
	d.topic("Brücke", "Die Brücke gehört neu gebaut")
	d.topic("Fluss", "Der Fluss gehört ausgebaggert")
	article := moderation.Article{URL: "https://news.example/1", Headline: "Brücke", Topic: "Brücke", Origin: "page"}
	d.opine(article, opinion{"against", "no", moderation.Reject, "ada", 21}, opinion{"favor", "no", moderation.Approve, "ada", 22}, opinion{"favor", "yes", moderation.Escalate, "ada", 2})
	ada.post("/settings/language", url.Values{"language": {"de"}, "zone": {"Europe/Berlin"}})
	ada.post("/users/role", url.Values{"name": {"ada"}, "role": {"editor"}})
	ada.post("/reasons", url.Values{"name": {"Beleidigung"}, "implies": {"hostile:yes"}})
	for _, path := range []string{"/topics", "/topics/articles", "/topics/articles?topic=Br%C3%BCcke", "/topics/merge?from=Fluss&into=Br%C3%BCcke", "/topics/merge", "/models", "/dashboard", "/dashboard/week", "/grid", "/grid?topic=Br%C3%BCcke&days=7", "/fairness",
		"/reasons", "/settings", "/password", "/users", "/audit", "/audit?from=x",
		"/", "/?axis=hostile", "/?tab=all&order=newest", "/?tab=snoozed", "/?tab=approved&view=list", "/?tab=all&view=list&order=alike", "/?tab=all&q=for:me", "/?q=zeppelin", "/?q=%22", "/?tab=all&after=end",
		"/alike/1", "/alike/1000", "/answers", "/bulk?decision=reject&pick=1.1"} {
		shown := ada.get(path)
		d.saysGerman(path, shown, "body")
	}
}

// keysOfMessages are what a page would show instead of a message that is missing.
var keysOfMessages = regexp.MustCompile(`^[a-z]+\.[a-z_0-9]+$`)

// saysGerman looks at a part of a page, what people wrote and what is marked as English aside.
func (d *desk) saysGerman(path string, shown *page, part string) {
	d.Helper()
	if got := shown.Find("html").AttrOr("lang", ""); got != "de" {
		d.Errorf("%s is in %s", path, got)
	}
	if shown.Find(part).Length() == 0 {
		d.Errorf("%s has no %s", path, part)
	}
	shown.Find("script, code, [lang=en], .text, blockquote, q, bdi, .thread p, .headline, [dir=auto]:not(td):not(p)").Remove()
	said := []string{}
	shown.Find(part).Find("*").Each(func(_ int, element *goquery.Selection) {
		for _, attribute := range []string{"title", "aria-label"} {
			if value, ok := element.Attr(attribute); ok {
				said = append(said, value)
			}
		}
		if element.Children().Length() == 0 {
			said = append(said, element.Text())
		}
	})
	for _, text := range append(said, shown.text(part)) {
		if found := englishWords.FindString(text); found != "" {
			d.Errorf("%s says %q in %.200q", path, found, text)
		}
		if keysOfMessages.MatchString(strings.TrimSpace(text)) {
			d.Errorf("%s shows the key %q", path, text)
		}
	}
}

// TestCommentInGerman: what stands around a comment, what labels change, the evidence of then, thresholds and suggestions say nothing in English.
func TestCommentInGerman(t *testing.T) {
	d := newDesk(t, nil)
	d.learner.answering = answers()
	ids := d.fill("Du bist ein i.d.i.o.t!", "You fool, this is nonsense and you know it.", "You fool, that is nonsense and you know it.", "Danke.")
	anna, ben := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator)
	ada := d.signedIn("ada", account.Admin)
	ada.post("/settings/language", url.Values{"language": {"de"}, "zone": {"Europe/Berlin"}})
	at := fmt.Sprintf("/?order=oldest&id=%d", ids[1])
	later := func(who *browser, fields url.Values) { who.post("/later", who.get(at).form("#act", fields)) }
	later(anna, url.Values{"do": {"at"}, "at": {"2026-05-15T08:00"}, "hostile": {"no"}})
	later(anna, url.Values{"do": {"recall"}})
	later(anna, url.Values{"do": {"hand"}, "for": {"ben"}})
	later(ben, url.Values{"do": {"ask"}, "for": {"anna"}})
	anna.post("/act", anna.get(at).form("#act", url.Values{"decision": {"reject"}, "hostile": {"yes"}, "spam": {"cant_tell"}, "reason": {"gemein"}}))
	ben.post("/notes", ben.get(at).form(".note-form", url.Values{"text": {"Schon wieder."}}))
	for i := range 3 {
		shown := ada.get(fmt.Sprintf("/?order=oldest&axis=%s&id=%d", []string{"hostile", "favor", ""}[i], ids[i]))
		if i == 1 {
			want := []string{"anna: zurückgestellt bis 15. Mai 2026, 10:00 Uhr MESZ; feindselig: nein", "anna: zurückgeholt", "anna: an ben übergeben", "ben: um die Meinung von anna gebeten",
				"anna: abgelehnt; feindselig: ja, Spam: nicht erkennbar; Grund: gemein"}
			for _, words := range want {
				if got := shown.text(".history"); !strings.Contains(got, words) {
					t.Errorf("the history does not say %q: %s", words, got)
				}
			}
			if got := ada.get("/audit").text(".audit"); !strings.Contains(got, want[0][len("anna: "):]) || !strings.Contains(got, "um die Meinung von anna gebeten") {
				t.Errorf("the log says %s", got)
			}
			d.saysGerman("/audit", ada.get("/audit"), ".audit")
			then := ada.get(shown.Find(".history a.said").First().AttrOr("href", ""))
			d.saysGerman("the evidence then", then, "main")
		}
		if i == 0 && !strings.Contains(shown.text(".read-as"), "Punkte") {
			t.Errorf("it is read as %q", shown.text(".read-as"))
		}
		d.saysGerman("the comment", shown, ".comment")
		d.saysGerman("its context", shown, ".context")
		d.saysGerman("its notes", shown, ".notes")
	}

	ask := fmt.Sprintf("/change?comment=%d&hostile=no&spam=cant_tell&stance=favor&revision=1", ids[2])
	d.saysGerman("asked early", ada.get(ask), "main")
	d.changes.Wait()
	d.saysGerman("asked", ada.get(ask), "main")
	d.saysGerman("the part of a page", ada.get(ask), "[data-reckoned]")

	d.saysGerman("thresholds without labels", ada.get("/models/thresholds"), "main")
	d.opine(moderation.Article{URL: "https://news.example/1", Headline: "Brücke", Origin: "page"}, opinion{"favor", "no", "", "anna", 19}, opinion{"against", "yes", "", "anna", 1})
	for _, query := range []string{"", "?axis=hostile&low=0&high=0,0001&coverage=0", "?axis=stance&high=0,4&coverage=0", "?axis=spam&low=x&high=1&coverage=0", "?axis=hostile&low=0,3&high=0,2&coverage=0", "?axis=spam&fit=yes"} {
		d.saysGerman("/models/thresholds"+query, ada.get("/models/thresholds"+query), "main")
	}
	if got := ada.get("/models/thresholds?axis=hostile&low=0,3&high=0,2&coverage=0").text(".alarm"); got != "Nein gilt bis 0.3, ja muss also darüber beginnen, nicht bei 0.2." {
		t.Errorf("refused with %q", got)
	}
	shown := ada.get("/models/thresholds")
	if got := shown.Find("[aria-labelledby=axis-hostile] [name=high]").AttrOr("value", ""); got != "0,5" {
		t.Errorf("the field holds %q", got)
	}
	if got := ada.get("/models/thresholds?axis=hostile&low=0,1&high=0,6&coverage=0,3").form(`form[method=post][action="/models/thresholds"]`, nil).Get("high"); got != "0,6" {
		t.Errorf("the form would send %q", got)
	}
}

// TestDeskInGerman: what the desk says of what was done, to whom the page belongs.
func TestDeskInGerman(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments...)
	anna, ben := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator)
	anna.post("/settings/language", url.Values{"language": {"de"}, "zone": {"Asia/Tokyo"}})
	page := func(id int64) string { return fmt.Sprintf("/?id=%d", id) }
	late := anna.get(page(ids[0]))
	ben.post("/act", ben.get(page(ids[0])).form("#act", url.Values{"decision": {"reject"}, "hostile": {"yes"}}))
	if got := anna.post("/act", late.form("#act", url.Values{"decision": {"approve"}})).text("[role=alert]"); !strings.HasPrefix(got, "Abgelehnt von ben gerade eben, eingestuft: feindselig: ja. Ihre Wahl wurde nicht gespeichert: freigeben.") {
		t.Errorf("the conflict says %q", got)
	}
	got := anna.post("/act", anna.get(page(ids[0])).form("#act", url.Values{"decision": {"approve"}, "stance": {"favor"}}))
	if said := got.text(".toast"); said != "Freigegeben; Haltung: dafür. Rück\u00adgängig" {
		t.Errorf("the toast says %q", said)
	}
	if said := anna.post("/undo", got.form("#undo", nil)).text(".toast"); said != "Rückgängig gemacht, zählt nicht mehr: Freigegeben; Haltung: dafür." {
		t.Errorf("undone, the toast says %q", said)
	}

	menu := anna.get(page(ids[1]))
	if got := menu.Find("#later [name=zone]").AttrOr("value", "") + " " + menu.text("#later .when label:first-child span span"); got != "Asia/Tokyo (Asia/Tokyo)" {
		t.Errorf("the menu counts in %q", got)
	}
	for _, zone := range []string{"Asia/Tokyo", ""} { // a form of before the zone was set names none
		form := menu.form("#later form", url.Values{"do": {"morning"}, "zone": {zone}})
		snoozed := anna.post("/later", form)
		if got, until := snoozed.text(".toast span"), d.state(ids[1]).Waiting.Until.Format(time.RFC3339); got != "Zurückgestellt bis 15. Mai 2026, 08:00 Uhr JST." || until != "2026-05-14T23:00:00Z" {
			t.Errorf("in the zone %q: %q, until %s", zone, got, until)
		}
		if got := anna.get("/?tab=snoozed").text(".waits strong"); got != "anna hat dies zurückgestellt bis 15. Mai 2026, 08:00 Uhr JST." {
			t.Errorf("the comment says %q", got)
		}
		anna.post("/undo", snoozed.form("#undo", nil))
		menu = anna.get(page(ids[1]))
	}
	pick := func(id int64) string { return fmt.Sprintf("%d.%d", id, d.state(id).Revision) }
	asked := anna.post("/bulk", url.Values{"decision": {"reject"}, "pick": {pick(ids[1]), pick(ids[2])}})
	if got := asked.text("h1") + " " + asked.text("[data-confirm]"); got != "2 Kommentare ablehnen? 2 ablehnen" {
		t.Errorf("the question is %q", got)
	}
	if found := englishWords.FindString(asked.Find("main").Find(".excerpt, bdi").Remove().End().Text()); found != "" {
		t.Errorf("the question says %q", found)
	}
	ben.post("/act", ben.get(page(ids[2])).form("#act", url.Values{"decision": {"approve"}}))
	done := anna.post("/bulk", asked.form("#bulk", url.Values{"pick": {asked.Find("[name=pick]").First().AttrOr("value", ""), asked.Find("[name=pick]").Last().AttrOr("value", "")}}))
	if got := done.text(".left li span:last-child"); !strings.HasSuffix(got, "Freigegeben von ben gerade eben.") || done.text(".toast span") != "1 Kommentar abgelehnt." {
		t.Errorf("left is %q, the toast says %q", got, done.text(".toast span"))
	}
}
