package moderation

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"commentdesk/classifier"
)

func TestParseFilter(t *testing.T) {
	may := time.Date(2026, 5, 14, 0, 0, 0, 0, time.UTC)
	for query, want := range map[string]Filter{
		"":                 {},
		" \t\u00a0":        {},
		"status:all":       {},
		"status:escalated": {Status: Escalated},
		"hostile:yes spam:no stance:unsure": {Answers: map[classifier.Axis]string{
			classifier.Hostile: classifier.Yes, classifier.Spam: classifier.No, classifier.Stance: classifier.Unsure}},
		"hostile:cant_tell": {Answers: map[classifier.Axis]string{classifier.Hostile: CantTell}},
		"p(hostile)>0.8":    {Bounds: []Bound{{Axis: classifier.Hostile, Answer: classifier.Yes, Above: true, Value: 0.8}}},
		"p(favor)<=.5 p(none)<1": {Bounds: []Bound{{Axis: classifier.Stance, Answer: classifier.Favor, Equal: true, Value: 0.5},
			{Axis: classifier.Stance, Answer: classifier.None, Value: 1}}},
		"p(spam)>=1e-3":                    {Bounds: []Bound{{Axis: classifier.Spam, Answer: classifier.Yes, Above: true, Equal: true, Value: 0.001}}},
		`topic:"school start"`:             {Topic: "school start"},
		`author:"Zoë \"Z\" \\ O"`:          {Author: `Zoë "Z" \ O`},
		"article:0123456789abcdef":         {Article: "0123456789abcdef"},
		"author:a:b origin:page":           {Author: "a:b", Origin: "page"},
		"before:2026-05-14":                {Before: may},
		"for:anna opinion:wanted":          {For: "anna", Opinion: true},
		"status:snoozed for:me":            {Status: Snoozed, For: Me},
		"for:ME P(Hostile)>0.8":            {For: Me, Bounds: []Bound{{Axis: classifier.Hostile, Answer: classifier.Yes, Above: true, Value: 0.8}}},
		"before:2026-05-14T02:00:00+02:00": {Before: may},
		"after:2026-05-14 id:7":            {After: may, ID: 7},
		"agreement:disagree":               {Agreement: "disagree"},
		"„zwei Worte“ “two words” «deux mots» topic:„a b“": {Topic: "a b", Words: []string{"zwei Worte", "two words", "deux mots"}},
		`"OR" "-x" not x-y "or" "f*" f)`:                   {Words: []string{"OR", "-x", "not", "x-y", "or", "f*", "f)"}},
		"Status:ESCALATED Hostile:Yes topic:A":             {Status: Escalated, Topic: "A", Answers: map[classifier.Axis]string{classifier.Hostile: classifier.Yes}},
		`don't "two words" "p(x" "P(x" "a:b"`:              {Words: []string{"don't", "two words", "p(x", "P(x", "a:b"}},
	} {
		got, err := ParseFilter(query)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, error %v, want %+v", query, got, err, want)
		}
	}
}

func TestParseFilterHints(t *testing.T) {
	for query, hint := range map[string]string{
		"status:done":                         `no status "done": pending, escalated, snoozed, approved, rejected or all`,
		"status:pending status:approved":      `"status:approved": status was named before`,
		"hostile:favor":                       `no answer "favor" on hostile: yes, no, unsure or cant_tell`,
		"stance:yes":                          `no answer "yes" on stance: favor, against, none, unsure or cant_tell`,
		"spam:no spam:yes":                    `"spam:yes": spam was named before`,
		"color:red":                           `no term "color": status, stance, hostile, spam, p(…), agreement, topic, author, origin, article, id, after, before, for or opinion; a word with a colon needs quotes`,
		"opinion:no":                          `"opinion:no": opinion:wanted`,
		"for:a for:b":                         `"for:b": for was named before`,
		":red":                                `":red": the name before the colon is missing`,
		"p(kind)>0.1":                         `"p(kind)>0.1": p(hostile), p(spam), p(favor), p(against) or p(none)`,
		"p(hostile)=0.1":                      `"p(hostile)=0.1": compare with >, >=, < or <=`,
		"p(hostile)>1.5":                      `"p(hostile)>1.5": a probability is a number from 0 to 1`,
		"p(hostile)>NaN":                      `"p(hostile)>NaN": a probability is a number from 0 to 1`,
		"p(hostile)>":                         `"p(hostile)>": a probability is a number from 0 to 1`,
		"p(hostile":                           `"p(hostile": p(hostile), p(spam), p(favor), p(against) or p(none)`,
		"before:tomorrow":                     `"before:tomorrow": a day like 2026-05-14 or a time like 2026-05-14T10:00:00Z`,
		"topic:":                              `"topic:": nothing to look for`,
		`""`:                                  `"\"\"": nothing to look for`,
		`"open`:                               `"open: the closing quote is missing`,
		`topic:"a"b`:                          `"topic:\"a\"b": white space is missing after the closing quote`,
		`it"s`:                                `"it\"s": a quote inside a word: put the whole value in quotes, with \" for a quote`,
		"hostile:yes OR spam:yes":             `"OR": there is no "or" and no "not", all terms must hold; as a word it needs quotes`,
		"-stooge":                             `"-stooge": there is no "or" and no "not", all terms must hold; as a word it needs quotes`,
		"clown oder fool":                     `"oder": there is no "or" and no "not", all terms must hold; as a word it needs quotes`,
		"-topic:a":                            `"-topic:a": there is no "or" and no "not", all terms must hold; as a word it needs quotes`,
		"clown*":                              `"clown*": neither stars nor brackets: a word is found inside longer ones too; what holds such a sign needs quotes`,
		"(clown)":                             `"(clown)": neither stars nor brackets: a word is found inside longer ones too; what holds such a sign needs quotes`,
		"id:x":                                `"id:x": the number of a comment`,
		"after:1":                             `"after:1": a day like 2026-05-14 or a time like 2026-05-14T10:00:00Z`,
		"agreement:yes":                       `no agreement "yes": agree, neither or disagree`,
		"\xff":                                "the filter is not valid UTF-8",
		strings.Repeat("a ", MaxTerms+1):      "the filter has more than 32 terms",
		strings.Repeat("ä", MaxTerm+1):        `"` + strings.Repeat("ä", 40) + `…": longer than 200 characters`,
		"topic:a topic:b":                     `"topic:b": topic was named before`,
		"before:2026-05-14 before:2026-05-14": `"before:2026-05-14": before was named before`,
	} {
		filter, err := ParseFilter(query)
		if ErrorCode(err) != CodeInvalid || err.Error() != hint {
			t.Errorf("%s: %v, want %s", query, err, hint)
		}
		if !reflect.DeepEqual(filter, Filter{}) {
			t.Errorf("%s: an error with the filter %+v", query, filter)
		}
	}
}

