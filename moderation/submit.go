package moderation

import (
	"context"
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
	Key        string
	ParentKey  string
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
}

// Add counts another receipt into this one.
func (r *Receipt) Add(other Receipt) {
	r.Articles += other.Articles
	r.Seen += other.Seen
	r.New += other.New
	r.Changed += other.Changed
	r.Already += other.Already
	r.Labels += other.Labels
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

// submitStore takes what came in.
type submitStore interface {
	// Article is a stored article, so that its comments can be classified as the store knows it; NotFound where there is none.
	Article(ctx context.Context, articleID string) (Article, error)
	// Submit merges an article and its comments in one transaction. fromPage marks stored comments of the article that did not come this
	// time as no longer on the page.
	Submit(ctx context.Context, article Article, comments []Incoming, fromPage bool, at time.Time) (Receipt, error)
	// DrySubmit is Submit taken back: the receipt says what would have happened.
	DrySubmit(ctx context.Context, article Article, comments []Incoming, fromPage bool, at time.Time) (Receipt, error)
}

// Submit takes an article with its comments: each is classified and stored with its prediction; what is there already stays as it is. The
// article may name a topic; a known article keeps the topic it has.
//
// Labels that a comment brings become labels by the archive on axes that nobody labelled yet.
func (s *Service) Submit(ctx context.Context, article Article, comments []Comment) (Receipt, error) {
	return s.submit(ctx, article, comments, s.store.Submit)
}

// DrySubmit does what Submit does and takes it back: the receipt says what would have happened.
func (s *Service) DrySubmit(ctx context.Context, article Article, comments []Comment) (Receipt, error) {
	return s.submit(ctx, article, comments, s.store.DrySubmit)
}

func (s *Service) submit(ctx context.Context, article Article, comments []Comment,
	store func(context.Context, Article, []Incoming, bool, time.Time) (Receipt, error)) (Receipt, error) {
	receipt := Receipt{Seen: len(comments), Refused: map[string]int{}}
	article = cleanArticle(article)
	if article.ID == "" {
		article.ID = ArticleID(article.Key())
	}
	if article.ID == "" {
		receipt.Refuse("no article", len(comments))
		return receipt, nil
	}
	article, err := s.known(ctx, article)
	if err != nil {
		return Receipt{}, err
	}
	incoming := s.classify(article, comments, &receipt)
	stored, err := store(ctx, article, incoming, article.Origin == OriginPage, s.now())
	if err != nil {
		return Receipt{}, err
	}
	stored.Seen = 0
	receipt.Add(stored)
	return receipt, nil
}

// known is the article with the topic, the claim and the headline that its comments are measured against: the stored ones where it is stored,
// else those of the topic it names. An unknown topic is Invalid.
func (s *Service) known(ctx context.Context, article Article) (Article, error) {
	stored, err := s.store.Article(ctx, article.ID)
	if err == nil {
		article.Topic, article.Claim, article.Side = stored.Topic, stored.Claim, stored.Side
		if stored.Headline != "" {
			article.Headline = stored.Headline
		}
		return article, nil
	}
	if ErrorCode(err) != CodeNotFound {
		return Article{}, err
	}
	article.Claim = ""
	if article.Topic == "" {
		return article, nil
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

// classify keys, checks and answers the comments of one article; what is refused goes into the receipt.
func (s *Service) classify(article Article, comments []Comment, receipt *Receipt) []Incoming {
	kept := make([]Comment, 0, len(comments))
	for _, c := range comments {
		c = cleanComment(c)
		c.ArticleID = article.ID
		switch {
		case strings.TrimSpace(c.Text) == "":
			receipt.Refuse("empty text", 1)
		case len(c.Text) > MaxText:
			receipt.Refuse("text too long", 1)
		default:
			kept = append(kept, c)
		}
	}
	keys := CommentKeys(article.ID, kept)
	byPosition := make(map[int]string, len(kept))
	model := s.champion.Model()
	incoming := make([]Incoming, len(kept))
	for i, c := range kept {
		in := Incoming{Comment: c, Key: keys[i], ParentKey: byPosition[c.Parent], ClaimFrom: article.ClaimFrom()}
		in.Prediction = model.Classify(classifier.Example{Text: c.Text, Claim: article.ClaimSentence()})
		in.Harm, in.Doubt = Priority(in.Prediction)
		in.Status = s.policy.Apply(in.Prediction)
		incoming[i] = in
		if c.Position > 0 {
			byPosition[c.Position] = keys[i]
		}
	}
	return incoming
}

// ClaimFrom says where the article's claim comes from: given (its topic) or headline.
func (a Article) ClaimFrom() string {
	if a.Claim != "" {
		return "given"
	}
	return "headline"
}

func cleanArticle(a Article) Article {
	for _, field := range []*string{&a.URL, &a.Headline, &a.Body, &a.Topic, &a.Claim, &a.Source, &a.Origin} {
		*field = Clean(*field)
	}
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
