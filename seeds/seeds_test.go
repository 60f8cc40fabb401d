package seeds

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/extract"
)

// The topic whose comments train stance alone.
const stanceOnly = "taliban-al-qaeda"

// withoutClaim are the topics whose comments speak of no claim: they train hostile and spam alone. Each has the least number of its comments.
var withoutClaim = map[string]int{"people": 500, "everyday": 100}

func training(t *testing.T) []Comment {
	t.Helper()
	comments, err := Training()
	if err != nil {
		t.Fatal(err)
	}
	return comments
}

// demoPage is one page of the demonstration as extract reads it.
type demoPage struct {
	DemoArticle
	article  moderation.Article
	comments []moderation.Comment
	warnings extract.Warnings
}

func demoPages(t *testing.T) []demoPage {
	t.Helper()
	demo, err := Demo()
	if err != nil {
		t.Fatal(err)
	}
	var pages []demoPage
	for _, a := range demo.Articles {
		text, err := Page(a.File)
		if err != nil {
			t.Fatal(err)
		}
		page := demoPage{DemoArticle: a}
		if page.article, page.comments, page.warnings, err = extract.Article(bytes.NewReader(text), extract.Hint{Source: a.File}); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, page)
	}
	return pages
}

func TestTrainingIsLarge(t *testing.T) {
	full, alone := 0, 0
	topics, unclaimed := map[string]int{}, map[string]int{}
	for _, c := range training(t) {
		switch {
		case c.Topic == stanceOnly:
			alone++
		case c.Claim == "":
			unclaimed[c.Topic]++
		default:
			full++
			topics[c.Topic]++
		}
	}
	t.Logf("%d comments labelled on every axis over %d topics, %d on stance alone", full, len(topics), alone)
	if full < 150 || len(topics) < 5 || alone < 150 {
		t.Errorf("%d comments over %d topics and %d on the %s claim; at least 150 over 5, and 150", full, len(topics), alone, stanceOnly)
	}
	for topic, n := range topics {
		if n < 20 {
			t.Errorf("topic %s has only %d comments", topic, n)
		}
	}
	for topic, least := range withoutClaim {
		if unclaimed[topic] < least {
			t.Errorf("topic %s has %d comments, fewer than %d", topic, unclaimed[topic], least)
		}
	}
}

// trains says that a comment of train must be labelled on the axis, and on no other.
func trains(c Comment, axis classifier.Axis) bool {
	if axis == classifier.Stance {
		return c.Claim != ""
	}
	return c.Topic != stanceOnly
}

func TestTrainingLabelsAreValid(t *testing.T) {
	claims := map[string]string{}
	var seen [3]map[string]int
	for i := range seen {
		seen[i] = map[string]int{}
	}
	for i, c := range training(t) {
		if c.Text == "" || c.Topic == "" {
			t.Errorf("comment %d lacks text or topic: %.40q", i+1, c.Text)
		}
		if _, ok := withoutClaim[c.Topic]; ok != (c.Claim == "") {
			t.Errorf("comment %d on %s has the claim %q", i+1, c.Topic, c.Claim)
		}
		if _, ok := claims[c.Topic]; !ok {
			claims[c.Topic] = c.Claim
		} else if claims[c.Topic] != c.Claim {
			t.Errorf("topic %s has the claims %q and %q", c.Topic, claims[c.Topic], c.Claim)
		}
		for a, answer := range []string{c.Stance, c.Hostile, c.Spam} {
			axis := classifier.Axes[a]
			if !trains(c, axis) {
				if answer != "" {
					t.Errorf("comment %d on %s is labelled on %s", i+1, c.Topic, axis)
				}
				continue
			}
			if axis.AnswerIndex(answer) < 0 {
				t.Errorf("comment %d: no answer %q on %s", i+1, answer, axis)
			}
			seen[a][answer]++
		}
		if c.Spam == classifier.Yes && c.Claim != "" && c.Stance != classifier.None {
			t.Errorf("comment %d is spam and has the stance %s; spam takes no side", i+1, c.Stance)
		}
	}
	for a, axis := range classifier.Axes {
		for _, answer := range axis.Answers() {
			if seen[a][answer] < 15 {
				t.Errorf("%s: %s stands only %d times", axis, answer, seen[a][answer])
			}
		}
	}
}

