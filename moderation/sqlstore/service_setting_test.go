package sqlstore_test

import (
	"testing"

	"commentdesk/moderation"
)

// TestServiceKeepsSettingsApart: each form keeps its own, for its user alone, and what the database holds wrongly counts for nothing.
func TestServiceKeepsSettingsApart(t *testing.T) {
	c := champion{}
	store := open(t)
	service := moderation.NewService(store, c, nil)
	for _, err := range []error{
		service.KeepCalm(t.Context(), "anna", true, 20), service.KeepKeymap(t.Context(), "anna", `{"a":"f"}`), service.KeepLanguage(t.Context(), "anna", "de", ""),
		service.KeepSettings(t.Context(), "anna", moderation.Settings{KeysOff: true}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	want := moderation.Settings{KeysOff: true, Keymap: `{"a":"f"}`, Language: "de", Cover: true, Calm: 20}
	if got, err := service.Settings(t.Context(), "anna"); err != nil || got != want {
		t.Errorf("kept %+v, error %v, want %+v", got, err, want)
	}
	for _, share := range []int{-10, 5, 40, 100} {
		if err := service.KeepCalm(t.Context(), "anna", false, share); moderation.ErrorCode(err) != moderation.CodeInvalid {
			t.Errorf("a share of %d: %v", share, err)
		}
	}
	for _, kept := range []string{"", "15", "x", "1000000000000000000000"} {
		if err := store.Set(t.Context(), "anna", "calm", kept); err != nil {
			t.Fatal(err)
		}
		if got, err := service.Settings(t.Context(), "anna"); err != nil || got.Calm != 0 || !got.Cover {
			t.Errorf("kept as %q the share is %d, error %v", kept, got.Calm, err)
		}
	}
	if err := service.KeepCalm(t.Context(), "anna", false, 0); err != nil {
		t.Fatal(err)
	}
	if got, err := service.Settings(t.Context(), "anna"); err != nil || got.Cover || got.Calm != 0 {
		t.Errorf("off again: %+v, error %v", got, err)
	}
	if got, err := service.Settings(t.Context(), "ben"); err != nil || got != (moderation.Settings{}) {
		t.Errorf("somebody else's: %+v, error %v", got, err)
	}
}
