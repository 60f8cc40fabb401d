package figures

import (
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

func TestAgreementOf(t *testing.T) {
	for _, test := range []struct {
		side   moderation.Side
		stance string
		want   Agreement
		told   bool
	}{
		{moderation.SideFor, classifier.Favor, Agrees, true},
		{moderation.SideFor, classifier.Against, Disagrees, true},
		{moderation.SideFor, classifier.None, Neither, true},
		{moderation.SideAgainst, classifier.Favor, Disagrees, true},
		{moderation.SideAgainst, classifier.Against, Agrees, true},
		{moderation.SideAgainst, classifier.None, Neither, true},
		{moderation.SideOpen, classifier.Favor, 0, false},
		{moderation.SideOpen, classifier.None, 0, false},
		{moderation.SideFor, classifier.Unsure, 0, false},
		{moderation.SideAgainst, moderation.CantTell, 0, false},
		{moderation.SideFor, "", 0, false},
	} {
		if got, told := AgreementOf(test.side, test.stance); got != test.want || told != test.told {
			t.Errorf("%s × %s: %v, %v", test.side, test.stance, got, told)
		}
	}
}

var (
	stances = append(classifier.Stance.Answers(), classifier.Unsure, moderation.CantTell)
	tempers = append(classifier.Hostile.Answers(), classifier.Unsure, moderation.CantTell)
)

// aCell is any cell; an article has one topic and one side.
var aCell = rapid.Custom(func(t *rapid.T) Cell {
	article := rapid.IntRange(0, 5).Draw(t, "article")
	place := Place{ArticleID: string(rune('a' + article)), Topic: []string{"", "bridges", "trees"}[article%3],
		Side: []moderation.Side{moderation.SideFor, moderation.SideAgainst, moderation.SideOpen}[article/2]}
	return Cell{Place: place, Stance: rapid.SampledFrom(stances).Draw(t, "stance"), Hostile: rapid.SampledFrom(tempers).Draw(t, "hostile"),
		Comments: rapid.IntRange(1, 9).Draw(t, "comments")}
})

// TestGridLosesNothing: every comment stands in exactly one square or is left out and counted, and parts add up to the whole.
func TestGridLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOf(aCell).Draw(t, "cells")
		all, topical := 0, 0
		for _, c := range cells {
			all += c.Comments
			if c.Topic != "" {
				topical += c.Comments
			}
		}
		sum := func(parts []Part) (sum, open, placed int) {
			for _, p := range parts {
				sum, open, placed = sum+p.Grid.All(), open+p.Grid.Open, placed+p.Grid.Placed()
			}
			return sum, open, placed
		}
		grids := newGrids(cells, "")
		inArticles, open, placed := sum(grids.Articles)
		inTopics, _, _ := sum(grids.Topics)
		if whole := grids.Whole.Grid; whole.All() != all || inArticles != all || inTopics != topical || open != whole.Open || placed != whole.Placed() {
			t.Fatalf("of %d comments %d are in the whole, %d in articles, %d of %d in topics", all, whole.All(), inArticles, inTopics, topical)
		}
		one := newGrids(cells, "trees")
		for _, p := range grids.Topics {
			if p.Topic == "trees" && p.Grid != one.Whole.Grid {
				t.Fatalf("trees is %+v among all and %+v by itself", p.Grid, one.Whole.Grid)
			}
		}
	})
}

// TestGridTurnsWithTheSide: the same comments under an article of the other side agree where they disagreed.
func TestGridTurnsWithTheSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOf(aCell).Draw(t, "cells")
		turned := make([]Cell, len(cells))
		for i, c := range cells {
			turned[i] = c
			switch c.Side {
			case moderation.SideFor:
				turned[i].Side = moderation.SideAgainst
			case moderation.SideAgainst:
				turned[i].Side = moderation.SideFor
			}
		}
		one, other := newGrids(cells, "").Whole.Grid, newGrids(turned, "").Whole.Grid
		if one.Squares[Agrees] != other.Squares[Disagrees] || one.Squares[Disagrees] != other.Squares[Agrees] || one.Squares[Neither] != other.Squares[Neither] ||
			one.Open != other.Open || one.Unsure != other.Unsure {
			t.Fatalf("%+v turned is %+v", one, other)
		}
	})
}
