package view

import (
	"math"
	"strconv"
	"strings"

	"commentdesk/moderation/figures"
)

// fairnessArticles is how many articles the page lists.
const fairnessArticles = 50

// Fairness is the page that asks whether those who disagree are treated as those who agree.
type Fairness struct {
	Frame
	Whole      []FairnessRow // calm, hostile
	Topics     FairnessTable
	Articles   FairnessTable
	Moderators FairnessTable
	Everyone   bool // the moderators are all, not the reader alone
	Looked     string
	LeftOut    string
	More       string // says how many articles are not listed
	Least      int
	Empty      bool
}

func (Fairness) template() string { return "fairness" }

// FairnessTable is the comparisons of topics, articles or moderators.
type FairnessTable struct {
	Name string
	Rows []FairnessRow
}

// FairnessRow is one comparison.
type FairnessRow struct {
	Name, Temper    string
	First           bool // of its name
	Words           string
	Disagree, Agree string // rejected of decided
	Verdict         string
	Interval        string // "" where nothing can be said
	Clear           bool   // a difference was found
	X, Width        string // the interval's place from −100 to 100
}

// NewFairness lays out the figures.
func NewFairness(frame Frame, fairness figures.Fairness, everyone bool) Fairness {
	local := frame.Local
	page := Fairness{Frame: frame, Whole: fairnessRows(local, fairness.Whole, ""), Everyone: everyone, Least: figures.LeastToSay, Empty: fairness.Decided == 0,
		Looked: local.T("fairness.looked", "n", fairness.Decided)}
	page.Topics.Name, page.Articles.Name, page.Moderators.Name = local.T("figures.by_topic"), local.T("figures.by_article"), local.T("fairness.your_own")
	if everyone {
		page.Moderators.Name = local.T("fairness.by_moderator")
	}
	if fairness.More {
		page.Looked += " " + local.T("fairness.looked_newest", "entries", figures.NewestDeeds)
	}
	var leftOut []string
	for _, left := range []struct {
		n   int
		key string
	}{
		{fairness.LeftOut.Spam, "fairness.left_out_spam"}, {fairness.LeftOut.Open, "fairness.left_out_open"},
		{fairness.LeftOut.Unsure, "fairness.left_out_unsure"}, {fairness.LeftOut.Neither, "fairness.left_out_neither"},
		{fairness.Whole.Tempers[figures.Calm].Apart + fairness.Whole.Tempers[figures.Hostile].Apart, "fairness.left_out_apart"},
	} {
		if left.n > 0 {
			leftOut = append(leftOut, local.T(left.key, "n", left.n))
		}
	}
	page.LeftOut = strings.Join(leftOut, ", ")
	for _, t := range fairness.Topics {
		page.Topics.Rows = append(page.Topics.Rows, fairnessRows(local, t, t.Topic)...)
	}
	for _, t := range fairness.Moderators {
		page.Moderators.Rows = append(page.Moderators.Rows, fairnessRows(local, t, t.Moderator)...)
	}
	for i, t := range fairness.Articles {
		if i == fairnessArticles {
			page.More = local.T("fairness.more", "n", len(fairness.Articles)-fairnessArticles)
			break
		}
		page.Articles.Rows = append(page.Articles.Rows, fairnessRows(local, t, t.Headline)...)
	}
	return page
}

func fairnessRows(local Local, t figures.Treatment, name string) (rows []FairnessRow) {
	for temper, c := range t.Tempers {
		row := FairnessRow{Name: name, Temper: local.T(temperNames[temper]), First: temper == 0, Disagree: share(local, c.Disagree), Agree: share(local, c.Agree),
			Verdict: verdictWords(local, c), Clear: c.Verdict() == figures.DisagreeMore || c.Verdict() == figures.AgreeMore}
		row.Words = local.T(temperFindings[temper], "n", c.Disagree.Of, "disagree", row.Disagree, "agree", row.Agree, "verdict", row.Verdict)
		if c.Verdict() != figures.TooFew {
			row.Interval = local.T("number.range", "from", points(c.Difference.Low), "to", points(c.Difference.High))
			row.X, row.Width = strconv.FormatFloat(100*c.Difference.Low, 'f', 1, 64), strconv.FormatFloat(100*(c.Difference.High-c.Difference.Low), 'f', 1, 64)
		}
		rows = append(rows, row)
	}
	return rows
}

// temperFindings are the sentences on calm and on hostile comments.
var temperFindings = [2]string{"fairness.words_calm", "fairness.words_hostile"}

// verdictWords says what the figures can say.
func verdictWords(local Local, c figures.Comparison) string {
	switch c.Verdict() {
	case figures.TooFew:
		return local.T("fairness.too_few")
	case figures.DisagreeMore:
		return local.T("fairness.disagree_more", "points", between(local, c.Difference.Low, c.Difference.High))
	case figures.AgreeMore:
		return local.T("fairness.agree_more", "points", between(local, -c.Difference.High, -c.Difference.Low))
	}
	return local.T("fairness.no_difference")
}

// between is "12 to 28 points of 100".
func between(local Local, low, high float64) string {
	from, to := int(math.Round(100*low)), int(math.Round(100*high))
	if from == 0 {
		return local.T("fairness.up_to", "n", max(1, to))
	}
	return local.T("fairness.between", "from", from, "to", to)
}

// points is a signed difference in hundredths.
func points(difference float64) string {
	switch rounded := int(math.Round(100 * difference)); {
	case rounded > 0:
		return "+" + strconv.Itoa(rounded)
	case rounded < 0:
		return "−" + strconv.Itoa(-rounded)
	}
	return "0"
}
