package classifier

import (
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestProbabilitiesSumToOne(t *testing.T) {
	model := trainedModel(t)
	rapid.Check(t, func(t *rapid.T) {
		p := model.Classify(Example{Text: drawText().Draw(t, "text"), Claim: drawClaim().Draw(t, "claim")})
		if p.Model != model.ID() {
			t.Fatalf("the prediction names model %q, not %q", p.Model, model.ID())
		}
		for _, axis := range Axes {
			wantOpinion(t, model, axis, p.On(axis))
		}
	})
}

// wantOpinion checks what holds of every opinion of a model that has the axis.
func wantOpinion(t *rapid.T, model *Model, axis Axis, o *Opinion) {
	sum, best := 0.0, 0.0
	for class, p := range o.Probabilities {
		if !(p >= 0 && p <= 1) || class >= len(axis.Answers()) && p != 0 {
			t.Fatalf("%s: probabilities %v", axis, o.Probabilities)
		}
		sum += p
		best = max(best, p)
	}
	if math.Abs(sum-1) > 1e-12 {
		t.Fatalf("%s: probabilities %v sum to %v", axis, o.Probabilities, sum)
	}
	if o.Probability(axis, o.Best) != best {
		t.Fatalf("%s: best is %s of %v", axis, o.Best, o.Probabilities)
	}
	if o.Known < 0 || o.Known > o.Words {
		t.Fatalf("%s: %d of %d words known", axis, o.Known, o.Words)
	}
	parameters := model.Parameters().Axes[axis.Index()]
	switch {
	case o.Answer == Unsure:
	case o.Answer != o.Best && axis == Stance:
		t.Fatalf("stance answers %s, best is %s", o.Answer, o.Best)
	case o.Known == 0 || o.Coverage() < parameters.MinCoverage:
		t.Fatalf("%s answers %s with %d of %d words known", axis, o.Answer, o.Known, o.Words)
	}
}

func TestNoEvidenceNoAnswer(t *testing.T) {
	model := trainedModel(t)
	tests := map[string]string{
		"empty":                 "",
		"white space":           " \t\r\n\u00a0\u3000 ",
		"hidden characters":     "\u200b\u200e\u202e\ufeff\u2066",
		"unknown words":         "xylograph quincunx velleity",
		"Arabic":                "هذا تعليق لا يعرفه أحد",
		"Chinese":               "这是没有人知道的评论",
		"Hebrew":                "איש אינו מכיר את התגובה הזאת",
		"Cyrillic":              "этот комментарий никто не знает",
		"punctuation":           "... , -- ;",
		"one known among many":  "an idiot quincunx velleity xylograph zeugma ytterbium wayzgoose usufruct",
		"an unknown long word":  strings.Repeat("ab", 40<<10),
		"emoji nobody has used": "🦑🦑 🐙",
		"invalid UTF-8":         "\xff\xfe\xfd",
		"NUL":                   "\x00\x00",
		"symbols":               "▢▢▢",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			p := model.Classify(Example{Text: text, Claim: bridgeClaim})
			for _, axis := range Axes {
				o := p.On(axis)
				if o.Answer != Unsure {
					t.Errorf("%s: %s at %v with %d of %d words known", axis, o.Answer, o.Probabilities, o.Known, o.Words)
				}
				if sum := o.Probabilities[0] + o.Probabilities[1] + o.Probabilities[2]; math.Abs(sum-1) > 1e-12 {
					t.Errorf("%s: probabilities %v", axis, o.Probabilities)
				}
			}
		})
	}
}

// Before any word is read, the probability of yes is the prior, shifted by the bias.
func TestPriorIsTheAnswerToNothing(t *testing.T) {
	counts := countsOf(synthetic(200, 8))
	for _, prior := range []float64{0.001, 0.03, 0.5, 0.9} {
		parameters := Shipped()
		parameters.Axes[Hostile.Index()].Prior = prior
		model, err := Build(counts.Clone(), parameters)
		if err != nil {
			t.Fatal(err)
		}
		if got := model.Classify(Example{}).Hostile.Probabilities[0]; math.Abs(got-prior) > 1e-9 {
			t.Errorf("prior %v: the empty text gets %v", prior, got)
		}
	}
}

func TestUnknownClaimIsUnsure(t *testing.T) {
	parameters := Shipped()
	parameters.Axes[Stance.Index()].MinCoverage = 0 // coverage is not what stops it
	parameters.Axes[Stance.Index()].High = 0
	model, _ := mustTrain(t, synthetic(400, 10), parameters)
	text := "finally a sensible plan, I agree and support it, overdue"
	for _, claim := range []string{"", "  ", otherClaim} {
		p := model.Classify(Example{Text: text, Claim: claim})
		if p.Stance.Answer != Unsure || p.Stance.Known != 0 {
			t.Errorf("claim %q: stance %s with %d words known", claim, p.Stance.Answer, p.Stance.Known)
		}
	}
	for _, claim := range []string{bridgeClaim, schoolClaim, "  " + strings.ToUpper(bridgeClaim) + "\n"} {
		p := model.Classify(Example{Text: text, Claim: claim})
		if p.Stance.Answer != Favor || p.Stance.Known == 0 {
			t.Errorf("claim %q: stance %s %v with %d words known", claim, p.Stance.Answer, p.Stance.Probabilities, p.Stance.Known)
		}
	}
}

