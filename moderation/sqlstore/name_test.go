package sqlstore_test

import (
	"testing"
	"time"

	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

// TestNames: a form sends back the name that is kept, and nobody keeps one that cannot be seen.
func TestNames(t *testing.T) {
	service := moderation.NewService(open(t), nil, func() time.Time { return storetest.Start })
	for written, want := range map[string]string{
		"two  \n words ":           "two words",
		"\u202eturned\u2066 round": "turned round",
		"bell\x07":                 "bell",
		"می\u200cخواهم \u200f(א)":  "می\u200cخواهم \u200f(א)",
		"👩\u200d🚒":                 "👩\u200d🚒",
		"\u200b\u2060\u202e":       "",
		"":                         "",
	} {
		ctx := t.Context()
		errs := []error{service.AddTopic(ctx, written, "A claim.", "eva"), service.AddReason(ctx, moderation.Reason{Name: written}, "eva"),
			service.SaveView(ctx, "anna", moderation.SavedView{Name: written})}
		if want == "" {
			for _, err := range append(errs, service.AddTopic(ctx, "a topic", written, "eva")) {
				if moderation.ErrorCode(err) != moderation.CodeInvalid {
					t.Errorf("%+q: error %v", written, err)
				}
			}
			continue
		}
		for _, err := range errs {
			if err != nil {
				t.Errorf("%+q: %v", written, err)
			}
		}
		if _, err := service.Topic(ctx, want); err != nil {
			t.Errorf("%+q: %v", written, err)
		}
		reasons, err := service.Reasons(ctx)
		if err != nil || reasons[len(reasons)-1].Name != want {
			t.Errorf("%+q is the reason %+q, error %v", written, reasons[len(reasons)-1].Name, err)
		}
		views, err := service.SavedViews(ctx, "anna")
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, view := range views {
			found = found || view.Name == want
		}
		if !found {
			t.Errorf("%+q is none of the views %+v", written, views)
		}
	}
}
