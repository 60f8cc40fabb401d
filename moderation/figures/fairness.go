package figures

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// LeastToSay is how many decided comments each group needs before anything is said about a difference.
const LeastToSay = 20

// Comparison is how often comments that disagree with their article were rejected, beside those that agree, among comments of one temper. Only
// articles with both are compared.
type Comparison struct {
	Disagree, Agree Share // rejected of decided
	Articles        int   // that have both
	Apart           int   // decided comments of articles that have only one of the two: not compared
	Difference      Difference
}

// Verdict is what a comparison can say.
type Verdict int

const (
	TooFew       Verdict = iota // a group has fewer than LeastToSay
	NoDifference                // none can be told
	DisagreeMore                // those that disagree are rejected more often
	AgreeMore
)

// Verdict is what the comparison says with 95 % confidence.
func (c Comparison) Verdict() Verdict {
	switch {
	case c.Disagree.All < LeastToSay || c.Agree.All < LeastToSay:
		return TooFew
	case c.Difference.Low > 0:
		return DisagreeMore
	case c.Difference.High < 0:
		return AgreeMore
	}
	return NoDifference
}

func compare(strata []Stratum) (c Comparison) {
	for _, s := range strata {
		if s.Group.All == 0 || s.Other.All == 0 {
			c.Apart += s.Group.All + s.Other.All
			continue
		}
		c.Articles++
		c.Disagree, c.Agree = c.Disagree.plus(s.Group), c.Agree.plus(s.Other)
	}
	c.Difference, _ = StratifiedDifference(strata)
	return c
}

// Treatment is the comparison at each temper: over all, of a topic, an article or a moderator.
type Treatment struct {
	Place
	Moderator string
	Tempers   [2]Comparison
}

// decided is how many decisions are behind a treatment.
func (t Treatment) decided() (n int) {
	for _, c := range t.Tempers {
		n += c.Disagree.All + c.Agree.All + c.Apart
	}
	return n
}

// LeftOut counts decided comments that are not compared, each under its first reason.
type LeftOut struct {
	Spam    int // shown as spam: rejected for that
	Open    int // the article's side is open
	Unsure  int // no stance or no temper can be told
	Neither int // they take no side
}

// Fairness says whether those who disagree are treated as those who agree. Only approved and rejected comments count, by the decision that
// stands.
type Fairness struct {
	Whole      Treatment
	Topics     []Treatment
	Articles   []Treatment
	Moderators []Treatment
	LeftOut    LeftOut
	Decided    int  // standing decisions that were looked at
	More       bool // there are older ones, which were not
}

// Whose says whose own figures are asked for beside those of all: figures of a moderator are for that moderator and for admins.
type Whose struct {
	Moderator string // "" for nobody's
	Everyone  bool
}

// Fairness looks at the newest entries of the ledger, at most NewestDeeds.
func (s *Service) Fairness(ctx context.Context, whose Whose) (Fairness, error) {
	fold := newFairnessFold()
	seen := 0
	err := s.store.Deeds(ctx, NewestDeeds, func(d Deed) error {
		seen++
		fold.add(d)
		return nil
	})
	if err != nil {
		return Fairness{}, err
	}
	fairness := fold.fairness(whose)
	fairness.More = seen == NewestDeeds
	return fairness, nil
}

// strata are the comparisons of one article, by temper.
type strata [2]Stratum

// fairnessFold gathers decisions, newest first.
type fairnessFold struct {
	standing   *standing
	places     map[string]Place
	articles   map[string]*strata
	moderators map[string]map[string]*strata
	leftOut    LeftOut
	decided    int
}

func newFairnessFold() *fairnessFold {
	return &fairnessFold{standing: newStanding(), places: map[string]Place{}, articles: map[string]*strata{}, moderators: map[string]map[string]*strata{}}
}

func (f *fairnessFold) add(d Deed) {
	if !f.standing.decides(d) || d.Entry.Decision == moderation.Escalate {
		return
	}
	f.decided++
	agreement, toldStance := AgreementOf(d.Side, d.Stance)
	temper, toldTemper := TemperOf(d.Hostile)
	switch {
	case d.Spam == classifier.Yes:
		f.leftOut.Spam++
	case d.Side == moderation.SideOpen:
		f.leftOut.Open++
	case !toldStance || !toldTemper:
		f.leftOut.Unsure++
	case agreement == Neither:
		f.leftOut.Neither++
	default:
		f.places[d.ArticleID] = d.Place
		if f.moderators[d.Entry.Actor] == nil {
			f.moderators[d.Entry.Actor] = map[string]*strata{}
		}
		for _, articles := range []map[string]*strata{f.articles, f.moderators[d.Entry.Actor]} {
			if articles[d.ArticleID] == nil {
				articles[d.ArticleID] = &strata{}
			}
			articles[d.ArticleID].add(agreement, temper, d.Entry.Decision)
		}
	}
}

func (s *strata) add(agreement Agreement, temper Temper, decision moderation.Decision) {
	share := &s[temper].Other
	if agreement == Disagrees {
		share = &s[temper].Group
	}
	share.All++
	if decision == moderation.Reject {
		share.Of++
	}
}

func (f *fairnessFold) fairness(whose Whose) Fairness {
	fairness := Fairness{Whole: treatment(f.articles), LeftOut: f.leftOut, Decided: f.decided}
	topics := map[string]map[string]*strata{}
	for id, s := range f.articles {
		place := f.places[id]
		article := treatment(map[string]*strata{id: s})
		article.Place = place
		fairness.Articles = append(fairness.Articles, article)
		if place.Topic != "" {
			if topics[place.Topic] == nil {
				topics[place.Topic] = map[string]*strata{}
			}
			topics[place.Topic][id] = s
		}
	}
	for name, articles := range topics {
		topic := treatment(articles)
		topic.Topic = name
		fairness.Topics = append(fairness.Topics, topic)
	}
	for name, articles := range f.moderators {
		if whose.Everyone || name == whose.Moderator {
			one := treatment(articles)
			one.Moderator = name
			fairness.Moderators = append(fairness.Moderators, one)
		}
	}
	for _, treatments := range [][]Treatment{fairness.Topics, fairness.Articles, fairness.Moderators} {
		slices.SortFunc(treatments, func(a, b Treatment) int {
			return cmp.Or(cmp.Compare(b.decided(), a.decided()), cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.ArticleID, b.ArticleID), cmp.Compare(a.Moderator, b.Moderator))
		})
	}
	return fairness
}

// treatment compares within each article.
func treatment(articles map[string]*strata) (t Treatment) {
	for temper := range t.Tempers {
		var list []Stratum
		for _, id := range slices.Sorted(maps.Keys(articles)) { // sums of fractions depend on their order
			list = append(list, articles[id][temper])
		}
		t.Tempers[temper] = compare(list)
	}
	return t
}