// The same words can mean favor under one claim and against under another.
func TestStanceIsTowardsTheClaim(t *testing.T) {
	var examples []Example
	for i, e := range synthetic(400, 11) {
		text := []string{"shared yesword ", "shared noword "}[i%2] + e.Text
		answer := []string{Favor, Against}[i%2]
		if e.Claim == schoolClaim {
			answer = []string{Against, Favor}[i%2]
		}
		if i%3 == 0 {
			text, answer = e.Text, None
		}
		examples = append(examples, Example{Text: text, Claim: e.Claim, Labels: map[Axis]string{Stance: answer}})
	}
	model, _ := mustTrain(t, examples, Shipped())
	for claim, want := range map[string]string{bridgeClaim: Favor, schoolClaim: Against} {
		if p := model.Classify(Example{Text: "shared yesword", Claim: claim}); p.Stance.Best != want {
			t.Errorf("claim %q: %s %v, want %s", claim, p.Stance.Best, p.Stance.Probabilities, want)
		}
	}
}

func TestThresholds(t *testing.T) {
	counts := countsOf(synthetic(400, 12))
	text := Example{Text: "you pathetic idiot thanks", Claim: bridgeClaim}
	build := func(change func(p *AxisParameters), axis Axis) *Opinion {
		parameters := Shipped()
		change(&parameters.Axes[axis.Index()])
		model, err := Build(counts.Clone(), parameters)
		if err != nil {
			t.Fatal(err)
		}
		p := model.Classify(text)
		return p.On(axis)
	}
	yes := build(func(*AxisParameters) {}, Hostile).Probabilities[0]
	favor := build(func(*AxisParameters) {}, Stance)
	best := max(favor.Probabilities[0], favor.Probabilities[1], favor.Probabilities[2])
	tests := []struct {
		name   string
		axis   Axis
		change func(p *AxisParameters)
		want   string
	}{
		{"yes from high on", Hostile, func(p *AxisParameters) { p.Low, p.High = 0, yes-1e-6 }, Yes},
		{"unsure below high", Hostile, func(p *AxisParameters) { p.Low, p.High = 0, yes+1e-6 }, Unsure},
		{"no up to low", Hostile, func(p *AxisParameters) { p.Low, p.High = yes+1e-6, 1 }, No},
		{"unsure above low", Hostile, func(p *AxisParameters) { p.Low, p.High = yes-1e-6, 1 }, Unsure},
		{"too little known", Hostile, func(p *AxisParameters) { p.High, p.MinCoverage = 0, 0.99 }, Unsure},
		{"stance sure enough", Stance, func(p *AxisParameters) { p.High = best - 1e-6 }, favor.Best},
		{"stance not sure enough", Stance, func(p *AxisParameters) { p.High = best + 1e-6 }, Unsure},
		{"stance too little known", Stance, func(p *AxisParameters) { p.High, p.MinCoverage = 0, 0.99 }, Unsure},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if o := build(test.change, test.axis); o.Answer != test.want {
				t.Errorf("answer %s at %v, want %s", o.Answer, o.Probabilities, test.want)
			}
		})
	}
}

// A higher prior never makes yes less probable.
func TestPriorRaisesYes(t *testing.T) {
	counts := countsOf(synthetic(200, 13))
	texts := []string{"", "idiot", "thanks please", "word1 word2 idiot"}
	last := make([]float64, len(texts))
	for _, prior := range []float64{0.01, 0.03, 0.2, 0.7} {
		parameters := Shipped()
		parameters.Axes[Spam.Index()].Prior = prior
		model, err := Build(counts.Clone(), parameters)
		if err != nil {
			t.Fatal(err)
		}
		for i, text := range texts {
			yes := model.Classify(Example{Text: text}).Spam.Probabilities[0]
			if yes <= last[i] {
				t.Errorf("%q: %v at prior %v, %v at the one before", text, yes, prior, last[i])
			}
			last[i] = yes
		}
	}
}

// repertoire are texts of every kind that reading treats differently.
var repertoire = []string{
	"you pathetic idiot, word1 word2", "soooooo CHEAP!!! click www.pills.example.com or call 030 1234 5678",
	"don’t be an i\u200bdiot 👩\u200d👩\u200d👧 ½", "этот דבר 这是 ﷺ ﬁnally", "", strings.Repeat("word1 word2 finally costs ", 200),
}

