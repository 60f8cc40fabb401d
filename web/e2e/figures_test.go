//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/models"
	"commentdesk/moderation"
	"commentdesk/moderation/learn"
)

// said are comments on a claim that the starter knows.
var said = []string{
	"Thirty is right: children cross here on their way to school.", "Slower cars mean fewer accidents, so lower the limit.", "Nobody will keep to thirty, this is about fines.",
	"The limit should stay as it is, buses are late already.", "You people are idiots, go and live in a forest.", "I walk here every day.",
}

// work fills the desk with twelve weeks in which two people label and decide: calm comments that disagree are rejected more often.
func (d *desk) work(t *testing.T) {
	t.Helper()
	const hours, step = 12 * 7 * 24, 5
	clock := time.Now().Add(-hours * time.Hour)
	now := func() time.Time { return clock }
	champion, err := learn.OpenChampion(t.Context(), d.store, registry.Files{Manifest: models.Manifest, Counts: models.Counts, Weights: models.Weights}, now)
	if err != nil {
		t.Fatal(err)
	}
	service := moderation.NewService(d.store, champion, now)
	if err := service.AddTopic(t.Context(), "speed-limit", "The city should lower the speed limit to 30 on residential streets", "test"); err != nil {
		t.Fatal(err)
	}
	articles := []moderation.Article{
		{URL: "https://news.example/for", Headline: "Halverton should slow down", Topic: "speed-limit", Side: moderation.SideFor, Origin: "api"},
		{URL: "https://news.example/against", Headline: "Thirty everywhere is a rule for nobody", Topic: "speed-limit", Side: moderation.SideAgainst, Origin: "api"},
		{URL: "https://news.example/open", Headline: "The valley makes up its mind", Topic: "speed-limit", Side: moderation.SideOpen, Origin: "api"},
	}
	var waiting []moderation.Stored
	for n := 0; n*step < hours; n++ {
		clock = clock.Add(step * time.Hour)
		article := articles[n%7%3]
		if _, err := service.Submit(t.Context(), article, []moderation.Comment{{SourceID: fmt.Sprint(n), Position: n + 1, Author: "Reader", Text: fmt.Sprintf("%s (%d)", said[n%len(said)], n)}}); err != nil {
			t.Fatal(err)
		}
		page, err := service.Queue(t.Context(), moderation.QueueRequest{Order: moderation.OrderNewest, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		waiting = append(waiting, page.Comments[0])
		for len(waiting) > 2+n*7%17 {
			d.decide(t, service, n, waiting[len(waiting)*n%5%len(waiting)])
			at := len(waiting) * n % 5 % len(waiting)
			waiting = append(waiting[:at:at], waiting[at+1:]...)
		}
	}
}

func (d *desk) decide(t *testing.T, service *moderation.Service, n int, c moderation.Stored) {
	t.Helper()
	stance, hostile, decision := classifier.Favor, c.Prediction.Hostile.Best, moderation.Approve
	if n%2 == 0 {
		stance = classifier.Against
	}
	if n%9 == 0 {
		hostile = map[string]string{classifier.Yes: classifier.No, classifier.No: classifier.Yes}[hostile]
	}
	disagrees := (stance == classifier.Against) == (c.Article.Side == moderation.SideFor)
	if n%8 == 0 || disagrees && n%10 < 6 {
		decision = moderation.Reject
	}
	action := moderation.Action{ID: fmt.Sprint("work-", c.ID), CommentID: c.ID, Revision: c.State.Revision, Actor: []string{"anna", "ben"}[n/2%2], Decision: decision,
		Labels: map[classifier.Axis]string{classifier.Stance: stance, classifier.Hostile: hostile}}
	if n%3 == 0 {
		action.Labels[classifier.Spam] = classifier.No
	}
	if _, err := service.Act(t.Context(), action); err != nil {
		t.Fatal(err)
	}
}

// TestFigures goes from a number to its queue with the keyboard, and looks at every page of figures in every light.
func TestFigures(t *testing.T) {
	d := newEmptyDesk(t, true)
	browser := newBrowser(t)
	ada, ben := d.person(t, browser, "ada"), d.person(t, browser, "ben")
	pages := map[string]string{"grid": "/grid", "fairness": "/fairness", "dashboard": "/dashboard", "week": "/dashboard/week"}
	for name, path := range pages {
		ada.open(path)
		ada.look("empty-"+name, "light")
	}
	d.work(t)

	ben.open("/grid?topic=speed-limit")
	ben.until(`document.querySelector("h1").textContent.startsWith("speed-limit")`)
	for n := 0; !js[bool](ben, `document.activeElement.matches(".grid a")`); n++ {
		if n == 40 {
			t.Fatal("no number of the grid is reached with Tab")
		}
		ben.press("\t")
	}
	number := js[string](ben, `document.activeElement.textContent.trim()`)
	ben.press("\r")
	ben.until(`location.pathname === "/" && document.querySelector("article.comment") !== null`)
	if q := js[string](ben, `new URLSearchParams(location.search).get("q")`); !strings.Contains(q, "agreement:") || !strings.HasSuffix(q, "topic:speed-limit") {
		t.Errorf("the number %q leads to the filter %q", number, q)
	}

	ben.open("/fairness")
	if got := ben.text(".finding.clear"); !strings.HasPrefix(got, "In calm comments, ") || !strings.Contains(got, "those that disagree are rejected more often, by ") {
		t.Errorf("the finding is %q", got)
	}
	if got := ben.text("#by-moderator"); got != "Your own decisions" {
		t.Errorf("ben reads %q", got)
	}
	for _, view := range views {
		ada.size(view.width, view.height)
		ada.scheme(view.scheme)
		for name, path := range pages {
			ada.open(path)
			ada.look(name, view.name)
		}
		ada.open("/dashboard")
		if tables := js[int](ada, `(document.querySelectorAll(".chart details").forEach(d => d.open = true), [...document.querySelectorAll(".chart")].filter(c => c.querySelector("tbody tr")).length)`); tables < 7 {
			t.Errorf("%d charts have tables", tables)
		}
		ada.look("dashboard-tables", view.name)
	}
}
