package classifier

import (
	"math"
	"strings"
	"sync"

	"commentdesk/classifier/feature"
)

// Model is immutable and answers for one to three axes. It is safe for concurrent use.
type Model struct {
	id         string
	chain      feature.Chain
	parameters Parameters
	examples   [3][3]float64 // [axis][class]
	vocabulary [3]int
	claims     map[string]Claim
	matcher    *claimMatcher
	scorers    *scorers
	weights    []byte // the scorers' bytes
	scratch    sync.Pool
}

// ID is the hash of the model's content.
func (m *Model) ID() string { return m.id }

// Chain is the chain the model was trained with.
func (m *Model) Chain() feature.Chain { return m.chain }

// Parameters are the model's parameters.
func (m *Model) Parameters() Parameters { return m.parameters }

// Examples is how many examples the axis was trained on, a class of Axis.Answers.
func (m *Model) Examples(axis Axis) [3]float64 { return m.examples[axis.Index()] }

// Vocabulary is how many features the axis knows.
func (m *Model) Vocabulary(axis Axis) int { return m.vocabulary[axis.Index()] }

// Claim is what the model learned of a claim, by id.
func (m *Model) Claim(id string) (Claim, bool) {
	claim, ok := m.claims[id]
	return claim, ok
}

// Weights are the bytes of weights.bin. They must not be changed.
func (m *Model) Weights() []byte { return m.weights }

// Has says whether the model answers on an axis.
func (m *Model) Has(axis Axis) bool { return m.vocabulary[axis.Index()] > 0 }

// reading is one text with its raw scores.
type reading struct {
	features feature.Features
	raw      [3]rawScore
	offset   [3]float64 // of stance: what the claim's own share of answers says
	spelling feature.Spelling
	stance   bool // whether anything can be said of stance
	claim    givenClaim
	claims   map[string]givenClaim // claims given before, by sentence
	telling  []int32               // see tellStance
	touched  uint64                // a number of no meaning: without it touching would be left out
	spelled  [2]spelledWords       // of stance; of hostile and spam
}

// form is the form of the word a feature was made of.
func (r *reading) form(item *feature.Feature) []byte {
	return r.features.Text.Form(r.features.Text.Words[item.First])
}

func (m *Model) read(r *reading, e Example) {
	claim := m.given(r, e.Claim)
	m.chain.Features(&r.features, e.Text, claim.learnedID)
	r.raw = [3]rawScore{}
	r.stance, r.offset = m.readsStance(claim.learnedID), claim.offset
	m.readYesNo(r)
	m.readStance(r)
}

// givenClaim is a claim that came with a text.
type givenClaim struct {
	sentence  string
	learnedID string // "" where no stance was learned for it
	offset    [3]float64
}

// Claims given before are kept, so that their ids are made once: so many, none longer than this.
const (
	keptClaims      = 64
	keptClaimLength = 1 << 10
)

// given is the claim of a sentence. Comments of one article come in a row, and articles come again.
func (m *Model) given(r *reading, sentence string) *givenClaim {
	if sentence == r.claim.sentence {
		return &r.claim
	}
	claim, ok := r.claims[sentence]
	if !ok {
		claim = givenClaim{sentence: strings.Clone(sentence), learnedID: m.learnedClaim(sentence)}
		claim.offset = m.claimOffset(claim.learnedID)
		if len(r.claims) == keptClaims || r.claims == nil {
			r.claims = make(map[string]givenClaim, keptClaims)
		}
		if len(sentence) <= keptClaimLength {
			r.claims[claim.sentence] = claim
		}
	}
	r.claim = claim
	return &r.claim
}

// learnedClaim is the id of a claim that stance was learned for, "" for any other.
func (m *Model) learnedClaim(sentence string) string {
	if !m.Has(Stance) {
		return ""
	}
	id := ClaimID(sentence)
	if _, ok := m.claims[id]; !ok {
		return ""
	}
	return id
}

