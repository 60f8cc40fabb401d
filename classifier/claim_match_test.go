package classifier

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier/feature"
)

// What readers say under the claims that matching is tested with: each comment is some of its claim's words and some of everybody's.
var (
	everybody  = strings.Fields("the people who think that this is what they want and not what others need for all of them here today")
	localWords = map[string][]string{
		"The town should build a new bridge":         strings.Fields("bridge river traffic ferry concrete span crossing town lanes pier"),
		"Schools should start an hour later":         strings.Fields("school pupils morning sleep teachers bell timetable parents lesson hour"),
		"Libraries should drop fines for late books": strings.Fields("library books fines readers shelves borrow overdue librarian late pages"),
	}
	unrelatedClaim = "Zoological gardens ought to keep penguins"
	unrelatedWords = strings.Fields("penguins zoological gardens enclosure feathers keepers iceberg herring flippers colony")
)

// underClaim are n comments under a claim, made of its words.
func underClaim(claim string, words []string, n int) []Example {
	examples := make([]Example, n)
	for i := range examples {
		var said []string
		for j := range 5 {
			said = append(said, words[(i*3+j*2)%len(words)], everybody[(i*5+j)%len(everybody)], everybody[(i+j*7)%len(everybody)])
		}
		lean := telling[stanceAnswers[i%3]]
		examples[i] = Example{Text: strings.Join(append(said, lean[i%len(lean)]), " "), Claim: claim,
			Labels: map[Axis]string{Stance: stanceAnswers[i%3]}}
	}
	return examples
}

// local are the comments under the claims of localWords.
func local() (examples []Example) {
	for _, claim := range slices.Sorted(maps.Keys(localWords)) {
		examples = append(examples, underClaim(claim, localWords[claim], 24)...)
	}
	return examples
}

func localModel(t testing.TB) *Model {
	t.Helper()
	model, err := Build(countsOf(local()), Shipped())
	if err != nil {
		t.Fatal(err)
	}
	return model
}

func TestMatchClaim(t *testing.T) {
	model := localModel(t)
	const (
		bridge    = "The town should build a new bridge"
		libraries = "Libraries should drop fines for late books"
	)
	plain := strings.Repeat("The mayor met the band and the band played on for an hour in the rain. ", 6)
	tests := []struct {
		name, headline, body, want string
	}{
		{"the claim in other words", "Council to vote on new bridge across the river", "", bridge},
		{"other forms of its words", "Bridges: a river without crossings", "", bridge},
		{"the body where the headline says nothing", "A question of patience",
			"The library wants no fines any more. Readers who borrow books late pay nothing, says the librarian. Overdue books fill no shelves, " +
				"and libraries that drop fines get their books and readers back. The pages stay clean.", libraries},
		{"the body without a headline", "", "The ferry stops at night. A bridge over the river, with lanes of concrete, would carry the traffic of the town.", bridge},
		{"something else", "Storks return to the brewery chimney", plain, ""},
		{"ordinary words alone", "What people want and what they need", "", ""},
		{"nothing", "", "", ""},
		{"no words", "?! 12 … 345", "🙂 -- 7", ""},
		{"a headline that is the claim itself", "the town  should build a NEW bridge", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			match, ok := model.MatchClaim(test.headline, test.body)
			if ok != (test.want != "") || ok && match.Claim.Sentence != test.want {
				t.Errorf("%v, %q at %.3f of %.3f; want %q", ok, match.Claim.Sentence, match.Nearness, match.Threshold, test.want)
			}
			if ok && (match.Nearness < match.Threshold || match.Nearness > 1) {
				t.Errorf("near %v, threshold %v", match.Nearness, match.Threshold)
			}
		})
	}
}

// Every learned claim is what its own words are matched to, and a claim that no word was learned under is never matched.
func TestMatchesEveryLearnedClaim(t *testing.T) {
	silent := Example{Text: "…", Claim: unrelatedClaim, Labels: map[Axis]string{Stance: Favor}}
	model, err := Build(countsOf(append(local(), silent)), Shipped())
	if err != nil {
		t.Fatal(err)
	}
	for claim := range localWords {
		if match, ok := model.MatchClaim(claim+", they say", ""); !ok || match.Claim.Sentence != claim {
			t.Errorf("%q is matched to %q", claim, match.Claim.Sentence)
		}
	}
	if match, ok := model.MatchClaim("Zoological gardens keep penguins", ""); ok {
		t.Errorf("matched to %q, under which nothing was learned", match.Claim.Sentence)
	}
	if claim, ok := model.Claim(ClaimID(unrelatedClaim)); !ok || claim.Terms != nil {
		t.Errorf("%+v", claim)
	}
}

