//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/extract"
)

// lesson are comments that share a word no model knows before they are labelled.
var lesson = []string{
	"My skin is so soft since I take vitaglow capsules every morning",
	"Ask me for vitaglow capsules, half price until the end of the month",
	"vitaglow capsules took ten years off my face, message me",
	"Have you heard of vitaglow? Only here, capsules for the whole family",
	"People lose weight with vitaglow capsules while they sleep, order today",
	"One week on vitaglow and my knees were fine, write to the vitaglow team",
	"Dear friends, vitaglow capsules are back in stock",
	"The best thing of this year is vitaglow, order two and get one more",
	"Still tired? vitaglow. Still slow? vitaglow. Order the capsules.",
	"Doctors hate it: vitaglow capsules, now with ginger",
}

// undecided shares the word, in other wording. Nobody labels it.
const undecided = "So happy with vitaglow capsules, order them soon"

// submitPage sends an article page with these comments through extraction and returns the comments' ids in order.
func (d *desk) submitPage(t *testing.T, headline string, texts ...string) []int64 {
	t.Helper()
	page := headline + "\n\nThe council met on Monday.\n\nDo you like this article?\n\n" +
		fmt.Sprintf("%d Comment(s)\n\nComment Policy * Denotes Required Field 1500 / 1500\n\n", len(texts)) + strings.Join(texts, "\n\n\n") + "\n"
	article, comments, _, err := extract.Article(strings.NewReader(page), extract.Hint{Source: "page.txt"})
	if err != nil || len(comments) != len(texts) {
		t.Fatalf("%d comments read, error %v", len(comments), err)
	}
	if _, err := d.service.Submit(t.Context(), article, comments); err != nil {
		t.Fatal(err)
	}
	listed, err := d.service.Queue(t.Context(), moderation.QueueRequest{Order: moderation.OrderNewest, Limit: len(texts)})
	if err != nil || len(listed.Comments) != len(texts) {
		t.Fatalf("%d comments listed, error %v", len(listed.Comments), err)
	}
	ids := make([]int64, len(texts))
	for i, c := range listed.Comments {
		ids[len(texts)-1-i] = c.ID
	}
	return ids
}

// labelSpam opens each comment and keeps the label spam: yes, with keys.
func (p *person) labelSpam(ids []int64, texts []string) {
	p.Helper()
	for i, id := range ids {
		p.open(fmt.Sprintf("/?order=oldest&id=%d", id))
		p.shows(texts[i])
		if p.answer(classifier.Spam) == classifier.Yes {
			p.press("S")
		} else {
			p.press("s")
		}
		p.until(`document.querySelector("[name=spam][value=yes]").checked`)
		p.press(kb.Enter)
		p.until(`document.querySelector(".toast span")?.textContent === "Labelled spam: yes."`)
		p.wantLabels(id, moderation.Pending, map[classifier.Axis]string{classifier.Spam: classifier.Yes})
	}
}

// answer is what the page shows on the axis.
func (p *person) answer(axis classifier.Axis) string {
	p.Helper()
	return js[string](p, `document.querySelector("[data-axis=`+string(axis)+`]").dataset.shown`)
}

// champion is the short id of the model in use, as the page of the models says.
func (p *person) champion() string {
	p.Helper()
	p.open("/models")
	return p.text(".model-card.champion code")
}

// championPage is the address of the champion's page.
func (p *person) championPage() string {
	p.Helper()
	p.open("/models")
	return js[string](p, `document.querySelector(".model-card.champion a[href^='/models/']").getAttribute("href")`)
}

// retrain presses the button and follows the job to its end.
func (p *person) retrain(end string) {
	p.Helper()
	p.open("/models")
	p.click("form[action='/models/retrain'] button")
	p.until(`document.querySelector("#job strong")?.textContent === ` + quote("Last retraining: "+end))
}