// readsStance says whether anything can be said of stance: under a claim without labels nothing can, unless stance was learned without claims.
func (m *Model) readsStance(claimID string) bool {
	return m.Has(Stance) && (claimID != "" || len(m.claims) == 0)
}

// claimOffset is how much likelier each answer is under the claim than under all claims, in calibrated nats, centred. The claim's labels are drawn
// towards those of all claims as if it had claimDraw more of them.
func (m *Model) claimOffset(claimID string) (offset [3]float64) {
	claim, ok := m.claims[claimID]
	if !ok {
		return offset
	}
	return claimOffset(claim.Labels, m.examples[0], m.parameters.Axes[0].ClaimSlope)
}

func claimOffset(labels, all [3]float64, slope float64) (offset [3]float64) {
	total, mean := all[0]+all[1]+all[2], 0.0
	for class := range offset {
		share := all[class] / total
		offset[class] = math.Log((labels[class]+claimDraw*share)/share) * slope
		mean += offset[class] / 3
	}
	for class := range offset {
		offset[class] -= mean
	}
	return offset
}

const claimDraw = 2

// How many words are remembered, in bits. Those unknown under a claim are many, and others under every claim.
const (
	spelledOfStance = 16
	spelledOfYesNo  = 15
)

func (m *Model) borrow() *reading {
	if r, ok := m.scratch.Get().(*reading); ok {
		return r
	}
	return &reading{spelled: [2]spelledWords{newSpelledWords(spelledOfStance), newSpelledWords(spelledOfYesNo)}}
}

// Classify answers for one example; its labels are ignored. It allocates nothing once warm.
func (m *Model) Classify(e Example) Prediction {
	r := m.borrow()
	m.read(r, e)
	p := m.predict(r)
	m.scratch.Put(r)
	return p
}

func (m *Model) predict(r *reading) Prediction {
	p := Prediction{Model: m.id}
	for i, axis := range Axes {
		opinion := p.On(axis)
		opinion.Answer, opinion.Words = Unsure, r.raw[i].of
		if !m.Has(axis) {
			continue
		}
		opinion.Known = r.raw[i].words
		z := m.logOdds(axis, r)
		classes := len(axis.Answers())
		softmax(z[:classes], opinion.Probabilities[:classes])
		m.answer(axis, opinion, r.raw[i].known)
	}
	return p
}

// logOdds are the calibrated log-odds a class; hostile and spam carry theirs in the first, the second is 0.
func (m *Model) logOdds(axis Axis, r *reading) (z [3]float64) {
	raw := &r.raw[axis.Index()]
	parameters := &m.parameters.Axes[axis.Index()]
	words, letters := raw.normalised()
	for i := range z {
		z[i] = parameters.Slope*words[i] + parameters.LetterSlope*letters[i]
	}
	if axis == Stance {
		for class := range z {
			z[class] += parameters.Bias[class] + r.offset[class]
		}
		return z
	}
	z[0] += parameters.Bias[0] + logit(parameters.Prior)
	return z
}

// answer picks the most probable answer, and abstains where too few words are known or no answer is probable enough.
func (m *Model) answer(axis Axis, opinion *Opinion, known int) {
	m.choose(axis, opinion, m.knowsEnough(axis, opinion, known))
}

// knowsEnough says whether enough of the text is known for an answer.
func (m *Model) knowsEnough(axis Axis, opinion *Opinion, known int) bool {
	return known > 0 && opinion.Coverage() >= m.parameters.Axes[axis.Index()].MinCoverage && (axis != Stance || opinion.Known > 0)
}

// choose names the most probable answer, and gives it where enough is known and it is probable enough.
func (m *Model) choose(axis Axis, opinion *Opinion, knowsEnough bool) {
	parameters := &m.parameters.Axes[axis.Index()]
	opinion.Best = axis.Answers()[mostProbable(&opinion.Probabilities)]
	if knowsEnough {
		opinion.Answer = parameters.given(axis, &opinion.Probabilities)
	}
}
