package moderation

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"

	"commentdesk/classifier"
)

// Side is what an article says of its topic's claim. Agreement with the article is stance times side.
type Side string

const (
	SideFor     Side = "for"
	SideAgainst Side = "against"
	SideOpen    Side = "open"
)

// ParseSide reads a side; "" is SideFor.
func ParseSide(name string) (Side, error) {
	switch side := Side(name); side {
	case "":
		return SideFor, nil
	case SideFor, SideAgainst, SideOpen:
		return side, nil
	}
	return "", Invalid("no side %q: for, against or open", name)
}

// Opposite is the side towards the opposite claim.
func (s Side) Opposite() Side {
	switch s {
	case SideFor:
		return SideAgainst
	case SideAgainst:
		return SideFor
	}
	return s
}

// Article is a published page that readers comment on.
type Article struct {
	ID       string // ArticleID of Key, unless a record brought its own
	URL      string
	Headline string
	Body     string
	Topic    string // the topic's name, "" without one
	Claim    string // the topic's claim, "" without a topic
	Matched  string // the learned claim that it was matched to when it arrived, "" for none; a topic's claim goes before it
	Side     Side
	Source   string // the path it was read from, as given
	Origin   string // the system it came from: page, disqus, api …
}

// Topic is what several articles share; stance is measured against its claim.
type Topic struct {
	Name     string
	Claim    string
	Articles int // how many articles are assigned
}

// Where an article's claim comes from.
const (
	ClaimGiven    = "given"    // the topic's, or what somebody named
	ClaimMatched  = "matched"  // one that the model learned stance for and that the article speaks of
	ClaimHeadline = "headline" // the headline stands for it
)

// ClaimSentence is what stance is measured against: the topic's claim, else the one it was matched to, else the headline.
func (a Article) ClaimSentence() string {
	return cmp.Or(a.Claim, a.Matched, a.Headline)
}

// ClaimFrom says where ClaimSentence comes from.
func (a Article) ClaimFrom() string {
	switch {
	case a.Claim != "":
		return ClaimGiven
	case a.Matched != "":
		return ClaimMatched
	}
	return ClaimHeadline
}

// Match is the article matched to the claim that the model knows it speaks of, where it has no topic and there is such a claim.
func (a Article) Match(model *classifier.Model) Article {
	if a.Topic != "" || a.Claim != "" {
		return a
	}
	a.Matched = ""
	if match, ok := model.MatchClaim(a.Headline, a.Body); ok {
		a.Matched = match.Claim.Sentence
	}
	return a
}

// Key identifies the article whatever file it came in: its canonical URL, else a digest of its headline and the first 500 characters of its
// body; "" where it has none of these.
func (a Article) Key() string {
	if key := canonicalURL(a.URL); key != "" {
		return key
	}
	if a.Headline == "" && a.Body == "" {
		return ""
	}
	body := []rune(a.Body)
	if len(body) > 500 {
		body = body[:500]
	}
	sum := sha256.Sum256([]byte(fold(a.Headline) + "\n" + fold(string(body))))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// ArticleID is 16 hex digits of the key's SHA-256, "" for an empty key.
func ArticleID(key string) string {
	if key == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:8])
}

// trackingParameters say where a reader came from, not which page it is.
var trackingParameters = []string{"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "yclid", "_ga"}

// canonicalURL folds scheme and host and drops fragment, default port and tracking parameters; "" where raw is no absolute http URL.
func canonicalURL(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" {
		return ""
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if port := u.Port(); port != "" && !(u.Scheme == "http" && port == "80") && !(u.Scheme == "https" && port == "443") {
		host += ":" + port
	}
	u.Host, u.Fragment, u.RawFragment, u.User = host, "", "", nil
	query := u.Query()
	for name := range query {
		if strings.HasPrefix(strings.ToLower(name), "utm_") {
			query.Del(name)
		}
	}
	for _, name := range trackingParameters {
		query.Del(name)
	}
	u.RawQuery = query.Encode()
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}

// fold makes two spellings of one sentence equal: case folded, white space collapsed.
func fold(s string) string {
	return strings.Join(strings.Fields(FoldCase(s)), " ")
}