func TestMatchNeedsStance(t *testing.T) {
	examples := synthetic(200, 3)
	for i := range examples {
		delete(examples[i].Labels, Stance)
	}
	model, err := Build(countsOf(examples), Shipped())
	if err != nil {
		t.Fatal(err)
	}
	if match, ok := model.MatchClaim(bridgeClaim, bridgeClaim); ok || match.Nearness != 0 {
		t.Errorf("%+v", match)
	}
}

// drawArticle is a headline and a body of words of the claims, of everybody, and of nobody.
func drawArticle() *rapid.Generator[[2]string] {
	ordinary := append(slices.Clone(everybody), "storks", "chimney", "brewery", "Café", "don't", "MAYOR", "12", "…")
	return rapid.Custom(func(t *rapid.T) [2]string {
		words := slices.Clone(ordinary)
		for _, claim := range rapid.SliceOfDistinct(rapid.SampledFrom(slices.Sorted(maps.Keys(localWords))), rapid.ID).Draw(t, "about") {
			words = append(words, slices.Repeat(localWords[claim], 4)...)
		}
		text := func(most int) *rapid.Generator[string] {
			return rapid.Map(rapid.SliceOfN(rapid.SampledFrom(words), 0, most), func(words []string) string { return strings.Join(words, " ") })
		}
		return [2]string{text(12).Draw(t, "headline"), text(80).Draw(t, "body")}
	})
}

func TestMatchIgnoresCaseAndWhiteSpace(t *testing.T) {
	model := localModel(t)
	rapid.Check(t, func(t *rapid.T) {
		article := drawArticle().Draw(t, "article")
		want, wantOK := model.MatchClaim(article[0], article[1])
		spaces := rapid.SampledFrom([]string{"  ", "\n", "\t ", " \u00a0", "\r\n"}).Draw(t, "white space")
		turned := func(s string) string { return spaces + strings.ReplaceAll(strings.ToUpper(s), " ", spaces) + spaces }
		got, ok := model.MatchClaim(turned(article[0]), turned(article[1]))
		if ok != wantOK || got.Claim.ID != want.Claim.ID || got.Nearness != want.Nearness || got.Threshold != want.Threshold {
			t.Fatalf("%v %q at %v; in other spelling %v %q at %v", wantOK, want.Claim.Sentence, want.Nearness, ok, got.Claim.Sentence, got.Nearness)
		}
	})
}

// Learning a claim of unrelated words does not move an article from one claim to another, nor away from a claim it stands clearly near to.
func TestUnrelatedClaimMovesNoMatch(t *testing.T) {
	model := localModel(t)
	wider, err := Build(countsOf(append(local(), underClaim(unrelatedClaim, unrelatedWords, 24)...)), Shipped())
	if err != nil {
		t.Fatal(err)
	}
	if match, ok := wider.MatchClaim("Penguins in the zoological gardens", ""); !ok || match.Claim.Sentence != unrelatedClaim {
		t.Fatalf("the added claim matches nothing: %+v", match)
	}
	matches := 0
	rapid.Check(t, func(t *rapid.T) {
		article := drawArticle().Draw(t, "article")
		before, ok := model.MatchClaim(article[0], article[1])
		after, still := wider.MatchClaim(article[0], article[1])
		if still && (before.Claim.ID != after.Claim.ID || after.Nearness < 0.8*before.Nearness) {
			t.Fatalf("%q at %.3f becomes %q at %.3f", before.Claim.Sentence, before.Nearness, after.Claim.Sentence, after.Nearness)
		}
		if ok && before.Nearness > 1.25*before.Threshold {
			if matches++; !still {
				t.Fatalf("%q at %.3f of %.3f is lost: %.3f of %.3f", before.Claim.Sentence, before.Nearness, before.Threshold, after.Nearness, after.Threshold)
			}
		}
	})
	if matches == 0 {
		t.Error("no article was near a claim: this test could not fail")
	}
}

// Terms follow from the counts: neither the order of the examples nor a second weighing of the pruned counts changes one.
func TestTermsFollowFromCounts(t *testing.T) {
	examples := append(local(), synthetic(300, 5)...)
	want, err := Build(countsOf(examples), Shipped())
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		counts := countsOf(rapid.Permutation(examples).Draw(t, "order"))
		for range 2 {
			got, err := Build(counts, Shipped())
			if err != nil {
				t.Fatal(err)
			}
			if err := compareTerms(want, got); err != nil || want.ID() != got.ID() {
				t.Fatalf("%v; ids %s and %s", err, want.ID(), got.ID())
			}
		}
	})
}

