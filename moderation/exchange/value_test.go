package exchange_test

import (
	"encoding/json"
	"testing"

	"commentdesk/moderation/exchange"
)

func TestValue(t *testing.T) {
	row := exchange.Row{Values: map[string]any{
		"template": "short", "n": json.Number("12"), "open": true, "list": []any{"a"}, "none": nil,
		"extra": map[string]any{"desk": "sports", "template": "long", "none": "there", "deep": map[string]any{}},
	}}
	for key, want := range map[string]string{
		"template": "short", "n": "12", "open": "true", "list": "", "none": "there", "desk": "sports", "deep": "", "absent": "", "extra": "",
	} {
		if got := row.Value(key); got != want {
			t.Errorf("%s: %q instead of %q", key, got, want)
		}
	}
	if got := (exchange.Row{Values: map[string]any{"extra": "written"}}).Value("desk"); got != "" {
		t.Errorf("an extra that is no object: %q", got)
	}
}
