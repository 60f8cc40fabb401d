//go:build e2e

package e2e

import (
	"strings"
	"testing"
	"time"
	"fmt"

	"commentdesk/moderation"
	"commentdesk/classifier"
	"github.com/chromedp/chromedp"
	"commentdesk/moderation/learn"
)

func TestScratch(t *testing.T) {
	d := newDesk(t)
	long := strings.Repeat("You are a w.o.r.t.h.l.e.s.s fuсking idiot!!! Go back to where you came from, nobody wants people like you here.\n\nAnother paragraph that says that the council met on Monday and that the bridge was on its agenda, as it has been since 2019; nobody came. ", 6)
	article := moderation.Article{URL: "https://news.example/extra", Headline: "Should the bridge at Drumlow be rebuilt, and who is to pay for it after all these years?", Origin: "api", Body: "The council meets.\n\nOn Monday."}
	d.service.Submit(t.Context(), article, []moderation.Comment{{SourceID: "p", Position: 1, Author: "Maud", Text: "I think the council should resign, all of them, and take the bridge with them.", PostedAt: "2026-11-20T10:00:00Z"}, {SourceID: "x", Position: 2, Parent: 1, Author: "Reader", Text: long, PostedAt: "2026-11-20T11:00:00Z"}, {SourceID: "y", Position: 3, Parent: 2, Author: "Ines", Text: "Please stay polite."}, {SourceID: "z", Position: 4, Parent: 2, Author: "Otto", Text: "Reported."}, {SourceID: "ar", Position: 5, Author: "قارئ", Text: "هذا تعليق باللغة العربية حول الجسر ، with some English في الوسط."}})
	page, _ := d.service.Queue(t.Context(), moderation.QueueRequest{Order: moderation.OrderNewest, Limit: 5})
	id := page.Comments[3].ID
	d.service.Act(t.Context(), moderation.Action{ID: "q", CommentID: id, Revision: 1, Actor: "ben", By: moderation.ByPerson, Labels: map[ /**/ cAxis]string{"hostile": "yes"}, Decision: moderation.Escalate, Reason: "please look"})
	ctx := t.Context()
	rep := `{"axes":[{"axis":"stance","labels":310,"new_labels":22,"champion_log_loss":0.71,"candidate_log_loss":0.64,"difference":-0.07,"low":-0.11,"high":-0.02},{"axis":"hostile","labels":210,"new_labels":12,"champion_log_loss":0.31,"candidate_log_loss":0.34,"difference":0.03,"low":-0.02,"high":0.08},{"axis":"spam","labels":110,"new_labels":2,"champion_log_loss":0.11,"candidate_log_loss":0.15,"difference":0.04,"low":0.01,"high":0.07,"worse":true}]}`
	models, _ := d.store.Models(ctx)
	files, _ := d.store.ModelFiles(ctx, models[0].ID)
	d.store.SaveModel(ctx, learn.ModelRecord{ID: strings.Repeat("ab", 32), State: learn.StateHeld, Parent: models[0].ID, Position: 412, CreatedAt: time.Now(), CreatedBy: "anna", Reason: "spam is worse by 0.040 nats a label (95 % interval 0.010 to 0.070)", Report: []byte(rep)}, files)
	job, err := d.store.StartJob(ctx, "anna", time.Now())
	if err != nil { t.Fatal(err) }
	job.Step, job.Percent = "comparing on 210 labels", 62
	d.store.UpdateJob(ctx, job)
	ada := d.person(t, newBrowser(t), "ada")
	for _, v := range []struct{ n string; w, h int64; s string }{{"light", 1440, 900, "light"}, {"dark", 1440, 900, "dark"}, {"phone", 390, 844, "light"}, {"small", 1120, 720, "light"}} {
		ada.size(v.w, v.h)
		ada.scheme(v.s)
		for n, p := range map[string]string{"long": fmt.Sprintf("/?tab=escalated&id=%d&axis=hostile", id), "models": "/models", "arabic": fmt.Sprintf("/?id=%d", page.Comments[0].ID), "hint": "/?q=foo:bar"} {
			ada.open(p)
			ada.until(`true`)
			if n == "models" { ada.do(clickAll) }
			if n == "long" && v.w < 500 { ada.click(".strip button"); ada.picture("drawer-" + v.n); ada.open("/topics"); ada.open(p) }
			ada.picture("s-" + n + "-" + v.n)
		}
	}
}
type cAxis = classifier.Axis
var clickAll = chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`)
