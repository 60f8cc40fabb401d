package storetest

import (
	"context"
	"slices"
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// reasonsKept adds, renames, retires and moves reasons; each change is an event.
func reasonsKept(t *testing.T, store Store) {
	ctx := context.Background()
	list := func() (reasons []moderation.Reason, names []string) {
		t.Helper()
		reasons, err := store.Reasons(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range reasons {
			names = append(names, r.Name)
		}
		return reasons, names
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	seeded, _ := list()
	if len(seeded) == 0 || seeded[0].Name != "insult" || seeded[0].Implies() != "hostile:yes" {
		t.Fatalf("a new desk offers %+v", seeded)
	}
	must(store.AddReason(ctx, moderation.Reason{Name: "Straße gesperrt"}, 99, "eva", Start))
	wantCode(t, store.AddReason(ctx, moderation.Reason{Name: "STRASSE gesperrt"}, 99, "eva", Start), moderation.CodeExists)
	wantCode(t, store.AddReason(ctx, moderation.Reason{Name: "one more"}, len(seeded)+1, "eva", Start), moderation.CodeInvalid)
	reasons, _ := list()
	last := reasons[len(reasons)-1]
	if last.Name != "Straße gesperrt" || last.Axis != "" || last.Retired {
		t.Fatalf("the new one is %+v", last)
	}
	last.Name, last.Axis, last.Answer = "flood", classifier.Spam, classifier.Yes
	must(store.ChangeReason(ctx, last, "eva", Start))
	must(store.MoveReason(ctx, last.ID, true, "eva", Start))
	if got, names := list(); got[len(got)-2] != last {
		t.Errorf("renamed and moved up: %q", names)
	}
	must(store.MoveReason(ctx, reasons[0].ID, true, "eva", Start)) // it is the first: nothing happens
	if _, names := list(); names[0] != "insult" {
		t.Errorf("moved above the first: %q", names)
	}
	last.Retired = true
	must(store.ChangeReason(ctx, last, "eva", Start))
	if got, names := list(); got[len(got)-1] != last {
		t.Errorf("a retired one stands last: %q", names)
	}
	active := len(seeded) - 1
	must(store.MoveReason(ctx, seeded[active].ID, false, "eva", Start)) // the last that is offered, and the first that is not: nothing happens
	must(store.MoveReason(ctx, last.ID, true, "eva", Start))
	if got, _ := list(); got[active] != seeded[active] || got[len(got)-1] != last {
		t.Errorf("moved to and fro between offered and retired: %+v", got)
	}
	taken := last
	taken.Name = "INSULT"
	wantCode(t, store.ChangeReason(ctx, taken, "eva", Start), moderation.CodeExists)
	wantCode(t, store.ChangeReason(ctx, moderation.Reason{ID: 999, Name: "x"}, "eva", Start), moderation.CodeNotFound)
	wantCode(t, store.MoveReason(ctx, 999, true, "eva", Start), moderation.CodeNotFound)
	events, err := store.Events(ctx, 0, 20)
	must(err)
	var told []string
	for _, e := range events {
		told = append(told, e.Kind+" "+e.Subject+": "+e.Detail)
	}
	want := []string{"reason flood: now flood; implies spam:yes; retired", "reason flood: moved up",
		"reason Straße gesperrt: now flood; implies spam:yes", "reason Straße gesperrt: added; implies nothing"}
	if !slices.Equal(told, want) {
		t.Errorf("events are %q", told)
	}
}
