package moderation

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"commentdesk/classifier"
)

// Limits of a query.
const (
	MaxQuery = 1000 // bytes
	MaxTerms = 32   // terms of one query
	MaxTerm  = 200  // characters of one value or word
)

// ParseFilter reads a queue query, terms parted by white space that must all hold:
//
//	status:pending|escalated|snoozed|approved|rejected|all
//	for:NAME|me  opinion:wanted                                                           handed to; a second opinion is asked for
//	stance:favor|against|none|unsure|cant_tell  hostile:yes|no|unsure|cant_tell  spam:…   the shown answer
//	p(hostile)>0.8  p(spam)>=0.5  p(favor)<0.3  p(against)<=0.2  p(none)>0.5              a predicted probability
//	agreement:agree|neither|disagree                                                      stance times the article's side; not where that is open
//	topic:NAME  author:NAME  origin:NAME  article:ID  id:NUMBER
//	after:2026-05-14  before:2026-05-15                                                   arrived then or later, arrived before; a day in UTC or an RFC 3339 time
//	word  "two words"                                                                     must stand in the text
//
// Values and words with white space stand in double quotes, in which \" is a quote and \\ a backslash; „these“, “these” and «these» are quotes too. A
// word that holds a colon or a star, starts with a bracket, p( or a minus, or would join terms in other search boxes (OR, or, NOT, ODER, …) needs
// quotes: there is no "or" and no "not", and a word is found inside longer ones too. Names and fixed values are read in any case. What it cannot
// read is Invalid and names the term.
func ParseFilter(query string) (Filter, error) {
	var f Filter
	if len(query) > MaxQuery {
		return f, Invalid("the filter is longer than %d bytes", MaxQuery)
	}
	if !utf8.ValidString(query) {
		return f, Invalid("the filter is not valid UTF-8")
	}
	for n := 0; ; n++ {
		term, rest, err := nextTerm(query)
		if err != nil {
			return Filter{}, err
		}
		if term == nil {
			return f, nil
		}
		if n == MaxTerms {
			return Filter{}, Invalid("the filter has more than %d terms", MaxTerms)
		}
		if err := f.take(*term); err != nil {
			return Filter{}, err
		}
		query = rest
	}
}

// queryTerm is one term: a word, name:value, or p(name) with a comparison and a number.
type queryTerm struct {
	written string // as it stands in the query
	name    string // before the colon; "" for a word
	value   string // after the colon, or the word, without quotes
	bound   bool   // p(…): nothing is split off yet
}

// nextTerm cuts the first term off; nil at the end.
func nextTerm(query string) (term *queryTerm, rest string, err error) {
	query = strings.TrimLeftFunc(query, unicode.IsSpace)
	if query == "" {
		return nil, "", nil
	}
	end := strings.IndexFunc(query, func(r rune) bool { return unicode.IsSpace(r) || opensQuote(r) || r == ':' })
	if end < 0 {
		end = len(query)
	}
	head, tail := query[:end], query[end:]
	if opensBound(head) {
		end = strings.IndexFunc(query, unicode.IsSpace)
		if end < 0 {
			end = len(query)
		}
		return checkTerm(&queryTerm{written: query[:end], value: query[:end], bound: true}, query[end:])
	}
	term = &queryTerm{}
	if strings.HasPrefix(tail, ":") {
		term.name, tail = head, tail[1:]
		if head == "" {
			return nil, "", Invalid("%q: the name before the colon is missing", clip(query))
		}
		head = ""
	}
	if first, _ := utf8.DecodeRuneInString(tail); opensQuote(first) && head == "" {
		term.value, tail, err = quoted(tail)
		if err != nil {
			return nil, "", err
		}
		if tail != "" && !startsWithSpace(tail) {
			return nil, "", Invalid("%q: white space is missing after the closing quote", clip(query))
		}
	} else {
		end = strings.IndexFunc(tail, unicode.IsSpace)
		if end < 0 {
			end = len(tail)
		}
		term.value, tail = head+tail[:end], tail[end:]
		if strings.ContainsFunc(term.value, opensQuote) {
			return nil, "", Invalid(`%q: a quote inside a word: put the whole value in quotes, with \" for a quote`, clip(term.value))
		}
	}
	term.written = query[:len(query)-len(tail)]
	if err := refuse(term); err != nil {
		return nil, "", err
	}
	return checkTerm(term, tail)
}

func checkTerm(term *queryTerm, rest string) (*queryTerm, string, error) {
	if term.value == "" {
		return nil, "", Invalid("%q: nothing to look for", clip(term.written))
	}
	if utf8.RuneCountInString(term.value) > MaxTerm {
		return nil, "", Invalid("%q: longer than %d characters", clip(term.written), MaxTerm)
	}
	return term, rest, nil
}

func startsWithSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

// opensBound reports whether the word would be read as a probability.
func opensBound(word string) bool { return len(word) >= 2 && strings.EqualFold(word[:2], "p(") }

// closing is what ends a quotation, by what begins it.
var closing = map[rune]string{'"': "\"", '„': "“”\"", '“': "”\"", '”': "”\"", '«': "»", '»': "«»"}

func opensQuote(r rune) bool { return closing[r] != "" }

// refuse says what a term means in other search boxes and not here.
func refuse(term *queryTerm) error {
	switch {
	case strings.HasPrefix(term.name, "-"), term.name == "" && term.written == term.value && joins(term.value):
		return Invalid("%q: there is no \"or\" and no \"not\", all terms must hold; as a word it needs quotes", clip(term.written))
	case term.name == "" && term.written == term.value && hasWildcard(term.value):
		return Invalid("%q: neither stars nor brackets: a word is found inside longer ones too; what holds such a sign needs quotes", clip(term.written))
	}
	return nil
}

// joins reports whether the word would join terms in other search boxes, or leave one out.
func joins(word string) bool {
	return strings.HasPrefix(word, "-") || slices.Contains([]string{"AND", "OR", "NOT", "or", "UND", "ODER", "NICHT", "oder"}, word)
}

// hasWildcard reports whether the word would stand for several in other search boxes, or group terms.
func hasWildcard(word string) bool {
	return strings.HasPrefix(word, "(") || strings.Contains(word, "*")
}

// quoted reads a quoted value from the front of s.
func quoted(s string) (value, rest string, err error) {
	var b strings.Builder
	first, width := utf8.DecodeRuneInString(s)
	for i := width; i < len(s); i++ {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case strings.ContainsRune(closing[first], r):
			return b.String(), s[i+size:], nil
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
		}
		b.WriteByte(s[i])
	}
	return "", "", Invalid("%s: the closing quote is missing", clip(s))
}

// clip keeps hints short.
func clip(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return s
}

// take adds one term to the filter.
func (f *Filter) take(t queryTerm) error {
	if t.bound {
		bound, err := parseBound(t.written)
		f.Bounds = append(f.Bounds, bound)
		return err
	}
	fixed := t
	fixed.value = strings.ToLower(t.value)
	switch t.name = strings.ToLower(t.name); t.name {
	case "":
		f.Words = append(f.Words, t.value)
		return nil
	case "status":
		return f.takeStatus(fixed)
	case "topic":
		return once(&f.Topic, t)
	case "author":
		return once(&f.Author, t)
	case "origin":
		return once(&f.Origin, t)
	case "article":
		return once(&f.Article, t)
	case "before":
		return takeTime(&f.Before, t)
	case "after":
		return takeTime(&f.After, t)
	case "id":
		return f.takeID(t)
	case "agreement":
		if !slices.Contains(Agreements[:], fixed.value) {
			return Invalid("no agreement %q: agree, neither or disagree", clip(t.value))
		}
		return once(&f.Agreement, fixed)
	case "for":
		if fixed.value == Me {
			t.value = Me
		}
		return once(&f.For, t)
	case "opinion":
		if fixed.value != opinionWanted {
			return Invalid("%q: opinion:wanted", clip(t.written))
		}
		f.Opinion = true
		return nil
	}
	if axis := classifier.Axis(t.name); axis.Index() >= 0 {
		return f.takeAnswer(axis, fixed)
	}
	return Invalid("no term %q: status, stance, hostile, spam, p(…), agreement, topic, author, origin, article, id, after, before, for or opinion; a word with a colon needs quotes", clip(t.name))
}

func once(field *string, t queryTerm) error {
	if *field != "" {
		return Invalid("%q: %s was named before", clip(t.written), t.name)
	}
	*field = t.value
	return nil
}

const anyStatus = "all"

// opinionWanted is the one value of opinion:.
const opinionWanted = "wanted"

func (f *Filter) takeStatus(t queryTerm) error {
	if f.Status != "" {
		return Invalid("%q: status was named before", clip(t.written))
	}
	if t.value == anyStatus {
		return nil
	}
	if !slices.Contains(Statuses[:], Status(t.value)) {
		return Invalid("no status %q: pending, escalated, snoozed, approved, rejected or all", clip(t.value))
	}
	f.Status = Status(t.value)
	return nil
}

func (f *Filter) takeAnswer(axis classifier.Axis, t queryTerm) error {
	if f.Answers[axis] != "" {
		return Invalid("%q: %s was named before", clip(t.written), axis)
	}
	if axis.AnswerIndex(t.value) < 0 && t.value != classifier.Unsure && t.value != CantTell {
		return Invalid("no answer %q on %s: %s, %s or %s", clip(t.value), axis, strings.Join(axis.Answers(), ", "), classifier.Unsure, CantTell)
	}
	if f.Answers == nil {
		f.Answers = map[classifier.Axis]string{}
	}
	f.Answers[axis] = t.value
	return nil
}