// filters draws any filter that a query can say.
func filters(t *rapid.T) Filter {
	value := rapid.StringN(1, 12, -1)
	maybe := func(name string, g *rapid.Generator[string]) string {
		return rapid.OneOf(rapid.Just(""), g).Draw(t, name)
	}
	f := Filter{Status: Status(maybe("status", rapid.SampledFrom([]string{"pending", "approved", "rejected", "escalated"}))),
		Topic: maybe("topic", value), Author: maybe("author", value), Origin: maybe("origin", value), Article: maybe("article", value)}
	for _, axis := range classifier.Axes {
		if answer := maybe(string(axis), rapid.SampledFrom(append([]string{classifier.Unsure, CantTell}, axis.Answers()...))); answer != "" {
			if f.Answers == nil {
				f.Answers = map[classifier.Axis]string{}
			}
			f.Answers[axis] = answer
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "bounds") {
		b := boundNames[rapid.SampledFrom([]string{"hostile", "spam", "favor", "against", "none"}).Draw(t, "axis")]
		b.Above, b.Equal, b.Value = rapid.Bool().Draw(t, "above"), rapid.Bool().Draw(t, "equal"), rapid.Float64Range(0, 1).Draw(t, "value")
		f.Bounds = append(f.Bounds, b)
	}
	if rapid.Bool().Draw(t, "dated") {
		f.Before = time.Unix(rapid.Int64Range(1, 4e9).Draw(t, "seconds"), rapid.Int64Range(0, 999999999).Draw(t, "nanoseconds")).UTC()
	}
	if rapid.Bool().Draw(t, "after") {
		f.After = time.Unix(rapid.Int64Range(1, 4e9).Draw(t, "after seconds"), 0).UTC()
	}
	f.ID, f.Agreement = rapid.Int64Range(0, 9).Draw(t, "id"), maybe("agreement", rapid.SampledFrom(Agreements[:]))
	if n := rapid.IntRange(0, 4).Draw(t, "words"); n > 0 {
		f.Words = rapid.SliceOfN(value, n, n).Draw(t, "word")
	}
	return f
}

func TestFilterRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := filters(t)
		got, err := ParseFilter(want.String())
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: %+v, error %v, want %+v", want.String(), got, err, want)
		}
	})
}

func FuzzParseFilter(f *testing.F) {
	for _, query := range []string{"", `status:pending hostile:yes p(favor)>=0.25 topic:"school start" before:2026-05-14 word "two words"`,
		`"a\"b\\"`, "p(", "::", "before:9999-12-31T23:59:59-01:00", `\ "`, "\u2028x\u00a0y", `p("x"`, "„a“ «b» OR -c after:2026-05-14 id:7 agreement:agree", "p(spam)>-0"} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		first, err := ParseFilter(query)
		if err != nil {
			if ErrorCode(err) != CodeInvalid {
				t.Fatalf("%q: error %v is not Invalid", query, err)
			}
			return
		}
		second, err := ParseFilter(first.String())
		if err != nil || !reflect.DeepEqual(first, second) {
			t.Fatalf("%q became %q: %+v, error %v, want %+v", query, first.String(), second, err, first)
		}
	})
}