func TestConcurrentClassify(t *testing.T) {
	model := trainedModel(t)
	var examples []Example
	for _, claim := range []string{"", bridgeClaim, schoolClaim, otherClaim} {
		for _, text := range repertoire {
			examples = append(examples, Example{Text: text, Claim: claim})
		}
	}
	alone := make([]Explanation, len(examples))
	for i, e := range examples {
		alone[i] = model.Explain(e)
	}
	var group sync.WaitGroup
	for start := range 4 {
		group.Go(func() {
			for n := range 3 * len(examples) {
				i := (n + start*5) % len(examples)
				if diff := cmp.Diff(alone[i].Prediction, model.Classify(examples[i])); diff != "" {
					t.Errorf("%.40q differs beside others:\n%s", examples[i].Text, diff)
				}
				if diff := cmp.Diff(alone[i], model.Explain(examples[i])); diff != "" {
					t.Errorf("%.40q is explained differently beside others:\n%s", examples[i].Text, diff)
				}
			}
		})
	}
	group.Wait()
}

// One name of a group of people is as good as another: what is said of hostile and spam is the same to the last bit.
func TestGroupsAreOneToHostileAndSpam(t *testing.T) {
	model := trainedModel(t)
	names := []string{"germans", "women", "muslims", "jewish", "nigerian", "lesbians", "québécois", "deaf", "women's", "immigrant's"}
	moved := 0
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"idiot", "not", "never", "word1", "cheap", "thanks", "scum", ",", "!!", "12", "x.example/cheap", "😀", "don't", "these", "*", "*", "*"})
		words := rapid.SliceOfN(word, 1, 20).Draw(t, "words")
		text := func(name string) string { return strings.ReplaceAll(strings.Join(words, " "), "*", name) }
		one, other := rapid.SampledFrom(names).Draw(t, "one"), rapid.SampledFrom(names).Draw(t, "other")
		claim := drawClaim().Draw(t, "claim")
		a, b := model.Classify(Example{Text: text(one), Claim: claim}), model.Classify(Example{Text: text(other), Claim: claim})
		if a.Hostile != b.Hostile || a.Spam != b.Spam {
			t.Fatalf("%q: hostile %+v, spam %+v\n%q: hostile %+v, spam %+v", text(one), a.Hostile, a.Spam, text(other), b.Hostile, b.Spam)
		}
		if a.Stance != b.Stance {
			moved++
		}
		for i, evidence := range model.Explain(Example{Text: text(one), Claim: claim}).Evidence[3:] {
			if evidence.LogOdds != model.Explain(Example{Text: text(other), Claim: claim}).Evidence[3+i].LogOdds {
				t.Fatalf("%q and %q have other evidence", text(one), text(other))
			}
		}
	})
	if moved == 0 {
		t.Error("the names never changed the stance: they should be words there")
	}
}

// A word that training never saw counts by its letters, and is no known word.
func TestUnknownWordsCountByTheirLetters(t *testing.T) {
	model := trainedModel(t)
	for word, axis := range map[string]Axis{"idiotish": Hostile, "moronic": Hostile, "bitcoiner": Spam, "cheaply": Spam} {
		explanation := model.Explain(Example{Text: word})
		o := explanation.Prediction.On(axis)
		evidence := explanation.Evidence[2+axis.Index()]
		if o.Known != 0 || o.Answer != Unsure {
			t.Errorf("%s: %d words known, answer %s; want none, unsure", word, o.Known, o.Answer)
		}
		if evidence.LetterScale <= 0 || len(evidence.Rows) == 0 || evidence.Rows[0].Text != word || evidence.Rows[0].Share <= 0 {
			t.Errorf("%s: evidence for %s %+v, want the word's letters to speak for it", word, axis, evidence)
		}
	}
}

// The answer of a claim that is mostly given one answer leans to it before a word is read; of hostile and spam nothing changes.
func TestClaimsOwnShare(t *testing.T) {
	var examples []Example
	for i, e := range synthetic(400, 25) {
		if e.Claim == bridgeClaim && e.Labels[Stance] == Against && i%4 > 0 {
			e.Claim = schoolClaim
		}
		examples = append(examples, e)
	}
	model, _ := mustTrain(t, examples, Shipped())
	bridge, school := model.Classify(Example{Claim: bridgeClaim}), model.Classify(Example{Claim: schoolClaim})
	if bridge.Stance.Probabilities[1] >= school.Stance.Probabilities[1] {
		t.Errorf("against is %v where it is rare, %v where it is common", bridge.Stance.Probabilities[1], school.Stance.Probabilities[1])
	}
	if bridge.Hostile != school.Hostile || bridge.Spam != school.Spam {
		t.Error("the claim changes hostile or spam")
	}
	if none := model.Classify(Example{Claim: otherClaim}); none.Stance.Answer != Unsure {
		t.Errorf("stance is %s under a claim without labels", none.Stance.Answer)
	}
}
