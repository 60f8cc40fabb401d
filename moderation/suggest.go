package moderation

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// What is looked at for suggestions, and how many are made.
const (
	NewestUnsorted = 2000 // articles without a topic
	NewestSorted   = 2000 // articles that have one, of all topics together
	suggestBody    = 2000 // characters of an article's body
	MaxSuggested   = 20   // for one topic
	sharedShown    = 6    // words that are named
)

// suggestStore reads articles to sort them, and remembers what people said does not fit.
type suggestStore interface {
	// Unsorted is the newest articles without a topic, Sorted the newest that have one, each at most limit, the newest first, with so many
	// characters of their bodies.
	Unsorted(ctx context.Context, limit, body int) ([]Article, error)
	Sorted(ctx context.Context, limit, body int) ([]Article, error)
	// Refused is the ids of articles without a topic that somebody said do not speak of one, by the topic's name.
	Refused(ctx context.Context) (map[string][]string, error)
	// RefuseTopic remembers that articles do not speak of a topic, with a ledger entry of KindTopic each; again changes nothing. NotFound for an
	// unknown article or topic.
	RefuseTopic(ctx context.Context, articleIDs []string, topic, actor string, at time.Time) error
}

// Suggestion is an article without a topic that seems to speak of one.
type Suggestion struct {
	Article  Article  // without body
	Matched  bool     // it was matched to the topic's claim when it arrived
	Nearness float64  // 0 to 1: cosine of its words with the topic's
	Words    []string // that it shares with the topic, as it writes them, the most telling first

	nearBy map[int32]float64 // what each term adds to nearness
}

// Suggestions are by topic, the nearest first, at most MaxSuggested each. Each article stands under one topic.
type Suggestions struct {
	ByTopic map[string][]Suggestion
	Looked  int  // articles without a topic that were looked at
	All     bool // these are all there are
}

// RefuseTopic says that articles do not speak of a topic: they are not suggested for it again.
func (s *Service) RefuseTopic(ctx context.Context, articleIDs []string, topic, actor string) error {
	if len(articleIDs) == 0 || len(articleIDs) > MaxArticles {
		return Invalid("choose 1 to %d articles", MaxArticles)
	}
	if topic == "" {
		return Invalid("say which topic the articles do not speak of")
	}
	return s.store.RefuseTopic(ctx, articleIDs, topic, actor, s.now())
}

// Suggest finds for each topic the articles without one that share telling words with its claim and its articles.
func (s *Service) Suggest(ctx context.Context) (Suggestions, error) {
	found := Suggestions{ByTopic: map[string][]Suggestion{}}
	topics, err := s.store.Topics(ctx)
	if err != nil || len(topics) == 0 {
		return found, err
	}
	unsorted, err := s.store.Unsorted(ctx, NewestUnsorted+1, suggestBody)
	if err != nil {
		return found, err
	}
	found.All = len(unsorted) <= NewestUnsorted
	unsorted = unsorted[:min(len(unsorted), NewestUnsorted)]
	if found.Looked = len(unsorted); found.Looked == 0 {
		return found, nil
	}
	sorted, err := s.store.Sorted(ctx, NewestSorted, suggestBody)
	if err != nil {
		return found, err
	}
	refused, err := s.store.Refused(ctx)
	if err != nil {
		return found, err
	}
	found.ByTopic = suggest(topics, sorted, unsorted, refused)
	return found, nil
}

// What makes an article near. The numbers were chosen on articles written for it: and on the demonstration: see the tests.
const (
	suggestFrom    = 0.105 // nearness
	suggestLead    = 1.5   // times as near as to the topic that comes next
	suggestShared  = 2     // telling words
	suggestBodyTo  = 0.3   // of a word of the body; one of the headline or the claim weighs 1
	usualWords     = 200   // texts in which words are as frequent as in comments stand beside the articles, so that few articles do not make usual words telling
	unknownWord    = 0.0005
	tellingBelow   = 0.006 // of the frequency of the most usual word
	suggestFormLen = 6     // letters that words are compared by, so that forms of one word are mostly one
)

// topicTerm is a term's weight in one topic.
type topicTerm struct {
	topic  int
	weight float64
}

