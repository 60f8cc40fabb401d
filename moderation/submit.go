package moderation

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"commentdesk/classifier"
)

// MaxText is the longest comment that is taken, in bytes; longer ones are refused by name.
const MaxText = 256 << 10

// Incoming is a comment with its key and its answers, ready to be stored.
type Incoming struct {
	Comment
	At         int // its place from 0 among the comments submitted
	Key        string
	ParentKey  string
	Likeness   Likeness // of the text; the store takes it where it is the zero value
	Prediction classifier.Prediction
	ClaimFrom  string
	Harm       int // order of the queue: see Priority
	Doubt      int
	Status     Status // what policy made of the predictions
}

// Receipt accounts for every comment record that came in: Seen = New + Changed + Already + the sum of Refused.
type Receipt struct {
	Articles int            `json:"articles"`
	Seen     int            `json:"seen"`
	New      int            `json:"new"`
	Changed  int            `json:"changed"`
	Already  int            `json:"already"`
	Refused  map[string]int `json:"refused"`
	Labels   int            `json:"labels"`
	Which    []RefusedAt    `json:"-"` // the comments refused, of one submission
}

// RefusedAt is one comment refused, by its place from 0 among those submitted.
type RefusedAt struct {
	At     int
	Reason string
}

// Add counts another receipt into this one.
func (r *Receipt) Add(other Receipt) {
	r.Articles += other.Articles
	r.Seen += other.Seen
	r.New += other.New
	r.Changed += other.Changed
	r.Already += other.Already
	r.Labels += other.Labels
	r.Which = append(r.Which, other.Which...)
	for reason, n := range other.Refused {
		r.Refuse(reason, n)
	}
}

// Refuse counts n records refused for a reason.
func (r *Receipt) Refuse(reason string, n int) {
	if r.Refused == nil {
		r.Refused = map[string]int{}
	}
	r.Refused[reason] += n
}

// ErrClaimMoved says that the claim under which comments were answered is not the article's any more. Nothing was stored.
var ErrClaimMoved = errors.New("the article's claim changed while its comments were answered")

// RefuseAt counts the comment at a place as refused for a reason.
func (r *Receipt) RefuseAt(at int, reason string) {
	r.Refuse(reason, 1)
	r.Which = append(r.Which, RefusedAt{at, reason})
}

// submitStore takes what came in.
type submitStore interface {
	// Article is a stored article, so that its comments can be classified as the store knows it; NotFound where there is none.
	Article(ctx context.Context, articleID string) (Article, error)
	// Submit merges an article and its comments in one transaction. fromPage marks stored comments of the article that did not come this
	// time as no longer on the page. Where the stored claim is another than the article's as given, it is ErrClaimMoved.
	Submit(ctx context.Context, article Article, comments []Incoming, fromPage bool, at time.Time) (Receipt, error)
	// DrySubmit is Submit taken back: the receipt says what would have happened.
	DrySubmit(ctx context.Context, article Article, comments []Incoming, fromPage bool, at time.Time) (Receipt, error)
}

// Submit takes an article with its comments: each is classified and stored with its prediction; what is there already stays as it is. The
// article may name a topic; a known article keeps the topic it has, or the claim it was matched to.
//
// Labels that a comment brings become labels by the archive on axes that nobody labelled yet.
func (s *Service) Submit(ctx context.Context, article Article, comments []Comment) (Receipt, error) {
	return s.SubmitPart(ctx, NewKeys(), article, comments)
}

// SubmitPart is Submit for an input that comes in several parts: the parts of one input share their keys.
func (s *Service) SubmitPart(ctx context.Context, keys *Keys, article Article, comments []Comment) (Receipt, error) {
	return s.submit(ctx, keys, article, comments, s.store.Submit)
}

// DrySubmitPart does what SubmitPart does and takes it back: the receipt says what would have happened.
func (s *Service) DrySubmitPart(ctx context.Context, keys *Keys, article Article, comments []Comment) (Receipt, error) {
	return s.submit(ctx, keys, article, comments, s.store.DrySubmit)
}

// NoArticle is why a comment is refused that does not say which article it stands under.
const NoArticle = "no article"

// claimMoves is how often a submission is answered anew because the article's claim changed meanwhile.
const claimMoves = 3

