//go:build e2e

package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

// signOut ends every session of a user, as another process would.
func (d *desk) signOut(t *testing.T, name string) {
	t.Helper()
	if err := account.NewService(d.store, time.Now).SignOut(t.Context(), "test", name); err != nil {
		t.Fatal(err)
	}
}

// TestLive has two moderators with the same comment open: one decides, the other is told and goes on.
func TestLive(t *testing.T) {
	d := newDesk(t)
	second := d.submit(t, "Build the bridge at Drumlow, and build it soon.")
	first := d.submit(t, "The old bridge will do for another year.")
	browser := newBrowser(t)
	anna, ben := d.person(t, browser, "anna"), d.person(t, browser, "ben")
	for _, p := range []*person{anna, ben} {
		p.openByNumber(first)
		p.shows("The old bridge will do for another year.")
	}
	pending := js[string](anna, `document.querySelector("[data-count=pending]").textContent`)
	ben.reject()
	ben.until(`document.querySelector(".text")?.textContent !== "The old bridge will do for another year."`) // the next one is held ready for anna
	ben.saved()
	anna.until(`document.querySelector("[data-news] strong")?.textContent === "ben rejected this"`)
	if got := anna.text("[data-news]"); got != "ben rejected this just now Next comment" && got != "ben rejected thisjust nowNext comment" {
		t.Errorf("anna reads %q", got)
	}
	anna.until(`document.querySelector("[data-count=rejected]").textContent === "1" && document.querySelector("[data-count=pending]").textContent !== ` + quote(pending))
	if got := js[bool](ben, `document.querySelector("[data-news]").hidden`); !got {
		t.Errorf("ben is told of his own decision: %q", ben.text("[data-news]"))
	}
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.look("news", view.name)
	}
	anna.size(1440, 900)
	anna.do(chromedp.Evaluate[chromedp.Void](`{ const now = Date.now; Date.now = () => now() + 120_000; }`))
	anna.until(`document.querySelector("[data-age]").textContent === "2 minutes ago"`)
	anna.click("[data-news] a")
	anna.shows("Build the bridge at Drumlow, and build it soon.")

	// Another process acts: nothing but the database tells.
	ben.openByNumber(second)
	action := moderation.Action{ID: "other process", CommentID: second, Revision: 1, Actor: "command line", Decision: moderation.Escalate, By: moderation.ByPerson}
	if _, err := d.store.Act(t.Context(), action, time.Now()); err != nil {
		t.Fatal(err)
	}
	for _, p := range []*person{anna, ben} {
		p.until(`document.querySelector("[data-news] strong")?.textContent === "command line escalated this"`)
		p.until(`document.querySelector("[data-count=escalated]").textContent === "1"`)
	}

	// Who is signed out elsewhere is told where to go on.
	d.signOut(t, "anna")
	anna.until(`document.querySelector("[data-news] strong")?.textContent === "You are signed out."`)
	if got := js[string](anna, `document.querySelector("[data-news] a").getAttribute("href")`); len(got) < len("/sign-in?next=%2F") {
		t.Errorf("the link leads to %q", got)
	}
	if got := ben.state(first).Status; got != moderation.Rejected {
		t.Errorf("the first comment is %s", got)
	}
}

// TestOnItUntilDecided: that somebody is on a comment is no longer said once that somebody has decided it.
func TestOnItUntilDecided(t *testing.T) {
	d := newDesk(t)
	d.submit(t, "Build the bridge at Drumlow, and build it soon.")
	first := d.submit(t, "The old bridge will do for another year.")
	browser := newBrowser(t)
	anna, ben := d.person(t, browser, "anna"), d.person(t, browser, "ben")
	ben.openByNumber(first)
	ben.shows("The old bridge will do for another year.")
	anna.openByNumber(first)
	anna.until(`document.querySelector("[data-held]")?.textContent.startsWith("ben is on this.")`)
	if _, err := d.service.Act(t.Context(), moderation.Action{ID: "labelled", CommentID: first, Revision: 1, Actor: "cleo", Labels: map[classifier.Axis]string{classifier.Spam: classifier.No}, By: moderation.ByPerson}); err != nil {
		t.Fatal(err)
	}
	anna.until(`document.querySelector("[data-news] strong")?.textContent === "cleo labelled this" && document.querySelector("[data-held]") !== null`)
	ben.openByNumber(first)
	ben.reject()
	anna.until(`document.querySelector("[data-news] strong")?.textContent === "ben rejected this" && document.querySelector("[data-held]") === null`)
}

// TestAuditPictures looks at the audit log, users, sessions, and the pages that sort topics.
func TestAuditPictures(t *testing.T) {
	d := newDesk(t)
	id := d.submit(t, "The old bridge will do for another year.")
	action := moderation.Action{ID: "one", CommentID: id, Revision: 1, Actor: "ben", Decision: moderation.Reject, By: moderation.ByPerson, Reason: "insult, and a rather long explanation of why it is one"}
	if _, err := d.store.Act(t.Context(), action, time.Now()); err != nil {
		t.Fatal(err)
	}
	page, err := d.service.Queue(t.Context(), moderation.QueueRequest{Filter: moderation.Filter{Topic: "speed-limit"}, Limit: 2})
	if err != nil || len(page.Comments) != 2 {
		t.Fatalf("%d comments, error %v", len(page.Comments), err)
	}
	for i, stance := range []string{"favor", "against"} {
		c := page.Comments[i]
		label := moderation.Action{ID: stance, CommentID: c.ID, Revision: c.State.Revision, Actor: "ben", Labels: map[classifier.Axis]string{classifier.Stance: stance}}
		if _, err := d.service.Act(t.Context(), label); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.service.MergeTopics(t.Context(), "nuclear-power", "library-fines", true, "anna"); err != nil {
		t.Fatal(err)
	}
	ada := d.person(t, newBrowser(t), "ada")
	for _, view := range views {
		ada.size(view.width, view.height)
		ada.scheme(view.scheme)
		for name, path := range map[string]string{"audit": "/audit", "audit-filtered": "/audit?who=ben&kind=act", "audit-refused": "/audit?from=x", "sessions": "/password", "sessions-of-users": "/users",
			"articles": "/topics/articles", "articles-of-topic": "/topics/articles?topic=speed-limit", "merge": "/topics/merge?from=speed-limit&into=school-start", "merges": "/topics"} {
			ada.open(path)
			ada.look(name, view.name)
		}
	}
}
