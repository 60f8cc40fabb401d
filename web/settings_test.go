package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"commentdesk/moderation/account"
)

// TestKeysOff switches single keys off for one user; every page says so to the script.
func TestKeysOff(t *testing.T) {
	d := newDesk(t, nil)
	anna, ben := d.signedIn("anna", account.Viewer), d.signedIn("ben", account.Moderator)
	page := anna.post("/settings", url.Values{"keys": {"off"}})
	if got := page.Find("[name=keys][checked]").AttrOr("value", ""); got != "off" || page.text(".notice") != "Your settings were kept." {
		t.Errorf("the page shows %q, says %q", got, page.text(".notice"))
	}
	for _, path := range []string{"/", "/models", "/topics", "/password"} {
		if got := anna.get(path).Find("body").AttrOr("data-keys", ""); got != "off" {
			t.Errorf("%s: keys %q", path, got)
		}
	}
	if _, set := ben.get("/").Find("body").Attr("data-keys"); set {
		t.Error("somebody else's keys are off")
	}
	if got := anna.post("/settings", url.Values{"keys": {"perhaps"}}); got.status != http.StatusBadRequest {
		t.Errorf("perhaps: status %d", got.status)
	}
	if _, set := anna.post("/settings", url.Values{"keys": {"on"}}).Find("body").Attr("data-keys"); set {
		t.Error("on again, they are off")
	}
}
