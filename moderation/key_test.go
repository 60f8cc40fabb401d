package moderation

import (
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// However an input is cut into parts, its comments have the keys and parents that they have in one part.
func TestKeysAreTheSameInParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		comments := make([]Comment, rapid.IntRange(1, 20).Draw(t, "comments"))
		for i := range comments {
			comments[i] = Comment{Position: i + 1, Parent: rapid.IntRange(0, i).Draw(t, "parent"),
				Text: rapid.SampledFrom([]string{"Dream on.", "No."}).Draw(t, "text")}
			if rapid.IntRange(0, 4).Draw(t, "has an id") == 0 {
				comments[i].SourceID = strconv.Itoa(i)
			}
		}
		whole, parents := NewKeys().Of("a", comments)
		if len(slices.Compact(slices.Sorted(slices.Values(whole)))) != len(whole) {
			t.Fatalf("two comments share a key")
		}
		keys := NewKeys()
		var inParts, parentsInParts []string
		for len(comments) > 0 {
			n := rapid.IntRange(1, len(comments)).Draw(t, "part")
			own, of := keys.Of("a", comments[:n])
			inParts, parentsInParts, comments = append(inParts, own...), append(parentsInParts, of...), comments[n:]
			keys.Of("b", []Comment{{Position: n, Text: "Dream on."}}) // another article between the parts
		}
		if !slices.Equal(whole, inParts) || !slices.Equal(parents, parentsInParts) {
			t.Errorf("whole %v under %v, in parts %v under %v", whole, parents, inParts, parentsInParts)
		}
	})
}

// Keys are stored: they must not change from one version to the next.
func TestKeysStayWhatTheyAre(t *testing.T) {
	comments := []Comment{{Position: 1, Author: "Zoë", PostedAt: "2026-05-13T18:00:00Z", Text: "Dream on."}, {Position: 2, Parent: 1, Text: "No."},
		{Position: 3, PostedAt: "two hours ago", Text: "No."}, {SourceID: "x-9", Text: "Yes."}}
	want := []string{"5083e9ab5bcc87888be50a458ec01965", "8f52168017cbd404fc6cc155bd75f360", "b4d4be68d2cc4fa7e674795729c17f84",
		"923168f40960f4bb8b335d1ef8d26c06"}
	if got := CommentKeys("0123456789abcdef", comments); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