func TestTermsAreCapped(t *testing.T) {
	var words []string
	for i := range 400 {
		words = append(words, fmt.Sprintf("%c%c%cword", 'a'+i%26, 'a'+i/26%26, 'a'+i%7))
	}
	model, err := Build(countsOf(append(local(), underClaim(strings.Join(words[:200], " "), words, 600)...)), Shipped())
	if err != nil {
		t.Fatal(err)
	}
	full := false
	for _, claim := range model.Describe().Claims {
		squares := 0.0
		for term, weight := range claim.Terms {
			squares += weight * weight
			if term != termOf(term) || weight != round9(weight) {
				t.Errorf("%q weighs %v", term, weight)
			}
		}
		if len(claim.Terms) > maxTerms || math.Abs(squares-1) > 1e-6 {
			t.Errorf("%d terms of length² %v", len(claim.Terms), squares)
		}
		full = full || len(claim.Terms) == maxTerms
	}
	if !full {
		t.Error("no claim came to the cap")
	}
}

func TestMatchedClaimsAreCapped(t *testing.T) {
	counts := countsOf(local())
	for i := range maxMatched {
		id, sentence := ClaimID(fmt.Sprintf("claim %d", i)), fmt.Sprintf("claim %d", i)
		counts.claim(id, sentence).Labels = [3]float64{1, 0, 0}
		stance := &counts.axes[Stance.Index()]
		name := "c:" + id + ":w:word"
		row := stance.row(feature.Hash(name), func() string { return name })
		stance.rows[row], stance.seen[row] = [3]float64{1, 0, 0}, 2
	}
	model, err := Build(counts, Shipped())
	if err != nil {
		t.Fatal(err)
	}
	if n := len(model.matcher.claims); n != maxMatched {
		t.Errorf("%d claims have terms", n)
	}
	for claim := range localWords {
		if kept, _ := model.Claim(ClaimID(claim)); kept.Terms == nil {
			t.Errorf("%q has 24 labels and no terms", claim)
		}
	}
}

func TestRestoreChecksTerms(t *testing.T) {
	model := localModel(t)
	many := map[string]float64{}
	for i := range maxTerms + 1 {
		many[fmt.Sprintf("t%d", i)] = 0.1
	}
	for name, terms := range map[string]map[string]float64{
		"too many":     many,
		"too long":     {"sevenths": 0.5},
		"empty":        {"": 0.5},
		"no number":    {"bridge": math.NaN()},
		"endless":      {"bridge": math.Inf(1)},
		"above 1":      {"bridge": 1.5},
		"below 0":      {"bridge": -0.5},
		"without load": {"bridge": 0},
	} {
		description := model.Describe()
		description.Claims[0].Terms = terms
		if _, err := Restore(description, model.Weights()); err == nil || !strings.Contains(err.Error(), description.Claims[0].ID) {
			t.Errorf("%s: %v", name, err)
		}
	}
	description := model.Describe()
	changed := maps.Clone(description.Claims[0].Terms)
	for term := range changed {
		changed[term] /= 2
		break
	}
	description.Claims[0].Terms = changed
	tampered, err := Restore(description, model.Weights())
	if err != nil {
		t.Fatal(err)
	}
	if err := CompareWeights(model, tampered, 1e-6); err == nil || !strings.Contains(err.Error(), "terms") {
		t.Errorf("changed terms pass: %v", err)
	}
}

// FuzzMatchClaim holds that no article breaks matching, and that what is matched is near enough.
func FuzzMatchClaim(f *testing.F) {
	f.Add("Council to vote on new bridge", "The river needs a bridge.")
	f.Add("", "\xff\xfe bridge\x00 river")
	f.Add(strings.Repeat("bridge", 500), strings.Repeat("river ", 5000))
	model := localModel(f)
	f.Fuzz(func(t *testing.T, headline, body string) {
		match, ok := model.MatchClaim(headline, body)
		if !(match.Nearness >= 0 && match.Nearness <= 1) || ok && (match.Nearness < match.Threshold || match.Claim.ID == "") {
			t.Fatalf("%v: %+v", ok, match)
		}
	})
}

func BenchmarkMatchClaim(b *testing.B) {
	model := localModel(b)
	sentence := "The council of the town talked about the bridge over the river and about what it costs the people who live there. "
	for _, article := range []struct{ name, body string }{
		{"headline", ""},
		{"body", strings.Repeat(sentence, 30)},
		{"hostile body", strings.Repeat("ｂ\u200bｒ\u0301ｉ ", 1<<18)},
	} {
		b.Run(article.name, func(b *testing.B) {
			for b.Loop() {
				model.MatchClaim("Council to vote on new bridge across the river", article.body)
			}
		})
	}
}
