//go:build e2e

package e2e

import (
	"fmt"
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// work has two people label and decide the whole demonstration: calm comments that disagree are rejected more often.
func (d *desk) work(t *testing.T) {
	t.Helper()
	for after := ""; ; {
		page, err := d.service.Queue(t.Context(), moderation.QueueRequest{Order: moderation.OrderOldest, Limit: 200, After: after})
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range page.Comments {
			stance, hostile, decision := classifier.Stance.Answers()[i%3], classifier.No, moderation.Approve
			if i%5 == 0 {
				hostile = classifier.Yes
			}
			if i%7 == 0 || stance == classifier.Against && i%2 == 0 || hostile == classifier.Yes && i%4 != 0 {
				decision = moderation.Reject
			}
			action := moderation.Action{ID: fmt.Sprintf("work-%d", c.ID), CommentID: c.ID, Revision: c.State.Revision, Actor: []string{"anna", "ben"}[i%2], Decision: decision,
				Labels: map[classifier.Axis]string{classifier.Stance: stance, classifier.Hostile: hostile}}
			if i%11 == 0 {
				action.Labels[classifier.Spam] = classifier.No
			}
			if _, err := d.service.Act(t.Context(), action); err != nil {
				t.Fatal(err)
			}
		}
		if after = page.Next; after == "" {
			return
		}
	}
}

// TestFigures reads the figures, with the keyboard and in every light.
func TestFigures(t *testing.T) {
	d := newDesk(t)
	ada := d.person(t, newBrowser(t), "ada")
	pages := map[string]string{"grid": "/grid", "fairness": "/fairness", "dashboard": "/dashboard", "week": "/dashboard/week"}
	for name, path := range pages {
		ada.open(path)
		ada.look("empty-"+name, "light")
	}
	d.work(t)
	for _, view := range views {
		ada.size(view.width, view.height)
		ada.scheme(view.scheme)
		for name, path := range pages {
			ada.open(path)
			ada.look(name, view.name)
		}
	}
}