func TestDemoCoversEveryFooterFamily(t *testing.T) {
	families := map[string]int{}
	comments := 0
	pages := demoPages(t)
	for _, page := range pages {
		families[page.warnings.Family]++
		comments += len(page.comments)
		if page.article.Headline == "" || page.article.Body == "" {
			t.Errorf("%s: headline %q, body of %d bytes", page.File, page.article.Headline, len(page.article.Body))
		}
		if page.Topic == "" && page.Side != string(moderation.SideFor) {
			t.Errorf("%s has no topic and the side %s", page.File, page.Side)
		}
		if _, err := moderation.ParseSide(page.Side); err != nil {
			t.Errorf("%s: %v", page.File, err)
		}
	}
	t.Logf("%d articles, %d comments, families %v", len(pages), comments, families)
	if len(pages) < 12 || comments < 110 || comments > 140 {
		t.Errorf("%d articles with %d comments; at least 12 with about 120", len(pages), comments)
	}
	for _, family := range []string{"like", "leave", "copy", "wordpress", "blogger"} {
		if families[family] == 0 {
			t.Errorf("no page with a %s footer", family)
		}
	}
}

// counted is what a page's footer declares and what it holds.
type counted struct{ declared, found int }

// undeclared is a footer that names no number.
const undeclared = -1

// demoCounts are all pages; one footer declares a comment that is not on its page, as footers do whose count includes removed ones.
var demoCounts = map[string]counted{
	"bare-no-topic-1.txt":             {undeclared, 0},
	"bare-school-start-1.txt":         {undeclared, 0},
	"blogger-holiday-rentals-1.txt":   {11, 11},
	"blogger-library-fines-1.txt":     {13, 13},
	"blogger-speed-limit-1.txt":       {11, 11},
	"copy-no-topic-1.txt":             {undeclared, 0},
	"like-holiday-rentals-1.txt":      {9, 9},
	"like-nuclear-power-1.txt":        {1, 1},
	"like-school-start-1.txt":         {14, 14},
	"like-speed-limit-1.txt":          {13, 13},
	"like-sunday-shopping-1.txt":      {16, 15},
	"wordpress-library-fines-1.txt":   {9, 9},
	"wordpress-nuclear-power-1.txt":   {13, 13},
	"wordpress-sunday-shopping-1.txt": {11, 11},
}

func TestDemoDeclaresWhatIsKnown(t *testing.T) {
	for _, page := range demoPages(t) {
		got := counted{undeclared, len(page.comments)}
		if page.warnings.Declared != nil {
			got.declared = *page.warnings.Declared
		}
		if want, ok := demoCounts[page.File]; !ok || got != want {
			t.Errorf("%s declares and holds %v, known %v", page.File, got, want)
		}
		if len(page.warnings.Cut) != 0 {
			t.Errorf("%s: cut %+v", page.File, page.warnings.Cut)
		}
		mismatch := got.declared != undeclared && got.declared != got.found
		if warned := len(page.warnings.Messages) > 0; warned != mismatch {
			t.Errorf("%s declares and holds %v; warnings %q", page.File, got, page.warnings.Messages)
		}
	}
}

func TestDemoListsEveryPageAndTopic(t *testing.T) {
	demo, err := Demo()
	if err != nil {
		t.Fatal(err)
	}
	there, err := fs.Glob(files, "demo/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	topics := map[string]bool{"": true}
	for _, topic := range demo.Topics {
		topics[topic.Name] = topic.Claim != ""
	}
	for _, a := range demo.Articles {
		listed = append(listed, "demo/"+a.File)
		if !topics[a.Topic] {
			t.Errorf("%s names the topic %q, which has no claim", a.File, a.Topic)
		}
	}
	slices.Sort(listed)
	if !slices.Equal(listed, there) {
		t.Errorf("topics.json lists %v; there are %v", listed, there)
	}
	claims, err := Topics()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range training(t) {
		if claims[c.Topic] != c.Claim {
			t.Errorf("topic %s is %q in train and %q in demo", c.Topic, c.Claim, claims[c.Topic])
		}
	}
	if len(claims) != 7 {
		t.Errorf("%d topics", len(claims))
	}
}

func TestLabellingGuideExists(t *testing.T) {
	guide, err := os.ReadFile("LABELLING.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, axis := range classifier.Axes {
		for _, word := range append([]string{string(axis)}, axis.Answers()...) {
			if !bytes.Contains(guide, []byte(word)) {
				t.Errorf("the guide does not speak of %q", word)
			}
		}
	}
}

func TestNoOtherFilesInTrain(t *testing.T) {
	names, err := filepath.Glob("train/*")
	if err != nil || len(names) != 8 {
		t.Errorf("train holds %v, error %v", names, err)
	}
}
