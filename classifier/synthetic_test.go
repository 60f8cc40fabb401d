package classifier

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier/feature"
)

// The claims of the synthetic examples.
const (
	bridgeClaim = "The town should build the bridge"
	schoolClaim = "Schools should start later"
	otherClaim  = "Nobody has labelled this claim"
)

// telling are words that lean towards an answer; all other words say nothing.
var telling = map[string][]string{
	Favor:      {"agree", "finally", "support", "sensible", "overdue"},
	Against:    {"oppose", "waste", "wrong", "never", "costs"},
	None:       {"weather", "recipe", "football", "yesterday", "anyway"},
	"hostile":  {"idiot", "moron", "scum", "pathetic", "shut"},
	"friendly": {"thanks", "please", "kind", "perhaps", "welcome"},
	"spam":     {"cheap", "click", "www.pills.example.com", "bitcoin", "earn", "12345678901"},
	"honest":   {"article", "journalist", "reader", "paper", "editor"},
}

// people are names of groups of people, which say nothing of anybody.
var people = []string{"germans", "women", "muslims", "immigrants"}

// synthetic are n labelled examples, the same for the same seed.
func synthetic(n int, seed uint64) []Example {
	random := rand.New(rand.NewPCG(seed, 1))
	examples := make([]Example, n)
	for i := range examples {
		stance := stanceAnswers[random.IntN(3)]
		hostile, spam := yesNo(random.IntN(3) == 0), yesNo(random.IntN(4) == 0)
		words := []string{}
		for range 3 + random.IntN(8) {
			words = append(words, fmt.Sprintf("word%d", random.IntN(1+random.IntN(300))))
		}
		if random.IntN(3) == 0 {
			words = append(words, "the", people[random.IntN(len(people))])
		}
		lean := func(towards string) {
			for range 1 + random.IntN(2) {
				words = append(words, telling[towards][random.IntN(len(telling[towards]))])
			}
		}
		lean(stance)
		lean(map[string]string{Yes: "hostile", No: "friendly"}[hostile])
		lean(map[string]string{Yes: "spam", No: "honest"}[spam])
		random.Shuffle(len(words), func(a, b int) { words[a], words[b] = words[b], words[a] })
		examples[i] = Example{
			Text:   strings.Join(words, " ") + []string{"", ".", "!!!", " 😀"}[random.IntN(4)],
			Claim:  []string{bridgeClaim, schoolClaim}[random.IntN(2)],
			Labels: map[Axis]string{Stance: stance, Hostile: hostile, Spam: spam},
		}
	}
	return examples
}

func yesNo(yes bool) string {
	if yes {
		return Yes
	}
	return No
}

// sharedModel is trained once; models are immutable.
var sharedModel = sync.OnceValues(func() (*Model, error) {
	model, _, err := Train(feature.Current, synthetic(600, 7), Shipped())
	return model, err
})

func trainedModel(t testing.TB) *Model {
	t.Helper()
	model, err := sharedModel()
	if err != nil {
		t.Fatal(err)
	}
	return model
}

func mustTrain(t rapid.TB, examples []Example, parameters Parameters) (*Model, *Counts) {
	t.Helper()
	model, counts, err := Train(feature.Current, examples, parameters)
	if err != nil {
		t.Fatal(err)
	}
	return model, counts
}

// drawText is a comment of words the model knows and of what comments bring beside them.
func drawText() *rapid.Generator[string] {
	known := []string{"the", "word1", "word2", "word3", "word17"}
	for _, words := range telling {
		known = append(known, words...)
	}
	known = append(known, people...)
	strange := []string{
		"christians", "women's", "elderly", "not", "never", "can't", "idiotish", "MORONS", "cheaper", "x.example/cheap-bitcoin",
		"IDIOT", "idioooooot", "i\u200bdiot", "ｉｄｉｏｔ", "\u202eidiot\u202c", "thanks!!!", "don’t", "ﬁnally", "½", "ﷺ", "㈱", "e\u0301\u0327\u0301",
		"👩\u200d👩\u200d👧", "🇩🇪", "❤\ufe0f", "מטומטם", "أحمق", "愚かな", "дурак", "https://x.example/a?b=c", "a@b.example", "12", "!!!???", "\u200d", "\x00", "\xff\xfe", "\n\n", "\u00a0",
	}
	word := rapid.OneOf(rapid.SampledFrom(known), rapid.SampledFrom(strange), rapid.StringN(0, 12, -1))
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(word, 0, 30).Draw(t, "words"), rapid.SampledFrom([]string{" ", " ", ""}).Draw(t, "between"))
	})
}

func drawClaim() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"", bridgeClaim, schoolClaim, otherClaim})
}
