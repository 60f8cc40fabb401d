package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Start is when every test begins.
var Start = time.Date(2026, 5, 14, 9, 0, 0, 0, time.UTC)

// Article is the numbered test article, of a page, without a topic.
func Article(n int) moderation.Article {
	a := moderation.Article{URL: fmt.Sprintf("https://news.example/%d", n), Headline: fmt.Sprintf("Should the bridge number %d be rebuilt?", n),
		Body: "The council meets on Monday.", Side: moderation.SideFor, Source: fmt.Sprintf("%03d.html", n), Origin: moderation.OriginPage}
	a.ID = moderation.ArticleID(a.Key())
	return a
}

// Page is comments of those texts, positions from 1, without ids of their own.
func Page(texts ...string) []moderation.Comment {
	comments := make([]moderation.Comment, len(texts))
	for i, text := range texts {
		comments[i] = moderation.Comment{Position: i + 1, Author: "Reader", Text: text}
	}
	return comments
}

// Numbered is n comments with different texts and ids of their own.
func Numbered(n int) []moderation.Comment {
	comments := make([]moderation.Comment, n)
	for i := range comments {
		comments[i] = moderation.Comment{SourceID: fmt.Sprintf("c%d", i), Position: i + 1, Author: fmt.Sprintf("Reader %d", i%7),
			PostedAt: "2026-05-13T18:00:00Z", Text: fmt.Sprintf("Comment %d says the old bridge will do.", i)}
	}
	return comments
}

// Incoming is the article's comments as the service hands them to a store, with hand-made answers that depend on the place in the list.
func Incoming(article moderation.Article, comments []moderation.Comment) []moderation.Incoming {
	keys := moderation.CommentKeys(article.ID, comments)
	byPosition := map[int]string{}
	incoming := make([]moderation.Incoming, len(comments))
	for i, c := range comments {
		c.ArticleID = article.ID
		in := moderation.Incoming{Comment: c, Key: keys[i], ParentKey: byPosition[c.Parent], ClaimFrom: article.ClaimFrom(), Status: moderation.Pending,
			Likeness: moderation.LikenessOf(c.Text)}
		in.Prediction = Prediction("model-a", float64(i*37%101)/100, float64(i*13%101)/100)
		in.Harm, in.Doubt = moderation.Priority(in.Prediction)
		byPosition[c.Position] = keys[i]
		incoming[i] = in
	}
	return incoming
}

// Prediction is a model's answers with those probabilities of hostile and spam.
func Prediction(model string, hostile, spam float64) classifier.Prediction {
	yesNo := func(p float64) classifier.Opinion {
		o := classifier.Opinion{Answer: classifier.No, Best: classifier.No, Probabilities: [3]float64{p, 1 - p}, Known: 5, Words: 9}
		if p > 0.5 {
			o.Answer, o.Best = classifier.Yes, classifier.Yes
		}
		if p > 0.4 && p < 0.6 {
			o.Answer = classifier.Unsure
		}
		return o
	}
	return classifier.Prediction{Model: model, Hostile: yesNo(hostile), Spam: yesNo(spam), Stance: classifier.Opinion{
		Answer: classifier.Unsure, Best: classifier.Against, Probabilities: [3]float64{0.25, 0.5, 0.25}, Known: 3, Words: 9}}
}

// submit stores the page and fails the test on an error.
func submit(t testing.TB, store Store, article moderation.Article, comments []moderation.Comment) moderation.Receipt {
	t.Helper()
	receipt, err := store.Submit(context.Background(), article, Incoming(article, comments), article.Origin == moderation.OriginPage, Start)
	if err != nil {
		t.Fatalf("submit: %v", err)
	}
	if refused := receipt.Seen - receipt.New - receipt.Changed - receipt.Already; refused != receipt.Refused["the same id twice with different texts"] {
		t.Fatalf("the receipt does not add up: %+v", receipt)
	}
	return receipt
}

// all is every comment in order of arrival.
func all(t testing.TB, store Store) []moderation.Stored {
	t.Helper()
	return walk(t, store, moderation.QueueRequest{Order: moderation.OrderOldest, Limit: 50}, func() {})
}

// walk pages through a queue, calling between after each page.
func walk(t testing.TB, store Store, request moderation.QueueRequest, between func()) (seen []moderation.Stored) {
	t.Helper()
	for pages := 0; ; pages++ {
		page, err := store.Queue(context.Background(), request, Start)
		if err != nil {
			t.Fatalf("queue %+v: %v", request, err)
		}
		if pages == 10000 {
			t.Fatalf("queue %+v does not end", request)
		}
		seen = append(seen, page.Comments...)
		if page.Next == "" {
			return seen
		}
		request.After = page.Next
		between()
	}
}

func comment(t testing.TB, store Store, id int64) moderation.Stored {
	t.Helper()
	stored, err := store.Comment(context.Background(), id, Start)
	if err != nil {
		t.Fatalf("comment %d: %v", id, err)
	}
	return stored
}

func act(t testing.TB, store Store, action moderation.Action) moderation.Entry {
	t.Helper()
	if action.By == "" {
		action.By = moderation.ByPerson
	}
	entry, err := store.Act(context.Background(), action, Start)
	if err != nil {
		t.Fatalf("act %q: %v", action.ID, err)
	}
	return entry
}

// wantCode fails the test where err is not of that code.
func wantCode(t testing.TB, err error, code moderation.Code) {
	t.Helper()
	if got := moderation.ErrorCode(err); got != code {
		t.Errorf("error %v has code %q, want %q", err, got, code)
	}
}

// wantConflict fails the test where err is no conflict, and returns it.
func wantConflict(t testing.TB, err error) *moderation.Conflict {
	t.Helper()
	var conflict *moderation.Conflict
	if !errors.As(err, &conflict) {
		t.Fatalf("error %v is no conflict", err)
	}
	return conflict
}

func texts(comments []moderation.Stored) []string {
	texts := make([]string, len(comments))
	for i, c := range comments {
		texts[i] = c.Text
	}
	return texts
}

func wantCounts(t testing.TB, store Store, pending, escalated, approved, rejected int) {
	t.Helper()
	counts, err := store.Counts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	got := [4]int{counts[moderation.Pending], counts[moderation.Escalated], counts[moderation.Approved], counts[moderation.Rejected]}
	if want := [4]int{pending, escalated, approved, rejected}; got != want {
		t.Errorf("pending, escalated, approved, rejected are %v, want %v", got, want)
	}
}
