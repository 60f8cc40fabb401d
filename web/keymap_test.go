package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"commentdesk/moderation/account"
)

// TestKeymap gives an action another key: the page carries it for the script, and hints show it.
func TestKeymap(t *testing.T) {
	d := newDesk(t, nil)
	d.fill("<kbd>a</kbd> is what I wrote.", comments[1])
	anna, ben := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator)
	if _, set := anna.get("/").Find("body").Attr("data-keymap"); set {
		t.Error("there is a keymap before one was kept")
	}
	got := anna.post("/settings/keys", url.Values{"approve": {`"`}, "reject": {"<"}, "select_all": {"F"}})
	if got.text(".notice") != "Your settings were kept." || got.Find("[name=approve]").AttrOr("value", "") != `"` || got.Find("[name=next]").AttrOr("value", "") != "j" {
		t.Errorf("the settings say %q", got.text(".notice"))
	}
	queue := anna.get("/?order=oldest")
	if keymap := queue.Find("body").AttrOr("data-keymap", ""); keymap != `{"X":"F","a":"\"","r":"\u003c"}` {
		t.Errorf("the script reads %s", keymap)
	}
	if a, r, e := queue.text("[data-key=a] kbd"), queue.text("[data-key=r] kbd"), queue.text("[data-key=e] kbd"); a != `"` || r != "<" || e != "e" {
		t.Errorf("the buttons say %q, %q, %q", a, r, e)
	}
	if text := queue.text(".comment .text"); text != "<kbd>a</kbd> is what I wrote." {
		t.Errorf("the comment says %q", text)
	}
	if hint := anna.get("/?view=list").text("[data-key=X] kbd"); hint != "⇧f" {
		t.Errorf("the list's button says %q", hint)
	}
	if ben.get("/").text("[data-key=a] kbd") != "a" {
		t.Error("somebody else's keys are others")
	}
	refused := anna.post("/settings/keys", url.Values{"approve": {"j"}, "reject": {"?"}, "escalate": {"é́"}})
	if refused.status != http.StatusBadRequest || refused.Find("[name=approve]").AttrOr("aria-invalid", "") != "true" || refused.text("#wrong-approve") != "Another action has this key too." ||
		refused.text("#wrong-next") != "Another action has this key too." || refused.text("#wrong-reject") != "This key is fixed." || refused.text("#wrong-escalate") != "One visible character, please." ||
		refused.Find("[name=reject]").AttrOr("value", "") != "?" {
		t.Errorf("status %d, %q", refused.status, refused.text("main .notice"))
	}
	if anna.get("/").text("[data-key=a] kbd") != `"` {
		t.Error("what is refused changes the keys")
	}
	if back := anna.post("/settings/keys", url.Values{"approve": {"f"}, "do": {"reset"}}); back.Find("body[data-keymap]").Length() > 0 || back.Find("[name=approve]").AttrOr("value", "") != "a" {
		t.Error("the keys are not back")
	}
}

// TestHelpListsTheKeys: what ? lists and what can be given another key are the same.
func TestHelpListsTheKeys(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments...)
	anna := d.signedIn("anna", account.Moderator)
	listed := func(page *page, selector string) []string {
		found := page.Find(selector).Map(func(_ int, key *goquery.Selection) string { return key.Text() })
		slices.Sort(found)
		return slices.DeleteFunc(slices.Compact(found), func(key string) bool { return key == "?" || key == "↵" })
	}
	help, settings := listed(anna.get("/"), "#help kbd:not(.fixed)"), listed(anna.get("/settings"), ".keymap kbd")
	if !slices.Equal(help, settings) || len(help) < 30 {
		t.Errorf("? lists %s\nsettings %s", strings.Join(help, " "), strings.Join(settings, " "))
	}
}
