package moderation_test

import (
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// stances are what a stance label can say.
var stances = []string{classifier.Favor, classifier.Against, classifier.None, moderation.CantTell}

// TestCarriedStances draws ledgers of one comment: labels, merges of topics, undone ones, changed texts. The last stance that counts is turned
// round once for each opposite claim that stands behind it.
func TestCarriedStances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var entries []moderation.Entry
		want, claim := "", ""
		turned := map[bool]moderation.Kind{false: moderation.KindSame, true: moderation.KindOpposite}
		add := func(e moderation.Entry) {
			e.Position, e.TextVersion = int64(len(entries)+1), 1
			entries = append(entries, e)
		}
		for range rapid.IntRange(0, 12).Draw(t, "entries") {
			id := rapid.StringMatching(`[a-c]`).Draw(t, "claim")
			switch opposite := rapid.Bool().Draw(t, "opposite"); rapid.SampledFrom([]string{"label", "merge", "undone merge", "text"}).Draw(t, "what") {
			case "label":
				want, claim = rapid.SampledFrom(stances).Draw(t, "stance"), id
				add(moderation.Entry{Kind: moderation.KindAct, ClaimID: id, Labels: []moderation.Label{{Axis: classifier.Stance, Answer: want}, {Axis: classifier.Hostile, Answer: classifier.Yes}}})
			case "merge":
				add(moderation.Entry{Kind: turned[opposite], ClaimID: id})
				if want != "" {
					claim = id
				}
				if opposite {
					want = moderation.OppositeStance(want)
				}
			case "undone merge":
				add(moderation.Entry{Kind: turned[opposite], ClaimID: id})
				add(moderation.Entry{Kind: moderation.KindUndo, Cancels: int64(len(entries))})
			case "text":
				want, claim = "", ""
				add(moderation.Entry{Kind: moderation.KindText})
			}
		}
		given := moderation.StandingLabels(entries)
		if got := given[classifier.Stance]; got.Label.Answer != want || got.Entry.ClaimID != claim {
			t.Fatalf("the stance is %q towards %q, want %q towards %q: %+v", got.Label.Answer, got.Entry.ClaimID, want, claim, entries)
		}
		if got := moderation.Fold(entries).Labels[classifier.Stance]; got != want {
			t.Fatalf("the fold says %q, want %q", got, want)
		}
		if want != "" && given[classifier.Hostile].Label.Answer != classifier.Yes {
			t.Fatal("a merge changed the label on hostile")
		}
	})
}

// TestOppositeLabelKeepsCorrections turns the prediction beside a label round with it.
func TestOppositeLabelKeepsCorrections(t *testing.T) {
	label := moderation.Label{Axis: classifier.Stance, Answer: classifier.Favor, Predicted: classifier.Against, Probability: [3]float64{0.2, 0.7, 0.1}}
	entries := []moderation.Entry{
		{Position: 1, Kind: moderation.KindAct, Actor: "anna", ClaimID: "a", Labels: []moderation.Label{label}},
		{Position: 2, Kind: moderation.KindOpposite, Actor: "eve", ClaimID: "b", Side: moderation.SideAgainst},
	}
	got := moderation.StandingLabels(entries)[classifier.Stance]
	if got.Label.Answer != classifier.Against || got.Label.Predicted != classifier.Favor || got.Label.Probability != [3]float64{0.7, 0.2, 0.1} {
		t.Errorf("the label is %+v", got.Label)
	}
	if got.Entry.Actor != "anna" || got.Entry.Position != 1 || got.Entry.ClaimID != "b" || got.Entry.Side != moderation.SideAgainst {
		t.Errorf("its entry is %+v", got.Entry)
	}
	if entries[0].Labels[0] != label {
		t.Error("the entry itself was changed")
	}
}
