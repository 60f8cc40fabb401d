package figures

import (
	"cmp"
	"context"
	"slices"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Agreement is whether a comment agrees with the article it stands under: a place in moderation.Agreements.
type Agreement int

const (
	Agrees Agreement = iota
	Neither
	Disagrees
)

// Temper is whether a comment is hostile.
type Temper int

const (
	Calm Temper = iota
	Hostile
)

// AgreementOf is moderation.AgreementOf as its place in moderation.Agreements; false where there is none.
func AgreementOf(side moderation.Side, stance string) (Agreement, bool) {
	at := slices.Index(moderation.Agreements[:], moderation.AgreementOf(side, stance))
	return Agreement(max(at, 0)), at >= 0
}

// TemperOf is the temper that an answer on hostile says; false where it says none.
func TemperOf(hostile string) (Temper, bool) {
	switch hostile {
	case classifier.No:
		return Calm, true
	case classifier.Yes:
		return Hostile, true
	}
	return 0, false
}

// Grid counts comments by agreement and temper.
type Grid struct {
	Squares [3][2]int // comments by Agreement and Temper
	Open    int       // left out: the article's side is open
	Unsure  int       // left out: no stance or no temper can be told
}

// Placed is how many comments stand in a square.
func (g Grid) Placed() int {
	placed := 0
	for _, row := range g.Squares {
		placed += row[Calm] + row[Hostile]
	}
	return placed
}

// All is how many comments were counted, those left out too.
func (g Grid) All() int { return g.Placed() + g.Open + g.Unsure }

func (g *Grid) add(c Cell) {
	if c.Side == moderation.SideOpen {
		g.Open += c.Comments
		return
	}
	agreement, toldStance := AgreementOf(c.Side, c.Stance)
	temper, toldTemper := TemperOf(c.Hostile)
	if !toldStance || !toldTemper {
		g.Unsure += c.Comments
		return
	}
	g.Squares[agreement][temper] += c.Comments
}

// Part is the grid of one topic or one article.
type Part struct {
	Place
	Articles int // how many have comments here
	Grid     Grid
}

// GridRequest says which comments are counted.
type GridRequest struct {
	Topic string    // "" for all
	Since time.Time // arrived then or later; zero for any time
}

// Grids is stance and hostility as two axes: over all, by topic and by article, the largest first.
type Grids struct {
	Whole    Part
	Topics   []Part // without those articles that have none
	Articles []Part
	Looked   int // how many of the newest comments were looked at
	All      int // how many there are
}

// Grid counts the newest comments, at most NewestComments.
func (s *Service) Grid(ctx context.Context, request GridRequest) (Grids, error) {
	cells, looked, all, err := s.store.Cells(ctx, request.Since, NewestComments)
	if err != nil {
		return Grids{}, err
	}
	grids := newGrids(cells, request.Topic)
	grids.Looked, grids.All = looked, all
	return grids, nil
}

func newGrids(cells []Cell, topic string) Grids {
	grids := Grids{Whole: Part{Place: Place{Topic: topic}}}
	topics, articles := map[string]*Part{}, map[string]*Part{}
	for _, c := range cells {
		if topic != "" && c.Topic != topic {
			continue
		}
		article := articles[c.ArticleID]
		if article == nil {
			article = &Part{Place: c.Place, Articles: 1}
			articles[c.ArticleID] = article
			grids.Whole.Articles++
			if c.Topic != "" {
				if topics[c.Topic] == nil {
					topics[c.Topic] = &Part{Place: Place{Topic: c.Topic}}
				}
				topics[c.Topic].Articles++
			}
		}
		article.Grid.add(c)
		grids.Whole.Grid.add(c)
		if c.Topic != "" {
			topics[c.Topic].Grid.add(c)
		}
	}
	grids.Topics, grids.Articles = largestFirst(topics), largestFirst(articles)
	return grids
}

func largestFirst(parts map[string]*Part) []Part {
	var sorted []Part
	for _, part := range parts {
		sorted = append(sorted, *part)
	}
	slices.SortFunc(sorted, func(a, b Part) int {
		return cmp.Or(cmp.Compare(b.Grid.All(), a.Grid.All()), cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.ArticleID, b.ArticleID))
	})
	return sorted
}
