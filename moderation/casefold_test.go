package moderation_test

import (
	"testing"

	"golang.org/x/text/cases"
	"pgregory.net/rapid"

	"commentdesk/moderation"
)

func TestFoldCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[\x00-\x7f]*`)).Draw(t, "text")
		if got, want := moderation.FoldCase(s), cases.Fold().String(s); got != want {
			t.Errorf("%q is folded to %q, want %q", s, got, want)
		}
	})
}