// TestLearning labels comments that share a word, retrains, and finds the answer of a comment that nobody touched changed; then rolls back.
func TestLearning(t *testing.T) {
	d := newEmptyDesk(t, true)
	taught := d.submitPage(t, "Council talks about the old market", lesson...)
	probe := d.submitPage(t, "Harbour bridge to close for nine weeks", undecided)[0]
	anna := d.person(t, newBrowser(t), "anna")
	starter := anna.champion()
	if starter == "" || anna.text("#job") != "" {
		t.Fatalf("before any retraining the champion is %q, the job says %q", starter, anna.text("#job"))
	}
	probePage := fmt.Sprintf("/?id=%d&axis=spam", probe)
	anna.open(probePage)
	anna.shows(undecided)
	before := anna.answer(classifier.Spam)
	if before == classifier.Yes || anna.text(".model") != "model "+starter {
		t.Fatalf("before any label the answer is %q, %q", before, anna.text(".model"))
	}

	anna.labelSpam(taught, lesson)
	anna.retrain("done")
	anna.picture("retrained")
	learned := anna.text(".model-card.champion code")
	if learned == starter || !strings.Contains(anna.text("#job"), "10 new labels on spam") {
		t.Errorf("the champion is %s, the job says %q", learned, anna.text("#job"))
	}

	anna.open(probePage)
	anna.shows(undecided)
	anna.picture("learned")
	if got := anna.answer(classifier.Spam); got != classifier.Yes {
		t.Errorf("after %d labels the answer is %q", len(lesson), got)
	}
	if got := anna.text(".model"); got != "model "+learned {
		t.Errorf("the page names %q, the champion is %s", got, learned)
	}
	if !js[bool](anna, `[...document.querySelectorAll(".text .counts.spam[class*='to-']")].some(word => word.textContent === "vitaglow")`) {
		t.Error("the word is not underlined as speaking for spam")
	}
	if !js[bool](anna, `[...document.querySelectorAll(".evidence tbody tr")].some(row => row.cells[0].textContent === "vitaglow" && row.cells[1].textContent.startsWith("+"))`) {
		t.Errorf("the arithmetic does not name the word: %s", anna.text(".evidence"))
	}
	anna.wantLabels(probe, moderation.Pending, nil)

	anna.open("/models")
	anna.click(".confirm summary")
	anna.click("form[action='/models/rollback'] button")
	anna.until(`document.querySelector(".notice strong")?.textContent === "The earlier champion answers again, and answers what waits anew."`)
	if got := anna.text(".model-card.champion code"); got != starter {
		t.Errorf("after rolling back the champion is %s, want %s", got, starter)
	}
	anna.open(probePage)
	anna.shows(undecided)
	if got := anna.answer(classifier.Spam); got != before || anna.text(".model") != "model "+starter {
		t.Errorf("after rolling back the answer is %q, %q", got, anna.text(".model"))
	}
}

// TestHeldModel retrains where models wait for an editor, and promotes the candidate with a reason.
func TestHeldModel(t *testing.T) {
	d := newEmptyDesk(t, false)
	taught := d.submitPage(t, "Council talks about the old market", lesson...)
	probe := d.submitPage(t, "Harbour bridge to close for nine weeks", undecided)[0]
	browser := newBrowser(t)
	anna, ben := d.person(t, browser, "anna"), d.person(t, browser, "ben")
	anna.labelSpam(taught[:3], lesson)
	starter := anna.champion()
	anna.retrain("held")
	anna.picture("held")
	if got := anna.text(".model-card.champion code"); got != starter {
		t.Fatalf("a held candidate serves: %s", got)
	}
	held := anna.text(".model-card:not(.champion) code")
	if !strings.Contains(anna.text(".model-card:not(.champion)"), "waits for an editor") {
		t.Errorf("the card says %q", anna.text(".model-card:not(.champion)"))
	}
	ben.open("/models")
	if js[int](ben, `document.querySelectorAll("main form").length`) != 0 {
		t.Error("a moderator is offered to promote")
	}

	anna.click(".model-card .confirm summary")
	anna.click("form[action='/models/promote'] button")
	anna.until(`document.querySelector("form[action='/models/promote'] input[name=reason]").matches(":invalid:focus")`)
	anna.do(chromedp.SendKeys(chromedp.CSS("form[action='/models/promote'] input[name=reason]"), "two editors read the labels"))
	anna.click("form[action='/models/promote'] button")
	anna.until(`document.querySelector(".notice strong")?.textContent === "The model was promoted. What waits is answered anew."`)
	anna.picture("promoted")
	if got := anna.text(".model-card.champion"); !strings.Contains(got, held) || !strings.Contains(got, "Two editors read the labels.") {
		t.Errorf("the champion's card says %q; the candidate was %s", got, held)
	}
	anna.open(fmt.Sprintf("/?id=%d", probe))
	anna.shows(undecided)
	if got := anna.text(".model"); got != "model "+held {
		t.Errorf("the undecided comment names %q, the champion is %s", got, held)
	}
}
