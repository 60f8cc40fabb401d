package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

// TestChangeIsToldBeforeItIsMade asks by the button, waits until everything is counted, keeps the label from there and is told again.
func TestChangeIsToldBeforeItIsMade(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(append(slices.Clone(comments), "You fool, this is nonsense and you know it.", "You fool, that is nonsense and you know it.")...)
	anna := d.signedIn("anna", account.Moderator)
	open := anna.get(fmt.Sprintf("/?id=%d", ids[4]))
	button := open.Find("#act button[formaction='/change']")
	if button.AttrOr("formmethod", "") != "get" || open.Find("[data-change-said][role=status]").Length() != 1 {
		t.Errorf("the page of a comment has no way to ask: %s", open.text(".bottom"))
	}
	if first := open.Find("[form=act], #act button").Filter("button").First(); first.AttrOr("value", "") != "label" {
		t.Errorf("Enter in a field would press %q", first.Text())
	}
	ask := "/change?" + open.form("#act", url.Values{"hostile": {"no"}}).Encode()

	early := anna.get(ask)
	if early.status != http.StatusOK || !strings.HasPrefix(early.text("[data-lead]"), "What waits is being counted") || early.Find("noscript").Length() != 1 {
		t.Errorf("asked early: status %d, %q", early.status, early.text("main"))
	}
	d.changes.Wait()
	told := anna.get(ask)
	t.Log(told.text("main"))
	if lead := told.text("[data-lead]"); !strings.Contains(lead, "of 5 other comments that wait would change") || strings.HasPrefix(lead, "0 ") {
		t.Errorf("told %q", lead)
	}
	if told.Find(".named a[href*='id=']").Length() == 0 || !strings.Contains(told.text("main"), "not kept yet") {
		t.Errorf("no comment is named: %s", told.text("main"))
	}
	if c, _ := d.service.Comment(t.Context(), ids[4]); len(c.State.Labels) != 0 {
		t.Errorf("asking labelled: %v", c.State.Labels)
	}

	part := anna.get(ask + "&part=yes")
	if part.Find("[data-reckoned] [data-lead]").Length() != 1 || part.Find("main, nav, script, form").Length() != 0 {
		t.Errorf("the part of a page is %s", part.html)
	}

	kept := anna.post("/act", told.form("main form[action='/act']", url.Values{"decision": {"label"}}))
	if toast := kept.text("[data-toast] span"); !strings.HasPrefix(toast, "Labelled hostile: no. By itself it changes 1 answer that waits, at the next training.") {
		t.Errorf("the toast says %q", toast)
	}
	if c, _ := d.service.Comment(t.Context(), ids[4]); c.State.Labels[classifier.Hostile] != classifier.No || c.State.Status != moderation.Pending {
		t.Errorf("kept: %+v", c.State)
	}
}

func TestChangeSaysWhatCountsForNothing(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments...)
	anna := d.signedIn("anna", account.Moderator)
	anna.get(fmt.Sprintf("/change?comment=%d", ids[0]))
	d.changes.Wait()
	for query, want := range map[string]string{
		"":                 "No label is marked: nothing would change.",
		"&spam=cant_tell":  "Nothing would change: “can’t tell” trains nothing.",
		"&stance=favor":    "has not learned this claim yet",
		"&hostile=yes":     "An estimate by counts alone",
		"&hostile=yes&x=1": "There are no past labels yet.",
	} {
		if got := anna.get(fmt.Sprintf("/change?comment=%d%s", ids[1], query)); got.status != http.StatusOK || !strings.Contains(got.text("main"), want) {
			t.Errorf("%q: status %d, %q, want %q", query, got.status, got.text("main"), want)
		}
	}
	for path, want := range map[string]int{
		"/change": http.StatusBadRequest, "/change?comment=x": http.StatusBadRequest, "/change?comment=99999": http.StatusNotFound,
		fmt.Sprintf("/change?comment=%d&hostile=maybe", ids[0]): http.StatusBadRequest,
	} {
		if got := anna.get(path); got.status != want {
			t.Errorf("%s: status %d, want %d", path, got.status, want)
		}
	}
	// What nobody asked about is not told in the toast.
	form := anna.get(fmt.Sprintf("/?id=%d", ids[3])).form("#act", url.Values{"spam": {"no"}, "decision": {"label"}})
	if toast := anna.post("/act", form).text("[data-toast] span"); toast != "Labelled spam: no." {
		t.Errorf("the toast says %q", toast)
	}
}