// profiles are the topics by term: each topic's claim and articles together, of the length 1.
func profiles(texts [][][]weightedTerm) map[int32][]topicTerm {
	byTerm := map[int32][]topicTerm{}
	for topic, of := range texts {
		sums := map[int32]float64{}
		for _, terms := range of {
			for _, t := range terms {
				sums[t.term] += t.weight
			}
		}
		profile := make([]weightedTerm, 0, len(sums))
		for term, weight := range sums {
			profile = append(profile, weightedTerm{term, weight})
		}
		slices.SortFunc(profile, func(a, b weightedTerm) int { return cmp.Compare(a.term, b.term) })
		scale(profile)
		for _, t := range profile {
			byTerm[t.term] = append(byTerm[t.term], topicTerm{topic, t.weight})
		}
	}
	return byTerm
}

// suggest is Suggest on what was read.
func suggest(topics []Topic, sorted, unsorted []Article, refused map[string][]string) map[string][]Suggestion {
	reader, at := newTermReader(), map[string]int{}
	texts, unnamed := make([][][]weightedTerm, len(topics)), make([][]weightedTerm, len(unsorted))
	for i, t := range topics {
		at[t.Name], texts[i] = i, [][]weightedTerm{reader.read(t.Claim, "")}
	}
	for _, a := range sorted {
		if topic, ok := at[a.Topic]; ok {
			texts[topic] = append(texts[topic], reader.read(a.Headline, a.Body))
		}
	}
	for i, a := range unsorted {
		unnamed[i] = reader.read(a.Headline, a.Body)
	}
	telling := reader.telling()
	for _, of := range texts {
		for i := range of {
			of[i] = weigh(of[i], telling)
		}
	}
	byTerm, never := profiles(texts), refusals(refused)
	found := map[string][]Suggestion{}
	for i, a := range unsorted {
		terms := weigh(unnamed[i], telling)
		topic, nearness, lead := nearestTopic(topics, byTerm, terms, a)
		if topic < 0 || nearness < suggestFrom || !lead || never[[2]string{topics[topic].Name, a.ID}] {
			continue
		}
		nearBy := map[int32]float64{}
		for _, t := range terms {
			for _, p := range byTerm[t.term] {
				if p.topic == topic {
					nearBy[t.term] = t.weight * p.weight
				}
			}
		}
		if len(nearBy) < suggestShared && nearness < 1 {
			continue
		}
		name := topics[topic].Name
		found[name] = append(found[name], Suggestion{Article: a, Matched: nearness == 1, Nearness: nearness, nearBy: nearBy})
	}
	for name, of := range found {
		slices.SortStableFunc(of, func(a, b Suggestion) int { return cmp.Compare(b.Nearness, a.Nearness) })
		found[name] = of[:min(len(of), MaxSuggested)]
		for i := range found[name] {
			s := &found[name][i]
			s.Words = reader.shared(s.Article, s.nearBy)
			s.Article.Body, s.nearBy = "", nil
		}
	}
	return found
}

// nearestTopic is the topic that an article stands nearest to, -1 for none; lead says that it stands clearly nearer to it than to the next.
func nearestTopic(topics []Topic, byTerm map[int32][]topicTerm, terms []weightedTerm, a Article) (topic int, nearness float64, lead bool) {
	near := make([]float64, len(topics))
	for _, t := range terms {
		for _, p := range byTerm[t.term] {
			near[p.topic] += t.weight * p.weight
		}
	}
	topic, next := -1, 0.0
	for i, n := range near {
		if a.Matched != "" && fold(a.Matched) == fold(topics[i].Claim) {
			n = 1
		}
		switch {
		case n > nearness:
			topic, nearness, next = i, n, nearness
		case n > next:
			next = n
		}
	}
	return topic, nearness, nearness >= suggestLead*next || nearness == 1
}

// refusals are pairs of a topic and an article.
func refusals(by map[string][]string) map[[2]string]bool {
	never := map[[2]string]bool{}
	for topic, ids := range by {
		for _, id := range ids {
			never[[2]string{topic, id}] = true
		}
	}
	return never
}
