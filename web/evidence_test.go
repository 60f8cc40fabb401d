package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"commentdesk/classifier"
	"commentdesk/classifier/feature"
	"commentdesk/classifier/registry"
	"commentdesk/models"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/moderation/learn"
)

// promoteAnother makes a model the champion that calls every bridge hostile.
func (d *desk) promoteAnother(champion *learn.Champion) string {
	d.Helper()
	var examples []classifier.Example
	for i := range 120 {
		hostile, text := classifier.No, fmt.Sprintf("What a lovely day, number %d.", i)
		if i%2 == 0 {
			hostile, text = classifier.Yes, fmt.Sprintf("The bridge, number %d!", i)
		}
		examples = append(examples, classifier.Example{Text: text, Labels: map[classifier.Axis]string{classifier.Hostile: hostile}})
	}
	model, counts, err := classifier.Train(feature.Current, examples, classifier.Shipped())
	if err != nil {
		d.Fatal(err)
	}
	files, err := registry.Encode(model, counts, registry.Origin{}, nil)
	if err != nil {
		d.Fatal(err)
	}
	manifest, err := registry.ReadManifest(files.Manifest)
	if err != nil {
		d.Fatal(err)
	}
	at := start.Add(time.Duration(d.passed.Load()))
	if err := d.store.SaveModel(d.Context(), learn.ModelRecord{ID: manifest.ID, CreatedAt: at, CreatedBy: "eva"}, files); err != nil {
		d.Fatal(err)
	}
	if err := d.store.Promote(d.Context(), learn.Promotion{ID: manifest.ID, Actor: "eva", At: at}); err != nil {
		d.Fatal(err)
	}
	if err := champion.Refresh(d.Context()); err != nil {
		d.Fatal(err)
	}
	return manifest.ID
}

// TestEvidenceThenAndNow decides a comment, changes the champion and the text, and finds the evidence of then beside today's.
func TestEvidenceThenAndNow(t *testing.T) {
	d := newDesk(t, nil)
	id := d.fill(comments...)[1] // on the bridge
	anna, vic := d.signedIn("anna", account.Moderator), d.signedIn("vic", account.Viewer)
	path := fmt.Sprintf("/?order=oldest&id=%d", id)
	asked := anna.get(path + "&axis=hostile")
	share := func(p *page, word string, column int) string {
		row := p.Find(".evidence tbody tr").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Find("th").Text() == word })
		return row.Find("td.number").Eq(column).Text()
	}
	before := share(asked, "bridge", 0)
	if before == "" {
		t.Fatal("the model has no evidence on the bridge: this test could not fail")
	}
	d.wait(time.Minute)
	anna.post("/act", asked.form("#act", url.Values{"decision": {"approve"}, "hostile": {"no"}}))
	d.wait(time.Hour)
	manifest, err := registry.ReadManifest(models.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	now := d.promoteAnother(d.champion)
	d.wait(time.Hour)
	article := moderation.Article{URL: "https://news.example/1", Headline: "Should the bridge be rebuilt?", Body: "The council meets.", Origin: "page"}
	if _, err := d.service.Submit(t.Context(), article, []moderation.Comment{{SourceID: "b", Position: 2, Author: "Reader", Text: "Another text."}}); err != nil {
		t.Fatal(err)
	}

	link := anna.get(path).Find(".history a").AttrOr("href", "")
	got := vic.get(link)
	if got.status != http.StatusOK || got.text(".then .text") != comments[1] || !strings.Contains(got.text(".then"), "The reader changed it since.") {
		t.Fatalf("%s: status %d, text %q", link, got.status, got.text(".then .text"))
	}
	got = vic.get(got.Find(".shades a").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), "hostile") }).AttrOr("href", ""))
	if then, today := share(got, "bridge", 0), share(got, "bridge", 1); then != before || today == before || !strings.HasPrefix(today, "+") {
		t.Errorf("the bridge brought %s on the desk, %s then and %s now", before, then, today)
	}
	for _, want := range []string{"anna approved; hostile: no", manifest.ID[:8], now[:8]} {
		if !strings.Contains(got.text(".then"), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for column := range 2 { // each adds up to its last row, as rounded
		sum := 0.0
		got.Find(".evidence tbody tr").Each(func(_ int, s *goquery.Selection) { sum += nats(t, s.Find("td.number").Eq(column).Text()) })
		if total := nats(t, got.Find(".evidence tfoot td.number").Eq(column).Text()); sum-total > 0.08 || total-sum > 0.08 {
			t.Errorf("column %d adds up to %.2f, its last row says %.2f", column, sum, total)
		}
	}
	for _, wrong := range []string{"/evidence/1/999", "/evidence/x/1", "/evidence/1/x", "/evidence/999/1", "/evidence/1/-1"} {
		if got := vic.get(wrong); got.status != http.StatusNotFound {
			t.Errorf("%s: status %d", wrong, got.status)
		}
	}
}

// nats reads a share as the page writes it.
func nats(t *testing.T, written string) float64 {
	t.Helper()
	share, err := strconv.ParseFloat(strings.Replace(written, "\u2212", "-", 1), 64)
	if err != nil {
		t.Fatal(err)
	}
	return share
}

// TestEvidenceSaysThresholds: beside the arithmetic stands from where the model answers, how that was set, and for who decides, where to read on.
func TestEvidenceSaysThresholds(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments...)
	for role, links := range map[account.Role]int{account.Moderator: 1, account.Viewer: 0} {
		why := d.signedIn(string(role), role).get("/?order=oldest&axis=hostile").Find("#why")
		if got := why.Text(); !strings.Contains(got, "Hostile counts as yes from 35 % on and as no up to 9 %") || !strings.Contains(got, "Training chose these thresholds") {
			t.Errorf("%s reads %q", role, got)
		}
		if got := why.Find(`a[href="/models/thresholds"]`).Length(); got != links {
			t.Errorf("%s: %d links to the thresholds", role, got)
		}
	}
}
