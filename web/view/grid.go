package view

import (
	"net/url"
	"strconv"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/figures"
)

// gridArticles is how many articles the grid's page lists.
const gridArticles = 50

// Grid is the page of stance and hostility as two axes.
type Grid struct {
	Frame
	Topic    string // the one chosen; "" for all
	Claim    string // its claim
	Options  []Option
	Spans    []Option
	Finding  string
	Looked   string // what was counted
	Whole    GridPart
	Topics   []GridPart
	Articles []GridPart
	More     string // how many articles are not listed; "" for none
	Empty    bool
}

func (Grid) template() string { return "grid" }

// GridPart is the grid of everything, of a topic or of an article.
type GridPart struct {
	Name         string
	URL          string // of the topic's own grid; "" where there is none
	Side         string // of an article
	Rows         []GridRow
	Open, Unsure string
}

// GridRow is one agreement: calm, then hostile.
type GridRow struct {
	Name, Sign string
	Squares    []GridSquare
}

// GridSquare is one number with the queue that shows its comments.
type GridSquare struct {
	Comments string
	Name     string // agreement and temper in words
	Tone     string
	Share    string
	Width    string // of 100
	URL      string // of the queue; "" where there are none
}

var (
	agreementNames = [3]string{"grid.agree", "grid.neither", "grid.disagree"}
	agreementSigns = [3]string{"+", "■", "−"}
	temperNames    = [2]string{"grid.calm", "grid.hostile"}
	temperAnswers  = [2]string{classifier.No, classifier.Yes}
	temperTones    = [2]string{"plain", "hostile"}
)

// NewGrid lays out the grids.
func NewGrid(frame Frame, grids figures.Grids, topics []moderation.Topic, days int, since time.Time) Grid {
	local := frame.Local
	page := Grid{
		Frame: frame, Topic: grids.Whole.Topic, Spans: spanOptions(local, days), Finding: gridFinding(local, grids.Whole.Grid), Looked: looked(local, grids.Looked, grids.All),
		Whole: topicPart(local, grids.Whole, days, since), Empty: grids.Whole.Grid.All() == 0,
	}
	page.Options = []Option{{Text: local.T("grid.all_topics"), Selected: page.Topic == ""}}
	for _, t := range topics {
		page.Options = append(page.Options, Option{Value: t.Name, Text: t.Name, Selected: t.Name == page.Topic})
		if t.Name == page.Topic {
			page.Claim = t.Claim
		}
	}
	if page.Topic == "" {
		for _, part := range grids.Topics {
			page.Topics = append(page.Topics, topicPart(local, part, days, since))
		}
	}
	for i, part := range grids.Articles {
		if i == gridArticles {
			page.More = local.T("grid.more", "n", len(grids.Articles)-gridArticles)
			break
		}
		page.Articles = append(page.Articles, articlePart(local, part, since))
	}
	return page
}

// looked says how much was counted.
func looked(local Local, seen, all int) string {
	if seen < all {
		return local.T("grid.looked_newest", "seen", seen, "all", all)
	}
	return local.T("grid.looked_all", "all", all)
}

// gridFinding says what the grid shows.
func gridFinding(local Local, grid figures.Grid) string {
	if grid.Placed() == 0 {
		return local.T("grid.finding_none")
	}
	of := func(agreement figures.Agreement) string {
		row := grid.Squares[agreement]
		hostile := row[figures.Hostile]
		return share(local, figures.Share{Of: hostile, All: row[figures.Calm] + hostile})
	}
	return local.T("grid.finding", "agree", of(figures.Agrees), "disagree", of(figures.Disagrees))
}

// GridURL is the address of a topic's grid.
func GridURL(topic string, days int) string {
	return "/grid?" + url.Values{"topic": {topic}, "days": {strconv.Itoa(days)}}.Encode()
}

// topicPart is the grid of a topic, or of everything, with the queues that show it.
func topicPart(local Local, part figures.Part, days int, since time.Time) GridPart {
	shown := newGridPart(local, part.Grid, moderation.Filter{Topic: part.Topic, After: since})
	shown.Name, shown.URL = part.Topic, GridURL(part.Topic, days)
	return shown
}

// articlePart is the grid of an article.
func articlePart(local Local, part figures.Part, since time.Time) GridPart {
	shown := newGridPart(local, part.Grid, moderation.Filter{Article: part.ArticleID, After: since})
	shown.Name, shown.Side = part.Headline, local.Side(part.Side)
	return shown
}

// newGridPart lays out one grid; queue shows what it counts.
func newGridPart(local Local, grid figures.Grid, queue moderation.Filter) GridPart {
	shown := GridPart{Open: local.Number(grid.Open), Unsure: local.Number(grid.Unsure)}
	placed := grid.Placed()
	for agreement, row := range grid.Squares {
		shownRow := GridRow{Name: local.T(agreementNames[agreement]), Sign: agreementSigns[agreement]}
		for temper, square := range row {
			cell := GridSquare{Comments: local.Number(square), Name: local.T("grid.square", "agreement", shownRow.Name, "temper", local.T(temperNames[temper])), Tone: temperTones[temper], Width: "0"}
			if placed > 0 {
				share := float64(square) / float64(placed)
				cell.Share, cell.Width = local.Part(share), strconv.FormatFloat(100*share, 'f', 1, 64)
			}
			if square > 0 {
				queue.Agreement, queue.Answers = moderation.Agreements[agreement], map[classifier.Axis]string{classifier.Hostile: temperAnswers[temper]}
				cell.URL = Place{Tab: AllTab, Order: moderation.OrderHarm, Query: queue.String()}.URL()
			}
			shownRow.Squares = append(shownRow.Squares, cell)
		}
		shown.Rows = append(shown.Rows, shownRow)
	}
	return shown
}