func (s *Service) submit(ctx context.Context, keys *Keys, article Article, comments []Comment,
	store func(context.Context, Article, []Incoming, bool, time.Time) (Receipt, error)) (Receipt, error) {
	receipt := Receipt{Seen: len(comments), Refused: map[string]int{}}
	article = cleanArticle(article)
	if article.ID == "" {
		article.ID = ArticleID(article.Key())
	}
	if article.ID == "" {
		for at := range comments {
			receipt.RefuseAt(at, NoArticle)
		}
		return receipt, nil
	}
	article, err := s.known(ctx, article)
	if err != nil {
		return Receipt{}, err
	}
	incoming := keyed(keys, article.ID, comments, &receipt)
	for try := 1; ; try++ {
		s.classify(article, incoming)
		stored, err := store(ctx, article, incoming, article.Origin == OriginPage, s.now())
		if errors.Is(err, ErrClaimMoved) && try <= claimMoves {
			if article, err = s.known(ctx, article); err == nil {
				continue
			}
		}
		if err != nil {
			return Receipt{}, err
		}
		stored.Seen = 0
		receipt.Add(stored)
		return receipt, nil
	}
}

// known is the article with the topic, the claim and the headline that its comments are measured against: the stored ones where it is stored,
// else those of the topic it names; a new article without a topic is matched by the champion, once for good. An unknown topic is Invalid.
func (s *Service) known(ctx context.Context, article Article) (Article, error) {
	stored, err := s.store.Article(ctx, article.ID)
	if err == nil {
		article.Topic, article.Claim, article.Matched, article.Side = stored.Topic, stored.Claim, stored.Matched, stored.Side
		if stored.Headline != "" {
			article.Headline = stored.Headline
		}
		return article, nil
	}
	if ErrorCode(err) != CodeNotFound {
		return Article{}, err
	}
	article.Claim, article.Matched = "", ""
	if article.Topic == "" {
		return article.Match(s.champion.Model()), nil
	}
	topic, err := s.store.Topic(ctx, article.Topic)
	if ErrorCode(err) == CodeNotFound {
		return Article{}, Invalid("no topic %q: add it first", article.Topic)
	}
	article.Claim = topic.Claim
	return article, err
}

// OriginPage is the origin of what was read from a saved article page.
const OriginPage = "page"

// keyed checks the comments of one article and gives them their keys; what is refused goes into the receipt.
func keyed(keys *Keys, articleID string, comments []Comment, receipt *Receipt) []Incoming {
	kept, places := make([]Comment, 0, len(comments)), make([]int, 0, len(comments))
	for at, c := range comments {
		c = cleanComment(c)
		c.ArticleID = articleID
		switch {
		case strings.TrimSpace(c.Text) == "":
			receipt.RefuseAt(at, "empty text")
		case len(c.Text) > MaxText:
			receipt.RefuseAt(at, "text too long")
		default:
			kept, places = append(kept, c), append(places, at)
		}
	}
	own, parents := keys.Of(articleID, kept)
	incoming := make([]Incoming, len(kept))
	for i, c := range kept {
		incoming[i] = Incoming{Comment: c, At: places[i], Key: own[i], ParentKey: parents[i], Likeness: LikenessOf(c.Text)}
	}
	return incoming
}

// classify answers the comments of one article, with one model, under the article's claim.
func (s *Service) classify(article Article, incoming []Incoming) {
	model := s.champion.Model()
	for i := range incoming {
		in := &incoming[i]
		in.ClaimFrom = article.ClaimFrom()
		in.Prediction = model.Classify(classifier.Example{Text: in.Text, Claim: article.ClaimSentence()})
		in.Harm, in.Doubt = Priority(in.Prediction)
		in.Status = s.policy.Apply(in.Prediction)
	}
}

func cleanArticle(a Article) Article {
	for _, field := range []*string{&a.URL, &a.Headline, &a.Body, &a.Topic, &a.Claim, &a.Matched, &a.Source, &a.Origin} {
		*field = Clean(*field)
	}
	a.Topic = tidyName(a.Topic)
	if a.Side == "" {
		a.Side = SideFor
	}
	return a
}

func cleanComment(c Comment) Comment {
	for _, field := range []*string{&c.SourceID, &c.Author, &c.PostedAt, &c.Text} {
		*field = Clean(*field)
	}
	return c
}

// Clean makes text storable everywhere: invalid UTF-8 and NUL become U+FFFD.
func Clean(text string) string {
	if utf8.ValidString(text) && strings.IndexByte(text, 0) < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
}