// takeID reads the number of a comment.
func (f *Filter) takeID(t queryTerm) error {
	if f.ID != 0 {
		return Invalid("%q: %s was named before", clip(t.written), t.name)
	}
	id, err := strconv.ParseInt(t.value, 10, 64)
	if err != nil || id <= 0 {
		return Invalid("%q: the number of a comment", clip(t.written))
	}
	f.ID = id
	return nil
}

func takeTime(field *time.Time, t queryTerm) error {
	if !field.IsZero() {
		return Invalid("%q: %s was named before", clip(t.written), t.name)
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if at, err := time.Parse(layout, t.value); err == nil && at.UTC().Year() >= 1970 && at.UTC().Year() <= 9999 {
			*field = at.UTC()
			return nil
		}
	}
	return Invalid("%q: a day like 2026-05-14 or a time like 2026-05-14T10:00:00Z", clip(t.written))
}

// boundNames says which axis and answer stand between the brackets of p(…).
var boundNames = map[string]Bound{
	"hostile": {Axis: classifier.Hostile, Answer: classifier.Yes},
	"spam":    {Axis: classifier.Spam, Answer: classifier.Yes},
	"favor":   {Axis: classifier.Stance, Answer: classifier.Favor},
	"against": {Axis: classifier.Stance, Answer: classifier.Against},
	"none":    {Axis: classifier.Stance, Answer: classifier.None},
}

func parseBound(written string) (Bound, error) {
	name, comparison, closed := strings.Cut(strings.ToLower(written[len("p("):]), ")")
	bound, known := boundNames[name]
	if !closed || !known {
		return Bound{}, Invalid("%q: p(hostile), p(spam), p(favor), p(against) or p(none)", clip(written))
	}
	number := strings.TrimLeft(comparison, "<>=")
	switch comparison[:len(comparison)-len(number)] {
	case ">":
		bound.Above = true
	case ">=":
		bound.Above, bound.Equal = true, true
	case "<":
	case "<=":
		bound.Equal = true
	default:
		return Bound{}, Invalid("%q: compare with >, >=, < or <=", clip(written))
	}
	value, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsNaN(value) || value < 0 || value > 1 {
		return Bound{}, Invalid("%q: a probability is a number from 0 to 1", clip(written))
	}
	bound.Value = value
	return bound, nil
}

// String is the query that ParseFilter reads as this filter; "" lets everything through.
func (f Filter) String() string {
	var terms []string
	add := func(name, value string) {
		if value != "" {
			terms = append(terms, name+":"+quote(value))
		}
	}
	add("status", string(f.Status))
	for _, axis := range classifier.Axes {
		add(string(axis), f.Answers[axis])
	}
	for _, b := range f.Bounds {
		terms = append(terms, b.String())
	}
	add("agreement", f.Agreement)
	add("topic", f.Topic)
	add("author", f.Author)
	add("origin", f.Origin)
	add("article", f.Article)
	if f.ID != 0 {
		add("id", strconv.FormatInt(f.ID, 10))
	}
	for _, bound := range []struct {
		name string
		at   time.Time
	}{{"after", f.After}, {"before", f.Before}} {
		if !bound.at.IsZero() {
			terms = append(terms, bound.name+":"+written(bound.at))
		}
	}
	add("for", f.For)
	if f.Opinion {
		add("opinion", opinionWanted)
	}
	for _, word := range f.Words {
		if opensBound(word) || joins(word) || hasWildcard(word) {
			terms = append(terms, quoteAlways(word))
		} else {
			terms = append(terms, quote(word))
		}
	}
	return strings.Join(terms, " ")
}

// written is a time as a query spells it: a day where it is the beginning of one.
func written(at time.Time) string {
	return strings.TrimSuffix(at.UTC().Format(time.RFC3339Nano), "T00:00:00Z")
}

// String is the bound as a query spells it.
func (b Bound) String() string {
	name, comparison := string(b.Axis), "<"
	if b.Axis == classifier.Stance {
		name = b.Answer
	}
	if b.Above {
		comparison = ">"
	}
	if b.Equal {
		comparison += "="
	}
	return "p(" + name + ")" + comparison + strconv.FormatFloat(b.Value, 'g', -1, 64)
}

// quote puts a value in quotes where it needs them.
func quote(value string) string {
	if strings.ContainsFunc(value, func(r rune) bool { return unicode.IsSpace(r) || opensQuote(r) || r == ':' || r == '\\' }) {
		return quoteAlways(value)
	}
	return value
}

func quoteAlways(value string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}
