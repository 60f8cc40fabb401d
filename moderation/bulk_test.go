package moderation

import "testing"

func TestBulkOf(t *testing.T) {
	for _, test := range []struct {
		actionID  string
		commentID int64
		want      string
	}{
		{"made-in-the-page.7", 7, "made-in-the-page"},
		{"2026.1", 7, ""},
		{"alone", 7, ""},
		{".7", 7, ""},
		{"a.b.7", 7, ""},
		{"an id that is longer than any that a bulk can have.7", 7, ""},
	} {
		if got := BulkOf(Entry{ActionID: test.actionID, CommentID: test.commentID}); got != test.want {
			t.Errorf("%s on %d: %q, want %q", test.actionID, test.commentID, got, test.want)
		}
	}
}
