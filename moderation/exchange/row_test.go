package exchange_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/exchange"
)

func onlyRow(t *testing.T, object string) exchange.Row {
	t.Helper()
	got := readJSON(strings.ReplaceAll(object, "\n", " "))
	if len(got.rows) != 1 {
		t.Fatalf("%d rows, refused %v, error %v", len(got.rows), got.refused, got.err)
	}
	return got.rows[0]
}

func TestRecord(t *testing.T) {
	three := 3
	pageID := moderation.ArticleID(moderation.Article{URL: "https://a.example/b"}.Key())
	tests := []struct {
		name, object string
		want         exchange.Record
		refused      string
	}{
		{name: "text alone", object: `{"text":"Hi"}`, want: exchange.Record{Text: "Hi"}},
		{name: "all keys", object: `{"source":"s","article_id":"0123456789abcdef","article":"A","url":"u","claim":"c","topic":"t","declared":3,
			"position":2,"parent":1,"author":"Ann","posted_at":"2020-03-01T10:00:00+02:00","text":"Hi\r\nyou\u0000"}`,
			want: exchange.Record{Source: "s", ArticleID: "0123456789abcdef", Headline: "A", URL: "u", Claim: "c", Topic: "t", Declared: &three,
				Position: 2, Parent: 1, Author: "Ann", PostedAt: "2020-03-01T08:00:00Z", Text: "Hi\nyou\uFFFD"}},
		{name: "numbers in words", object: `{"text":7,"position":"2","declared":"3.0","parent":"","author":12}`,
			want: exchange.Record{Declared: &three, Position: 2, Author: "12", Text: "7"}},
		{name: "local time", object: `{"text":"Hi","posted_at":"2020-03-01 10:00"}`, want: exchange.Record{PostedAt: "2020-03-01T10:00:00", Text: "Hi"}},
		{name: "local time with fractions", object: `{"text":"Hi","posted_at":"2020-03-01T10:00:01.25"}`,
			want: exchange.Record{PostedAt: "2020-03-01T10:00:01", Text: "Hi"}},
		{name: "a day", object: `{"text":"Hi","posted_at":"2020-03-01"}`, want: exchange.Record{PostedAt: "2020-03-01", Text: "Hi"}},
		{name: "relative time", object: `{"text":"Hi","posted_at":"2 days ago"}`,
			want: exchange.Record{Text: "Hi", Extra: map[string]any{"posted_at": "2 days ago"}}},
		{name: "unknown keys", object: `{"text":"Hi","likes":12345678901234567890,"extra":{"mood":"x"},"label":1}`, want: exchange.Record{Text: "Hi",
			Extra: map[string]any{"likes": json.Number("12345678901234567890"), "mood": "x", "label": json.Number("1")}}},
		{name: "answers of an earlier run", object: `{"text":"Hi","labels":{"hostile":"yes"},"model":"m","claim_from":"given","coverage":{}}`,
			want: exchange.Record{Text: "Hi"}},
		{name: "article from url", object: `{"text":"Hi","url":"https://a.example/b#c"}`,
			want: exchange.Record{ArticleID: pageID, URL: "https://a.example/b#c", Text: "Hi"}},
		{name: "another system's article id", object: `{"text":"Hi","article_id":4711}`,
			want: exchange.Record{ArticleID: moderation.ArticleID("article_id:4711"), Text: "Hi"}},
		{name: "no text", object: `{"comment":"Hi"}`, refused: "no text"},
		{name: "text in a list", object: `{"text":["Hi"]}`, refused: "text is a list, not a text"},
		{name: "no position", object: `{"text":"Hi","position":-1}`, refused: "position is not a whole number from 0 to a billion"},
		{name: "half a position", object: `{"text":"Hi","position":1.5}`, refused: "position is not a whole number from 0 to a billion"},
		{name: "an object for a number", object: `{"text":"Hi","declared":{}}`, refused: "declared is an object, not a whole number from 0 to a billion"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			record, err := onlyRow(t, test.object).Record()
			var bad *exchange.RowError
			if errors.As(err, &bad); err != nil && bad == nil || bad != nil && (bad.Reason != test.refused || bad.Line != 1) {
				t.Fatalf("error %v, want %q", err, test.refused)
			}
			if test.refused != "" {
				if err == nil {
					t.Fatalf("taken, want %q", test.refused)
				}
				return
			}
			test.want.Line = 1
			if diff := cmp.Diff(test.want, record); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestPageCommentsAndRowsAreTheSameComments(t *testing.T) {
	article := moderation.Article{URL: "https://a.example/b", Headline: "A", Source: "a.html"}
	article.ID = moderation.ArticleID(article.Key())
	comment := moderation.Comment{ArticleID: article.ID, SourceID: "c-17", Page: "a.html", Position: 2, Parent: 1, Author: "Ann", PostedAt: "2020-03-01", Text: "Hi"}
	for _, format := range []exchange.Format{exchange.FormatJSONL, exchange.FormatJSON, exchange.FormatCSV} {
		written := string(write(t, format, exchange.FromComment(article, comment, nil)))
		got := readJSON(written)
		if format == exchange.FormatCSV {
			got = readCSV(written)
		}
		if len(got.rows) != 1 {
			t.Fatalf("%s: %d rows", format, len(got.rows))
		}
		record, err := got.rows[0].Record()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(comment, record.Comment()); diff != "" {
			t.Errorf("%s: comment (-want +got):\n%s", format, diff)
		}
		if diff := cmp.Diff(article, record.Article()); diff != "" {
			t.Errorf("%s: article (-want +got):\n%s", format, diff)
		}
	}
}

func TestExample(t *testing.T) {
	hostile := func(answer string) classifier.Example {
		return classifier.Example{Text: "Hi", Labels: map[classifier.Axis]string{classifier.Hostile: answer}}
	}
	tests := []struct {
		name, object string
		axis         classifier.Axis
		want         classifier.Example
		err          string
	}{
		{name: "1", object: `{"text":"Hi","label":1}`, axis: classifier.Hostile, want: hostile("yes")},
		{name: "0", object: `{"text":"Hi","label":0}`, axis: classifier.Hostile, want: hostile("no")},
		{name: "true", object: `{"text":"Hi","label":true}`, axis: classifier.Hostile, want: hostile("yes")},
		{name: "FALSE", object: `{"text":"Hi","label":" FALSE "}`, axis: classifier.Hostile, want: hostile("no")},
		{name: "the axis's own key", object: `{"text":"Hi","hostile":"yes","spam":"no"}`, axis: classifier.Hostile, want: hostile("yes")},
		{name: "a person's label", object: `{"text":"Hi","labels":{"hostile":"no"},"human":{"hostile":"yes"}}`, axis: classifier.Hostile,
			want: hostile("yes")},
		{name: "all axes", object: `{"text":"Hi","stance":"Against","hostile":0,"spam":"1","claim":"c","article":"a","group":7}`,
			want: classifier.Example{Text: "Hi", Claim: "c", Group: "7", Labels: map[classifier.Axis]string{classifier.Stance: "against",
				classifier.Hostile: "no", classifier.Spam: "yes"}}},
		{name: "the headline is the claim", object: `{"text":"Hi","stance":"none","article":"a"}`,
			want: classifier.Example{Text: "Hi", Claim: "a", Labels: map[classifier.Axis]string{classifier.Stance: "none"}}},
		{name: "no label", object: `{"text":"Hi","spam":1}`, axis: classifier.Hostile, err: "no label"},
		{name: "label without an axis", object: `{"text":"Hi","label":1}`, err: "no label"},
		{name: "a model's answer", object: `{"text":"Hi","labels":{"hostile":"yes"}}`, axis: classifier.Hostile, err: "no label"},
		{name: "empty", object: `{"text":"Hi","label":"","spam":null}`, axis: classifier.Hostile, err: "no label"},
		{name: "can't tell", object: `{"text":"Hi","hostile":"cant_tell"}`, axis: classifier.Hostile, err: "no label"},
		{name: "2", object: `{"text":"Hi","label":2}`, axis: classifier.Hostile,
			err: "line 1: label is a number that is not 1/0, true/false or yes/no"},
		{name: "maybe", object: `{"text":"Hi","spam":"maybe"}`, axis: classifier.Spam,
			err: "line 1: spam is a text that is not 1/0, true/false or yes/no"},
		{name: "unsure", object: `{"text":"Hi","stance":"unsure"}`, err: "line 1: stance is a text that is not favor, against or none"},
		{name: "stance in numbers", object: `{"text":"Hi","label":1}`, axis: classifier.Stance,
			err: "line 1: label is a number that is not favor, against or none"},
		{name: "a list", object: `{"text":"Hi","label":[1]}`, axis: classifier.Spam,
			err: "line 1: label is a list that is not 1/0, true/false or yes/no"},
		{name: "blank text", object: `{"text":" ","label":1}`, axis: classifier.Spam, err: "line 1: no text"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			example, err := onlyRow(t, test.object).Example(test.axis)
			if message(err) != test.err {
				t.Fatalf("error %v, want %q", err, test.err)
			}
			if test.err == "no label" && !errors.Is(err, exchange.ErrNoLabel) {
				t.Errorf("%v is not ErrNoLabel", err)
			}
			if diff := cmp.Diff(test.want, example); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
