package moderation

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

// writtenArticles are topics, articles that have one, and articles without, with the topic that each speaks of.
func writtenArticles(t testing.TB) (topics []Topic, sorted, unsorted []Article, speaksOf map[string]string) {
	t.Helper()
	file, err := os.Open("testdata/suggest.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	speaksOf = map[string]string{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		f := strings.Split(lines.Text(), "\t")
		switch f[0] {
		case "topic":
			topics = append(topics, Topic{Name: f[1], Claim: f[2]})
		case "sorted":
			sorted = append(sorted, Article{ID: fmt.Sprint("s", len(sorted)), Topic: f[1], Headline: f[2], Body: f[3]})
		case "article":
			id := fmt.Sprint("u", len(unsorted))
			unsorted, speaksOf[id] = append(unsorted, Article{ID: id, Headline: f[2], Body: f[3]}), f[1]
		}
	}
	return topics, sorted, unsorted, speaksOf
}

// TestSuggestOnWrittenArticles measures on articles written for it: 18 that speak of a topic and 16 that do not.
func TestSuggestOnWrittenArticles(t *testing.T) {
	topics, sorted, unsorted, speaksOf := writtenArticles(t)
	right, wrong := 0, 0
	for topic, of := range suggest(topics, sorted, unsorted, nil) {
		for _, s := range of {
			if speaksOf[s.Article.ID] == topic {
				right++
			} else {
				wrong++
			}
			t.Logf("%-5v %.2f %-15s %s: %s", speaksOf[s.Article.ID] == topic, s.Nearness, topic, s.Article.Headline, strings.Join(s.Words, ", "))
		}
	}
	if t.Logf("%d suggested rightly of 18, %d wrongly", right, wrong); right < 17 || wrong > 0 {
		t.Errorf("%d suggested rightly of 18, %d wrongly", right, wrong)
	}
}

func TestSuggestKeepsWhatWasSaid(t *testing.T) {
	topics, sorted, unsorted, _ := writtenArticles(t)
	all := suggest(topics, sorted, unsorted, nil)
	first := all["library-fines"][0].Article.ID
	for _, s := range suggest(topics, sorted, unsorted, map[string][]string{"library-fines": {first}})["library-fines"] {
		if s.Article.ID == first {
			t.Error("what was refused is suggested again")
		}
	}
	unsorted = append(unsorted, Article{ID: "matched", Headline: "Much ado", Matched: "libraries should drop fines  for late books"})
	if got := suggest(topics, sorted, unsorted, nil)["library-fines"][0]; got.Article.ID != "matched" || !got.Matched || len(got.Words) != 0 {
		t.Errorf("first is %+v", got)
	}
	for range 2 * MaxSuggested {
		unsorted = append(unsorted, unsorted[len(unsorted)-2], Article{ID: "again", Headline: "Library drops fines for late books"})
	}
	if got := len(suggest(topics, sorted, unsorted, nil)["library-fines"]); got != MaxSuggested {
		t.Errorf("%d are suggested for one topic", got)
	}
	if got := suggest(topics, nil, []Article{{ID: "empty"}, {ID: "usual", Headline: "What they all think about it and why"}}, nil); len(got) != 0 {
		t.Errorf("of nothing telling %v is suggested", got)
	}
}

// BenchmarkSuggest is as much as is ever looked at: 2,000 articles without a topic and 2,000 with one, 2,000 characters each.
func BenchmarkSuggest(b *testing.B) {
	topics, sorted, unsorted, _ := writtenArticles(b)
	long := func(articles []Article, n int) (many []Article) {
		for i := range n {
			a, body := articles[i%len(articles)], ""
			for at := i; len(body) < suggestBody; at += 7 {
				body += unsorted[at%len(unsorted)].Body + fmt.Sprintf(" Word%d%d ", i%900, at%31)
			}
			a.ID, a.Body = fmt.Sprint(i), body[:suggestBody]
			many = append(many, a)
		}
		return many
	}
	sorted, unsorted = long(sorted, NewestSorted), long(unsorted, NewestUnsorted)
	b.ResetTimer()
	for b.Loop() {
		suggest(topics, sorted, unsorted, nil)
	}
}
